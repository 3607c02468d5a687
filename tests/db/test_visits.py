"""When customers were there: kept as exactly as it is told, counted and filtered by the clocks of the place."""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from crawlers.items import DatePrecision, ReviewItem
from db.acting import Actor
from db.complaints import Noted, take_complaint
from db.erasing import erase
from db.errors import BadValue
from db.ingest import ingest
from db.models import BY_HAND, Case, CaseState, Channel, ErasedFor, Location, Retention, Review, Source
from db.queries.charted import complaint_visits
from db.queries.filtering import Filters
from db.queries.queue import QueueView, queue_page
from db.queries.visits import DAYS, HOURS, UNKNOWN
from db.visits import note_visits
from tests.factories import NOW, an_item, make_case, make_location, make_person, make_review, make_source

# Clocks that change, that change by half an hour, that never do, and a zone that nobody knows.
ZONES = ("America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "Mars/Olympus")
OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))
DINNER = datetime(2026, 10, 30, 19, 30, tzinfo=UTC)


class Installation:
    """Places in four zones, with visits about the nights on which clocks change, in spring and in autumn."""

    def __init__(self, session: Session, seed: int) -> None:
        chance = random.Random(seed)
        self.facts: list[tuple[Location, Source, Review, Case]] = []
        for zone in ZONES:
            place = make_location(session, timezone=zone)
            sources = [make_source(session, location=place, platform=one) for one in ("thefork", BY_HAND)]
            for _ in range(60):
                precision = chance.choice(("instant", "instant", "instant", "day", "month", ""))
                at = _some_visit(chance)
                at = {"day": at.replace(hour=0, minute=0), "month": at.replace(day=1, hour=0, minute=0)}.get(
                    precision, at
                )
                review = make_review(
                    session,
                    chance.choice((sources[0], *sources)),
                    published_at=datetime(2026, 10, 1, tzinfo=UTC) + timedelta(hours=chance.randint(-30, 31 * 24 + 30)),
                    published_precision="instant",
                    visited_at=at if precision else None,
                    visited_precision=precision,
                )
                case = make_case(
                    session,
                    review,
                    state=chance.choice((*CaseState, CaseState.OPEN)),
                    is_flagged=chance.random() < 0.6,
                    is_risky=chance.random() < 0.1,
                    said_angry=chance.choice((None, None, False, True)),
                )
                self.facts.append((place, sources[1], review, case))

    def complaints(self) -> list[tuple[Review, tuple[int | None, int | None]]]:
        """In the slow and plain way: those written in October, with weekday and hour."""
        found = []
        for place, by_hand, review, case in self.facts:
            said = case.is_flagged if case.said_angry is None else case.said_angry
            is_complaint = case.is_risky or said or review.source_id == by_hand.id
            day = review.published_at.astimezone(_zone(place)).date()
            if is_complaint and case.state is not CaseState.NOT_US and OCTOBER[0] <= day <= OCTOBER[1]:
                found.append((review, slow(review, place)))
        return found


def _some_visit(chance: random.Random) -> datetime:
    """Minutes from a turn of the clocks somewhere, or at any time of two years."""
    turn = chance.choice(((2026, 11, 1, 6, 0), (2026, 3, 8, 7, 0), (2026, 4, 4, 15, 0), (2025, 10, 4, 15, 30)))
    if chance.random() < 0.5:
        return datetime(*turn, tzinfo=UTC) + timedelta(minutes=chance.choice((-61, -1, 0, 1, 29, 30, 61)))
    return datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=chance.randint(0, 700 * 24 * 60))


def _zone(place: Location) -> ZoneInfo:
    return ZoneInfo("UTC" if place.timezone == "Mars/Olympus" else place.timezone)


def slow(review: Review, place: Location) -> tuple[int | None, int | None]:
    """Weekday and hour of a visit, as far as they are known."""
    at = review.visited_at
    if at is None or review.visited_precision == "month":
        return None, None
    if review.visited_precision == "day":
        return at.weekday(), None
    local = at.astimezone(_zone(place))
    return local.weekday(), local.hour


