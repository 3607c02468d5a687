"""The pages that a site's sitemaps name, still to be read: which of them are the source's, and in which order.

Standard library only; asks for nothing itself.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from .choices import fits
from .parsers.sitemap import Entry, Sitemap

MAX_SITEMAPS = 50  # of one source
MAX_DEPTH = 3  # an index in an index is against the protocol, and about
MAX_PAGES = 100_000  # in all lists together
_MARGIN = timedelta(days=1)  # lastmod is often a day, and clocks differ
# What an owner may write as a pattern: a piece of the address in which * stands for anything.
_LIKELY = re.compile(
    r"review|rezension|bewertung|\bavis\b|recensi|opini|valoraci|avalia|beoordeling|anmeldelse|omdöme|recenz|testimonial",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Listed:
    """`pattern` is the owner's; without one, pages whose address speaks of reviews, or all where none does.

    Pages that say they have not changed since `unchanged_since` are passed over.
    """

    is_ours: Callable[[str], bool]  # the same site as the source
    pattern: str = ""
    unchanged_since: datetime | None = None
    waiting: deque[tuple[str, int]] = field(default_factory=deque)  # sitemaps to read, with their depth
    known: set[str] = field(default_factory=set)
    pages: list[str] = field(default_factory=list)
    elsewhere: int = 0  # addresses of other sites, never asked for
    unchanged: int = 0
    is_cut: bool = False  # more was named than is taken

    def add_sitemaps(self, urls: Iterable[str], *, depth: int) -> None:
        for url in urls:
            if url in self.known:
                continue
            if not self.is_ours(url):
                self.elsewhere += 1
            elif depth > MAX_DEPTH or len(self.known) >= MAX_SITEMAPS:
                self.is_cut = True
            else:
                self.known.add(url)
                self.waiting.append((url, depth))

    def add(self, sitemap: Sitemap, *, depth: int) -> None:
        """What one sitemap names."""
        self.is_cut |= sitemap.is_cut
        self.add_sitemaps((one.url for one in sitemap.sitemaps if not self._is_unchanged(one)), depth=depth + 1)
        for entry in sitemap.pages:
            if not self.matches(entry.url):
                continue
            if not self.is_ours(entry.url):
                self.elsewhere += 1
            elif self._is_unchanged(entry):
                self.unchanged += 1
            elif len(self.pages) >= MAX_PAGES:
                self.is_cut = True
            else:
                self.pages.append(entry.url)

    def matches(self, url: str) -> bool:
        return fits(self.pattern, url)

    def chosen(self) -> list[str]:
        """The pages to read, each once."""
        pages = list(dict.fromkeys(self.pages))
        likely = [] if self.pattern else [page for page in pages if _LIKELY.search(page)]
        return likely or pages

    def _is_unchanged(self, entry: Entry) -> bool:
        if self.unchanged_since is None or entry.changed_at is None:
            return False
        return entry.changed_at < self.unchanged_since - _MARGIN
