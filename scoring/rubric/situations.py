"""Turn the few words that a labelled text has for its situation into a Context. Offline: for measuring only.

"Tripadvisor", "nothing on file", "refund issued on Monday", "Review in Spanish", "dental practice", "under a report of
injury", or the text of the review itself.
"""

# ruff: noqa: E501 - a pattern broken over lines cannot be searched
from __future__ import annotations

import re

from ..folding import fold
from .coverage import touched_in
from .platforms import PLATFORMS, UNKNOWN
from .recorded import records_told
from .types import Audience, Context, PlatformRules, Review

LANGUAGES = {
    "english": "en", "spanish": "es", "french": "fr", "german": "de", "italian": "it", "portuguese": "pt", "dutch": "nl",
    "polish": "pl", "catalan": "ca", "swedish": "sv", "danish": "da", "czech": "cs", "romanian": "ro", "turkish": "tr",
    "norwegian": "no", "finnish": "fi", "greek": "el", "russian": "ru", "japanese": "ja", "chinese": "zh", "arabic": "ar",
}  # fmt: skip
_PLATFORM_NAMES = {
    "tripadvisor": "tripadvisor", "google play": "googleplay", "play store": "googleplay", "app store": "appstore",
    "apple": "appstore", "google": "google", "yelp": "yelp", "trustpilot": "trustpilot", "thefork": "thefork",
    "foursquare": "foursquare", "facebook": "facebook", "booking.com": "booking",
}  # fmt: skip
_LANGUAGE = re.compile(
    rf"review(?:ed)?(?: is| was| written)? in ({'|'.join(LANGUAGES)})|({'|'.join(LANGUAGES)}) review"
)
_PROTECTED = re.compile(
    r"(?<!\w)(?:protected|dent\w+|doctor\w*|medical|clinic\w*|hospital\w*|practice|pharmac\w+|physio\w*|psych\w+|therap\w+|"
    r"optic\w+|care home|nursing|health\w*|law|lawyer\w*|legal|solicitor\w*|attorney\w*|notary|bank\w*|insur\w+|tax(?!i)|account\w+|"
    r"financ\w+|mortgage|school\w*|kindergarten|nursery|college|universit\w+|tutor\w*|fertility|dermatolog\w+|midwi\w+|"
    r"hearing|debt|vet\w*|zahn\w+|arzt\w*|praxis|klinik|kanzlei|schule|medic\w+|escuela|cl[ií]nica|cabinet|[ée]cole|studio (?:medico|legale|dent\w+|notarile)|scuola)"
)
_OPEN_SECTOR = re.compile(
    r"(?<!\w)(?:not (?:a )?protected|sector (?:flag )?off|restaurant|hotel|shop|bar|cafe|pizzeria)"
)
_REVIEW_LETTERS = 40  # a longer situation is the review itself


def context_of(words: str, *, check: str = "", language: str = "") -> Context:
    """The context of one labelled text. What is not said is that of an angry review on a platform nobody named."""
    folded = fold(words)
    risks = _risks(folded) if "report of" in folded or "under " in folded[:8] else ()
    is_review = check in ("S01", "S08") or len(words) >= _REVIEW_LETTERS
    found = _LANGUAGE.search(folded)
    return Context(
        audience=Audience.PRIVATE
        if re.search(r"private (?:message|e-?mail|reply)|^private", folded)
        else Audience.PUBLIC,
        review=Review(
            text=words if is_review and not found else "",
            language=LANGUAGES[found.group(1) or found.group(2)] if found else "",
            author_name=_author(words),
            is_negative=not re.search(r"positive review|five[- ]star review|praise", folded),
            risks=risks,
        ),
        platform=platform_of(folded),
        language=language,
        is_protected_sector=bool(_PROTECTED.search(folded)) or (check == "B03" and not _OPEN_SECTOR.search(folded)),
        records=tuple(records_told(words)) if check in ("W04", "W06") else (),
    )


def platform_of(folded: str) -> PlatformRules:
    for name, platform in _PLATFORM_NAMES.items():
        if name in folded:
            return PLATFORMS[platform]
    return UNKNOWN


def _risks(folded: str) -> tuple[str, ...]:
    found = touched_in(folded, ("en",))
    harm = {"safety", "allergy", "self_harm", "discrimination"}
    return tuple(point for point in found if point in harm) or ("safety",)


def _author(words: str) -> str:
    found = re.search(
        r"(?:reviewer|display name|author|signed|name(?:d)?)(?: is|:)? [\"“]?([A-ZÀ-Þ][\w.' -]{1,40})", words
    )
    return found.group(1).strip() if found else ""
