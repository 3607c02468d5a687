"""Customers: who wrote or complained more than once, and all that is held of them across cases.

Two are one customer only by the same author id at the same platform and host, by the same mail address or number that
they gave themselves, or because somebody who works here said so. A name alone makes nobody the same; nothing is looked
up elsewhere. Only what the reader may see is followed: a link through somebody else's place joins nobody.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true, tuple_
from sqlalchemy.orm import Session

from ..complaints import contact_key
from ..models import BY_HAND, Case, CaseStage, CaseState, Complaint, CustomerMerge, PrivateMessage, Review, Source
from ..search import found_by
from ..words import terms_of, words_of

MOST: Final = 200  # reviews of one customer: more are a site that gives all its writers one id
FOUND_MOST: Final = 30
LOOKED_THROUGH: Final = 20_000  # reviews whose words fit what is searched for
_CHUNK: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerReview:
    """One review or complaint of a customer, with the case on it."""

    review_id: int
    case_id: int
    location_id: int
    source_name: str
    platform: str
    author_name: str
    author_ref: str
    contact: str  # as they gave it with a complaint; else where somebody wrote to them
    published_at: datetime
    state: CaseState
    stage: CaseStage


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """All reviews of one customer that the reader may see, the oldest first; at least one."""

    reviews: tuple[CustomerReview, ...]
    is_partial: bool = False  # there are more than are looked at

    @property
    def id(self) -> int:
        """By what the customer is named: the lowest id of their reviews."""
        return min(one.review_id for one in self.reviews)

    @property
    def name(self) -> str:
        """The name they gave last; empty where nobody knows one."""
        return next((one.author_name for one in reversed(self.reviews) if one.author_name), "")

    @property
    def names(self) -> tuple[str, ...]:
        """Every name, the first one before."""
        return _distinct(one.author_name for one in self.reviews)

    @property
    def contacts(self) -> tuple[str, ...]:
        return _distinct(one.contact for one in self.reviews)

    @property
    def case_ids(self) -> tuple[int, ...]:
        return tuple(one.case_id for one in self.reviews)


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeRow:
    """Somebody said that two are one."""

    id: int
    review_id: int
    other_id: int
    person_name: str
    merged_at: datetime


def customer_of(session: Session, review_id: int, *, places: Collection[int] | None) -> Customer | None:
    """The customer who wrote this review, as far as whoever may read these places (None: all) sees; None: not there."""
    seen: dict[int, CustomerReview] = {}
    fresh = _read(session, Review.id == review_id, places)
    while fresh and len(seen) <= MOST:
        seen |= {one.review_id: one for one in fresh}
        found = _beside(session, fresh, places)
        fresh = [one for one in found if one.review_id not in seen]
    if not seen:
        return None
    ordered = sorted(seen.values(), key=lambda one: (one.published_at, one.review_id))
    return Customer(reviews=tuple(ordered[:MOST]), is_partial=len(ordered) > MOST)


def merges_of(session: Session, customer: Customer) -> list[MergeRow]:
    """What somebody said of who is the same, among the reviews of a customer."""
    ids = [one.review_id for one in customer.reviews]
    rows = session.scalars(
        select(CustomerMerge)
        .where(CustomerMerge.review_id.in_(ids), CustomerMerge.other_id.in_(ids))
        .order_by(CustomerMerge.id)
    )
    return [
        MergeRow(
            id=one.id,
            review_id=one.review_id,
            other_id=one.other_id,
            person_name=one.person_name,
            merged_at=one.merged_at,
        )
        for one in rows
    ]


def find_customers(session: Session, query: str, *, places: Collection[int] | None) -> list[Customer]:
    """Whose name holds these words, or whose contact is or holds what was typed; the latest first."""
    query = query.strip()
    if not query:
        return []
    ids = [*_by_contact(session, query, places), *_by_name(session, query, places)]
    return _distinct_customers(session, ids, places)


def same_name(session: Session, customer: Customer, *, places: Collection[int] | None) -> list[Customer]:
    """Others of the same name, letter by letter: it may be somebody else, and a person says whether it is not."""
    own = {one.review_id for one in customer.reviews}
    names = {name for name in customer.names if len(name) > 2}
    if not names:
        return []
    wanted = _visible(select(Review.id), places).where(
        Review.author_name.in_(names), Review.id.not_in(own), Review.erased_at.is_(None)
    )
    ids = session.scalars(wanted.order_by(Review.published_at.desc()).limit(FOUND_MOST))
    return _distinct_customers(session, ids, places)


def recurring(session: Session, *, places: Collection[int] | None) -> list[Customer]:
    """Who came back: several reviews by one id, by one contact or by a person's word; the latest first."""
    latest = func.max(Review.published_at).desc()
    by_id = (
        _visible(select(func.max(Review.id)), places)
        .where(Review.author_ref != "")
        .group_by(Source.platform, Source.host, Review.author_ref)
        .having(func.count() > 1)
        .order_by(latest)
        .limit(FOUND_MOST)
    )
    given = (
        select(Review.author_ref)
        .join(Source, Source.id == Review.source_id)
        .where(Source.platform == BY_HAND, Review.author_ref != "")
    )
    written_to = select(PrivateMessage.case_id).where(PrivateMessage.address_key.in_(given))
    ids = list(session.scalars(by_id))
    for which in (Case.id.in_(written_to), Review.id.in_(select(CustomerMerge.review_id))):
        others = _visible(select(Review.id), places).where(which)
        ids += session.scalars(others.order_by(Review.published_at.desc()).limit(FOUND_MOST))
    found = [one for one in _distinct_customers(session, ids, places, most=len(ids)) if len(one.reviews) > 1]
    found.sort(key=lambda one: one.reviews[-1].published_at, reverse=True)
    return found[:FOUND_MOST]


