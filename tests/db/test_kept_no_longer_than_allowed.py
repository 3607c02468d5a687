"""What a platform's terms let us keep is kept so long and no longer, and nothing of it stays in the files."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from crawlers.items import IdKind, OwnerReply
from db.erasing import TEXTS, erase_at_request
from db.ingest import ingest
from db.models import NOT_JUDGED, Base, Case, CaseState, Retention, Review, Revision, Score, Source
from db.retention import forget_pages, purge_due
from db.search import TABLE, found_by, rebuild_words
from db.session import session_scope
from db.source_changes import remove_source
from db.vault import Vault
from tests.factories import an_item, make_score, make_source

VAULT = Vault("a key of sixteen characters")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WORDS = "Zanzibarquark soup was cold and the waiter laughed"


@pytest.mark.parametrize(
    ("retention", "age", "is_due"),
    [
        (Retention.STORE, 400 * DAY, False),
        (Retention.DAYS_30, 29 * DAY, False),
        (Retention.DAYS_30, 31 * DAY, True),
        (Retention.HOURS_24, 23 * HOUR, False),
        (Retention.HOURS_24, 25 * HOUR, True),
        (Retention.NO_STORE, timedelta(0), True),
    ],
)
def test_text_goes_when_its_time_is_over(
    session: Session, now: datetime, retention: Retention, age: timedelta, is_due: bool
) -> None:
    """Counted from when the source last showed it; the case and its state stay."""
    source = make_source(session)
    ingest(session, source.id, [an_item(), an_item("r2")], run_id=None, now=now - age)
    source.retention = retention
    session.flush()
    assert purge_due(session, now=now, limit=1) == (1 if is_due else 0)
    assert purge_due(session, now=now) == (1 if is_due else 0)
    assert purge_due(session, now=now) == 0
    for review in session.scalars(select(Review)):
        assert ({getattr(review, name) for name in TEXTS} == {""}) is is_due
    assert len(session.scalars(select(Case)).all()) == 2


def test_earlier_wordings_go_by_when_they_were_replaced(session: Session, now: datetime) -> None:
    """The present wording is shown again and again; the earlier one is not."""
    source = make_source(session, retention=Retention.HOURS_24)
    ingest(session, source.id, [an_item()], run_id=None, now=now - 3 * DAY)
    for age in (2 * DAY, HOUR):
        ingest(session, source.id, [an_item(body="Other words.")], run_id=None, now=now - age)
    assert purge_due(session, now=now) == 1
    assert session.scalars(select(Revision)).all() == []
    assert session.scalars(select(Review.body)).one() == "Other words."


def test_purged_review_shown_again_is_taken_back_in(session: Session, now: datetime) -> None:
    """Its time starts anew, and it is judged anew."""
    source = make_source(session, retention=Retention.HOURS_24)
    ingest(session, source.id, [an_item()], run_id=None, now=now - 2 * DAY)
    purge_due(session, now=now)
    counts = ingest(session, source.id, [an_item()], run_id=None, now=now)
    review = session.scalars(select(Review)).one()
    assert (review.body, review.erased_for, review.scored_with) == (an_item().body, "", None)
    assert (counts.new, counts.changed) == (0, 0)
    assert purge_due(session, now=now + HOUR) == 0


def test_nothing_of_a_purged_text_stays_in_the_files(engine: Engine, database_url: str, now: datetime) -> None:
    """The bytes of the database file and its write-ahead log, or every row of every table, are searched for it."""
    reply = OwnerReply(body=WORDS + " reply", author_name=WORDS + " owner")
    many = [an_item(f"r{n}", body=f"{WORDS} {n} " + "x" * 9000, title=WORDS, author_name=WORDS) for n in range(30)]
    item = an_item("r99", body=WORDS, url="https://a.example/Zanzibarquark", reply=reply, translation=WORDS)
    with session_scope(engine) as session:
        source = make_source(session, retention=Retention.DAYS_30)
        ingest(session, source.id, [*many, item], run_id=None, now=now - 32 * DAY)
        ingest(session, source.id, [an_item("r99", body=WORDS + "!")], run_id=None, now=now - 31 * DAY)
        review = session.scalars(select(Review).where(Review.external_id == "r99")).one()
        make_score(session, review, risks=[{"risk": "legal", "probability": 1, "origin": "rule", "evidence": WORDS}])
    assert _found(engine, database_url)
    assert _is_searched(engine, "zanzibarquark")
    while True:
        with session_scope(engine) as session:
            if not purge_due(session, now=now, limit=10):
                break
    assert not _is_searched(engine, "zanzibarquark")
    assert forget_pages(engine)
    rebuild_words(engine, now=now)
    assert not _found(engine, database_url)
    assert not _is_in_index(engine)


def _found(engine: Engine, url: str) -> list[str]:
    if engine.dialect.name == "sqlite":
        file = Path(url.removeprefix("sqlite:///"))
        return [one.name for one in file.parent.glob(f"{file.name}*") if _holds(one.read_bytes())]
    rows = 'SELECT 1 FROM "{}" t WHERE t::text ILIKE :words LIMIT 1'
    with engine.connect() as connection:
        return [
            name
            for name in [*Base.metadata.tables, TABLE]
            if connection.execute(text(rows.format(name)), {"words": "%zanzibarq%"}).first()
        ]


def _holds(content: bytes) -> bool:
    # FTS5 writes a word without the letters that it shares with the word before it.
    return b"zanzibarq" in content.lower() or b"nzibarq" in content.lower()


def _is_searched(engine: Engine, words: str) -> bool:
    with session_scope(engine) as session:
        wanted = found_by(session, words)
        assert wanted is not None
        return session.scalar(wanted.limit(1)) is not None


def _is_in_index(engine: Engine) -> bool:
    """Whether PostgreSQL's index still holds the word; its pages are looked into byte by byte."""
    if engine.dialect.name == "sqlite":
        return False
    with engine.connect() as connection:
        path = connection.scalar(text("SELECT pg_relation_filepath('ix_review_words_words')"))
        return _holds(connection.scalar(text("SELECT pg_read_binary_file(:path)"), {"path": path}) or b"")


