"""What every page needs: the database, the clock, and the frame around the content.

Views parse, call named reads of `db.queries`, and render; they ask this module for the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import current_app, g
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from crawlers.config import CrawlSettings
from crawlers.platforms import PLATFORMS, is_crawled
from db.absences import Absences, Away
from db.alert_routes import RouteRow, broken_routes
from db.health import Alarm, alarms
from db.notes import count_mentions
from db.queries.queue import QueueCounts, QueueView, Reader, queue_counts
from db.queries.sources import HealthCounts, health_counts
from db.roles import Act
from db.saved_views import SavedList
from db.settings import DbSettings

from .settings import WebSettings

KEY = "amends"
IMPORTED = [key for key in PLATFORMS if not is_crawled(key)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """Made once by `create_app`; opens no connection."""

    engine: Engine
    settings: WebSettings
    database: DbSettings  # for the data folder and its key
    clock: Callable[[], datetime]
    crawl: CrawlSettings | None = None  # None: as the data folder asks for

    def crawl_settings(self) -> CrawlSettings:
        """How an address is looked at."""
        from .standin_mode import crawl_settings

        return self.crawl or crawl_settings(self.database.data_dir)


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What stands around the content of a page."""

    counts: QueueCounts
    sources: HealthCounts
    now: datetime
    opens_sources: bool = False  # whether whoever asks may look after sources
    alarms: Sequence[Alarm] = ()  # sources that a person should look at
    saved: Sequence[SavedList] = ()  # lists that have a name, one's own first
    stands_in: Sequence[Away] = ()  # people who are away, and for whom whoever asks stands in
    mentions: int = 0  # notes that name whoever asks, who has not seen them
    broken_ways: Sequence[RouteRow] = ()  # of the alerts of whoever asks: they take nothing

    def count_of(self, view: str) -> int:
        """How many reviews stand in a view."""
        found: int = getattr(self.counts, QueueView(view))
        return found


def pages() -> Pages:
    """The parts of the running application."""
    parts: Pages = current_app.extensions[KEY]
    return parts


def reader(session: Session, *, now: datetime) -> Reader:
    """Who asks, for what is theirs and what is due."""
    from .accounts import me

    who = me()
    absent = tuple(one.person_id for one in stands_in(session, now=now))
    return Reader(person_id=who.person_id if who else None, now=now, stands_in_for=absent)


def stands_in(session: Session, *, now: datetime) -> Sequence[Away]:
    """Those who are away and for whom whoever asks stands in; read once for each request."""
    from .accounts import me

    if "stands_in" not in g:
        who = me()
        g.stands_in = absences(session, now=now).stood_in_by(who.person_id) if who else ()
    found: Sequence[Away] = g.stands_in
    return found


def absences(session: Session, *, now: datetime) -> Absences:
    """Who is away; read once for each request."""
    if "absences" not in g:
        g.absences = Absences(session, now=now)
    found: Absences = g.absences
    return found


def frame(session: Session, *, now: datetime) -> Frame:
    """Read the frame, of the places that whoever asks may see; cheap however many reviews there are."""
    from .accounts import access, me
    from .saved import visible

    who = me()
    places = access().places(Act.READ)
    opens_sources = access().may(Act.SOURCES)
    return Frame(
        counts=queue_counts(session, places=places, reader=reader(session, now=now)),
        sources=health_counts(
            session, places=access().places(Act.SOURCES) if opens_sources else places, imported=IMPORTED
        ),
        now=now,
        opens_sources=opens_sources,
        alarms=alarms(session, places=places),
        saved=visible(session),
        stands_in=stands_in(session, now=now),
        mentions=count_mentions(session, who.person_id, places=places) if who else 0,
        broken_ways=broken_routes(session, who.person_id) if who else (),
    )
