"""The figures of a week: as a slow count in plain Python has them, and as the queue shows them."""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from db.models import BY_HAND, Case, CaseStage, CaseState, Location, ReplyState, Review, Source
from db.queries.queue import QueueView, queue_page
from db.queries.week_figures import (
    LEVELS,
    WeekFigures,
    days_of_week,
    filters_of,
    summed,
    week_after,
    week_figures,
    week_of,
    weeks_compared,
)
from tests.factories import make_case, make_location, make_review, make_score, make_source

# Clocks change in all of them but the first: on 25 October and 1 November 2026, and in April in the south.
ZONES = ("Asia/Tokyo", "Europe/Madrid", "America/New_York", "Australia/Lord_Howe", "Pacific/Kiritimati")
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
BEGUN = datetime(2026, 9, 28, tzinfo=UTC)
DAYS = 70
PROVEN = (
    *("written", "told", "gone", "standing", "unhappy", "judged", "rated", "answerable", "answered", "open"),
    *("unhappy_open", *LEVELS),
)


class Installation:
    """Places in every zone, with reviews and complaints whose weeks hang by minutes."""

    def __init__(self, session: Session, seed: int) -> None:
        chance = random.Random(seed)
        self.places = [make_location(session, timezone=zone) for zone in ZONES]
        self.facts: list[tuple[Location, Source, Review, Case, str | None]] = []
        for place in self.places:
            sources = [make_source(session, location=place, platform=one) for one in ("schemaorg", "google", BY_HAND)]
            for _ in range(50):
                self.facts.append(_fact(session, place, chance.choice(sources), chance))

    def slowly(self, week: str, place: Location) -> Counter[str]:
        """The same by reading each day on a calendar."""
        found: Counter[str] = Counter()
        first, last = days_of_week(week)
        for at, source, review, case, level in self.facts:
            if at is not place or case.state is CaseState.NOT_US or not first <= _day(at, review) <= last:
                continue
            is_told = source.platform == BY_HAND
            found["written"] += 1
            found["told"] += is_told
            if case.state is CaseState.GONE:
                found["gone"] += 1
                continue
            if level is not None:
                found[level] += 1
            if review.stars is not None:
                found["rated"] += 1
                found["tenths"] += round(review.stars * 10)
                found["hundredths"] += round(review.stars**2 * 100)
            is_open = case.state is CaseState.OPEN
            is_late = is_open and case.stage is CaseStage.TODO and case.due_at is not None and case.due_at <= NOW
            found["overdue"] += is_late
            if is_told:
                continue
            found["answerable"] += 1
            found["overdue_public"] += is_late
            found["answered"] += not is_open
            found["confirmed"] += not is_open and case.reply_state is ReplyState.LIVE
            found["unhappy_open"] += is_open and level in ("angry", "furious")
        return found


def _fact(
    session: Session, place: Location, source: Source, chance: random.Random
) -> tuple[Location, Source, Review, Case, str | None]:
    precision = chance.choice(("instant", "instant", "relative", "day", "month"))
    stars = chance.choice((None, 0.4, 1.0, 2.5, 4.0, 4.5, 5.0))
    review = make_review(
        session, source, published_at=_some_moment(chance, precision), published_precision=precision, stars=stars
    )
    case = make_case(
        session,
        review,
        state=chance.choice((CaseState.OPEN, CaseState.OPEN, CaseState.ANSWERED, CaseState.GONE, CaseState.NOT_US)),
        stage=chance.choice((CaseStage.TODO, CaseStage.TODO, CaseStage.WAITING, CaseStage.DONE)),
        reply_state=chance.choice((None, ReplyState.DRAFT, ReplyState.LIVE, ReplyState.LIVE)),
        due_at=chance.choice((None, NOW, NOW - timedelta(minutes=1), NOW + timedelta(minutes=1))),
    )
    level = chance.choice((None, *LEVELS, "old"))
    if level == "old":  # of an earlier wording: it says nothing of this one
        make_score(session, review, anger_level="furious", content_hash="0" * 64)
    elif level is not None:
        make_score(session, review, anger_level=level)
    return place, source, review, case, level if level != "old" else None


def _day(place: Location, review: Review) -> date:
    is_bare = review.published_precision in ("day", "month")
    return (review.published_at if is_bare else review.published_at.astimezone(ZoneInfo(place.timezone))).date()


