"""One review with everything known of it, and how the sources are doing."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from db.models import CaseState, CrawlState, Retention, SourceHealth
from db.queries.queue import QueueView, queue_page
from db.queries.reviews import RevisionRow, review_detail
from db.queries.sources import last_runs, source_overview
from tests.factories import make_case, make_location, make_review, make_revision, make_run, make_score, make_source

HOUR = timedelta(hours=1)


def test_detail_is_the_queue_row_and_the_rest(session: Session, now: datetime) -> None:
    """All of the row, the earlier wordings oldest first, and the facts of source, sightings and score."""
    source = make_source(session, retention=Retention.DAYS_30, url="https://reviews.example/page")
    review = make_review(
        session, source, reply_body="Sorry.", reply_author="Owner", reply_published_at=now, is_verified=True
    )
    make_score(session, review)
    case = make_case(session, review, state=CaseState.ANSWERED)
    for number in (2, 1):
        make_revision(session, review, number=number, body=f"wording {number}")
    detail = review_detail(session, review.id)
    assert detail is not None
    [row] = queue_page(session, QueueView.ALL).rows
    assert {name: getattr(detail, name) for name in row.__dataclass_fields__} == {
        name: getattr(row, name) for name in row.__dataclass_fields__
    }
    assert detail.case_id == case.id
    assert detail.revisions == tuple(
        RevisionRow(
            number=number,
            title="",
            body=f"wording {number}",
            rating_raw="3",
            stars=3.0,
            seen_from_at=now - timedelta(days=1),
            replaced_at=now,
        )
        for number in (1, 2)
    )
    assert (detail.source_url, detail.syntax, detail.retention) == (source.url, "jsonld", Retention.DAYS_30)
    assert (detail.model_version, detail.scored_at) == ("m1", now)
    assert (detail.reply_author, detail.reply_published_at, detail.is_verified) == ("Owner", now, True)
    assert (detail.first_seen_at, detail.last_seen_at, detail.missed_runs) == (now, now, 0)
    assert (detail.external_id, detail.id_kind) == (review.external_id, "platform")


def test_unknown_review_has_no_detail(session: Session) -> None:
    """The view answers 404."""
    assert review_detail(session, 4711) is None


def test_overview_shows_every_source_with_its_last_run(session: Session, now: datetime) -> None:
    """By place and name; a source never crawled has no run and no reviews."""
    baker, cafe = (make_location(session, name=name) for name in ("Baker", "Café"))
    read = make_source(session, slug="read", location=cafe, health=SourceHealth.DEGRADED, health_note="Slow.")
    make_source(session, slug="new", location=baker, next_crawl_at=None, is_enabled=False)
    for hours, found in ((3, 7), (1, 9)):
        make_run(session, read, started_at=now - hours * HOUR, state=CrawlState.FINISHED, found=found, finished_at=now)
    for _ in range(3):
        make_review(session, read)
    new, old = source_overview(session)
    assert (new.slug, new.location_name, new.reviews, new.last_run, new.next_crawl_at) == (
        "new",
        "Baker",
        0,
        None,
        None,
    )
    assert (new.is_enabled, new.health) == (False, SourceHealth.NEW)
    assert (old.slug, old.location_name, old.reviews, old.health_note) == ("read", "Café", 3, "Slow.")
    assert old.last_run is not None
    assert (old.last_run.found, old.last_run.state, old.last_run.finished_at) == (9, CrawlState.FINISHED, now)
    assert [run.found for run in last_runs(session, read.id)] == [9, 7]
    assert last_runs(session, read.id, limit=1) == [old.last_run]
