"""How long texts are cut for the model."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.model import BUNDLED
from scoring.windows import budget_batches, cut


@pytest.fixture(scope="module")
def tokenizer() -> Any:
    from tokenizers import Tokenizer

    return Tokenizer.from_file(str(BUNDLED / "tokenizer.json"))


def test_every_token_knows_its_sentence(tokenizer: Any) -> None:
    """A short text is one window; prefix and special tokens belong to no sentence."""
    found = cut(["Cold food. Rude staff!"], tokenizer, max_tokens=256, max_windows=16)
    (window,) = found.windows
    assert len(window.ids) == len(window.sentences)
    assert sorted(set(window.sentences)) == [-1, 0, 1]
    assert window.sentences[0] == window.sentences[-1] == -1


def test_long_text_keeps_its_beginning_and_its_end(tokenizer: Any) -> None:
    """Beyond the most windows the middle is left out, not the end, where the anger often is."""
    text = " ".join(f"Sentence number {number} of a long story." for number in range(900))
    found = cut([text], tokenizer, max_tokens=256, max_windows=8)
    read = {number for window in found.windows for number in window.sentences if number >= 0}
    assert len(found.windows) == 8
    assert all(len(window.ids) <= 256 for window in found.windows)
    assert {0, len(found.spans[0]) - 1} <= read


@given(st.lists(st.integers(1, 256), max_size=80))
def test_batches_hold_every_text_once_within_the_budget(lengths: list[int]) -> None:
    """Each index comes once; a batch of several stays within the budget of padded tokens."""
    batches = budget_batches(lengths, budget=1024)
    assert sorted(index for batch in batches for index in batch) == list(range(len(lengths)))
    assert all(len(batch) == 1 or len(batch) * max(lengths[i] for i in batch) <= 1024 for batch in batches)
