"""What every page needs: the database, the clock, and the frame around the content.

Views parse, call named reads of `db.queries`, and render; they ask this module for the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import current_app
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from db.health import Alarm, alarms
from db.models import SourceHealth
from db.queries.queue import QueueCounts, QueueView, queue_counts
from db.sources import list_sources

from .settings import WebSettings

KEY = "amends"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """Made once by `create_app`; opens no connection."""

    engine: Engine
    settings: WebSettings
    clock: Callable[[], datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcesInShort:
    """How the sources are doing, for one line beside the queue."""

    total: int
    enabled: int
    troubled: int  # enabled, and not read well the last time
    new: int  # enabled, and never read
    last_check_at: datetime | None
    timezone: str  # of a place, to write the time in


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What stands around the content of a page."""

    counts: QueueCounts
    sources: SourcesInShort
    now: datetime
    alarms: Sequence[Alarm] = ()  # sources of which far less is read than there should be

    def count_of(self, view: str) -> int:
        """How many reviews stand in a view."""
        return {
            QueueView.NOW: self.counts.now,
            QueueView.OPEN: self.counts.open,
            QueueView.ALL: self.counts.all,
        }[QueueView(view)]


def pages() -> Pages:
    """The parts of the running application."""
    parts: Pages = current_app.extensions[KEY]
    return parts


def frame(session: Session, *, now: datetime) -> Frame:
    """Read the frame; cheap however many reviews there are."""
    return Frame(counts=queue_counts(session), sources=_sources_in_short(session), now=now, alarms=alarms(session))


def _sources_in_short(session: Session) -> SourcesInShort:
    # Not `source_overview`: it counts every review of every source, which the queue has no time for.
    sources = list_sources(session)
    enabled = [source for source in sources if source.is_enabled]
    new = sum(source.health is SourceHealth.NEW for source in enabled)
    fine = sum(source.health is SourceHealth.HEALTHY for source in enabled)
    checks = [source.last_success_at for source in sources if source.last_success_at]
    return SourcesInShort(
        total=len(sources),
        enabled=len(enabled),
        troubled=len(enabled) - new - fine,
        new=new,
        last_check_at=max(checks, default=None),
        timezone=sources[0].location.timezone if sources else "UTC",
    )
