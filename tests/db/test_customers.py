"""Who is one customer: by an id, by a contact they gave, by a person's word; never by a name, never by a guess."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.acting import Actor
from db.complaints import Noted, take_complaint
from db.customers import merge, part
from db.erasing import erase
from db.errors import BadValue
from db.judging import case_of
from db.messages import Typed, save_message
from db.models import AuditEntry, Channel, CustomerMerge, ErasedFor
from db.queries.customers import (
    Customer,
    components,
    customer_of,
    customers,
    find_customers,
    merges_of,
    recurring,
    same_name,
)
from tests.factories import make_case, make_location, make_person, make_review, make_source


class Told:
    """Two places; who wrote and complained there."""

    def __init__(self, session: Session, now: datetime) -> None:
        self.session = session
        self.by = Actor(person_id=make_person(session).id, name="Ana", now=now)
        self.here, self.there = make_location(session).id, make_location(session).id
        where = {"platform": "yelp", "host": "api.yelp.com:443"}
        self.sources = [make_source(session, location_id=place, **where) for place in (self.here, self.there)]

    def review(self, at: int, **columns: str) -> int:
        review = make_review(self.session, self.sources[at], **columns)
        make_case(self.session, review)
        return review.id

    def complaint(self, place: int, contact: str, name: str = "") -> int:
        noted = Noted(channel=Channel.PHONE, words="The soup was cold.", name=name, contact=contact)
        return take_complaint(self.session, place, noted, by=self.by)

    def wrote_to(self, review_id: int, address: str) -> None:
        case = case_of(self.session, review_id)
        assert case is not None
        save_message(self.session, case.id, Typed(address=address, subject="", body="Sorry."), seen=0, by=self.by)

    def of(self, review_id: int, places: set[int] | None = None) -> set[int]:
        return ids(customer_of(self.session, review_id, places=places))


def ids(customer: Customer | None) -> set[int]:
    return {one.review_id for one in customer.reviews} if customer else set()


@pytest.fixture
def told(session: Session, now: datetime) -> Told:
    return Told(session, now)


def test_an_id_and_a_contact_join_and_a_name_does_not(told: Told, session: Session) -> None:
    """The id at both places, a number however it is written, a message's address; all are one by way of each other."""
    first = told.review(0, author_ref="u1", author_name="Ada Rossi")
    second = told.review(1, author_ref="u1", author_name="Ada R.")
    phoned = told.complaint(told.here, "+39 010 555-0142", "Ada Rossi")
    again = told.complaint(told.there, "+39 (010) 5550142")
    mailed = told.complaint(told.here, "ADA@rossi.example")
    told.wrote_to(first, "ada@rossi.example")
    told.review(0, author_ref="u2", author_name="Ada Rossi")
    told.review(0, author_name="Ada Rossi")
    told.complaint(told.here, "")
    told.complaint(told.here, "")
    assert told.of(second) == told.of(mailed) == {first, second, mailed}
    assert told.of(phoned) == {phoned, again}
    everybody = components(session, places=None)
    assert sorted(map(len, everybody)) == [1, 1, 2, 3]
    for group in everybody:
        assert all(told.of(one) == set(group) for one in group), "files and pages say the same"


def test_what_may_not_be_seen_joins_nobody(told: Told, session: Session) -> None:
    """Not even two reviews of one's own place, by way of another."""
    first, last = told.review(0, author_ref="u1"), told.review(0, author_ref="u2")
    between = told.review(1, author_ref="u1")
    merge(session, between, last, by=told.by)
    assert told.of(first) == {first, between, last}
    assert told.of(first, {told.here}) == {first}
    assert told.of(between, {told.here}) == set()
    assert [set(group) for group in components(session, places={told.here})] == [{first}, {last}]
    (customer,) = customers(session, [[first, between]], places={told.here})
    assert ids(customer) == {first}


