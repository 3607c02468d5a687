"""The clock of a case in words: "2 h left", "overdue 1 d", "rests: waiting for the guest", "starts Monday 9:00".

Hours and days are those of work: a day is as long as a usual day of the place.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from babel.dates import format_date, format_time

from db.hours import Hours, hours_of
from db.models import CaseStage, CaseState
from db.queries.rows import ClockFacts

from .filters import when, zone
from .i18n import current_locale, gettext, ngettext

HOUR_MIN = 60
NAMED_DAYS = timedelta(days=6)  # a weekday further away might be taken for a nearer one
SOON = 0.25  # of the target left


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockView:
    """`kind` is a class of the style sheet, and names the shape beside the words."""

    kind: str  # left, soon, over, rests, later
    words: str
    machine: str  # of the due time, for <time>; empty while it rests
    absolute: str  # the due time in full; what is left, while it rests


def clock_view(case: ClockFacts, *, now: datetime) -> ClockView | None:
    """The clock of a case, where one runs or rests."""
    if case.state is not CaseState.OPEN or case.clock_left_min is None:
        return None
    hours = hours_of(case.opening, case.timezone)
    if case.due_at is None:
        return _rests(case.clock_left_min, hours) if case.stage is CaseStage.WAITING else None
    due = when(case.due_at, now=now, timezone=case.timezone)
    left = hours.between(now, case.due_at)
    kind, words = _left(case, left, hours, now=now)
    absolute = gettext("Due %(when)s", when=due.absolute)
    return ClockView(kind=kind, words=words, machine=due.machine, absolute=absolute)


def _left(case: ClockFacts, left: int, hours: Hours, *, now: datetime) -> tuple[str, str]:
    if case.due_at is not None and case.due_at <= now:
        return "over", gettext("overdue %(time)s", time=short(-left, hours, days_from=1))
    opens = hours.next_open(now)
    if left == case.clock_left_min and opens is not None and opens > now:
        return "later", gettext("starts %(when)s", when=_moment(opens, now=now, timezone=case.timezone))
    kind = "soon" if left <= SOON * (case.clock_target_min or 0) else "left"
    return kind, gettext("%(time)s left", time=short(left, hours))


def _rests(left: int, hours: Hours) -> ClockView:
    words = gettext("rests: waiting for the guest")
    if left < 0:
        absolute = gettext("overdue %(time)s", time=short(-left, hours, days_from=1))
    else:
        absolute = gettext("%(time)s left", time=short(left, hours))
    return ClockView(kind="rests", words=words, machine="", absolute=absolute)


def short(minutes: int, hours: Hours, *, days_from: int = 2) -> str:
    """Working time in its largest whole unit: "25 min", "7 h", "3 d". Days are those of the place, from so many on."""
    if minutes < HOUR_MIN:
        return ngettext("%(num)s min", "%(num)s min", max(minutes, 0))
    days = minutes // max(hours.usual_day_min, HOUR_MIN)
    if days < days_from:
        return ngettext("%(num)s h", "%(num)s h", minutes // HOUR_MIN)
    return ngettext("%(num)s d", "%(num)s d", days)


def _moment(at: datetime, *, now: datetime, timezone: str) -> str:
    """A time that is to come, as people say it: "9:00", "Monday 9:00", "24 Dec 9:00"."""
    local, today = at.astimezone(zone(timezone)), now.astimezone(zone(timezone)).date()
    clock = format_time(local, "short", locale=current_locale())
    if local.date() == today:
        return clock
    pattern = "EEEE" if local.date() - today <= NAMED_DAYS else "d MMM"
    return f"{format_date(local, pattern, locale=current_locale())} {clock}"
