"""The records of crawls, and what a finished one says about its source and about reviews no longer shown.

Functions flush and leave the commit to the caller. Who may crawl a source stands in `db.claims`.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, case, exists, or_, select, update
from sqlalchemy.orm import Session, aliased

from .cases import chunks, lock_reviews, move_cases
from .claims import is_unclaimed
from .errors import UnknownSource
from .health import doubt
from .models import CaseState, CrawlRun, CrawlState, Review, Source, SourceHealth
from .pairing import join_edited
from .phrases import say
from .schedule import ANY_PACE, Pace, after_hint, next_crawl
from .wording import cut

STOPPED = "stopped"  # the reason of a run that a person ended: it says nothing of the site, which stays due
INTERRUPTED = "interrupted"  # the reason of a run whose worker ended before it: its source stays due
REMOVED = "removed"  # the reason of a run whose source was taken off the list meanwhile
RUNS_UNTIL_GONE = 2  # complete runs in a row; one alone may be a fault of the site
BLOCKED_WAIT = timedelta(hours=24)  # who does not want us is not asked more often than once a day

_HEALTH = {
    CrawlState.FINISHED: SourceHealth.HEALTHY,
    CrawlState.FAILED: SourceHealth.DEGRADED,
    CrawlState.SUSPICIOUS: SourceHealth.SUSPICIOUS,
    CrawlState.BLOCKED: SourceHealth.BLOCKED,
    CrawlState.THROTTLED: SourceHealth.THROTTLED,
    CrawlState.MISCONFIGURED: SourceHealth.MISCONFIGURED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RunResult:
    """How a crawl went: the columns of `CrawlRun`."""

    state: CrawlState
    reason: str = ""
    message: str = ""
    pages: int = 0
    found: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    gone: int = 0
    dropped: int = 0
    errors: int = 0
    advertised_total: int | None = None
    is_complete: bool = False
    block_kind: str = ""
    robots_verdict: str = ""
    not_before_at: datetime | None = None
    is_full: bool = True  # False: it stopped at what was known


def start_run(session: Session, source_id: int, *, now: datetime, is_full: bool = True) -> int:
    """Record that a crawl begins, of every page or up to what is known, and give the id of the record.

    Raises:
        UnknownSource: it was removed meanwhile.
    """
    here = select(Source.id).where(Source.id == source_id, Source.removed_at.is_(None))
    if session.scalar(here.with_for_update(key_share=True)) is None:
        raise UnknownSource(f"There is no source {source_id} any more.")
    run = CrawlRun(source_id=source_id, started_at=now, is_full=is_full)
    session.add(run)
    session.flush()
    return run.id


def finish_run(session: Session, run_id: int, result: RunResult, *, now: datetime, pace: Pace = ANY_PACE) -> bool:
    """Record how a run ended, what that says of its source, and which reviews it no longer showed.

    False, and nothing is changed, when the run was ended before: the first word stands. Only a full, complete, finished
    run counts absences; the second in a row makes a case GONE. An interrupted one leaves its source due.
    """
    values = asdict(result) | {
        "finished_at": now,
        "reason": cut(result.reason, 80),
    }
    values |= {"block_kind": cut(result.block_kind, 40), "robots_verdict": cut(result.robots_verdict, 40)}
    ended = session.execute(
        update(CrawlRun)
        .where(CrawlRun.id == run_id, CrawlRun.state == CrawlState.RUNNING)
        .values(**values)
        .returning(CrawlRun.source_id, CrawlRun.started_at)
    ).one_or_none()
    if ended is None:
        return False
    if result.reason == STOPPED:
        return True
    _judge_source(session, ended.source_id, run_id, result, started_at=ended.started_at, now=now, pace=pace)
    if result.state is CrawlState.FINISHED and result.is_complete and result.is_full:
        # An edit without an id came as a new review, and was counted so until it was joined with its earlier wording.
        joined = join_edited(session, ended.source_id, run_id, started_at=ended.started_at, now=now)
        gone = _count_absences(session, ended.source_id, run_id, started_at=ended.started_at, now=now)
        session.execute(
            update(CrawlRun)
            .where(CrawlRun.id == run_id)
            .values(new=CrawlRun.new - joined, changed=CrawlRun.changed + joined, gone=CrawlRun.gone + gone)
        )
    return True


def abandon_runs(session: Session, *, now: datetime) -> list[int]:
    """End the records of runs whose worker died: still RUNNING with a lapsed claim, or overtaken by a newer run.

    Their sources stay due, so the next sweep crawls them again. What a newer run says of its source stands. Gives the
    ids of the runs.
    """
    newer = aliased(CrawlRun)
    is_overtaken = exists().where(newer.source_id == CrawlRun.source_id, newer.id > CrawlRun.id)
    is_orphan = exists().where(Source.id == CrawlRun.source_id, is_unclaimed(Source, now))
    return _close(session, or_(is_overtaken, is_orphan), now=now)


def close_runs(session: Session, source_id: int, *, now: datetime) -> list[int]:
    """The same for the runs of one source, for whoever holds its claim: nobody else reads it."""
    return _close(session, CrawlRun.source_id == source_id, now=now)


def _close(session: Session, is_dead: ColumnElement[bool], *, now: datetime) -> list[int]:
    newer = aliased(CrawlRun)
    is_overtaken = exists().where(newer.source_id == CrawlRun.source_id, newer.id > CrawlRun.id)
    dead = select(CrawlRun.id, is_overtaken.label("is_overtaken")).where(CrawlRun.state == CrawlState.RUNNING, is_dead)
    interrupted = RunResult(
        state=CrawlState.FAILED,
        reason=INTERRUPTED,
        message=say("The crawl was cut off before its end. It is tried again by itself."),
    )
    ended = []
    for run_id, has_newer in session.execute(dead.order_by(CrawlRun.id)).all():
        kept = session.execute(
            update(CrawlRun)
            .where(CrawlRun.id == run_id, CrawlRun.state == CrawlState.RUNNING)
            # the counts that the run has written so far stay
            .values(state=interrupted.state, reason=interrupted.reason, message=interrupted.message, finished_at=now)
            .returning(CrawlRun.source_id)
        ).scalar()
        if kept is None:
            continue
        ended.append(run_id)
        if not has_newer:
            _note_health(session, kept, interrupted)
    return ended


def _judge_source(
    session: Session,
    source_id: int,
    run_id: int,
    result: RunResult,
    *,
    started_at: datetime,
    now: datetime,
    pace: Pace,
) -> None:
    source = session.get_one(Source, source_id, populate_existing=True)
    _note_health(session, source_id, result)
    if result.state is CrawlState.FINISHED:
        if why := doubt(session, source_id, run_id):
            source.health, source.health_note = SourceHealth.SUSPICIOUS, why
        source.last_success_at = now
        source.last_full_at = now if result.is_full else source.last_full_at
    if source.next_crawl_at is not None and result.reason != INTERRUPTED:
        source.next_crawl_at = _next_crawl(session, source, result, started_at=started_at, now=now, pace=pace)
    session.flush()
    if result.state is CrawlState.THROTTLED and result.not_before_at is not None and source.host:
        # Who asks us to wait asks for all that is read there.
        session.execute(
            update(Source)
            .where(Source.host == source.host, Source.next_crawl_at < result.not_before_at)
            .values(next_crawl_at=result.not_before_at),
            execution_options={"synchronize_session": False},
        )
        session.expire(source)


def _next_crawl(
    session: Session, source: Source, result: RunResult, *, started_at: datetime, now: datetime, pace: Pace
) -> datetime:
    due = next_crawl(session, source, now, pace=pace)
    if result.state in (CrawlState.BLOCKED, CrawlState.MISCONFIGURED):
        due = max(due, now + BLOCKED_WAIT)
    elif result.state is not CrawlState.THROTTLED and source.hinted_at is not None and source.hinted_at > started_at:
        due = after_hint(started_at, now)  # news came while it was read
    return max(due, result.not_before_at) if result.not_before_at else due


def _note_health(session: Session, source_id: int, result: RunResult) -> None:
    health = _HEALTH[result.state]
    if health is SourceHealth.HEALTHY and result.errors and not result.is_complete:
        health = SourceHealth.DEGRADED  # cut short by its errors
    note = "" if health is SourceHealth.HEALTHY else result.message
    session.execute(update(Source).where(Source.id == source_id).values(health=health, health_note=note))


def _count_absences(session: Session, source_id: int, run_id: int, *, started_at: datetime, now: datetime) -> int:
    """How many are gone by now."""
    # A review that another run has seen since this one began is there, whatever this one saw.
    absent = select(Review.id).where(
        Review.source_id == source_id,
        Review.missing_since_at.is_(None),
        or_(Review.last_run_id.is_(None), Review.last_run_id != run_id),
        Review.last_seen_at <= started_at,
    )
    ids = session.scalars(absent).all()
    lock_reviews(session, ids)
    gone: list[int] = []
    values: dict[str, Any] = {
        "missed_runs": Review.missed_runs + 1,
        "missing_since_at": case((Review.missed_runs + 1 >= RUNS_UNTIL_GONE, now), else_=None),
    }
    for some in chunks(ids):
        rows = session.execute(
            update(Review).where(Review.id.in_(some)).values(**values).returning(Review.id, Review.missing_since_at),
            execution_options={"synchronize_session": False},
        )
        gone += [row.id for row in rows if row.missing_since_at is not None]
    move_cases(session, gone, CaseState.GONE, now=now)
    if len(gone) < len(ids):  # the next run reads every page as well, so that nobody waits a week for the second one
        session.execute(update(Source).where(Source.id == source_id).values(last_full_at=None))
    return len(gone)
