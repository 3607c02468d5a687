"""Read several sources by hand, two at a time, with progress: what `amends crawl` and the demo share."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime

from crawlers.platforms import is_crawled
from db.claims import Obstacle, SourceClaim, claim_source, obstacle, taken_until
from db.models import CrawlState
from db.resuming import CutOff, last_cut_off
from db.scores import count_unscored
from db.session import read_scope, session_scope
from db.sources import list_sources

from .board import Board, board
from .faults import Refused
from .jobs.clocks import set_clocks
from .jobs.crawling import EVERYTHING_DUE, LEASE_S, Wish, crawl_claimed
from .jobs.judging import LEASE_S as SCORE_LEASE_S
from .jobs.judging import reprioritise_due, score_due
from .jobs.outcomes import CrawlOutcome, removed
from .progress import counting
from .wiring import Services

LAPSED_S = LEASE_S + 1  # after this long nobody holds the claim of a worker that was killed
PARALLEL = 2  # crawls wait for the network most of their time; the machine we promise has two cores
ASK_EVERY_S = 0.2
NAMED_MOST = 10


def read_sources(
    services: Services,
    slugs: Sequence[str] = (),
    *,
    patience_s: float = 0,
    wish: Wish = EVERYTHING_DUE,
    to_stderr: bool = False,
    is_brief: bool = False,
) -> list[CrawlOutcome]:
    """Crawl the named sources, or every enabled one, and say how each ended, in the order asked for.

    A source that another Amends is reading is waited for at most `patience_s`, and that of one that was killed until
    its claim lapses; one of a host that is being read or rests, for as long as one crawl may take. The progress goes
    to standard output, or beside it; a brief one has no line for each source off a terminal.

    Raises:
        Refused: a name is not known, or there is no source at all.
    """
    chosen = _chosen(services, slugs)
    with board([slug for _, slug in chosen], to_stderr=to_stderr, is_brief=is_brief) as shown:
        reader = _Reader(services, shown, wish, patience_s)
        with ThreadPoolExecutor(PARALLEL) as pool:
            try:
                return list(pool.map(reader.read, chosen))
            except BaseException:  # the pool waits for its threads, and a crawl may take a quarter of an hour
                reader.stopping.set()
                raise


class _Reader:
    """Reads one source after the other; used from several threads."""

    def __init__(self, services: Services, shown: Board, wish: Wish, patience_s: float) -> None:
        self._services, self._board, self._wish, self._patience_s = services, shown, wish, patience_s
        self.stopping = threading.Event()

    def read(self, source: tuple[int, str]) -> CrawlOutcome:
        source_id, slug = source
        outcome = self._read(source_id, slug)
        self._board.ended(outcome)
        return outcome

    def _read(self, source_id: int, slug: str) -> CrawlOutcome:
        waiting = _Waiting(self._services, source_id, self._patience_s)
        while (claimed := self._claim(source_id)) is None:
            hinders = waiting.look()
            if hinders is Obstacle.UNKNOWN:
                return removed(slug)
            if hinders is not None and waiting.is_over(hinders):
                return busy(slug, hinders)
            if hinders is not None:
                self._board.tell(slug, f"waiting, {_WAITS[hinders]}", 0)
            if self.stopping.wait(ASK_EVERY_S):
                raise KeyboardInterrupt
        claim, taken_before = claimed
        if not self._wish.is_dry and (cut_off := self._cut_off(source_id)) is not None:
            self._board.say(goes_on(slug, cut_off, now=self._services.clock()))
        self._board.tell(slug, READING, 0)
        return crawl_claimed(self._services, claim, progress=self._progress, wish=self._wish, taken_before=taken_before)

    def _progress(self, claim: SourceClaim, count: int) -> None:
        if self.stopping.is_set():
            raise KeyboardInterrupt  # out of the tick of a crawl: ends its child and closes its run
        self._board.tell(claim.slug, READING, count)

    def _claim(self, source_id: int) -> tuple[SourceClaim, datetime | None] | None:
        with session_scope(self._services.engine) as session:
            before = taken_until(session, source_id)
            claim = claim_source(session, source_id, now=self._services.clock(), lease_s=LEASE_S)
        return None if claim is None else (claim, before)

    def _cut_off(self, source_id: int) -> CutOff | None:
        with session_scope(self._services.engine) as session:
            return last_cut_off(session, source_id, now=self._services.clock())


READING = "reading"
_WAITS = {
    Obstacle.TAKEN: "another Amends is reading it or was stopped a moment ago",
    Obstacle.HOST: "its host is asked by one at a time",
}


@dataclass(slots=True)
class _Waiting:
    """How long a source is waited for that somebody else has."""

    services: Services
    source_id: int
    patience_s: float
    began: float = 0.0
    lapses_at: datetime | None = None  # the claim that was found first

    def look(self) -> Obstacle | None:
        self.began = self.began or time.monotonic()
        with read_scope(self.services.engine) as session:
            hinders = obstacle(session, self.source_id, now=self.services.clock())
            until = taken_until(session, self.source_id)
        if hinders is Obstacle.TAKEN and self.lapses_at is None:
            self.lapses_at = until
        if hinders is Obstacle.TAKEN and (until != self.lapses_at or not self._lapses_soon()):
            self.lapses_at = datetime.max.replace(tzinfo=self.services.clock().tzinfo)  # renewed: somebody lives
        return hinders

    def is_over(self, hinders: Obstacle) -> bool:
        waited_s = time.monotonic() - self.began
        if hinders is Obstacle.HOST:
            return waited_s > self.services.crawl.crawl_time_limit_s
        return waited_s > self.patience_s and not (self._lapses_soon() and waited_s < LAPSED_S)

    def _lapses_soon(self) -> bool:
        left = self.lapses_at - self.services.clock() if self.lapses_at is not None else None
        return left is not None and left.total_seconds() <= LAPSED_S


def goes_on(slug: str, cut_off: CutOff, *, now: datetime) -> str:
    """One line about a reading that did not come to its end, and what becomes of it."""
    at, today = cut_off.at.astimezone(), now.astimezone()
    when = f"{at:%H:%M}" if at.date() == today.date() else f"{at:%Y-%m-%d %H:%M}"
    how = "stopped" if cut_off.is_stopped else "cut off"
    pages = f"{cut_off.pages} page{'s' if cut_off.pages != 1 else ''}"
    if not cut_off.stored:
        return f"{slug}: its last reading was {how} at {when} after {pages}; it is read again now."
    kept = f"the {cut_off.stored} reviews it had brought are" if cut_off.stored != 1 else "the review it had brought is"
    return f"{slug}: its last reading was {how} at {when} after {pages}; {kept} stored, and this one reads the rest."


def judge_reviews(services: Services) -> tuple[int, int]:
    """Score what is due, bring priorities and clocks up to date; how many reviews were scored and how many are left.

    What another Amends has claimed is waited for, once for as long as the claim of one that was killed can last.
    """
    with counting("Judging reviews") as tell:
        count = score_due(services, progress=tell)
        until = time.monotonic() + SCORE_LEASE_S + 1
        while (left := _unscored(services)) and time.monotonic() < until:
            tell(count, left)
            time.sleep(0.5)
            count += score_due(services)
    reprioritise_due(services)
    set_clocks(services)
    return count, left


def _unscored(services: Services) -> int:
    with read_scope(services.engine) as session:
        return count_unscored(session, services.scorer.version)


def _chosen(services: Services, slugs: Sequence[str]) -> list[tuple[int, str]]:
    with read_scope(services.engine) as session:
        known = list_sources(session)
        by_slug = {source.slug: source.id for source in known}
        by_hand = {source.slug for source in known if not is_crawled(source.platform)}
        enabled = [source.slug for source in known if source.is_enabled and source.slug not in by_hand]
    if not by_slug:
        raise Refused(
            'There is no source yet. Add one: amends source add https://... --place "..." (or try: amends demo)'
        )
    for slug in slugs:
        if slug not in by_slug:
            some, more = sorted(by_slug)[:NAMED_MOST], len(by_slug) - NAMED_MOST
            known_as = ", ".join(some) + (f" and {more} more: amends source list" if more > 0 else "")
            raise Refused(f"There is no source named {slug!r}. Known: {known_as}")
        if slug in by_hand:
            raise Refused(f"{slug} takes files, nothing is asked for it: amends import FILE --source {slug}")
    if not slugs and not enabled:
        raise Refused("Every source is switched off. Switch one on: amends source enable SOURCE")
    return [(by_slug[slug], slug) for slug in (dict.fromkeys(slugs) or enabled)]


def busy(slug: str, hinders: Obstacle) -> CrawlOutcome:
    """A source that could not be read now."""
    message = "another Amends is reading it; try again when that has ended"
    if hinders is Obstacle.HOST:
        message = "another source of the same host is being read, and a host is asked by one at a time; try again later"
    return CrawlOutcome(slug=slug, state=CrawlState.RUNNING, message=message, new=0, changed=0, unchanged=0)
