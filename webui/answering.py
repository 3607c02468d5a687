"""What the checks of an answer are told of its case, and what they find: the one place where both meet.

The sentence model and the rules of a language are read once for the process, when somebody comes near to writing.
Without the model the rules check alone.
"""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from db.contacts import ContactRow, PromiseRow, contacts_of, promises_of
from db.models import OfferKind, OfferState
from db.people import people_at
from db.queries.answers import AnswerFacts, answer_facts, on_record, recent_answers
from db.queries.offers import offers_of_case
from db.queries.reviews import ReviewDetail, review_detail
from db.roles import Act
from db.session import read_scope
from scoring.errors import ScoringError
from scoring.rubric.types import Context, Finding, Origin, Outcome, PlatformRules, Record, RecordKind, Review

from .platform_limits import platform_of, platform_rules
from .saved_picks import compared
from .word_risks import by_words, risks_told

if TYPE_CHECKING:
    from db.reply_claims import PostClaim
    from db.reply_target import Target
    from scoring.rubric.types import SentenceReader

    from .wiring import Services

log = logging.getLogger(__name__)

HAPPY_FROM = 4.0  # stars of 5 from which a calm review without a complaint is praise
WARMING = "checks"  # name of the threads that read them
SURE = 0.5  # of a model: it thinks it likelier than not
SURE_BARGAIN = 0.8  # harmless offers that name the review had .70 at most, hidden bargains mostly more than .80
ANY_LANGUAGE = ""  # of a draft too short to tell: the rules of all of them are tried
_CONTACTS = re.compile(r"[^\s,;]+@[^\s,;]+|https?://[^\s,;]+|\+?\d[\d ()/.-]{5,}\d")
_GIVEN: Final = frozenset({OfferState.ISSUED, OfferState.REDEEMED})
# In words that check W06 reads; what is given of any other kind its description tells.
_GIVEN_AS: Final[Mapping[OfferKind, str]] = {
    OfferKind.REFUND: "refund",
    OfferKind.DISCOUNT: "discount",
    OfferKind.VOUCHER: "voucher",
}
_lock = threading.Lock()
_readers: list[SentenceReader | None] = []
_warm: set[str] = set()  # languages whose rules have been read


def check_answer(body: str, context: Context) -> list[Finding]:
    """Every check of the rubric, with the sentence model where it is installed."""
    from scoring.rubric import check_reply

    return check_reply(body, context, reader=sentence_reader())


def tied_to_review(words: str) -> str:
    """The first words that tie something to a review (check B01); empty where there are none."""
    from scoring.rubric.checking import check_one

    found = check_one("B01", words, Context(), reader=sentence_reader()) if words.strip() else None
    if found is None or not is_bargain(found, words):
        return ""
    start, end = found.spans[0] if found.spans else (0, len(words))
    return words[start:end]


def is_bargain(finding: Finding, words: str) -> bool:
    """Whether check B01 stands in these words, which only their reader or the team reads.

    The model takes any offer for one, as under a review: alone it counts where it is sure and what it marks speaks of
    a review.
    """
    from scoring.rubric.unconditional import speaks_of_review

    if finding.check != "B01" or finding.outcome is not Outcome.FAILED:
        return False
    return finding.origin is Origin.RULE or (
        finding.confidence >= SURE_BARGAIN and speaks_of_review(words, finding.spans)
    )


def findings_in(engine: Engine, review_id: int, body: str) -> list[dict[str, Any]] | None:
    """What the checks find in an answer to this review, as it is kept; None where there is no such review.

    Nothing is held meanwhile: the checks take longer than others should wait.
    """
    with read_scope(engine) as session:
        context = context_of(session, review_id, body=body)
    if context is None:
        return None
    return as_stored(check_answer(body, context)) if body.strip() else []


def check_before_posting(services: Services, claim: PostClaim, _target: Target) -> list[dict[str, Any]]:
    """The checks once more, of an answer that is about to go out; as `webui.jobs.posting` asks for them."""
    return findings_in(services.engine, claim.review_id, claim.body) or []


def sentence_reader() -> SentenceReader | None:
    """The sentence model; None where it cannot be read, which is logged once."""
    with _lock:
        if not _readers:
            from scoring.rubric.heads import SentenceModel
            from scoring.rubric.remembering import Remembering

            try:
                _readers.append(Remembering(SentenceModel.load()))
            except ScoringError as error:
                log.warning("Answers are checked by rules alone. %s", error)
                _readers.append(None)
        return _readers[0]


