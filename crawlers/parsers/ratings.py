"""Ratings as pages write them: 4, "4,5", "4.5/5", "★★★★☆", "80%", with or without a stated scale.

Keeps what the source wrote in `raw`. A value outside its stated scale is refused; a value above 5 without a
stated scale is kept, but gives no stars, since nobody can know what it means.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TypedDict

from db.phrases import say

from ..items import RatingKind
from .text import line

_NUMBER = r"\d{1,7}(?:[.,]\d{1,6})?"
_PLAIN = re.compile(rf"(-?{_NUMBER})")
_OUT_OF = re.compile(
    rf"({_NUMBER})(?:\s*(?:stars?|sterne|points?))?\s*(?:/|out of|of|von|sur|su|de|van|av|af|z|iz|из)\s*"
    rf"({_NUMBER})(?:\s*[^\W\d_]+)?",
    re.IGNORECASE,
)
_PERCENT = re.compile(rf"({_NUMBER})\s*[%٪]")
_WITH_UNIT = re.compile(
    rf"({_NUMBER})\s*(?:stars?|sterne?|étoiles?|stelle|stella|estrellas?|estrelas?|sterren|ster|stjerner|points?|★|⭐)\ufe0f?",
    re.IGNORECASE,
)
_IN_WORDS = re.compile(rf"({_NUMBER})\s*[-–—:,(]\s*[^\d]{{2,40}}")  # "5 - Excellent"
# "Rated 4 out of 5", "Rating: 4/5", "Bewertung 4 von 5": a word or two before a rating that names its scale.
_LEADING_WORDS = re.compile(r"(?:[^\W\d_]{2,12}\s*:?\s+){1,2}(?=\d)")
_RATING_OF = re.compile(r"-?[ ]?(?:star rating|stars? out of 5|star review)", re.IGNORECASE)
_USUAL = frozenset((5.0, 10.0, 20.0, 100.0))  # best marks of the usual scales
_STAR_ROW = re.compile(r"((?:[★⭐🌟]\ufe0f?){0,10})(½|⯨|⯪)?((?:[☆✩✰]\ufe0f?){0,10})")


class RatingFields(TypedDict):
    """A rating in the fields of `ReviewItem`."""

    rating_raw: str
    rating: float | None
    rating_min: float | None
    rating_max: float | None
    rating_kind: RatingKind
    stars: float | None


@dataclass(frozen=True, slots=True)
class Rating:
    raw: str = ""
    value: float | None = None
    low: float | None = None
    high: float | None = None
    kind: RatingKind = RatingKind.NONE
    stars: float | None = None
    warning: str = ""

    @property
    def fields(self) -> RatingFields:
        """For a `ReviewItem`: `ReviewItem(…, **rating.fields)`."""
        return RatingFields(
            rating_raw=self.raw,
            rating=self.value,
            rating_min=self.low,
            rating_max=self.high,
            rating_kind=self.kind,
            stars=self.stars,
        )


NO_RATING = Rating()


def read_rating(value: object, *, best: object = None, worst: object = None) -> Rating:
    """The rating in `value`; `best` and `worst` are the scale the source states beside it, if it does."""
    raw = _as_text(value)
    if not raw:
        return NO_RATING
    number, scale = _read(raw)
    if number is None:
        return Rating(raw=raw, warning=say("a rating could not be read"))
    stated_high = scale if scale is not None else as_number(best)
    return _on_scale(raw, number, low=as_number(worst), high=stated_high)


def as_number(value: object) -> float | None:
    """A finite number out of a JSON value or a text, else None."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return float(value) if abs(value) < 1e9 and math.isfinite(value) else None
    found = _PLAIN.fullmatch(value.strip()) if isinstance(value, str) and len(value) < 40 else None
    return float(found.group(1).replace(",", ".")) if found else None


