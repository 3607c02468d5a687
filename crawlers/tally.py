"""What happened during one crawl, gathered from middlewares, spider and pipelines; becomes the CrawlRun row.

The first reason to end stands: what follows it is mostly its consequence.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from db.crawls import RunResult
from db.models import CrawlState
from db.phrases import say, say_count


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    state: CrawlState
    reason: str
    message: str
    block_kind: str = ""
    not_before_at: datetime | None = None


@dataclass(slots=True)
class Tally:
    proves_absence: bool = False  # whether a review that is not shown may be taken for removed
    pages: int = 0
    found: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    gone: int = 0  # taken back by the platform
    dropped: int = 0
    errors: int = 0
    advertised_total: int | None = None
    robots_verdict: str = ""
    is_full: bool = True  # False: it stopped at what is known, or at a date
    stopped_at_known: bool = False
    is_partial: bool = False  # a page held reviews that could not be read
    reached_end: bool = False  # the last page said there is no further one
    ending: Ending | None = None
    seen: set[str] = field(default_factory=set)  # external ids of this run
    first_error: tuple[str, str] = ("", "")  # reason, message

    def end(
        self,
        state: CrawlState,
        reason: str,
        message: str,
        *,
        block_kind: str = "",
        not_before_at: datetime | None = None,
    ) -> None:
        if self.ending is None:
            self.ending = Ending(
                state=state, reason=reason, message=message, block_kind=block_kind, not_before_at=not_before_at
            )

    def stop_at_known(self) -> None:
        """What follows is known and old, or older than asked for."""
        self.stopped_at_known, self.is_full = True, False

    def page_failed(self, reason: str, message: str) -> None:
        self.errors += 1
        if not self.first_error[0]:
            self.first_error = (reason, message)

    def result(self) -> RunResult:
        ending = self.ending or self._judged()
        return RunResult(
            state=ending.state,
            reason=ending.reason,
            message=ending.message,
            pages=self.pages,
            found=self.found,
            new=self.new,
            changed=self.changed,
            unchanged=self.unchanged,
            gone=self.gone,
            dropped=self.dropped,
            errors=self.errors,
            advertised_total=self.advertised_total,
            is_complete=self.is_complete(ending.state),
            block_kind=ending.block_kind,
            robots_verdict=self.robots_verdict,
            not_before_at=ending.not_before_at,
            is_full=self.is_full,
        )

    def is_complete(self, state: CrawlState) -> bool:
        """Every page was read and about as many reviews were found as the source says there are."""
        if state is not CrawlState.FINISHED or not self.proves_absence or not self.reached_end or self.errors:
            return False
        if self.is_partial:  # what is missing may stand in the part that is broken
            return False
        total = self.advertised_total
        # A twentieth: sites count reviews that wait for moderation, and cache their totals.
        return total is not None and self.found > 0 and abs(total - self.found) <= max(1, total // 20)

    def _judged(self) -> Ending:
        if self.errors:
            reason, message = self.first_error
            if self.pages:
                message = say("%(pages)s could be read, then: %(fault)s", pages=_pages(self.pages), fault=message)
            return Ending(state=CrawlState.FAILED, reason=reason, message=message)
        if not self.found and self.advertised_total:
            return Ending(
                state=CrawlState.SUSPICIOUS,
                reason="zero_with_total",
                message=say(
                    "The page speaks of %(total)s reviews but shows none that can be read. Nothing is counted as "
                    "removed. Look at the page in a browser; perhaps it needs another address.",
                    total=self.advertised_total,
                ),
            )
        read = say("%(reviews)s on %(pages)s read", reviews=_reviews(self.found), pages=_pages(self.pages))
        if self.stopped_at_known:
            known = say("%(read)s; older ones were read before.", read=read)
            return Ending(state=CrawlState.FINISHED, reason="known", message=known)
        if not self.reached_end:
            more = say("%(read)s; more pages follow than this source may take.", read=read)
            return Ending(state=CrawlState.FINISHED, reason="page_limit", message=more)
        if self.is_partial:
            broken = say("%(read)s. Part of the review markup is broken, so nothing is counted as removed.", read=read)
            return Ending(state=CrawlState.FINISHED, reason="broken_markup", message=broken)
        return Ending(state=CrawlState.FINISHED, reason="finished", message=say("%(read)s.", read=read))


def _reviews(count: int) -> str:
    return say_count("%(num)s review", "%(num)s reviews", count)


def _pages(count: int) -> str:
    return say_count("%(num)s page", "%(num)s pages", count)
