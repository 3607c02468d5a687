"""A reading of everything that did not get to its end, and the one after it that goes on from there.

Where each review is a request of its own, one run may be too short for all of them. What the runs before have read in
the same attempt is then not asked for again, and counts as seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from .crawls import INTERRUPTED, STOPPED, close_runs
from .models import CrawlRun, CrawlState, Review

LONGEST = timedelta(hours=24)  # what was read longer ago may have changed
_CUT_SHORT = (CrawlState.FAILED, CrawlState.THROTTLED)


def attempt_began(session: Session, run_id: int) -> datetime | None:
    """When the first of the unfinished full runs began that this run follows; None where it follows none."""
    run = session.get(CrawlRun, run_id)
    if run is None or not run.is_full:
        return None
    earlier = session.execute(
        select(CrawlRun.started_at, CrawlRun.state, CrawlRun.is_full)
        .where(
            CrawlRun.source_id == run.source_id,
            CrawlRun.id < run_id,
            CrawlRun.started_at >= run.started_at - LONGEST,
        )
        .order_by(CrawlRun.id.desc())
    )
    began = None
    for started_at, state, is_full in earlier:
        if state not in _CUT_SHORT or not is_full:
            break
        began = started_at
    return began


@dataclass(frozen=True, slots=True, kw_only=True)
class CutOff:
    """How far a reading got that did not come to its end."""

    at: datetime  # its end, or the last that was seen of it
    is_stopped: bool  # by a person; else its program or its machine ended
    pages: int
    stored: int  # new and changed reviews


def last_cut_off(session: Session, source_id: int, *, now: datetime) -> CutOff | None:
    """The last reading of a source, if it was cut off. For whoever holds the source: a record that is open is closed.

    Who was killed cannot close it, and its child, which sees that within a second, does so without a word to anybody.
    """
    run = session.scalars(
        select(CrawlRun).where(CrawlRun.source_id == source_id).order_by(CrawlRun.id.desc()).limit(1)
    ).one_or_none()
    if run is None:
        return None
    at = run.finished_at or _last_sighting(session, run) or run.started_at
    close_runs(session, source_id, now=now)
    session.refresh(run)
    if run.reason not in (INTERRUPTED, STOPPED):
        return None
    return CutOff(at=at, is_stopped=run.reason == STOPPED, pages=run.pages, stored=run.new + run.changed)


def _last_sighting(session: Session, run: CrawlRun) -> datetime | None:
    seen = select(func.max(Review.last_seen_at)).where(Review.source_id == run.source_id, Review.last_run_id == run.id)
    return session.scalar(seen)


def count_as_seen(
    session: Session, source_id: int, external_ids: Sequence[str], *, since: datetime, run_id: int
) -> set[str]:
    """Which of these reviews were read since then; they count as seen by this run. The caller commits."""
    seen = session.scalars(
        update(Review)
        .where(Review.source_id == source_id, Review.external_id.in_(external_ids), Review.last_seen_at >= since)
        .values(last_run_id=run_id, missed_runs=0)
        .returning(Review.external_id),
        execution_options={"synchronize_session": False},
    )
    return set(seen)