def _on_scale(raw: str, number: float, *, low: float | None, high: float | None) -> Rating:
    if high is None and number > 5:
        warning = say("a rating above 5 states no scale")
        return Rating(raw=raw, value=number, low=low, kind=RatingKind.SCORE, warning=warning)
    if high is None:
        high = 5.0
    if low is None:  # schema.org's default is 1; scales that begin at 0 often forget to say so
        low = 0.0 if number < 1 and (number > 0 or high > 5) else 1.0
    if low > high > 0:  # the best mark is the lowest, as in schools
        return _upside_down(raw, number, best=high, worst=low)
    if not (low <= number <= high) or high <= 0:
        return Rating(raw=raw, warning=say("a rating lies outside its scale"))
    kind = RatingKind.STARS if high == 5 else RatingKind.SCORE
    return Rating(raw=raw, value=number, low=low, high=high, kind=kind, stars=round(number * 5 / high, 4))


def _upside_down(raw: str, number: float, *, best: float, worst: float) -> Rating:
    if not best <= number <= worst:
        return Rating(raw=raw, warning=say("a rating lies outside its scale"))
    if (
        worst in _USUAL
    ):  # more likely best and worst were mixed up, and the stars would be the opposite of what is meant
        return Rating(
            raw=raw,
            value=number,
            low=best,
            high=worst,
            kind=RatingKind.SCORE,
            warning=say("a rating names its scale upside down"),
        )
    stars = round((best + worst - number) * 5 / worst, 4)
    return Rating(raw=raw, value=number, low=best, high=worst, kind=RatingKind.SCORE, stars=stars)


def _read(raw: str) -> tuple[float | None, float | None]:
    """(value, scale the text itself states)."""
    if (words := _LEADING_WORDS.match(raw)) and (
        _OUT_OF.fullmatch(raw, words.end()) or words.group().strip()[-1] == ":"
    ):
        raw = raw[words.end() :]
    raw = _RATING_OF.sub(" stars", raw, count=1)
    if found := _PLAIN.fullmatch(raw):
        return _float(found.group(1)), None
    if found := _OUT_OF.fullmatch(raw):
        return _float(found.group(1)), _float(found.group(2))
    if found := _PERCENT.fullmatch(raw):
        return _float(found.group(1)), 100.0
    if found := _WITH_UNIT.fullmatch(raw):
        return _float(found.group(1)), None
    if found := _IN_WORDS.fullmatch(raw):
        return _float(found.group(1)), None
    if found := _STAR_ROW.fullmatch(raw):
        full, empty = _marks(found.group(1)), _marks(found.group(3))
        half = 0.5 if found.group(2) else 0.0
        return full + half, float(max(5, full + empty + math.ceil(half)))
    return None, None


def _marks(text: str) -> int:
    return len(text.replace("\ufe0f", ""))


def _float(text: str) -> float:
    return float(text.replace(",", "."))


def _as_text(value: object) -> str:
    if isinstance(value, bool):
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e9:
        return str(int(value))
    if isinstance(value, int) and abs(value) >= 10**9:
        return "a very large number"
    if isinstance(value, int | float):
        return str(value)
    return line(value[:200], limit=80) if isinstance(value, str) else ""


_TITLE_NUMBER = re.compile(rf"(?:[^\W\d_]{{3,20}}\s*:\s*)?({_NUMBER}\s*/\s*(?:5|10|20|100))(?!\d)\s*(?:[-–—:|·•]\s*)?")
_TITLE_STARS = re.compile(
    r"((?:[★⭐🌟]\ufe0f?){1,10}[½⯨⯪]?(?:[☆✩✰]\ufe0f?){0,10}|(?:[☆✩✰]\ufe0f?){5,10})\s*(?:[-–—:|·•]\s*)?"
)


def split_title(title: str) -> tuple[str, str]:
    """(rating as written, the rest) of a feed title such as "4/5 – Lovely" or "★★☆☆☆ Cold soup"."""
    for pattern in (_TITLE_STARS, _TITLE_NUMBER):
        if found := pattern.match(title):
            return found.group(1).strip(), title[found.end() :].strip()
    return "", title