def warm_up(*languages: str) -> None:
    """Read the sentence model and the rules of these languages in the background: whoever is about to write must not
    wait for them, and the first check of a process needs some seconds for both.
    """
    new = [one for one in dict.fromkeys(languages) if one not in _warm]
    _warm.update(new)
    if new or not _readers:
        threading.Thread(target=_read_all, args=(new,), name=WARMING, daemon=True).start()


def _read_all(languages: Sequence[str]) -> None:
    sentence_reader()
    by_words("Is there an allergy?")
    for one in languages:
        check_answer(".", Context(language=one, review=Review(is_negative=True, is_failure=True)))


def context_of(session: Session, review_id: int, *, body: str = "") -> Context | None:
    """What the checks are told of a review's case; None where there is no such review.

    `body`: the words of a public answer, which are compared with the saved replies as well.
    """
    facts, detail = answer_facts(session, review_id), review_detail(session, review_id)
    if facts is None or detail is None:
        return None
    context = context_from(
        facts,
        detail,
        recent=recent_answers(session, facts),
        records=on_record(session, facts.case_id),
        staff=[one.name for one in people_at(session, Act.WORK, [facts.location_id])],
        platform=platform_rules(session, platform_of(detail)),
        kept=records_of(session, facts.case_id),
    )
    return replace(context, saved_replies=compared(session, facts, body)) if body.strip() else context


def context_from(
    facts: AnswerFacts,
    detail: ReviewDetail,
    *,
    recent: Sequence[str],
    records: Sequence[str],
    staff: Sequence[str],
    platform: PlatformRules,
    kept: Sequence[Record] = (),
) -> Context:
    """The same from what was read. `kept` is what the case has on record beside its notes."""
    topics = tuple(str(one["topic"]) for one in detail.topics)
    risks = tuple(str(one["risk"]) for one in risks_told(detail))
    is_praise = (
        not topics
        and not risks
        and detail.anger_level in (None, "calm")
        and detail.stars is not None
        and detail.stars >= HAPPY_FROM
    )
    return Context(
        review=Review(
            text="\n".join(part for part in (detail.title, detail.body) if part),
            language=detail.language or detail.source_language or "",
            author_name=detail.author_name,
            stars=detail.stars,
            is_negative=not is_praise,
            is_failure=not is_praise and bool(topics or risks or facts.is_flagged),
            topics=topics,
            risks=risks,
        ),
        platform=platform,
        is_protected_sector=facts.is_protected,
        records=(*(Record(kind=RecordKind.NOTE, words=words) for words in records), *kept),
        own_contacts=contacts_in(facts.contact),
        staff_names=tuple(staff),
        recent_replies=tuple(recent),
    )


def records_of(session: Session, case_id: int) -> list[Record]:
    """The contacts of a case, what its customer was promised, and what they were offered.

    Only what has been given is done: an offer that waits, was declined or cancelled, or has expired backs no claim.
    """
    spoken = [as_contact(one) for one in contacts_of(session, case_id)]
    promised = [as_task(one) for one in promises_of(session, case_id)]
    given = [
        Record(kind=RecordKind.OFFER, words=_offer_words(one.kind, one.description), is_done=one.state in _GIVEN)
        for one in offers_of_case(session, case_id)
    ]
    return spoken + promised + given


def as_contact(one: ContactRow) -> Record:
    """A message that was sent, or any other word with the customer."""
    kind = RecordKind.MESSAGE if one.is_message else RecordKind.CONTACT
    return Record(kind=kind, words=f"{one.said} {one.agreed}".strip())


def as_task(one: PromiseRow) -> Record:
    """A step that the customer was promised."""
    is_done = one.done_at is not None
    return Record(kind=RecordKind.TASK, words=one.what, is_done=is_done, due=None if is_done else one.due_on)


def _offer_words(kind: OfferKind, description: str) -> str:
    """In as many words as make a telling entry: the checks let a terse one back whatever is said to be done."""
    return f"{_GIVEN_AS.get(kind, 'gift')} {description} (compensation, goodwill gesture)"


def contacts_in(words: str) -> tuple[str, ...]:
    """Mail addresses, numbers and links of a line that a person wrote."""
    return tuple(found.strip() for found in _CONTACTS.findall(words))


def as_stored(findings: Sequence[Finding]) -> list[dict[str, Any]]:
    """What is kept with an answer: what did not pass, and what could not be checked."""
    return [
        {
            "check": one.check,
            "severity": one.severity.value,
            "override": one.override.value,
            "outcome": one.outcome.value,
            "spans": [list(span) for span in one.spans],
            "message": one.message,
            "origin": one.origin.value,
            "confidence": round(one.confidence, 4),
            "missing": list(one.missing),
        }
        for one in findings
        if one.outcome.value in ("failed", "not_checked")
    ]
