"""The clocks of cases in the database: until when each should be answered.

A clock runs while a case is to do and calls for somebody: also while it is put off or somebody is asked to agree that
it is not pursued, for the guest waits all the same. It rests while we wait for the guest, and stands otherwise. What
people change by hand is set at once; readings and judgements, which come in sets, mark what they touch, and the worker
sets that (`set_stale`). Functions flush and never commit.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, func, literal_column, or_, select, update
from sqlalchemy.orm import Session

from .cases import calls, chunks, is_withheld, lock_reviews
from .clock_rules import Clock, Motion, Rules, chain_of, next_clock, target_of, targets_of
from .hours import hours_of
from .kept import Kept, keep, kept
from .models import BY_HAND, Case, CaseStage, CaseState, Location, ReplyState, Review, Score, Source
from .models.case import IS_CLOCK_STALE
from .rank import set_ranks

BATCH: Final = 500
TOLD_LEVEL: Final = "annoyed"  # whose target a calm complaint gets that was taken by hand
CLOCK_COLUMNS: Final = (
    "due_at",
    "clock_from_at",
    "clock_left_min",
    "clock_target_min",
    "clock_is_stale",
    "escalated",
    "escalate_at",
)
KEPT_FOR_UNDO: Final = ("clock_from_at", "clock_left_min", "clock_target_min")  # the rest follows from these

_FACTS = (
    Case.id,
    Case.state,
    Case.stage,
    Case.is_risky,
    Case.said_angry,
    Case.reply_state,
    Case.due_at,
    Case.clock_from_at,
    Case.clock_left_min,
    Case.clock_target_min,
    Case.escalated,
    Case.escalate_at,
    calls().label("calls"),
    is_withheld().label("is_withheld"),
    Score.anger_level,
    Source.platform,
    Location.timezone,
    Location.opening,
    Location.targets,
    Location.chain,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recounting:
    """How far setting every clock anew has come, in ids of cases; `to` 0: there never was any."""

    done: int
    to: int

    @property
    def is_running(self) -> bool:
        return self.done < self.to


def set_clocks(session: Session, case_ids: Iterable[int], *, now: datetime) -> None:
    """Bring the clocks of these cases to where they belong. Their reviews must be locked (`db.cases`)."""
    session.flush()
    for_all = kept(session, Kept.CLOCK)
    for ids in chunks(case_ids):
        rows = session.execute(
            select(*_FACTS)
            .join(Review, Review.id == Case.review_id)
            .join(Source, Source.id == Review.source_id)
            .join(Location, Location.id == Source.location_id)
            .outerjoin(Score, and_(Score.review_id == Review.id, Score.content_hash == Review.content_hash))
            .where(Case.id.in_(ids))
        )
        values = [{"id": row.id, "clock_is_stale": False, **asdict(_clock(row, for_all, now=now))} for row in rows]
        if values:
            session.execute(update(Case), values)
            set_ranks(session, Case.id.in_(ids))


def set_stale(session: Session, *, now: datetime, limit: int = BATCH) -> int:
    """Set those that a set change has touched; how many."""
    stale = stale_statement().limit(limit)
    lock_reviews(session, [row.review_id for row in session.execute(stale)])
    ids = [row.id for row in session.execute(stale)]
    set_clocks(session, ids, now=now)
    return len(ids)


def stale_statement() -> Any:
    """Ids and reviews of what is to be set, from the index of such cases alone."""
    is_stale: ColumnElement[bool] = literal_column(f'"case".{IS_CLOCK_STALE}')  # as the index has it, without "= 1"
    return select(Case.id, Case.review_id).where(is_stale).order_by(Case.id)


def recounting(session: Session) -> Recounting:
    """How far it has come."""
    value = kept(session, Kept.RECOUNTING)
    return Recounting(done=value.get("done", 0), to=value.get("to", 0))


def recount(session: Session, *, now: datetime) -> None:
    """Have every clock set anew: hours, targets or chains are other ones, or a source belongs to another place.

    Call it before the change, in the same transaction: it waits for a worker that sets clocks by the old ones.
    """
    keep(session, Kept.CLOCK, kept(session, Kept.CLOCK), now=now)
    last = session.scalar(select(func.max(Case.id))) or 0
    keep(session, Kept.RECOUNTING, {"done": 0, "to": last}, now=now)


def recount_next(session: Session, *, now: datetime, limit: int = BATCH) -> bool:
    """Set the next few of them; whether there is more to do."""
    kept(session, Kept.CLOCK, hold=True)  # whoever changes the rules waits for us, and then starts it anew
    at = recounting(session)
    if not at.is_running:
        return False
    upto = min(at.done + 10 * limit, at.to)
    may_run = and_(Case.state == CaseState.OPEN, calls())
    concerned = (
        select(Case.id, Case.review_id)
        .where(Case.id > at.done, Case.id <= upto, or_(Case.clock_left_min.is_not(None), may_run))
        .order_by(Case.id)
        .limit(limit)
    )
    found = session.execute(concerned).all()
    lock_reviews(session, [row.review_id for row in found])
    set_clocks(session, [row.id for row in found], now=now)
    done = found[-1].id if len(found) == limit else upto
    keep(session, Kept.RECOUNTING, {"done": done, "to": at.to}, now=now)
    return done < at.to


def _clock(row: Any, for_all: dict[str, Any], *, now: datetime) -> Clock:
    rules = Rules(
        hours=hours_of(row.opening, row.timezone),
        targets=targets_of(row.targets, for_all.get("targets")),
        chain=chain_of(row.chain, for_all.get("chain")),
    )
    clock = Clock(
        due_at=row.due_at,
        clock_from_at=row.clock_from_at,
        clock_left_min=row.clock_left_min,
        clock_target_min=row.clock_target_min,
        escalated=row.escalated,
        escalate_at=row.escalate_at,
    )
    # Who has taken the trouble to tell the business itself is answered, however calm their words are.
    level = TOLD_LEVEL if row.platform == BY_HAND and row.anger_level == "calm" else row.anger_level
    target = target_of(rules.targets, level, is_urgent=row.is_risky or row.said_angry is True)
    return next_clock(clock, _motion(row), target, rules, now=now)


def _motion(row: Any) -> Motion:
    is_out = row.reply_state is ReplyState.POSTED  # one that was seen has its case answered, or open for a reason
    if row.state is not CaseState.OPEN or not row.calls or row.is_withheld or is_out:
        return Motion.STANDS
    return {CaseStage.TODO: Motion.RUNS, CaseStage.WAITING: Motion.RESTS}.get(row.stage, Motion.STANDS)
