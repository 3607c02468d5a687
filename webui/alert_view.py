"""Ways and the log of alerts as the page shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from db.alert_routes import RouteRow
from db.models import AlertState
from db.queries.alerts import LogRow

from .alert_forms import time_words
from .alert_words import SHAPES, SHORT, STATES, bundle_words, route_name, short_words
from .filters import Instant, when
from .i18n import gettext, ngettext
from .shown import one_line
from .told import told


@dataclass(frozen=True, slots=True, kw_only=True)
class WayView:
    """One way in the list."""

    row: RouteRow
    name: str
    service: str  # where the name does not say it
    state: str
    is_well: bool
    reasons: Sequence[str]
    places: str
    gathered: str
    quiet: str
    sent: Instant | None
    since: Instant | None  # of one that fails: the first time
    why: str  # and the last time


@dataclass(frozen=True, slots=True, kw_only=True)
class LineView:
    """One line of the log."""

    row: LogRow
    what: str
    way: str
    state: str
    shape: str
    at: Instant
    why: str
    again: Instant | None  # when it is tried, or tried again, where that is not now
    is_due: bool  # with the next round of the worker


def way_view(row: RouteRow, places: Mapping[int, str], *, now: datetime) -> WayView:
    """How a way is, in words."""
    if not row.is_on:
        state = gettext("Switched off")
    elif row.is_broken:
        state = gettext("Takes no alerts any more")
    elif row.failing_since_at is not None:
        state = gettext("Takes nothing at the moment: see the log")
    else:
        state = gettext("On")
    name, service = route_name(row), one_line(row.service) or gettext("Mail")
    return WayView(
        row=row,
        name=name,
        service=service if service != name else "",
        state=state,
        is_well=row.is_on and row.failing_since_at is None,
        reasons=[gettext(SHORT[one]) for one in row.reasons],
        places=_places(row, places),
        gathered=bundle_words(row.bundle_min),
        quiet=_quiet(row),
        sent=when(row.sent_at, now=now) if row.sent_at else None,
        since=when(row.failing_since_at, now=now) if row.failing_since_at else None,
        why=told(row.trouble),
    )


def line_view(row: LogRow, names: Mapping[int, str], *, now: datetime) -> LineView:
    """What became of one alert on one way."""
    is_waiting = row.state is AlertState.WAITING
    is_due = is_waiting and row.due_at <= now
    return LineView(
        row=row,
        what=short_words(row.reason, row.facts),
        way=names.get(row.route_id, ""),
        state=gettext(STATES[row.state]),
        shape=SHAPES[row.state],
        at=when(row.found_at, now=now, timezone=row.timezone),
        why=told(row.trouble),
        again=when(row.due_at, now=now, timezone=row.timezone) if is_waiting and not is_due else None,
        is_due=is_due,
    )


def _places(row: RouteRow, places: Mapping[int, str]) -> str:
    if row.place_ids is None:
        return gettext("All places")
    known = [places[one] for one in row.place_ids if one in places]
    if len(known) == 1:
        return one_line(known[0])
    return ngettext("%(num)s place", "%(num)s places", len(known))


def _quiet(row: RouteRow) -> str:
    if row.quiet is None:
        return ""
    from_, to = time_words(row.quiet.from_min), time_words(row.quiet.to_min)
    if row.passes_quiet:
        return gettext("quiet from %(begin)s to %(end)s, unless somebody may be hurt", begin=from_, end=to)
    return gettext("quiet from %(begin)s to %(end)s", begin=from_, end=to)
