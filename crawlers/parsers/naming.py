"""What the parts of a card are, by the words that its makers build their class names of: "spr-review-header-title",
"R-ReviewsList__item--author", "guestReviewCard_body__x7Gh2". The last word that means something says what it is.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

import lxml.html

LONGEST_NAME = 80  # characters of a class that is looked at
_MOST_NAMES = 20  # of one element

_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_HASH = re.compile(r"__(?=\w*[\dA-Z])\w{5,6}$")  # what builders of style sheets hang on
_REVIEWS = frozenset(
    re.findall(
        r"\w+",
        "review reviews rev testimonial testimonials opinion recensione bewertung rezension avis recensie beoordeling "
        "anmeldelse omdome valoracion resena avaliacao opinia otzyv",
    )
)
_PLURALS = frozenset(("reviews", "testimonials"))
_CARDS = frozenset(("item", "card", "entry", "box", "block", "single", "tile", "slide", "wrap", "wrapper"))
_NO_CARDS = frozenset(
    (
        "add",
        "all",
        "average",
        "btn",
        "button",
        "count",
        "empty",
        "form",
        "link",
        "liste",
        "more",
        "nav",
        "new",
        "no",
        "overall",
        "reply",
        "response",
        "submit",
        "summary",
        "tab",
        "total",
        "write",
    )
)
_UNSEEN = re.compile(
    r"a11y|sr-only|screen-?reader|hidden|off-?screen", re.IGNORECASE
)  # written for programs that read aloud
_FILLING = frozenset(
    (
        "block",
        "box",
        "cell",
        "col",
        "container",
        "default",
        "inner",
        "item",
        "line",
        "main",
        "p",
        "pull",
        "row",
        "section",
        "span",
        "tag",
        "value",
        "wrap",
        "wrapper",
    )
)
_ACTIONS = frozenset(("action", "actions", "btn", "button", "count", "form", "link", "toggle", "trigger", "cancel"))
_ANSWERS = frozenset(
    re.findall(
        r"\w+",
        "reply replies response responses answer bypostauthor antwort reponse respuesta risposta antwoord resposta",
    )
)
_OF_OTHERS = frozenset(
    ("avatar", "badge", "brand", "business", "category", "company", "icon", "place", "product", "shop")
)


class Role(StrEnum):
    TEXT = "text"
    AUTHOR = "author"
    DATE = "date"
    TITLE = "title"
    RATING = "rating"
    REPLY = "reply"
    THREAD = "thread"  # comments below a review, of whomever
    BYLINE = "byline"  # author and date in one line


_ROLES = {
    Role.TEXT: "text body content description message quote copy comment excerpt raw feedback texte texto testo tekst "
    "inhalt contenu kommentar commentaire comentario commento",
    Role.AUTHOR: "author name nickname reviewer user username customer guest passport autor auteur autore naam nom "
    "nombre nome navn namn",
    Role.DATE: "date time timestamp created published posted ago datetime datum fecha dato",
    Role.TITLE: "title headline heading subject summary titel titre titulo titolo",
    Role.RATING: "rating ratings star stars score grade starrating starratings sterne etoiles note nota voto "
    "puntuacion stelle",
    Role.BYLINE: "byline meta",
    Role.THREAD: "comments children thread",
}
_ROLE_OF = {word: role for role, words in _ROLES.items() for word in words.split()}


def names_of(element: lxml.html.HtmlElement) -> list[str]:
    """Classes, test ids and data attributes without their "data-"; without the long ones."""
    if not isinstance(element.tag, str):
        return []
    names = (element.get("class") or "")[:1000].split()[:_MOST_NAMES]
    for name, value in element.attrib.items()[:_MOST_NAMES]:
        if name in ("data-test", "data-testid", "data-hook", "data-qa"):
            names.append(value)
        elif name.startswith("data-") and value in ("", "true"):  # others are named after their value
            names.append(name[5:])
    return [name for name in names if name and len(name) <= LONGEST_NAME]


@lru_cache(maxsize=20_000)
def words_of(name: str) -> tuple[str, ...]:
    return tuple(word.lower() for word in _WORDS.findall(_HASH.sub("", name)))


@lru_cache(maxsize=20_000)
def is_card(name: str) -> bool:
    """Whether a class says "one review"."""
    words = words_of(name)
    if not words or not _REVIEWS.intersection(words) or _NO_CARDS.intersection(words):
        return False
    if words[-1] in _CARDS:
        return True
    return words[-1] in _REVIEWS - _PLURALS and _ROLE_OF.get(words[-2:][0]) is not Role.TEXT


@lru_cache(maxsize=20_000)
def role_of(name: str, *, in_answer: bool = False) -> Role | None:
    words = list(words_of(name))
    if _ACTIONS.intersection(words) or _UNSEEN.search(name):
        return None
    if not in_answer and _ANSWERS.intersection(words):
        return Role.REPLY
    while len(words) > 1 and words[-1] in _FILLING | _REVIEWS:
        words.pop()
    if not words or _OF_OTHERS.intersection(words):
        return None
    return _ROLE_OF.get(words[-1])


def roles_of(element: lxml.html.HtmlElement, *, in_answer: bool = False) -> set[Role]:
    """`in_answer`: of a part of an answer, all of which are named after it."""
    return {role for name in names_of(element) if (role := role_of(name, in_answer=in_answer)) is not None}
