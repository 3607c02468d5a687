"""What each platform lets an answer hold, and B10, which checks it.

The table is the rubric's. Values it marks as unproved stay None, which reads as "not known": plain text, no links.
"""

# ruff: noqa: E501 - a line of the table, or a pattern
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..folding import fold, fold_pattern
from ..text import Span
from . import contacts
from .draft import Draft
from .types import PlatformRules, Severity

UNKNOWN = PlatformRules()
PLATFORMS = {
    rules.name: rules
    for rules in (
        PlatformRules(
            name="tripadvisor",
            links=False,
            quotes=False,
            formatting=False,
            phone_numbers=False,
            mail_addresses=False,
            offers_block=True,
        ),
        PlatformRules(name="google", most_bytes=4096, links=False, quotes=True, formatting=False),
        PlatformRules(name="googleplay", most_chars=350, links=True, quotes=True, formatting=False),
        PlatformRules(name="appstore", most_chars=5970, links=False, quotes=True),
        PlatformRules(name="yelp", links=False, quotes=True, emoji=False),
        PlatformRules(name="trustpilot", links=True, quotes=True),
        PlatformRules(name="thefork"),
        PlatformRules(name="foursquare"),
        PlatformRules(name="facebook"),
        PlatformRules(name="booking"),
    )
}
HINT_CHARS, BLOCK_CHARS = 1_000, 2_000  # where the platform's limit is not known
_BULLETS = re.compile(r"^[ \t]{0,8}(?:[-*•–▪►✓·]|\d{1,2}[.)]|[a-z]\))[ \t]+\S", re.MULTILINE)
_INLINE_BULLETS = re.compile(r"(?:^|\s)[-•–*▪]\s(?=\S)")
_MARKS = re.compile(
    r"\*\*[^*\n]{1,200}\*\*|(?<!\w)__[^_\n]{1,200}__|^#{1,6} |</?[a-z]{1,10}[^<>\n]{0,100}>|\[[^\[\]\n]{1,80}\]\(",
    re.MULTILINE,
)
_QUOTED = re.compile(r"[\"“”„«»]\s?([^\"“”„«»\n]{6,400})\s?[\"“”„«»]")
_SAID = re.compile(
    fold_pattern(
        r"(?:you (?:wrote|said|say|write|call|called|describe|described|mention|mentioned|claim|state|stated)|your words|quote|sie (?:schreiben|schrieben|sagen)|"
        r"schreiben sie|ihre worte|vous (?:[ée]crivez|dites)|vos mots|(?:usted )?(?:escribe|dice|escribi[oó])|sus palabras|(?:lei )?(?:scrive|dice)|sue parole|"
        r"(?:escreve|escreveu|diz)|suas palavras|u (?:schrijft|schreef|zegt)|uw woorden|(?:pan|pani|panstwo) (?:pisze|napisal\w*|pisza)|cytuj\w+)\W{0,4}(?:that |: |dass |que |che |dat )?\W*$"
    )
)
_SNIPPET_WORDS = 7  # as many words in a row as in the review are taken from it
_ABOUT_PLATFORM = re.compile(
    fold_pattern(
        r"tripadvisor('s)? (?:\w+ ){0,4}?(?:should|must|does not|doesn't|refuses|allows|lets|algorithm|policy|policies|ranking|rating|guidelines|unfair|support|fails|will|removed|has|is)|"
        r"(?:reported|report|flagged|complained|informed|notified|contacted|gemeldet|signal\w+|denunci\w+|segnalat\w+|zgłosi\w+) (?:\w+ ){0,6}?(?:to |bei |a |à |aan |do )?tripadvisor|(?:shame|pity|unlike|trust|blame|thank) (?:\w+ ){0,3}?tripadvisor"
    )
)


@dataclass(frozen=True, slots=True)
class PlatformFault:
    span: Span
    severity: Severity = Severity.BLOCK


def check_b10(draft: Draft, promoting: list[Span]) -> list[PlatformFault]:
    """What the platform would refuse. `promoting`: offers and adverts, which some platforms remove."""
    faults = [*_length(draft), *map(PlatformFault, _content(draft))]
    if draft.context.platform.offers_block:
        faults += map(PlatformFault, promoting)
    return faults


def _length(draft: Draft) -> Iterator[PlatformFault]:
    rules = draft.context.platform
    chars = len(draft.text)
    if rules.most_chars is not None and chars > rules.most_chars:
        yield PlatformFault((rules.most_chars, chars))
    elif rules.most_bytes is not None and len(draft.cleaned.encode()) > rules.most_bytes:
        yield PlatformFault((len(draft.cleaned.encode()[: rules.most_bytes].decode(errors="ignore")), chars))
    elif rules.most_chars is None and rules.most_bytes is None and chars > HINT_CHARS:
        yield PlatformFault((HINT_CHARS, chars), Severity.HINT if chars <= BLOCK_CHARS else Severity.BLOCK)


def _content(draft: Draft) -> Iterator[Span]:
    rules = draft.context.platform
    if not rules.links:
        yield from contacts.links(draft)
    if rules.phone_numbers is False:
        yield from contacts.phones(draft)
    if rules.mail_addresses is False:
        yield from contacts.mails(draft)
    if not rules.formatting:
        yield from _formatted(draft)
    if rules.quotes is False:
        yield from _quoted(draft)
    if rules.emoji is False:
        yield from ((at, at + 1) for at, char in enumerate(draft.text) if ord(char) >= 0x1F000)
    if rules.name == "tripadvisor":
        yield from (match.span() for match in _ABOUT_PLATFORM.finditer(draft.folded))


def _formatted(draft: Draft) -> Iterator[Span]:
    lines = [match.span() for match in _BULLETS.finditer(draft.cleaned)]
    inline = [match.span() for match in _INLINE_BULLETS.finditer(draft.cleaned)]
    if len(lines) > 1:
        yield from lines
    elif len(inline) > 2 and inline[0][0] == 0:  # "- one - two - three"; dashes between words of a sentence are none
        yield from inline
    yield from (match.span() for match in _MARKS.finditer(draft.cleaned))


def _quoted(draft: Draft) -> Iterator[Span]:
    """Words of the review in quotation marks, said to be so, or many in a row without any mark."""
    told = " ".join(re.findall(r"\w+", fold(draft.context.review.text)))
    for match in _QUOTED.finditer(draft.cleaned):
        words = re.findall(r"\w+", fold(match.group(1)))
        is_taken = len(words) > 1 and " ".join(words) in told
        if is_taken or _SAID.search(draft.folded[max(0, match.start() - 60) : match.start()]):
            yield match.span()
    yield from _snippets(draft, told)


def _snippets(draft: Draft, told: str) -> Iterator[Span]:
    if not told:
        return
    done = -1
    for first, last in zip(draft.words, draft.words[_SNIPPET_WORDS - 1 :], strict=False):
        words = " ".join(re.findall(r"\w+", draft.folded[first[0] : last[1]]))
        if first[0] > done and f" {words} " in f" {told} ":
            yield first[0], last[1]
            done = last[1]
