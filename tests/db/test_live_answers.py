"""What happens at the source to a review whose answer was seen there: an edit, a removal, a refusal."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from crawlers.items import OwnerReply, ReviewItem
from crawlers.items import ReplyState as Told
from db.clocks import set_stale
from db.ingest import ingest
from db.models import Case, CaseStage, CaseState, Reply, ReplyState, Review, Source
from db.queries.queue import QueueView, Reader, queue_page
from db.reply_claims import confirm_replies
from db.scores import claim_unscored, store_scores
from tests.factories import a_score, an_item, make_case, make_person, make_reply, make_review, make_source

HOUR = timedelta(hours=1)
ANSWER = OwnerReply(body="I am sorry that you waited.", state=Told.PUBLISHED)
ANSWERED = an_item(reply=ANSWER)


class Desk:
    """One review with an answer of ours, read, judged and confirmed hour by hour."""

    def __init__(self, session: Session, now: datetime) -> None:
        self.session, self.now = session, now
        self.source: Source = make_source(session)
        self.ana = make_person(session, name="Ana").id
        self.read(an_item())
        case = self.case
        case.stage, case.assignee_id = CaseStage.DONE, self.ana
        make_reply(
            session, case, state=ReplyState.POSTED, posted_at=self.now, submitted_by_id=self.ana, post_at=None,
            body=ANSWER.body, posted_body=ANSWER.body,
        )  # fmt: skip
        self.read(ANSWERED)
        assert (self.reply.state, self.case.state) == (ReplyState.LIVE, CaseState.ANSWERED)

    def read(self, item: ReviewItem) -> None:
        """A reading that shows it so, the judgement of what is new, and the comparison of answers."""
        self.now += HOUR
        ingest(self.session, self.source.id, [item], run_id=None, now=self.now)
        texts = claim_unscored(self.session, "m2", limit=10, now=self.now, lease_s=60)
        store_scores(self.session, [a_score(text) for text in texts], now=self.now)
        confirm_replies(self.session, now=self.now)
        set_stale(self.session, now=self.now)
        self.session.expire_all()

    @property
    def case(self) -> Case:
        return self.session.scalars(select(Case)).one()

    @property
    def reply(self) -> Reply:
        return self.session.scalars(select(Reply)).one()

    def stands_in(self, view: QueueView) -> bool:
        page = queue_page(self.session, view, reader=Reader(person_id=self.ana, now=self.now))
        return [row.case_id for row in page.rows] == [self.case.id]


@pytest.fixture
def desk(session: Session, now: datetime) -> Desk:
    return Desk(session, now)


def test_an_edit_under_a_live_answer_stays_in_the_queue(desk: Desk) -> None:
    """Also once the new wording is judged, with a clock that runs; the answer is still seen there."""
    assert (desk.case.in_queue, desk.case.due_at) == (False, None)
    desk.read(replace(ANSWERED, body="They did not even read it."))
    assert (desk.case.state, desk.case.stage, desk.reply.state) == (CaseState.OPEN, CaseStage.TODO, ReplyState.LIVE)
    assert desk.stands_in(QueueView.NOW)
    assert desk.stands_in(QueueView.CHANGED)
    assert desk.case.due_at is not None


def test_a_live_answer_that_is_gone_comes_back(desk: Desk) -> None:
    """Its case is to do at once; its author is asked when a second reading does not show it either."""
    desk.read(an_item())
    assert (desk.case.state, desk.case.stage, desk.reply.state) == (CaseState.OPEN, CaseStage.TODO, ReplyState.LIVE)
    assert desk.stands_in(QueueView.NOW)
    assert desk.case.due_at is not None
    desk.read(an_item())
    assert (desk.reply.state, "not seen this answer" in desk.reply.trouble) == (ReplyState.FAILED, True)
    assert desk.stands_in(QueueView.MINE)
    desk.read(ANSWERED)
    assert (desk.reply.state, desk.reply.trouble, desk.case.state) == (ReplyState.LIVE, "", CaseState.ANSWERED)


def test_one_reading_that_misses_a_live_answer_asks_nobody(desk: Desk) -> None:
    """It is there again with the next."""
    desk.read(an_item())
    desk.read(ANSWERED)
    assert (desk.reply.state, desk.case.state, desk.case.in_queue) == (ReplyState.LIVE, CaseState.ANSWERED, False)


def test_a_live_answer_that_is_refused_with_the_same_words_comes_back(desk: Desk) -> None:
    """With the reason; shown after all it is live again."""
    desk.read(an_item(reply=replace(ANSWER, state=Told.REJECTED, note="Advertising")))
    assert (desk.reply.state, desk.reply.trouble) == (ReplyState.REJECTED, "Advertising")
    assert (desk.case.state, desk.case.stage) == (CaseState.OPEN, CaseStage.TODO)
    assert desk.stands_in(QueueView.NOW)
    desk.read(ANSWERED)
    assert (desk.reply.state, desk.reply.trouble, desk.case.state) == (ReplyState.LIVE, "", CaseState.ANSWERED)


def test_an_answer_that_was_never_live_is_shown_after_it_was_refused(session: Session, now: datetime) -> None:
    """With the same words."""
    review = make_review(session, reply_body="I am sorry.", reply_state="published", last_seen_at=now + HOUR)
    refused = make_reply(
        session, make_case(session, review), state=ReplyState.REJECTED, posted_at=now, body="I am sorry.",
        posted_body="I am sorry.",
    )  # fmt: skip
    assert confirm_replies(session, now=now + 2 * HOUR) == 1
    assert refused.state is ReplyState.LIVE


def test_the_same_words_for_another_wording_answer_it(desk: Desk) -> None:
    """A reading sees nothing new in them; somebody has approved them for what the guest has written since."""
    edited = replace(ANSWERED, body="They did not even read it.")
    desk.read(edited)
    reply = desk.reply
    reply.state, reply.posted_at = ReplyState.POSTED, desk.now
    reply.content_hash = desk.session.scalars(select(Review)).one().content_hash
    desk.read(edited)
    assert (desk.reply.state, desk.case.state, desk.case.in_queue) == (ReplyState.LIVE, CaseState.ANSWERED, False)
