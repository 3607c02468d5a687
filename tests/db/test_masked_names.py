"""What is masked tells nobody who it is, whatever was typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.masked_names import masked_contact, masked_name, without_name
from db.masking import mask


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


@pytest.mark.parametrize(
    ("name", "text", "masked"),
    [
        ("Ada Rossi", "Ada Rossi (ada rossi, ADA ROSSI), Rossi's and ROSSI", "A. R. (A. R., A. R.), R.'s and R."),
        ("Ada Rossi", "Tell Ada that the soup is off; Adam too", "Tell A. that the soup is off; Adam too"),
        ("Mark Will", "Mark my words: will it mark? WILL!", "M. my words: will it mark? W.!"),
        ("Ada\u00a0 Rossi", "Ada\n Rossi", "A. R."),
        ("torsten_aus_W", "Torsten aus W kam aus Wien", "T. A. W. kam aus Wien"),
        ("Zdeněk O'Hara-Grübel", "zdeněk, GRÜBEL, Zdeněk O'Hara-Grübel", "Z., G., Z. O. H."),
        ("Zoé Grübel", "Frau Grübels Suppe", "Frau G. Suppe"),
        ("田中 太郎", "田中さんは怒っています", "田.さんは怒っています"),
        ("Ольга", "Ольга и ОЛЬГА", "О. и О."),
        ("Ana Ruiz", "Ana called @Ana and ana@x", "A. called @Ana and ana@x"),
        ("Jo", "Jo was here", "Jo was here"),
        (r"(anna+)+$ [x", "(anna+)+$ [x, Anna", "(anna+)+$ [x, Anna"),
        ("A B", "a b, A B", "a b, A B"),
        ("", "nobody", "nobody"),
        ("☀️", "☀️ nobody", "☀️ nobody"),
    ],
)
def test_names_in_texts(name: str, text: str, masked: str) -> None:
    """Whole or by a word of it; what is another word stays."""
    assert without_name(text, name) == masked


def test_addresses_and_names_go_together() -> None:
    """The address first, so that its name is not half of it."""
    assert mask("Ada Rossi, ada.rossi@x.example, +39 010 555 0142", "Ada Rossi") == "A. R., [mail], [phone]"


@given(st.text(max_size=80), st.text(max_size=200))
def test_whatever_is_given_ends(name: str, text: str) -> None:
    """No name breaks it, and a whole one of two long words is never left."""
    without_name(text, name)
    assert "Grimaldi" not in without_name(f"{text} Ada Grimaldi {text}", "Ada Grimaldi").replace("@Ada Grimaldi", "")