@pytest.mark.parametrize("seed", range(3))
def test_visits_are_counted_by_the_clocks_of_the_place(session: Session, seed: int) -> None:
    """As a plain count does it, hour by hour, of all places and of one."""
    made = Installation(session, seed)
    for places in (None, [made.facts[0][0].id], []):
        wanted = Counter(
            when for review, when in made.complaints() if places is None or _place_of(session, review) in places
        )
        found = complaint_visits(session, OCTOBER, places=places)
        assert {(one.weekday, one.hour): one.complaints for one in found} == wanted
        assert places == [] or len(wanted) > 10


def _place_of(session: Session, review: Review) -> int:
    source = session.get(Source, review.source_id)
    assert source is not None
    return source.location_id


@pytest.mark.parametrize(
    ("days", "hours"),
    [
        (("fri",), ()),
        (("sat", "sun"), ("0", "1", "2", "23")),
        ((), ("12",)),
        ((), (UNKNOWN,)),
        ((UNKNOWN,), ()),
        ((UNKNOWN,), (UNKNOWN,)),
        ((UNKNOWN,), ("4",)),
        (("sun",), (UNKNOWN,)),
        (("mon", UNKNOWN), (UNKNOWN, "1")),
        (DAYS, HOURS),
        ((*DAYS, UNKNOWN), ()),
    ],
)
def test_the_queue_finds_visits(session: Session, days: tuple[str, ...], hours: tuple[str, ...]) -> None:
    """Each day and hour, and those that nobody knows; complaints alone are those that the chart counts."""
    made = Installation(session, 7)

    def fits(when: tuple[int | None, int | None]) -> bool:
        day = UNKNOWN if when[0] is None else DAYS[when[0]]
        hour = UNKNOWN if when[1] is None else str(when[1])
        return (not days or day in days) and (not hours or hour in hours)

    filters = Filters(visit_day=days, visit_hour=hours)
    page = queue_page(session, QueueView.ALL, filters=filters, limit=200)
    assert page.found == sum(fits(slow(review, place)) for place, _, review, _ in made.facts)
    for row in page.rows:
        place, review = next((place, review) for place, _, review, _ in made.facts if review.id == row.review_id)
        assert fits(slow(review, place))
    complaints = Filters(
        visit_day=days, visit_hour=hours, is_complaint=True, since=OCTOBER[0], until=OCTOBER[1],
        state=("open", "answered", "gone"),
    )  # fmt: skip
    assert queue_page(session, QueueView.ALL, filters=complaints).found == sum(
        fits(when) for _, when in made.complaints()
    )


def test_no_visit_at_all_is_found_and_counted(session: Session) -> None:
    """Where nobody knows of any there are no bounds to write into a statement."""
    review = make_review(session, make_source(session), published_at=datetime(2026, 10, 9, tzinfo=UTC))
    make_case(session, review, is_flagged=True)
    [one] = complaint_visits(session, OCTOBER, places=None)
    assert (one.weekday, one.hour, one.complaints) == (None, None, 1)
    for filters, count in ((Filters(visit_hour=("12",)), 0), (Filters(visit_hour=(UNKNOWN,)), 1)):
        assert queue_page(session, QueueView.ALL, filters=filters).found == count


