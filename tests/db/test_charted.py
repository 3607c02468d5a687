"""What charts count, beside a slow count in plain Python and beside the queue."""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.orm import Session

from db.causes import add_cause
from db.models import (
    BY_HAND,
    Case,
    CaseStage,
    CaseState,
    Location,
    Offer,
    OfferKind,
    OfferState,
    ReplyState,
    Review,
    Severity,
    Source,
    Verdict,
)  # fmt: skip
from db.queries.angry_answers import Outcome, angry_reviews
from db.queries.charted import cause_totals, corrections, month_costs
from db.queries.filtering import PUBLIC, Filters
from db.queries.queue import QueueView, queue_page
from db.queries.week_figures import figures_in
from tests.factories import make_case, make_location, make_person, make_reply, make_review, make_score, make_source

ZONES = ("Asia/Tokyo", "America/New_York", "Australia/Lord_Howe")
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
BEGUN = datetime(2026, 9, 28, tzinfo=UTC)
# Two weeks in which clocks change, and the month about them.
STRETCHES = (
    (date(2026, 10, 19), date(2026, 10, 25)),
    (date(2026, 10, 26), date(2026, 11, 1)),
    (date(2026, 10, 1), date(2026, 10, 31)),
)


class Installation:
    """Places in three zones, with reviews whose weeks hang by minutes."""

    def __init__(self, session: Session, seed: int) -> None:
        chance = random.Random(seed)
        self.causes = [add_cause(session, name, words={}, now=NOW).id for name in ("Waiting", "Cold")]
        self.facts: list[tuple[Location, Source, Review, Case, str | None]] = []
        self.words: list[tuple[Location, Verdict]] = []
        people = [make_person(session) for _ in range(2)]
        for zone in ZONES:
            place = make_location(session, timezone=zone)
            sources = [make_source(session, location=place, platform=one) for one in ("schemaorg", BY_HAND)]
            for _ in range(60):
                source = chance.choice((sources[0], *sources))
                review = make_review(
                    session,
                    source,
                    published_at=some_moment(chance),
                    published_precision=chance.choice(("instant", "instant", "day")),
                )
                case = make_case(
                    session,
                    review,
                    state=chance.choice((CaseState.OPEN, *CaseState)),
                    stage=chance.choice(tuple(CaseStage)),
                    due_at=chance.choice((None, NOW, NOW + timedelta(minutes=1))),
                    cause_id=chance.choice((None, *self.causes)),
                )
                level = chance.choice((None, "calm", "angry", "furious"))
                if level is not None:
                    make_score(session, review, anger_level=level)
                self.facts.append((place, source, review, case, level))
                for person in people:
                    said = Verdict(
                        review_id=review.id,
                        content_hash=review.content_hash,
                        person_id=person.id,
                        is_angry=chance.random() < 0.5,
                        said_at=some_moment(chance),
                        was_flagged=chance.choice((None, False, True)),
                    )
                    session.add(said)
                    self.words.append((place, said))
        session.flush()


def some_moment(chance: random.Random) -> datetime:
    if chance.random() < 0.6:
        day = (BEGUN + timedelta(weeks=chance.randint(0, 7))).date()
        turn = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(chance.choice(ZONES)))
        return turn.astimezone(UTC) + timedelta(minutes=chance.choice((-61, -1, 0, 1, 59)))
    return BEGUN + timedelta(minutes=chance.randint(0, 55 * 24 * 60))


def is_on(at: datetime, place: Location, days: tuple[date, date], *, is_bare: bool = False) -> bool:
    return days[0] <= (at if is_bare else at.astimezone(ZoneInfo(place.timezone))).date() <= days[1]


def outcome_of(case: Case) -> Outcome:
    if case.state is CaseState.ANSWERED:
        return Outcome.ANSWERED
    if case.stage in (CaseStage.DONE, CaseStage.NOT_PURSUED):
        return Outcome.ENDED
    is_late = case.stage is CaseStage.TODO and case.due_at is not None and case.due_at <= NOW
    return Outcome.OVERDUE if is_late else Outcome.WAITING


@pytest.mark.parametrize("seed", range(2))
def test_counts_are_those_of_the_calendar(session: Session, seed: int) -> None:
    """Outcomes of angry reviews, causes and words of people, stretch by stretch; stretches may overlap."""
    made = Installation(session, seed)
    outcomes: Counter[tuple[int, int, Outcome]] = Counter()
    causes: Counter[tuple[int, int | None]] = Counter()
    said: Counter[tuple[int, str]] = Counter()
    for at, days in enumerate(STRETCHES):
        for place, source, review, case, level in made.facts:
            if not is_on(review.published_at, place, days, is_bare=review.published_precision == "day"):
                continue
            causes[at, case.cause_id] += case.state is not CaseState.NOT_US
            is_public = source.platform != BY_HAND and case.state in (CaseState.OPEN, CaseState.ANSWERED)
            outcomes[place.id, at, outcome_of(case)] += is_public and level in ("angry", "furious")
        for place, word in made.words:
            if is_on(word.said_at, place, days) and word.was_flagged is not None:
                kind = "agreed" if word.was_flagged == word.is_angry else "missed" if word.is_angry else "false_alarms"
                said[at, kind] += 1
    found = angry_reviews(session, STRETCHES, places=None, now=NOW)
    assert Counter((one.location_id, one.stretch, one.outcome) for one in found) == +outcomes
    assert {(one.stretch, one.cause_id): one.cases for one in cause_totals(session, STRETCHES, places=None)} == +causes
    for one in corrections(session, STRETCHES, places=None):
        for kind in ("agreed", "false_alarms", "missed"):
            said[one.stretch, kind] -= getattr(one, kind)
    assert set(said.values()) == {0}
    assert len(found) > 20


