"""Read sources: claim one, start its crawl as a child process, see that the run is recorded.

A claim is a short lease that is renewed while the child runs. A worker that is killed stops renewing, so another
finds the source again within `LEASE_S`; what was stored stays, and the upsert doubles nothing.
"""

from __future__ import annotations

import json
import logging
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from crawlers import page_cache
from crawlers.pace import pace_of
from crawlers.process import CrawlExit, run_crawl
from db.claims import SourceClaim, extend_claim, release_source, undo_claim
from db.crawls import REMOVED, STOPPED, RunResult, finish_run, start_run
from db.errors import DbError, UnknownSource
from db.models import CrawlState
from db.rehearsing import rehearsal_from
from db.schedule import is_full_due
from db.session import read_scope, session_scope

from ..wiring import Services
from .outcomes import REMOVED_MEANWHILE, CrawlOutcome, is_there, last_run, name_and_next, outcome_of
from .posting import confirm

log = logging.getLogger(__name__)

LEASE_S = 20  # a killed worker's source, and every other of its host, is free again after this long
RENEW_S = 5

Progress = Callable[[SourceClaim, int], None]  # reviews stored so far; in a dry run, seen

_TAKEN_OVER = "Another worker took over; its crawl goes on."


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a person asks of a crawl: every page, nothing older than a date, nothing stored."""

    is_full: bool = False
    since: date | None = None
    is_dry: bool = False


EVERYTHING_DUE = Wish()


class ClaimLost(Exception):
    """Another worker has taken the source over, or it was removed: whoever reads it goes no further."""


def crawl_claimed(
    services: Services,
    claim: SourceClaim,
    *,
    progress: Progress | None = None,
    wish: Wish = EVERYTHING_DUE,
    taken_before: datetime | None = None,
) -> CrawlOutcome:
    """Crawl one source that this process has claimed, and give the claim back whatever happens.

    A dry run leaves the claim as it was before, which is `taken_before` (`db.claims.taken_until`).
    """
    is_given_back = False
    try:
        if wish.is_dry:
            keeper = _ClaimKeeper(services, claim, None)
            outcome = _crawl_dry(services, claim, wish, keeper, progress)
            is_given_back = _rest_and_undo(services, claim, keeper, taken_before)
            return outcome
        return _crawl(services, claim, wish, _ClaimKeeper(services, claim, progress))
    finally:
        if not is_given_back:
            with session_scope(services.engine) as session:
                release_source(session, claim, now=services.clock(), rest_s=claim.delay_s)


def _crawl(services: Services, claim: SourceClaim, wish: Wish, keeper: _ClaimKeeper) -> CrawlOutcome:
    try:
        with session_scope(services.engine) as session:
            now = services.clock()
            is_full = wish.is_full or is_full_due(session, claim.source_id, now)
            run_id = start_run(session, claim.source_id, now=now, is_full=is_full)
    except UnknownSource:
        return outcome_of(services, claim)
    try:
        _record_death(services, claim, run_id, _run(services, claim, run_id, keeper, since=wish.since))
    except ClaimLost:  # two at once would ask the site twice as often as it was promised
        end_lost(services, claim, run_id)
    except BaseException:
        fail_run(services, claim, run_id, reason=STOPPED, message="The crawl was stopped before it ended.")
        raise
    else:
        forget_if_removed(services, claim)
        confirm(services)
    return outcome_of(services, claim)


def end_lost(services: Services, claim: SourceClaim, run_id: int) -> None:
    """Close a run whose claim is lost: to another worker, or because its source was removed."""
    if is_there(services, claim):
        log.warning("source=%s run=%d was taken over by another worker", claim.slug, run_id)
        fail_run(services, claim, run_id, reason="taken_over", message=_TAKEN_OVER)
        return
    log.info("source=%s run=%d was removed", claim.slug, run_id)
    fail_run(services, claim, run_id, reason=REMOVED, message=REMOVED_MEANWHILE)
    forget_if_removed(services, claim)


def forget_if_removed(services: Services, claim: SourceClaim) -> None:
    """Purge what a crawl that has ended had kept of pages after its source was removed: an answer was on its way."""
    if not is_there(services, claim):
        page_cache.purge(services.database.data_dir, claim.source_id)


def _crawl_dry(
    services: Services, claim: SourceClaim, wish: Wish, keeper: _ClaimKeeper, progress: Progress | None
) -> CrawlOutcome:
    """No record, no review: what would have been is read from a file that goes at the end."""
    began = time.monotonic()
    with read_scope(services.engine) as session:
        is_full = wish.is_full or is_full_due(session, claim.source_id, services.clock())
    with tempfile.TemporaryDirectory(prefix="amends-dry-") as folder:
        told = Path(folder) / "result.json"
        keeper.watch(told.with_suffix(".seen"), progress)
        try:
            message = _run(services, claim, 0, keeper, since=wish.since, result=told, is_full=is_full).message
        except ClaimLost:
            message = _TAKEN_OVER if is_there(services, claim) else REMOVED_MEANWHILE
        result: dict[str, Any] = json.loads(told.read_text(encoding="utf-8")) if told.exists() else {}
    name, next_at = name_and_next(services, claim)
    return CrawlOutcome(
        slug=claim.slug,
        name=name,
        state=CrawlState(result.get("state", "failed")),
        message=result.get("message", message),
        new=result.get("new", 0),
        changed=result.get("changed", 0),
        unchanged=result.get("unchanged", 0),
        gone=result.get("gone", 0),
        seconds=time.monotonic() - began,
        next_at=next_at,
        rehearsal=rehearsal_from(result["rehearsal"]) if "rehearsal" in result else None,
    )


def _rest_and_undo(services: Services, claim: SourceClaim, keeper: _ClaimKeeper, taken_before: datetime | None) -> bool:
    """Leave the host alone for as long as after any reading, then leave no trace of the claim either."""
    until = time.monotonic() + claim.delay_s
    while (left_s := until - time.monotonic()) > 0:
        time.sleep(min(left_s, 0.2))
        try:
            keeper.tick()
        except ClaimLost:
            return True
    with session_scope(services.engine) as session:
        undo_claim(session, claim, until=taken_before)
    return True


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
        self._seen: Path | None = None

    def watch(self, seen: Path, progress: Progress | None) -> None:
        """Tell what this file says: a dry run has no record."""
        self._seen, self._progress = seen, progress

    def tick(self) -> None:
        """A database that does not answer for a moment ends no crawl: the next tick asks it again."""
        try:
            self._renew()
            if self._progress is not None:
                self._progress(self._claim, self._count())
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

    def _count(self) -> int:
        if self._seen is not None:
            written = self._seen.read_text(encoding="ascii") if self._seen.exists() else ""
            return int(written) if written.isdecimal() else 0
        run = last_run(self._services, self._claim)
        if run is None:  # deleted with its source
            raise ClaimLost
        return run.new + run.changed + run.unchanged


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
