"""Turn labelled rows into what the network is trained on: windows, targets per sentence, padded batches. Offline."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

import torch  # noqa: TID253 - offline module

from .corpus import Row
from .windows import Window, budget_batches, cut, padded


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    row: Row
    window: Window
    sentences: tuple[float, ...] | None  # target per sentence; None where unknown


def emotion_sample(rows: list[Row], most: int, chooser: random.Random) -> list[Row]:
    """All comments of the hostile groups and as many others as fit."""
    hostile = [row for row in rows if row.emotions and row.emotions & {0, 1, 2}]
    others = [row for row in rows if not (row.emotions and row.emotions & {0, 1, 2})]
    chooser.shuffle(others)
    return [*hostile, *others[: max(0, most - len(hostile))]]


def make_examples(rows: list[Row], tokenizer: Any, *, max_tokens: int) -> list[Example]:
    """The first window of each text."""
    found = cut([row.text for row in rows], tokenizer, max_tokens=max_tokens, max_windows=1)
    return [
        Example(
            row=rows[window.text_index],
            window=window,
            sentences=_sentence_targets(rows[window.text_index], found.spans[window.text_index]),
        )
        for window in found.windows
    ]


def _sentence_targets(row: Row, spans: list[tuple[int, int]]) -> tuple[float, ...] | None:
    if row.anger == 0:
        return (0.0,) * len(spans)
    if row.angry is None or not row.angry:
        return None
    stretches = [(row.text.index(words), row.text.index(words) + len(words)) for words in row.angry]
    return tuple(_carries(span, stretches) for span in spans)


def _carries(span: tuple[int, int], stretches: list[tuple[int, int]]) -> float:
    for start, end in stretches:
        common = min(span[1], end) - max(span[0], start)
        if common > 0.5 * min(end - start, span[1] - span[0]):
            return 0.95
    return 0.05


class Windowed(Protocol):
    @property
    def window(self) -> Window: ...


T = TypeVar("T", bound=Windowed)


def shuffled_batches(examples: list[T], *, budget: int, chooser: random.Random) -> list[list[T]]:
    """Batches of like lengths in random order; a little noise on the lengths so that neighbours change."""
    lengths = [int(len(example.window.ids) * chooser.uniform(0.9, 1.1)) for example in examples]
    batches = budget_batches(lengths, budget=budget)
    chooser.shuffle(batches)
    return [[examples[index] for index in batch] for batch in batches]


def pad(batch: list[Example]) -> tuple[Any, Any, Any]:
    """Token ids, mask and the sentence each token belongs to, all (batch, length)."""
    ids, mask = map(torch.from_numpy, padded([example.window for example in batch]))
    owners = torch.full(ids.shape, -1, dtype=torch.long)
    for at, example in enumerate(batch):
        owners[at, : len(example.window.ids)] = torch.tensor(example.window.sentences)
    return ids, mask, owners
