"""The promise of ingest: repeating it, in any order, is as good as doing it once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from crawlers.items import DatePrecision, OwnerReply, ReviewItem
from db.ingest import IngestCounts, ingest
from db.models import Case, Review
from db.session import session_scope
from tests.factories import NOW, an_item, make_score, make_source

from .rows import SIGHTINGS, dump

ITEMS = st.builds(
    an_item,
    st.sampled_from([f"r{number}" for number in range(6)]),
    title=st.text(max_size=5),
    body=st.text(max_size=8),
    rating=st.sampled_from([None, 1.0, 2.5, 5.0]),
    language=st.sampled_from(["", "de"]),
    published_at=st.sampled_from([NOW - timedelta(days=3), NOW - timedelta(days=2)]),
    published_precision=st.sampled_from(DatePrecision),
    reply=st.none() | st.builds(OwnerReply, body=st.sampled_from(["Sorry", "Thank you", " "])),
)
PAGES = st.lists(st.lists(ITEMS, max_size=8), max_size=4)


def _state(session: Session, source_id: int) -> list[dict[str, Any]]:
    """What is stored of one source, without ids and sightings."""
    rows = dump(session, "review", "case", "revision", without=SIGHTINGS)
    cases = {row["review_id"]: row for row in rows["case"]}
    state = []
    for review in rows["review"]:
        if review.pop("source_id") != source_id:
            continue
        review_id = review.pop("id")
        case = {f"case_{name}": value for name, value in cases[review_id].items() if name not in {"id", "review_id"}}
        revisions = [
            {name: value for name, value in row.items() if name not in {"id", "review_id"}}
            for row in rows["revision"]
            if row["review_id"] == review_id
        ]
        state.append(review | case | {"revisions": revisions})
    return sorted(state, key=lambda row: str(row["external_id"]))


def test_second_crawl_only_updates_sightings(session: Session, now: datetime) -> None:
    """A crawl an hour later that finds the same changes the time of the sighting and nothing else at all."""
    source = make_source(session)
    reply = OwnerReply(body="We are sorry.", published_at=now)
    items = [an_item("r1"), an_item("r2", reply=reply), an_item("r3", body="", title="")]
    ingest(session, source.id, items, run_id=None, now=now)
    make_score(session, session.scalars(select(Review).where(Review.external_id == "r1")).one())
    before = dump(session, without=SIGHTINGS)
    later = now + timedelta(hours=1)
    assert ingest(session, source.id, items, run_id=None, now=later) == IngestCounts(unchanged=3)
    assert dump(session, without=SIGHTINGS) == before
    assert set(session.scalars(select(Review.last_seen_at))) == {later}


def test_white_space_alone_is_no_change(session: Session, now: datetime) -> None:
    """The stored text stays, for the marks of its score count in it; nothing is scored again."""
    source = make_source(session)
    ingest(session, source.id, [an_item(body="Slow  service")], run_id=None, now=now)
    before = dump(session, without=SIGHTINGS)
    counts = ingest(session, source.id, [an_item(body=" Slow service\n")], run_id=None, now=now)
    assert counts == IngestCounts(unchanged=1)
    assert dump(session, without=SIGHTINGS) == before


def test_facts_beside_the_wording_are_taken_over(session: Session, now: datetime) -> None:
    """A renamed author or a new address updates the row; wording, score and case stay, also where text is re-spaced."""
    source = make_source(session)
    item = an_item(body="Slow service")
    ingest(session, source.id, [item], run_id=None, now=now)
    make_score(session, session.scalars(select(Review)).one())
    renamed = replace(item, author_name="Guest Two", url="https://reviews.example/2", body="Slow  service")
    assert ingest(session, source.id, [renamed], run_id=None, now=now) == IngestCounts(unchanged=1)
    review = session.scalars(select(Review)).one()
    assert (review.author_name, review.url, review.body) == ("Guest Two", "https://reviews.example/2", "Slow service")
    assert review.scored_with == "m1"
    assert session.scalars(select(Case.reopened_at)).one() is None


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pages=PAGES)
def test_every_page_twice_is_every_page_once(engine: Engine, pages: list[list[ReviewItem]]) -> None:
    """Whatever the pages hold, reading each of them again at once leaves the same state."""
    with session_scope(engine) as session:
        once, twice = make_source(session), make_source(session)
        for number, page in enumerate(pages):
            at = NOW + timedelta(hours=number)
            ingest(session, once.id, page, run_id=None, now=at)
            ingest(session, twice.id, page, run_id=None, now=at)
            repeated = ingest(session, twice.id, page, run_id=None, now=at)
            assert (repeated.new, repeated.changed, repeated.replied) == (0, 0, 0)
        assert _state(session, once.id) == _state(session, twice.id)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(items=st.lists(ITEMS, unique_by=lambda item: item.external_id), data=st.data())
def test_order_of_batches_does_not_matter(engine: Engine, items: list[ReviewItem], data: st.DataObject) -> None:
    """The reviews of one crawl may come in any order and in any cuts."""
    shuffled = data.draw(st.permutations(items))
    cut = data.draw(st.integers(0, len(items)))
    with session_scope(engine) as session:
        whole, parts = make_source(session), make_source(session)
        ingest(session, whole.id, items, run_id=None, now=NOW)
        for part in (shuffled[:cut], shuffled[cut:]):
            ingest(session, parts.id, part, run_id=None, now=NOW)
        assert _state(session, whole.id) == _state(session, parts.id)
