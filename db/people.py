"""The people who work with Amends and their roles. Functions flush and never commit.

Mail addresses are handed in normalised and in lower case; passwords as hashes.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, delete, exists, func, or_, select, text
from sqlalchemy.orm import Session, selectinload

from .errors import BadValue, LastOwner, PersonExists
from .models import LinkPurpose, Membership, Person, PersonLink, SignIn
from .phrases import say
from .roles import RANKS, Access, Act, Role, allows
from .wording import cut, named

SIGNATURE_MOST: Final = 160  # characters, as the column


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Somebody to choose."""

    id: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """One line of the list of people."""

    id: int
    email: str
    name: str
    is_active: bool
    has_password: bool
    has_second_factor: bool
    everywhere: Role | None
    at: Mapping[str, Role]  # by the name of the place
    location_ids: frozenset[int]
    last_seen_at: datetime | None
    invited_until: datetime | None  # an invitation that still waits


def is_anybody(session: Session) -> bool:
    """Whether there is a person at all; before the first, whoever installs Amends becomes its owner."""
    return bool(session.scalar(select(exists(select(Person.id)))))


def add_person(session: Session, email: str, *, name: str, access: Access, now: datetime) -> Person:
    """Somebody new, without a password.

    Raises:
        PersonExists: the address has a person already.
        BadValue: the name is empty.
    """
    name = named(name)
    if find_person(session, email) is not None:
        raise PersonExists(f"There is already a person with the address {cut(email, 80)}.")
    person = Person(
        email=email, name=name, session_key=_new_key(), passkey_handle=_new_key(), created_at=now, memberships=[]
    )
    session.add(person)
    session.flush()
    set_access(session, person, access)
    return person


def claim_first(session: Session, email: str, *, name: str, password_hash: str, now: datetime) -> Person | None:
    """The first person, owner of everything; None where there is somebody already. Of two at once one succeeds."""
    if session.get_bind().dialect.name == "postgresql":  # SQLite has one writer anyway
        session.execute(text("LOCK TABLE person IN SHARE ROW EXCLUSIVE MODE"))
    if is_anybody(session):
        return None
    person = add_person(session, email, name=name, access=Access(everywhere=Role.OWNER), now=now)
    person.password_hash = password_hash
    session.flush()
    return person


def find_person(session: Session, email: str) -> Person | None:
    """The person of a mail address."""
    return session.scalars(select(Person).where(Person.email == email)).one_or_none()


def get_person(session: Session, person_id: int) -> Person | None:
    """The person of this id."""
    return session.get(Person, person_id)


def rename_person(session: Session, person: Person, name: str) -> None:
    """Raises BadValue where the name is empty."""
    person.name = named(name)
    session.flush()


def set_signature(session: Session, person: Person, words: str) -> None:
    """What they sign answers with; empty: their name. Raises BadValue where it is too long."""
    words = " ".join(words.replace("\x00", "").split())
    if len(words) > SIGNATURE_MOST:
        raise BadValue(say("That is too long: %(most)s letters at most.", most=SIGNATURE_MOST))
    person.signature = words
    session.flush()


def set_keys(session: Session, person: Person, keys: Mapping[str, Any]) -> None:
    """Which single keys the pages listen to; nothing: as everybody starts."""
    person.keys = dict(keys) or None
    session.flush()


def access_of(person: Person) -> Access:
    """What somebody may do where."""
    return _access(person.memberships)


def set_access(session: Session, person: Person, access: Access) -> None:
    """Replace all roles.

    Raises:
        LastOwner: nobody would own all places any more.
    """
    if access.everywhere is not Role.OWNER:
        _keep_an_owner(session, person)
    person.memberships.clear()
    session.flush()
    wanted = [(None, access.everywhere)] if access.everywhere else []
    wanted += sorted(access.at.items())  # type: ignore[arg-type]  # the first of a pair is None or the id of a place
    for location_id, role in wanted:
        person.memberships.append(Membership(location_id=location_id, role=role))
    session.flush()


def disable_person(session: Session, person: Person) -> None:
    """Let somebody in no more, and end all sessions. What they did stays.

    Raises:
        LastOwner: nobody would own all places any more.
    """
    _keep_an_owner(session, person)
    person.is_active = False
    _lock_out(session, person)


def enable_person(session: Session, person: Person) -> None:
    """Let somebody in again."""
    person.is_active = True
    session.flush()


def set_password(session: Session, person: Person, password_hash: str) -> None:
    """A new password ends every session and voids every link: whoever knew the old one is out."""
    person.password_hash = password_hash
    _lock_out(session, person)


