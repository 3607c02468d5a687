"""Say in plain words why a text reads angry: message ids that the page translates.

Only what can be shown: words of the lexicon, signs such as capitals, risks found, or the model's level. A reason never
changes a score.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from . import lexicon
from .patterns import compile_words
from .risks import ends_of
from .types import AngerLevel, Reason, Risk, RiskScore

_WORDS = {
    Reason.INSULT: compile_words(lexicon.INSULT),
    Reason.ACCUSATION_OF_BAD_FAITH: compile_words(lexicon.BAD_FAITH),
    Reason.CONTEMPT: compile_words(lexicon.CONTEMPT),
    Reason.PROFANITY: compile_words(lexicon.PROFANITY),
    Reason.THREAT: compile_words(lexicon.THREAT),
    Reason.WARNS_OTHERS: compile_words(lexicon.WARNS_OTHERS),
    Reason.LEAVES_FOR_GOOD: compile_words(lexicon.LEAVES_FOR_GOOD),
    Reason.TOLD_TO_CALM_DOWN: compile_words(lexicon.TOLD_TO_CALM_DOWN),
}
_PRAISE = compile_words(lexicon.PRAISE)
_RISKS = {
    Risk.REFUND: Reason.DEMANDS_MONEY_BACK,
    Risk.SAFETY: Reason.HEALTH_OR_SAFETY,
    Risk.ALLERGY: Reason.ALLERGY,
    Risk.SELF_HARM: Reason.SELF_HARM,
    Risk.DISCRIMINATION: Reason.DISCRIMINATION,
    Risk.LEGAL: Reason.THREAT,
    Risk.PRESS: Reason.PRESS_OR_CAMPAIGN,
    Risk.EXTORTION: Reason.REVIEW_FOR_A_PRICE,
    Risk.CHURN: Reason.LEAVES_FOR_GOOD,
}
# Of the reasons that a risk proves, these two say how a text sounds; the others stand in a calm text as well.
_TELLS_OF_TONE = frozenset({Reason.THREAT, Reason.LEAVES_FOR_GOOD})
_RUNS = re.compile(r"[!！]{2,}|[?？؟][!！]|[!！][?？؟]|[?？؟]{3,}")
_ANGRY_EMOJI = re.compile("[😠😡🤬👿🖕💩🤮😤]")
_CAPITALS = re.compile(r"(?<!\w)[^\W\d_]{4,}(?!\w)")
_PROVING_ANGER = frozenset(
    {Reason.INSULT, Reason.ACCUSATION_OF_BAD_FAITH, Reason.CONTEMPT, Reason.PROFANITY, Reason.THREAT, Reason.SHOUTING}
)
_UNHAPPY_STARS = 2.3  # the text reads like two stars or less


def plain_reasons(
    text: str, *, level: AngerLevel, sentiment: float, risks: Iterable[RiskScore] = ()
) -> tuple[Reason, ...]:
    """Reasons in the order of `Reason`. A calm text has none but those its risks prove."""
    body = ends_of(text)
    found = {_RISKS[score.risk] for score in risks}
    if level is AngerLevel.CALM:
        found -= _TELLS_OF_TONE
    else:
        found |= {reason for reason, pattern in _WORDS.items() if pattern.search(body)}
        found |= _signs(body)
        found |= _judged(body, found, level, sentiment)
    return tuple(reason for reason in Reason if reason in found)


def reasons_with_stars(reasons: Iterable[str], *, level: AngerLevel, stars: float | None) -> tuple[str, ...]:
    """The reasons of a score and what the source's stars (1 to 5) add to them; for the page that knows both."""
    told = tuple(reasons)
    if stars is None:
        return told
    if level.rank >= AngerLevel.ANGRY.rank and stars >= 4:
        return (*told, Reason.ANGRY_DESPITE_STARS)
    if level is AngerLevel.CALM and stars <= 2:
        return (*told, Reason.CALM_DESPITE_STARS)
    return told


def _signs(body: str) -> set[Reason]:
    found = set()
    if _RUNS.search(body):
        found.add(Reason.EXCLAMATION_RUNS)
    if _ANGRY_EMOJI.search(body):
        found.add(Reason.ANGRY_EMOJI)
    # Two long words, so that one "HOTEL" or a brand in capitals is no shouting.
    if sum(match.group().isupper() for match in _CAPITALS.finditer(body)) >= 2:
        found.add(Reason.SHOUTING)
    return found


def _judged(body: str, found: set[Reason], level: AngerLevel, sentiment: float) -> set[Reason]:
    if level.rank < AngerLevel.ANGRY.rank:
        return set()
    judged = set()
    if not found & _PROVING_ANGER:
        judged.add(Reason.ANGRY_TONE)
    if sentiment <= _UNHAPPY_STARS and _PRAISE.search(body):
        judged.add(Reason.PRAISE_TURNED_AROUND)
    return judged
