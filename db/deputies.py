"""To whom work and mails go while somebody is away: to who stands in, where they may do at the place what it takes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from .absences import Absences
from .models import Person
from .outbox import Order
from .queries.places import places_of_cases
from .roles import Act
from .staff import Staff


@dataclass(frozen=True, slots=True, kw_only=True)
class AwayHere:
    """Somebody who is away today, and who acts for them at a place; empty: nobody."""

    until_on: date
    stand_in: str


def stand_in(staff: Staff, absences: Absences, person_id: int, act: Act, location_id: int, timezone: str) -> int | None:
    """Who does this in their place today, themselves unless they are away. None: nobody who may."""
    acting = absences.acting(person_id, timezone)
    return acting if acting is not None and staff.may(acting, act, location_id) else None


def acting_for(
    person_ids: Iterable[int], act: Act, staff: Staff, absences: Absences, *, location_id: int, timezone: str
) -> dict[Person, str]:
    """Who hears of it today, each with the name of whom they stand in for; without anybody, whoever is away does."""
    told: dict[Person, str] = {}
    for id_ in person_ids:
        to = stand_in(staff, absences, id_, act, location_id, timezone)
        if to is None or to == id_:
            told[staff.person(id_)] = ""
        else:
            told.setdefault(staff.person(to), staff.person(id_).name)
    return told


def away_here(session: Session, absences: Absences, *, location_id: int, timezone: str) -> dict[int, AwayHere]:
    """Everybody who is away today, by id, with who works on cases of this place for them."""
    if not absences:
        return {}
    staff = Staff(session)
    found: dict[int, AwayHere] = {}
    for person_id in absences.people():
        if (away := absences.of(person_id, timezone)) is not None:
            to = stand_in(staff, absences, person_id, Act.WORK, location_id, timezone)
            name = staff.person(to).name if to is not None else ""
            found[person_id] = AwayHere(until_on=away.until_on, stand_in=name)
    return found


def deputised(session: Session, orders: Iterable[Order], *, now: datetime, but: int | None = None) -> list[Order]:
    """The same mails about cases, those to people who are away to who stands in for them, if they may see the case.

    `but` is who does what is told: they do not hear of it in somebody else's place either.
    """
    orders = list(orders)
    absences = Absences(session, now=now)
    if not absences or not orders:
        return orders
    staff = Staff(session)
    places = {
        place.case_id: place
        for place in places_of_cases(session, [one.case_id for one in orders if one.case_id is not None])
    }
    own: list[Order] = []
    others: list[Order] = []
    for order in orders:
        if order.case_id is None:  # those about anything else find their deputies themselves
            own.append(order)
            continue
        place = places[order.case_id]
        at = (place.location_id, place.timezone)
        to = stand_in(staff, absences, order.person_id, Act.READ, *at)
        if to is None or to == order.person_id:
            own.append(order)
        elif to != but:
            absent = staff.person(order.person_id).name
            others.append(replace(order, person_id=to, facts={**order.facts, "for": absent, "for_id": order.person_id}))
    return own + others  # whoever hears of it anyhow does so in their own name
