"""What programs read: who they are, places, sources, reviews and cases."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from flask import Response
from sqlalchemy.orm import Session

from db.causes import cause_of, list_causes
from db.complaints import complaint_of
from db.models import Cause
from db.notes import notes_of
from db.people import people_at
from db.queries.filtering import Filters
from db.queries.queue import QueuePage, QueueView, Reader, queue_page
from db.queries.reviews import ReviewDetail, review_detail
from db.queries.sources import SourceOverview, source_page
from db.roles import Act
from db.scopes import Scope
from db.session import read_scope
from db.sources import list_locations
from db.tags import tags_of

from ..cause_lists import cause_words
from ..ids import ID_MOST
from ..pages import pages
from .door import caller, operation, reads_contacts, sent
from .given import PlacePath, ReviewPath, Which, WhichCases, WhichReviews
from .problems import Refused
from .told import (
    Cases,
    CaseTold,
    CaseWhole,
    Named,
    NamedList,
    Place,
    PlaceRole,
    Places,
    Reviews,
    ReviewTold,
    ReviewWhole,
    Sources,
    SourceTold,
    Whoami,
    case_tag,
)

ONE = f"<int(max={ID_MOST}):review_id>"
OF_PAGE = 200  # sources that are read at a time


@operation("GET", "/whoami", Whoami, group="Who")
def whoami() -> Response:
    """Whose token this is, and what it may do."""
    who = caller()
    everywhere = [(None, who.access.everywhere)] if who.access.everywhere else []
    roles = [PlaceRole(place_id=id_, role=role.value) for id_, role in [*everywhere, *sorted(who.access.at.items())]]
    return sent(
        Whoami(
            person=Named(id=who.person_id, name=who.person_name),
            token=Named(id=who.token_id, name=who.token_name),
            scopes=sorted(who.scopes),
            roles=roles,
            expires_at=who.expires_at,
        )
    )


@operation("GET", "/places", Places, group="Places", scope=Scope.READ_PLACES, act=Act.READ)
def list_places() -> Response:
    """The places that the token's person may see."""
    access = caller().access
    with read_scope(pages().engine) as session:
        items = [
            Place(id=one.id, slug=one.slug, name=one.name, timezone=one.timezone, role=role.value)
            for one in list_locations(session)
            if (role := access.role_at(one.id)) is not None
        ]
    return sent(Places(items=items))


@operation("GET", "/sources", Sources, group="Places", scope=Scope.READ_PLACES, act=Act.READ)
def list_sources() -> Response:
    """Where the reviews of these places come from, and how reading them goes."""
    found: list[SourceOverview] = []
    with read_scope(pages().engine) as session:
        for number in range(1, 100):
            page = source_page(
                session, now=pages().clock(), page=number, size=OF_PAGE, places=caller().access.places(Act.READ)
            )
            found += page.rows
            if number >= page.pages:
                break
    return sent(Sources(items=[SourceTold.of(row) for row in found]))


@operation("GET", f"/places/<int(max={ID_MOST}):place_id>/people", NamedList, group="Places",
           scope=Scope.READ_CASES, act=Act.READ, of="place_id", also=(422,))  # fmt: skip
def list_people(path: PlacePath) -> Response:
    """Those who may be given the cases of a place."""
    with read_scope(pages().engine) as session:
        people = people_at(session, Act.WORK, [path.place_id])
    return sent(NamedList(items=[Named(id=one.id, name=one.name) for one in people]))


@operation("GET", "/causes", NamedList, group="Cases", scope=Scope.READ_CASES, act=Act.READ)
def causes() -> Response:
    """The causes that may be chosen for a case."""
    with read_scope(pages().engine) as session:
        return sent(NamedList(items=[Named(id=one.id, name=cause_words(one)) for one in list_causes(session)]))


@operation("GET", "/reviews", Reviews, group="Reviews", scope=Scope.READ_REVIEWS, act=Act.READ, also=(400, 422))
def list_reviews(query: WhichReviews) -> Response:
    """Reviews page by page, the newest first unless asked otherwise."""
    with read_scope(pages().engine) as session:
        page = _page(session, query, QueueView.ALL)
    is_open = reads_contacts()
    return sent(Reviews(items=[ReviewTold.of(row, is_open=is_open) for row in page.rows], next=page.next_cursor))


@operation("GET", f"/reviews/{ONE}", ReviewWhole, group="Reviews", scope=Scope.READ_REVIEWS, act=Act.READ,
           of="review_id", also=(422,))  # fmt: skip
def get_review(path: ReviewPath) -> Response:
    """One review with its earlier wordings."""
    with read_scope(pages().engine) as session:
        detail = _detail(session, path.review_id)
    return sent(ReviewWhole.whole(detail, is_open=reads_contacts()))


@operation("GET", "/cases", Cases, group="Cases", scope=Scope.READ_CASES, act=Act.READ, also=(400, 422))
def list_cases(query: WhichCases) -> Response:
    """The queue page by page, as a view of it shows it: by urgency unless asked otherwise."""
    with read_scope(pages().engine) as session:
        page = _page(session, query, query.view)
        tags = tags_of(session, [row.case_id for row in page.rows])
    return sent(Cases(items=[CaseTold.of(row, tags.get(row.case_id, [])) for row in page.rows], next=page.next_cursor))


@operation("GET", f"/cases/{ONE}", CaseWhole, group="Cases", scope=Scope.READ_CASES, act=Act.READ, of="review_id",
           also=(422,), headers=("ETag",))  # fmt: skip
def get_case(path: ReviewPath) -> Response:
    """The work on one review. Its ETag is what changes want as If-Match."""
    with read_scope(pages().engine) as session:
        told = case_told(session, path.review_id)
    return sent(told, ETag=case_tag(path.review_id, told.version))


def case_told(session: Session, review_id: int) -> CaseWhole:
    """The case as it stands now."""
    detail = _detail(session, review_id)
    chosen = cause_of(session, review_id)
    cause = session.get(Cause, chosen.cause_id) if chosen and chosen.cause_id else None
    return CaseWhole.whole(
        detail,
        tags_of(session, [detail.case_id]).get(detail.case_id, []),
        cause=Named(id=cause.id, name=cause_words(cause)) if cause else None,
        notes=notes_of(session, detail.case_id, reader_id=caller().person_id),
        complaint=complaint_of(session, review_id),
        is_open=reads_contacts(),
    )


def _detail(session: Session, review_id: int) -> ReviewDetail:
    found = review_detail(session, review_id)
    if found is None:
        raise Refused("not-found")
    return found


def _page(session: Session, query: Which, view: QueueView) -> QueuePage:
    sort: Any = getattr(query, "sort")  # noqa: B009 - each kind of question has its own default
    return queue_page(
        session,
        view,
        filters=_filters(query),
        sort=sort,
        after=query.after or None,
        limit=query.limit,
        places=caller().access.places(Act.READ),
        reader=Reader(person_id=caller().person_id, now=pages().clock()),
    )


def _filters(query: Which) -> Filters:
    given = query.model_dump()
    values = {one.name: given[one.name] for one in fields(Filters) if one.name in given}
    lists = {name: tuple(value) for name, value in values.items() if isinstance(value, list)}
    ticked = {"is_changed": query.changed, "is_complaint": query.complaint}
    return Filters(**{**values, **lists, **ticked, "search": query.q})
