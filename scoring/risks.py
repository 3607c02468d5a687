"""Rules for risks that must not be missed: injury and illness, legal steps, discrimination, money back.

A rule knows a few hundred wordings in some twenty languages, for sure and with the words as evidence; the model knows
many more, with a probability. `merge` puts them together. Churn is left to the model: it is told in too many ways.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from . import lexicon
from .text import Span, clean, split_sentences
from .types import Risk, RiskOrigin, RiskScore

# Nothing after this point is searched: no platform takes longer reviews, and a rule must not stall on a flood.
MOST_CHARS = 24_000


def compile_words(entries: Sequence[str], *, then: str = "") -> re.Pattern[str]:
    """One pattern for a list of the lexicon, matched at the start of a word and followed by `then`."""
    return re.compile(r"(?<!\w)(?:" + "|".join(entries) + ")" + then, re.IGNORECASE)


_RULES = {
    Risk.SAFETY: compile_words(lexicon.SAFETY),
    Risk.LEGAL: compile_words(lexicon.LEGAL),
    Risk.DISCRIMINATION: compile_words(lexicon.DISCRIMINATION),
    Risk.REFUND: compile_words(lexicon.REFUND),
}
_DENIED = compile_words(lexicon.DENIAL, then=r"(?:\W+\w+){0,2}\W*$")
_NOT_A_DENIAL = compile_words(lexicon.NO_DENIAL, then=r"\W*(?:\w+\W+)?$")
_SETTLED = compile_words(lexicon.SETTLED, then=r"(?!\w)")


def find_risks(text: str) -> tuple[RiskScore, ...]:
    """At most one score per risk, each with the first words that prove it."""
    body = clean(text[:MOST_CHARS])
    sentences = split_sentences(body)
    found = []
    for risk, pattern in _RULES.items():
        evidence = next(_evidence(body, sentences, risk, pattern), "")
        if evidence:
            found.append(RiskScore(risk=risk, probability=1.0, origin=RiskOrigin.RULE, evidence=evidence))
    return tuple(found)


def _evidence(body: str, sentences: list[Span], risk: Risk, pattern: re.Pattern[str]) -> Iterator[str]:
    for start, end in sentences:
        for match in pattern.finditer(body, start, end):
            if not _is_harmless(body[start:end], match.start() - start, risk):
                yield " ".join(match.group().split())


def _is_harmless(sentence: str, at: int, risk: Risk) -> bool:
    if risk is Risk.REFUND:
        # "No refund" is the complaint itself, so only a refund that came is harmless.
        return _SETTLED.search(sentence) is not None
    before = sentence[:at]
    return _DENIED.search(before[-48:]) is not None and _NOT_A_DENIAL.search(before) is None


def merge(by_rule: Iterable[RiskScore], by_model: Iterable[RiskScore]) -> tuple[RiskScore, ...]:
    """One score per risk, a rule's before the model's, most probable first, then in the order of `Risk`."""
    merged = {score.risk: score for score in (*by_model, *by_rule)}
    order = list(Risk)
    return tuple(sorted(merged.values(), key=lambda score: (-score.probability, order.index(score.risk))))
