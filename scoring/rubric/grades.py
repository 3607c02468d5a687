"""Stars and praise: whether the review that is answered complains. Offline: for measuring only."""

# ruff: noqa: E501 - a pattern broken over lines cannot be searched
from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..folding import fold

_COUNTS = {"zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
_NUMBER = rf"(?P<number>\d{{1,2}}(?:[.,]\d)?|{'|'.join(_COUNTS)})"
_OF = re.compile(rf"(?<![\w/]){_NUMBER}\s?(?:stars?\s?)?(?:/|out of|of|von|sur|su|de)\s?(?P<most>5|10)(?![\w/])")
# "five-star hotel" is what the place calls itself.
_STARS = re.compile(
    rf"(?<![\w/-]){_NUMBER}[\s-]?(?:stars?|sterne?|estrellas?|etoiles?|stell[ae]|estrelas?|sterren|ster|gwiazd\w*)(?!\w)(?!\W+(?:\w+ )?(?:hotel|resort|place|property|house|restaurant|service))"
)
_KEYED = re.compile(rf"(?<!\w)(?:stars?|rating|rated|score)\W{{1,3}}{_NUMBER}(?![\w/])")
_SIGNS = re.compile(r"[★⭐]+")
_COMPLAINS = re.compile(
    r"(?<!\w)(?:negative|angry|critical|complain\w*|complaints?|but|however|although|mixed|bad|cold|dirty|filthy|rude|"
    r"not (?:a )?positive|only positive)(?!\w)"
)
_PRAISES = re.compile(r"^positive|positive (?:review|feedback|rating)|praise|^(?:rave|glowing)|glowing review")
_KEYS = ("stars", "rating", "score", "grade", "star_rating")
_BEST, _LEAST_POSITIVE = 5, 3


def stars_in(words: str) -> float | None:
    """Out of "1-star review", "two stars", "4/10", "★★★★★"; of five."""
    folded = fold(words)
    if found := _OF.search(folded):
        most = int(found["most"])
        return _in_range(_number(found["number"]) * _BEST / most)
    if found := _STARS.search(folded) or _KEYED.search(folded):
        return _in_range(_number(found["number"]))
    signs = _SIGNS.search(folded)
    return _in_range(len(signs.group())) if signs else None


def stars_by(told: Mapping[str, Any], *, is_of_ten: bool = False) -> float | None:
    """Under any usual key, as a number or in words. `is_of_ten`: the platform counts to ten; above five, all do."""
    for key in _KEYS:
        given = told.get(key)
        number = given if isinstance(given, int | float) and not isinstance(given, bool) else None
        if isinstance(given, str):
            if (stars := stars_in(given)) is not None:
                return stars
            bare = given.strip()  # takes more blanks than float does
            number = float(bare.replace(",", ".")) if re.fullmatch(r"\d{1,2}(?:[.,]\d+)?", bare) else None
        if number is not None and 0 <= number <= 2 * _BEST:
            is_halved = number > _BEST or (is_of_ten and key != "stars")
            return _in_range(number / 2 if is_halved else float(number))
    return None


def is_negative(stars: float | None) -> bool:
    """What nobody rated is taken for a complaint."""
    return stars is None or stars <= _LEAST_POSITIVE


def complains(words: str) -> bool:
    """Whether the situation is that of a complaint: by its stars, else unless it tells of praise and nothing else."""
    stars = stars_in(words)
    if stars is not None:
        return is_negative(stars)
    folded = fold(words).strip()
    return bool(_COMPLAINS.search(folded)) or not _PRAISES.search(folded)


def _number(words: str) -> float:
    return float(_COUNTS[words]) if words in _COUNTS else float(words.replace(",", "."))


def _in_range(stars: float) -> float | None:
    return stars if 0 <= stars <= _BEST else None
