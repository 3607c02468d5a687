"""Read several sources by hand, two at a time, with progress: what `amends crawl` and the demo share."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from db.claims import SourceClaim, claim_source
from db.models import CrawlState
from db.scores import count_unscored
from db.session import read_scope, session_scope
from db.sources import list_sources

from .faults import Refused
from .jobs.crawling import LEASE_S, CrawlOutcome, crawl_claimed
from .jobs.judging import LEASE_S as SCORE_LEASE_S
from .jobs.judging import reprioritise_due, score_due
from .progress import counting
from .wiring import Services

LAPSED_S = LEASE_S + 1  # after this long nobody holds the claim of a worker that was killed
PARALLEL = 2  # crawls wait for the network most of their time; the machine we promise has two cores


def read_sources(services: Services, slugs: Sequence[str] = (), *, patience_s: float = 0) -> list[CrawlOutcome]:
    """Crawl the named sources, or every enabled one, and say how each ended, in the order asked for.

    A source that another Amends is reading is waited for at most `patience_s`.

    Raises:
        Refused: a name is not known, or there is no source at all.
    """
    chosen = _chosen(services, slugs)
    stored: dict[int, int] = {}
    lock, stopping = threading.Lock(), threading.Event()
    with counting(f"Reviews read from {len(chosen)} source{'s' if len(chosen) != 1 else ''}") as tell:

        def progress(claim: SourceClaim, count: int) -> None:
            if stopping.is_set():
                raise KeyboardInterrupt  # out of the tick of a crawl: ends its child and closes its run
            with lock:
                stored[claim.source_id] = count
                tell(sum(stored.values()), 0)

        def read(source: tuple[int, str]) -> CrawlOutcome:
            until = time.monotonic() + patience_s
            while (claim := _claim(services, source[0])) is None and time.monotonic() < until:
                if stopping.wait(0.5):
                    raise KeyboardInterrupt
            return crawl_claimed(services, claim, progress=progress) if claim else _busy(source[1])

        with ThreadPoolExecutor(PARALLEL) as pool:
            try:
                return list(pool.map(read, chosen))
            except BaseException:  # the pool waits for its threads, and a crawl may take a quarter of an hour
                stopping.set()
                raise


def judge_reviews(services: Services) -> tuple[int, int]:
    """Score what is due, bring the priorities up to date, and say how many reviews were scored and how many are left.

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
    return count, left


def _unscored(services: Services) -> int:
    with read_scope(services.engine) as session:
        return count_unscored(session, services.scorer.version)


def _claim(services: Services, source_id: int) -> SourceClaim | None:
    with session_scope(services.engine) as session:
        return claim_source(session, source_id, now=services.clock(), lease_s=LEASE_S)


def _chosen(services: Services, slugs: Sequence[str]) -> list[tuple[int, str]]:
    with read_scope(services.engine) as session:
        known = list_sources(session)
        by_slug = {source.slug: source.id for source in known}
        enabled = [source.slug for source in known if source.is_enabled]
    if not by_slug:
        raise Refused(
            'There is no source yet. Add one: amends source add https://... --place "..." (or try: amends demo)'
        )
    for slug in slugs:
        if slug not in by_slug:
            raise Refused(f"There is no source named {slug!r}. Known: {', '.join(sorted(by_slug))}")
    if not slugs and not enabled:
        raise Refused("Every source is switched off. Switch one on: amends source enable SOURCE")
    return [(by_slug[slug], slug) for slug in (dict.fromkeys(slugs) or enabled)]


def _busy(slug: str) -> CrawlOutcome:
    return CrawlOutcome(
        slug=slug,
        state=CrawlState.RUNNING,
        message=f"another Amends is reading it, or was stopped less than {LEASE_S} seconds ago; try again then",
        new=0,
        changed=0,
        unchanged=0,
    )
