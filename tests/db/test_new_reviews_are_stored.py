"""Ingest of reviews never seen before."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from crawlers.items import DatePrecision, OwnerReply
from db.errors import UnknownSource
from db.ingest import IngestCounts, ingest
from db.models import Case, CaseState, Review
from tests.factories import an_item, make_run, make_source


def _only_review(session: Session) -> Review:
    return session.scalars(select(Review)).one()


def test_new_review_opens_a_case_that_waits_for_its_score(session: Session, now: datetime) -> None:
    """A new review is stored as shown, unscored, with an open case that does not stand in the queue yet."""
    source = make_source(session)
    run = make_run(session, source)
    item = an_item(url="https://reviews.example/1#r1", language="en", author_ref="u7", is_verified=True)
    assert ingest(session, source.id, [item], run_id=run.id, now=now) == IngestCounts(new=1)
    review = _only_review(session)
    case = session.scalars(select(Case)).one()
    shown = (review.title, review.body, review.rating, review.rating_raw, review.stars, review.url, review.language)
    assert shown == ("Long wait", item.body, 2.0, "2", 2.0, "https://reviews.example/1#r1", "en")
    assert (review.published_at, review.published_precision) == (now - timedelta(days=20), "day")
    assert (review.first_seen_at, review.last_seen_at, review.last_run_id) == (now, now, run.id)
    assert (review.scored_with, review.missed_runs, review.is_verified, review.author_ref) == (None, 0, True, "u7")
    assert (case.review_id, case.state, case.in_queue, case.opened_at) == (review.id, CaseState.OPEN, False, now)
    assert (case.priority, case.priority_parts, case.reopened_at) == (0.0, [], None)


def test_new_review_with_a_reply_is_answered(session: Session, now: datetime) -> None:
    """Where the source shows the owner's reply already, nobody needs to act."""
    reply = OwnerReply(body="We are sorry.", author_name="The owner", published_at=now)
    ingest(session, make_source(session).id, [an_item(reply=reply)], run_id=None, now=now)
    review = _only_review(session)
    assert (review.reply_body, review.reply_author, review.reply_published_at) == ("We are sorry.", "The owner", now)
    assert session.scalars(select(Case.state)).one() is CaseState.ANSWERED


def test_blank_reply_is_none(session: Session, now: datetime) -> None:
    """An empty box under a review answers nobody."""
    ingest(session, make_source(session).id, [an_item(reply=OwnerReply(body=" \n"))], run_id=None, now=now)
    assert _only_review(session).reply_hash == ""
    assert session.scalars(select(Case.state)).one() is CaseState.OPEN


def test_last_of_two_items_under_one_id_counts(session: Session, now: datetime) -> None:
    """Side bars repeat reviews: the last item of an id is stored, the others are counted."""
    source = make_source(session)
    items = [an_item("r1", body="cut sh…"), an_item("r2"), an_item("r1", body="cut short no more")]
    assert ingest(session, source.id, items, run_id=None, now=now) == IngestCounts(new=2, duplicates=1)
    assert session.scalars(select(Review.body).where(Review.external_id == "r1")).one() == "cut short no more"


def test_same_id_at_two_sources_is_two_reviews(session: Session, now: datetime) -> None:
    """Identity is the pair of source and external id."""
    for source in (make_source(session), make_source(session)):
        assert ingest(session, source.id, [an_item("r1")], run_id=None, now=now).new == 1
    assert len(session.scalars(select(Review.id)).all()) == 2


def test_more_items_than_a_batch_are_all_stored(session: Session, now: datetime) -> None:
    """A crawl may hand over any number at once."""
    items = [an_item(f"r{number}") for number in range(1203)]
    assert ingest(session, make_source(session).id, iter(items), run_id=None, now=now) == IngestCounts(new=1203)
    assert len(session.scalars(select(Case.id)).all()) == 1203


def test_no_items_change_nothing(session: Session, now: datetime) -> None:
    """An empty page is no event."""
    assert ingest(session, make_source(session).id, [], run_id=None, now=now) == IngestCounts()


def test_missing_date_is_the_first_sighting(session: Session, now: datetime) -> None:
    """Without a date the review counts as published when we first saw it, and stays so."""
    source = make_source(session)
    item = an_item(published_at=None, published_precision=DatePrecision.NONE)
    for hours in (0, 6):
        ingest(session, source.id, [item], run_id=None, now=now + timedelta(hours=hours))
    review = _only_review(session)
    assert (review.published_at, review.published_precision) == (now, "none")


def test_relative_date_stays_until_a_better_one_comes(session: Session, now: datetime) -> None:
    """What reads "2 weeks ago" every day must not move the review; an exact date replaces it, and stays."""
    source = make_source(session)
    guesses = [
        (now - timedelta(days=14), DatePrecision.RELATIVE),
        (now - timedelta(days=13), DatePrecision.RELATIVE),
        (now - timedelta(days=15), DatePrecision.DAY),
        (now - timedelta(days=11), DatePrecision.RELATIVE),
        (None, DatePrecision.NONE),
    ]
    seen = []
    for published_at, precision in guesses:
        item = an_item(published_at=published_at, published_precision=precision)
        ingest(session, source.id, [item], run_id=None, now=now)
        review = _only_review(session)
        seen.append(((now - review.published_at).days, review.published_precision))
    assert seen == [(14, "relative"), (14, "relative"), (15, "day"), (15, "day"), (15, "day")]


@pytest.mark.parametrize("end", [datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)])
def test_date_at_the_end_of_the_calendar_is_none(session: Session, now: datetime, end: datetime) -> None:
    """Programs write it for "no date"; a driver cannot show it in every zone, and nothing can be counted on from it."""
    source = make_source(session)
    item = an_item(published_at=end, edited_at=end, reply=OwnerReply(body="We are sorry.", published_at=end))
    for hours in (0, 6):
        ingest(session, source.id, [item], run_id=None, now=now + timedelta(hours=hours))
    review = _only_review(session)
    assert (review.published_at, review.published_precision) == (now, "none")
    assert (review.edited_at, review.reply_published_at) == (None, None)


def test_unknown_source_is_refused(session: Session, now: datetime) -> None:
    """Nothing is stored for a source that is not there."""
    with pytest.raises(UnknownSource, match="no source 4711"):
        ingest(session, 4711, [an_item()], run_id=None, now=now)


def test_naive_datetime_is_refused(session: Session, now: datetime) -> None:
    """A time without a zone names no instant."""
    naive = now.replace(tzinfo=None)
    with pytest.raises(ValueError, match="zone"):
        ingest(session, make_source(session).id, [an_item(edited_at=naive)], run_id=None, now=now)
