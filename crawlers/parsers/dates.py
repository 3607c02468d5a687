"""Dates as pages write them, with how exact they are.

A date without a zone is a day, not midnight somewhere: it becomes midnight UTC with precision DAY. "03/04/2026" is
read only where the page's language settles the order; otherwise there is no date and a warning. Relative dates
("2 weeks ago") need `now`. Nothing here asks a clock.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import Any

from db.phrases import say

from ..items import DatePrecision

_ISO = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?)?",
    re.IGNORECASE,
)
_COMPACT = re.compile(
    r"((?:19|20)\d{2})(0[1-9]|1[0-2])([0-3]\d)(?:T?([01]\d|2[0-3])([0-5]\d)([0-5]\d)?(Z|[+-]\d{2}(?::?\d{2})?)?)?"
)
# What Date.toString() of a browser gives: "Mon Oct 05 2026 14:48:00 GMT+0200".
_SCRIPTED = re.compile(r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d{2}) (\d{4}) (\d{2}):(\d{2}):(\d{2}) GMT([+-]\d{4})")
_DIGIT = re.compile(r"\d")
_ASIDE = re.compile(r" ?\([^()]{0,80}\)$")
# "Reviewed on 5 October 2026", "Published: May 5", "Veröffentlicht am 5. Oktober": words before a date.
_LABEL = re.compile(
    r"(?:[^\W\d_]+[ ]){0,3}(?:on|at|am|vom|le|el|il|em|op|den|på|dnia|dne|the|of|de|da)[ ](?=\S)"
    r"|[^\W\d_]{2,20}(?::[ ]?|[ ])(?=\S)",
    re.IGNORECASE,
)
_ISO_MONTH = re.compile(r"(\d{4})-(\d{2})")
_EPOCH = re.compile(r"(\d{10})(\d{3})?")
_YEAR_FIRST = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})\.?")
_NUMERIC = re.compile(r"(\d{1,2})([/.\-])\s?(\d{1,2})\2\s?(\d{4}|\d{2})")
_RFC822 = re.compile(r"(?:[A-Za-z]{3},\s*)?\d{1,2} [A-Za-z]{3} \d{2,4} \d{2}:\d{2}.{0,20}")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
# Plain "en" is left out on purpose: American and British pages disagree and rarely say which they are.
_MONTH_FIRST = frozenset(("en-us", "en-ph", "es-us", "fil"))
_DAY_FIRST_ENGLISH = frozenset(("en-gb", "en-au", "en-nz", "en-ie", "en-in", "en-za"))
_LANGUAGES = (
    "en",
    "de",
    "fr",
    "es",
    "it",
    "pt",
    "nl",
    "da",
    "sv",
    "nb",
    "fi",
    "pl",
    "cs",
    "tr",
    "ja",
    "zh",
    "ar",
    "ru",
    "uk",
    "el",
    "he",
    "ro",
    "hu",
    "ko",
    "bg",
    "vi",
    "th",
    "hi",
)
_OF_OTHER_SCRIPTS = frozenset(("ja", "zh", "ar", "ru", "uk", "el", "he", "ko", "bg", "th", "hi"))
_NOT_LATIN = re.compile(r"[\u0370-\u1dff\u2c00-\uff00]")
# Read where the page says that it is in one of them; beside the others their names of months would lead astray.
_OWN_ONLY = frozenset(("hr", "sk", "sl", "sr", "et", "lv", "lt", "ca", "id", "fa", "is", "ms", "eu", "gl"))
_MONTHS = {
    name: f"{number:02}"
    for number, name in enumerate(
        ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"), start=1
    )
}
_LONGEST = 60
_PATIENCE = 1500  # different dates in words on one page; years of days
_FAILURE = 5  # what one that means nothing counts for
_EARLIEST_YEAR = 1990  # nobody reviewed anything on the web before


@dataclass(frozen=True, slots=True)
class ReadDate:
    at: datetime | None = None
    precision: DatePrecision = DatePrecision.NONE
    warning: str = ""

    def after(self, other: ReadDate) -> datetime | None:
        """The instant where both are known and this one is the later: a change is one after the first publication."""
        return self.at if self.at and other.at and self.at > other.at else None

    @property
    def as_day(self) -> ReadDate:
        """The same without its hour, where a source writes one that means nothing."""
        if self.at is None or self.precision is not DatePrecision.INSTANT:
            return self
        return ReadDate(_midnight(self.at), DatePrecision.DAY)


NO_DATE = ReadDate()
UNREADABLE = ReadDate(warning=say("a date could not be read"))


def read_date(value: object, *, language: str = "", now: datetime | None = None) -> ReadDate:
    """The date in `value`; `language` is the page's (BCP 47). See `plausible` for what is refused."""
    return DateReader(language=language, now=now).read(value)


