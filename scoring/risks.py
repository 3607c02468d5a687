"""Rules for what must not be missed: harm, allergy, self-harm, discrimination, legal steps, press, extortion, refunds.

A rule knows a few thousand wordings in some twenty languages, for sure and with the words as evidence; the model knows
many more, with a probability. `merge` puts them together. Churn is left to the model: it is told in too many ways.
A rule says nothing about anger: a review may be calm and carry the gravest risk.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from . import lexicon_rare as rare
from . import lexicon_risks as words
from .folding import fold, fold_pattern
from .patterns import Words, compile_folded
from .text import Span, clean, split_sentences, tidy
from .types import Risk, RiskOrigin, RiskScore

# Of a longer text the beginning and the end are searched, as the model reads it: no platform takes longer reviews, and
# a rule must not stall on a flood.
HEAD_CHARS, TAIL_CHARS = 18_000, 6_000


_PLAIN = {
    Risk.SAFETY: compile_folded(words.SAFETY),
    Risk.ALLERGY: compile_folded(rare.ALLERGY),
    Risk.SELF_HARM: compile_folded(rare.SELF_HARM),
    Risk.DISCRIMINATION: compile_folded(words.DISCRIMINATION),
    Risk.LEGAL: compile_folded(words.LEGAL),
    Risk.PRESS: compile_folded(rare.PRESS),
    Risk.EXTORTION: compile_folded(rare.EXTORTION),
    Risk.REFUND: compile_folded(words.REFUND),
}
_BODILY = frozenset({Risk.SAFETY, Risk.ALLERGY})
# Up to two words may stand between, and no comma: "never again, food poisoning" denies nothing.
_WITHIN = r"(?:[\s'’\"-]+\w+){0,2}[\s'’\"-]*$"
# Nor may a word stand between that says what was denied instead: "no refund after food poisoning".
_ENDED_BY = "|".join(map(fold_pattern, words.DENIAL_ENDS))
_DENIED = compile_folded(words.DENIAL, then=rf"(?:[\s'’\"-]+(?!(?:{_ENDED_BY})\b)\w+){{0,2}}[\s'’\"-]*$")
_NOT_A_DENIAL = compile_folded(words.NO_DENIAL, then=r"\b\W*(?:\w+\W+)?$")
# "Vi blev inte sjuka": a word of denial among those a wording leaves open. Neither at its beginning nor at its end,
# where it is the wording's own ("could not breathe").
_DENIED_INSIDE = re.compile(
    r"^(?!(?:could|couldn't|kunde|kunne)\b)\S+ (?:\S+ )*?(?:inte|ikke|nicht|niet|not|never|nie) "
)
_IN_THE = compile_folded(words.IN_THE, then=_WITHIN)
_SETTLED = compile_folded(words.SETTLED, then=r"(?!\w)")
_ANIMALS = compile_folded(words.ANIMALS)
_INSURED = compile_folded(words.INSURED)
_INSURED_LEAST = 2  # mentions
_ALLERGEN = compile_folded(rare.ALLERGEN)
_ALLERGEN_TROUBLE = compile_folded(rare.ALLERGEN_TROUBLE)
_ALLERGY_HANDLED = compile_folded(rare.ALLERGY_HANDLED)
_REVIEW = compile_folded(rare.REVIEW)
_REVIEW_CHANGE = compile_folded(rare.REVIEW_CHANGE)
_REVIEW_PRICE = compile_folded(rare.REVIEW_PRICE)
_REVIEW_BETTERED = compile_folded(rare.REVIEW_BETTERED)


@dataclass(frozen=True, slots=True)
class _Text:
    """What the rules search: folded, in sentences, without what stands between the letters of a word."""

    folded: str
    sentences: list[Span]
    written_at: Sequence[int]

    def as_written(self, span: Span) -> Span:
        """Where a span of `folded` stands in the text as it was given."""
        start, end = span
        return self.written_at[start], self.written_at[end]  # with the accents that follow the last letter

    def with_next(self, at: int) -> Span:
        """A sentence and the one after it: people put the second half of a thought behind a full stop."""
        return self.sentences[at][0], self.sentences[min(at + 1, len(self.sentences) - 1)][1]


def ends_of(text: str) -> str:
    """The text, or of a long one what the rules search."""
    if len(text) <= HEAD_CHARS + TAIL_CHARS:
        return text
    return f"{text[:HEAD_CHARS]}\n\n{text[-TAIL_CHARS:]}"


def find_risks(text: str) -> tuple[RiskScore, ...]:
    """At most one score per risk, each with the first words that prove it, in the order of `Risk`."""
    body = clean(ends_of(text))
    tidied, written_at = tidy(body)
    searched = _Text(fold(tidied), split_sentences(tidied), written_at)
    is_insured = _is_of_insurance(searched.folded)
    found = {
        risk: span
        for risk, pattern in _PLAIN.items()
        if not (is_insured and risk in _BODILY) and (span := next(_plain(searched, risk, pattern), None))
    }
    if Risk.ALLERGY not in found and not is_insured and (span := _allergy(searched, is_harmed=Risk.SAFETY in found)):
        found[Risk.ALLERGY] = span
    if Risk.EXTORTION not in found and (span := _review_for_a_price(searched)):
        found[Risk.EXTORTION] = span
    return tuple(_proved(risk, body[slice(*searched.as_written(found[risk]))]) for risk in Risk if risk in found)


def _proved(risk: Risk, evidence: str) -> RiskScore:
    return RiskScore(risk=risk, probability=1.0, origin=RiskOrigin.RULE, evidence=" ".join(evidence.split()))


def _plain(text: _Text, risk: Risk, pattern: Words) -> Iterator[Span]:
    for start, end in text.sentences:
        for match in pattern.finditer(text.folded, start, end):
            if risk is Risk.SAFETY and _DENIED_INSIDE.search(match.group()):
                continue
            if not _is_harmless(text.folded[start:end], match.start() - start, risk):
                yield match.span()


def _is_harmless(sentence: str, at: int, risk: Risk) -> bool:
    if risk is Risk.REFUND:
        # "No refund" is the complaint itself, so only a refund that came is harmless.
        return _SETTLED.search(sentence) is not None
    before = sentence[:at]
    if _NOT_A_DENIAL.search(before) or _IN_THE.search(before):
        return False
    return _DENIED.search(before[-48:]) is not None


def _is_of_insurance(folded: str) -> bool:
    """Whether the text is about an insurance or a vet: the illness in it is then no harm done by the business."""
    if _ANIMALS.search(folded):
        return True
    return len(list(islice(_INSURED.finditer(folded), _INSURED_LEAST))) == _INSURED_LEAST


def _allergy(text: _Text, *, is_harmed: bool) -> Span | None:
    """An allergy in a text where somebody came to harm, or with something that went wrong close by."""
    for at, (start, end) in enumerate(text.sentences):
        match = _ALLERGEN.search(text.folded, start, end)
        if match is None:
            continue
        if _is_harmless(text.folded[start:end], match.start() - start, Risk.ALLERGY):
            continue
        near = text.with_next(at)
        if is_harmed:
            return match.span()
        if _ALLERGEN_TROUBLE.search(text.folded, *near) and not _ALLERGY_HANDLED.search(text.folded, *near):
            return match.span()
    return None


def _review_for_a_price(text: _Text) -> Span | None:
    """A review, its removal and a price within two sentences."""
    if not _REVIEW_CHANGE.search(text.folded) or not _REVIEW.search(text.folded):
        return None
    for at in range(len(text.sentences)):
        near = text.with_next(at)
        match = _REVIEW_CHANGE.search(text.folded, *near)
        if (
            match
            and _REVIEW.search(text.folded, *near)
            and _REVIEW_PRICE.search(text.folded, *near)
            and not _REVIEW_BETTERED.search(text.folded, *near)
        ):
            return match.span()
    return None


def merge(by_rule: Iterable[RiskScore], by_model: Iterable[RiskScore]) -> tuple[RiskScore, ...]:
    """One score per risk, a rule's before the model's, most probable first, then in the order of `Risk`."""
    merged = {score.risk: score for score in (*by_model, *by_rule)}
    order = list(Risk)
    return tuple(sorted(merged.values(), key=lambda score: (-score.probability, order.index(score.risk))))
