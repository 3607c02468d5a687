"""Turn the few words that a labelled text has for its situation into a Context. Offline: for measuring only.

"Tripadvisor", "nothing on file", "refund issued on Monday", "Review in Spanish", "dental practice", "under a report of
injury", or the text of the review itself.
"""

from __future__ import annotations

import re

from ..folding import fold
from .audiences import audience_in
from .coverage import touched_in
from .grades import complains
from .places import platform_of
from .recorded import records_told
from .reviews import author_in
from .sectors import protected_in
from .tongues import language_of_review
from .types import Context, Review

_HARM = frozenset({"safety", "allergy", "self_harm", "discrimination"})
_REVIEW_LETTERS = 40  # a longer situation is the review itself
_REVIEW_WORDS = 4  # fewer behind a colon are another remark


def context_of(words: str, *, check: str = "", language: str = "") -> Context:
    """The context of one labelled text. What is not said is that of an angry review on a platform nobody named."""
    folded = fold(words)
    is_review = check in ("S01", "S08", "W09") or len(words) >= _REVIEW_LETTERS
    spoken = language_of_review(words, is_asked=check == "W09")
    is_protected = protected_in(words)
    return Context(
        audience=audience_in(words),
        review=Review(
            text=_text(words, is_review=is_review, is_about=bool(spoken)),
            language=spoken,
            author_name=author_in(words),
            is_negative=complains(words),
            risks=_risks(folded),
        ),
        platform=platform_of(words),
        language=language,
        is_protected_sector=is_protected if is_protected is not None else check == "B03",
        records=tuple(records_told(words)) if check in ("W04", "W06") else (),
    )


def _text(words: str, *, is_review: bool, is_about: bool) -> str:
    """The review itself, where the words are it; of "Review in English: …", what stands behind."""
    if not is_about:
        return words if is_review else ""
    _, _, behind = words.partition(":")
    return behind.strip(' "“”«»') if is_review and len(behind.split()) >= _REVIEW_WORDS else ""


def _risks(folded: str) -> tuple[str, ...]:
    """The harm that the review is said to report. "Under a report of …" that nothing else explains is one of harm."""
    is_report = bool(re.search(r"report (?:of|that)", folded))
    if not is_report and not re.search(r"^\W*under |review (?:reports|about)", folded):
        return ()
    found = touched_in(folded, ("en",))
    return tuple(point for point in found if point in _HARM) or (("safety",) if is_report and not found else ())
