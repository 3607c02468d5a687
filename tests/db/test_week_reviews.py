"""What a digest reads beside its figures: as slow counts in plain Python have it, and as the queue shows it."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from statistics import median
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.acting import Actor
from db.causes import add_cause
from db.hours import hours_of
from db.improvements import Plan, move_improvement, open_improvement
from db.models import (
    BY_HAND,
    Case,
    CaseStage,
    CaseState,
    ImprovementState,
    Location,
    Offer,
    Reply,
    ReplyState,
    Review,
    SourceHealth,
)
from db.queries.answer_times import AnswerTime, answer_times, times_of
from db.queries.filtering import NO_CAUSE, PUBLIC, Filters
from db.queries.in_time import is_one_of
from db.queries.queue import QueueView, queue_page
from db.queries.week_figures import COUNTED, STANDING, days_of_week, summed, week_figures
from db.queries.week_reviews import all_reviews, of_cause, unhappy_reviews, week_causes, week_praise
from db.queries.week_work import budgets, decisions, readings, week_actions, week_offers
from tests.db.offer_hands import made_offer
from tests.factories import make_case, make_location, make_person, make_reply, make_review, make_score, make_source

WEEK = "2026-W43"  # ends with the day on which Madrid puts its clocks back
ZONES = ("Asia/Tokyo", "Europe/Madrid", "America/New_York")
LEVELS = ("furious", "angry", "annoyed", "calm")
NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)


class Installation:
    """Places in three zones, with reviews about the turns of the week."""

    def __init__(self, session: Session, seed: int) -> None:
        chance = random.Random(seed)
        self.places = [make_location(session, timezone=zone) for zone in ZONES]
        self.causes = [add_cause(session, name, words={}, now=NOW) for name in ("Waiting", "Cold", "Loud", "Bill")]
        self.facts: list[tuple[Location, Review, Case, str, str]] = []
        for place in self.places:
            sources = [make_source(session, location=place, platform=one) for one in ("google", BY_HAND)]
            for _ in range(60):
                source = chance.choice((sources[0], *sources))
                turn = datetime(2026, 10, chance.choice((19, 26)), tzinfo=ZoneInfo(place.timezone))
                at = (turn + timedelta(minutes=chance.randint(-10_000, 10_000))).astimezone(UTC)
                review = make_review(
                    session, source, published_at=at, published_precision="instant",
                    stars=chance.choice((None, 1.0, 3.4, 3.5, 5.0)), body=chance.choice(("", "Marco was kind to us.")),
                )  # fmt: skip
                level, topic = chance.choice(LEVELS), chance.choice(("waiting", "comfort", "other"))
                anger = chance.random()
                topics = [{"topic": topic, "probability": 0.9}]
                make_score(session, review, anger_level=level, anger=anger, topics=topics)
                case = make_case(
                    session, review, is_flagged=chance.random() < 0.5, opened_at=at,
                    state=chance.choice((CaseState.OPEN, CaseState.ANSWERED, CaseState.GONE, CaseState.NOT_US)),
                    cause_id=chance.choice((None, *(one.id for one in self.causes))),
                    clock_target_min=chance.choice((None, 60, 600)),
                )  # fmt: skip
                if case.state is CaseState.ANSWERED:
                    answered = at + timedelta(minutes=chance.randint(-100, 6000))
                    if chance.random() < 0.5:
                        make_reply(session, case, state=ReplyState.LIVE, live_at=answered)
                    else:
                        review.reply_published_at = answered
                self.facts.append((place, review, case, level, topic))
        session.flush()

    def of_week(self, first: date, last: date) -> list[tuple[Location, Review, Case, str, str]]:
        return [
            one
            for one in self.facts
            if first <= one[1].published_at.astimezone(ZoneInfo(one[0].timezone)).date() <= last
            and one[2].state is not CaseState.NOT_US
        ]


@pytest.mark.parametrize("seed", range(2))
def test_causes_are_those_of_the_calendar_and_of_the_queue(session: Session, seed: int) -> None:
    """Of the week and the twelve before it, with the first day ever and how many have none."""
    made = Installation(session, seed)
    first, last = days_of_week(WEEK)
    here, before = made.of_week(first, last), made.of_week(first - timedelta(weeks=12), first - timedelta(days=1))
    found = week_causes(session, WEEK, places=None, most=10)
    counted = Counter(case.cause_id for _, _, case, _, _ in here if case.cause_id)
    was = Counter(case.cause_id for _, _, case, _, _ in before)
    assert {one.cause_id: (one.cases, one.cases_before) for one in found.causes} == {
        id_: (count, was[id_]) for id_, count in counted.items()
    }
    assert [one.cases for one in found.causes] == sorted(counted.values(), reverse=True)
    figures = week_figures(session, WEEK, places=None, now=NOW)
    assert summed(figures, WEEK).written == len(here)
    assert sum(one.written for one in figures if one.week != WEEK) == len(before)
    days = made.of_week(date(2000, 1, 1), date(2100, 1, 1))
    for one in found.causes:
        assert one.first_on == min(
            review.published_at.astimezone(ZoneInfo(place.timezone)).date()
            for place, review, case, _, _ in days
            if case.cause_id == one.cause_id
        )
    days_asked = {"since": first, "until": last, "state": COUNTED}
    unnamed = queue_page(session, QueueView.ALL, filters=Filters(cause=(NO_CAUSE,), **days_asked))  # type: ignore[arg-type]
    assert found.unnamed == unnamed.found
    assert week_causes(session, WEEK, places=None, most=1).causes == found.causes[:1]
    loudest = of_cause(session, WEEK, found.causes[0].cause_id, places=None)
    assert loudest is not None
    assert loudest.body


@pytest.mark.parametrize("seed", range(3))
def test_reviews_and_praise_are_those_of_the_queue(session: Session, seed: int) -> None:
    """Unanswered first; themes without what is about something else; whom they name, if they work there."""
    made = Installation(session, seed)
    make_person(session, name="Marco")
    first, last = days_of_week(WEEK)
    here = made.of_week(first, last)
    unhappy = unhappy_reviews(session, WEEK, places=None, most=100)
    fitting = {r.id for _, r, c, level, _ in here if level in ("angry", "furious") and str(c.state) in STANDING}
    assert {one.review_id for one in unhappy} == fitting
    states = [one.state for one in unhappy]
    assert states == sorted(states, key=lambda state: state is not CaseState.OPEN)
    assert len(all_reviews(session, WEEK, places=[made.places[0].id], most=100)) == sum(
        place is made.places[0] for place, *_ in here
    )
    praise = week_praise(session, WEEK, places=None)
    asked = Filters(anger=("calm",), stars=(4, 5), state=STANDING, since=first, until=last)
    assert praise.reviews == queue_page(session, QueueView.ALL, filters=asked).found
    praised = [
        (r, topic)
        for _, r, c, level, topic in here
        if level == "calm" and str(c.state) in STANDING and (r.stars or 0) >= 3.5
    ]
    assert dict(praise.topics) == {**Counter(topic for _, topic in praised if topic != "other")}
    named = sum(bool(r.body) for r, _ in praised)
    assert praise.people == ((("Marco", named),) if named else ())


def test_answer_times_are_working_time_from_the_case_to_what_was_seen(session: Session) -> None:
    """As the hours of the place count it; what was answered before it was known has none."""
    made = Installation(session, 5)
    first, last = days_of_week(WEEK)
    slow = []
    for place, review, case, _, _ in made.of_week(first, last):
        if case.state is not CaseState.ANSWERED or review.source.platform == BY_HAND:
            continue
        seen = review.reply_published_at or _live_at(session, case)
        if seen is not None and seen >= case.opened_at:
            slow.append((place.id, hours_of(place.opening, place.timezone).between(case.opened_at, seen)))
    found = answer_times(session, WEEK, places=None, back=1)
    assert sorted((one.location_id, one.minutes) for one in found if one.week == WEEK) == sorted(slow)
    times = times_of(one for one in found if one.week == WEEK)
    assert (times.answers, times.median_min) == (len(slow), median(minutes for _, minutes in slow))
    assert answer_times(session, WEEK, places=[], back=1) == []


@pytest.mark.parametrize("seed", range(3))
def test_what_met_its_target_or_missed_it_is_what_the_queue_shows(session: Session, seed: int) -> None:
    """Exactly those that the figure counts, at one place and at all; what still waits, overdue, missed it as well."""
    made = Installation(session, seed)
    for _, _, case, _, _ in made.facts:
        case.clock_target_min = (None, 300, 900, 900)[case.id % 4]
        if case.state is CaseState.OPEN:
            case.due_at = (None, NOW, NOW + timedelta(minutes=1))[case.id % 3]
    session.flush()
    first, last = days_of_week(WEEK)
    times = answer_times(session, WEEK, places=None)
    late = {one.location_id: one.overdue_public for one in week_figures(session, WEEK, places=None, now=NOW, back=0)}
    listed: set[int] = set()
    for place in (*made.places, None):
        found = times_of(one for one in times if place is None or one.location_id == place.id)
        overdue = sum(late.values()) if place is None else late.get(place.id, 0)
        asked = Filters(since=first, until=last, source=(PUBLIC,), place=(place.slug,) if place else ())
        met = queue_page(session, QueueView.ALL, filters=replace(asked, is_in_time=True), limit=100)
        missed = queue_page(session, QueueView.ALL, filters=replace(asked, missed_at=NOW), limit=100)
        assert met.found == found.within, place
        assert missed.found == found.targeted - found.within + overdue, place
        listed |= {row.review_id for row in (*met.rows, *missed.rows)}
        both = replace(asked, is_in_time=True, missed_at=NOW)
        assert queue_page(session, QueueView.ALL, filters=both).found == 0
    assert 0 < times_of(times).within < times_of(times).targeted
    assert sum(late.values())
    assert listed == {
        review.id
        for place, review, case, _, _ in made.of_week(first, last)
        if review.source.platform != BY_HAND
        and (
            (case.state is CaseState.OPEN and case.due_at is not None and case.due_at <= NOW)
            or (case.state is CaseState.ANSWERED and case.clock_target_min and _seen_at(session, review, case))
        )
    }


def test_as_many_as_there_are_go_as_one_parameter(session: Session) -> None:
    """More than a statement may have parameters, and the statement is the same for any number."""
    review = make_review(session)
    wanted = [select(Review.id).where(is_one_of(session, ids)) for ids in (range(review.id, 100_000), range(0))]
    assert [session.scalars(one).all() for one in wanted] == [[review.id], []]
    one, other = (str(one.compile(session.get_bind())) for one in wanted)
    assert one == other


def _seen_at(session: Session, review: Review, case: Case) -> bool:
    seen = review.reply_published_at or _live_at(session, case)
    return seen is not None and seen >= case.opened_at


def _live_at(session: Session, case: Case) -> datetime | None:
    return session.scalar(select(Reply.live_at).where(Reply.case_id == case.id))


def test_nine_of_ten_and_the_target() -> None:
    """The ninth of ten in their order; only what had a target is measured by it."""
    some = [
        AnswerTime(location_id=1, week=WEEK, minutes=minutes, target_min=target)
        for minutes, target in zip(range(10, 110, 10), (None, None, 30, 30, 60, 60, 60, 90, 90, 90), strict=True)
    ]
    times = times_of(some)
    assert (times.answers, times.median_min, times.most_min) == (10, 55, 90)
    assert (times.targeted, times.within) == (8, 5)
    none = times_of([])
    assert (none.answers, none.median_min, none.most_min) == (0, None, None)


def test_offers_and_actions_count_on_the_days_of_their_place(session: Session) -> None:
    """It is Monday in Tokyo already when an offer is approved on Sunday evening in UTC."""
    owner = make_person(session)
    sunday = datetime(2026, 10, 25, 20, tzinfo=UTC)
    by = Actor(person_id=owner.id, name=owner.name, now=sunday)
    ids = {}
    for zone in ("Asia/Tokyo", "America/New_York"):
        place = make_location(session, timezone=zone)
        case = make_case(session, make_review(session, make_source(session, location=place)))
        ids[zone] = place.id
        offer = session.get_one(Offer, made_offer(session, case.id, by=by).id)
        offer.approved_at, offer.month, offer.approved_by_id = sunday, "2026-10", owner.id
        cause = add_cause(session, f"Waiting {zone}", words={}, now=sunday)
        plan = Plan(title="More hands", owner_id=owner.id, due_on=date(2026, 12, 1))
        one = open_improvement(session, place.id, cause.id, plan, by=by)
        move_improvement(session, one.id, ImprovementState.DONE, done_on=date(2026, 10, 25), seen=0, by=by)
    session.flush()
    for week, zone in (("2026-W43", "America/New_York"), ("2026-W44", "Asia/Tokyo")):
        assert [one.location_id for one in week_offers(session, week, places=None)] == [ids[zone]]
        opened = week_actions(session, week, places=None, now=NOW).opened
        assert [one.location_id for one in opened] == [ids[zone]]
    assert len(week_actions(session, "2026-W43", places=None, now=NOW).done) == 2
    later = week_actions(session, "2026-W44", places=None, now=NOW)
    assert (later.done, len(later.effects)) == ((), 2)
    left = {one.location_id: one.left_minor - one.budget_minor for one in budgets(session, "2026-W43", places=None)}
    assert left.keys() == set(ids.values())
    assert all(less <= 0 for less in left.values())
    assert week_offers(session, "2026-W43", places=[]) == []


def test_what_waits_is_what_the_lists_show(session: Session) -> None:
    """Overdue at this moment, answers to approve, cases not to pursue; at other places nobody is asked."""
    source = make_source(session)
    make_source(session, location_id=source.location_id, is_enabled=False, health=SourceHealth.NEW)
    late = make_case(session, make_review(session, source), due_at=NOW)
    make_case(session, make_review(session, source), due_at=NOW + timedelta(minutes=1))
    make_case(session, make_review(session, source), due_at=NOW, stage=CaseStage.WAITING)
    make_case(session, make_review(session, source), due_at=NOW, state=CaseState.ANSWERED)
    reply = make_reply(session, state=ReplyState.SUBMITTED, submitted_at=NOW)
    make_case(session, make_review(session, source), approval_asked_at=NOW)
    found = decisions(session, places=None, now=NOW)
    shown = queue_page(session, QueueView.ALL, filters=Filters(overdue_at=NOW))
    assert found.overdue == shown.found == 1
    assert queue_page(session, QueueView.ALL, filters=Filters(waiting_at=NOW)).found == 4
    assert [row.case_id for row in shown.rows] == [late.id]
    assert found.submitted == (session.get_one(Case, reply.case_id).review_id,)
    assert (found.not_pursued, found.exceptions, found.follow_ups) == (1, (), 0)
    elsewhere = decisions(session, places=[], now=NOW)
    assert (elsewhere.overdue, elsewhere.submitted, elsewhere.not_pursued) == (0, (), 0)
    here = readings(session, places=[source.location_id])
    assert [(one.source_id, one.is_enabled) for one in here] == [(source.id, True), (source.id + 1, False)]
