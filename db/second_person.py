"""Whether an answer needs a second person, or goes out as an approved saved reply that nobody has changed.

Asked before it is submitted; nothing is written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import and_, exists, select
from sqlalchemy.orm import Session

from .acting import Actor
from .keepers import keepers_of
from .models import Case, Reply, Review, SavedReply, Score
from .reply_flow import COVERED
from .saved_replies import SIGNATURE, filled, variables_in

KNOWN_MOST: Final = 50  # answers that are looked at for a signature


def needs_no_second(
    session: Session,
    case: Case,
    reply: Reply,
    *,
    values: Mapping[str, str],
    findings: Sequence[Mapping[str, Any]],
    by: Actor,
) -> bool:
    """Whether the words are an approved saved reply, unchanged, to a review that is neither angry nor risky.

    Approved were its words with gaps. So what stands in them, `values`, counts as well: filled in, it passes every
    check that blocks or warns, and nothing of it is free. The name comes from the review, place and contact from the
    owner. What people sign with is their own to write: it is known once somebody else has approved an answer of theirs
    that is signed so. A saved reply that was approved anew with other words does not cover these.

    What the model has not judged as it stands, or may not judge, may be anything: it needs a second person.
    """
    if reply.saved_reply_id is None or case.is_flagged or case.is_risky or case.said_angry:
        return False
    if not is_judged(session, case.review_id):
        return False
    saved = session.get(SavedReply, reply.saved_reply_id)
    if saved is None or saved.approved_at is None or saved.deleted_at is not None:
        return False
    if any(one.get("outcome") == "failed" and one.get("severity") in ("block", "warn") for one in findings):
        return False
    if filled(saved.body, values).strip() != reply.body.strip() or keepers_of(session, case.id, now=by.now) is not None:
        return False
    return SIGNATURE not in variables_in(saved.body) or _is_signature_known(session, values.get(SIGNATURE, ""), by=by)


def is_judged(session: Session, review_id: int) -> bool:
    """Whether the model has judged the present wording of a review."""
    is_current = and_(Score.review_id == Review.id, Score.content_hash == Review.content_hash)
    return bool(session.scalar(select(exists().where(Review.id == review_id, is_current))))


def _is_signature_known(session: Session, signature: str, *, by: Actor) -> bool:
    """Whether somebody else has approved an answer that this person submitted with it at its end."""
    if not signature.strip():
        return False
    approved = select(Reply.body).where(
        Reply.submitted_by_id == by.person_id,
        Reply.approved_by_id.is_not(None),
        Reply.approved_by_id != by.person_id,
        Reply.state.in_(COVERED),
        Reply.body.contains(signature, autoescape=True),
    )
    return any(body.rstrip().endswith(signature) for body in session.scalars(approved.limit(KNOWN_MOST)))
