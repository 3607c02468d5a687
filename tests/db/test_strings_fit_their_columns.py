"""What the web writes fits into either database, and comes back as it was wherever it can."""

from __future__ import annotations

import unicodedata
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from db.ingest import ingest
from db.models import Review
from db.session import session_scope
from db.wording import clean, content_hash, cut, cut_identity, folded, reply_hash
from tests.factories import an_item, make_source

ANY_TEXT = st.text(st.characters(exclude_categories=()))  # surrogates and NUL among them


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=ANY_TEXT, body=ANY_TEXT, author=ANY_TEXT, external_id=ANY_TEXT)
def test_any_text_comes_back_cleaned(engine: Engine, title: str, body: str, author: str, external_id: str) -> None:
    """Any text whatever is stored on both databases, and comes back as `clean` leaves it."""
    with session_scope(engine) as session:
        source = make_source(session)
        item = an_item(external_id, title=title, body=body, author_name=author)
        assert ingest(session, source.id, [item], run_id=None, now=source.created_at).new == 1
        again = ingest(session, source.id, [item], run_id=None, now=source.created_at)
        assert (again.changed, again.unchanged) == (0, 1)
        stored = session.scalars(select(Review).where(Review.source_id == source.id)).one()
        assert (stored.title, stored.body) == (clean(title), clean(body))
        assert (stored.author_name, stored.external_id) == (cut(author, 300), cut_identity(external_id, 400))


@given(ANY_TEXT)
def test_cleaning_keeps_what_utf8_can_hold(text: str) -> None:
    """Only NUL and half surrogate pairs are touched, and cleaning twice is cleaning once."""
    cleaned = clean(text)
    cleaned.encode()
    assert "\0" not in cleaned
    assert clean(cleaned) == cleaned
    if text.isprintable():
        assert cleaned == text


def test_cleaning_joins_halves_and_marks_lost_ones() -> None:
    """Two halves of an emoji become the emoji; one half becomes the replacement character."""
    assert clean("ok \ud83d\ude00 \ud83d!\0") == "ok 😀 \ufffd!"


@given(st.text(), st.integers(2, 40))
def test_cut_text_fits(text: str, most: int) -> None:
    """A cut text has at most the given length and begins like the whole."""
    short = cut(text, most)
    assert len(short) <= most
    assert short == clean(text) or (short.endswith("…") and clean(text).startswith(short[:-1]))


def test_cut_keeps_letters_with_their_marks() -> None:
    """A letter is not parted from its accent, nor a family emoji from its members."""
    assert cut("ab" + "e\u0301" * 3, 4) == "ab…"
    assert unicodedata.normalize("NFC", cut("e\u0301" * 4, 5)) == "éé…"
    assert cut("a👨\u200d👩\u200d👧 and more", 4) == "a…"


def test_long_ids_stay_apart() -> None:
    """Two ids that differ only after the column's end stay two."""
    first, second = (cut_identity("x" * 900 + end, 400) for end in "ab")
    assert first != second
    assert len(first) == len(second) == 400
    assert cut_identity("short", 400) == "short"


def test_long_values_are_stored_short(session: Session, now: datetime) -> None:
    """Nothing is too long for PostgreSQL, and a half address is not kept as one."""
    item = an_item(
        "i" * 500,
        url="https://reviews.example/" + "p" * 2000,
        author_name="N" * 400,
        author_ref="R" * 500,
        rating_raw="★" * 100,
        language="zh-Hant-TW-x-very-private",
        body="B" * 200_000,
    )
    ingest(session, make_source(session).id, [item], run_id=None, now=now)
    review = session.scalars(select(Review)).one()
    lengths = tuple(
        map(len, (review.external_id, review.author_name, review.author_ref, review.rating_raw, review.body))
    )
    assert lengths == (400, 300, 400, 80, 200_000)
    assert (review.url, review.language) == ("", "zh-Hant-TW-x")


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_numbers_that_are_none_are_not_stored(session: Session, now: datetime, value: float) -> None:
    """ "NaN stars" is no rating; it would also differ from itself at every crawl."""
    source = make_source(session)
    for _ in range(2):
        counts = ingest(session, source.id, [an_item(rating=value, stars=value)], run_id=None, now=now)
    assert counts.unchanged == 1
    review = session.scalars(select(Review)).one()
    assert (review.rating, review.stars) == (None, None)


def test_hashes_answer_one_question_each() -> None:
    """White space, composition and the notation of the number do not count as wording; the rest does."""
    first = content_hash(title="Café", body="Very  slow\nservice", rating=4.5, rating_raw="4,5")
    same = content_hash(title="Cafe\u0301 ", body="Very slow service", rating=4.5, rating_raw="4.5 / 5")
    assert first == same
    others = [
        content_hash(title="Café", body="Very slow service", rating=4.0, rating_raw="4,5"),
        content_hash(title="Café Very", body="slow service", rating=4.5, rating_raw="4,5"),
        content_hash(title="Café", body="very slow service", rating=4.5, rating_raw="4,5"),
    ]
    assert len({first, *others}) == 4
    assert folded(" a\u00a0\tb ") == "a b"
    assert reply_hash(" \n") == ""
    assert reply_hash("Sorry ") == reply_hash("Sorry")
