"""What people say of the anger of a review: over the model's word, until the guest writes anew."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.acting import Actor, undo
from db.cases import settle
from db.erasing import erase
from db.errors import BadValue
from db.ingest import ingest
from db.judging import judge
from db.models import Case, CaseEvent, Channel, Complaint, ErasedFor, Review, Verdict
from db.queries.verdicts import judged_texts, looked_at, tallies
from db.scores import ScoreRow, claim_unscored, store_scores
from db.verdicts import said_of
from tests.factories import a_score, an_item, make_case, make_person, make_review, make_score, make_source


@pytest.fixture
def ana(session: Session, now: datetime) -> Actor:
    return Actor(person_id=make_person(session, name="Ana").id, name="Ana", now=now)


@pytest.fixture
def ben(session: Session, now: datetime) -> Actor:
    return Actor(person_id=make_person(session, name="Ben").id, name="Ben", now=now + timedelta(minutes=1))


def a_case(session: Session, *, anger: float = 0.71, level: str = "angry", **columns: bool) -> Case:
    review = make_review(session)
    make_score(session, review, anger=anger, anger_level=level)
    return make_case(session, review, **({"is_flagged": level == "angry"} | columns))


def in_queue(session: Session, case: Case) -> bool:
    session.refresh(case)
    return case.in_queue


def test_word_takes_a_case_out_of_the_queue_or_into_it(session: Session, ana: Actor) -> None:
    """At once, with what the model had said; said anew it changes, and there is one row."""
    wrong, missed = a_case(session), a_case(session, anger=0.2, level="calm")
    judge(session, wrong.id, False, by=ana)
    judge(session, missed.id, True, by=ana)
    assert (in_queue(session, wrong), in_queue(session, missed)) == (False, True)
    (said,) = said_of(session, wrong.review_id)
    assert (said.person_name, said.is_angry, said.anger, said.model_version) == ("Ana", False, 0.71, "m1")
    rows = {row.review_id: row.was_flagged for row in session.scalars(select(Verdict))}
    assert rows == {wrong.review_id: True, missed.review_id: False}
    judge(session, wrong.id, True, by=ana)
    assert in_queue(session, wrong)
    assert [one.is_angry for one in said_of(session, wrong.review_id)] == [True]


def test_last_word_of_anybody_holds(session: Session, ana: Actor, ben: Actor) -> None:
    """Taken back, the word before it holds, and then the model's."""
    case = a_case(session)
    judge(session, case.id, False, by=ana)
    judge(session, case.id, True, by=ben)
    assert in_queue(session, case)
    judge(session, case.id, None, by=ben)
    assert not in_queue(session, case)
    judge(session, case.id, None, by=ana)
    assert in_queue(session, case)
    assert case.said_angry is None
    assert session.scalars(select(Verdict)).all() == []


def test_word_can_be_undone(session: Session, ana: Actor) -> None:
    """The case and what was said are as before, and the timeline tells both."""
    case = a_case(session)
    done = judge(session, case.id, False, by=ana)
    assert undo(session, str(done.undo), by=ana) is not None
    assert in_queue(session, case)
    assert said_of(session, case.review_id) == []
    judge(session, case.id, True, by=ana)
    done = judge(session, case.id, False, by=ana)
    undo(session, str(done.undo), by=ana)
    assert [one.is_angry for one in said_of(session, case.review_id)] == [True]
    done = judge(session, case.id, None, by=ana)
    undo(session, str(done.undo), by=ana)
    assert [one.anger for one in said_of(session, case.review_id)] == [0.71]
    kinds = session.scalars(select(CaseEvent.kind).order_by(CaseEvent.id)).all()
    assert kinds == ["judged", "undone", "judged", "judged", "undone", "judged", "undone"]


def test_risk_keeps_a_case_whatever_is_said_of_its_tone(session: Session, ana: Actor) -> None:
    """An allergy told calmly still needs somebody, and says nothing of how well the model knows tone."""
    case = a_case(session, anger=0.1, level="calm", is_flagged=True, is_risky=True)
    judge(session, case.id, False, by=ana)
    assert in_queue(session, case)
    assert session.scalars(select(Verdict.was_flagged)).one() is None


def test_what_staff_heard_is_no_word_of_the_model(session: Session, now: datetime, ana: Actor) -> None:
    """A complaint that somebody took stands in the queue whatever its tone, and how angry it counts may be theirs: it
    enters no figure of the model, and nothing of it is told as the model's word."""
    told = {}
    for level in ("angry", ""):
        case = a_case(session, anger=0.75)
        taken = {"channel": Channel.PHONE, "taken_at": now, "taken_by_name": "Ana"}
        session.add(Complaint(review_id=case.review_id, heard_level=level, **taken))
        session.flush()
        judge(session, case.id, True, by=ana)
        told[level] = said_of(session, case.review_id)[0].anger
    assert told == {"angry": None, "": 0.75}
    assert session.scalars(select(Verdict.was_flagged)).all() == [None, None]
    assert tallies(session) == []
    assert judged_texts(session, limit=9) == []
    looked = looked_at(session, since=now - timedelta(days=9_000))
    assert (looked.flagged, looked.looked_at, looked.wordings, looked.uncounted) == (0, 0, 2, 2)


def _score_anew(session: Session, now: datetime) -> ScoreRow:
    (text,) = claim_unscored(session, "m2", limit=5, now=now, lease_s=60)
    row = a_score(text)
    assert store_scores(session, [row], now=now) == 1
    return row


def test_word_outlasts_a_new_score_and_ends_with_a_new_wording(session: Session, now: datetime, ana: Actor) -> None:
    """The same words judged furious by the next model stay out; other words are another matter."""
    source = make_source(session)
    ingest(session, source.id, [an_item()], run_id=None, now=now)
    case = session.scalars(select(Case)).one()
    judge(session, case.id, False, by=ana)
    _score_anew(session, now)
    assert not in_queue(session, case)
    ingest(session, source.id, [an_item(body="Liars, all of you!")], run_id=None, now=now + timedelta(hours=1))
    assert in_queue(session, case)
    assert case.said_angry is None
    assert said_of(session, case.review_id) == []
    judge(session, case.id, False, by=ana)
    assert not in_queue(session, case), "a person has read the change"


def test_stale_page_and_empty_review_are_refused(session: Session, now: datetime, ana: Actor) -> None:
    """What was read is what is judged."""
    case = a_case(session)
    with pytest.raises(BadValue, match="has changed the review"):
        judge(session, case.id, False, by=ana, seen_hash="0" * 64)
    erase(session, [case.review_id], ErasedFor.REQUEST, now=now)
    for id_ in (case.id, 9_999):
        with pytest.raises(BadValue, match="no text"):
            judge(session, id_, False, by=ana)


def test_erasing_keeps_the_count_and_no_digest(session: Session, now: datetime, ana: Actor) -> None:
    """What was said of earlier wordings goes with them."""
    case = a_case(session)
    judge(session, case.id, False, by=ana)
    present = session.get_one(Review, case.review_id).content_hash
    session.add(Verdict(review_id=case.review_id, content_hash="1" * 64, is_angry=True, said_at=now))
    session.flush()
    erase(session, [case.review_id], ErasedFor.REQUEST, now=now)
    assert present
    assert session.execute(select(Verdict.content_hash, Verdict.is_angry)).all() == [("", False)]
    settle(session, [case.review_id])
    assert not in_queue(session, case)
