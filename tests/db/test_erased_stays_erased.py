"""Erased at its writer's wish where the source gives no ids: an edit there brings nothing back, on either database."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from crawlers.items import DatePrecision, IdKind, ReviewItem
from db.crawls import RunResult, finish_run, start_run
from db.erasing import TEXTS, erase_at_request
from db.ingest import IngestCounts, ingest
from db.models import CrawlRun, CrawlState, ErasedMark, Review, Revision, Source
from db.vault import Vault
from tests.factories import an_item, make_source

DAY = timedelta(days=1)
VAULT = Vault("a key of sixteen characters")


def _item(digest: str, **fields: Any) -> ReviewItem:
    return an_item(digest, **({"id_kind": IdKind.DIGEST} | fields))


def _read(session: Session, source: Source, *items: ReviewItem, now: datetime) -> tuple[IngestCounts, CrawlRun]:
    """One complete reading."""
    run_id = start_run(session, source.id, now=now)
    counts = ingest(session, source.id, items, run_id=run_id, now=now + timedelta(seconds=5), vault=VAULT)
    told = RunResult(state=CrawlState.FINISHED, is_complete=True, new=counts.new, unchanged=counts.unchanged)
    assert finish_run(session, run_id, told, now=now + timedelta(seconds=9))
    return counts, session.get_one(CrawlRun, run_id, populate_existing=True)


def _erased(session: Session, source: Source, item: ReviewItem, *, now: datetime) -> Review:
    _read(session, source, item, now=now)
    review = session.scalars(select(Review)).one()
    assert erase_at_request(session, review.id, now=now, vault=VAULT)
    return review


@pytest.mark.parametrize("precision", [DatePrecision.DAY, DatePrecision.RELATIVE, DatePrecision.NONE])
def test_edit_of_an_erased_review_does_not_come_back(session: Session, now: datetime, precision: DatePrecision) -> None:
    """Other words, another digest, the name in other letters: the row stays one, empty, and counts as seen."""
    source = make_source(session)
    _erased(session, source, _item("d1", published_precision=precision), now=now)
    for turn in (1, 2, 3):
        edited = _item(f"d{turn + 1}", author_name="GUEST  one", body=f"Edit {turn}", published_precision=precision)
        counts, run = _read(session, source, edited, now=now + turn * DAY)
        review = session.scalars(select(Review)).one()
        assert (counts.new, counts.unchanged, run.new, run.gone) == (0, 1, 0, 0)
        assert {getattr(review, name) for name in TEXTS} == {""}
        assert (review.external_id, review.erased_for, review.missed_runs) == ("d1", "request", 0)
        assert review.last_seen_at == now + turn * DAY + timedelta(seconds=5)
    assert session.scalars(select(Revision)).all() == []


def test_reviews_of_others_are_taken_in(session: Session, now: datetime) -> None:
    """Another guest of that day, the same guest of another day, and what already stood beside it."""
    source = make_source(session)
    beside = _item("d5", body="Second visit that day.")
    _read(session, source, _item("d1"), beside, now=now)
    first = session.scalars(select(Review).where(Review.external_id == "d1")).one()
    assert erase_at_request(session, first.id, now=now, vault=VAULT)
    others = [_item("d6", author_name="Guest Two"), _item("d7", published_at=now - 40 * DAY), beside]
    counts, _ = _read(session, source, _item("d8", body="An edit."), *others, now=now + DAY)
    assert (counts.new, counts.unchanged) == (2, 2)
    named = session.scalars(select(Review.external_id).where(Review.erased_for == "")).all()
    assert sorted(named) == ["d5", "d6", "d7"]


def test_mark_holds_no_name_and_needs_the_key(session: Session, now: datetime) -> None:
    """Without the vault nothing is stored rather than something that was erased; with its key nobody reads the mark."""
    source = make_source(session)
    _erased(session, source, _item("d1"), now=now)
    (mark,) = session.scalars(select(ErasedMark.mark))
    assert len(mark) == 64
    with pytest.raises(ValueError, match="erased"):
        ingest(session, source.id, [_item("d2")], run_id=None, now=now + DAY)
    assert len(session.scalars(select(Review.id)).all()) == 1
    ids = make_source(session)
    _read(session, ids, _item("p1", id_kind=IdKind.PLATFORM), now=now)
    kept = session.scalars(select(Review).where(Review.source_id == ids.id)).one()
    assert erase_at_request(session, kept.id, now=now, vault=VAULT)
    assert len(session.scalars(select(ErasedMark)).all()) == 1, "the platform's own id is enough"
