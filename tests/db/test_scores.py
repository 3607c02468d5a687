"""What is to be scored, in which order, and what a score changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.ingest import ingest
from db.models import CaseState, Review, Score
from db.scores import ReviewText, claim_unscored, count_unscored, store_scores
from tests.factories import a_score, an_item, make_case, make_review, make_score, make_source

HOUR = timedelta(hours=1)


def test_wording_comes_with_what_its_priority_needs(session: Session, now: datetime) -> None:
    """A claimed text carries the wording and the facts of its source and case."""
    source = make_source(session, reach=0.8)
    review = make_review(session, source, title="Late", body="We waited.", published_at=now)
    make_case(session, review, reopened_at=now)
    [text] = claim_unscored(session, "m2", limit=10, now=now, lease_s=60)
    assert text == ReviewText(
        review_id=review.id,
        title="Late",
        body="We waited.",
        content_hash=review.content_hash,
        stars=2.0,
        reach=0.8,
        published_at=now,
        reopened_at=now,
    )
    assert text.text == "Late\n\nWe waited."
    assert (replace(text, title="").text, replace(text, body="").text) == ("We waited.", "Late")


def test_open_cases_and_the_newest_go_first(session: Session, now: datetime) -> None:
    """Never scored before other models' scores; in each, open before closed and new before old."""
    source = make_source(session)
    plan = [
        ("scored old model, open", "m1", CaseState.OPEN, 1),
        ("unscored, answered", None, CaseState.ANSWERED, 1),
        ("unscored, open, older", None, CaseState.OPEN, 3),
        ("unscored, open, newer", None, CaseState.OPEN, 2),
        ("scored older model, answered", "m0", CaseState.ANSWERED, 1),
        ("scored by this model", "m2", CaseState.OPEN, 0),
        ("scored by a later model", "m9", CaseState.OPEN, 5),
    ]
    for body, version, state, age in plan:
        review = make_review(session, source, body=body, scored_with=version, published_at=now - age * HOUR)
        make_case(session, review, state=state)
    assert count_unscored(session, "m2") == 6
    taken = [text.body for _ in range(4) for text in claim_unscored(session, "m2", limit=2, now=now, lease_s=60)]
    assert taken == [
        "unscored, open, newer",
        "unscored, open, older",
        "unscored, answered",
        "scored older model, answered",
        "scored old model, open",
        "scored by a later model",
    ]


def test_lapsed_claim_can_be_taken_again(session: Session, now: datetime) -> None:
    """A killed scorer loses nothing: its texts are due again when the lease ends."""
    make_case(session)
    assert len(claim_unscored(session, "m2", limit=5, now=now, lease_s=60)) == 1
    assert claim_unscored(session, "m2", limit=5, now=now + timedelta(seconds=60), lease_s=60) == []
    assert len(claim_unscored(session, "m2", limit=5, now=now + timedelta(seconds=61), lease_s=60)) == 1


def test_score_is_stored_and_settles_the_case(session: Session, now: datetime) -> None:
    """The score, its model, the priority and the queue change together, and the claim is given back."""
    case = make_case(session)
    [text] = claim_unscored(session, "m2", limit=5, now=now, lease_s=60)
    row = a_score(text)
    assert store_scores(session, [row], now=now) == 1
    review, score = session.scalars(select(Review)).one(), session.scalars(select(Score)).one()
    stored = (score.anger, score.anger_level, score.sentiment, score.topics, score.sentences, score.reasons)
    assert stored == (0.9, "furious", 1.0, row.topics, row.sentences, ["waiting"])
    assert (score.model_version, score.content_hash, score.scored_at) == ("m2", review.content_hash, now)
    assert (review.scored_with, review.score_claim, review.score_claimed_until) == ("m2", None, None)
    settled = (case.is_flagged, case.in_queue, case.priority, case.priority_parts, case.priority_due_at)
    assert settled == (True, True, 71.5, row.priority_parts, row.priority_due_at)
    assert count_unscored(session, "m2") == 0


def test_calm_score_takes_a_case_from_the_queue(session: Session, now: datetime) -> None:
    """A new model may judge otherwise; a reopened case stays all the same."""
    source = make_source(session)
    flagged = make_case(session, make_review(session, source), is_flagged=True)
    reopened = make_case(session, make_review(session, source), is_flagged=True, reopened_at=now)
    texts = claim_unscored(session, "m2", limit=5, now=now, lease_s=60)
    assert store_scores(session, [a_score(text, is_flagged=False) for text in texts], now=now) == 2
    assert (flagged.in_queue, reopened.in_queue) == (False, True)


def test_answered_case_is_scored_but_not_queued(session: Session, now: datetime) -> None:
    """Figures need its score; nobody needs to act, and its age no longer matters."""
    case = make_case(session, state=CaseState.ANSWERED)
    texts = claim_unscored(session, "m2", limit=5, now=now, lease_s=60)
    store_scores(session, [a_score(text) for text in texts], now=now)
    assert (case.is_flagged, case.in_queue, case.priority, case.priority_due_at) == (True, False, 71.5, None)


def test_score_of_an_earlier_wording_is_not_stored(session: Session, now: datetime) -> None:
    """The guest edits while the model thinks: the new wording is due, the old score is dropped."""
    source = make_source(session)
    ingest(session, source.id, [an_item("r1"), an_item("r2")], run_id=None, now=now)
    texts = claim_unscored(session, "m2", limit=5, now=now, lease_s=60)
    ingest(session, source.id, [an_item("r1", body="Changed.")], run_id=None, now=now)
    assert store_scores(session, [a_score(text) for text in texts], now=now) == 1
    assert len(session.scalars(select(Score)).all()) == 1
    [again] = claim_unscored(session, "m2", limit=5, now=now, lease_s=60)
    assert again.body == "Changed."
    assert store_scores(session, [a_score(again)], now=now) == 1
    assert count_unscored(session, "m2") == 0


def test_rescoring_replaces_the_score(session: Session, now: datetime) -> None:
    """One row a review, whatever the number of models."""
    review = make_review(session)
    make_case(session, review)
    make_score(session, review, model_version="m1")
    texts = claim_unscored(session, "m2", limit=5, now=now, lease_s=60)
    store_scores(session, [a_score(text) for text in texts], now=now)
    assert session.scalars(select(Score.model_version)).one() == "m2"


def test_score_of_a_removed_review_is_dropped(session: Session, now: datetime) -> None:
    """What is no longer there takes no score."""
    make_case(session)
    [text] = claim_unscored(session, "m2", limit=5, now=now, lease_s=60)
    assert store_scores(session, [a_score(text, review_id=4711)], now=now) == 0
    assert store_scores(session, [], now=now) == 0
