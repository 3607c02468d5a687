"""Changes of state of cases, in sets. The queue reads what is settled here.

Whoever changes cases locks their reviews first, in the order of their ids (`lock_reviews`): crawler and scorer then
never wait for each other in a circle. Functions flush and never commit.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, literal, not_, null, or_, select, true, update
from sqlalchemy.orm import Session

from .models import ERASED_FOR_GOOD, Case, CaseStage, CaseState, FollowUp, ReplyState, Review, Standing
from .rank import rank_of
from .webhook_events import watched

UNPUBLISHED = ("pending", "rejected")  # states of a reply that answers nobody
# An answer that waits for an approver or is on its way asks nobody of the desk to act. One that was seen at the source
# does: its case is answered, and open again only where the guest has changed the review or the answer is gone.
REPLY_RESTS = (ReplyState.SUBMITTED, ReplyState.HELD, ReplyState.POSTING, ReplyState.UNSURE, ReplyState.POSTED)
CHUNK = 1000  # ids in one statement: far below what either database takes


def chunks(ids: Iterable[int]) -> Iterable[list[int]]:
    """Ids in sorted runs that fit one statement."""
    ordered = sorted(ids)
    for start in range(0, len(ordered), CHUNK):
        yield ordered[start : start + CHUNK]


def lock_reviews(session: Session, review_ids: Iterable[int]) -> None:
    """Hold these reviews until the transaction ends. SQLite holds the whole file already."""
    if session.get_bind().dialect.name == "sqlite":
        return
    for ids in chunks(review_ids):
        session.execute(select(Review.id).where(Review.id.in_(ids)).order_by(Review.id).with_for_update(key_share=True))


def settle(session: Session, review_ids: Iterable[int]) -> None:
    """Keep `in_queue` true exactly for the cases that `belongs_in_queue`, and have their clocks set (`db.clocks`).

    When they are to be followed up is set as well.

    A priority that was stored before it comes into the rank here.
    """
    session.flush()
    for ids in chunks(review_ids):
        session.execute(
            update(Case)
            .where(Case.review_id.in_(ids))
            .values(
                in_queue=belongs_in_queue(),
                rank=rank_of(Case.priority, Case.due_at),
                clock_is_stale=_touches_clock(is_open=Case.state == CaseState.OPEN),
                priority_due_at=case((Case.state == CaseState.OPEN, Case.priority_due_at), else_=null()),
                asks_at=asks(),
            ),
            execution_options={"synchronize_session": False},
        )


def set_asks(session: Session, review_ids: Iterable[int]) -> None:
    """Set when the cases of these reviews are to be followed up: their follow-ups have changed, and nothing else."""
    session.flush()
    for ids in chunks(review_ids):
        session.execute(
            update(Case).where(Case.review_id.in_(ids)).values(asks_at=asks()),
            execution_options={"synchronize_session": False},
        )


def asks() -> ColumnElement[Any]:
    """From when on somebody should ask the customer: the first of its follow-ups that are open, of the day that was set
    while it waits, and of the moment since which the customer is not content and nobody has planned to ask again.

    Nobody asks about a case that is not pursued, or about somebody else.
    """
    waits = case((Case.stage == CaseStage.WAITING, Case.follow_up_at), else_=null())
    is_over = or_(Case.stage == CaseStage.NOT_PURSUED, Case.state == CaseState.NOT_US)
    return case((is_over, null()), else_=_first(waits, _asks_of_itself()))


def _asks_of_itself() -> ColumnElement[Any]:
    """The same without the day that was set while it waits."""
    is_open = (FollowUp.case_id == Case.id, FollowUp.outcome.is_(None))
    first = select(func.min(FollowUp.due_at)).where(*is_open).correlate(Case).scalar_subquery()
    is_planned = exists().where(*is_open, FollowUp.made_at > Case.unsettled_at).correlate(Case)
    return _first(case((is_planned, null()), else_=Case.unsettled_at), first)


def _first(one: ColumnElement[Any], other: ColumnElement[Any]) -> ColumnElement[Any]:
    # The databases name it differently, and one of them makes it null where either is.
    return case((other.is_(None), one), (one <= other, one), else_=other)


def belongs_in_queue() -> ColumnElement[bool]:
    """The rule itself, as SQL."""
    return and_(Case.state == CaseState.OPEN, Case.stage == CaseStage.TODO, _rests_not(), calls(), is_public())


def calls() -> ColumnElement[bool]:
    """Whether it asks for somebody: a risk does whatever anybody says of its tone, and people know tone better."""
    by_itself = or_(Case.is_flagged, Case.reopened_at.is_not(None))
    return or_(Case.is_risky, func.coalesce(Case.said_angry, by_itself))


def _touches_clock(*, is_open: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether a case has a clock to set: one it has already, or one that it gets by calling for somebody."""
    return or_(Case.clock_is_stale, Case.clock_left_min.is_not(None), and_(is_open, calls()))


