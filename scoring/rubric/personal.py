"""B02 and B03: nothing about the reader that only we know, and no word on who is a patient, client or pupil."""

# ruff: noqa: E501 - a pattern broken over lines cannot be searched
from __future__ import annotations

import re
from collections.abc import Iterator

from ..folding import fold
from ..text import Span
from . import contacts, naming
from .draft import Draft
from .vocabulary import VOCABULARY
from .wording import find, pattern
from .wordings import personal, protected

# A surname with its title, in any of the languages; the capital letter is what tells a name from a word.
_TITLED = re.compile(
    r"\b(?:(?:Mr|Mrs|Ms|Mme|Mlle|Sra?|Sig|Sig\.ra|Mevr|Dhr)\b\.?|"  # only behind an abbreviation a full stop ends nothing
    r"(?:Miss|Mister|Madam|Sir|Herrn?|Frau|Monsieur|Madame|Mademoiselle|Señora?|Don|Doña|Signora?|Senhora?|Dona|Meneer|"
    r"Mevrouw|De heer|Pani?|Panie|Państwo)\b)\s+"
    r"(?:(?:und|and|et|y|e|en|i)\s+(?:Mrs|Frau|Madame|Señora|Signora|Senhora|Mevrouw|Pani)\b\.?\s+)?"
    r"((?:(?:de|van|von|der|den|la|di|da|dos|le)\s+){0,2}[A-ZÀ-ÖØ-ÞŁŚŻŹĆ][\w'’-]{1,30})"
)
# What stands in front of or behind the name of a colleague.
_STAFF_BEFORE = re.compile(
    r"(?<!\w)(?:ask for|speak (?:to|with)|talk to|contact|our|my|with|by|from|manager|owner|director|host|chef|colleague|"
    r"unser\w*|mein\w*|an|bei|von|mit|notre|mon|avec|aupres de|demandez|par|nuestr\w+|con|pregunte por|nostr\w+|chieda di|"
    r"con|noss\w+|com|por|onze?|mijn|met|bij|naar|nasz\w*|do|z|regards|yours|gru(?:ss|ß)e?n?|saludos|cordialement|saluti|"
    r"cumprimentos|groeten?)\W*(?:\w+\W+){0,3}$"
)
_ROLE_AFTER = re.compile(
    r"\W{1,3}(?:\w+ ){0,3}\w*(?:manager|owner|director|directora?|leit\w+|gerente|responsable|chef\w*|inhaber\w*)"
)
_GREETED = re.compile(
    r"(?:dear|hello|hi|good \w+|liebe[rs]?|sehr geehrte[rs]?|hallo|guten \w+|bonjour|chere?|estimad[oa]|querid[oa]|hola|gentile|"
    r"buongiorno|prezad[oa]|car[oa]|beste|geachte|dag|szanown[ya]|drog[ia])\W{1,2}$"
)
_ADDRESSED = re.compile(
    r"\s?,|\s(?:stayed|checked|booked|arrived|signed|came|paid|was|had|and (?:his|her)|hat|haben|war|a |est |ha |se |heeft|was)"
)
_BEFORE_DAY = 45  # characters in front of a day in which stands what was done on it
_CARD = re.compile(r"(?<![\w.])(?:\d[ -]?){12,18}\d(?!\w)")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}\b")


def check_b02(draft: Draft) -> list[Span]:
    """Patterns of contacts, cards and names, and what the rules of wording find."""
    return [*_reached_at(draft), *_numbers(draft), *_names(draft), *_not_in_review(draft, find(personal.RULES, draft))]


def check_b03(draft: Draft) -> list[Span]:
    return find(protected.RULES, draft)


def _reached_at(draft: Draft) -> Iterator[Span]:
    for span in (*contacts.mails(draft), *contacts.phones(draft)):
        if not contacts.is_own(draft, span):
            yield span


def _numbers(draft: Draft) -> Iterator[Span]:
    for match in _CARD.finditer(draft.cleaned):
        if _is_card(match.group()):
            yield match.span()
    yield from (match.span() for match in _IBAN.finditer(draft.cleaned) if not contacts.is_own(draft, match.span()))


def _is_card(written: str) -> bool:
    """The check digit of ISO/IEC 7812 (Luhn) is right."""
    digits = [int(char) for char in written if char.isdigit()]
    doubled = [sum(divmod(2 * digit, 10)) if at % 2 else digit for at, digit in enumerate(reversed(digits))]
    return sum(doubled) % 10 == 0


