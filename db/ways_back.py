"""Taking back what somebody did last, whatever it was, by the token that they were given for it.

Acts on cases keep their way back themselves (`db.acting`). What is made anew, a note, a complaint, a step of an offer,
gets one here when a program did it: the pages offer those by a button of their own. Functions flush and never commit.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from . import acting, complaints, notes, offer_undo
from .acting import Actor, Undone, keep_way_back
from .errors import CaseChanged
from .models import Case, Offer, UndoStep
from .phrases import say


class Made(StrEnum):
    """What was made; kinds beside those of `acting.Event`."""

    NOTE = "note_written"
    COMPLAINT = "complaint_taken"
    OFFER = "offer_step"


@dataclass(frozen=True, slots=True, kw_only=True)
class WayBack:
    """Where a token leads."""

    kind: str  # an Event of db.acting, or Made
    case_ids: tuple[int, ...]
    offer_id: int | None  # whose case may be gone


def from_note(session: Session, case_id: int, note_id: int, *, by: Actor) -> str:
    """A way back from having written it."""
    return keep_way_back(session, Made.NOTE, [{"case_id": case_id, "note_id": note_id}], by=by)


def from_complaint(session: Session, review_id: int, *, by: Actor) -> str:
    """A way back from having taken it, until somebody works on it."""
    case_id = session.scalars(select(Case.id).where(Case.review_id == review_id)).one()
    return keep_way_back(session, Made.COMPLAINT, [{"case_id": case_id, "review_id": review_id}], by=by)


def from_offer(session: Session, offer: Offer, *, by: Actor) -> str:
    """A way back from the last step of an offer, until there is another."""
    before = {"case_id": offer.case_id, "offer_id": offer.id, "version": offer.version}
    return keep_way_back(session, Made.OFFER, [before], by=by)


def way_back(session: Session, token: str, *, by: Actor) -> WayBack | None:
    """Where it leads; None where it no longer does, or is somebody else's. Changes nothing."""
    step = session.scalar(select(UndoStep).where(*_is_open(token, by)))
    if step is None:
        return None
    offers = [int(one["offer_id"]) for one in step.before if "offer_id" in one]
    return WayBack(
        kind=step.kind,
        case_ids=tuple(dict.fromkeys(int(one["case_id"]) for one in step.before if one["case_id"] is not None)),
        offer_id=offers[0] if offers else None,
    )


def take_back(session: Session, token: str, *, by: Actor) -> Undone | None:
    """Take it back: once, soon, and only by whoever did it. None where that cannot be done any more.

    What somebody has changed since stays as they left it, and is counted.

    Raises:
        CaseChanged: a step of an offer cannot be taken back as things stand.
    """
    made = [kind.value for kind in Made]
    step = session.execute(
        delete(UndoStep).where(*_is_open(token, by), UndoStep.kind.in_(made)).returning(UndoStep.kind, UndoStep.before),
        execution_options={"synchronize_session": False},
    ).one_or_none()
    if step is None:
        return acting.undo(session, token, by=by)
    is_done = _unmake(session, Made(step.kind), step.before[0], by=by)
    return Undone(kind=step.kind, changed=int(is_done), kept=int(not is_done))


def _unmake(session: Session, kind: Made, one: dict[str, Any], *, by: Actor) -> bool:
    if kind is Made.NOTE:
        return notes.delete_note(session, one["case_id"], one["note_id"], by=by) is not None
    if kind is Made.COMPLAINT:
        return complaints.take_back(session, one["review_id"], by=by) is not None
    if session.get(Offer, one["offer_id"]) is None:
        raise CaseChanged(say("That can no longer be taken back. Change it by hand instead."))
    offer_undo.take_back(session, one["offer_id"], seen=one["version"], by=by)
    return True


def _is_open(token: str, by: Actor) -> tuple[Any, ...]:
    return UndoStep.token == token, UndoStep.person_id == by.person_id, UndoStep.expires_at > by.now
