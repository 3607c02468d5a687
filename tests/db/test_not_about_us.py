"""A mention of somebody else is put aside by a person, and stays so; and reviews that no model may read."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from crawlers.items import OwnerReply
from db.cases import set_not_us, undo_not_us
from db.ingest import ingest
from db.models import NOT_JUDGED, Case, CaseState, Review, Score
from db.scores import claim_unscored, count_unscored, set_may_judge, store_scores
from tests.factories import a_score, an_item, make_case, make_review, make_source

HOUR = timedelta(hours=1)


def test_not_about_us_leaves_the_queue_until_it_is_undone(session: Session, now: datetime) -> None:
    """Crawls that edit or answer it do not bring it back; undone, it stands where the source says."""
    source = make_source(session)
    ingest(session, source.id, [an_item()], run_id=None, now=now)
    case = session.scalars(select(Case)).one()
    case.is_flagged = case.in_queue = True
    session.flush()
    assert set_not_us(session, case.review_id, now=now)
    assert not set_not_us(session, case.review_id, now=now)
    ingest(session, source.id, [an_item(body="Other words.")], run_id=None, now=now + HOUR)
    session.refresh(case)
    assert (case.state, case.in_queue) == (CaseState.NOT_US, False)
    assert undo_not_us(session, case.review_id, now=now)
    session.refresh(case)
    assert (case.state, case.in_queue) == (CaseState.OPEN, True)
    assert not undo_not_us(session, case.review_id, now=now)
    set_not_us(session, case.review_id, now=now)
    reply = OwnerReply(body="Sorry.")
    ingest(session, source.id, [an_item(body="Other words.", reply=reply)], run_id=None, now=now + 2 * HOUR)
    assert undo_not_us(session, case.review_id, now=now)
    session.refresh(case)
    assert (case.state, case.in_queue) == (CaseState.ANSWERED, False)
    assert not set_not_us(session, 999, now=now)
    assert not undo_not_us(session, 999, now=now)


def test_source_that_may_not_be_judged_is_ranked_by_its_stars(session: Session, now: datetime) -> None:
    """No claim hands its texts out, under no model; two stars or fewer stand in the queue, the fewer the higher."""
    source = make_source(session, may_judge=False)
    stars = {"r1": 1.0, "r2": 2.0, "r4": 4.0, "none": None}
    items = [an_item(id_, stars=value, rating=value) for id_, value in stars.items()]
    ingest(session, source.id, items, run_id=None, now=now)
    assert claim_unscored(session, "m1", limit=9, now=now, lease_s=9) == []
    assert count_unscored(session) == count_unscored(session, "m2") == 0
    rows = session.execute(select(Case.in_queue, Case.priority).order_by(Case.review_id)).all()
    assert [(row.in_queue, row.priority) for row in rows] == [(True, 32.0), (True, 24.0), (False, 8.0), (False, 0.0)]
    ingest(session, source.id, [an_item("r4", stars=1.0, rating=1.0)], run_id=None, now=now + HOUR)
    review = session.scalars(select(Review).where(Review.external_id == "r4")).one()
    assert review.scored_with == NOT_JUDGED
    assert session.scalars(select(Case.priority).where(Case.review_id == review.id)).one() == 32.0


def test_permission_to_judge_can_be_given_and_taken(session: Session, now: datetime) -> None:
    """Given, all of it is due; taken away, what the model said goes, also what it was just about to say."""
    source = make_source(session)
    review = make_review(session, source)
    make_case(session, review)
    texts = claim_unscored(session, "m2", limit=9, now=now, lease_s=9)
    set_may_judge(session, source.id, False)
    assert store_scores(session, [a_score(text) for text in texts], now=now) == 0
    set_may_judge(session, source.id, True)
    texts = claim_unscored(session, "m2", limit=9, now=now, lease_s=9)
    assert store_scores(session, [a_score(text) for text in texts], now=now) == 1
    set_may_judge(session, source.id, False)
    assert session.scalars(select(Score)).all() == []
    assert session.scalars(select(Case.priority)).one() == 24.0