def test_the_queue_shows_what_became_of_angry_reviews(session: Session) -> None:
    """The links of the charts' tables list as many as the tables tell."""
    Installation(session, 5)
    first, last = STRETCHES[2]
    found = angry_reviews(session, [STRETCHES[2]], places=None, now=NOW)
    for state, stages, outcomes in (
        ("answered", (), {Outcome.ANSWERED}),
        ("open", ("todo", "waiting", "snoozed"), {Outcome.WAITING, Outcome.OVERDUE}),
        ("open", ("done", "not_pursued"), {Outcome.ENDED}),
    ):
        filters = Filters(
            anger=("furious", "angry"), source=(PUBLIC,), state=(state,), stage=stages, since=first, until=last
        )
        assert queue_page(session, QueueView.ALL, filters=filters).found == sum(
            one.outcome in outcomes for one in found
        )


def test_months_are_counted_as_weeks_are(session: Session) -> None:
    """A month holds what its weeks and days hold."""
    Installation(session, 9)
    days = [BEGUN.date() + timedelta(days=at) for at in range(3, 34)]  # October
    month = figures_in(session, [("2026-10", days[0], days[-1])], places=None, now=NOW)
    single = figures_in(session, [(day.isoformat(), day, day) for day in days], places=None, now=NOW)
    for name in ("written", "gone", "furious", "calm", "answerable", "answered", "overdue"):
        assert sum(getattr(one, name) for one in month) == sum(getattr(one, name) for one in single), name
    assert figures_in(session, [("x", days[0], days[-1])], places=[], now=NOW) == []


def test_an_answer_is_timed_in_working_hours(session: Session) -> None:
    """From the opening of the case until it was seen; nobody knows of one that was there before."""
    place = make_location(session, timezone="Europe/Madrid")  # open from 9 to 18, Monday to Friday
    source = make_source(session, location=place)
    friday = datetime(2026, 10, 23, 15, 0, tzinfo=UTC)  # 17:00
    monday = datetime(2026, 10, 26, 9, 30, tzinfo=UTC)  # 10:30, after the clocks went back
    days = [(date(2026, 10, 19), date(2026, 10, 25))]

    def answered(*, seen_at: datetime, is_ours: bool) -> None:
        at = None if is_ours else seen_at
        review = make_review(session, source, published_at=friday, reply_published_at=at)
        make_score(session, review, anger_level="furious")
        case = make_case(session, review, state=CaseState.ANSWERED, opened_at=friday)
        if is_ours:
            make_reply(session, case, state=ReplyState.LIVE, live_at=seen_at, post_at=None)

    answered(seen_at=monday, is_ours=True)
    answered(seen_at=friday + timedelta(minutes=20), is_ours=False)
    answered(seen_at=friday - timedelta(days=40), is_ours=False)
    found = angry_reviews(session, days, places=[place.id], now=NOW)
    assert sorted((one.minutes is None, one.minutes or 0) for one in found) == [(False, 20), (False, 150), (True, 0)]


def test_costs_are_those_that_bind(session: Session) -> None:
    """By month and cause, of one currency; what was declined costs nothing."""
    cause = add_cause(session, "Waiting", words={}, now=NOW).id
    here, there = make_location(session), make_location(session)
    for place, month, state, cost, currency, of_cause in (
        (here, "2026-10", OfferState.REDEEMED, 1200, "EUR", cause),
        (here, "2026-10", OfferState.OFFERED, 300, "EUR", cause),
        (here, "2026-10", OfferState.DECLINED, 900, "EUR", cause),
        (here, "2026-10", OfferState.ISSUED, 700, "USD", cause),
        (here, "2026-11", OfferState.APPROVED, 50, "EUR", None),
        (there, "2026-11", OfferState.APPROVED, 40, "EUR", None),
        (here, None, OfferState.PROPOSED, 10, "EUR", None),
    ):
        offer = Offer(
            location_id=place.id, kind=OfferKind.VOUCHER, state=state, severity=Severity.MINOR,
            severity_of_case=Severity.MINOR, value_minor=cost, cost_minor=cost, currency=currency, cause_id=of_cause,
            valid_until_on=date(2027, 1, 1), policy_number=0, month=month, proposed_at=NOW,
        )  # fmt: skip
        session.add(offer)
    session.flush()

    def costs(places: list[int] | None) -> set[tuple[str, int | None, int]]:
        found = month_costs(session, ("2026-10", "2026-11"), places=places, currency="EUR")
        return {(one.month, one.cause_id, one.cost_minor) for one in found}

    assert costs(None) == {("2026-10", cause, 1500), ("2026-11", None, 90)}
    assert costs([here.id]) == {("2026-10", cause, 1500), ("2026-11", None, 50)}
    assert costs([]) == set()