def _names(draft: Draft) -> Iterator[Span]:
    known = fold(" ".join((draft.context.review.author_name, *draft.context.staff_names)))
    signed = naming.signature_start(draft)
    for match in _TITLED.finditer(draft.cleaned):
        if match.start() >= signed:  # "Dona Célia, proprietária"
            break
        before = draft.folded[max(0, match.start() - 40) : match.start()]
        if _is_known(match.group(1), known) or _STAFF_BEFORE.search(before):
            continue
        if _is_spoken_to(draft, match.span()) and not _ROLE_AFTER.match(draft.folded, match.end()):
            yield match.span()
    yield from _fuller_name(draft)


def _is_spoken_to(draft: Draft, span: Span) -> bool:
    """A name in front of a comma, where a sentence begins. "Ms Lindner will write to you" is a colleague.

    Greeted by a surname nobody gave us, somebody may well be called what they called themselves.
    """
    start, end = span
    before = draft.folded[max(0, start - 30) : start]
    if _GREETED.search(before):
        return bool(draft.context.review.author_name)
    is_first = start - draft.sentence_at(start)[0] < 2 or before.rstrip().endswith(("you,", "sorry,"))
    return is_first and _ADDRESSED.match(draft.folded, end) is not None


def _fuller_name(draft: Draft) -> Iterator[Span]:
    """ "Sam Kowalski" under a review signed "Sam K."."""
    shown = draft.context.review.author_name.split()
    if not shown or len(shown[0]) < 2:
        return
    given = re.compile(rf"\b{re.escape(shown[0])}\s+([A-ZÀ-ÞŁŚŻ][\w'’-]{{2,30}})")
    for match in given.finditer(draft.cleaned):
        if fold(match.group(1)) not in fold(" ".join(shown)) and match.group() not in draft.context.staff_names:
            yield match.span()


def _is_known(name: str, known: str) -> bool:
    """Whether somebody is called so, in any case: the Polish vocative and genitive change the last letters."""
    folded = fold(name)
    if len(folded) > 4:
        return folded[: max(3, len(folded) - 2)] in known
    return folded in known or any(len(word) == len(folded) and word[:-1] == folded[:-1] for word in known.split())


def _not_in_review(draft: Draft, spans: list[Span]) -> Iterator[Span]:
    """Facts of the complaint, which the review tells in the same words, are no secret; other numbers than days are.

    Nor is the day on which we do something for the reader: "brought to you on 16 July" tells nobody of a visit.
    """
    told = fold(draft.context.review.text)
    for start, end in spans:
        words = draft.folded[start:end]
        days, rest = _days(draft, words)
        if told and not any(char.isdigit() for char in rest) and _has_words(told, words, days):
            continue
        if days and not any(char.isdigit() for char in rest) and _is_done_for_reader(draft, (start, end)):
            continue
        yield start, end


def _days(draft: Draft, words: str) -> tuple[list[str], str]:
    """The days of the calendar that words name, and the words without them."""
    days: list[str] = []
    for tag in draft.languages:
        if tag in VOCABULARY:
            found = pattern(personal.DAY, tag)
            days += [match.group() for match in found.finditer(words)]
            words = found.sub(" ", words)
    return days, words


def _is_done_for_reader(draft: Draft, span: Span) -> bool:
    """Whether the words, with the few in front of them, say what was or will be done, and not that somebody was there."""
    start = max(draft.sentence_at(span[0])[0], span[0] - _BEFORE_DAY)
    for tag in draft.languages:
        if tag in VOCABULARY and pattern(personal.DONE_FOR_READER[tag], tag).search(draft.folded, start, span[1]):
            return pattern(personal.THERE[tag], tag).search(draft.folded, start, span[1]) is None
    return False


def _has_words(told: str, words: str, days: list[str]) -> bool:
    """Whether the review has all long words; of a sentence with a day in it, that day, whatever we say of it."""
    if days:
        return all(_bare(day) in _bare(told) for day in days)
    long = [word for word in re.findall(r"\w+", words) if len(word) > 3]
    return bool(long) and all(word in told for word in long)


def _bare(words: str) -> str:
    return " ".join(re.findall(r"\d+|[^\W\d_]{3,}", words))
