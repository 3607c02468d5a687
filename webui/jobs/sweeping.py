"""Read every source that is due: one child process, several sources at once, each of another host.

Every source has its own claim, record and time limit. A crawl that fails ends alone. When the child dies, the runs it
had not ended are closed as interrupted, which leaves their sources due, and those are read once more, each in a
process of its own: the one that kills its process then harms no other.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from crawlers.pool import CrawlEnd, CrawlPool
from db.claims import SourceClaim, claim_due_sources, claim_source, extend_claims, next_free_at, release_source
from db.crawls import INTERRUPTED, STOPPED, abandon_runs, start_run
from db.errors import DbError, UnknownSource
from db.schedule import is_full_due
from db.session import read_scope, session_scope

from ..wiring import Services
from .crawling import LEASE_S, RENEW_S, crawl_claimed, end_lost, fail_run, forget_if_removed
from .outcomes import outcome_of
from .posting import confirm

log = logging.getLogger(__name__)

AT_ONCE = 16  # crawls wait most of their time: for answers, and between two requests
ASK_EVERY_S = 0.5  # for what has become due, or free, meanwhile
WAIT_S = 0.2
MOST_REST_S = 60.0  # a longer rest is the next sweep's


def crawl_due(services: Services) -> int:
    """Crawl every source that is due; other workers may do the same at the same time. Gives how many were crawled."""
    database = services.database
    with CrawlPool(
        services.crawl,
        database_url=database.database_url,
        data_dir=database.data_dir,
        secret_key=database.secret_key.get_secret_value(),
    ) as pool:
        sweep = _Sweep(services=services, pool=pool)
        try:
            sweep.run()
        except BaseException:
            sweep.give_up(STOPPED, "The crawl was stopped before it ended.")
            raise
    return sweep.count


@dataclass(slots=True, kw_only=True)
class _Sweep:
    services: Services
    pool: CrawlPool
    held: dict[int, SourceClaim] = field(default_factory=dict)  # by the id of their run
    lost: dict[int, SourceClaim] = field(default_factory=dict)  # those that are told to end
    count: int = 0
    ask_at: float = 0.0
    began: float = field(default_factory=time.monotonic)
    renew_at: datetime | None = None

    def run(self) -> None:
        while True:
            self._take()
            if not self.held and not self._rest():
                return
            for end in self.pool.wait(WAIT_S) if self.held else []:
                self._ended(end)
            self._renew()
            if overdue := self.pool.overdue() & self.held.keys():
                self.pool.kill()
                self._bury(overdue)
            elif self.pool.is_dead:
                for end in self.pool.wait(WAIT_S):  # said before it died
                    self._ended(end)
                self.pool.kill()
                self._bury(set())

    def give_up(self, reason: str, message: str) -> list[SourceClaim]:
        """Close the runs that have not ended and give their sources back."""
        self.pool.kill()
        claims = list(self.held.values())
        for run_id, claim in list(self.held.items()):
            fail_run(self.services, claim, run_id, reason=reason, message=message)
            self._release(run_id, rest_s=0.0)
        return claims

    def _take(self) -> None:
        free = AT_ONCE - len(self.held)
        if free <= 0 or (self.held and time.monotonic() < self.ask_at):
            return
        self.ask_at = time.monotonic() + ASK_EVERY_S
        now = self.services.clock()
        with session_scope(self.services.engine) as session:
            abandon_runs(session, now=now)
        with session_scope(self.services.engine) as session:
            claims = claim_due_sources(session, now=now, lease_s=LEASE_S, limit=free)
            runs = []
            for claim in claims:
                is_full = is_full_due(session, claim.source_id, now)
                try:
                    runs.append((start_run(session, claim.source_id, now=now, is_full=is_full), claim))
                except UnknownSource:  # removed since it was claimed
                    continue
        for run_id, claim in runs:
            self.held[run_id] = claim
            self.pool.begin(run_id, source_id=claim.source_id, platform=claim.platform)

    def _rest(self) -> bool:
        """Wait a moment for a host that rests; False where there is none to wait for.

        Who has read nothing yet waits for as long as the claims of a worker that was killed can last.
        """
        now = self.services.clock()
        is_early = not self.count and time.monotonic() < self.began + LEASE_S + 1
        with read_scope(self.services.engine) as session:
            until = next_free_at(session, now=now, beside_claims=is_early)
        if until is None or (wait_s := (until - now).total_seconds()) > MOST_REST_S:
            return False
        time.sleep(min(max(wait_s, 0.01), ASK_EVERY_S))
        return True

    def _ended(self, end: CrawlEnd) -> None:
        if (lost := self.lost.pop(end.run_id, None)) is not None:  # to another worker, or removed
            end_lost(self.services, lost, end.run_id)  # once more: what it had kept until it was told to end
        claim = self.held.get(end.run_id)
        if claim is None:
            return
        cause = f" ({end.fault})" if end.fault else ""
        # A crawl that ended in good order has closed its run itself, and the first word stands.
        message = f"A fault of the program{cause} kept the crawl from its end; its log tells where."
        fail_run(self.services, claim, end.run_id, reason="crashed", message=message)
        self._release(end.run_id, rest_s=end.rest_s)
        self.count += 1
        self.ask_at = 0.0
        forget_if_removed(self.services, claim)
        confirm(self.services)
        outcome = outcome_of(self.services, claim)
        log.info(
            "crawled source=%s state=%s new=%d changed=%d", outcome.slug, outcome.state, outcome.new, outcome.changed
        )

    def _release(self, run_id: int, *, rest_s: float) -> None:
        claim = self.held.pop(run_id)
        with session_scope(self.services.engine) as session:
            release_source(session, claim, now=self.services.clock(), rest_s=rest_s)

    def _renew(self) -> None:
        """A database that does not answer for a moment ends no crawl: it is asked again at the next turn."""
        now = self.services.clock()
        if self.renew_at is not None and now < self.renew_at:
            return
        try:
            with session_scope(self.services.engine) as session:
                lost = extend_claims(session, list(self.held.values()), now=now, lease_s=LEASE_S)
        except DbError as error:
            log.warning("%d claims could not be renewed yet: %s", len(self.held), error)
            return
        self.renew_at = now + timedelta(seconds=RENEW_S)
        for run_id in [run_id for run_id, claim in self.held.items() if claim in lost]:
            self.lost[run_id] = claim = self.held.pop(run_id)
            end_lost(self.services, claim, run_id)
            self.pool.stop(run_id)

    def _bury(self, overdue: set[int]) -> None:
        """The process is gone: close what it had not ended, and read those sources again, one by one."""
        for run_id in overdue:
            message = "The crawl took longer than its time limit and was stopped. What it read is stored."
            fail_run(self.services, self.held[run_id], run_id, reason="time_limit", message=message)
            self._release(run_id, rest_s=0.0)
        log.warning("the crawling process ended with %d crawls in it; each is tried again alone", len(self.held))
        for claim in self.give_up(INTERRUPTED, "The crawl was cut off before its end. It is tried again by itself."):
            with session_scope(self.services.engine) as session:
                alone = claim_source(session, claim.source_id, now=self.services.clock(), lease_s=LEASE_S)
            if alone is not None:
                crawl_claimed(self.services, alone)
                self.count += 1
