"""Changes of state of cases, in sets. The queue reads what is settled here.

Whoever changes cases locks their reviews first, in the order of their ids (`lock_reviews`): crawler and scorer then
never wait for each other in a circle. Functions flush and never commit.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, literal, not_, null, or_, select, update
from sqlalchemy.orm import Session

from .models import Case, CaseStage, CaseState, ErasedFor, Location, Review, Score, Source, Standing

FEW_STARS = 2.0  # of 5, where the stars alone have to tell, and
STARS_MOST = 40.0  # the points of 100 that none of them brings: below what a model finds angry, above what it does not
UNPUBLISHED = ("pending", "rejected")  # states of a reply that answers nobody
CHUNK = 1000  # ids in one statement: far below what either database takes


@dataclass(frozen=True, slots=True, kw_only=True)
class DuePriority:
    """What a priority is computed from."""

    case_id: int
    review_id: int
    anger: float
    anger_level: str
    sentiment: float
    topics: list[dict[str, Any]]
    risks: list[dict[str, Any]]
    stars: float | None
    reach: float
    published_at: datetime
    published_precision: str
    reopened_at: datetime | None
    timezone: str
    said_angry: bool | None = None  # by people, of this wording


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorityRow:
    case_id: int
    priority: float  # 0..100
    priority_parts: list[dict[str, Any]]  # [{name, points, most}]
    priority_due_at: datetime | None  # when age changes it next; None: never


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
    """Keep `in_queue` true exactly for the cases that `belongs_in_queue`, and have their clocks set (`db.clocks`)."""
    session.flush()
    for ids in chunks(review_ids):
        session.execute(
            update(Case)
            .where(Case.review_id.in_(ids))
            .values(
                in_queue=belongs_in_queue(),
                clock_is_stale=_touches_clock(is_open=Case.state == CaseState.OPEN),
                priority_due_at=case((Case.state == CaseState.OPEN, Case.priority_due_at), else_=null()),
            ),
            execution_options={"synchronize_session": False},
        )


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
    """Neither put off nor waiting for somebody to agree."""
    return and_(Case.snoozed_until.is_(None), Case.approval_asked_at.is_(None))


def is_public() -> ColumnElement[bool]:
    """Whether the review of a case can be answered by anybody.

    One that its platform still looks at waits for nobody yet, and one whose writer had it erased does no more.
    """
    return not_(exists().where(Review.id == Case.review_id, is_withheld()))


def is_withheld() -> ColumnElement[bool]:
    """The same the other way round, of a review that is at hand."""
    return or_(Review.standing == Standing.MODERATED, Review.erased_for == ErasedFor.REQUEST)


def move_cases(
    session: Session, review_ids: Iterable[int], state: CaseState, *, now: datetime, is_reworded: bool = False
) -> None:
    """Set the state of the cases of these reviews, but for those that a person called "not about us".

    A reworded one is reopened: it stands in the queue whatever its old score was and whatever people had done about
    the old wording, and waits for a new score. Any other that becomes open has its priority computed again soon, for
    time has passed; work that was done with a reply is to do again when that reply is gone.
    """
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
        values["stage"] = case((lost_reply, literal(CaseStage.TODO, Case.stage.type)), else_=Case.stage)
    if is_reworded:
        values["reopened_at"] = now
        values["in_queue"] = is_public() if is_open else False
        values["clock_is_stale"] = True
        values |= dict.fromkeys(("due_at", "clock_from_at", "clock_left_min", "escalate_at"), null())  # starts anew
        values |= {"stage": CaseStage.TODO, "version": Case.version + 1}
        forgotten = ("snoozed_until", "follow_up_at", "approval_asked_at", "approval_asked_by_id", "said_angry")
        values |= dict.fromkeys(forgotten, null())
    for ids in chunks(review_ids):
        session.execute(
            update(Case).where(Case.review_id.in_(ids), Case.state != CaseState.NOT_US).values(**values),
            execution_options={"synchronize_session": False},
        )


def set_not_us(session: Session, review_id: int) -> bool:
    """Take a mention out of every queue: it is about somebody else. False when it was not there to be taken."""
    lock_reviews(session, [review_id])
    done = session.execute(
        update(Case)
        .where(Case.review_id == review_id, Case.state != CaseState.NOT_US)
        .values(
            state=CaseState.NOT_US,
            in_queue=False,
            priority_due_at=null(),
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
    done = session.execute(
        update(Case)
        .where(Case.review_id == review_id, Case.state == CaseState.NOT_US)
        .values(state=CaseState.OPEN)
        .returning(Case.id),
        execution_options={"synchronize_session": False},
    )
    if review is None or done.scalar() is None:
        return False
    move_cases(session, [review_id], shown_state(review), now=now)
    return True


def shown_state(review: Review) -> CaseState:
    """Where a case stands by what the source shows of its review."""
    if review.missing_since_at is not None or review.standing == Standing.WITHDRAWN:
        return CaseState.GONE
    is_answered = bool(review.reply_hash) and review.reply_state not in UNPUBLISHED
    return CaseState.ANSWERED if is_answered else CaseState.OPEN


def rank_by_stars(session: Session, review_ids: Iterable[int]) -> None:
    """Flag and rank reviews that no model may read by their rating alone: two stars or fewer need a person."""
    by_stars: dict[float | None, list[int]] = {}
    for ids in chunks(review_ids):
        for id_, stars in session.execute(select(Review.id, Review.stars).where(Review.id.in_(ids))).all():
            by_stars.setdefault(stars, []).append(id_)
    for stars, ids in by_stars.items():
        points = 0.0 if stars is None else round(STARS_MOST * (1 - stars / 5), 1)
        values: dict[str, Any] = {
            "is_flagged": stars is not None and stars <= FEW_STARS,
            "is_risky": False,
            "priority": points,
            "priority_parts": [{"name": "stars", "points": points, "most": STARS_MOST}] if points else [],
        }
        for some in chunks(ids):
            session.execute(
                update(Case).where(Case.review_id.in_(some)).values(**values),
                execution_options={"synchronize_session": False},
            )
        settle(session, ids)


def due_priorities(session: Session, *, now: datetime, limit: int) -> list[DuePriority]:
    """Open, scored cases whose priority has changed by age alone, longest due first.

    Nothing is claimed: computing one twice gives the same number.
    """
    due = ranking_facts().where(Case.priority_due_at <= now, Case.state == CaseState.OPEN)
    rows = session.execute(due.order_by(Case.priority_due_at).limit(limit))
    return [DuePriority(**row) for row in rows.mappings()]


def rank_soon(session: Session, case_ids: Iterable[int], *, now: datetime) -> None:
    """Have the priority of these computed again by the next sweep, of those that are open and have one."""
    is_ranked = and_(Case.state == CaseState.OPEN, exists().where(Score.review_id == Case.review_id))
    for ids in chunks(case_ids):
        session.execute(
            update(Case).where(Case.id.in_(ids), is_ranked).values(priority_due_at=now),
            execution_options={"synchronize_session": False},
        )


def ranking_facts() -> Select[*tuple[Any, ...]]:
    """The columns of DuePriority, of every case whose present wording is scored."""
    columns = (
        Case.id.label("case_id"),
        Case.review_id,
        Score.anger,
        Score.anger_level,
        Score.sentiment,
        Score.topics,
        Score.risks,
        Review.stars,
        Source.reach,
        Review.published_at,
        Review.published_precision,
        Case.reopened_at,
        Case.said_angry,
        Location.timezone,
    )
    return (
        select(*columns)
        .join(Review, Review.id == Case.review_id)
        .join(Score, and_(Score.review_id == Review.id, Score.content_hash == Review.content_hash))
        .join(Source, Source.id == Review.source_id)
        .join(Location, Location.id == Source.location_id)
    )


def store_priorities(session: Session, rows: Sequence[PriorityRow], *, now: datetime) -> int:
    """Store them where they are still due, and say how many were: a score stored meanwhile is newer and stays."""
    wanted = {row.case_id: row for row in rows}
    due = select(Case.id, Case.review_id).where(Case.id.in_(wanted), Case.priority_due_at <= now)
    lock_reviews(session, [row.review_id for row in session.execute(due)])
    still_due = {row.id for row in session.execute(due)}
    values = [
        {
            "id": case_id,
            "priority": wanted[case_id].priority,
            "priority_parts": wanted[case_id].priority_parts,
            "priority_due_at": wanted[case_id].priority_due_at,
        }
        for case_id in sorted(still_due)
    ]
    if values:
        session.execute(update(Case), values)
    return len(values)
