"""What is masked tells nobody who it is, whatever was typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.masked_names import masked_contact, masked_name


@pytest.mark.parametrize(
    ("name", "masked"),
    [("Ada Rossi", "A. R."), ("=Ada", "A."), ("torsten_aus_W", "T. A. W."), ("Ольга Ж.", "О. Ж."), ("☀️", ""), ("", "")],
)
def test_names(name: str, masked: str) -> None:
    assert masked_name(name) == masked


@pytest.mark.parametrize(
    ("contact", "masked"),
    [
        ("ada@rossi.example", "a•••@•••.example"),
        ("ada@localhost", "a•••@•••"),
        ("+39 010 555 0142", "•••42"),
        ("12", "•••"),
        ("at the bar", "•••"),
        ("", ""),
    ],
)
def test_contacts(contact: str, masked: str) -> None:
    assert masked_contact(contact) == masked


@given(st.text(min_size=4))
def test_no_word_of_it_is_left(text: str) -> None:
    """At most three letters of a name; of a contact a letter, two digits and the end of a domain."""
    assert sum(char.isalnum() for char in masked_name(text)) <= 9  # an upper case may be several letters: "ß" is "SS"
    words = {word for word in text.split("@", maxsplit=1)[0].split() if len(word) > 1 and word.isalpha()}
    assert not words & set(masked_contact(text).replace("•", " ").split())