def _some_moment(chance: random.Random, precision: str) -> datetime:
    if precision == "month":
        return datetime(2026, chance.randint(10, 11), 1, tzinfo=UTC)
    if precision == "day":
        return BEGUN + timedelta(days=chance.randint(0, DAYS))
    if chance.random() < 0.6:  # about the turn of a week, in some zone
        day = (BEGUN + timedelta(weeks=chance.randint(0, DAYS // 7))).date()
        turn = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(chance.choice(ZONES)))
        return turn.astimezone(UTC) + timedelta(minutes=chance.choice((-61, -1, 0, 1, 59)))
    return BEGUN + timedelta(minutes=chance.randint(0, DAYS * 24 * 60))


@pytest.mark.parametrize("seed", range(3))
def test_figures_are_those_of_the_calendar_and_of_the_queue(session: Session, seed: int) -> None:
    """For each place and week, also those in which clocks change; the queue shows as many of each."""
    made = Installation(session, seed)
    figures = week_figures(session, "2026-W47", places=None, now=NOW)
    for week in weeks_compared("2026-W47"):
        for place in made.places:
            one, slow = summed(figures, week, location_id=place.id), made.slowly(week, place)
            for name in ("written", "told", "gone", *LEVELS, "rated", "answerable", "answered", "confirmed"):
                assert getattr(one, name) == slow[name], (week, place.timezone, name)
            for name in ("unhappy_open", "overdue", "overdue_public"):
                assert getattr(one, name) == slow[name], (week, place.timezone, name)
            assert (round(one.stars_sum * 10), round(one.stars_squares * 100)) == (slow["tenths"], slow["hundredths"])
    assert sum(one.written for one in figures) > 150
    chance = random.Random(seed)
    for one in chance.sample(figures, 4):
        place = session.get_one(Location, one.location_id)
        for name in PROVEN:
            shown = queue_page(session, QueueView.ALL, filters=filters_of(name, one.week, place=place.slug)).found
            assert shown == getattr(one, name), (one.week, place.timezone, name)
        unjudged = queue_page(session, QueueView.ALL, filters=filters_of("unjudged", one.week, place=place.slug)).found
        assert unjudged == one.standing - one.judged
    everywhere = summed(figures, "2026-W44")
    for name in PROVEN:
        shown = queue_page(session, QueueView.ALL, filters=filters_of(name, "2026-W44")).found
        assert shown == getattr(everywhere, name), name


def test_statements_are_as_many_for_many_places_as_for_one(session: Session) -> None:
    """And other places are not counted; a week without a review has zeros."""
    made = Installation(session, 7)
    asked: list[str] = []

    def note(*arguments: object) -> None:
        asked.append(str(arguments[2]))

    connection = session.connection()
    event.listen(connection, "before_cursor_execute", note)
    some = week_figures(session, "2026-W47", places=[made.places[0].id], now=NOW)
    number = len(asked)
    week_figures(session, "2026-W47", places=None, now=NOW)
    event.remove(connection, "before_cursor_execute", note)
    assert (number, len(asked)) == (2, 4)
    assert {one.location_id for one in some} == {made.places[0].id}
    assert week_figures(session, "2026-W47", places=[], now=NOW) == []
    assert week_figures(session, "2020-W01", places=None, now=NOW) == []
    empty = summed([], "2020-W01")
    assert (empty, empty.stars) == (WeekFigures(location_id=None, week="2020-W01"), None)


def test_weeks_go_over_the_years() -> None:
    """As ISO 8601 names them: a year may begin in the last week of the one before, or have 53."""
    assert week_of(date(2026, 11, 15)) == "2026-W46"
    assert week_of(date(2027, 1, 1)) == "2026-W53"
    assert days_of_week("2026-W53") == (date(2026, 12, 28), date(2027, 1, 3))
    assert week_after("2026-W53", 1) == "2027-W01"
    assert weeks_compared("2027-W01", 2) == ("2027-W01", "2026-W53", "2026-W52")


@pytest.mark.parametrize("wrong", ["2026-W54", "2026-W00", "2025-W53", "2026-46", "26-W46", "2026-W4", "", "²026-W46"])
def test_what_is_no_week_is_refused(wrong: str) -> None:
    """Also the 53rd of a year that has 52."""
    with pytest.raises(ValueError, match=r"week|Week"):
        days_of_week(wrong)