@pytest.mark.parametrize("how", ["erased", "reworded", "deleted"])
def test_words_leave_the_index_with_their_text(engine: Engine, database_url: str, now: datetime, how: str) -> None:
    """Whoever takes a text out, the search finds it no more at once, and after the purge no file holds its words."""
    with session_scope(engine) as session:
        source = make_source(session, retention=Retention.HOURS_24 if how == "reworded" else Retention.STORE)
        others = [an_item(f"r{n}", body=f"Soup number {n}") for n in range(300)]
        ingest(session, source.id, [*others[:150], an_item("z", body=WORDS), *others[150:]], run_id=None, now=now)
    with session_scope(engine) as session:
        review = session.scalars(select(Review).where(Review.external_id == "z")).one()
        source = session.get_one(Source, review.source_id)
        if how == "erased":
            assert erase_at_request(session, review.id, now=now, vault=VAULT)
        elif how == "deleted":
            remove_source(session, source, with_reviews=True, now=now)
        else:
            ingest(session, source.id, [an_item("z", body="Other words.")], run_id=None, now=now)
            ingest(session, source.id, [an_item("z", body="Other words.")], run_id=None, now=now + 3 * DAY)
            purge_due(session, now=now + 3 * DAY)
    assert not _is_searched(engine, "zanzibarquark")
    assert _is_searched(engine, "soup number 17") is (how == "erased")
    assert forget_pages(engine)
    rebuild_words(engine, now=now)
    assert not _found(engine, database_url)
    assert not _is_in_index(engine)


def test_source_that_may_not_be_stored_leaves_ids_and_states(session: Session, now: datetime) -> None:
    """No text, name, rating, date or address; whether it is answered is our own state."""
    source = make_source(session, retention=Retention.NO_STORE)
    reply = OwnerReply(body=WORDS, author_name=WORDS, published_at=now)
    items = [
        an_item("r1", body=WORDS, url="https://a.example/1", author_ref="x", id_kind=IdKind.PLATFORM, language="en"),
        an_item("r2", body=WORDS, reply=reply),
    ]
    for turn in range(2):
        counts = ingest(session, source.id, items, run_id=None, now=now + turn * HOUR)
        assert (counts.new, counts.changed, counts.replied) == ((2, 0, 0) if turn == 0 else (0, 0, 0))
    for review in session.scalars(select(Review)):
        kept = {name: getattr(review, name) for name in Review.__table__.columns.keys()}  # noqa: SIM118 - of columns
        assert not any(kept[name] for name in (*TEXTS, "rating_raw", "rating", "stars", "language", "content_hash"))
        assert (review.published_at, review.published_precision, review.reply_published_at) == (now, "none", None)
        assert (review.scored_with, review.erased_for) == (NOT_JUDGED, "no_store")
    assert [case.state for case in session.scalars(select(Case).order_by(Case.review_id))] == [
        CaseState.OPEN,
        CaseState.ANSWERED,
    ]


def test_source_turned_no_store_loses_its_texts_at_the_next_crawl(session: Session, now: datetime) -> None:
    """The earlier wording does not become a revision, and what the model said goes as well."""
    source = make_source(session)
    ingest(session, source.id, [an_item()], run_id=None, now=now)
    make_score(session, session.scalars(select(Review)).one())
    source.retention = Retention.NO_STORE
    session.flush()
    ingest(session, source.id, [an_item()], run_id=None, now=now + HOUR)
    review = session.scalars(select(Review)).one()
    assert (review.body, review.stars, review.erased_for) == ("", None, "no_store")
    assert not session.scalars(select(Revision)).all()
    assert not session.scalars(select(Score)).all()