class DateReader:
    """Reads the dates of one page. One in words costs milliseconds and, in no language known here, ten of them:
    the same words are read once, and after so many different ones (`_PATIENCE`) no more are tried."""

    def __init__(self, *, language: str = "", now: datetime | None = None) -> None:
        self.language, self.now = language, now
        self._known: dict[str, ReadDate] = {}
        self._patience = _PATIENCE

    def read(self, value: object) -> ReadDate:
        text = _ASIDE.sub("", _as_text(value))
        if not text:
            return NO_DATE
        if len(text) > _LONGEST:
            return UNREADABLE
        found = self._read(text)
        if found is UNREADABLE and (label := _LABEL.match(text)) and _DIGIT.search(text, label.end()):
            found = self._read(text[label.end() :])
        return plausible(found, now=self.now)

    def _read(self, text: str) -> ReadDate:
        try:
            return _exact(text) or _numeric(text, self.language.lower().replace("_", "-")) or self._in_words(text)
        except (ValueError, OverflowError):
            return UNREADABLE

    def _in_words(self, text: str) -> ReadDate:
        if text not in self._known:
            if self._patience <= 0:
                return UNREADABLE
            self._patience -= _FAILURE
            self._known[text] = _worded(text, self.language, self.now)
            if self._known[text] is not UNREADABLE:
                self._patience += _FAILURE - 1
        return self._known[text]


def plausible(found: ReadDate, *, now: datetime | None) -> ReadDate:
    """The date, unless no review can bear it: programs write the first day of the calendar or of the epoch for none."""
    if found.at and found.at.year < _EARLIEST_YEAR:
        return ReadDate(warning=say("a date lies too far in the past"))
    if found.at and now and found.at > now + timedelta(days=2):
        return ReadDate(warning=say("a date lies in the future"))
    return found


def _as_text(value: object) -> str:
    if not isinstance(value, str | int) or isinstance(value, bool):
        return ""
    return _western(" ".join(str(value)[: 20 * _LONGEST].split()))


def _western(text: str) -> str:
    """Full-width, Arabic-Indic and other digits as ASCII ones."""
    return "".join(str(int(mark)) if mark.isdecimal() else mark for mark in text[: 2 * _LONGEST])


def _day(year: int, month: int, day: int) -> ReadDate:
    return ReadDate(datetime(year, month, day, tzinfo=UTC), DatePrecision.DAY)


