"""S01 and S08: does the draft touch what the review complains about? Told by the words for each topic and risk."""

# ruff: noqa: E501 - a pattern broken over lines cannot be searched
from __future__ import annotations

import re
from functools import cache

from ..folding import fold
from ..patterns import Words, compile_folded
from ..text import Span
from .draft import RULED, Draft
from .types import RecordKind
from .verdict import NOT_APPLICABLE, NOT_CHECKED, PASSED, Verdict, failed
from .wordings.topics import TOPICS

# What must be answered before anything else, gravest first.
GRAVEST = ("safety", "allergy", "discrimination", "self_harm", "refund", "price")
# Told of somebody's plans, not of what went wrong: nothing that an answer could restate.
_UNSPOKEN = frozenset({"churn", "press", "legal", "extortion", "other"})
_MOST_OTHERS = 4  # points asked for besides the main one; a short answer cannot list them all
# Words a sentence may hold and still say nothing of what happened.
_EMPTY = re.compile(
    r"(?<!\w)(?:feedback|comments?|remarks?|noted|passed on|experience|issues? you|things|everything we do|excellence|your (?:review|message|opinion)|"
    r"comentarios?|experiencia|opini(?:on|ao)|avis|retour|experience|erfahrung|ruckmeldung|bewertung|anliegen|esperienza|"
    r"recensione|avaliacao|ervaring|recensie|doswiadczeni\w+|opini\w+)(?!\w)"
)


def check_s01(draft: Draft) -> Verdict:
    """At least one main issue is named; the gravest, where there is a grave one."""
    if not draft.is_ruled:
        return NOT_CHECKED
    asked = asked_for(draft)
    if not asked:
        return PASSED if _is_concrete(draft) else failed()
    grave = [point for point in GRAVEST[:4] if point in asked]
    wanted = grave[:1] or asked
    touched = touched_by(draft, tuple(wanted))
    if touched or (not grave and _shares_words(draft)):
        return PASSED
    return failed(missing=tuple(wanted[:1]))


def check_s08(draft: Draft) -> Verdict:
    """The points besides the main one; each that is missed is named, unless a private message has answered it."""
    asked = asked_for(draft)
    if len(asked) < 2:
        return NOT_APPLICABLE
    if not draft.is_ruled:
        return NOT_CHECKED
    touched = touched_by(draft, asked) | _answered_privately(draft)
    missing = tuple(point for point in asked[: _MOST_OTHERS + 1] if point not in touched)
    return failed(missing=missing) if missing else PASSED


def asked_for(draft: Draft) -> tuple[str, ...]:
    """Topics and risks of the review, gravest first: as the caller knows them, else by the words of the review."""
    review = draft.context.review
    given = (*review.risks, *review.topics)
    points = given or touched_in(fold(review.text), _languages_of_review(draft))
    wanted = dict.fromkeys(point for point in points if point not in _UNSPOKEN)
    return tuple(sorted(wanted, key=lambda point: GRAVEST.index(point) if point in GRAVEST else len(GRAVEST)))


def touched_by(draft: Draft, points: tuple[str, ...]) -> frozenset[str]:
    languages = tuple(language for language in draft.languages if language in TOPICS)
    return frozenset(touched_in(draft.folded, languages)) & frozenset(points)


def _answered_privately(draft: Draft) -> frozenset[str]:
    """What messages touch that were sent to the customer, in the language of the review or of the draft."""
    languages = tuple(dict.fromkeys((*_languages_of_review(draft), *draft.languages)))
    sent = [record.words for record in draft.context.records if record.kind is RecordKind.MESSAGE]
    known = tuple(language for language in languages if language in TOPICS)
    return frozenset(point for words in sent for point in touched_in(fold(words), known))


def touched_in(folded: str, languages: tuple[str, ...]) -> tuple[str, ...]:
    """The topics and risks that the text names, in the order of the tables."""
    found: dict[str, None] = {}
    for language in languages:
        for point in TOPICS[language]:
            if point not in found and _pattern(language, point).search(folded):
                found[point] = None
    return tuple(found)


def _languages_of_review(draft: Draft) -> tuple[str, ...]:
    language = draft.context.review.language
    if language in TOPICS:
        return (language,)
    return tuple(tag for tag in draft.languages if tag in TOPICS) or RULED


@cache
def _pattern(language: str, point: str) -> Words:
    return compile_folded([TOPICS[language][point]], then=r"(?!\w)")


def _is_concrete(draft: Draft) -> bool:
    """Some sentence names a topic, and is more than a formula."""
    return any(_names_something(draft, span) for span in draft.sentences)


def _names_something(draft: Draft, span: Span) -> bool:
    sentence = draft.folded[slice(*span)]
    if _EMPTY.search(sentence):
        return False
    languages = tuple(language for language in draft.languages if language in TOPICS)
    return bool(touched_in(sentence, languages))


def _shares_words(draft: Draft) -> bool:
    """Two longer words of the review come back: the guest's own nouns, in their own language."""
    told = {word[:6] for word in re.findall(r"\w{5,}", fold(draft.context.review.text))}
    said = {word[:6] for word in re.findall(r"\w{5,}", draft.folded)}
    return len(told & said) >= 2
