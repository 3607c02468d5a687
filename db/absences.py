"""Who is away today and who stands in, by the calendar of the place that a case belongs to.

A deputy who is away has one as well, or has none: as many are asked as are away, and nobody twice. Where nobody is left
to stand in, everything stays with whoever is away. Functions flush and never commit.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from .errors import BadValue
from .hours import zone_of
from .models import Absence, Location, Person
from .phrases import say

LONGEST: Final = timedelta(days=366)
LISTED_MOST: Final = 20  # that are still to come, of one person
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Away:
    """One absence. Without a deputy nobody stands in; one who may no longer enter is none."""

    id: int
    person_id: int
    name: str
    from_on: date
    until_on: date
    deputy_id: int | None
    deputy_name: str


class Absences:
    """Those of about now, read once; for one transaction."""

    def __init__(self, session: Session, *, now: datetime) -> None:
        self._session, self._now = session, now
        near = (Absence.from_on <= now.date() + _DAY, Absence.until_on >= now.date() - _DAY)  # whatever the zone
        self._of: dict[int, list[Away]] = defaultdict(list)
        for one in session.scalars(_with_people().where(*near).order_by(Absence.from_on, Absence.id)):
            self._of[one.person_id].append(_away(one))

    def __bool__(self) -> bool:
        """Whether anybody may be away."""
        return bool(self._of)

    def people(self) -> list[int]:
        """The ids of those who may be."""
        return list(self._of)

    def of(self, person_id: int, timezone: str) -> Away | None:
        """Why they are away today, by the calendar of this time zone; None where they are not."""
        today = day_at(self._now, timezone)
        return next((one for one in self._of.get(person_id, ()) if one.from_on <= today <= one.until_on), None)

    def acting(self, person_id: int, timezone: str) -> int | None:
        """Who acts in their place today: themselves, unless they are away. None: nobody does."""
        asked: set[int] = set()
        while (away := self.of(person_id, timezone)) is not None:
            asked.add(person_id)
            if away.deputy_id is None or away.deputy_id in asked:
                return None
            person_id = away.deputy_id
        return person_id

    def stood_in_by(self, person_id: int) -> list[Away]:
        """Those for whom this person acts today, wherever that is today."""
        if not self._of:
            return []
        zones = self._session.scalars(select(Location.timezone).distinct().order_by(Location.timezone)).all()
        found: dict[int, Away] = {}
        for absent in self._of:
            for timezone in zones if absent != person_id else ():
                away = self.of(absent, timezone)
                if away is not None and self.acting(absent, timezone) == person_id:
                    found[away.id] = away
        return sorted(found.values(), key=lambda away: (away.until_on, away.name))


def day_at(now: datetime, timezone: str) -> date:
    """The date there."""
    return now.astimezone(zone_of(timezone)).date()


def first_day(session: Session, *, now: datetime) -> date:
    """Today, where it is earliest of all places."""
    zones = session.scalars(select(Location.timezone).distinct()).all()
    return min((day_at(now, timezone) for timezone in zones), default=now.date())


def coming_absences(session: Session, person_ids: Iterable[int], *, now: datetime) -> dict[int, list[Away]]:
    """Of each of these people those that are not over yet, the next first."""
    today = first_day(session, now=now)
    wanted = _with_people().where(Absence.person_id.in_(list(person_ids)), Absence.until_on >= today)
    found: dict[int, list[Away]] = defaultdict(list)
    for one in session.scalars(wanted.order_by(Absence.from_on, Absence.id)):
        found[one.person_id].append(_away(one))
    return found


def add_absence(
    session: Session, person_id: int, deputy_id: int | None, *, from_on: date, until_on: date, now: datetime
) -> None:
    """They will be away, both days included; whether the deputy works at their places is for the caller to check.

    Raises:
        BadValue: the days are past, or too many, or they are away then anyhow; or the deputy would be they themselves,
            directly or because the deputy is away then and they stand in.
    """
    if until_on < from_on:
        raise BadValue(say("The last day is before the first."))
    if until_on < first_day(session, now=now):
        raise BadValue(say("These days are past."))
    if until_on - from_on > LONGEST:
        raise BadValue(say("That is more than a year. Take the roles away instead."))
    session.scalar(select(Person.id).where(Person.id == person_id).with_for_update())  # not twice at the same moment
    mine = select(Absence).where(Absence.person_id == person_id, Absence.until_on >= first_day(session, now=now))
    coming = session.scalars(mine).all()
    if any(one.from_on <= until_on and one.until_on >= from_on for one in coming):
        raise BadValue(say("Some of these days are entered already. Take that back first."))
    if len(coming) >= LISTED_MOST:
        raise BadValue(say("There are %(most)s to come already.", most=LISTED_MOST))
    if deputy_id is not None and _leads_back(session, deputy_id, person_id, from_on, until_on, asked=set()):
        raise BadValue(say("That would be a circle: whoever stands in is away then, and you would stand in for them."))
    session.add(Absence(person_id=person_id, deputy_id=deputy_id, from_on=from_on, until_on=until_on, made_at=now))
    session.flush()


def end_absence(session: Session, person_id: int, absence_id: int) -> Away | None:
    """They are there after all; what it was. None where this person has none of this id."""
    mine = _with_people().where(Absence.id == absence_id, Absence.person_id == person_id)
    found = session.scalars(mine).one_or_none()
    if found is None:
        return None
    away = _away(found)
    session.delete(found)
    session.flush()
    return away


def _leads_back(
    session: Session, deputy_id: int, person_id: int, from_on: date, until_on: date, *, asked: set[int]
) -> bool:
    """Whether on any of these days everything would come back to this person."""
    if deputy_id == person_id:
        return True
    asked.add(deputy_id)
    then = (Absence.from_on <= until_on, Absence.until_on >= from_on, Absence.deputy_id.is_not(None))
    for one in session.scalars(select(Absence).where(Absence.person_id == deputy_id, *then)):
        days = (max(from_on, one.from_on), min(until_on, one.until_on))
        following = one.deputy_id
        if following is None or following in asked:
            continue
        if _leads_back(session, following, person_id, *days, asked=asked):
            return True
    return False


def _with_people() -> Select[Absence]:
    return select(Absence).options(joinedload(Absence.person), joinedload(Absence.deputy))


def _away(one: Absence) -> Away:
    deputy = one.deputy if one.deputy is not None and one.deputy.is_active else None
    return Away(
        id=one.id,
        person_id=one.person_id,
        name=one.person.name,
        from_on=one.from_on,
        until_on=one.until_on,
        deputy_id=deputy.id if deputy else None,
        deputy_name=deputy.name if deputy else "",
    )
