"""The public answer of a case: programs read it, write it and submit it. A person approves and posts it."""

from __future__ import annotations

from flask import Response
from sqlalchemy.orm import Session

from db.errors import BadValue, CaseChanged
from db.models import Reply, Review
from db.phrases import say
from db.queries.case_work import case_work
from db.queries.reviews import review_detail
from db.replies import reply_of, save_words
from db.reply_findings import lift_needed
from db.reply_flow import submit
from db.roles import Act
from db.scopes import Scope
from db.session import read_scope

from ..answer_view import checked_view, why_not
from ..answering import findings_in
from ..pages import pages
from .cases import VERSIONED
from .door import caller, operation, reads_contacts, seen_version, sent, writing
from .given import AnswerGiven, IfMatch, ReviewPath, SubmissionGiven
from .problems import Refused
from .reading import ONE
from .told_offers import AnswerTold, answer_tag


@operation("GET", f"/cases/{ONE}/answer", AnswerTold, group="Answers", scope=Scope.READ_ANSWERS, act=Act.READ,
           of="review_id", also=(422,), headers=("ETag",))  # fmt: skip
def get_answer(path: ReviewPath) -> Response:
    """The answer with how far it is, and what the checks found in it."""
    with read_scope(pages().engine) as session:
        work = case_work(session, path.review_id)
        told = _told(session, path.review_id, reply_of(session, work.id) if work else None)
    return sent(told, ETag=answer_tag(path.review_id, told.version))


@operation("PUT", f"/cases/{ONE}/answer", AnswerTold, group="Answers", scope=Scope.WRITE_ANSWERS, act=Act.WORK,
           of="review_id", also=VERSIONED, headers=("ETag",))  # fmt: skip
def write_answer(path: ReviewPath, header: IfMatch, body: AnswerGiven) -> Response:  # noqa: ARG001 - read by seen_version
    """Write the draft of an answer."""
    with writing() as (session, by):
        work = case_work(session, path.review_id)
        if work is None:
            raise Refused("not-found")
        reply = reply_of(session, work.id)
        version = reply.version if reply else 0
        seen_version(answer_tag(path.review_id, version))
        saved = save_words(session, work.id, body.body, seen=version, by=by)
        if saved.refused:
            raise CaseChanged(saved.refused)
        told = _told(session, path.review_id, reply_of(session, work.id))
    return sent(told, ETag=answer_tag(path.review_id, told.version))


@operation("POST", f"/cases/{ONE}/answer/submission", AnswerTold, group="Answers", scope=Scope.WRITE_ANSWERS,
           act=Act.WORK, of="review_id", also=VERSIONED, headers=("ETag",))  # fmt: skip
def submit_answer(path: ReviewPath, header: IfMatch, body: SubmissionGiven) -> Response:  # noqa: ARG001 - as above
    """Check the answer and ask a person to approve it. No answer is approved or posted over the API."""
    with read_scope(pages().engine) as session:
        work = case_work(session, path.review_id)
        reply = reply_of(session, work.id) if work else None
    if work is None:
        raise Refused("not-found")
    words, version = (reply.body, reply.version) if reply else ("", 0)
    seen_version(answer_tag(path.review_id, version))
    findings = findings_in(pages().engine, path.review_id, words) or []
    with writing(case_id=work.id) as (session, by):
        detail = review_detail(session, path.review_id)
        if detail is not None and (hindrance := why_not(detail)):
            raise BadValue(hindrance)
        checked = checked_view(findings, words)
        if not checked.blocks and (unread := set(checked.warns) - set(body.read_warnings)):
            named = ", ".join(sorted(unread))
            raise BadValue(say("A person has to read these warnings first: %(checks)s. Then name them.", checks=named))
        submit(
            session,
            work.id,
            seen=version,
            findings=findings,
            by=by,
            lift_reason=body.lift_reason if lift_needed(findings) else "",
        )
        told = _told(session, path.review_id, reply_of(session, work.id))
    return sent(told, ETag=answer_tag(path.review_id, told.version))


def _told(session: Session, review_id: int, reply: Reply | None) -> AnswerTold:
    """Whoever writes it over needs its very words."""
    is_open = reads_contacts() or Scope.WRITE_ANSWERS in caller().scopes
    name = "" if is_open else session.get_one(Review, review_id).author_name
    return AnswerTold.of(review_id, reply, name, is_open=is_open)
