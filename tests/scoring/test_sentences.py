"""Sentences point at the guest's own characters, in any script."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.text import LONGEST_SENTENCE, clean, split_sentences

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=400)
LIKE_REVIEWS = st.text(st.sampled_from('aZé ñ8.!?…。！？،؟»)"\n\r\t😡你ك\u200d\ud800\x00,;'), max_size=900)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Cold food. Rude staff! Never again", ["Cold food.", "Rude staff!", "Never again"]),
        ('Why?! Because "they can." Fine.', ["Why?!", 'Because "they can."', "Fine."]),
        ("Dr. Weber war nett. Am 3. Mai kam z.B. nichts.", ["Dr. Weber war nett.", "Am 3. Mai kam z.B. nichts."]),
        ("Paid 3.50 at booking.com yesterday", ["Paid 3.50 at booking.com yesterday"]),
        ("it was ok... but slow. meh", ["it was ok... but slow.", "meh"]),
        ("最悪です。二度と行きません！", ["最悪です。", "二度と行きません！"]),
        ("الطعام بارد. هل هذا معقول؟ لن أعود", ["الطعام بارد.", "هل هذا معقول؟", "لن أعود"]),
        ("Line one\nline two\r\n\r\nline three", ["Line one", "line two", "line three"]),
        ("Awful !!!", ["Awful !!!"]),
        ("😡😡😡", ["😡😡😡"]),
        ("  \n\t ", []),
        ("", []),
    ],
)
def test_sentences_of_known_texts(text: str, expected: list[str]) -> None:
    """Punctuation of each script ends a sentence; abbreviations, numbers and trailing dots do not."""
    assert [text[start:end] for start, end in split_sentences(text)] == expected


def test_text_without_punctuation_is_cut_at_words() -> None:
    """A long text without any sentence end comes in pieces that end between words."""
    text = "and then we waited " * 60
    pieces = [text[start:end] for start, end in split_sentences(text)]
    assert len(pieces) > 2
    assert all(len(piece) <= LONGEST_SENTENCE for piece in pieces)
    assert " ".join(pieces) == text.strip()


@given(st.one_of(ANY_TEXT, LIKE_REVIEWS))
def test_spans_are_exact_and_lose_nothing(text: str) -> None:
    """Spans ascend without overlap, carry no outer white space, stay short, and leave only white space out."""
    spans = split_sentences(text)
    at = 0
    for start, end in spans:
        assert text[at:start].strip() == ""
        assert start < end
        assert text[start:end] == text[start:end].strip()
        at = end
    assert text[at:].strip() == ""


@given(ANY_TEXT)
def test_cleaning_keeps_every_position(text: str) -> None:
    """Cleaning replaces characters one for one, so that spans fit the text as given, and the result can be encoded."""
    cleaned = clean(text)
    assert len(cleaned) == len(text)
    cleaned.encode()
    assert split_sentences(cleaned) == split_sentences(clean(cleaned))