def components(session: Session, *, places: Collection[int] | None) -> list[list[int]]:
    """The ids of the reviews of every customer with a name or a contact, each list in order, the first customer before.

    All at once, for files: some fifty bytes for each review.
    """
    parent: dict[int, int] = {}

    def root(one: int) -> int:
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    first: dict[Any, int] = {}
    columns = select(
        Review.id, Review.author_ref, Source.id.label("source_id"), Source.platform, Source.host,
        func.coalesce(PrivateMessage.address_key, "").label("address_key"),
    )  # fmt: skip
    rows = (
        _visible(columns, places)
        .outerjoin(PrivateMessage, PrivateMessage.case_id == Case.id)
        .where(Review.erased_at.is_(None), or_(Review.author_name != "", Review.author_ref != ""))
        .order_by(Review.id)
    )
    for row in session.execute(rows.execution_options(yield_per=_CHUNK)):
        parent[row.id] = row.id
        for key in _keys(row.author_ref, row.platform, row.host, row.source_id, row.address_key):
            parent[root(row.id)] = root(first.setdefault(key, row.id))
    for one, other in session.execute(select(CustomerMerge.review_id, CustomerMerge.other_id)):
        if one in parent and other in parent:
            parent[root(other)] = root(one)
    found: dict[int, list[int]] = {}
    for one in parent:
        found.setdefault(root(one), []).append(one)
    return sorted(found.values())


def customers(session: Session, groups: Iterable[list[int]], *, places: Collection[int] | None) -> list[Customer]:
    """These, given as `components` does."""
    groups = list(groups)
    ids = [one for group in groups for one in group]
    read = {one.review_id: one for one in _read(session, Review.id.in_(ids), places, most=None)}
    made = []
    for group in groups:
        reviews = sorted((read[one] for one in group if one in read), key=lambda one: (one.published_at, one.review_id))
        if reviews:
            made.append(Customer(reviews=tuple(reviews)))
    return made


def _keys(author_ref: str, platform: str, host: str, source_id: int, address_key: str) -> Iterable[Any]:
    """By what one is the same as others: see `_beside`, which asks the database the same."""
    if author_ref:
        if platform == BY_HAND:
            yield author_ref
        else:
            yield (platform, host, source_id if not host else 0, author_ref)
    if address_key:
        yield address_key