def _rests_not() -> ColumnElement[bool]:
    """Neither put off nor waiting for somebody to agree, nor is its answer in other hands or on its way."""
    is_here = or_(Case.reply_state.is_(None), Case.reply_state.not_in(REPLY_RESTS))
    return and_(Case.snoozed_until.is_(None), Case.approval_asked_at.is_(None), is_here)


def is_public() -> ColumnElement[bool]:
    """Whether the review of a case can be answered by anybody.

    One that its platform still looks at waits for nobody yet, and one whose writer had it erased does no more.
    """
    return not_(exists().where(Review.id == Case.review_id, is_withheld()))


def is_withheld() -> ColumnElement[bool]:
    """The same the other way round, of a review that is at hand."""
    return or_(Review.standing == Standing.MODERATED, Review.erased_for.in_(ERASED_FOR_GOOD))


def move_cases(
    session: Session, review_ids: Iterable[int], state: CaseState, *, now: datetime, is_reworded: bool = False
) -> None:
    """Set the state of the cases of these reviews, but for those that a person called "not about us".

    A reworded one is reopened: it stands in the queue whatever its old score was and whatever people had done about
    the old wording, and waits for a new score. Any other that becomes open has its priority computed again soon, for
    time has passed; work that was done with a reply is to do again when that reply is gone.
    """
    ids = list(review_ids)
    with watched(session, ids, now=now):
        _move(session, ids, state, now=now, is_reworded=is_reworded)


def _move(
    session: Session, review_ids: Iterable[int], state: CaseState, *, now: datetime, is_reworded: bool = False
) -> None:
    is_open = state is CaseState.OPEN
    values: dict[str, Any] = {
        "state": state,
        "in_queue": False,
        "priority_due_at": now if is_open and not is_reworded else null(),
        "clock_is_stale": _touches_clock(is_open=literal(is_open)),
    }
    if is_open:
        lost_reply = and_(Case.state == CaseState.ANSWERED, Case.stage == CaseStage.DONE)
        to_do = or_(Case.stage == CaseStage.TODO, lost_reply)
        values["in_queue"] = and_(to_do, _rests_not(), calls(), is_public())
        values["awaits_rule"] = true()
        values["stage"] = case((lost_reply, literal(CaseStage.TODO, Case.stage.type)), else_=Case.stage)
    if is_reworded:
        values["reopened_at"] = now
        values["in_queue"] = is_public() if is_open else False
        values["clock_is_stale"] = True
        values |= dict.fromkeys(("due_at", "clock_from_at", "clock_left_min", "escalate_at"), null())  # starts anew
        values["rank"] = rank_of(Case.priority)
        values |= {"stage": CaseStage.TODO, "version": Case.version + 1}
        forgotten = ("snoozed_until", "follow_up_at", "approval_asked_at", "approval_asked_by_id", "said_angry")
        values |= dict.fromkeys(forgotten, null())
        values["asks_at"] = _asks_of_itself()
    for ids in chunks(review_ids):
        session.execute(
            update(Case).where(Case.review_id.in_(ids), Case.state != CaseState.NOT_US).values(**values),
            execution_options={"synchronize_session": False},
        )


def set_not_us(session: Session, review_id: int, *, now: datetime) -> bool:
    """Take a mention out of every queue: it is about somebody else. False when it was not there to be taken."""
    lock_reviews(session, [review_id])
    with watched(session, [review_id], now=now):
        done = session.execute(
            update(Case)
            .where(Case.review_id == review_id, Case.state != CaseState.NOT_US)
            .values(
                state=CaseState.NOT_US,
                in_queue=False,
                priority_due_at=null(),
                asks_at=null(),
                clock_is_stale=or_(Case.clock_is_stale, Case.clock_left_min.is_not(None)),
            )
            .returning(Case.id),
            execution_options={"synchronize_session": False},
        )
    return done.scalar() is not None


def undo_not_us(session: Session, review_id: int, *, now: datetime) -> bool:
    """Put it back to where the source says it stands. False when nobody had called it "not about us"."""
    lock_reviews(session, [review_id])
    review = session.get(Review, review_id, populate_existing=True)
    with watched(session, [review_id], now=now):
        done = session.execute(
            update(Case)
            .where(Case.review_id == review_id, Case.state == CaseState.NOT_US)
            .values(state=CaseState.OPEN)
            .returning(Case.id),
            execution_options={"synchronize_session": False},
        )
        if review is None or done.scalar() is None:
            return False
        _move(session, [review_id], shown_state(review), now=now)
        set_asks(session, [review_id])
    return True


def shown_state(review: Review) -> CaseState:
    """Where a case stands by what the source shows of its review."""
    if review.missing_since_at is not None or review.standing == Standing.WITHDRAWN:
        return CaseState.GONE
    is_answered = bool(review.reply_hash) and review.reply_state not in UNPUBLISHED
    return CaseState.ANSWERED if is_answered else CaseState.OPEN
