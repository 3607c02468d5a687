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
from .types import Override, PlatformRules, Severity

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
# What each fault tells the writer: message ids.
TOO_LONG = "Shorten it: what is marked is beyond the length that this platform takes."
MAYBE_TOO_LONG = "Shorten it: how long an answer this platform takes is not known, and this one may be cut or refused."
NO_LINK = "Take the link out: it does not belong in an answer on this platform."
LINK_UNKNOWN = "Take the link out: it is not known whether this platform takes links."
NO_CONTACT = "Take the number or address out: this platform allows neither. Name a person and a desk instead."
PLAIN = "Write plain sentences, without lists and formatting."
NO_QUOTE = "Say it in your own words: this platform allows none of the review in an answer."
NO_EMOJI = "Take the emoji out: this platform allows none."
NOT_ABOUT_IT = "Take out what you say about the platform: it does not allow that."
NO_PROMOTION = "Take the offer or the advertising out: this platform removes such answers."
MESSAGES = frozenset(
    (TOO_LONG, MAYBE_TOO_LONG, NO_LINK, LINK_UNKNOWN, NO_CONTACT, PLAIN, NO_QUOTE, NO_EMOJI, NOT_ABOUT_IT, NO_PROMOTION)
)
_BULLETS = re.compile(r"^[ \t]{0,8}(?:[-*•–▪►✓·✅✔☑➡👉🔹]\ufe0f?|\d{1,2}[.)]|[a-z]\))[ \t]+\S", re.MULTILINE)
_INLINE_BULLETS = re.compile(r"(?:^|\s)[-•–*▪]\s(?=\S)")
_MARKS = re.compile(
    r"\*\*[^*\n]{1,200}\*\*|(?<!\w)__[^_\n]{1,200}__|^#{1,6} |</?[a-z]{1,10}[^<>\n]{0,100}>|\[[^\[\]\n]{1,80}\]\(",
    re.MULTILINE,
)
_QUOTED = re.compile(
    r"[\"“”„«»]\s?([^\"“”„«»\n]{6,400})\s?[\"“”„«»]|(?<![\w'’])['‘‚](?![st] )([^\"“”„«»\n]{12,400}?)[.!?…]?['’‘](?=[\s.,;:!?)]|$)"
)
_QUOTED_WORDS = 7  # so many in quotation marks are somebody's words, and no name of a dish
# "I quote: …", with no marks around it.
_CITED = re.compile(
    fold_pattern(
        r"(?<!\w)(?:i quote|to quote you|ich zitiere|je cite|je vous cite|cito|le cito|la cito|passo a citar|ik citeer|cytuj[ęe])\s?: ?\S[^\n]{10,400}"
    )
)
_SAID = re.compile(
    fold_pattern(
        r"(?:you (?:wrote|said|say|write|call|called|describe|described|mention|mentioned|claim|state|stated)|your words|quote|sie (?:schreiben|schrieben|sagen)|"
        r"schreiben sie|ihre worte|vous (?:[ée]crivez|dites)|vos mots|(?:usted )?(?:escribe|dice|escribi[oó])|sus palabras|(?:lei )?(?:scrive|dice)|sue parole|"
        r"(?:escreve|escreveu|diz)|suas palavras|u (?:schrijft|schreef|zegt)|uw woorden|(?:pan|pani|panstwo) (?:pisze|napisal\w*|pisza)|napisal\w* (?:pan|pani|panstwo)|(?:lei |usted |u |o senhor |a senhora )?(?:afferma|sostiene|comenta(?: usted)?|afirma|beweert|stelt|schreibst|schriebst|napisalas|napisales)(?: textualmente| letterlijk)?|cytuj\w+)\W{0,4}(?:that |: |dass |que |che |dat )?\W*$"
    )
)
_SNIPPET_WORDS = 7  # as many words in a row as in the review are taken from it
_ABOUT_PLATFORM = re.compile(
    fold_pattern(
        r"(?<!on )(?<!via )(?<!through )(?<!at )(?<!from )(?<!bei )(?<!auf )(?<!uber )(?<!sur )(?<!en )(?<!su )(?<!no )(?<!op )(?<!na )(?<!por )(?<!do )(?<!de )(?<!di )tripadvisor('s)? (?:(?!and |or |so |und |et |y |e |i )\w+ ){0,4}?(?:should|must|does not|doesn't|refuses|allows|lets|algorithm|policy|policies|ranking|rating|guidelines|unfair|support|fails|will|removed|has|is)|"
        r"(?:reported|report|flagged|complained|informed|notified|contacted|gemeldet|signal\w+|denunci\w+|segnalat\w+|zgłosi\w+) (?:\w+ ){0,6}?(?:to |bei |a |à |aan |do )?tripadvisor|(?:shame|pity|unlike|trust|blame) (?:\w+ ){0,3}?tripadvisor"
    )
)
# The platform as somebody who does something or is told something; "your review on Tripadvisor" is no word about it.
_ABOUT_THIS = re.compile(
    fold_pattern(
        r"(?<!on )(?<!via )(?<!through )(?<!at )(?<!bei )(?<!auf )(?<!uber )(?<!sur )(?<!en )(?<!su )(?<!no )(?<!op )(?<!na )(?<!pelo )(?<!par )(?<!tramite )(?<!przez )(?<!from )(?<!por )(?<!do )(?<!de )(?<!di )(?<!attraverso )tripadvisor (?:only|never|just|cares?|publish\w*|check\w*|let\w*|sells?|makes?|pr[üu]ft|l[äa]sst|verdient|k[üu]mmert|l[öo]scht|ne |n'|laisse|se moque|v[ée]rifie|no |solo|nunca|vende|deja|comprueba|non |lascia|controlla|s[óo] |n[ãa]o |deixa|verifica|controleert|doet|geeft|laat|niet|nie |sprawdza|pozwala|zarabia)|"
        r"(?:pr[üu]ft|l[öo]scht|duldet|vérifie|controleert) tripadvisor|(?:written|complained|appealed|wrote|turned) to tripadvisor|"
        r"(?:rankings?|ratings?|reviews?|stars|algorithm) (?:on|of) this (?:site|platform|website|portal) (?:can|are|is|means?|should|cannot)|this (?:platform|portal) (?:allows|lets|never|only|does not|doesn't|refuses|publishes)"
    )
)
# What the terms of each forbid that another check finds: personal data everywhere, accusations and threats on
# Tripadvisor, a wish for another rating where it must not be asked for.
_EVERYWHERE = ("B02",)
FORBIDDEN = {
    "tripadvisor": ("B02", "B01", "B04", "B05", "B08", "W05", "W07"),
    "yelp": ("B02", "B01"),
    "trustpilot": ("B02", "B01"),
}


