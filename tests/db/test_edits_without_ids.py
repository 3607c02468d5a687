"""Where reviews have no ids, an edit comes under a new digest: a complete crawl joins it with what went."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from crawlers.items import DatePrecision, IdKind, OwnerReply, ReviewItem
from db.crawls import RunResult, finish_run, start_run
from db.ingest import ingest
from db.models import Case, CaseState, CrawlState, Review, Revision, Source
from tests.factories import an_item, make_score, make_source

DAY = timedelta(days=1)


def _item(digest: str, **fields: object) -> ReviewItem:
    return an_item(digest, **({"id_kind": IdKind.DIGEST} | fields))


def _crawl(
    session: Session, source: Source, items: list[ReviewItem], *, now: datetime, is_complete: bool = True
) -> None:
    run_id = start_run(session, source.id, now=now)
    ingest(session, source.id, items, run_id=run_id, now=now + timedelta(seconds=5))
    result = RunResult(state=CrawlState.FINISHED, is_complete=is_complete)
    assert finish_run(session, run_id, result, now=now + timedelta(seconds=9))


def test_edit_keeps_its_row_and_history(session: Session, now: datetime) -> None:
    """The stored row takes the new wording and digest; its case is reopened; the earlier wording is kept."""
    source = make_source(session)
    other = _item("d0", author_name="Guest Two", body="Fine.")
    _crawl(session, source, [_item("d1"), other], now=now)
    first = session.scalars(select(Review).where(Review.external_id == "d1")).one()
    first_id, first_body = first.id, first.body
    make_score(session, first)
    edited = _item("d2", author_name="GUEST  one", body="Two hours for a booked table!")
    _crawl(session, source, [edited, other], now=now + DAY)
    session.expire_all()
    reviews = session.scalars(select(Review).order_by(Review.id)).all()
    assert [review.external_id for review in reviews] == ["d2", "d0"]
    review, case = reviews[0], session.scalars(select(Case).where(Case.review_id == first_id)).one()
    assert (review.id, review.body, review.scored_with, review.missed_runs) == (first_id, edited.body, None, 0)
    assert (case.state, case.reopened_at is not None, case.in_queue) == (CaseState.OPEN, True, True)
    assert [revision.body for revision in session.scalars(select(Revision))] == [first_body]
    _crawl(session, source, [edited, other], now=now + 2 * DAY)
    assert len(session.scalars(select(Revision)).all()) == 1


def test_answered_edit_stays_answered(session: Session, now: datetime) -> None:
    """The state is the one the source shows."""
    source = make_source(session)
    _crawl(session, source, [_item("d1")], now=now)
    _crawl(session, source, [_item("d2", body="Other.", reply=OwnerReply(body="Sorry."))], now=now + DAY)
    assert session.scalars(select(Case.state)).all() == [CaseState.ANSWERED]


def test_nothing_is_joined_without_a_clear_pair(session: Session, now: datetime) -> None:
    """Another author, another day, two that fit, ids of the platform, moving dates, a crawl that was cut short."""
    cases: list[tuple[list[ReviewItem], list[ReviewItem], bool]] = [
        ([_item("d1")], [_item("d2", author_name="Somebody")], True),
        ([_item("d1")], [_item("d2", published_at=now - 9 * DAY)], True),
        ([_item("d1"), _item("d3", body="Second.")], [_item("d2", body="Other.")], True),
        ([_item("d1", author_name="")], [_item("d2", author_name="", body="Other.")], True),
        ([_item("p1", id_kind=IdKind.PLATFORM)], [_item("p2", id_kind=IdKind.PLATFORM, body="Other.")], True),
        ([_item("d1", published_precision=DatePrecision.RELATIVE)], [_item("d2", body="Other.")], True),
        ([_item("d1")], [_item("d2", body="Other.")], False),
    ]
    for before, after, is_complete in cases:
        source = make_source(session)
        _crawl(session, source, before, now=now)
        _crawl(session, source, after, now=now + DAY, is_complete=is_complete)
        count = len(session.scalars(select(Review.id).where(Review.source_id == source.id)).all())
        assert count == len(before) + len(after)
    assert session.scalars(select(Revision)).all() == []
