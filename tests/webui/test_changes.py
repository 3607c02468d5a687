"""Differences between two wordings tell the truth about both."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webui.changes import ChangeKind, changes

words = st.lists(st.sampled_from(["the", "soup", "was", "cold", "warm", "\n", "味", " ", "!"]), max_size=30).map(
    " ".join
)


@given(words | st.text(max_size=60), words | st.text(max_size=60))
def test_changes_give_both_wordings_back(before: str, after: str) -> None:
    """What stayed and went is the old wording, what stayed and came the new one."""
    found = changes(before, after)
    assert "".join(change.text for change in found if change.kind is not ChangeKind.ADDED) == before
    assert "".join(change.text for change in found if change.kind is not ChangeKind.REMOVED) == after


@given(words)
def test_same_wording_has_no_change(text: str) -> None:
    """Nothing is marked where nothing changed."""
    assert all(change.kind is ChangeKind.SAME for change in changes(text, text))


def test_words_are_compared_whole() -> None:
    """A reader sees which word went, not which letters."""
    found = [(str(change.kind), change.text) for change in changes("The soup was cold.", "The soup was warm.")]
    assert found == [("same", "The soup was "), ("removed", "cold."), ("added", "warm.")]


def test_scripts_without_blanks_are_compared_by_character() -> None:
    """One changed character does not mark a whole Japanese sentence."""
    found = [(str(change.kind), change.text) for change in changes("味が薄い", "味が濃い")]
    assert found == [("same", "味が"), ("removed", "薄"), ("added", "濃"), ("same", "い")]


@pytest.mark.timeout(300)
def test_long_texts_made_to_be_slow_are_not() -> None:
    """A page is answered in time whatever two wordings look like."""
    before, after = "a b " * 20_000, "b a " * 20_000
    changes(before, after)
    changes("a " * 1900, "b a " * 1000)
