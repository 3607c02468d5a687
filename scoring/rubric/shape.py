"""S06, S07, S09 and S10: signature, length, opening and style."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..text import Span
from . import naming
from .draft import Draft
from .types import Severity
from .verdict import NOT_CHECKED, PASSED, Verdict, failed, must_not
from .wording import find
from .wordings.apologies import MEANT
from .wordings.manners import GENERIC_THANKS, JARGON, THANKS

_NEGATIVE_WORDS = (50, 150)
_POSITIVE_WORDS = (15, 60)
_FEWEST, _MOST = 25, 250  # outside, a hint becomes a warning
_LONGEST_SENTENCE = 30  # words
_HARM = frozenset({"safety", "allergy", "self_harm", "discrimination"})
_MOST_EXCLAMATIONS = 1
_EXCLAMATION = re.compile(r"[!！]+")
_CAPITALS = re.compile(r"(?<![\w-])[A-ZÀ-ÖØ-ÞŁŚŻŹĆŃ]{2,}(?![\w-])")
_LONG_CAPITALS = 4  # letters; shorter ones are taken for acronyms unless they are a common word
_ACRONYMS = re.compile(
    r"GDPR|HACCP|COVID|ATM|FAQ|USA|UNESCO|SUV|LED|WLAN|IBAN|NHS|CCTV|HVAC|HTML|RGPD|DSGVO|DHBW|IKEA|SMS|PDF|RSVP|ADAC|ÖBB|SNCF|RATP|RENFE|ENEL|VDE|BAFA|DIN|ISO|PETA|NASA|BMW|IHK|KFZ|HNO|EKG|MRT|IRM|RMN|ECG|OLED|UHT|UPS|DHL|GLS|DPD|TNT"
)
_SHOUTED = re.compile(
    r"SO|NOT|NO|WE|YOU|ALL|VERY|NEVER|ARE|IS|DO|IF|ANY|MUST|NICHT|SEHR|NIE|WIR|SIE|MUY|NO|NUNCA|TRES|PAS|JAMAIS|NOUS|VOUS|MOLTO|MAI|NON|MUITO|NAO|NEM|HEEL|NIET|NOOIT|WIJ|BARDZO|NIE|TAK|OUR|YOUR|WAS|BUT|AND"
)
_EMOTICON = re.compile(r"(?<![\w:/])(?:[:;=]-?[)(DPpOo/|]|<3|:'\(|\^\^|xD)(?![\w/])")
_EMOJI = re.compile("[\U0001f300-\U0001faff\u2600-\u26ff\u2702-\u27b0\u2b50\u2764]")


def check_s06(draft: Draft) -> Verdict:
    """A person and a role at the end. A team alone is the hint."""
    start = naming.signature_start(draft)
    if start == len(draft.text) and len(draft.sentences) == 1:
        start = 0  # nothing but a signature
    if start < len(draft.text) and naming.has_name_and_role(draft, start):
        return PASSED
    return failed([(start, len(draft.cleaned.rstrip()))] if start < len(draft.cleaned.rstrip()) else [])


def check_s07(draft: Draft) -> Verdict:
    """Words without the signature, against what suits the review; a limit of the platform comes first."""
    end = naming.signature_start(draft)
    count = sum(1 for start, _ in draft.words if start < end)
    least, most = _NEGATIVE_WORDS if draft.context.review.is_negative else _POSITIVE_WORDS
    limit = draft.context.platform.most_chars
    if limit is not None and limit < 1_000:  # some 150 words: such a platform has its own measure
        return PASSED if 0 < len(draft.text) <= limit else failed(severity=Severity.HINT)
    # Under praise fewer than 25 words are what suits it.
    if count > _MOST or (draft.context.review.is_negative and count < _FEWEST):
        return failed(severity=Severity.WARN)
    if not least <= count <= most:
        return failed(severity=Severity.HINT)
    long = [span for span in draft.sentences if span[0] < end and _count(draft, span) > _LONGEST_SENTENCE]
    return failed(long, severity=Severity.HINT) if long else PASSED


def _count(draft: Draft, span: Span) -> int:
    return sum(1 for start, _ in draft.words if span[0] <= start < span[1])


def check_s09(draft: Draft) -> Verdict:
    """Thanks for something concrete, or that it was read, in the first sentences; under harm, an apology instead."""
    if not draft.is_ruled:
        return NOT_CHECKED
    _, opening = draft.first_sentences(2)
    is_harm = bool(_HARM & set(draft.context.review.risks))
    apology = [span for span in find(MEANT, draft) if span[0] < opening]
    if apology:
        return PASSED
    thanks = [span for span in find(THANKS, draft) if span[0] < opening]
    generic = [span for span in find(GENERIC_THANKS, draft) if span[0] < opening]
    if thanks and not generic and not is_harm:
        return PASSED
    return failed(generic or thanks)


def check_s10(draft: Draft) -> Verdict:
    spans = [*_loud(draft), *find(JARGON, draft)]
    return must_not(draft, spans)


def _loud(draft: Draft) -> Iterator[Span]:
    marks = [match.span() for match in _EXCLAMATION.finditer(draft.cleaned)]
    if sum(end - start for start, end in marks) > _MOST_EXCLAMATIONS:
        yield from marks
    for match in _CAPITALS.finditer(draft.cleaned):
        word = match.group()
        if _SHOUTED.fullmatch(word) or (
            len(word) >= _LONG_CAPITALS and not _ACRONYMS.fullmatch(word) and not _is_code(draft, match.end())
        ):
            yield match.span()
    if draft.context.review.is_negative:
        yield from (match.span() for match in _EMOJI.finditer(draft.cleaned))
    yield from (match.span() for match in _EMOTICON.finditer(draft.cleaned))


def _is_code(draft: Draft, end: int) -> bool:
    return draft.cleaned[end : end + 1].isdigit()
