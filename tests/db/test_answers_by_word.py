"""Answers at sources whose readings show none: the word of whoever posted them ends the work."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from crawlers.items import ReviewItem
from db.acting import Actor
from db.cases import move_cases
from db.ingest import ingest
from db.models import Case, CaseEvent, CaseStage, CaseState, CrawlState, Reply, ReplyState, Review, Source, StaffMail
from db.queries.queue import QueueView, Reader, queue_page
from db.reply_claims import confirm_replies
from db.reply_flow import hold, is_answered_by_us, submit, why_look_first, write_anew
from db.reply_told import believe_replies
from db.scores import claim_unscored, store_scores
from tests.factories import NOW, a_score, an_item, make_person, make_reply, make_review, make_run, make_source

HOUR = timedelta(hours=1)
SILENT = ("appstore", "yelp")


@pytest.fixture
def source(session: Session) -> Source:
    return make_source(session, platform="yelp")


@pytest.fixture
def reply(session: Session, source: Source) -> Reply:
    """One that its author has put there."""
    read(session, source, an_item())
    case = session.scalars(select(Case)).one()
    ana = make_person(session, name="Ana").id
    return make_reply(
        session, case, state=ReplyState.POSTED, posted_at=NOW, by_hand=True, submitted_by_id=ana, post_at=None,
        posted_body="I am sorry that you waited.",
    )  # fmt: skip


def read(session: Session, source: Source, item: ReviewItem, *, hours: int = 0) -> None:
    """A complete reading, and the judgement of what is new."""
    now = NOW + hours * HOUR
    make_run(session, source, state=CrawlState.FINISHED, started_at=now)
    ingest(session, source.id, [item], run_id=None, now=now)
    texts = claim_unscored(session, "m2", limit=10, now=now, lease_s=60)
    store_scores(session, [a_score(text) for text in texts], now=now)


def confirm(session: Session, *, hours: int) -> int:
    """As the worker does it."""
    now = NOW + hours * HOUR
    return believe_replies(session, SILENT, now=now) + confirm_replies(session, now=now)


def case_of(session: Session, reply: Reply) -> Case:
    return session.get_one(Case, reply.case_id, populate_existing=True)


def test_the_word_of_whoever_posted_it_ends_it(session: Session, source: Source, reply: Reply) -> None:
    """However many readings show no answer: nobody is asked, and nobody posts it twice."""
    assert confirm(session, hours=0) == 1
    assert (reply.state, reply.live_at, reply.live_body) == (ReplyState.LIVE, None, reply.posted_body)
    assert (case_of(session, reply).state, case_of(session, reply).in_queue) == (CaseState.ANSWERED, False)
    for hours in (1, 2, 3):
        read(session, source, an_item(), hours=hours)
        assert confirm(session, hours=hours) == 0
    assert (reply.state, case_of(session, reply).state) == (ReplyState.LIVE, CaseState.ANSWERED)
    assert list(session.scalars(select(CaseEvent.kind))) == ["reply_told"]
    assert list(session.scalars(select(StaffMail))) == []


def test_so_does_that_of_the_platform_itself(session: Session, reply: Reply) -> None:
    """Its interface has taken it."""
    reply.by_hand = False
    assert confirm(session, hours=0) == 1
    assert (reply.state, case_of(session, reply).state) == (ReplyState.LIVE, CaseState.ANSWERED)


@pytest.mark.parametrize("columns", [{"reply_body": "Thanks!"}, {"reply_event": "gone"}], ids=["shown", "shown once"])
def test_a_source_that_has_shown_an_answer_is_asked(
    session: Session, source: Source, reply: Reply, columns: dict[str, str]
) -> None:
    """Under any review: it may show this one as well."""
    make_review(session, source, **columns)
    assert believe_replies(session, SILENT, now=NOW) == 0
    assert (reply.state, case_of(session, reply).state) == (ReplyState.POSTED, CaseState.OPEN)


def test_so_is_one_of_a_platform_whose_readings_show_them(session: Session, reply: Reply) -> None:
    """Two readings that do not show it bring it back."""
    assert believe_replies(session, ("appstore",), now=NOW) == 0
    assert reply.state is ReplyState.POSTED


def test_an_edit_after_it_calls_for_somebody_again(session: Session, source: Source, reply: Reply) -> None:
    """And goes on to when it is judged; another answer is for the new wording."""
    confirm(session, hours=0)
    read(session, source, an_item(body="They did not even read it."), hours=1)
    assert confirm(session, hours=1) == 0
    case = case_of(session, reply)
    assert (case.state, case.in_queue, reply.state) == (CaseState.OPEN, True, ReplyState.LIVE)
    page = queue_page(session, QueueView.CHANGED, reader=Reader(person_id=0, now=NOW + HOUR))
    assert [row.case_id for row in page.rows] == [case.id]


def test_one_that_the_guest_edits_at_that_moment_is_out_and_its_case_open(
    session: Session, source: Source, reply: Reply
) -> None:
    """It was approved for other words."""
    read(session, source, an_item(body="They did not even read it."), hours=1)
    assert confirm(session, hours=1) == 1
    assert (reply.state, case_of(session, reply).state) == (ReplyState.LIVE, CaseState.OPEN)


def test_a_review_that_was_away_stays_answered(session: Session, reply: Reply) -> None:
    """It comes back without an answer, as this source shows all of them."""
    confirm(session, hours=0)
    case = case_of(session, reply)
    for state in (CaseState.GONE, CaseState.OPEN):
        move_cases(session, [case.review_id], state, now=NOW + HOUR)
    assert confirm(session, hours=2) == 1
    assert (case_of(session, reply).state, reply.state) == (CaseState.ANSWERED, ReplyState.LIVE)


def test_another_answer_may_take_its_place(session: Session, reply: Reply) -> None:
    """It is ours that stands there."""
    confirm(session, hours=0)
    case = case_of(session, reply)
    case.stage = CaseStage.DONE
    assert is_answered_by_us(case, session.get_one(Review, case.review_id), reply)
    by = Actor(person_id=make_person(session, name="Ben").id, name="Ben", now=NOW)
    write_anew(session, case.id, seen=reply.version, by=by)
    submit(session, case.id, seen=reply.version, findings=[], by=by, is_free=True)
    assert why_look_first(session, case.id) == ""
    hold(session, case.id, seen=reply.version, by=by, is_replaced=True)
    assert reply.state is ReplyState.HELD
