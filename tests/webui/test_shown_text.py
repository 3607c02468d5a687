"""Crawled text that would act on the page around it is made harmless, and stays readable."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webui.shown import cut_at, one_line, shown, with_commands


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain\nlines", "plain\nlines"),
        ("a\r\nb", "a\n\nb"),
        ("red\x1b[31m\x00", "red[31m"),
        ("\u202egnp.exe", "gnp.exe"),
        ("\u2067x\u2069\u2066", "x"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩\u200d🍳", "👩\u200d🍳"),
        ("half \ud83d", "half \ufffd"),
        ("\ufeffbom\u2028line", "bom\nline"),
    ],
)
def test_shown(text: str, expected: str) -> None:
    """What turns or hides text goes; scripts, emoji and line breaks stay."""
    assert shown(text) == expected


@given(st.text(), st.text())
def test_pieces_may_be_done_one_by_one(one: str, other: str) -> None:
    """Doing the pieces is doing the whole."""
    assert shown(one) + shown(other) == shown(one + other)


@given(st.text())
def test_shown_text_can_be_sent_and_does_nothing(text: str) -> None:
    """It encodes, holds no control characters and does not change a second time."""
    done = shown(text)
    done.encode()
    assert not [char for char in done if ord(char) < 32 and char != "\n"]
    assert shown(done) == done


def test_one_line() -> None:
    """Names are one line, however they were typed."""
    assert one_line("  Anna\n\u202eB \t C ") == "Anna B C"


@given(st.text(alphabet="a👩\u200d🍳\ufe0fe\u0301", max_size=30), st.integers(-2, 40))
def test_cut_splits_no_visible_character(text: str, position: int) -> None:
    """The cut is at or before the wish, and what follows begins with a character of its own."""
    at = cut_at(text, position)
    assert 0 <= at <= max(0, min(position, len(text)))
    if 0 < at < len(text):
        assert text[at] not in "\u200d\ufe0f\u0301"
        assert text[at - 1] != "\u200d"


def test_commands_between_backticks_are_set_as_code() -> None:
    """Pairs only, and escaped."""
    assert with_commands("Run `amends <x>` now") == 'Run <code class="inline">amends &lt;x&gt;</code> now'
    assert with_commands("It`s <b>") == "It`s &lt;b&gt;"
