"""The clock of a case: it starts, rests, goes on with what was left, stops, starts anew, and follows new rules."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from crawlers.items import OwnerReply
from db.acting import Actor, undo
from db.case_acts import set_stage, snooze
from db.cases import set_not_us, settle, undo_not_us
from db.clocks import recount, recount_next, recounting, set_stale, stale_statement
from db.hours import Opening, stored_opening
from db.ingest import ingest
from db.judging import judge
from db.kept import Kept, keep
from db.models import Case, CaseStage, CaseState, Review, Score, Source
from db.scores import ReviewText, store_scores
from db.source_changes import move_source
from db.sources import add_location
from tests.factories import (
    a_score,
    an_item,
    make_case,
    make_location,
    make_person,
    make_review,
    make_run,
    make_score,
    make_source,
)

HOUR = timedelta(hours=1)
FRIDAY = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)  # places of tests lie in UTC and work from 9 to 18
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def by(session: Session) -> Callable[[datetime], Actor]:
    person = make_person(session, name="Ana")
    return lambda now: Actor(person_id=person.id, name=person.name, now=now)


def a_case(session: Session, level: str | None = "furious", **columns: object) -> Case:
    """Flagged and open, as the crawler and the scorer leave it, with its clock set at FRIDAY."""
    review = make_review(session)
    if level is not None:
        make_score(session, review, anger_level=level)
    case = make_case(session, review, **({"is_flagged": True} | columns))
    settle(session, [review.id])
    set_all(session, FRIDAY)
    session.refresh(case)
    return case


def set_all(session: Session, now: datetime) -> int:
    count = set_stale(session, now=now)
    assert session.execute(stale_statement()).all() == []
    session.expire_all()
    return count


@pytest.mark.parametrize(
    ("level", "due"),
    [
        ("furious", FRIDAY + 2 * HOUR),
        ("angry", MONDAY + 6 * HOUR),
        ("annoyed", MONDAY + timedelta(days=2, hours=4)),
        ("calm", None),
        (None, MONDAY + 6 * HOUR),  # not judged yet: as if angry
    ],
)
def test_clock_starts_with_the_target_of_the_anger(session: Session, level: str | None, due: datetime | None) -> None:
    """In working time, over the evening and the weekend."""
    assert a_case(session, level).due_at == due


def test_calm_words_with_a_risk_are_as_urgent_as_angry_ones(session: Session) -> None:
    """An allergy told in a friendly tone does not wait without a limit."""
    assert a_case(session, "calm", is_risky=True).due_at == MONDAY + 6 * HOUR


def test_word_of_a_person_goes_before_that_of_the_model(session: Session, by: Callable[[datetime], Actor]) -> None:
    """Called angry, it has the time of the angry; called not angry, no clock, unless it carries a risk."""
    calm = a_case(session, "calm", is_flagged=False)
    judge(session, calm.id, True, by=by(FRIDAY))
    assert calm.due_at == MONDAY + 6 * HOUR
    furious = a_case(session)
    done = judge(session, furious.id, False, by=by(FRIDAY))
    assert (furious.due_at, furious.clock_left_min) == (None, None)
    undo(session, str(done.undo), by=by(FRIDAY))
    assert furious.due_at == FRIDAY + 2 * HOUR
    risky = a_case(session, is_risky=True)
    judge(session, risky.id, False, by=by(FRIDAY))
    assert risky.due_at == FRIDAY + 2 * HOUR


def test_what_calls_for_nobody_has_no_clock_and_is_not_looked_at(session: Session) -> None:
    """Most reviews are calm: a set change of them leaves the worker nothing to do."""
    case = make_case(session, make_review(session))
    settle(session, [case.review_id])
    assert set_stale(session, now=FRIDAY) == 0
    session.refresh(case)
    assert (case.due_at, case.clock_left_min) == (None, None)


def test_clock_rests_while_waiting_and_goes_on_with_what_was_left(
    session: Session, by: Callable[[datetime], Actor]
) -> None:
    """An hour used on Friday, a weekend and a day of waiting: one hour is left from then on."""
    case = a_case(session)
    set_stage(session, [case.id], CaseStage.WAITING, by=by(FRIDAY + HOUR))
    assert (case.due_at, case.clock_from_at, case.clock_left_min) == (None, None, 60)
    set_stage(session, [case.id], CaseStage.TODO, by=by(MONDAY + 26 * HOUR))
    assert case.due_at == MONDAY + 27 * HOUR


def test_overdue_stays_overdue_through_a_rest(session: Session, by: Callable[[datetime], Actor]) -> None:
    """Waiting for the guest buys no time that was lost before."""
    case = a_case(session)
    set_stage(session, [case.id], CaseStage.WAITING, by=by(MONDAY + HOUR))
    assert case.clock_left_min == -60
    set_stage(session, [case.id], CaseStage.TODO, by=by(MONDAY + 5 * HOUR))
    assert case.due_at == MONDAY + 4 * HOUR


def test_undo_puts_the_clock_back_to_the_minute(session: Session, by: Callable[[datetime], Actor]) -> None:
    """Taken back half a minute later, nothing was lost or won."""
    case = a_case(session)
    for stage in (CaseStage.WAITING, CaseStage.DONE):
        done = set_stage(session, [case.id], stage, by=by(FRIDAY + HOUR))
        assert case.clock_left_min != 120
        undo(session, str(done.undo), by=by(FRIDAY + HOUR + timedelta(seconds=30)))
        assert (case.due_at, case.clock_from_at, case.clock_left_min) == (FRIDAY + 2 * HOUR, FRIDAY, 120)


def test_snooze_does_not_stop_it(session: Session, by: Callable[[datetime], Actor]) -> None:
    """The guest waits all the same."""
    case = a_case(session)
    snooze(session, [case.id], MONDAY, by=by(FRIDAY))
    assert not case.in_queue
    assert case.due_at == FRIDAY + 2 * HOUR


def test_done_stops_it_and_the_next_one_starts_whole(session: Session, by: Callable[[datetime], Actor]) -> None:
    """Opened again by hand later, it has all its time."""
    case = a_case(session)
    set_stage(session, [case.id], CaseStage.DONE, by=by(FRIDAY + HOUR))
    assert (case.due_at, case.clock_left_min) == (None, None)
    set_stage(session, [case.id], CaseStage.TODO, by=by(MONDAY))
    assert case.due_at == MONDAY + 2 * HOUR


def test_reply_at_the_source_stops_it_and_new_wording_starts_it(session: Session) -> None:
    """What readings find is marked, and set a moment later."""
    source = make_source(session)
    run = make_run(session, source)
    for at, item, due in (
        (FRIDAY, an_item(), FRIDAY + 2 * HOUR),
        (FRIDAY + HOUR, an_item(reply=OwnerReply(body="Sorry.")), None),
        (MONDAY, an_item(body="And nobody cared.", reply=OwnerReply(body="Sorry.")), MONDAY + 8 * HOUR),
    ):
        ingest(session, source.id, [item], run_id=run.id, now=at)
        if at == FRIDAY:
            row = session.execute(select(Review)).scalar_one()
            text = ReviewText(
                review_id=row.id,
                title=row.title,
                body=row.body,
                content_hash=row.content_hash,
                stars=row.stars,
                reach=0.5,
                published_at=row.published_at,
                reopened_at=None,
            )
            store_scores(session, [a_score(text)], now=at)
        assert set_all(session, at) == 1
        assert session.execute(select(Case.due_at)).scalar_one() == due


def test_another_judgement_gives_or_takes_the_difference(session: Session) -> None:
    """Judged angry instead of furious an hour later: seven hours are left, not eight."""
    case = a_case(session)
    session.get_one(Score, case.review_id).anger_level = "angry"
    settle(session, [case.review_id])
    set_all(session, FRIDAY + HOUR)
    assert case.due_at == MONDAY + 6 * HOUR
    assert case.clock_from_at == FRIDAY


def test_about_somebody_else_has_no_clock(session: Session) -> None:
    """And it starts anew when that is taken back."""
    case = a_case(session)
    assert set_not_us(session, case.review_id, now=FRIDAY)
    set_all(session, FRIDAY)
    assert case.due_at is None
    assert undo_not_us(session, case.review_id, now=MONDAY)
    set_all(session, MONDAY)
    assert case.due_at == MONDAY + 2 * HOUR


def test_new_rules_reach_every_clock_in_steps(session: Session, by: Callable[[datetime], Actor]) -> None:
    """Hours and targets: those that run, those that rest, those that had none; the progress is told."""
    place = make_location(session)
    source = make_source(session, location=place)
    cases = [make_case(session, make_review(session, source), is_flagged=True) for _ in range(5)]
    calm = make_case(session, make_review(session, source), is_flagged=False)
    settle(session, [case.review_id for case in (*cases, calm)])
    set_all(session, FRIDAY)
    set_stage(session, [cases[0].id], CaseStage.WAITING, by=by(FRIDAY + HOUR))
    recount(session, now=FRIDAY)
    keep(session, Kept.CLOCK, {"targets": {"furious": 60, "angry": 120, "annoyed": None, "calm": None}}, now=FRIDAY)
    place.opening = stored_opening(Opening(week=(((0, 24 * 60),),) * 7))
    assert recounting(session).is_running
    steps = 0
    while recount_next(session, now=FRIDAY + HOUR, limit=2):
        steps += 1
        assert recounting(session).done < recounting(session).to
    session.expire_all()
    assert steps
    assert not recounting(session).is_running
    assert {case.due_at for case in cases[1:]} == {FRIDAY + 2 * HOUR}
    assert (cases[0].due_at, cases[0].clock_left_min) == (None, 60)
    assert calm.due_at is None


@pytest.mark.parametrize("state", [CaseState.GONE, CaseState.ANSWERED])
def test_closed_states_have_no_clock(session: Session, state: CaseState) -> None:
    """However they came about."""
    case = a_case(session)
    case.state = state
    settle(session, [case.review_id])
    set_all(session, MONDAY)
    assert (case.due_at, case.clock_from_at, case.clock_left_min) == (None, None, None)


def test_target_of_the_place_goes_before_that_of_all(session: Session) -> None:
    """A place may be quicker than the others."""
    place = make_location(session, targets={"furious": 30, "angry": 60, "annoyed": None, "calm": None})
    review = make_review(session, make_source(session, location=place))
    case = make_case(session, review, is_flagged=True)
    settle(session, [review.id])
    set_all(session, FRIDAY)
    assert case.due_at == FRIDAY + HOUR


def test_source_that_moves_takes_its_clocks_to_the_hours_there(session: Session) -> None:
    """Set anew in the background, as after any other change of rules."""
    case = a_case(session)
    source = session.get_one(Source, session.get_one(Review, case.review_id).source_id)
    always = stored_opening(Opening(week=(((0, 24 * 60),),) * 7))
    move_source(session, source, make_location(session, opening=always).id, now=FRIDAY)
    assert recounting(session).is_running
    assert not recount_next(session, now=FRIDAY + HOUR)
    session.expire_all()
    assert case.due_at == FRIDAY + 2 * HOUR
    assert not recounting(session).is_running


def test_time_zone_that_changes_moves_the_clocks(session: Session) -> None:
    """Where a known place is named with another one."""
    place = make_location(session, slug="lanterna")
    add_location(session, "Lanterna", slug="lanterna", timezone="UTC", now=FRIDAY)
    assert not recounting(session).is_running
    make_case(session, make_review(session, make_source(session, location=place)))
    add_location(session, "Lanterna", slug="lanterna", timezone="Europe/Rome", now=FRIDAY)
    assert recounting(session).is_running
