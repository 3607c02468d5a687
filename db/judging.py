"""A person's word on the anger of a review, over what the model says of it.

The last word of anybody holds for the case, in or out of the queue, until the guest writes anew. Functions flush and
never commit.
"""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import and_, delete, select
from sqlalchemy.orm import Session

from .acting import Actor, Done, Event, act
from .cases import lock_reviews
from .errors import BadValue
from .models import Case, Complaint, Review, Score, Verdict
from .phrases import say
from .priorities import rank_soon
from .verdicts import kept_verdict, last_word, own_verdict

ANGRY_LEVELS: Final = ("angry", "furious")


def judge(session: Session, case_id: int, is_angry: bool | None, *, by: Actor, seen_hash: str | None = None) -> Done:
    """Say that a review is angry or is not; None takes one's own word back.

    `seen_hash` is that of the wording that was shown.

    Raises:
        BadValue: there is no such case or nothing to read, or the guest has written anew meanwhile.
    """
    if (review_id := session.scalar(select(Case.review_id).where(Case.id == case_id))) is not None:
        lock_reviews(session, [review_id])
    said = _facts(session, case_id)
    if said is None or not said["content_hash"]:
        raise BadValue(say("There is no text here to be judged."))
    if seen_hash is not None and seen_hash != said["content_hash"]:
        raise BadValue(say("The guest has changed the review since you opened it. Read it again."))
    own_one = own_verdict(said["review_id"], said["content_hash"], by.person_id)
    own = session.scalars(select(Verdict).where(own_one)).one_or_none()
    before = kept_verdict(own, said["review_id"], said["content_hash"])
    if is_angry is None:
        session.execute(delete(Verdict).where(own_one))
    elif own is None:
        session.add(Verdict(person_id=by.person_id, is_angry=is_angry, said_at=by.now, **said))
    else:
        own.is_angry, own.said_at = is_angry, by.now
    session.flush()
    holds = last_word(session, said["review_id"], said["content_hash"])
    facts = {"is_angry": is_angry, "anger": said["anger"]}
    change = {"said_angry": holds}
    done = act(session, [case_id], Event.JUDGED, lambda _: change, facts, by=by, more={"verdict": before})
    rank_soon(session, [case_id], now=by.now)
    return done


def case_of(session: Session, review_id: int) -> Case | None:
    """The case of a review."""
    return session.scalars(select(Case).where(Case.review_id == review_id)).one_or_none()


def _facts(session: Session, case_id: int) -> dict[str, Any] | None:
    """What a verdict keeps of the wording and of what the model says of it."""
    row = session.execute(
        select(
            Review.id,
            Review.content_hash,
            Case.is_flagged,
            Case.is_risky,
            Score.model_version,
            Score.anger,
            Score.anger_level,
            Complaint.review_id.is_not(None).label("is_by_hand"),
            Complaint.heard_level,
        )
        .join(Case, Case.review_id == Review.id)
        .outerjoin(Complaint, Complaint.review_id == Review.id)
        .outerjoin(Score, and_(Score.review_id == Review.id, Score.content_hash == Review.content_hash))
        .where(Case.id == case_id)
    ).first()
    if row is None:
        return None
    is_models = bool(row.model_version) and not row.heard_level  # what somebody heard is no word of the model
    was_flagged: bool | None = row.is_flagged if is_models else None
    # Every complaint that somebody took is in the queue, whatever its tone.
    if row.is_by_hand or (row.is_risky and row.anger_level not in ANGRY_LEVELS):
        was_flagged = None
    return {
        "review_id": row.id,
        "content_hash": row.content_hash,
        "model_version": row.model_version if is_models else "",
        "anger": row.anger if is_models else None,
        "was_flagged": was_flagged,
    }
