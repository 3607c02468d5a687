"""A first draft of an answer from what is known of its case, and what is told where there can be none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from db.absences import day_at
from db.acting import Actor
from db.contacts import contacts_of, promises_of
from db.errors import CaseChanged
from db.gists import gists_of
from db.keepers import keepers_of
from db.models import Cause, OfferKind
from db.offer_policies import policy
from db.phrases import say
from db.queries.answers import AnswerFacts, answer_facts, last_answers, on_record, signature_of
from db.queries.reviews import ReviewDetail, review_detail
from db.replies import Wording
from scoring.rubric.types import PlatformRules, Record, RecordKind
from scoring.suggest import CaseFile, Contact, Draft, Holding, Memory, Review, Route, RouteKind, compose
from scoring.suggest.reading import left_path
from scoring.suggest.types import Composed
from scoring.suggest.why import IRONY
from scoring.types import AngerLevel, Risk, RiskOrigin, RiskScore, Score, Sentence, Topic, TopicScore

from .answering import as_contact, as_task, contacts_in
from .cause_lists import topic_of
from .compose_words import why_words
from .i18n import current_locale, gettext
from .offer_words import severity_of
from .platform_limits import platform_of, platform_rules
from .word_risks import by_words, risks_told

OPENINGS = 10  # answers whose openings a draft does not repeat


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """Why there is no draft, who has to see the review first, and what can be had instead."""

    why: tuple[str, ...]
    keepers: tuple[str, ...] = ()  # names; empty: nobody in particular has to see it
    is_held: bool = False  # the matter has left the normal path
    holding: str = ""  # the short answer
    asks_english: bool = False
    asks_failure: bool = False  # a person has to say whether something went wrong


@dataclass(frozen=True, slots=True, kw_only=True)
class Reasoned:
    """A sentence of a draft, and why it stands there."""

    words: str
    why: str


def first_draft(
    session: Session,
    review_id: int,
    *,
    by: Actor,
    number: int,
    in_english: bool = False,
    is_failure: bool | None = None,
    is_private: bool = False,
) -> Composed:
    """The draft. Asking again, at another `number` of wordings, gives another.

    `is_private`: to be sent to the customer alone, so no rule of a platform holds.

    Raises:
        CaseChanged: there is no such review any more.
    """
    facts, detail = answer_facts(session, review_id), review_detail(session, review_id)
    if facts is None or detail is None:
        raise CaseChanged(say("This case is gone. Go back to the queue."))
    gist = gists_of(session, review_id).present
    cause = session.get(Cause, facts.cause_id) if facts.cause_id is not None else None
    case = CaseFile(
        contact=_contact(signature_of(session, by.person_id) or by.name, facts),
        platform=PlatformRules() if is_private else platform_rules(session, platform_of(detail)),
        records=_on_record(session, facts, detail, is_private=is_private),
        today=day_at(by.now, facts.timezone),
        has_policy=_is_covered(session, facts, detail),
        facts=gist.facts if gist else "",
        feeling=gist.feeling if gist else "",
        cause=topic_of(cause) if cause and not cause.name else None,  # in words of the owner's it may be anything
        house_language=current_locale().language,
        is_protected_sector=facts.is_protected,
    )
    review = Review(
        score=_score(detail),
        text=detail.text,  # as it was scored: the sentences of the score are found in it
        language=detail.source_language or "",
        stars=detail.stars,
        author_name=detail.author_name,
        is_failure=is_failure,
    )
    memory = Memory(recent=tuple(last_answers(session, facts, limit=OPENINGS)), seed=f"{facts.case_id}:{number}")
    return compose(review, case, memory, in_english=in_english)


def _on_record(session: Session, facts: AnswerFacts, detail: ReviewDetail, *, is_private: bool) -> tuple[Record, ...]:
    """Notes, what was promised, and what was said to the customer since they wrote the review.

    Who reads a message knows the last themselves. Offers stay out: nothing of them is told.
    """
    notes = [Record(kind=RecordKind.NOTE, words=words) for words in on_record(session, facts.case_id)]
    promised = [as_task(one) for one in promises_of(session, facts.case_id)]
    spoken = [as_contact(one) for one in contacts_of(session, facts.case_id) if one.happened_at >= detail.published_at]
    return (*notes, *promised, *([] if is_private else spoken))


def _is_covered(session: Session, facts: AnswerFacts, detail: ReviewDetail) -> bool:
    """Whether the owner has laid down that money may be given back for something of this weight and cause."""
    present = policy(session)
    return present.number > 0 and OfferKind.REFUND in present.terms.kinds_for(severity_of(detail), facts.cause_id)


def has_left_path(detail: ReviewDetail) -> bool:
    """Whether somebody has to see the review before anything is written."""
    risks, is_threat = left_path(Review(score=_score(detail)))
    return bool(risks) or is_threat


def offered(session: Session, composed: Composed, case_id: int, *, now: datetime) -> Offered:
    """What to tell where there is no draft."""
    if isinstance(composed, Draft):
        raise TypeError("a draft is saved, not offered")
    if isinstance(composed, Holding):
        keepers = keepers_of(session, case_id, now=now, by_words=by_words)
        names = tuple(one.name for one in keepers.people) if keepers else ()
        reasons = tuple(why_words(one.message, one.values) for one in composed.why)
        return Offered(why=reasons, keepers=names or (gettext("an owner"),), is_held=True, holding=composed.text)
    return Offered(
        why=(why_words(composed.why.message, composed.why.values),),
        asks_english=composed.asks_english,
        asks_failure=composed.why.message == IRONY,
    )


def facts_of(composed: Composed) -> dict[str, Any]:
    """What is kept with the wording: each sentence with its reason."""
    if not isinstance(composed, Draft):
        return {}
    return {
        "language": composed.language,
        "sentences": [
            {
                "text": one.text,
                "part": str(one.part),
                "message": one.why.message,
                "values": {name: str(value) for name, value in one.why.values.items()},
                "built_from": list(one.built_from),
            }
            for one in composed.sentences
        ],
    }


def reasoned(wordings: Sequence[Wording], body: str) -> tuple[Reasoned, ...]:
    """Why the sentences of the last draft stand there, as far as they still do."""
    last = next((one for one in wordings if one.kind == "composed"), None)
    return tuple(_reasoned(last.facts, body)) if last else ()


def _reasoned(facts: Mapping[str, Any], body: str) -> Iterator[Reasoned]:
    for one in facts.get("sentences", ()):
        if one["text"] in body:
            yield Reasoned(words=one["text"], why=why_words(one["message"], one["values"]))


def _contact(signature: str, facts: AnswerFacts) -> Contact:
    """Who signs: "Elena Rossi, restaurant manager" is a name and a role."""
    name, _, role = signature.partition(",")
    routes = tuple(
        Route(kind=RouteKind.MAIL if "@" in one else RouteKind.PHONE, address=one)
        for one in contacts_in(facts.contact)
        if "://" not in one
    )
    return Contact(name=name.strip(), role=role.strip(), routes=routes)


def _score(detail: ReviewDetail) -> Score:
    """As it was stored; what a newer model may have named is left out, and what is not scored is calm, with the
    risks that its words prove.
    """
    topics = [one for one in detail.topics if one["topic"] in set(Topic)]
    risks = [one for one in risks_told(detail) if one["risk"] in set(Risk)]
    return Score(
        anger=detail.anger or 0.0,
        anger_level=AngerLevel(detail.anger_level) if detail.anger_level in set(AngerLevel) else AngerLevel.CALM,
        sentiment=detail.sentiment or detail.stars or 3.0,
        language=detail.language or "und",
        topics=tuple(TopicScore(topic=Topic(one["topic"]), probability=one["probability"]) for one in topics),
        risks=tuple(
            RiskScore(risk=Risk(one["risk"]), probability=one.get("probability", 1.0), origin=RiskOrigin.MODEL)
            for one in risks
        ),
        sentences=tuple(Sentence(start=one["start"], end=one["end"], anger=one["anger"]) for one in detail.sentences),
        reasons=tuple(detail.reasons),
    )
