"""A look at a sitemap: which pages would be read by the owner's pattern, and the reviews on the first of them.

A few lists and pages only, one after the other: a person waits, and the site is asked no more than it takes to show
whether the pattern is right.
"""

from __future__ import annotations

import dataclasses
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from db.phrases import Words, say, say_count

from ..errors import ParseError
from ..listed import Listed
from ..net import UrlRules
from ..parsers.sitemap import is_robots, named_in_robots, read_sitemap
from ..probe import ProbeReport

if TYPE_CHECKING:
    from scrapy.http import Response

LISTS, PAGES = 3, 3  # looked at, at most
SHOWN = 5  # addresses of pages


class ListsOfPages:
    def __init__(self, rules: UrlRules, home_url: str, *, pattern: str) -> None:
        self._home_url = home_url
        self._listed = Listed(is_ours=lambda url: rules.same_site(url, home_url), pattern=pattern)
        self._lists_read = 0
        self._named = 0  # pages, whether they fit or not
        self._looked_at: list[str] = []

    def read(
        self,
        response: Response,
        *,
        encoding: str | None,
        robots_verdict: str,
        now: datetime,
        before: ProbeReport | None,
    ) -> ProbeReport:
        """The report with what one more list names; a refusal where the first one names nothing."""
        self._lists_read += 1
        report = before or ProbeReport(
            url=response.url,
            platform="schemaorg",
            syntax="sitemap",
            title=urlsplit(response.url).hostname or "",
            robots_verdict=robots_verdict,
            has_next=True,
        )
        try:
            self._add(response, encoding=encoding, now=now)
        except ParseError as error:
            refusal = say("No reviews can be read here: %(fault)s.", fault=say(str(error)))
            return before or ProbeReport(url=response.url, robots_verdict=robots_verdict, refusal=refusal)
        if not self._named and not self._listed.waiting and not self._lists_read > 1:
            refusal = say("The file names no page and no sitemap. Give the address of the page that shows the reviews.")
            return ProbeReport(url=response.url, robots_verdict=robots_verdict, refusal=refusal)
        pages = self._listed.chosen()
        return dataclasses.replace(
            report, pages=tuple(pages[:SHOWN]), pages_total=len(pages), warnings=(self._in_words(len(pages)),)
        )

    def following(self, report: ProbeReport) -> str | None:
        """The address to look at next, None when enough has been seen."""
        if self._listed.waiting and self._lists_read < LISTS:
            return self._listed.waiting.popleft()[0]
        fresh = (url for url in self._listed.chosen() if url not in self._looked_at)
        if report.reviews_seen or len(self._looked_at) >= PAGES or (url := next(fresh, None)) is None:
            return None
        self._looked_at.append(url)
        return url

    def with_page(self, report: ProbeReport, page: ProbeReport) -> ProbeReport:
        """The report with the reviews of one of the pages."""
        if page.platform != "schemaorg" or not page.reviews_seen:
            return report
        return dataclasses.replace(report, reviews_seen=page.reviews_seen, sample=page.sample)

    def _add(self, response: Response, *, encoding: str | None, now: datetime) -> None:
        if is_robots(response.url):
            self._listed.add_sitemaps(named_in_robots(response.body, url=response.url), depth=1)
            return
        found = read_sitemap(response.body, url=response.url, encoding=encoding, now=now)
        self._named += len(found.pages)
        self._listed.known.add(response.url)
        self._listed.add(found, depth=1)

    def _in_words(self, fitting: int) -> Words:
        counts = {"pages": self._named, "fitting": fitting}
        if self._listed.pattern:
            told = say("It names %(pages)s pages; %(fitting)s of them hold the pattern.", **counts)
        elif fitting < self._named:
            told = say(
                "It names %(pages)s pages; %(fitting)s of them are read, since their address speaks of reviews.",
                **counts,
            )
        else:
            told = say("It names %(pages)s pages; all of them are read.", pages=self._named)
        if self._listed.elsewhere:
            told = say("%(first)s %(next)s", first=told, next=say("Pages of other sites are left out."))
        if waiting := len(self._listed.waiting):
            more = say_count(
                "One more list is read once the source is added.",
                "%(num)s more lists are read once the source is added.",
                waiting,
            )
            told = say("%(first)s %(next)s", first=told, next=more)
        return told