def list_people(session: Session, *, now: datetime, places: Collection[int] | None = None) -> list[PersonRow]:
    """Everybody by name; with `places`, who has a role at one of them or at all."""
    wanted = select(Person).options(selectinload(Person.memberships).selectinload(Membership.location))
    if places is not None:
        here = or_(Membership.location_id.is_(None), Membership.location_id.in_(places))
        wanted = wanted.where(Person.memberships.any(here))
    people = session.scalars(wanted.order_by(func.lower(Person.name), Person.id)).all()
    waiting = select(PersonLink.person_id, func.max(PersonLink.expires_at)).where(
        PersonLink.purpose == LinkPurpose.INVITATION, PersonLink.expires_at > now
    )
    invited: dict[int, datetime] = dict(session.execute(waiting.group_by(PersonLink.person_id)).all())
    return [_row(person, invited.get(person.id)) for person in people]


def who_may(session: Session, act: Act, location_id: int | None, *, limit: int = 5) -> list[str]:
    """The names of those to ask for something, at this place or at all of them."""
    places = [] if location_id is None else [location_id]
    return [one.name for one in people_at(session, act, places, limit=limit)]


def owners_of_all(session: Session) -> list[Person]:
    """Everybody who may do everything everywhere, and can sign in."""
    owns = select(Membership.person_id).where(Membership.location_id.is_(None), Membership.role == Role.OWNER)
    return list(session.scalars(select(Person).where(Person.is_active, Person.id.in_(owns)).order_by(Person.id)))


def people_at(session: Session, act: Act, places: Collection[int] | None, *, limit: int | None = None) -> list[Named]:
    """Everybody who may do this at one of these places, by name. No place: at all of them; None: anywhere."""
    able: ColumnElement[bool] = Membership.role.in_([role for role in Role if allows(role, act)])
    if places is not None:
        able = and_(able, or_(Membership.location_id.is_(None), Membership.location_id.in_(places)))
    who = select(Person.id, Person.name).where(Person.is_active, Person.memberships.any(able))
    rows = session.execute(who.order_by(func.lower(Person.name), Person.id).limit(limit))
    return [Named(id=row.id, name=row.name) for row in rows]


def people_here(session: Session, location_id: int) -> list[tuple[Named, Role]]:
    """Everybody who can sign in and has a role at this place, or at all of them, by name, with the highest role."""
    roles = (
        select(Person.id, Person.name, Membership.role)
        .join(Membership, Membership.person_id == Person.id)
        .where(Person.is_active, or_(Membership.location_id.is_(None), Membership.location_id == location_id))
    )
    found: dict[Named, Role] = {}
    for row in session.execute(roles.order_by(func.lower(Person.name), Person.id)):
        one = Named(id=row.id, name=row.name)
        found[one] = max(found.get(one, row.role), row.role, key=RANKS.__getitem__)
    return list(found.items())


def _row(person: Person, invited_until: datetime | None) -> PersonRow:
    access = access_of(person)
    return PersonRow(
        id=person.id,
        email=person.email,
        name=person.name,
        is_active=person.is_active,
        has_password=bool(person.password_hash),
        has_second_factor=bool(person.sealed_totp),
        everywhere=access.everywhere,
        at={one.location.name: one.role for one in person.memberships if one.location is not None},
        location_ids=frozenset(access.at),
        last_seen_at=person.last_seen_at,
        invited_until=invited_until,
    )


def _access(memberships: Sequence[Membership]) -> Access:
    everywhere = [one.role for one in memberships if one.location_id is None]
    return Access(
        everywhere=max(everywhere, key=RANKS.__getitem__, default=None),
        at={one.location_id: one.role for one in memberships if one.location_id is not None},
    )


def _keep_an_owner(session: Session, person: Person) -> None:
    """Raise LastOwner where this is the only active owner of all places."""
    if not person.is_active or access_of(person).everywhere is not Role.OWNER:
        return
    # Two owners who put each other out at the same moment wait for each other here.
    owners = (
        select(Person.id)
        .join(Membership, Membership.person_id == Person.id)
        .where(Person.is_active, Membership.location_id.is_(None), Membership.role == Role.OWNER)
        .order_by(Person.id)
        .with_for_update(of=Person)
    )
    if set(session.scalars(owners)) <= {person.id}:
        raise LastOwner(f"{person.name} is the only owner of all places. Make somebody else one first.")


def _lock_out(session: Session, person: Person) -> None:
    person.session_key = _new_key()
    session.execute(delete(SignIn).where(SignIn.person_id == person.id))
    session.execute(delete(PersonLink).where(PersonLink.person_id == person.id))
    session.flush()


def _new_key() -> str:
    return secrets.token_hex(32)
