"""Where reviews have no ids, an edit comes under a new digest: a complete crawl joins it with what went."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from crawlers.items import DatePrecision, IdKind, OwnerReply, ReviewItem
from db.crawls import RunResult, finish_run, start_run
from db.ingest import ingest
from db.models import Case, CaseState, CrawlRun, CrawlState, Review, Revision, Source
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


def test_joined_pair_counts_as_changed_in_the_record(session: Session, now: datetime) -> None:
    """Stored as new while the run went on, it turned out to be an edit: the record says so, and what is gone."""
    source = make_source(session)
    others = [_item(f"o{number}", author_name=f"Other {number}") for number in range(3)]
    _crawl(session, source, [_item("d1"), *others], now=now)
    records = []
    for turn in (1, 2, 3):
        run_id = start_run(session, source.id, now=now + turn * DAY)
        shown = [_item("d2", body="Two hours!"), _item("n1", author_name="New one"), *others[1:]]
        counts = ingest(session, source.id, shown, run_id=run_id, now=now + turn * DAY + timedelta(seconds=5))
        told = RunResult(state=CrawlState.FINISHED, is_complete=True, new=counts.new, unchanged=counts.unchanged)
        assert finish_run(session, run_id, told, now=now + turn * DAY + timedelta(seconds=9))
        run = session.get_one(CrawlRun, run_id, populate_existing=True)
        records.append((run.new, run.changed, run.unchanged, run.gone))
    assert records == [(1, 1, 2, 0), (0, 0, 4, 1), (0, 0, 4, 0)]


def test_edit_seen_first_by_a_reading_that_was_cut_short_is_joined(session: Session, now: datetime) -> None:
    """Nothing has shown both: the complete reading after it joins them, and keeps its own count of new ones."""
    source = make_source(session)
    _crawl(session, source, [_item("d1")], now=now)
    first_id = session.scalars(select(Review.id)).one()
    edited = _item("d2", body="Two hours!")
    _crawl(session, source, [edited], now=now + DAY, is_complete=False)
    _crawl(session, source, [edited], now=now + 2 * DAY)
    review = session.scalars(select(Review)).one()
    assert (review.id, review.external_id, review.body) == (first_id, "d2", "Two hours!")
    assert [run.new for run in session.scalars(select(CrawlRun))] == [0, 0, 0]


def test_two_that_were_shown_together_are_two(session: Session, now: datetime) -> None:
    """When one of them goes later, the other is no edit of it."""
    source = make_source(session)
    both = [_item("d1"), _item("d2", body="Another table, the same evening.")]
    _crawl(session, source, both, now=now)
    _crawl(session, source, both[1:], now=now + DAY)
    assert len(session.scalars(select(Review.id)).all()) == 2


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
