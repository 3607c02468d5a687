"""A draft redrafted by the model of the owner's choice: what would be sent, whether it may be, and what comes of it.

Nothing of the database is held while the model is asked, and what is sent is told before.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy.orm import Session

from crawlers.platforms import PLATFORMS
from crawlers.redrafter import Endpoint, RedraftFault, ask
from db.acting import Actor
from db.errors import BadValue, CaseChanged
from db.models import Source
from db.people import people_at
from db.phrases import say
from db.queries.answers import answer_facts, signature_of
from db.queries.reviews import ReviewDetail, review_detail
from db.redrafts import Fate, Redrafting, redrafting, suggest, tell_sent
from db.replies import REPLY_MOST, WRITABLE, Wording, reply_of
from db.roles import Act
from db.session import session_scope
from db.vault import vault_of
from scoring.language import detect_language
from scoring.redraft.asking import Question, question
from scoring.redraft.masking import Mask, reached_at
from scoring.redraft.taking import Unusable, taken

from .answering import findings_in
from .composing import has_left_path
from .pages import Pages
from .platform_limits import platform_of, platform_rules
from .told import told

USUAL_MOST: Final = 1_500  # characters of an answer where the platform sets no limit
_AT_ONCE: Final = 2  # questions under way: each keeps a thread of the pages busy
_free = threading.BoundedSemaphore(_AT_ONCE)
_UNUSABLE = {
    Unusable.ODD: say("The answer of the model cannot be read: this address may be another service."),
    Unusable.STREAM: say("The model answers in pieces (a stream) although it was asked for one answer."),
    Unusable.REFUSED: say("The model would not redraft this. Write it yourself, or take a first draft."),
    Unusable.CUT: say("The model ran out of room before its answer was whole. Try again, or write it yourself."),
    Unusable.EMPTY: say("The model answered without a word. Try again, or write it yourself."),
    Unusable.LONG: say("The model wrote more than the platform takes. Try again, or write it yourself."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A question that may be sent, with what is needed to take its answer."""

    case_id: int
    of: int  # the number of the wording that is redrafted
    draft: str
    contact: str  # of the place
    question: Question
    mask: Mask

    @property
    def sent(self) -> str:
        """Exactly what leaves, as it is digested and shown."""
        return json.dumps(self.question.body(), ensure_ascii=False, indent=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """What stands beside the answer."""

    number: int
    body: str
    host: str
    model: str
    findings: Sequence[dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class RedraftView:
    """Where a model may be asked: why not for this one, and what it suggested last."""

    host: str
    barred: str  # in words; empty: it may
    suggestion: Suggestion | None


def redraft_view(
    session: Session, detail: ReviewDetail, location_id: int, wordings: Sequence[Wording]
) -> RedraftView | None:
    """None where no model is set for the place."""
    rules = redrafting(session)
    if not rules.serves(location_id):
        return None
    host = endpoint_of(rules, key="", user_agent="").host
    return RedraftView(host=host, barred=told(barred(session, detail)), suggestion=_open(wordings))


def barred(session: Session, detail: ReviewDetail) -> str:
    """Why no model may be given this review; empty where one may."""
    platform = PLATFORMS.get(platform_of(detail))
    if platform is not None and platform.no_redraft:
        return say("No model may redraft this. %(why)s", why=say(platform.no_redraft))
    source = session.get(Source, detail.source_id)
    if source is not None and not source.may_judge:
        return say("No model may redraft this: the settings of its source keep its text from models.")
    if not (detail.title or detail.body).strip():
        return say("There is no text of this review here that a model could be given.")
    if has_left_path(detail):
        return say("No model redrafts this: a person has to see it first.")
    if detail.model_version is None:
        return say("This wording has not been judged yet, so no other model is given it. Try again in a moment.")
    return ""


def prepare(session: Session, review_id: int, *, by: Actor) -> Prepared:
    """The question about the answer as it is saved.

    Raises:
        BadValue: it may not be asked, with the reason.
        CaseChanged: the case is gone.
    """
    facts, detail = answer_facts(session, review_id), review_detail(session, review_id)
    if facts is None or detail is None:
        raise CaseChanged(say("This case is gone. Go back to the queue."))
    rules = redrafting(session)
    if not rules.serves(facts.location_id):
        raise BadValue(say("No model is set for this place. An owner sets one under “Redrafting”."))
    if why := barred(session, detail):
        raise BadValue(why)
    reply = reply_of(session, facts.case_id)
    if reply is None or not reply.body.strip():
        raise BadValue(say("Write something first, or take a first draft: the model redrafts what stands there."))
    if reply.state not in WRITABLE:
        raise CaseChanged(say("This answer cannot be changed now: it waits for approval, or has been approved."))
    limits = platform_rules(session, platform_of(detail))
    most = min(limits.most_chars or limits.most_bytes or USUAL_MOST, USUAL_MOST, REPLY_MOST)
    staff = [one.name for one in people_at(session, Act.READ, [facts.location_id])]
    mask = Mask(
        language=detail.language or detail.source_language or "",
        names=[facts.author_name, by.name, signature_of(session, by.person_id).partition(",")[0], *staff],
        plain=[facts.location_name],
    )
    asked = question(
        mask,
        model=rules.model,
        review="\n".join(part for part in (detail.title, detail.body) if part),
        issues=_issues(detail),
        draft=reply.body,
        language=detect_language(reply.body),
        most_chars=most,
    )
    return Prepared(
        case_id=facts.case_id, of=reply.number, draft=reply.body, contact=facts.contact, question=asked, mask=mask
    )


def redraft(parts: Pages, review_id: int, *, by: Actor) -> int:
    """Ask the model, and keep what it suggests beside the answer; gives the number of the suggestion.

    Raises:
        BadValue, CaseChanged: there is none, with what to do.
    """
    if not _free.acquire(blocking=False):
        raise BadValue(say("The model is busy with other answers. Try again in a moment."))
    try:
        with session_scope(parts.engine) as session:
            rules, prepared = redrafting(session), prepare(session, review_id, by=by)
            endpoint = opened(parts, rules)
            tell_sent(
                session, prepared.case_id, prepared.sent, host=endpoint.host, model=rules.model,
                masked=prepared.mask.masked, by=by,
            )  # fmt: skip
        try:
            answer = ask(endpoint, prepared.question.body())
        except RedraftFault as error:
            raise BadValue(str(error)) from None
    finally:
        _free.release()
    text = _suggested(prepared, answer)
    findings = findings_in(parts.engine, review_id, text) or []
    facts = {"host": endpoint.host, "model": rules.model, "findings": findings}
    with session_scope(parts.engine) as session:
        return suggest(session, prepared.case_id, text, facts, of=prepared.of, by=by)


def opened(parts: Pages, rules: Redrafting) -> Endpoint:
    """The endpoint with its key.

    Raises:
        BadValue: the key cannot be opened.
    """
    try:
        key = vault_of(parts.database).open(rules.sealed_key).get("key", "")
    except BadValue:
        raise BadValue(say("The stored key of the model cannot be read. An owner enters it again.")) from None
    return endpoint_of(rules, key=key, user_agent=parts.crawl_settings().user_agent)


def endpoint_of(rules: Redrafting, *, key: str, user_agent: str) -> Endpoint:
    """Where the model is asked."""
    return Endpoint(url=rules.url, key=key, is_local=rules.is_local, limit_s=rules.limit_s, user_agent=user_agent)


def _suggested(prepared: Prepared, answer: dict[str, Any]) -> str:
    """The text that may be shown: with our own contacts put back, and nobody else's."""
    found = taken(answer, most_chars=prepared.question.most_chars)
    if isinstance(found, Unusable):
        raise BadValue(_UNUSABLE[found])
    text = prepared.mask.unmask(found, of=prepared.question.draft)
    if not text:
        raise BadValue(_UNUSABLE[Unusable.EMPTY])
    own = f"{prepared.draft} {prepared.contact}".lower()
    if any(one.lower() not in own for one in reached_at(text)):
        raise BadValue(
            say("The model put in an address, a link or a number that is not yours. Its text was thrown away.")
        )
    return text


def _issues(detail: ReviewDetail) -> tuple[str, ...]:
    topics = [str(one["topic"]).replace("_", " ") for one in detail.topics]
    risks = [str(one["risk"]).replace("_", " ") for one in detail.risks]
    return (*topics, *risks, *([f"tone: {detail.anger_level}"] if detail.anger_level else []))


def _open(wordings: Sequence[Wording]) -> Suggestion | None:
    """The last suggestion, while nobody has taken or discarded it."""
    last = next((one for one in wordings if one.kind == "redrafted"), None)
    if last is None or last.facts.get("fate") != Fate.OPEN:
        return None
    return Suggestion(
        number=last.number,
        body=last.body,
        host=str(last.facts.get("host", "")),
        model=str(last.facts.get("model", "")),
        findings=last.facts.get("findings", ()),
    )
