"""How often causes come up, month by month: as a slow count in plain Python has it, and as the queue shows it."""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from db.acting import Actor
from db.causes import add_cause, list_causes, merge_cause
from db.complaints import Noted, take_complaint
from db.improvements import Plan, move_improvement, open_improvement
from db.models import Case, CaseState, Channel, ImprovementState, Location
from db.queries.cause_trends import cause_counts, days_of_month, month_after, months_compared
from db.queries.filtering import NO_CAUSE, Filters
from db.queries.improvements import (
    WINDOW_DAYS,
    Effect,
    ImprovementRow,
    Window,
    effects,
    improvements,
    look_again_on,
)
from db.queries.queue import QueueView, queue_page
from tests.factories import make_case, make_location, make_person, make_review, make_source

# Clocks change in all of them but the first: on 25 October and 1 November 2026, and in April in the south.
ZONES = ("Asia/Tokyo", "Europe/Madrid", "America/New_York", "Australia/Lord_Howe", "Pacific/Kiritimati")
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
SEEN = [str(state) for state in CaseState if state is not CaseState.NOT_US]


class Installation:
    """Places in every zone, with reviews whose months hang by minutes."""

    def __init__(self, session: Session, seed: int) -> None:
        chance = random.Random(seed)
        self.places = [make_location(session, timezone=zone) for zone in ZONES]
        self.causes = [add_cause(session, name, words={}, now=NOW) for name in ("Waiting", "Cold", "Loud")]
        self.facts: list[tuple[Location, datetime, str, Case]] = []
        for place in self.places:
            sources = [make_source(session, location=place) for _ in range(2)]
            for _ in range(40):
                precision = chance.choice(("instant", "instant", "relative", "day", "month"))
                at = _some_moment(chance, precision)
                source = chance.choice(sources)
                review = make_review(session, source, published_at=at, published_precision=precision)
                state = chance.choice((CaseState.OPEN, CaseState.ANSWERED, CaseState.GONE, CaseState.NOT_US))
                cause = chance.choice((None, None, *self.causes))
                flagged = chance.random() < 0.5
                case = make_case(session, review, state=state, is_flagged=flagged, cause_id=cause.id if cause else None)
                self.facts.append((place, at, precision, case))

    def slowly(self, month: str) -> Counter[tuple[int, str, int | None, str]]:
        """The same by reading each day on a calendar."""
        found: Counter[tuple[int, str, int | None, str]] = Counter()
        for place, at, precision, case in self.facts:
            day = self.day(place, at, precision)
            if case.state is CaseState.NOT_US or f"{day:%Y-%m}" not in months_compared(month):
                continue
            found[place.id, f"{day:%Y-%m}", case.cause_id, "reviews"] += 1
            if case.cause_id is None and case.is_flagged:
                found[place.id, f"{day:%Y-%m}", None, "unnamed"] += 1
        return found

    def day(self, place: Location, at: datetime, precision: str) -> date:
        return (at if precision in ("day", "month") else at.astimezone(ZoneInfo(place.timezone))).date()


def _some_moment(chance: random.Random, precision: str) -> datetime:
    if precision == "month":
        return datetime(2026, chance.randint(6, 12), 1, tzinfo=UTC)
    if precision == "day":
        return datetime(2026, 6, 20, tzinfo=UTC) + timedelta(days=chance.randint(0, 170))
    if chance.random() < 0.5:  # about the turn of a month, in some zone
        turn = datetime(2026, chance.randint(6, 12), 1, tzinfo=ZoneInfo(chance.choice(ZONES)))
        return turn.astimezone(UTC) + timedelta(minutes=chance.choice((-61, -1, 0, 1, 59)))
    return datetime(2026, 6, 20, tzinfo=UTC) + timedelta(minutes=chance.randint(0, 170 * 24 * 60))


@pytest.mark.parametrize("seed", range(3))
def test_counts_are_those_of_the_calendar_and_of_the_queue(session: Session, seed: int) -> None:
    """For each place, month and cause; the queue, asked for the same days, shows as many."""
    made = Installation(session, seed)
    for month in ("2026-11", "2026-12"):
        counted = cause_counts(session, month, places=None)
        found: Counter[tuple[int, str, int | None, str]] = Counter()
        for one in counted:
            found[one.location_id, one.month, one.cause_id, "reviews"] += one.reviews
            if one.unnamed:
                found[one.location_id, one.month, one.cause_id, "unnamed"] += one.unnamed
        assert found == made.slowly(month)
    for one in random.Random(seed).sample(counted, 6):
        slug = session.get_one(Location, one.location_id).slug
        first, last = days_of_month(one.month)
        asked = Filters(
            place=(slug,),
            since=first,
            until=last,
            state=tuple(SEEN),
            cause=(NO_CAUSE if one.cause_id is None else str(one.cause_id),),
        )
        shown = queue_page(session, QueueView.ALL, filters=asked).found
        assert shown == (one.unnamed if one.cause_id is None else one.reviews)


