"""What stands before the text of a review: "[Dental practice, Google, 1 star]", "Sam K. (1 star):". Offline only."""

from __future__ import annotations

import re

from ..folding import fold

_STARS = r"(?:\b(?:[0-5]|one|two|three|four|five)\W?(?:/ ?5|[- ]?stars?\b)|[★⭐☆])"
_PLATFORMS = (
    r"(?:trip[ _-]?advisor|google|yelp|trust[ _-]?pilot|thefork|booking|facebook|foursquare|app store|play store)"
)
_TELLS = re.compile(rf"{_STARS}|{_PLATFORMS}")
_HEADS = (
    re.compile(r"\s*[\[(](?P<head>[^\[\]()\n]{1,100})[\])]\W{0,3}(?=\w|[\"“«'])"),
    re.compile(r"\s*(?P<head>[^\n:.!?()]{1,40}\.? ?\([^()\n]{1,40}\))\s?:\s"),
    re.compile(r"\s*(?P<head>[^\n:!?]{1,60}):\s"),
    re.compile(rf"\s*(?P<head>[★⭐]{{1,5}}☆{{0,4}}|{_STARS}(?=\s?[.,;!–-]))\s?[.,;!–-]?\s", re.IGNORECASE),
)
_MOST_WORDS = 12


def split_head(review: str) -> tuple[str, str]:
    """The head, and the text behind it. No head where the words tell neither stars nor a platform."""
    for pattern in _HEADS:
        found = pattern.match(review)
        if found and _TELLS.search(fold(found["head"])) and len(found["head"].split()) <= _MOST_WORDS:
            return found["head"].strip(), review[found.end() :].strip()
    return "", review
