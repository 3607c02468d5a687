"""Check a draft answer: every check of the rubric, in its order, by rules and, where there is one, by a sentence model.

A rule that hits has the last word, but where it goes by words that have an innocent meaning as well and the model is as
sure as it can be that this is one. A model adds sentences of its own, and what it alone found can always be lifted by
an approver. What neither covers in the draft's language says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from ..logistic import logit, sigmoid
from ..text import Span
from . import actions, coverage, excused, naming, personal, platforms, sameness, shape, stance, unfinished
from .catalogue import CHECKS, Check, is_applicable
from .draft import Draft
from .types import Context, Finding, Origin, Outcome, Override, SentenceReader, Severity
from .verdict import NOT_APPLICABLE, NOT_CHECKED, PASSED, Verdict, failed, must_not
from .wording import Rules, find
from .wordings import abuse, argue, calm_down, fraud, offers, pressure, quid_pro_quo

Judge = Callable[[Draft], Verdict]
# Where the platform removes an answer with an offer in it, the two warnings block. The rubric says "never" of offers;
# what an advert is can be argued, so somebody else than the author may let it stand.
_ON_REMOVAL = {"W05": Override.NEVER, "W07": Override.APPROVER}
# Checks whose rules are words and phrases, on which the model has a second opinion: "our stupid rule" mocks nobody.
# Not W01: of half an apology in a long sentence, which owns the rest, the model may be sure that it is a whole one.
_SECOND_OPINION = frozenset({"B02", "B04", "B05", "B06", "B07", "B08", "W02", "W03", "W05", "W07"})
# Twice what the network was taught to say of a sentence that fails nothing (`scoring.rubric.train.check_loss`). On the
# held-out texts it is below that in 7 of 171 sentences that a rule marks rightly, and in 77 of 106 marks on good
# answers; below .02 in 4 and 39, below .06 in 11 and 82.
INNOCENT = 0.04
_NUMBER = re.compile(r"@|(?:\d[\s./-]?){5}")  # an address or a number is one whatever stands around it
# What a model cannot know: the case has it on record.
_EXCUSED: Mapping[str, Callable[[Draft, Span], bool]] = {"W04": actions.is_a_task, "W06": actions.is_on_record}


def check_reply(draft: str, context: Context, *, reader: SentenceReader | None = None) -> list[Finding]:
    """One Finding per check of the rubric, in its order. The text is not changed; any text can be checked."""
    read = Draft(draft, context)
    opinion = _Opinion.of(read, reader)
    return [_finding(check, read, opinion) for check in CHECKS.values()]


def check_one(check: str, draft: str, context: Context, *, reader: SentenceReader | None = None) -> Finding:
    """A single check, as for a sentence that is no whole answer.

    Asked alone, B10 also says what the terms of the platform forbid and another check finds: an accusation of fraud on
    Tripadvisor. In a whole answer that check says it, once.
    """
    read = Draft(draft, context)
    opinion = _Opinion.of(read, reader)
    found = _finding(CHECKS[check], read, opinion)
    if check != "B10" or (found.outcome is Outcome.FAILED and found.severity is Severity.BLOCK):
        return found
    others = (_finding(CHECKS[one], read, opinion) for one in platforms.forbidden_on(context.platform.name))
    stops = [one for one in others if one.outcome is Outcome.FAILED and one.severity is Severity.BLOCK]
    # Of personal data only what a rule finds: the model takes what a sentence retells of the visit for some.
    sure = (one for one in stops if one.check != "B02" or one.origin is Origin.RULE)
    return next((replace(one, check="B10") for one in sure), found)


def read_whole(text: str, context: Context, reader: SentenceReader) -> tuple[int, dict[str, float]]:
    """How many sentences of a text the model reads, and how likely the likeliest in place fails each B check.

    A sentence whose finding would be excused does not count. For choosing thresholds.
    """
    draft = Draft(text, context)
    opinion = _Opinion.of(draft, reader)
    most: dict[str, float] = {}
    for check in CHECKS:
        if check[0] != "B" or not opinion.judges(check) or not is_applicable(check, context):
            continue
        pairs = zip(opinion.sentences, opinion.probabilities, strict=True)
        for span, read in sorted(pairs, key=lambda pair: -pair[1][check]):
            if read[check] > most.get(check, 0.0) and not excused.is_excused(check, draft, span, by_model=True):
                # A mark needs both, the sentence alone and in place.
                likely = min(read[check], opinion.in_place(check, span, read[check]))
                most[check] = max(most.get(check, 0.0), likely)
    return len(opinion.sentences), most


def _by_words(rules: Rules) -> Judge:
    return lambda draft: must_not(draft, find(rules, draft))


def _judge_b02(draft: Draft) -> Verdict:
    return must_not(draft, personal.check_b02(draft))


def _judge_b03(draft: Draft) -> Verdict:
    return must_not(draft, personal.check_b03(draft))


def _judge_b09(draft: Draft) -> Verdict:
    spans = unfinished.check_b09(draft)
    if spans:
        return failed(spans)
    return PASSED if draft.is_whole else NOT_CHECKED


def _judge_b10(draft: Draft) -> Verdict:
    may_promote = not draft.context.platform.offers_block
    promoting = ([], []) if may_promote else (find(offers.PUBLIC_OFFERS, draft), find(offers.ADVERTS, draft))
    faults = platforms.check_b10(draft, *promoting)
    if not faults:
        return PASSED
    blocks = [fault for fault in faults if fault.severity is Severity.BLOCK]
    can_be_lifted = bool(blocks) and all(fault.override is Override.APPROVER for fault in blocks)
    return failed(
        [fault.span for fault in faults],
        severity=Severity.BLOCK if blocks else Severity.HINT,
        override=Override.APPROVER if can_be_lifted else None,
        message="\n".join(dict.fromkeys(fault.message for fault in faults)),
    )


JUDGES: Mapping[str, Judge] = {
    "B01": _by_words(quid_pro_quo.RULES),
    "B02": _judge_b02,
    "B03": _judge_b03,
    "B04": _by_words(pressure.RULES),
    "B05": _by_words(abuse.RULES),
    "B06": _by_words(calm_down.RULES),
    "B07": _by_words(argue.RULES),
    "B08": _by_words(fraud.RULES),
    "B09": _judge_b09,
    "B10": _judge_b10,
    "W01": stance.check_w01,
    "W02": stance.check_w02,
    "W03": stance.check_w03,
    "W04": actions.check_w04,
    "W05": _by_words(offers.PUBLIC_OFFERS),
    "W06": actions.check_w06,
    "W07": _by_words(offers.ADVERTS),
    "W08": sameness.check_w08,
    "W09": sameness.check_w09,
    "S01": coverage.check_s01,
    "S02": stance.check_s02,
    "S03": stance.check_s03,
    "S04": stance.check_s04,
    "S05": actions.check_s05,
    "S06": shape.check_s06,
    "S07": shape.check_s07,
    "S08": coverage.check_s08,
    "S09": shape.check_s09,
    "S10": shape.check_s10,
}


@dataclass(frozen=True, slots=True)
class _Opinion:
    """What the model says of each sentence; nothing in a language it was not measured in.

    It is not asked about greetings, closings and signatures: of a name and a function it can only guess.
    """

    sentences: tuple[Span, ...] = ()
    probabilities: tuple[Mapping[str, float], ...] = ()
    thresholds: Mapping[str, float] | None = None
    draft: Draft | None = None
    reader: SentenceReader | None = None

    @classmethod
    def of(cls, draft: Draft, reader: SentenceReader | None) -> _Opinion:
        if reader is None or not any(language in reader.languages for language in draft.languages):
            return cls()
        sentences = tuple(span for span in draft.sentences if not naming.is_courtesy(draft, span))
        read = reader.read([draft.cleaned[slice(*span)] for span in sentences]) if sentences else []
        return cls(sentences, tuple(read), reader.thresholds(len(sentences)), draft, reader)

    def judges(self, check: str) -> bool:
        return self.thresholds is not None and check in self.thresholds

    def agrees(self, check: str, draft: Draft, span: Span) -> bool:
        """Whether what a rule marked may be a fault: False where the model is sure that its sentence is none."""
        if not self.judges(check) or _NUMBER.search(draft.cleaned[slice(*span)]):
            return True
        read = zip(self.sentences, self.probabilities, strict=True)
        touched = [of[check] for (start, end), of in read if start < span[1] and span[0] < end]
        return not touched or max(touched) >= INNOCENT

    def met(self, check: str) -> list[tuple[Span, float]]:
        """The sentences that reach the threshold of the check, with their probabilities."""
        if self.thresholds is None or check not in self.thresholds:
            return []
        least = self.thresholds[check]
        pairs = zip(self.sentences, self.probabilities, strict=True)
        met = [(span, read[check]) for span, read in pairs if read.get(check, 0.0) >= least]
        return [(span, sure) for span, sure in met if logit(self.in_place(check, span, sure)) >= logit(least)]

    def in_place(self, check: str, span: Span, sure: float) -> float:
        """How likely a sentence fails the check where it stands: read again with the one before and the one behind.

        Alone, a short sentence is marked by chance. Only of blocks, which stop somebody, and only of what was marked:
        the reading costs as much as that of the sentence.
        """
        if check[0] != "B" or self.reader is None or self.draft is None:
            return sure
        at = self.sentences.index(span)
        around = [self.sentences[first : first + 2] for first in (at - 1, at) if 0 <= first < len(self.sentences) - 1]
        if not around:
            return sure
        read = self.reader.read([" ".join(self.draft.cleaned[slice(*one)] for one in pair) for pair in around])
        logits = [logit(sure) * 2, *(logit(one[check]) for one in read)]
        return sigmoid(sum(logits) / (2 + len(read)))


def _finding(check: Check, draft: Draft, opinion: _Opinion) -> Finding:
    if not is_applicable(check.id, draft.context):
        return _found(check, draft, NOT_APPLICABLE)
    verdict = JUDGES[check.id](draft)
    verdict = _without(verdict, [span for span in verdict.spans if excused.is_excused(check.id, draft, span)])
    if verdict.outcome is Outcome.NOT_APPLICABLE or not opinion.judges(check.id):
        return _found(check, draft, verdict)
    if verdict.outcome is Outcome.FAILED and check.id in _SECOND_OPINION and verdict.spans:
        verdict = _without(verdict, [span for span in verdict.spans if not opinion.agrees(check.id, draft, span)])
    met = [one for one in opinion.met(check.id) if not excused.is_excused(check.id, draft, one[0], by_model=True)]
    if excuses := _EXCUSED.get(check.id):
        met = [(span, probability) for span, probability in met if not excuses(draft, span)]
    if check.id.startswith("S"):
        return _found(check, draft, *_asked_for(verdict, met))
    if verdict.outcome is Outcome.FAILED or not met:
        is_silent = verdict.outcome is Outcome.NOT_CHECKED
        return _found(check, draft, PASSED if is_silent else verdict, Origin.MODEL if is_silent else Origin.RULE)
    override = Override.APPROVER if check.override is Override.NEVER else None
    model = failed([span for span, _ in met], override=override)
    return _found(check, draft, model, Origin.MODEL, max(probability for _, probability in met))


def _without(verdict: Verdict, spans: list[Span]) -> Verdict:
    """The verdict without these spans; passed where none is left."""
    kept = tuple(span for span in verdict.spans if span not in spans)
    return verdict if not spans else replace(verdict, spans=kept) if kept else PASSED


def _asked_for(verdict: Verdict, met: list[tuple[Span, float]]) -> tuple[Verdict, Origin, float]:
    """What should be there is there where either finds it; that it is twice too much only a rule says."""
    if verdict.outcome is Outcome.PASSED or verdict.severity is not None:
        return verdict, Origin.RULE, 1.0
    if met:
        return PASSED, Origin.MODEL, max(probability for _, probability in met)
    return (verdict if verdict.outcome is Outcome.FAILED else failed()), Origin.MODEL, 1.0


def _found(
    check: Check, draft: Draft, verdict: Verdict, origin: Origin = Origin.RULE, confidence: float = 1.0
) -> Finding:
    severity, override = verdict.severity or check.severity, verdict.override or check.override
    if check.id in _ON_REMOVAL and draft.context.platform.offers_block:
        severity = Severity.BLOCK
        override = Override.APPROVER if origin is Origin.MODEL else _ON_REMOVAL[check.id]
    has_failed = verdict.outcome is Outcome.FAILED
    return Finding(
        check=check.id,
        severity=severity,
        override=override,
        outcome=verdict.outcome,
        spans=verdict.spans,
        message=(verdict.message or check.message) if has_failed else "",
        origin=origin,
        confidence=confidence,
        missing=verdict.missing,
    )