def test_statements_are_as_many_for_many_places_as_for_one(session: Session) -> None:
    """And other places are not counted."""
    made = Installation(session, 7)
    asked: list[str] = []

    def note(*arguments: object) -> None:
        asked.append(str(arguments[2]))

    connection = session.connection()
    event.listen(connection, "before_cursor_execute", note)
    some = cause_counts(session, "2026-11", places=[made.places[0].id])
    number = len(asked)
    cause_counts(session, "2026-11", places=None)
    event.remove(connection, "before_cursor_execute", note)
    assert (number, len(asked)) == (2, 4)
    assert {one.location_id for one in some} == {made.places[0].id}
    assert cause_counts(session, "2026-11", places=[]) == []


def test_complaints_count_on_the_day_they_are_taken(session: Session) -> None:
    """By the calendar of the place: it is December there already."""
    place = make_location(session, timezone="Pacific/Kiritimati")
    by = Actor(person_id=make_person(session).id, name="Ana", now=datetime(2026, 11, 30, 11, tzinfo=UTC))
    take_complaint(session, place.id, Noted(channel=Channel.PHONE, words="It was cold."), by=by)
    (only,) = cause_counts(session, "2026-12", places=None)
    assert (only.month, only.cause_id, only.reviews, only.unnamed) == ("2026-12", None, 1, 1)


def test_months_go_over_the_years() -> None:
    """Backwards and forwards."""
    assert months_compared("2026-02") == ("2026-02", "2026-01", "2025-12", "2025-11")
    assert month_after("2026-12", 1) == "2027-01"
    assert days_of_month("2028-02") == (date(2028, 2, 1), date(2028, 2, 29))


def test_before_and_after_are_those_of_the_calendar(session: Session) -> None:
    """Eight weeks on either side of the day it was done, which counts for neither; clocks change in between."""
    made = Installation(session, 11)
    owner = make_person(session)
    then = Actor(person_id=owner.id, name=owner.name, now=NOW)
    done_on = date(2026, 10, 20)
    for place in made.places:
        plan = Plan(title="More hands", owner_id=owner.id, due_on=date(2026, 12, 1))
        one = open_improvement(session, place.id, made.causes[0].id, plan, by=then)
        move_improvement(session, one.id, ImprovementState.DONE, done_on=done_on, seen=0, by=then)
    rows = improvements(session, ImprovementState.DONE, places=None)
    for row, effect in ((row, effects(session, rows, now=NOW)[row.id]) for row in rows):
        assert (effect.before.first, effect.before.last) == (date(2026, 8, 25), date(2026, 10, 19))
        assert effect.after is not None
        today = NOW.astimezone(ZoneInfo(row.timezone)).date()
        assert (effect.after.first, effect.after.last) == (date(2026, 10, 21), today - timedelta(days=1))
        for window in (effect.before, effect.after):
            assert (window.reviews, window.cases) == _slowly_between(made, row, window)
    assert sum(effect.before.cases for effect in effects(session, rows, now=NOW).values()) > 5


def _slowly_between(made: Installation, row: ImprovementRow, window: Window) -> tuple[int, int]:
    inside = [
        case
        for place, at, precision, case in made.facts
        if place.id == row.location_id
        and case.state is not CaseState.NOT_US
        and window.first <= made.day(place, at, precision) <= window.last
    ]
    return len(inside), sum(case.cause_id == row.cause_id for case in inside)


def test_day_to_look_again_follows_the_pace_of_the_reviews() -> None:
    """Four weeks at least, the end of the eight at most; never where there was too little before."""
    done_on = date(2026, 9, 1)

    def again(reviews: int, today: date) -> date | None:
        window = Window(first=date(2026, 7, 7), last=date(2026, 8, 31), reviews=reviews, cases=0)
        return look_again_on(Effect(before=window, after=None), done_on, least=10, today=today)

    assert again(100, done_on) == date(2026, 9, 30)
    assert again(14, done_on) == date(2026, 10, 12)
    assert again(100, date(2026, 10, 1)) == done_on + timedelta(days=WINDOW_DAYS + 1)
    assert again(9, done_on) is None
    assert again(100, date(2026, 10, 28)) is None


def test_merged_causes_take_their_actions_along(session: Session) -> None:
    """They are about what they are counted under now."""
    one, two = (add_cause(session, name, words={}, now=NOW) for name in ("Waiting", "Slow"))
    place, owner = make_location(session), make_person(session)
    by = Actor(person_id=owner.id, name=owner.name, now=NOW)
    plan = Plan(title="More hands", owner_id=owner.id, due_on=date(2026, 12, 1))
    open_improvement(session, place.id, one.id, plan, by=by)
    merge_cause(session, one.id, two.id, now=NOW)
    assert [row.cause_id for row in improvements(session, ImprovementState.OPEN, places=None)] == [two.id]
    assert len(list_causes(session)) == 1