@pytest.mark.parametrize(
    ("at", "precision", "kept"),
    [
        (DINNER.replace(second=59, microsecond=999_999), DatePrecision.INSTANT, (DINNER, "instant")),
        (datetime(2026, 10, 30, tzinfo=UTC), DatePrecision.DAY, (datetime(2026, 10, 30, tzinfo=UTC), "day")),
        (datetime(2026, 10, 1, tzinfo=UTC), DatePrecision.MONTH, (datetime(2026, 10, 1, tzinfo=UTC), "month")),
        (DINNER, DatePrecision.RELATIVE, (None, "")),
        (DINNER, DatePrecision.NONE, (None, "")),
        (None, DatePrecision.INSTANT, (None, "")),
        (datetime(1, 1, 1, tzinfo=UTC), DatePrecision.DAY, (None, "")),
    ],
)
def test_a_visit_is_stored_as_exactly_as_it_is_told(
    session: Session, at: datetime | None, precision: DatePrecision, kept: tuple[datetime | None, str]
) -> None:
    """To the minute; "three days ago" moves with every reading, and is none."""
    source = make_source(session)
    ingest(session, source.id, [an_item("r1", visited_at=at, visited_precision=precision)], run_id=None, now=NOW)
    assert _stored(session) == kept


def test_a_source_that_tells_less_takes_nothing_away(session: Session) -> None:
    """As with the date of publication: an hour is not lost to a day, and a day becomes an hour."""
    source = make_source(session)
    day = datetime(2026, 10, 30, tzinfo=UTC)
    for at, precision, kept in (
        (day, DatePrecision.DAY, (day, "day")),
        (DINNER, DatePrecision.INSTANT, (DINNER, "instant")),
        (None, DatePrecision.NONE, (DINNER, "instant")),
        (day, DatePrecision.DAY, (DINNER, "instant")),
        (DINNER + timedelta(hours=1), DatePrecision.INSTANT, (DINNER + timedelta(hours=1), "instant")),
    ):
        ingest(session, source.id, [an_item("r1", visited_at=at, visited_precision=precision)], run_id=None, now=NOW)
        assert _stored(session) == kept


@pytest.mark.parametrize("why", list(ErasedFor))
def test_a_visit_goes_with_the_name_of_who_made_it(session: Session, why: ErasedFor) -> None:
    """Beside the bookings it would tell it; but for texts that the platform lets nobody keep, whose dates stay."""
    source = make_source(session)
    ingest(session, source.id, [_visitor()], run_id=None, now=NOW)
    erase(session, session.scalars(select(Review.id)).all(), why, now=NOW)
    assert _stored(session) == ((DINNER, "instant") if why is ErasedFor.RETENTION else (None, ""))


def test_of_a_source_that_may_not_be_kept_no_visit_is(session: Session) -> None:
    """Nor anything else of what it shows."""
    source = make_source(session, retention=Retention.NO_STORE)
    ingest(session, source.id, [_visitor()], run_id=None, now=NOW)
    assert _stored(session) == (None, "")


def test_a_complaint_tells_when_it_happened(session: Session) -> None:
    """Not tomorrow, and not years ago."""
    by, place = Actor(person_id=make_person(session).id, name="Sofia", now=NOW), make_location(session)
    noted = Noted(channel=Channel.PHONE, words="The soup was cold.", visited_at=NOW - timedelta(hours=2))
    review_id = take_complaint(session, place.id, noted, by=by)
    review = session.get(Review, review_id)
    assert review is not None
    assert (review.visited_at, review.visited_precision) == (NOW - timedelta(hours=2), "instant")
    for at in (NOW + timedelta(hours=1), NOW - timedelta(days=800)):
        with pytest.raises(BadValue, match="in the past"):
            take_complaint(session, place.id, Noted(channel=Channel.PHONE, words="Cold.", visited_at=at), by=by)


def test_bookings_tell_what_no_source_does(session: Session) -> None:
    """An instant of any zone."""
    review = make_review(session)
    note_visits(session, {review.id: DINNER.astimezone(ZoneInfo("Europe/Rome"))})
    session.expire_all()
    assert _stored(session) == (DINNER, "instant")
    note_visits(session, {})


def _visitor() -> ReviewItem:
    return an_item("r1", visited_at=DINNER, visited_precision=DatePrecision.INSTANT)


def _stored(session: Session) -> tuple[datetime | None, str]:
    session.expire_all()
    review = session.scalars(select(Review)).one()
    return review.visited_at, review.visited_precision
