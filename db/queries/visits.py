"""When customers were there, by the clocks of each place: weekday and hour as one number that SQL can count by.

A day without an hour is that day everywhere; of a month, or of nothing, no day is known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from sqlalchemy import BigInteger, ColumnElement, and_, case, cast, extract, func, literal, or_, select
from sqlalchemy.orm import Session

from ..models import BY_HAND, Case, Location, Review, Source
from .zones import seconds_ahead, zones_at

DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
HOURS: Final = tuple(str(hour) for hour in range(24))
UNKNOWN: Final = "unknown"  # in the place of a day or an hour
_WEEK: Final = 7 * 24
_NO_HOUR: Final = _WEEK  # and so many days after Monday: the day is known, not the hour
_NO_DAY: Final = _WEEK + 7
_EPOCH_H, _EPOCH_D = 3 * 24, 3  # the epoch began on a Thursday: so long after Monday


def is_complaint() -> ColumnElement[bool]:
    """Flagged for its anger or a risk, unless a person says that it is not angry; or taken by hand."""
    by_hand = Review.source_id.in_(select(Source.id).where(Source.platform == BY_HAND))
    return or_(Case.is_risky, func.coalesce(Case.said_angry, Case.is_flagged), by_hand)


def visited(session: Session, days: Sequence[str], hours: Sequence[str]) -> ColumnElement[bool]:
    """Whether the visit was on one of these DAYS and at one of these HOURS; of either there may be UNKNOWN, or none.

    Without days any will do, and without hours any, also one that nobody knows.
    """
    wanted = list(_codes(days, hours))

    def in_zone(zone: str) -> ColumnElement[bool]:
        return Review.source_id.in_(select(Source.id).join(Location).where(Location.timezone == zone))

    fits = visit_code(session, zones_at(session, None), in_zone).in_(wanted)
    return fits if _NO_DAY in wanted else and_(Review.visited_at.is_not(None), fits)


def visit_code(
    session: Session, zones: Sequence[str], in_zone: Callable[[str], ColumnElement[bool]]
) -> ColumnElement[int]:
    """The hour of the week on the clocks of the place, from 0 on Monday; or a number beyond, see `of_code`.

    `in_zone` says whether a review's place is in a zone. Visits are kept in whole minutes, so nothing is rounded.
    """
    at = cast(extract("epoch", Review.visited_at), BigInteger)
    least, most = (
        session.scalar(select(bound(Review.visited_at)).where(Review.visited_at.is_not(None)))
        for bound in (func.min, func.max)  # each alone is read from an end of the index
    )
    ahead: ColumnElement[int] = literal(0)
    if least is not None and most is not None and zones:
        offsets = ((in_zone(zone), seconds_ahead(Review.visited_at, zone, least=least, most=most)) for zone in zones)
        ahead = case(*offsets, else_=0)
    return case(
        (Review.visited_precision == "instant", ((at + ahead) // 3600 + _EPOCH_H) % _WEEK),
        (Review.visited_precision == "day", (at // 86_400 + _EPOCH_D) % 7 + _NO_HOUR),
        else_=_NO_DAY,
    )


def of_code(code: int) -> tuple[int | None, int | None]:
    """Weekday (0: Monday) and hour that such a number stands for; None for what is not known."""
    if code >= _NO_DAY:
        return None, None
    return (code - _NO_HOUR, None) if code >= _NO_HOUR else divmod(code, 24)


def _codes(days: Sequence[str], hours: Sequence[str]) -> Iterator[int]:
    for weekday, day in enumerate(DAYS):
        if days and day not in days:
            continue
        yield from (weekday * 24 + int(hour) for hour in hours or HOURS if hour != UNKNOWN)
        if not hours or UNKNOWN in hours:
            yield _NO_HOUR + weekday
    if (not days or UNKNOWN in days) and (not hours or UNKNOWN in hours):
        yield _NO_DAY
