"""Notification mails out of the owner's mailbox: those that have come since the last reading.

The one source that is not asked by HTTP: its connection has the guard and the limits of its own (`imports.mailbox`).
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

from db.health import NO_NEWS
from db.models import CrawlState
from db.phrases import Words, say, say_count

from ..errors import BlockedError, CrawlerError, KeyFault, RefusedUrl
from ..imports.mail_hosts import TLS_PORT, MailHosts
from ..imports.mailbox import Mailbox, NewMails, fetch_new
from ..imports.plan import plan_of_mails
from ..imports.positions import keep_position, kept_position
from .api import ApiSpider

FIRST_DAYS = 90  # how far back the first reading goes
SPARE_S = 30.0  # of the time limit, to store what was read


class MailboxSpider(ApiSpider):
    name = "mailbox"
    fetched: NewMails | None = None
    told: str = ""

    def mailbox(self) -> Mailbox:
        """Raises KeyFault: an entry is missing or of the wrong form."""
        port = str(self.options.get("port") or TLS_PORT)
        if not port.isdecimal() or not 0 < int(port[:6]) < 65536:
            raise KeyFault("The port is a number: 993, or 143 where the server wants STARTTLS.")
        host, folder = self.key("host").strip().lower(), str(self.options.get("folder") or "INBOX")
        if not all(text.isprintable() for text in (host, folder, self.place_ref)):
            raise KeyFault("Host, user and folder may not hold control characters.")
        return Mailbox(host=host, user=self.place_ref, port=int(port), folder=folder)

    async def start(self) -> AsyncIterator[Any]:
        if self.key_fault:
            self.tally.end(CrawlState.MISCONFIGURED, "key", self.key_fault)
            return
        try:
            self.fetched = await asyncio.to_thread(self._fetch, self.mailbox(), self.key("password"))
        except (KeyFault, RefusedUrl, BlockedError) as fault:  # only the owner can mend these
            self.tally.end(CrawlState.MISCONFIGURED, "key", str(fault))
            return
        except CrawlerError as fault:
            again = say("It is tried again by itself.")
            self.tally.end(CrawlState.FAILED, "mailbox", say("%(first)s %(next)s", first=say(str(fault)), next=again))
            return
        self.tally.is_full = False  # a reading shows what is new, and says nothing of what is not in it
        self.tally.reached_end = True
        mails = self.fetched.mails
        plan = await asyncio.to_thread(plan_of_mails, mails, now=self.clock()) if mails else None
        self.tally.pages = len(mails)
        self.told = _sentence(len(mails), len(plan.items) if plan else 0, is_more=self.fetched.is_more)
        for item in self.reach.wanted(plan.items if plan else ()):
            yield item

    def closed(self, reason: str) -> None:
        """Everything is stored by now: move on in the folder, unless something went wrong on the way."""
        if self.fetched is None or reason != "finished" or self.tally.ending is not None:
            return
        self.tally.end(CrawlState.FINISHED, "finished" if self.tally.found else NO_NEWS, self.told)
        if not self.is_dry:
            position = self.fetched.position
            keep_position(self.database, self.open_vault(), self.source_id, self.mailbox(), position)

    def _fetch(self, mailbox: Mailbox, password: str) -> NewMails:
        after = None
        if self.reach.since is None:
            after = kept_position(self.database, self.open_vault(), self.source_id, mailbox)
        return fetch_new(
            mailbox,
            password,
            since=(self.clock() - timedelta(days=FIRST_DAYS)).date(),
            after=after,
            hosts=MailHosts(allowed=self.settings["AMENDS_URL_RULES"].allowed_hosts),
            within_s=max(1.0, self.seconds_left() - SPARE_S),
        )


def _sentence(mails: int, reviews: int, *, is_more: bool) -> Words:
    if not mails:
        return say("No new mail.")
    told = say(
        "%(reviews)s in %(mails)s.",
        reviews=say_count("%(num)s review", "%(num)s reviews", reviews),
        mails=say_count("%(num)s new mail", "%(num)s new mails", mails),
    )
    return say("%(first)s %(next)s", first=told, next=say("More wait for the next reading.")) if is_more else told