def _exact(text: str) -> ReadDate | None:
    if found := _ISO.fullmatch(text):
        year, month, day, hour, minute, second, zone = found.groups()
        if not hour or not zone:  # no zone: which instant it was is not known, only the day
            return _day(int(year), int(month), int(day))
        return _instant(f"{year}-{month}-{day}T{hour}:{minute}:{second or '00'}", zone)
    if found := _COMPACT.fullmatch(text):
        year, month, day, hour, minute, second, zone = found.groups()
        if not hour or not zone:
            return _day(int(year), int(month), int(day))
        return _instant(f"{year}-{month}-{day}T{hour}:{minute}:{second or '00'}", zone)
    if (found := _SCRIPTED.fullmatch(text)) and (month := _MONTHS.get(found[1])):
        return _instant(f"{found[3]}-{month}-{found[2]}T{found[4]}:{found[5]}:{found[6]}", found[7])
    if found := _ISO_MONTH.fullmatch(text):
        return ReadDate(datetime(int(found[1]), int(found[2]), 1, tzinfo=UTC), DatePrecision.MONTH)
    if (found := _EPOCH.fullmatch(text)) and 946_684_800 <= int(found[1]) < 4_102_444_800:  # 2000 to 2100
        return ReadDate(datetime.fromtimestamp(int(found[1]), UTC), DatePrecision.INSTANT)
    if _RFC822.fullmatch(text):
        moment = parsedate_to_datetime(text)
        if moment.tzinfo is None:
            return _day(moment.year, moment.month, moment.day)
        return ReadDate(moment.astimezone(UTC), DatePrecision.INSTANT)
    return None


def _instant(local: str, zone: str) -> ReadDate:
    offset = "+00:00" if zone[0] in "ZzUuGg" else f"{zone[:3]}:{zone[3:].lstrip(':') or '00'}"
    return ReadDate(datetime.fromisoformat(local + offset).astimezone(UTC), DatePrecision.INSTANT)


def _numeric(text: str, language: str) -> ReadDate | None:
    if found := _YEAR_FIRST.fullmatch(text):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    found = _NUMERIC.fullmatch(text)
    if found is None:
        return None
    first, mark, second, year = int(found[1]), found[2], int(found[3]), int(found[4])
    year += 2000 if year < 100 else 0
    if first == second or second > 12 or first > 12:
        return _day(year, second, first) if first > 12 or first == second else _day(year, first, second)
    if language in _MONTH_FIRST and mark != ".":
        return _day(year, first, second)
    if mark == "." or language in _DAY_FIRST_ENGLISH or (language and not language.startswith("en")):
        return _day(year, second, first)
    return ReadDate(warning=say("a date does not say whether day or month comes first"))


def _worded(text: str, language: str, now: datetime | None) -> ReadDate:
    own = language.lower().split("-")[0]
    is_latin = not _NOT_LATIN.search(text)
    every = tuple(one for one in _LANGUAGES if (one in _OF_OTHER_SCRIPTS) is not is_latin)
    for languages in ((own,) if own in _LANGUAGES or own in _OWN_ONLY else (), every):
        if languages and (found := _in_words(text, languages, now)):
            return found
    return UNREADABLE


def _in_words(text: str, languages: tuple[str, ...], now: datetime | None) -> ReadDate | None:
    if _YEAR.search(text):
        data = _reader(languages, "absolute-time", date(2000, 1, 1)).get_date_data(text)
        if data.date_obj is None:
            return None
        precision = DatePrecision.MONTH if data.period == "month" else DatePrecision.DAY
        return ReadDate(_midnight(data.date_obj), precision)
    if now is None or text.isdigit():
        return None
    data = _reader(languages, "relative-time", now.astimezone(UTC).date()).get_date_data(text)
    if data.date_obj is None or data.date_obj.date() > now.date():
        return None
    return ReadDate(_midnight(data.date_obj), DatePrecision.RELATIVE)


def _midnight(moment: datetime) -> datetime:
    return datetime(moment.year, moment.month, moment.day, tzinfo=UTC)


@lru_cache(maxsize=64)
def _reader(languages: tuple[str, ...], way: str, base: date) -> Any:
    from dateparser.date import DateDataParser  # a tenth of a second; most pages write ISO dates

    parts = {"REQUIRE_PARTS": ["year", "month"], "PREFER_DAY_OF_MONTH": "first"} if way == "absolute-time" else {}
    settings = {
        "PARSERS": [way],
        "RELATIVE_BASE": datetime.combine(base, time()),  # dateparser wants it naive
        "TIMEZONE": "UTC",
        **parts,
    }
    return DateDataParser(languages=list(languages), settings=settings)
