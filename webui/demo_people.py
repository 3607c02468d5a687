"""The people of the demo: one of each role, entered with a click. Nobody knows a password of theirs; there is none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from db.acting import Actor
from db.api_tokens import make_token
from db.models import Location, Person
from db.people import access_of, add_person, find_person, set_signature
from db.roles import Access, Role
from db.scopes import Scope
from db.sources import list_locations

from .faults import Refused
from .pages import Pages

PEOPLE = (  # name, address, role, whether at the first place alone, what they sign with behind their name
    ("Olivia Ferri", "olivia@lanterna.example", Role.OWNER, False, "owner"),
    ("Amir Haddad", "amir@lanterna.example", Role.APPROVER, False, "manager"),
    ("Sofia Brandt", "sofia@lanterna.example", Role.STAFF, True, "front desk"),
    ("Viktor Lind", "viktor@lanterna.example", Role.VIEWER, False, ""),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoPerson:
    """Somebody whose part can be played."""

    name: str
    role: Role
    place: str  # empty: all of them
    person_id: int
    session_key: str


def register(session: Session, now: datetime) -> None:
    """Add those who are missing."""
    places = list_locations(session)
    for name, email, role, is_at_one, signs in PEOPLE:
        if find_person(session, email) is None:
            access = Access(at={places[0].id: role}) if is_at_one and places else Access(everywhere=role)
            person = add_person(session, email, name=name, access=access, now=now)
            set_signature(session, person, f"{name}, {signs}" if signs else "")
            if role is Role.OWNER:  # a program of hers, whose secret nobody has
                by = Actor(person_id=person.id, name=name, now=now)
                scopes = (Scope.READ_PLACES, Scope.WRITE_COMPLAINTS)
                make_token(session, person.id, "Till at the bar", scopes, days=365, by=by)


def is_demo(parts: Pages) -> bool:
    """Whether parts may be played: the folder is a demo's, nobody called it production, nobody else reaches it."""
    from .standin_mode import is_production, read_plan

    if not parts.settings.is_local or is_production():
        return False
    try:
        return read_plan(parts.database.data_dir) is not None
    except Refused:
        return False


def demo_people(session: Session) -> list[DemoPerson]:
    """Those who are there, by role."""
    found = [find_person(session, email) for _, email, *_ in PEOPLE]
    return [_shown(session, person) for person in found if person is not None and person.is_active]


def _shown(session: Session, person: Person) -> DemoPerson:
    access = access_of(person)
    (place_id, role), *_ = [*access.at.items(), (0, access.everywhere)]
    place = session.get(Location, place_id) if place_id else None
    return DemoPerson(
        name=person.name,
        role=role or Role.VIEWER,
        place=place.name if place else "",
        person_id=person.id,
        session_key=person.session_key,
    )
