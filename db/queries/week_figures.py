"""What was written in a week and what became of it, place by place and week by week, counted in one pass.

A week goes from Monday to Sunday by the calendar of the place, and is named as ISO 8601 does: "2026-W46". Counted are
reviews by the day they were published and complaints by the day they were taken, exactly as the queue shows them for
the same days, so each figure has its list there: `filters_of` gives it. A mention that is not about the business counts
nowhere; what is gone from its source counts among what was written and in no rate.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, select, true
from sqlalchemy.orm import Session

from ..models import BY_HAND, Case, CaseStage, CaseState, Location, Reply, ReplyState, Review, Score, Source
from .filtering import PUBLIC, TOLD, UNSCORED, Filters
from .spans import Span, is_in, spans_table
from .zones import zones_at

BACK_MOST: Final = 12  # weeks that a week is compared with
LEVELS: Final = ("furious", "angry", "annoyed", "calm")
UNHAPPY: Final = ("furious", "angry")
COUNTED: Final = (str(CaseState.OPEN), str(CaseState.ANSWERED), str(CaseState.GONE))
STANDING: Final = (str(CaseState.OPEN), str(CaseState.ANSWERED))  # at its source to this day
STARS: Final = (1, 2, 3, 4, 5)
_WEEK: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekFigures:
    """Of one place and one week, or the sum of several."""

    location_id: int | None  # None: of several places
    week: str  # "2026-W46"
    written: int = 0  # reviews and complaints
    told: int = 0  # of them complaints that people took
    gone: int = 0  # of those written no longer at their source; none of what follows counts them
    furious: int = 0
    angry: int = 0
    annoyed: int = 0
    calm: int = 0
    rated: int = 0  # with stars
    stars_sum: float = 0.0
    stars_squares: float = 0.0
    answerable: int = 0  # in public: complaints are answered to whoever made them
    answered: int = 0  # of the answerable: their source shows an answer
    confirmed: int = 0  # of the answered: with an answer that went out from here and was seen there
    unhappy_open: int = 0  # of the answerable furious and angry ones: without an answer
    overdue: int = 0  # of those to do without an answer: their time has run out
    overdue_public: int = 0  # of these the answerable ones

    @property
    def standing(self) -> int:
        """Written, and still there."""
        return self.written - self.gone

    @property
    def unhappy(self) -> int:
        return self.furious + self.angry

    @property
    def judged(self) -> int:
        return self.furious + self.angry + self.annoyed + self.calm

    @property
    def open(self) -> int:
        """Of the answerable those that nobody has answered."""
        return self.answerable - self.answered

    @property
    def stars(self) -> float | None:
        """The average; None without any."""
        return self.stars_sum / self.rated if self.rated else None


_SUMMED: Final = tuple(name for name in WeekFigures.__slots__ if name not in ("location_id", "week"))


def week_of(day: date) -> str:
    """ "2026-W46"."""
    year, number, _ = day.isocalendar()
    return f"{year:04}-W{number:02}"


def days_of_week(week: str) -> tuple[date, date]:
    """Its Monday and its Sunday.

    Raises:
        ValueError: there is no such week.
    """
    year, _, number = week.partition("-W")
    if not (len(year) == 4 and len(number) == 2 and (year + number).isascii() and (year + number).isdecimal()):
        raise ValueError(f"no week: {week!r}")
    first = date.fromisocalendar(int(year), int(number), 1)
    return first, first + timedelta(days=6)


def week_after(week: str, by: int) -> str:
    """The week so many later; earlier where it is negative."""
    return week_of(days_of_week(week)[0] + by * _WEEK)


def weeks_compared(week: str, back: int = BACK_MOST) -> tuple[str, ...]:
    """The week and so many before it, the latest first."""
    return tuple(week_after(week, -by) for by in range(back + 1))


def week_figures(
    session: Session,
    week: str,
    *,
    places: Collection[int] | None,
    now: datetime,
    back: int = BACK_MOST,
    zones: Sequence[str] | None = None,
) -> list[WeekFigures]:
    """Of the week and `back` before it, at these places (None: at all), the latest first.

    A place and week of which nothing was written has no row: see `summed`. `now` says what is overdue. One statement,
    however many places there are, and one more for their `zones` where they are not handed in.
    """
    stretches = [(one, *days_of_week(one)) for one in weeks_compared(week, back)]
    return figures_in(session, stretches, places=places, now=now, zones=zones)


def figures_in(
    session: Session,
    stretches: Sequence[tuple[str, date, date]],
    *,
    places: Collection[int] | None,
    now: datetime,
    zones: Sequence[str] | None = None,
) -> list[WeekFigures]:
    """The same of any stretches of days, each with its name and its first and last day, in this order."""
    here = true() if places is None else Location.id.in_(places)
    zones = zones_at(session, places, zones)
    if not zones:
        return []
    names = [name for name, _, _ in stretches]
    spans = [
        Span(key=0, part=at, timezone=zone, first=first, last=last)
        for zone in zones
        for at, (_, first, last) in enumerate(stretches)
    ]
    rows = session.execute(_statement(spans, here, now)).mappings()
    found = [WeekFigures(**{**row, "week": names[row["week"]]}) for row in rows]
    return sorted(found, key=lambda one: (names.index(one.week), one.location_id or 0))


def week_spans(zones: Collection[str], weeks: Sequence[str]) -> list[Span]:
    """The days of these weeks in each zone; `part` is the place of the week among them."""
    days = [days_of_week(week) for week in weeks]
    return [
        Span(key=0, part=at, timezone=zone, first=first, last=last)
        for zone in zones
        for at, (first, last) in enumerate(days)
    ]


def summed(figures: Collection[WeekFigures], week: str, *, location_id: int | None = None) -> WeekFigures:
    """The figures of a week at one place, or at all of them together; zeros where nothing was written."""
    chosen = [one for one in figures if one.week == week and location_id in (None, one.location_id)]
    sums: dict[str, Any] = {name: sum(getattr(one, name) for one in chosen) for name in _SUMMED}
    return WeekFigures(location_id=location_id, week=week, **sums)


def filters_of(name: str, week: str, *, place: str | None = None) -> Filters:
    """The list of the queue's view of all that holds what a figure counts, at the place of this slug or at all.

    Raises:
        KeyError: what this figure counts depends on the moment: `Filters.overdue_at` lists what is overdue.
    """
    first, last = days_of_week(week)
    kinds: dict[str, dict[str, Any]] = {
        "written": {"state": COUNTED},
        "told": {"state": COUNTED, "source": (TOLD,)},
        "gone": {"state": (str(CaseState.GONE),)},
        "standing": {"state": STANDING},
        **{level: {"state": STANDING, "anger": (level,)} for level in LEVELS},
        "unhappy": {"state": STANDING, "anger": UNHAPPY},
        "judged": {"state": STANDING, "anger": LEVELS},
        "unjudged": {"state": STANDING, "anger": (UNSCORED,)},
        "rated": {"state": STANDING, "stars": STARS},
        "answerable": {"state": STANDING, "source": (PUBLIC,)},
        "answered": {"state": (str(CaseState.ANSWERED),), "source": (PUBLIC,)},
        "open": {"state": (str(CaseState.OPEN),), "source": (PUBLIC,)},
        "unhappy_open": {"state": (str(CaseState.OPEN),), "source": (PUBLIC,), "anger": UNHAPPY},
    }
    return Filters(place=(place,) if place else (), since=first, until=last, **kinds[name])


def _statement(spans: Sequence[Span], here: ColumnElement[bool], now: datetime) -> Select[Any]:
    table = spans_table(spans)
    stands = Case.state.in_((CaseState.OPEN, CaseState.ANSWERED))
    is_told = Source.platform == BY_HAND
    is_open, is_answered = Case.state == CaseState.OPEN, Case.state == CaseState.ANSWERED
    by_word = exists().where(Reply.case_id == Case.id, Reply.state == ReplyState.LIVE, Reply.live_at.is_(None))
    is_seen = and_(Case.reply_state == ReplyState.LIVE, ~by_word)
    is_unhappy = Score.anger_level.in_(UNHAPPY)
    is_over = Case.due_at <= now
    rated = case((stands, Review.stars))
    return (
        select(
            Location.id.label("location_id"),
            table.c.part.label("week"),
            func.count().label("written"),
            _count(is_told).label("told"),
            _count(Case.state == CaseState.GONE).label("gone"),
            *(_count(stands, Score.anger_level == level).label(level) for level in LEVELS),
            func.count(rated).label("rated"),
            func.coalesce(func.sum(rated), 0.0).label("stars_sum"),
            func.coalesce(func.sum(rated * Review.stars), 0.0).label("stars_squares"),
            _count(stands, ~is_told).label("answerable"),
            _count(is_answered, ~is_told).label("answered"),
            _count(is_answered, ~is_told, is_seen).label("confirmed"),
            _count(is_open, ~is_told, is_unhappy).label("unhappy_open"),
            _count(is_open, Case.stage == CaseStage.TODO, is_over).label("overdue"),
            _count(is_open, ~is_told, Case.stage == CaseStage.TODO, is_over).label("overdue_public"),
        )
        .select_from(Location)
        .join(table, table.c.timezone == Location.timezone)
        .join(Source, Source.location_id == Location.id)
        .join(Review, (Review.source_id == Source.id) & is_in(table))
        .join(Case, Case.review_id == Review.id)
        .outerjoin(Score, and_(Score.review_id == Review.id, Score.content_hash == Review.content_hash))
        .where(here, Case.state != CaseState.NOT_US)
        .group_by(Location.id, table.c.part)
    )


def _count(*which: ColumnElement[bool]) -> Any:
    return func.coalesce(func.sum(case((and_(*which), 1), else_=0)), 0)
