"""Cut texts into windows the model can read, and remember which token belongs to which sentence.

Shared by serving and training, so that both see a text in the same way. Knows token ids, not meanings.
The tokenizer comes in as an argument; nothing is loaded here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from .text import Span, clean, is_readable, split_sentences

PREFIX = "query: "  # what the base model was trained to expect before a text that is not a passage
# Longer than any review platform lets people write, except by abuse: Google 4,096, Tripadvisor 20,000 characters.
HEAD_CHARS = 18_000
TAIL_CHARS = 4_000
# The tokenizer reads "</s>" written out in a text as the mark itself, and sixty of them turned rage into calm. Ids
# below this one are such marks (base.py keeps their places); inside a text they become a word that nobody knows.
UNKNOWN = 3
PAD = 1

T = TypeVar("T")


class Encoding(Protocol):
    @property
    def ids(self) -> list[int]: ...
    @property
    def offsets(self) -> list[tuple[int, int]]: ...


class Tokenizer(Protocol):
    def encode_batch(self, texts: list[str], /, *, add_special_tokens: bool = True) -> Sequence[Encoding]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """One stretch of a text as the model reads it."""

    text_index: int
    ids: tuple[int, ...]
    sentences: tuple[int, ...]  # per token the index of its sentence in the text, -1 for prefix and special tokens


@dataclass(frozen=True, slots=True, kw_only=True)
class Windows:
    spans: list[list[Span]]  # per text its sentences, in code points of the text as given
    windows: list[Window]


def cut(texts: Sequence[str], tokenizer: Tokenizer, *, max_tokens: int, max_windows: int) -> Windows:
    """Windows of at most `max_tokens` tokens, ended at a sentence where one ends.

    Of a text with more than `max_windows` windows the first ones and the last stay: people put the facts first and
    the anger last. Of a text beyond HEAD_CHARS + TAIL_CHARS the middle is not read at all.
    """
    prefix = tokenizer.encode_batch([PREFIX])[0].ids
    bos, lead, eos = prefix[0], prefix[1:-1], prefix[-1]
    room = max_tokens - len(lead) - 2
    spans, pieces = _sentences(texts)
    encodings = tokenizer.encode_batch([piece for _, _, piece in pieces], add_special_tokens=False)
    per_text: list[list[tuple[int, list[int]]]] = [[] for _ in texts]
    for (text_index, sentence, _), encoding in zip(pieces, encodings, strict=True):
        ids = encoding.ids
        if ids and min(ids) < UNKNOWN:
            ids = [max(id_, UNKNOWN) for id_ in ids]
        for at in range(0, len(ids), room):
            per_text[text_index].append((sentence, ids[at : at + room]))
    windows = []
    for index, sentences in enumerate(per_text):
        groups = keep_ends(_group(sentences, room), max_windows)
        windows += [_window(index, group, head=[bos, *lead], tail=eos) for group in groups]
    return Windows(spans=spans, windows=windows)


def _sentences(texts: Sequence[str]) -> tuple[list[list[Span]], list[tuple[int, int, str]]]:
    spans: list[list[Span]] = []
    pieces = []
    for index, text in enumerate(texts):
        found = read_spans(text)
        spans.append(found)
        pieces += [(index, number, clean(text[start:end])) for number, (start, end) in enumerate(found)]
    return spans, pieces


def read_spans(text: str) -> list[Span]:
    """The sentences of a text that are read: of one beyond HEAD_CHARS + TAIL_CHARS none from the middle.

    None of a text without anything to read.
    """
    if not is_readable(text):
        return []
    if len(text) <= HEAD_CHARS + TAIL_CHARS:
        return split_sentences(clean(text))
    tail_at = len(text) - TAIL_CHARS
    tail = [(start + tail_at, end + tail_at) for start, end in split_sentences(clean(text[tail_at:]))]
    return split_sentences(clean(text[:HEAD_CHARS])) + tail


def _group(sentences: list[tuple[int, list[int]]], room: int) -> list[list[tuple[int, list[int]]]]:
    groups: list[list[tuple[int, list[int]]]] = []
    used = room
    for sentence in sentences:
        size = len(sentence[1])
        if used + size > room:
            groups.append([])
            used = 0
        groups[-1].append(sentence)
        used += size
    return groups


def keep_ends(items: list[T], most: int) -> list[T]:
    """At most that many of the items: three quarters from the front, the rest from the end."""
    if len(items) <= most:
        return items
    last = max(1, most // 4)
    return items[: most - last] + items[-last:]


def _window(index: int, group: list[tuple[int, list[int]]], *, head: list[int], tail: int) -> Window:
    ids = [*head]
    owners = [-1] * len(head)
    for sentence, tokens in group:
        ids += tokens
        owners += [sentence] * len(tokens)
    return Window(text_index=index, ids=(*ids, tail), sentences=(*owners, -1))


def budget_batches(lengths: Sequence[int], *, budget: int) -> list[list[int]]:
    """Indices grouped so that padded tokens per batch stay within `budget`, longest first."""
    order = sorted(range(len(lengths)), key=lambda index: -lengths[index])
    batches: list[list[int]] = []
    for index in order:
        if not batches or (len(batches[-1]) + 1) * lengths[batches[-1][0]] > budget:
            batches.append([])
        batches[-1].append(index)
    return batches


def padded(windows: Sequence[Window]) -> tuple[Any, Any]:
    """Token ids and mask (1 on tokens, 0 on padding) as the network takes them: int64 arrays (windows, longest)."""
    import numpy as np

    longest = max(len(window.ids) for window in windows)
    ids = np.full((len(windows), longest), PAD, dtype=np.int64)
    for row, window in zip(ids, windows, strict=True):
        row[: len(window.ids)] = window.ids
    return ids, (ids != PAD).astype(np.int64)
