"""What the owner sets for places: hours, holidays, targets, who hears of what, what answers need. Changing any sets
the clocks anew.

Functions flush and never commit; who may do it is for the caller to check, place by place.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from .clock_rules import Step, Targets, chain_of, stored_chain, targets_of
from .clocks import recount
from .hours import Opening, opening_of, stored_opening
from .kept import Kept, keep, kept
from .models import Location
from .session import once
from .sources import check_zone

CONTACT_MOST: Final = 300  # characters, as the column


class Part(StrEnum):
    """What can be copied from one place to others."""

    HOURS = "hours"  # of the week
    DAYS = "days"  # holidays, and what holds on single days
    TARGETS = "targets"
    CHAIN = "chain"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRules:
    """What is set for a place. `targets` and `chain` are None where those of all places hold."""

    id: int
    name: str
    timezone: str
    is_set: bool  # whether anybody has said when it is open
    opening: Opening
    targets: Targets | None
    chain: tuple[Step, ...] | None
    contact: str = ""  # how a guest reaches somebody there who can decide
    is_protected: bool = False  # answers may not even tell who was a client


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesForAll:
    """What holds at every place that has none of its own."""

    targets: Targets
    chain: tuple[Step, ...]
    is_usual: bool  # nobody has changed the defaults


def place_rules(session: Session, *, places: Collection[int] | None = None) -> list[PlaceRules]:
    """Every place by name, or these."""
    wanted = select(Location).order_by(Location.name, Location.id)
    wanted = wanted if places is None else wanted.where(Location.id.in_(places))
    return [_rules(place) for place in session.scalars(wanted)]


@once
def location_of(session: Session, location_id: int) -> Location:
    """The place of this id, which must be there."""
    return session.get_one(Location, location_id)


def rules_for_all(session: Session) -> RulesForAll:
    """The owner's, or the defaults."""
    value = kept(session, Kept.CLOCK)
    return RulesForAll(targets=targets_of(value.get("targets")), chain=chain_of(value.get("chain")), is_usual=not value)


def change_place(session: Session, rules: PlaceRules, *, now: datetime) -> None:
    """Set all of it.

    Raises:
        BadValue: the time zone is unknown.
    """
    timezone = check_zone(rules.timezone)
    recount(session, now=now)
    place = session.get_one(Location, rules.id, populate_existing=True)
    place.timezone = timezone
    place.opening = stored_opening(rules.opening)
    place.targets = dict(rules.targets) if rules.targets is not None else None
    place.chain = stored_chain(rules.chain) if rules.chain is not None else None
    place.contact, place.is_protected = rules.contact, rules.is_protected
    session.flush()


def copy_rules(session: Session, rules: PlaceRules, parts: Collection[Part], to: Iterable[int]) -> int:
    """Give these places the same, in the transaction that has changed the first; how many others there were.

    The time zone is never copied, nor how guests reach it: both are a matter of the place.
    """
    others = [id_ for id_ in to if id_ != rules.id]
    if not parts:
        return 0
    for place in session.scalars(select(Location).where(Location.id.in_(others)).order_by(Location.id)):
        mine = opening_of(place.opening)
        days = rules.opening if Part.DAYS in parts else mine
        if not {Part.HOURS, Part.DAYS}.isdisjoint(parts):
            week = rules.opening.week if Part.HOURS in parts else mine.week
            opening = Opening(week=week, days=days.days, country=days.country, subdivision=days.subdivision)
            place.opening = stored_opening(opening)
        if Part.TARGETS in parts:
            place.targets = dict(rules.targets) if rules.targets is not None else None
        if Part.CHAIN in parts:
            place.chain = stored_chain(rules.chain) if rules.chain is not None else None
    session.flush()
    return len(others)


def change_for_all(session: Session, targets: Targets, chain: Sequence[Step], *, now: datetime) -> None:
    """Set what holds at every place that has none of its own; the defaults themselves are not stored."""
    recount(session, now=now)
    value: Mapping[str, Any] = {"targets": dict(targets), "chain": stored_chain(chain)}
    usual = {"targets": dict(targets_of()), "chain": stored_chain(chain_of())}
    keep(session, Kept.CLOCK, {} if value == usual else dict(value), now=now)


def _rules(place: Location) -> PlaceRules:
    return PlaceRules(
        id=place.id,
        name=place.name,
        timezone=place.timezone,
        is_set=place.opening is not None,
        opening=opening_of(place.opening),
        targets=targets_of(place.targets) if place.targets else None,
        chain=chain_of(place.chain) if place.chain is not None else None,
        contact=place.contact,
        is_protected=place.is_protected,
    )
