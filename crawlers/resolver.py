"""The guard at connect time: names that lead anywhere but to the public internet do not resolve.

Set as `TWISTED_DNS_RESOLVER`. Twisted asks it for every connection of the download handler for http and https, also
for IP addresses written as such and for targets of redirects (tests/crawlers/test_guard.py shows it on the installed
versions). Another download handler, HTTP/2, a proxy or IPv6 would go around it: none is switched on.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Self

from scrapy.resolver import CachingThreadedResolver
from twisted.internet import defer
from twisted.internet.error import DNSLookupError

from .net import is_public

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from twisted.internet.base import ReactorBase


class GuardedResolver(CachingThreadedResolver):
    """IPv4 only. `exempt` names resolve to whatever they say; which port of theirs is checked by the URL rules."""

    exempt: frozenset[str] = frozenset()

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> Self:
        made = super().from_crawler(crawler, reactor)
        made.exempt = frozenset(crawler.settings.getlist("AMENDS_EXEMPT_HOSTS"))
        return made

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> Any:  # noqa: N802 - Twisted's name
        found = super().getHostByName(name, timeout)
        return found.addCallback(self._checked, name)

    def _checked(self, address: str, name: str) -> Any:
        if is_public(address) or name in self.exempt:
            return address
        # The address is left out: it would tell whoever typed the name what our network looks like.
        return defer.fail(DNSLookupError(f"{name} does not lead to the public internet"))