def forbidden_on(platform: str) -> tuple[str, ...]:
    """The checks whose faults the platform's own terms forbid as well; none where the platform is not known."""
    return FORBIDDEN.get(platform, _EVERYWHERE) if platform else ()


@dataclass(frozen=True, slots=True)
class PlatformFault:
    span: Span
    message: str  # a message id
    severity: Severity = Severity.BLOCK
    override: Override = Override.NEVER


def check_b10(draft: Draft, offers: list[Span], adverts: list[Span]) -> list[PlatformFault]:
    """What the platform would refuse. Some remove an answer with an offer or an advert in it.

    What an advert is can be argued: somebody else than the author may let it stand, here as by W07.
    """
    faults = [*_length(draft), *(PlatformFault(span, message) for span, message in _content(draft))]
    if draft.context.platform.offers_block:
        faults += (PlatformFault(span, NO_PROMOTION) for span in offers)
        faults += (PlatformFault(span, NO_PROMOTION, override=Override.APPROVER) for span in adverts)
    return faults


def _length(draft: Draft) -> Iterator[PlatformFault]:
    rules = draft.context.platform
    chars = len(draft.text)
    if rules.most_chars is not None and chars > rules.most_chars:
        yield PlatformFault((rules.most_chars, chars), TOO_LONG)
    elif rules.most_bytes is not None and len(draft.cleaned.encode()) > rules.most_bytes:
        fitting = len(draft.cleaned.encode()[: rules.most_bytes].decode(errors="ignore"))
        yield PlatformFault((fitting, chars), TOO_LONG)
    elif rules.most_chars is None and rules.most_bytes is None and chars > HINT_CHARS:
        severity = Severity.HINT if chars <= BLOCK_CHARS else Severity.BLOCK
        yield PlatformFault((HINT_CHARS, chars), MAYBE_TOO_LONG, severity)


def _content(draft: Draft) -> Iterator[tuple[Span, str]]:
    """What is refused, and what the writer is told about it."""
    rules = draft.context.platform
    if not rules.links:
        yield from ((span, LINK_UNKNOWN if rules.links is None else NO_LINK) for span in contacts.links(draft))
    if rules.phone_numbers is False:
        yield from ((span, NO_CONTACT) for span in contacts.phones(draft))
    if rules.mail_addresses is False:
        yield from ((span, NO_CONTACT) for span in contacts.mails(draft))
    if not rules.formatting:
        yield from ((span, PLAIN) for span in _formatted(draft))
    if rules.quotes is False:
        yield from ((span, NO_QUOTE) for span in _quoted(draft))
    if rules.emoji is False:
        yield from (((at, at + 1), NO_EMOJI) for at, char in enumerate(draft.text) if ord(char) >= 0x1F000)
    if rules.name == "tripadvisor":
        for pattern in (_ABOUT_PLATFORM, _ABOUT_THIS):
            yield from ((match.span(), NOT_ABOUT_IT) for match in pattern.finditer(draft.folded))


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
        words = re.findall(r"\w+", fold(match.group(1) or match.group(2)))
        is_taken = len(words) > 1 and " ".join(words) in told
        is_long = not told and len(words) >= _QUOTED_WORDS  # where the review may not be kept
        if is_taken or is_long or _SAID.search(draft.folded[max(0, match.start() - 60) : match.start()]):
            yield match.span()
    yield from (match.span() for match in _CITED.finditer(draft.folded))
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
