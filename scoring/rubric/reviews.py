"""The review of a labelled line, as text or object, with its stars, its writer and its points. Offline only."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..folding import fold
from ..tongues import tag_of
from .coverage import touched_in
from .grades import is_negative, stars_by, stars_in
from .headings import split_head
from .places import platform_by, platform_of
from .platforms import PLATFORMS, UNKNOWN
from .types import Review
from .wordings.topics import TOPICS

TEXTS = ("title", "text", "body", "content", "comment", "review_text")
_LANGUAGES = ("lang", "language", "review_lang", "review_language")
_AUTHORS = ("author_name", "author", "reviewer", "reviewer_name", "display_name", "username", "user")
_STARS = ("stars", "rating", "score", "star_rating")
# What a row may tell of its review. Its own "lang" is that of the draft.
_BESIDE = (*_STARS, *_AUTHORS, "review_lang", "review_language", "topics", "risks", "platform")
_CAPITAL = r"[A-ZÀ-ÞŁŚŻŹĆ]"
_NAME = rf"{_CAPITAL}[\w.'’-]{{0,30}}(?:,? {_CAPITAL}[\w.'’-]{{0,30}}| (?:de|da|di|van|von|der)(?= {_CAPITAL})){{0,3}}"
_QUOTED = r"[\"“'«](?P<quoted>[\w.&'’-]{1,30}(?: [\w.&'’-]{1,30}){0,3})[\"”'»](?!\w)"  # "trailfox_88"
_SAID = re.compile(
    r"(?<!\w)(?i:reviewer(?:['’]s)?(?: display)? name|display(?:ed)? (?:name|as)|reviewer|author|signed(?: by| as)?|"
    r"named?|review (?:by|from)|(?:shown|appears|listed) as|angezeigt als|bewertung von|avis (?:de|par)|"
    r"aparece como|nombre visible|rese[ñn]a de|nome visibile|recensione di|avalia[çc][ãa]o de|getoond als|"
    r"review van|podpis|opinia od)"
    rf"(?i: is called| is named| is| as)?[:=]? ?(?:{_QUOTED}|[\"“'«]?(?P<name>{_NAME}))"
)
_HEADED = re.compile(rf"(?P<name>{_NAME}) ?\(")
_NOBODY = frozenset({"anonymous", "unknown", "none", "guest", "google user", "a google user", "consumer"})


def review_of(told: Any, row: Mapping[str, Any] | None = None) -> Review:
    """Of words or an object. `row`: the line around it, for what the review does not say itself."""
    given = told if isinstance(told, Mapping) else {}
    given = {**{key: row[key] for key in _BESIDE if row and row.get(key)}, **given}
    head, text = split_head(text_of(told))
    stars = stars_by(given, is_of_ten=platform_by(given) is PLATFORMS["booking"])
    stars = stars_in(head) if stars is None else stars
    return Review(
        text=text,
        language=next((tag_of(given[key]) for key in _LANGUAGES if given.get(key)), ""),
        author_name=author_by(given) or _author_of_head(head),
        stars=stars,
        is_negative=is_negative(stars),
        is_failure=is_negative(stars),
        topics=_points(given.get("topics")),
        risks=_points(given.get("risks")),
    )


def text_of(told: Any) -> str:
    """The words of a review as they stand, its head among them."""
    if isinstance(told, Mapping):
        return " ".join(str(told[part]) for part in TEXTS if told.get(part))
    return "\n".join(map(text_of, told)) if isinstance(told, list) else str(told or "")


def author_in(words: str) -> str:
    """The display name that a situation tells: "reviewer Ben", "Reviewer: Priya S. from Leeds"."""
    found = _SAID.search(words)
    return _somebody(found["quoted"] or found["name"]) if found else ""


def author_by(told: Mapping[str, Any]) -> str:
    for key in (*_AUTHORS, "name"):
        given = told.get(key)
        if isinstance(given, Mapping):
            given = given.get("display_name") or given.get("name")
        if given:
            return _somebody(str(given))
    return ""


def _author_of_head(head: str) -> str:
    """ "Sam K. (1 star)"; a platform is no writer."""
    found = _HEADED.match(head)
    return _somebody(found["name"]) if found and platform_of(fold(found["name"])) is UNKNOWN else ""


def _somebody(name: str) -> str:
    name = name.strip(" \"'“”«»,")
    return "" if fold(name) in _NOBODY else name


def _points(given: Any) -> tuple[str, ...]:
    """Topics and risks by their ids, or by the words that stand for them: "wait", "bill"."""
    words = given if isinstance(given, list) else []
    found: dict[str, None] = {}
    for word in map(str, words):
        points = (word,) if word in TOPICS["en"] or word == "other" else touched_in(fold(word), ("en",))[:1]
        found |= dict.fromkeys(points)
    return tuple(found)
