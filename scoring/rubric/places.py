"""The platform that a situation names, however it is spelt. Offline: for measuring only."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..folding import fold
from .headings import split_head
from .platforms import PLATFORMS, UNKNOWN
from .types import PlatformRules

# In this order: Google Play is no Google, and the app store of Android is Google Play.
_NAMES = {
    "tripadvisor": r"trip[\W_]?advisor", "googleplay": r"google[\W_]?play|play[\W_]?store|android",
    "appstore": r"app[\W_]?store|apple", "google": r"google", "yelp": r"yelp", "trustpilot": r"trust[\W_]?pilot",
    "thefork": r"the[_-]?fork|la[_-]?fourchette", "foursquare": r"foursquare", "facebook": r"facebook",
    "booking": r"booking[._ ]?com",
}  # fmt: skip
_PATTERNS = {platform: re.compile(rf"(?<![^\W_])(?:{names})") for platform, names in _NAMES.items()}
_NOT_THERE = re.compile(r"(?<!\w)(?:not|nor|unlike) (?:on |for |in )?\w+(?:[ -]advisor)?")
_KEYS = ("platform", "site", "source", "channel")


def platform_of(words: str) -> PlatformRules:
    folded = _NOT_THERE.sub(" ", fold(words))
    for platform, pattern in _PATTERNS.items():
        if pattern.search(folded):
            return PLATFORMS[platform]
    return PLATFORMS["booking"] if folded.strip() == "booking" else UNKNOWN


def platform_by(*told: Mapping[str, Any]) -> PlatformRules:
    """As an object says it under any usual key, the first that knows; else as the review is headed."""
    given = [str(one[key]) for one in told for key in _KEYS if one.get(key)]
    heads = [split_head(one[key])[0] for one in told for key in ("review", "text") if isinstance(one.get(key), str)]
    return next((rules for rules in map(platform_of, [*given, *heads]) if rules is not UNKNOWN), UNKNOWN)