def _beside(session: Session, fresh: list[CustomerReview], places: Collection[int] | None) -> list[CustomerReview]:
    """Everything that is joined with one of these by an id, a contact or a person's word."""
    ids = [one.review_id for one in fresh]
    named = session.execute(
        select(Source.platform, Source.host, Review.source_id, Review.author_ref)
        .join(Source, Source.id == Review.source_id)
        .where(Review.id.in_(ids), Review.author_ref != "", Source.platform != BY_HAND)
    ).all()
    refs = {(row.platform, row.host, row.author_ref) for row in named if row.host}
    alone = {(row.source_id, row.author_ref) for row in named if not row.host}
    contacts = {key for one in fresh if (key := contact_key(one.contact))}
    case_ids = [one.case_id for one in fresh]
    contacts |= set(session.scalars(select(PrivateMessage.address_key).where(PrivateMessage.case_id.in_(case_ids))))
    contacts |= {one.author_ref for one in fresh if one.platform == BY_HAND}
    contacts.discard("")
    wanted: list[ColumnElement[bool]] = []
    if refs:
        wanted.append(tuple_(Source.platform, Source.host, Review.author_ref).in_(refs))
    if alone:
        wanted.append(tuple_(Review.source_id, Review.author_ref).in_(alone))
    if contacts:
        wanted.append(and_(Source.platform == BY_HAND, Review.author_ref.in_(contacts)))
        wanted.append(Case.id.in_(select(PrivateMessage.case_id).where(PrivateMessage.address_key.in_(contacts))))
    there = select(CustomerMerge.other_id).where(CustomerMerge.review_id.in_(ids))
    back = select(CustomerMerge.review_id).where(CustomerMerge.other_id.in_(ids))
    wanted.append(Review.id.in_(there.union_all(back)))
    found: list[CustomerReview] = []
    for one in wanted:  # one by one: each has its index
        found += _read(session, one, places)
    return found


def _by_contact(session: Session, query: str, places: Collection[int] | None) -> list[int]:
    key, part = contact_key(query), f"%{_literal(query.lower())}%"
    is_there: ColumnElement[bool] = or_(
        func.lower(Complaint.contact).like(part, escape="\\"), PrivateMessage.address_key.like(part, escape="\\")
    )
    if key:
        is_there = or_(
            is_there, and_(Source.platform == BY_HAND, Review.author_ref == key), PrivateMessage.address_key == key
        )
    wanted = (
        _visible(select(Review.id), places)
        .outerjoin(Complaint, Complaint.review_id == Review.id)
        .outerjoin(PrivateMessage, PrivateMessage.case_id == Case.id)
        .where(or_(Complaint.review_id.is_not(None), PrivateMessage.case_id.is_not(None)), is_there)
    )
    return list(session.scalars(wanted.order_by(Review.published_at.desc()).limit(FOUND_MOST)))


def _by_name(session: Session, query: str, places: Collection[int] | None) -> list[int]:
    found = found_by(session, query)
    if found is None:
        return []
    terms = terms_of(query)
    wanted = (
        _visible(select(Review.id, Review.author_name), places)
        .where(Review.id.in_(found), Review.author_name != "")
        .order_by(Review.published_at.desc())
        .limit(LOOKED_THROUGH)
    )
    ids: list[int] = []
    for row in session.execute(wanted.execution_options(yield_per=_CHUNK)):
        words = words_of(row.author_name)
        if all(term.is_in(words) for term in terms):
            ids.append(row.id)
            if len(ids) == FOUND_MOST:
                break
    return ids


def _distinct_customers(
    session: Session, ids: Iterable[int], places: Collection[int] | None, *, most: int = FOUND_MOST
) -> list[Customer]:
    found: list[Customer] = []
    seen: set[int] = set()
    for review_id in ids:
        if review_id in seen:
            continue
        one = customer_of(session, review_id, places=places)
        if one is not None:
            seen |= {review.review_id for review in one.reviews} | {review_id}
            found.append(one)
    return found[:most]


def _read(
    session: Session, which: ColumnElement[bool], places: Collection[int] | None, *, most: int | None = MOST + 1
) -> list[CustomerReview]:
    columns = select(
        Review.id.label("review_id"), Case.id.label("case_id"), Source.location_id,
        Source.name.label("source_name"), Source.platform, Review.author_name, Review.author_ref,
        func.coalesce(func.nullif(Complaint.contact, ""), PrivateMessage.address, "").label("contact"),
        Review.published_at, Case.state, Case.stage,
    )  # fmt: skip
    rows = session.execute(
        _visible(columns, places)
        .outerjoin(Complaint, Complaint.review_id == Review.id)
        .outerjoin(PrivateMessage, PrivateMessage.case_id == Case.id)
        .where(which)
        .limit(most)
    )
    return [CustomerReview(**row) for row in rows.mappings()]


def _visible(columns: Select[*tuple[Any, ...]], places: Collection[int] | None) -> Select[*tuple[Any, ...]]:
    where = true() if places is None else Source.location_id.in_(places)
    joined = columns.select_from(Review).join(Source, Source.id == Review.source_id)
    return joined.join(Case, Case.review_id == Review.id).where(where)


def _distinct(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))


def _literal(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
