"""People and their roles in the database, also when two change them at the same moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from db.errors import BadValue, LastOwner, PersonExists
from db.factors import swap_codes, use_period
from db.models import LinkPurpose, Membership, Person
from db.people import access_of, add_person, claim_first, disable_person, list_people, set_access, who_may
from db.person_links import make_link, use_link
from db.roles import Access, Act, Role
from db.session import session_scope
from tests.factories import make_location

OWNER = Access(everywhere=Role.OWNER)


def test_roles_are_replaced_as_a_whole(session: Session, now: datetime) -> None:
    """At places and everywhere; nothing is left behind."""
    place = make_location(session).id
    add_person(session, "boss@x.example", name="Boss", access=OWNER, now=now)
    person = add_person(session, "a@x.example", name=" Ana  Lópes ", access=Access(at={place: Role.STAFF}), now=now)
    assert person.name == "Ana Lópes"
    for access in (Access(everywhere=Role.VIEWER, at={place: Role.OWNER}), Access(), Access(at={place: Role.VIEWER})):
        set_access(session, person, access)
        session.expire(person)
        assert access_of(person) == access
    assert session.scalar(select(func.count()).select_from(Membership)) == 2


def test_one_person_for_each_address(session: Session, now: datetime) -> None:
    """And each has a name."""
    add_person(session, "a@x.example", name="Ana", access=OWNER, now=now)
    with pytest.raises(PersonExists):
        add_person(session, "a@x.example", name="Other", access=OWNER, now=now)
    with pytest.raises(BadValue):
        add_person(session, "b@x.example", name=" ", access=OWNER, now=now)


def test_list_of_a_place_leaves_out_who_has_nothing_to_do_there(session: Session, now: datetime) -> None:
    """Who may do everything everywhere is listed at each place."""
    here, there = make_location(session), make_location(session)
    add_person(session, "o@x.example", name="Olga", access=OWNER, now=now)
    add_person(session, "h@x.example", name="Hans", access=Access(at={here.id: Role.STAFF}), now=now)
    add_person(session, "t@x.example", name="Thea", access=Access(at={there.id: Role.OWNER}), now=now)
    assert [row.name for row in list_people(session, now=now)] == ["Hans", "Olga", "Thea"]
    assert [row.name for row in list_people(session, now=now, places={here.id})] == ["Hans", "Olga"]
    assert who_may(session, Act.SOURCES, there.id) == ["Olga", "Thea"]
    assert who_may(session, Act.SOURCES, None) == ["Olga"]


def test_place_takes_its_roles_along(session: Session, now: datetime) -> None:
    """A place that is deleted leaves nobody a role at nothing."""
    place = make_location(session)
    person = add_person(session, "a@x.example", name="Ana", access=Access(at={place.id: Role.STAFF}), now=now)
    session.delete(place)
    session.flush()
    session.expire(person)
    assert access_of(person) == Access()


def together(engine: Engine, *works: object) -> list[object]:
    """What came of these, each in a transaction of its own, at the same moment."""

    def work(one: object) -> object:
        try:
            with session_scope(engine) as session:
                return one(session)  # type: ignore[operator]
        except LastOwner as error:
            return error

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(work, works))


def test_two_owners_cannot_shut_each_other_out(engine: Engine, now: datetime) -> None:
    """One of them stays, whoever comes first."""
    with session_scope(engine) as session:
        ids = [add_person(session, f"{name}@x.example", name=name, access=OWNER, now=now).id for name in "ab"]
    done = together(
        engine, *(lambda session, id_=id_: disable_person(session, session.get(Person, id_)) for id_ in ids)
    )
    assert sorted(type(one).__name__ for one in done) == ["LastOwner", "NoneType"]


def test_first_owner_is_one(engine: Engine, now: datetime) -> None:
    """Of several who come first at once."""

    def claim(number: int) -> object:
        return lambda session: claim_first(session, f"{number}@x.example", name="First", password_hash="x", now=now)

    done = together(engine, *(claim(number) for number in range(4)))
    assert sum(one is not None for one in done) == 1


def test_what_works_once_works_once(engine: Engine, now: datetime) -> None:
    """A link, the code of a period, a recovery code: of several who use it at once one is let in."""
    with session_scope(engine) as session:
        person = add_person(session, "a@x.example", name="Ana", access=OWNER, now=now)
        token = make_link(session, person.id, LinkPurpose.RESET, now=now)
        person_id = person.id
    for use in (
        lambda session: use_link(session, token, now=now) is not None,
        lambda session: use_period(session, person_id, 7),
        lambda session: swap_codes(session, person_id, "", "sealed"),
    ):
        assert together(engine, *[use] * 4).count(True) == 1
