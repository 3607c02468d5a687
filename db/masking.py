"""Masks what reaches a person, wherever text leaves the program: logs, mails, exports.

Mail addresses, telephone numbers, IBANs and card numbers, and the names of those whom the caller names: of the guest
whom a text is about. `scoring.redraft.masking` masks whatever it takes for a name, in texts of guests that leave.

Numbers are checked (a plan of numbers, a check digit) before they are masked, so that the number of a review, a date or
an amount stays. No pattern looks at a letter more than a few times: hostile texts cost no more than long ones.
"""

from __future__ import annotations

import logging
import re
from typing import Final

from .masked_names import without_name

# The plans by which a number without its country is read: where the languages of the pages are spoken.
REGIONS: Final = ("IT", "DE", "FR", "ES", "GB", "US", "AT", "CH", "NL", "BE", "PT", "PL", "IE", "MX")
MAIL, PHONE, ACCOUNT, CARD = "[mail]", "[phone]", "[account]", "[card]"
_IN_WORD: Final = r"""[^\s@<>(),;:"'\[\]{}=|/]"""
_OUT_OF_WORD: Final = r"""(?<![^\s@<>(),;:"'\[\]{}=|/])"""
_MAIL: Final = re.compile(rf"{_OUT_OF_WORD}{_IN_WORD}+@{_IN_WORD}*\w")
_MAIL_IN_WORDS: Final = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}\s?[(\[{]\s?at\s?[)\]}]\s?[\w.-]{1,190}", re.IGNORECASE)
_IBAN: Final = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]){11,30}(?!\w)", re.IGNORECASE)
_CARD: Final = re.compile(r"(?<![\w.])\d(?:[ -]?\d){12,18}(?![\w.]\d)")
_SIX_DIGITS: Final = re.compile(r"\d(?:[^\n\w]{0,3}\d){5}")
# As people write one: with its country, a trunk zero or brackets, or in groups of three, three and four.
_WRITTEN: Final = re.compile(r"[+\uff0b(0\uff10\u0660]|\d{3}[ .-]\d{3}[ .-]\d{3,4}$")
_DATE: Final = re.compile(r"\d{1,4}([-./])\d{1,2}\1\d{1,4}")
_IBAN_LENGTHS: Final = range(15, 35)  # ISO 13616
_IBAN_LEFT: Final = 1  # of the number by 97


def mask(text: str, *names: str) -> str:
    """The text with a word in brackets in the place of each address and number, and with initials for these names."""
    if "@" in text:
        text = _MAIL.sub(MAIL, text)
    if "at" in text.lower():
        text = _MAIL_IN_WORDS.sub(MAIL, text)
    if _SIX_DIGITS.search(text):
        text = _without_numbers(text)
    for name in names:
        text = without_name(text, name)
    return text


class MaskedLog(logging.Filter):
    """Masks every line of a handler, the stack of a fault as well."""

    def filter(self, record: logging.LogRecord) -> bool:
        text = record.getMessage()
        if (masked := mask(text)) != text:
            record.msg, record.args = masked, None
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = mask(record.exc_text)
        return True


def mask_logs() -> None:
    """Have all that the root logger's handlers write masked. Call it after they are made; twice does no more."""
    for handler in logging.getLogger().handlers:
        if not any(isinstance(one, MaskedLog) for one in handler.filters):
            handler.addFilter(MaskedLog())


def _without_numbers(text: str) -> str:
    text = _IBAN.sub(lambda found: ACCOUNT if _is_iban(found[0]) else found[0], text)
    text = _CARD.sub(lambda found: CARD if _is_card(found[0]) else found[0], text)
    return _without_phones(text)


def _without_phones(text: str) -> str:
    # Only here: its tables take a third of a second to load, and most texts hold no number.
    from phonenumbers import Leniency, PhoneNumberMatcher

    spans: set[tuple[int, int]] = set()
    for line in re.finditer(r"[^\n]+", text):
        if not _SIX_DIGITS.search(line[0]):
            continue
        for region in (None, *REGIONS):
            leniency = Leniency.POSSIBLE if region is None else Leniency.VALID
            for found in PhoneNumberMatcher(line[0], region, leniency=leniency, max_tries=1000):
                if _WRITTEN.match(found.raw_string) and not _DATE.search(found.raw_string):
                    spans.add((line.start() + found.start, line.start() + found.end))
    last = len(text) + 1
    for start, end in sorted(spans, key=lambda span: (span[1], -span[0]), reverse=True):
        if end <= last:
            text, last = text[:start] + PHONE + text[end:], start
    return text


def _is_iban(found: str) -> bool:
    bare = re.sub(r"[ -]", "", found).upper()
    if len(bare) not in _IBAN_LENGTHS or not bare.isascii():
        return False
    digits = "".join(str(int(char, 36)) for char in bare[4:] + bare[:4])
    return int(digits) % 97 == _IBAN_LEFT


def _is_card(found: str) -> bool:
    """By the check digit of Luhn (ISO/IEC 7812-1)."""
    digits = [int(char) for char in found if char.isdigit()]
    doubled = [sum(divmod(2 * one, 10)) for one in digits[-2::-2]]
    return len(set(digits)) > 1 and (sum(digits[::-2]) + sum(doubled)) % 10 == 0
