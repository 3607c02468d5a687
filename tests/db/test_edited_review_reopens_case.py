"""A guest who changes stars or text is heard again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from crawlers.items import OwnerReply, ReviewItem
from db.ingest import IngestCounts, ingest
from db.models import Case, CaseState, Review, Revision
from tests.factories import an_item, make_score, make_source

HOUR = timedelta(hours=1)


def _case(session: Session) -> Case:
    return session.scalars(select(Case)).one()


@pytest.mark.parametrize(
    "edited",
    [
        an_item(body="Seventy minutes."),
        an_item(title="Endless wait"),
        an_item(rating=4.0, rating_raw="4", stars=4.0),
    ],
    ids=["body", "title", "stars"],
)
def test_new_wording_keeps_the_old_one(session: Session, now: datetime, edited: ReviewItem) -> None:
    """The old wording becomes a revision, the new one is unscored, and the case calls for somebody."""
    source = make_source(session)
    first = an_item()
    ingest(session, source.id, [first], run_id=None, now=now)
    make_score(session, session.scalars(select(Review)).one())
    assert ingest(session, source.id, [edited], run_id=None, now=now + HOUR) == IngestCounts(changed=1)
    review, revision, case = (
        session.scalars(select(Review)).one(),
        session.scalars(select(Revision)).one(),
        _case(session),
    )
    assert (review.title, review.body, review.stars) == (edited.title, edited.body, edited.stars)
    assert (review.scored_with, review.first_seen_at, review.last_seen_at) == (None, now, now + HOUR)
    kept = (revision.number, revision.title, revision.body, revision.rating_raw, revision.stars)
    assert kept == (1, first.title, first.body, first.rating_raw, first.stars)
    assert (revision.seen_from_at, revision.replaced_at) == (now, now + HOUR)
    assert revision.content_hash != review.content_hash
    assert (case.state, case.reopened_at, case.in_queue) == (CaseState.OPEN, now + HOUR, True)


def test_each_edit_adds_one_revision(session: Session, now: datetime) -> None:
    """Also back to an earlier wording: the history says what stood there when."""
    source = make_source(session)
    for turn, body in enumerate(["one", "two", "one", "one", "three"]):
        ingest(session, source.id, [an_item(body=body)], run_id=None, now=now + turn * HOUR)
    history = [
        (revision.number, revision.body, revision.seen_from_at, revision.replaced_at)
        for revision in session.scalars(select(Revision).order_by(Revision.number))
    ]
    assert history == [
        (1, "one", now, now + HOUR),
        (2, "two", now + HOUR, now + 2 * HOUR),
        (3, "one", now + 2 * HOUR, now + 4 * HOUR),
    ]


def test_answered_case_is_reopened(session: Session, now: datetime) -> None:
    """The reply that still stands there answered something else."""
    source = make_source(session)
    item = an_item(reply=OwnerReply(body="Sorry."))
    ingest(session, source.id, [item], run_id=None, now=now)
    edited = replace(item, body="They did not even read it.")
    for turn in (1, 2):
        ingest(session, source.id, [edited], run_id=None, now=now + turn * HOUR)
        case = _case(session)
        assert (case.state, case.reopened_at, case.in_queue) == (CaseState.OPEN, now + HOUR, True)


def test_edit_and_reply_between_two_crawls_need_a_person(session: Session, now: datetime) -> None:
    """Without dates nobody knows which came last: somebody looks."""
    source = make_source(session)
    ingest(session, source.id, [an_item()], run_id=None, now=now)
    edited = an_item(body="Changed.", reply=OwnerReply(body="Sorry."))
    assert ingest(session, source.id, [edited], run_id=None, now=now + HOUR) == IngestCounts(changed=1, replied=1)
    assert (_case(session).state, _case(session).in_queue) == (CaseState.OPEN, True)


def test_reply_dated_after_the_edit_answers_it(session: Session, now: datetime) -> None:
    """Where the source dates both, the order is known."""
    source = make_source(session)
    ingest(session, source.id, [an_item()], run_id=None, now=now)
    reply = OwnerReply(body="Sorry.", published_at=now + HOUR)
    ingest(session, source.id, [an_item(body="Changed.", edited_at=now, reply=reply)], run_id=None, now=now + 2 * HOUR)
    case = _case(session)
    assert (case.state, case.reopened_at, case.in_queue) == (CaseState.ANSWERED, now + 2 * HOUR, False)


def test_edit_takes_the_claim_from_a_scorer(session: Session, now: datetime) -> None:
    """A wording that changes while it is being scored can be taken anew at once."""
    source = make_source(session)
    ingest(session, source.id, [an_item()], run_id=None, now=now)
    review = session.scalars(select(Review)).one()
    review.score_claim, review.score_claimed_until = "token", now + HOUR
    ingest(session, source.id, [an_item(body="Changed.")], run_id=None, now=now)
    claim: tuple[object, ...] = (review.score_claim, review.score_claimed_until)
    assert claim == (None, None)
