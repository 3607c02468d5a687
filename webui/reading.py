"""Read several sources by hand, two at a time, with progress: what `amends crawl` and the demo share."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from db.crawls import SourceClaim, claim_source
from db.models import CrawlState
from db.session import read_scope, session_scope
from db.sources import list_sources

from .faults import Refused
from .jobs.crawling import LEASE_S, CrawlOutcome, crawl_claimed
from .jobs.judging import reprioritise_due, score_due
from .progress import counting
from .wiring import Services

PARALLEL = 2  # crawls wait for the network most of their time; the machine we promise has two cores


def read_sources(services: Services, slugs: Sequence[str] = ()) -> list[CrawlOutcome]:
    """Crawl the named sources, or every enabled one, and say how each ended, in the order asked for.

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
            with session_scope(services.engine) as session:
                claim = claim_source(session, source[0], now=services.clock(), lease_s=LEASE_S)
            if claim is None:
                return _busy(source[1])
            return crawl_claimed(services, claim, progress=progress)

        with ThreadPoolExecutor(PARALLEL) as pool:
            try:
                return list(pool.map(read, chosen))
            except BaseException:  # the pool waits for its threads, and a crawl may take a quarter of an hour
                stopping.set()
                raise


def judge_reviews(services: Services) -> int:
    """Score what is due, bring the priorities up to date, and say how many reviews were scored."""
    with counting("Judging reviews") as tell:
        count = score_due(services, progress=tell)
    reprioritise_due(services)
    return count


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
    return [(by_slug[slug], slug) for slug in (slugs or enabled)]


def _busy(slug: str) -> CrawlOutcome:
    return CrawlOutcome(
        slug=slug,
        state=CrawlState.RUNNING,
        message="another worker is reading it right now",
        new=0,
        changed=0,
        unchanged=0,
    )
