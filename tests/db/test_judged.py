"""Which stored scores a new calibration is tried on."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from db.models import Channel, Complaint
from db.queries.judged import JudgedRow, newest_judged, wordings
from tests.factories import make_review, make_score, make_source


def test_newest_scores_of_the_wanted_versions(session: Session, now: datetime) -> None:
    """Both versions together, the newest first and no more than asked for; other models' scores are left out."""
    source = make_source(session)
    made = {}
    for age, version in enumerate(["a", "b", "other", "a", "b"]):
        review = make_review(session, source, published_at=now - timedelta(days=age))
        make_score(session, review, model_version=version, risks=[{"risk": "legal"}])
        made[age] = review.id
    found = newest_judged(session, ["a", "b"], limit=3)
    assert [row.review_id for row in found] == [made[0], made[1], made[3]]
    assert found[0] == JudgedRow(
        review_id=made[0],
        published_at=now,
        model_version="a",
        anger=0.8,
        anger_level="angry",
        risks=[{"risk": "legal"}],
    )
    assert newest_judged(session, ["none"], limit=3) == []


def test_score_of_an_earlier_wording_does_not_count(session: Session) -> None:
    """A review whose text has changed waits to be judged, and its old score is of another text."""
    review = make_review(session)
    make_score(session, review, model_version="a")
    review.scored_with = None
    session.flush()
    assert newest_judged(session, ["a"], limit=3) == []


def test_complaint_that_somebody_took_does_not_count(session: Session, now: datetime) -> None:
    """How angry it was may be what they heard, stored in place of the model's figure."""
    review = make_review(session)
    make_score(session, review, model_version="a")
    session.add(
        Complaint(review_id=review.id, heard_level="angry", channel=Channel.PHONE, taken_at=now, taken_by_name="Ana")
    )
    session.flush()
    assert newest_judged(session, ["a"], limit=3) == []


def test_wordings_are_the_scored_texts(session: Session) -> None:
    """Title, blank line and body, of the reviews asked for."""
    review = make_review(session, title="Late", body="We waited.")
    make_review(session)
    assert wordings(session, [review.id]) == {review.id: "Late\n\nWe waited."}
    assert wordings(session, []) == {}
