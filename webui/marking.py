"""Marks the anger in a text: which sentence is the angriest, and how angry every other one is.

Works on the scored text and the offsets of its score. Markup is built from escaped pieces alone; what a guest wrote is
never markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import dropwhile, pairwise
from typing import Any

from markupsafe import Markup, escape

from .filters import figure
from .shown import cut_at, shown

STEPS = (0.2, 0.4, 0.6, 0.8)  # bounds between the five shades
EXCERPT_ROOM = 150  # characters that surely stand in the two lines of a row on a wide screen
EXCERPT_MOST = 420  # a phone shows more lines; the rest is cut by the style sheet
CONTEXT = 36  # characters shown before an angriest sentence that stands far down
# Joined, not formatted: a list has hundreds of them, and Markup.format takes its template apart each time.
_TAGS = {name: (Markup("<") + name, Markup("</") + name + Markup(">")) for name in ("mark", "span")}
_END = Markup(">")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of one kind. Laid end to end, the pieces are the text."""

    text: str
    anger: float | None = None  # of the sentence it belongs to; None outside of sentences
    is_angriest: bool = False
    is_title: bool = False

    @property
    def shade(self) -> int:
        """0 for calm to 4."""
        return 0 if self.anger is None else sum(self.anger >= step for step in STEPS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    title: tuple[Piece, ...]  # whole; empty without one
    pieces: tuple[Piece, ...]  # of the body
    is_cut_before: bool = False
    is_cut_after: bool = False


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int
    anger: float


def pieces(text: str, sentences: Sequence[dict[str, Any]], *, title: str = "", mark: bool = True) -> tuple[Piece, ...]:
    """The text cut where a sentence or the title begins or ends. `mark` says whether there is an angriest one."""
    spans = _spans(sentences, len(text))
    angriest = _angriest(spans) if mark else None
    title_end = len(title) if title and text.startswith(title) else 0
    bounds = sorted({0, len(text), title_end, *(s.start for s in spans), *(s.end for s in spans)})
    made = []
    at = 0  # in the spans; both run forward once, however many sentences a hostile text has
    for start, end in pairwise(bounds):
        while at < len(spans) and spans[at].end <= start:
            at += 1
        span = spans[at] if at < len(spans) and spans[at].start <= start else None
        made.append(
            Piece(
                text=text[start:end],
                anger=span.anger if span else None,
                is_angriest=span is not None and span is angriest,
                is_title=end <= title_end,
            )
        )
    return tuple(made)


def body_pieces(all_pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """What follows the title, without the blank line between them."""
    of_body = (piece for piece in all_pieces if not piece.is_title)
    body = tuple(dropwhile(lambda piece: not piece.text.strip(), of_body))
    # A sentence may begin in the title.
    return (replace(body[0], text=body[0].text.lstrip()), *body[1:]) if body else ()


def angriest_sentence(text: str, sentences: Sequence[dict[str, Any]]) -> str:
    """The words of the angriest sentence, empty without one."""
    span = _angriest(_spans(sentences, len(text)))
    return text[span.start : span.end] if span else ""


def excerpt(text: str, sentences: Sequence[dict[str, Any]], *, title: str = "", mark: bool = True) -> Excerpt:
    """The first lines; where the angriest sentence stands further down, the lines around it instead."""
    all_pieces = pieces(text, sentences, title=title, mark=mark)
    head = tuple(piece for piece in all_pieces if piece.is_title)
    body = body_pieces(all_pieces)
    start = _excerpt_start(body, room=max(40, EXCERPT_ROOM - len(title)))
    cut, is_cut_after = _between(body, start, start + EXCERPT_MOST)
    return Excerpt(title=head, pieces=cut, is_cut_before=start > 0, is_cut_after=is_cut_after)


def marked(all_pieces: Iterable[Piece], *, shaded: bool = False) -> Markup:
    """The pieces as markup: the angriest in <mark>; with `shaded`, every sentence in a span with its shade."""
    return Markup("").join(_markup(piece, shaded=shaded) for piece in all_pieces)


def _markup(piece: Piece, *, shaded: bool) -> Markup:
    text = shown(piece.text)
    words = text.strip()
    is_shaded = shaded and piece.anger is not None
    classes = ["title"] * piece.is_title + ["shade", f"shade-{piece.shade}"] * is_shaded
    if not words or not (classes or piece.is_angriest):
        return escape(text)
    tag = "mark" if piece.is_angriest else "span"
    attributes = Markup("")
    if classes:
        attributes += Markup(' class="{}"').format(" ".join(classes))
    if is_shaded:
        attributes += Markup(' title="{}"').format(figure(piece.anger or 0.0))
    # Blanks around a sentence stay outside: a shade of nothing looks like a fault.
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    opened, closed = _TAGS[tag]
    return escape(before) + opened + attributes + _END + escape(words) + closed + escape(after)


def _spans(sentences: Sequence[dict[str, Any]], length: int) -> list[_Span]:
    """Sentences in order, within the text, not overlapping: offsets come out of the database and are not trusted."""
    spans: list[_Span] = []
    at = 0
    for sentence in sorted(sentences, key=lambda s: (int(s["start"]), int(s["end"]))):
        start, end = max(at, int(sentence["start"])), min(length, int(sentence["end"]))
        if start < end:
            spans.append(_Span(start, end, float(sentence["anger"])))
            at = end
    return spans


def _angriest(spans: Sequence[_Span]) -> _Span | None:
    return max(spans, key=lambda span: span.anger, default=None)


def _excerpt_start(body: Sequence[Piece], *, room: int) -> int:
    at = 0
    for piece in body:
        if piece.is_angriest:
            break
        at += len(piece.text)
    else:
        return 0
    whole = "".join(piece.text for piece in body)
    # Sixty characters of a long sentence tell what it is about.
    if at + min(len(piece.text), 60) <= room:
        return 0
    start = max(0, at - CONTEXT)
    gap = whole.find(" ", start, at)
    return cut_at(whole, gap + 1 if gap >= 0 else at)


def _between(body: Sequence[Piece], start: int, end: int) -> tuple[tuple[Piece, ...], bool]:
    kept = []
    at = 0
    for piece in body:
        first, last = max(0, start - at), min(len(piece.text), end - at)
        if last < len(piece.text):
            last = cut_at(piece.text, last)
        if first < last:
            kept.append(replace(piece, text=piece.text[first:last]))
        at += len(piece.text)
    return tuple(kept), end < at
