"""Is this review the same as that one? Pages show a review twice: in two syntaxes, or in two scripts of two programs.

What one showing leaves out, the other may say: the two are made one, with all that either tells.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from ..items import DatePrecision, IdKind, ReviewItem
from .identity import fold

_START = 40  # letters by which a text is looked up
_MOST = 20  # reviews with the same mark that are compared: an Anonymous may have written hundreds
_ENOUGH = 12  # letters of a text that was cut, to know it again
_NO_LETTERS = re.compile(r"[\W_]+")
_NOBODY = frozenset(
    ("anonymous", "anonym", "anonyme", "anonimo", "anónimo", "guest", "gast", "customer", "kunde", "user", "client")
)
_EXACT = (DatePrecision.INSTANT, DatePrecision.DAY)
_FILLED = ("title", "author_name", "author_ref", "language", "url", "positive", "negative", "reply", "edited_at")
_RATING = ("rating_raw", "rating", "rating_min", "rating_max", "rating_kind", "stars")

Test = Callable[[ReviewItem, ReviewItem], bool]


def gathered(items: Iterable[ReviewItem], others: Iterable[ReviewItem], is_same: Test) -> list[ReviewItem]:
    """`items` in their order, each with what its double among the `others` adds; then the others that have none."""
    found: list[ReviewItem] = []
    by_mark: dict[str, list[int]] = {}

    def note(at: int) -> None:
        for mark in _marks(found[at]):
            places = by_mark.setdefault(mark, [])
            if len(places) < _MOST and at not in places:
                places.append(at)

    def add(item: ReviewItem) -> None:
        found.append(item)
        note(len(found) - 1)

    for item in items:
        add(item)
    for item in others:
        places = dict.fromkeys(at for mark in _marks(item) for at in by_mark.get(mark, ()))
        double = next((at for at in places if is_same(found[at], item)), None)
        if double is None:
            add(item)
        else:
            found[double] = _merged(found[double], item)
    return found


def without_repeats(items: list[ReviewItem]) -> list[ReviewItem]:
    """The same words of the same author on one day are one review, unless each bears an id of its own."""
    return gathered((), items, _is_repeat)


def is_double(one: ReviewItem, other: ReviewItem) -> bool:
    """Whether two syntaxes show one review: one of them may cut its text or leave out the author, date or rating."""
    if one.external_id == other.external_id:
        return True
    if not (_agree(fold(one.author_name), fold(other.author_name)) and _agree(one.stars, other.stars)):
        return False
    if not _same_day(one, other):
        return False
    first, second = _letters(one.body), _letters(other.body)
    shorter, longer = sorted((first, second), key=len)
    if shorter and (shorter == longer or (len(shorter) >= _ENOUGH and shorter in longer)):
        return True
    author = fold(one.author_name)
    is_named = bool(author) and author == fold(other.author_name) and author not in _NOBODY
    has_days = one.published_at is not None and other.published_at is not None
    return is_named and (has_days or not shorter)


def _is_repeat(one: ReviewItem, other: ReviewItem) -> bool:
    if IdKind.DIGEST not in (one.id_kind, other.id_kind):
        return False
    if not one.author_name or fold(one.author_name) != fold(other.author_name):
        return False
    return _letters(one.body) == _letters(other.body) and _agree(one.stars, other.stars) and _same_day(one, other)


def _marks(item: ReviewItem) -> list[str]:
    day = item.published_at.date().isoformat() if item.published_at and item.published_precision in _EXACT else ""
    text, author = _letters(item.body[:200])[:_START], fold(item.author_name)
    marks = [f"id {item.external_id}", f"text {text}" if text else "", f"{author} {day}" if author else ""]
    if author:
        marks.append(f"author {author}")
    return [mark for mark in marks if mark]


def _letters(text: str) -> str:
    return _NO_LETTERS.sub("", fold(text))


def _agree(one: object, other: object) -> bool:
    """Equal, or not said by one of them."""
    return one == other or one in (None, "") or other in (None, "")


def _same_day(one: ReviewItem, other: ReviewItem) -> bool:
    if one.published_at is None or other.published_at is None:
        return True
    if one.published_precision not in _EXACT or other.published_precision not in _EXACT:
        return True
    return abs(one.published_at.date() - other.published_at.date()) <= timedelta(days=1)  # of a zone


def _merged(one: ReviewItem, other: ReviewItem) -> ReviewItem:
    changes: dict[str, Any] = {
        name: getattr(other, name) for name in _FILLED if not getattr(one, name) and getattr(other, name)
    }
    if one.rating is None and other.rating is not None:
        changes |= {name: getattr(other, name) for name in _RATING}
    if one.published_at is None and other.published_at is not None:
        changes |= {"published_at": other.published_at, "published_precision": other.published_precision}
    if one.visited_at is None and other.visited_at is not None:
        changes |= {"visited_at": other.visited_at, "visited_precision": other.visited_precision}
    cut = one.body.rstrip("….").rstrip()
    if len(other.body) > len(one.body) and _letters(other.body).startswith(_letters(cut)):
        changes["body"] = other.body
    if one.id_kind is IdKind.DIGEST and other.id_kind is not IdKind.DIGEST:
        changes |= {"external_id": other.external_id, "id_kind": other.id_kind}
    return replace(one, **changes) if changes else one
