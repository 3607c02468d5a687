"""Read sources: claim one, start its crawl as a child process, see that the run is recorded.

A claim is a short lease that is renewed while the child runs. A worker that is killed stops renewing, so another
finds the source again within `LEASE_S`; what was stored stays, and the upsert doubles nothing.
"""

from __future__ import annotations

import json
import logging
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from crawlers.pace import pace_of
from crawlers.process import CrawlExit, run_crawl
from db.claims import SourceClaim, extend_claim, release_source
from db.crawls import STOPPED, RunResult, finish_run, start_run
from db.errors import DbError
from db.models import CrawlState
from db.queries.sources import RunSummary, last_runs
from db.schedule import is_full_due
from db.session import read_scope, session_scope

from ..wiring import Services

log = logging.getLogger(__name__)

LEASE_S = 20  # a killed worker's source, and every other of its host, is free again after this long
RENEW_S = 5

Progress = Callable[[SourceClaim, int], None]  # reviews stored so far


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a person asks of a crawl: every page, nothing older than a date, nothing stored."""

    is_full: bool = False
    since: date | None = None
    is_dry: bool = False


EVERYTHING_DUE = Wish()


class ClaimLost(Exception):
    """Another worker has taken the source over: this machine slept, or could not renew its lease in time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlOutcome:
    slug: str
    state: CrawlState
    message: str
    new: int
    changed: int
    unchanged: int


def crawl_claimed(
    services: Services, claim: SourceClaim, *, progress: Progress | None = None, wish: Wish = EVERYTHING_DUE
) -> CrawlOutcome:
    """Crawl one source that this process has claimed, and give the claim back whatever happens."""
    try:
        if wish.is_dry:
            return _crawl_dry(services, claim, wish, _ClaimKeeper(services, claim, None))
        return _crawl(services, claim, wish, _ClaimKeeper(services, claim, progress))
    finally:
        with session_scope(services.engine) as session:
            release_source(session, claim, now=services.clock(), rest_s=claim.delay_s)


def _crawl(services: Services, claim: SourceClaim, wish: Wish, keeper: _ClaimKeeper) -> CrawlOutcome:
    with session_scope(services.engine) as session:
        now = services.clock()
        is_full = wish.is_full or is_full_due(session, claim.source_id, now)
        run_id = start_run(session, claim.source_id, now=now, is_full=is_full)
    try:
        _record_death(services, claim, run_id, _run(services, claim, run_id, keeper, since=wish.since))
    except ClaimLost:  # two at once would ask the site twice as often as it was promised
        log.warning("source=%s run=%d was taken over by another worker", claim.slug, run_id)
        message = "Another worker took over; its crawl goes on."
        fail_run(services, claim, run_id, reason="taken_over", message=message)
    except BaseException:
        fail_run(services, claim, run_id, reason=STOPPED, message="The crawl was stopped before it ended.")
        raise
    return outcome_of(services, claim)


def _crawl_dry(services: Services, claim: SourceClaim, wish: Wish, keeper: _ClaimKeeper) -> CrawlOutcome:
    """No record, no review: what would have been is read from a file that goes at the end."""
    with tempfile.TemporaryDirectory(prefix="amends-dry-") as folder:
        told = Path(folder) / "result.json"
        try:
            message = _run(services, claim, 0, keeper, since=wish.since, result=told).message
        except ClaimLost:
            message = "Another worker took over; its crawl goes on."
        result: dict[str, Any] = json.loads(told.read_text(encoding="utf-8")) if told.exists() else {}
    return CrawlOutcome(
        slug=claim.slug,
        state=CrawlState(result.get("state", "failed")),
        message=result.get("message", message),
        new=result.get("new", 0),
        changed=result.get("changed", 0),
        unchanged=result.get("unchanged", 0),
    )


def _run(services: Services, claim: SourceClaim, run_id: int, keeper: _ClaimKeeper, **wishes: Any) -> CrawlExit:
    return run_crawl(
        claim.source_id,
        run_id,
        platform=claim.platform,
        settings=services.crawl,
        database_url=services.database.database_url,
        data_dir=services.database.data_dir,
        secret_key=services.database.secret_key.get_secret_value(),
        tick=keeper.tick,
        **wishes,
    )


class _ClaimKeeper:
    """Renews the lease and tells the progress while the child works."""

    def __init__(self, services: Services, claim: SourceClaim, progress: Progress | None) -> None:
        self._services, self._claim, self._progress = services, claim, progress
        self._renew_at: datetime = services.clock() + timedelta(seconds=RENEW_S)

    def tick(self) -> None:
        """A database that does not answer for a moment ends no crawl: the next tick asks it again."""
        try:
            self._renew()
            self._tell()
        except DbError as error:
            log.warning("source=%s its claim could not be renewed yet: %s", self._claim.slug, error)

    def _renew(self) -> None:
        now = self._services.clock()
        if now >= self._renew_at:
            with session_scope(self._services.engine) as session:
                is_held = extend_claim(session, self._claim, now=now, lease_s=LEASE_S)
            if not is_held:
                raise ClaimLost
            self._renew_at = now + timedelta(seconds=RENEW_S)

    def _tell(self) -> None:
        if self._progress is not None:
            run = _last_run(self._services, self._claim)
            self._progress(self._claim, run.new + run.changed + run.unchanged)


def _record_death(services: Services, claim: SourceClaim, run_id: int, ended: CrawlExit) -> None:
    """A child that ended in good order has closed its run itself; one that died has not."""
    reason = "time_limit" if ended.timed_out else "crashed"
    fail_run(
        services,
        claim,
        run_id,
        reason=reason,
        message=ended.message or "The crawl ended without a result.",
    )


def fail_run(services: Services, claim: SourceClaim, run_id: int, *, reason: str, message: str) -> None:
    """Close the run as failed, unless it was closed already: the first word stands."""
    with session_scope(services.engine) as session:
        result = RunResult(state=CrawlState.FAILED, reason=reason, message=message)
        finish_run(session, run_id, result, now=services.clock(), pace=pace_of(claim.platform))


def _last_run(services: Services, claim: SourceClaim) -> RunSummary:
    with read_scope(services.engine) as session:
        return last_runs(session, claim.source_id, limit=1)[0]


def outcome_of(services: Services, claim: SourceClaim) -> CrawlOutcome:
    """How the last crawl of this source went."""
    run = _last_run(services, claim)
    return CrawlOutcome(
        slug=claim.slug,
        state=run.state,
        message=run.message,
        new=run.new,
        changed=run.changed,
        unchanged=run.unchanged,
    )
