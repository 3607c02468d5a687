"""How many cases have come into a list since somebody looked."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event, text
from sqlalchemy.orm import Session

from db.acting import Actor
from db.case_acts import ask_not_to_pursue, assign, set_stage
from db.models import Case, CaseStage, ReplyState
from db.queries import arrivals
from db.queries.arrivals import Mark, arrived, mark, mark_of
from db.queries.filtering import Filters
from db.queries.queue import QueueView, Reader
from db.replies import save_words
from db.reply_flow import approve, send_back, submit
from tests.factories import (
    make_case,
    make_location,
    make_person,
    make_reply,
    make_review,
    make_revision,
    make_score,
    make_source,
)

MINUTE = timedelta(minutes=1)


def a_case(session: Session, **columns: object) -> Case:
    return make_case(session, make_review(session, make_source(session)), **({"is_flagged": True} | columns))


def counted(session: Session, since: Mark, now: datetime, person_id: int | None = None) -> dict[str, int]:
    """By the name of the view, those with any."""
    reader = Reader(person_id=person_id, now=now)
    found = {view: arrived(session, view, since=since, reader=reader) for view in QueueView}
    return {str(view): count for view, count in found.items() if count}


def test_nothing_has_come_while_nothing_happens(session: Session, now: datetime) -> None:
    """What was there when the page was rendered is not new, however often one asks."""
    a_case(session)
    make_score(session, make_review(session, make_source(session)), scored_at=now)
    assert counted(session, mark(session, now=now), now + MINUTE) == {}


def test_new_reviews_are_counted_where_they_stand(session: Session, now: datetime) -> None:
    """In the view and with the filters of the page, at the places of the reader."""
    since = mark(session, now=now)
    place = make_location(session)
    review = make_review(session, make_source(session, location=place), body="Rude waiter")
    make_case(session, review, is_flagged=True)
    a_case(session, is_flagged=False)
    reader = Reader(person_id=None, now=now)
    assert counted(session, since, now) == {"now": 1, "unassigned": 1, "open": 2, "all": 2}
    assert arrived(session, QueueView.ALL, since=since, reader=reader, places=[place.id]) == 1
    assert arrived(session, QueueView.ALL, since=since, reader=reader, places=[]) == 0
    assert arrived(session, QueueView.ALL, since=since, reader=reader, filters=Filters(stars=(5,))) == 0


def test_review_that_is_judged_angry_afterwards_has_come(session: Session, now: datetime) -> None:
    """It was stored before the page was rendered, and its score has put it into the queue since. A second look by a
    new model at what was there long ago is none.
    """
    young = make_review(session, make_source(session), first_seen_at=now - MINUTE)
    old = make_review(session, make_source(session), first_seen_at=now - timedelta(days=9))
    for review in (young, old):
        make_case(session, review, is_flagged=True)
    since = mark(session, now=now)
    for review in (young, old):
        make_score(session, review, scored_at=now + MINUTE)
    assert counted(session, since, now + MINUTE) == {"now": 1, "unassigned": 1}


def test_reworded_review_has_come_back(session: Session, now: datetime) -> None:
    """Its guest wrote again."""
    case = a_case(session, reopened_at=now)
    since = mark(session, now=now)
    make_revision(session, case.review)
    assert counted(session, since, now)["changed"] == 1


def test_what_others_do_brings_cases_and_what_one_does_oneself_does_not(session: Session, now: datetime) -> None:
    """Given to me, waiting for my approval, waiting for the guest; a note or my own act is no arrival."""
    ana, ben = (make_person(session, name=name) for name in ("Ana", "Ben"))
    cases = [a_case(session) for _ in range(4)]
    since = mark(session, now=now)
    by_ben = Actor(person_id=ben.id, name="Ben", now=now)
    assign(session, [cases[0].id], ana.id, by=by_ben)
    ask_not_to_pursue(session, cases[1].id, "A mistake", by=by_ben)
    set_stage(session, [cases[2].id], CaseStage.WAITING, follow_up_at=now + MINUTE, by=by_ben)
    assign(session, [cases[3].id], ana.id, by=Actor(person_id=ana.id, name="Ana", now=now))
    assert counted(session, since, now, ana.id) == {"mine": 1, "approve": 1, "waiting": 1, "open": 1}
    assert counted(session, since, now + 2 * MINUTE, ana.id)["follow_up"] == 1


def test_an_answer_that_comes_back_brings_its_case(session: Session, now: datetime) -> None:
    """To whoever had it, and had set it to done."""
    ana, ben = (make_person(session, name=name) for name in ("Ana", "Ben"))
    case = a_case(session, is_flagged=False, stage=CaseStage.DONE, assignee_id=ana.id)
    make_reply(session, case, state=ReplyState.SUBMITTED, submitted_by_id=ana.id)
    since = mark(session, now=now)
    send_back(session, case.id, "Shorter", seen=1, by=Actor(person_id=ben.id, name="Ben", now=now))
    assert counted(session, since, now, ana.id) == {"mine": 1, "open": 1}


def test_answer_that_is_submitted_has_come_to_whoever_approves(session: Session, now: datetime) -> None:
    """Not to whoever submitted it, nor to readers of other places; once it is approved it has gone again."""
    ana, ben = (Actor(person_id=make_person(session, name=name).id, name=name, now=now) for name in ("Ana", "Ben"))
    place = make_location(session)
    case = make_case(session, make_review(session, make_source(session, location=place)))
    draft = save_words(session, case.id, "I am sorry that you waited.", seen=0, by=ana)
    since = mark(session, now=now)
    submit(session, case.id, seen=draft.version, findings=[], by=ana)
    assert counted(session, since, now, ben.person_id) == {"approve": 1}
    assert counted(session, since, now, ana.person_id) == {}
    reader = Reader(person_id=ben.person_id, now=now)
    for places, expected in (([place.id], 1), ([place.id + 1], 0)):
        assert arrived(session, QueueView.APPROVE, since=since, reader=reader, places=places) == expected
    approve(session, case.id, seen=draft.version + 1, by=ben)
    assert counted(session, since, now) == {}


def test_counting_is_bounded_and_takes_one_statement(
    session: Session, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many have come."""
    monkeypatch.setattr(arrivals, "ARRIVALS_MOST", 3)
    since = mark(session, now=now)
    source = make_source(session)
    for _ in range(7):
        make_case(session, make_review(session, source), is_flagged=True)
    session.execute(text("SELECT 1"))
    asked: list[str] = []
    event.listen(session.connection(), "before_cursor_execute", lambda *call: asked.append(call[2]))
    assert counted(session, since, now) == {"now": 4, "unassigned": 4, "open": 4, "all": 4}
    assert len(asked) == len(QueueView)


@given(st.text(max_size=60))
def test_any_text_is_a_mark_or_none(given_text: str) -> None:
    """An address may say anything."""
    found = mark_of(given_text)
    assert found is None or mark_of(str(found)) == found


def test_mark_goes_through_an_address(now: datetime) -> None:
    """And comes back as it was."""
    made = Mark(7, 0, 12, now)
    assert mark_of(str(made)) == made
