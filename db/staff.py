"""Everybody who may enter, and what they may do where. Read all at once, for there are few."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from .models import Person
from .people import access_of
from .roles import Act, Role


class Staff:
    """As they are when it is made; for one transaction."""

    def __init__(self, session: Session) -> None:
        everybody = select(Person).where(Person.is_active).options(selectinload(Person.memberships))
        self._all = {one.id: (one, access_of(one)) for one in session.scalars(everybody.order_by(Person.id))}

    def person(self, person_id: int) -> Person:
        """One of those who may do something somewhere."""
        return self._all[person_id][0]

    def may(self, person_id: int, act: Act, location_id: int) -> bool:
        """Whether they may do this there; nobody who was shut out may do anything."""
        return person_id in self._all and self._all[person_id][1].may(act, location_id)

    def may_anywhere(self, person_id: int, act: Act) -> bool:
        """At any place at all."""
        return person_id in self._all and self._all[person_id][1].may(act)

    def of_role(self, role: Role, location_id: int) -> list[int]:
        """Those who have this very role at a place."""
        return [id_ for id_, (_, access) in self._all.items() if access.role_at(location_id) is role]
