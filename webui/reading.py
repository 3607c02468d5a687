"""Read several sources by hand, two at a time, with progress: what `amends crawl` and the demo share."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from crawlers.platforms import is_crawled
from db.claims import Obstacle, SourceClaim, claim_source, obstacle
from db.crawls import abandon_runs
from db.models import CrawlState
from db.queries.sources import slugs_of_runs
from db.scores import count_unscored
from db.session import read_scope, session_scope
from db.sources import list_sources

from .board import board
from .faults import Refused
from .jobs.crawling import EVERYTHING_DUE, LEASE_S, CrawlOutcome, Wish, crawl_claimed
from .jobs.judging import LEASE_S as SCORE_LEASE_S
from .jobs.judging import reprioritise_due, score_due
from .progress import counting
from .wiring import Services

LAPSED_S = LEASE_S + 1  # after this long nobody holds the claim of a worker that was killed
PARALLEL = 2  # crawls wait for the network most of their time; the machine we promise has two cores


def read_sources(
    services: Services, slugs: Sequence[str] = (), *, patience_s: float = 0, wish: Wish = EVERYTHING_DUE
) -> list[CrawlOutcome]:
    """Crawl the named sources, or every enabled one, and say how each ended, in the order asked for.

    A source that another Amends is reading is waited for at most `patience_s`; one of a host that is being read or
    rests, for as long as one crawl may take.

    Raises:
        Refused: a name is not known, or there is no source at all.
    """
    chosen = _chosen(services, slugs)
    stopping = threading.Event()
    with board([slug for _, slug in chosen]) as tell:

        def progress(claim: SourceClaim, count: int) -> None:
            if stopping.is_set():
                raise KeyboardInterrupt  # out of the tick of a crawl: ends its child and closes its run
            tell(claim.slug, "reading", count)

        def read(source: tuple[int, str]) -> CrawlOutcome:
            source_id, slug = source
            began = time.monotonic()
            while (claim := _claim(services, source_id)) is None:
                hinders = _obstacle(services, source_id)
                patience = services.crawl.crawl_time_limit_s if hinders is Obstacle.HOST else patience_s
                if hinders is not None and time.monotonic() > began + patience:
                    return busy(slug, hinders)
                tell(slug, "waiting", 0)
                if stopping.wait(0.2):
                    raise KeyboardInterrupt
            outcome = crawl_claimed(services, claim, progress=progress, wish=wish)
            tell(slug, outcome.state, outcome.new + outcome.changed + outcome.unchanged)
            return outcome

        with ThreadPoolExecutor(PARALLEL) as pool:
            try:
                return list(pool.map(read, chosen))
            except BaseException:  # the pool waits for its threads, and a crawl may take a quarter of an hour
                stopping.set()
                raise


def resume(services: Services) -> list[str]:
    """Close the records of crawls that were cut off, and name their sources: they are due still."""
    with session_scope(services.engine) as session:
        ended = abandon_runs(session, now=services.clock())
        return slugs_of_runs(session, ended)


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
        by_hand = {source.slug for source in known if not is_crawled(source.platform)}
        enabled = [source.slug for source in known if source.is_enabled and source.slug not in by_hand]
    if not by_slug:
        raise Refused(
            'There is no source yet. Add one: amends source add https://... --place "..." (or try: amends demo)'
        )
    for slug in slugs:
        if slug not in by_slug:
            raise Refused(f"There is no source named {slug!r}. Known: {', '.join(sorted(by_slug))}")
        if slug in by_hand:
            raise Refused(f"{slug} takes files, nothing is asked for it: amends import FILE --source {slug}")
    if not slugs and not enabled:
        raise Refused("Every source is switched off. Switch one on: amends source enable SOURCE")
    return [(by_slug[slug], slug) for slug in (dict.fromkeys(slugs) or enabled)]


def _obstacle(services: Services, source_id: int) -> Obstacle | None:
    with read_scope(services.engine) as session:
        return obstacle(session, source_id, now=services.clock())


def busy(slug: str, hinders: Obstacle) -> CrawlOutcome:
    """A source that could not be read now."""
    message = f"another Amends is reading it, or was stopped less than {LEASE_S} seconds ago; try again then"
    if hinders is Obstacle.HOST:
        message = "another source of the same host is being read, and a host is asked by one at a time; try again later"
    return CrawlOutcome(slug=slug, state=CrawlState.RUNNING, message=message, new=0, changed=0, unchanged=0)
