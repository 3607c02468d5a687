"""Owners' answers under a review, by the words of their classes: no vocabulary has a property for them."""

from __future__ import annotations

import re

import lxml.html

from .graph import Node
from .naming import Role, names_of, roles_of
from .pieces import below, shown_text

LONGEST_AUTHOR = 80  # characters

_ANSWER_HEAD = re.compile(
    r"(?:(?:owner |store )?(?:response|reply|answer)|antwort|réponse|risposta|respuesta|resposta|svar)\b.{0,80}",
    re.IGNORECASE,
)
_OWNERS_HEAD = re.compile(
    r"(?:owner's )?(?:response|reply|answer) (?:from|by|of) |antwort (?:des|der|vom|von) |réponse (?:du|de la|de) "
    r"|respuesta (?:del|de la|de) |risposta (?:del|della|di) |resposta (?:do|da|de) |reactie van |svar fra ",
    re.IGNORECASE,
)
_OWNERS = re.compile(r"\b(?:owner|store|shop|team|inhaber|management|support)\b", re.IGNORECASE)


def is_answer(element: lxml.html.HtmlElement) -> bool:
    """Whether an element holds what others said of a review."""
    return element.tag not in ("a", "button", "form", "input", "textarea", "label") and bool(
        roles_of(element) & {Role.REPLY, Role.THREAD}
    )


def answer_below_heading(within_it: list[lxml.html.HtmlElement]) -> Node | None:
    """What stands under "Response from the owner", whatever its classes are."""
    for one in within_it:
        if len(one) > 1 or not _OWNERS_HEAD.match((one.text_content() or "")[:200].strip()):
            continue
        following = [shown_text(after) for after in one.itersiblings() if isinstance(after.tag, str)]
        if len(one.text_content().strip()) <= LONGEST_AUTHOR and any(following):
            text = "\n".join(filter(None, following[:5]))
            return {"@type": "Comment", "text": text, "author": {"@type": "Organization"}}
    return None


def owners_answer(answers: list[lxml.html.HtmlElement]) -> Node | None:
    """The first that is the owner's, as a comment: called a reply or written by who calls himself the owner."""
    for answer in answers:
        within_it = [(one, roles_of(one, in_answer=True)) for one in below(answer)]
        authors = [shown_text(one)[:LONGEST_AUTHOR] for one, roles in within_it if Role.AUTHOR in roles]
        names = {word for one in (answer, *(one for one, _ in within_it)) for word in names_of(one)}
        is_owners = Role.REPLY in roles_of(answer) or "bypostauthor" in names
        if not is_owners and not any(_OWNERS.search(author) for author in authors):
            continue
        texts = [one for one, roles in within_it if Role.TEXT in roles and roles.isdisjoint((Role.AUTHOR, Role.TITLE))]
        inner = texts[-1] if texts else answer
        lines = [shown_text(one) for one in below(inner) if one.tag == "p"] or shown_text(inner).split("\n")
        kept = [one for one in lines if one and not _ANSWER_HEAD.fullmatch(one) and one not in authors]
        if kept:
            return {"@type": "Comment", "text": "\n".join(kept), "author": {"@type": "Organization"}}
    return None
