"""How far back a crawl reads: every page, up to what is known and old, or up to a date.

A crawl stops early only in a list that has shown itself to run from new to old: every review dated, none newer than
the one before. In any other list the news may stand on the last page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from ..items import ParsedPage, ReviewItem

OLD = timedelta(days=30)  # younger reviews are edited and answered more often, so they are read every time


@dataclass(slots=True, kw_only=True)
class Reach:
    """`known` tells which of these external ids are stored."""

    is_full: bool = True
    since: datetime | None = None
    known: Callable[[Sequence[str]], set[str]] = lambda _ids: set()
    is_sorted: bool = True  # so far
    last_at: datetime | None = None  # the date of the last review seen

    def wanted(self, reviews: Iterable[ReviewItem]) -> list[ReviewItem]:
        """Those that are not older than the date asked for; undated ones are taken."""
        since = self.since
        return [one for one in reviews if since is None or one.published_at is None or one.published_at >= since]

    def ends_with(self, page: ParsedPage, *, now: datetime) -> bool:
        """Whether nothing that is wanted stands behind this page. To be asked once for each page, in their order."""
        self._look_at_dates(page.reviews)
        if not self.is_sorted or not page.reviews or page.reviews[0].published_at is None:
            return False
        newest = page.reviews[0].published_at
        if self.since is not None and newest < self.since:
            return True
        if self.is_full or newest > now - OLD:
            return False
        ids = [one.external_id for one in page.reviews]
        return self.known(ids) >= set(ids)

    def _look_at_dates(self, reviews: Sequence[ReviewItem]) -> None:
        for one in reviews:
            date = one.published_at
            if date is None or (self.last_at is not None and date > self.last_at):
                self.is_sorted = False
                return
            self.last_at = date
