"""Made-up reviews and cases for the tests of composed drafts, and the check of what came out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from scoring.rubric import check_reply
from scoring.rubric.platforms import PLATFORMS, UNKNOWN
from scoring.rubric.types import Context, Finding, Outcome, PlatformRules, Record, RecordKind
from scoring.rubric.types import Review as Answered
from scoring.suggest import CaseFile, Contact, Draft, Memory, Post, Review, Route, RouteKind, compose
from scoring.types import AngerLevel, Risk, RiskOrigin, RiskScore, Score, Topic, TopicScore

MAIL = Route(kind=RouteKind.MAIL, address="care@example-bistro.test")
PHONE = Route(kind=RouteKind.PHONE, address="+49 30 1234567")
ELENA = Contact(name="Elena Rossi", post=Post.RESTAURANT, routes=(MAIL,))
ALL_PLATFORMS = (UNKNOWN, *PLATFORMS.values())
TALKED = Record(kind=RecordKind.TASK, words="spoke with the evening team about it")
BILL = Record(kind=RecordKind.TASK, words="check the bill", is_done=False)
CALLED = Record(kind=RecordKind.CONTACT, words="called the guest")
WROTE = Record(kind=RecordKind.MESSAGE, words="Dear Sam, this is what became of your evening with us.")
DAY = date(2026, 12, 8)
PROMISED = Record(kind=RecordKind.TASK, words="call the guest back", is_done=False, due=DAY)
VOUCHER = Record(kind=RecordKind.OFFER, words="voucher 20 EUR")
RECORDS = (
    TALKED,
    BILL,
    CALLED,
    WROTE,
    PROMISED,
    VOUCHER,
    Record(kind=RecordKind.TASK, words="looked into what happened that evening"),
    Record(kind=RecordKind.TASK, words="repair the heating", is_done=False),
    Record(kind=RecordKind.TASK, words="changed the rota for Fridays"),
    Record(kind=RecordKind.NOTE, words="must talk to the team tomorrow"),
)
# A sentence of a review that tells nothing: what a draft says must come from the judgement.
WORDS = {
    "en": "This is what I have to say about the place and about that day.",
    "es": "Esto es lo que tengo que decir sobre el lugar y sobre aquel día.",
    "fr": "Voici ce que j'ai à dire sur cet endroit et sur cette journée.",
    "de": "Das ist es, was ich über den Laden und über jenen Tag zu sagen habe.",
    "it": "Ecco quello che ho da dire sul posto e su quella giornata.",
    "pt": "Isto é o que tenho a dizer sobre o sítio e sobre aquele dia.",
    "nl": "Dit is wat ik over de zaak en over die dag te zeggen heb.",
    "pl": "Oto co mam do powiedzenia o tym miejscu i o tamtym dniu.",
}


def scored(
    language: str,
    topics: Iterable[Topic] = (),
    *,
    risks: Iterable[Risk] = (),
    level: AngerLevel = AngerLevel.ANGRY,
    sentiment: float = 1.5,
    reasons: Sequence[str] = (),
) -> Score:
    return Score(
        anger=0.9 if level.rank >= AngerLevel.ANGRY.rank else 0.1,
        anger_level=level,
        sentiment=sentiment,
        language=language,
        topics=tuple(TopicScore(topic=topic, probability=0.9) for topic in topics),
        risks=tuple(RiskScore(risk=risk, probability=1.0, origin=RiskOrigin.RULE) for risk in risks),
        reasons=tuple(reasons),
    )


def drafted(review: Review, case: CaseFile, memory: Memory = Memory()) -> Draft:  # noqa: B008 - frozen
    composed = compose(review, case, memory)
    assert isinstance(composed, Draft), composed
    return composed


def findings(draft: Draft, review: Review, case: CaseFile, *, recent: tuple[str, ...] = ()) -> list[Finding]:
    """What the checks of the rubric say of it, asked as the product asks."""
    return check_reply(draft.text, context(draft, review, case, recent=recent))


def context(draft: Draft, review: Review, case: CaseFile, *, recent: tuple[str, ...] = ()) -> Context:
    return Context(
        review=Answered(
            text=review.text,
            language=review.language or review.score.language,
            author_name=review.author_name,
            stars=review.stars,
            is_negative=draft.is_negative,
            is_failure=draft.is_failure,
            topics=tuple(topic.value for topic in draft.topics),
            risks=tuple(score.risk.value for score in review.score.risks),
        ),
        platform=case.platform,
        language=draft.language,
        is_protected_sector=case.is_protected_sector,
        records=case.records,
        staff_names=(case.contact.name,),
        own_contacts=tuple(route.address for route in case.contact.routes if route.address),
        recent_replies=recent,
    )


def failed(found: Iterable[Finding], *groups: str) -> list[tuple[str, str]]:
    """Checks of these groups ("B", "S01") that failed."""
    return [(one.check, one.message) for one in found if one.outcome is Outcome.FAILED and one.check.startswith(groups)]


def platform(name: str) -> PlatformRules:
    return PLATFORMS[name]