def test_joined_by_hand_and_taken_apart(told: Told, session: Session) -> None:
    """Once however often it is said, whichever way round; both stand in the log, and nothing was moved."""
    one, other = told.review(0, author_ref="u1"), told.complaint(told.there, "ada@rossi.example")
    assert merge(session, one, other, by=told.by) == (said := merge(session, other, one, by=told.by))
    assert told.of(one) == {one, other}
    customer = customer_of(session, one, places=None)
    assert customer is not None
    assert [(row.id, row.person_name) for row in merges_of(session, customer)] == [(said, "Ana")]
    assert part(session, said, by=told.by)
    assert not part(session, said, by=told.by)
    assert told.of(one) == {one}
    for wrong in (one, 4711):
        with pytest.raises(BadValue):
            merge(session, one, wrong, by=told.by)
    kinds = [entry.kind for entry in session.scalars(select(AuditEntry).order_by(AuditEntry.id))]
    assert kinds == ["customers_merged", "customers_merged", "customers_parted"]


def test_erased_stays_apart(told: Told, session: Session, now: datetime) -> None:
    """Whoever asked to be forgotten is nobody's other half: the word that joined them goes with the name."""
    one, other = told.review(0, author_ref="u1", author_name="Ada"), told.complaint(told.here, "ada@rossi.example")
    merge(session, one, other, by=told.by)
    erase(session, [other], ErasedFor.REQUEST, now=now)
    assert session.scalars(select(CustomerMerge)).all() == []
    assert told.of(one) == {one}
    assert [set(group) for group in components(session, places=None)] == [{one}]
    with pytest.raises(BadValue):
        merge(session, one, other, by=told.by)


def test_found_by_name_mail_and_number(told: Told, session: Session) -> None:
    """Accents, case and blanks do not matter; a word of the text is no name; each customer stands there once."""
    first = told.review(0, author_ref="u1", author_name="Zoë Müller", body="Rossi is a fine name for a dog.")
    told.review(1, author_ref="u1", author_name="Zoë Müller")
    phoned = told.complaint(told.here, "+39 010 555-0142", "Ada Rossi")
    mailed = told.complaint(told.there, "ada@rossi.example")

    def found(query: str, places: set[int] | None = None) -> list[int]:
        return [one.id for one in find_customers(session, query, places=places)]

    assert found("muller") == found("zoe MÜLLER") == [first]
    assert found("rossi") in ([mailed, phoned], [phoned, mailed])
    assert found("+390105550142") == found("010 555-0142") == [phoned]
    assert found("ada@ROSSI.example") == [mailed]
    assert found("ada@rossi.example", {told.here}) == []
    assert found("%") == found("  ") == found("dog") == []
    assert [one.id for one in recurring(session, places=None)] == [first]
    assert recurring(session, places={told.here}) == []


def test_who_came_back_by_whatever_joins_them(told: Told, session: Session) -> None:
    """An id, a contact that was written to, or a person's word; each once, the latest first, and nobody with one."""
    by_id = told.review(0, author_ref="u1")
    told.review(0, author_ref="u1")
    written = told.review(0, author_name="K. Mertens")
    told.wrote_to(written, "k@post.example")
    told.complaint(told.here, "K@post.example")
    one, other = told.review(0, author_name="Ada"), told.review(1, author_name="Ada")
    merge(session, one, other, by=told.by)
    alone = told.review(1, author_ref="u2")
    told.wrote_to(alone, "nobody@else.example")
    found = recurring(session, places=None)
    assert {customer.id for customer in found} == {by_id, written, one}
    last = [customer.reviews[-1].published_at for customer in found]
    assert last == sorted(last, reverse=True)
    assert {customer.id for customer in recurring(session, places={told.there})} == set()


def test_a_name_is_a_hint_and_no_more(told: Told, session: Session) -> None:
    """Others of the same name are told beside, letter by letter."""
    one = told.review(0, author_ref="u1", author_name="Ada Rossi")
    other = told.review(0, author_name="Ada Rossi")
    told.review(0, author_name="ada rossi")
    customer = customer_of(session, one, places=None)
    assert customer is not None
    assert [ids(found) for found in same_name(session, customer, places=None)] == [{other}]
    assert same_name(session, customer, places={told.there}) == []
