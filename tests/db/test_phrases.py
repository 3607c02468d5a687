"""Sentences are stored as phrase and values, read as English, and survive errors, copies and the database."""

from __future__ import annotations

import copy
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.orm import Session

from db.models import Source
from db.phrases import Words, packed, say, say_count, say_list, unpacked
from tests.factories import make_source

REFUSED = say("%(name)s refuses the key: %(why)s.", name="Yelp", why=say("status %(status)s", status=401))


def _passed_on(words: Words) -> Words:
    """As a pool of processes hands it over."""
    made: Words = pickle.loads(pickle.dumps(words))  # noqa: S301 - our own
    return made


def test_sentence_reads_as_english() -> None:
    """Logs and commands see a `str`."""
    assert REFUSED == "Yelp refuses the key: status 401."
    assert say_count("%(num)s page", "%(num)s pages", 1) == "1 page"
    assert say_count("%(num)s page", "%(num)s pages", 0) == "0 pages"
    assert say("100% of it") == "100% of it"


def test_lists_read_as_english() -> None:
    """With a comma between all but the last two."""
    assert say_list(["a"]) == "a"
    assert say_list(["a", "b"], is_choice=True) == "a or b"
    assert say_list([say("a"), "b", "c"]) == "a, b and c"


def test_error_hands_its_sentence_on() -> None:
    """`str(error)` is what it was raised with, phrase and all."""
    told = str(ValueError(REFUSED))
    assert isinstance(told, Words)
    assert told.phrase == "%(name)s refuses the key: %(why)s."


@pytest.mark.parametrize("again", [copy.deepcopy, copy.copy, _passed_on])
def test_copies_keep_the_phrase(again: object) -> None:
    """As `asdict` and child processes make them."""
    assert callable(again)
    assert packed(again(REFUSED)) == packed(REFUSED)


@given(st.text(), st.text(max_size=200), st.integers())
def test_any_value_comes_back(phrase: str, name: str, number: int) -> None:
    """Whatever the web has put into a value; a phrase that does not fit its values is shown as it is."""
    words = say(phrase, name=name, number=number)
    again = unpacked(packed(words))
    assert (again.phrase, dict(again.values), str(again)) == (words.phrase, dict(words.values), str(words))


@given(st.text() | st.text().map(lambda rest: '["' + rest))
def test_any_plain_text_is_a_sentence(stored: str) -> None:
    """Old rows, and texts that only begin like ours: never an error."""
    assert isinstance(unpacked(stored), Words)


@pytest.mark.parametrize("stored", ['["a"]', '["a",3]', '["a",{"b":null}]', '["a",{},5]', '["a",{"b":[1,{}]}]'])
def test_what_is_no_sentence_is_plain(stored: str) -> None:
    """JSON of another form is shown as it stands."""
    assert unpacked(stored) == stored


def test_column_keeps_phrase_and_values(session: Session) -> None:
    """Stored apart, read together."""
    source = make_source(session, health_note=REFUSED)
    session.flush()
    kept = session.execute(text("SELECT health_note FROM source WHERE id = :id"), {"id": source.id}).scalar_one()
    assert kept == '["%(name)s refuses the key: %(why)s.",{"name":"Yelp","why":["status %(status)s",{"status":401}]}]'
    session.expire_all()
    note = session.get_one(Source, source.id).health_note
    assert note == REFUSED
    assert isinstance(note, Words)


def test_what_does_not_fit_is_kept_as_english(session: Session) -> None:
    """A sentence that is too long with its parts still says what it can."""
    long = say("%(a)s %(b)s %(c)s", **dict.fromkeys("abc", "x\0y" * 99))
    source = make_source(session, health_note=long)
    session.flush()
    session.expire_all()
    note = session.get_one(Source, source.id).health_note
    assert note.startswith("xyxy")
    assert note.endswith("…")
    assert len(note) == 500


def test_old_rows_are_plain(session: Session) -> None:
    """What was stored before there were phrases."""
    source = make_source(session)
    session.flush()
    session.execute(text("UPDATE source SET health_note = 'The site is gone.' WHERE id = :id"), {"id": source.id})
    session.expire_all()
    assert session.get_one(Source, source.id).health_note == "The site is gone."
