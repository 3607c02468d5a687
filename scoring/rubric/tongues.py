"""Which language a situation names for its review: tags, names in English or their own. Offline: for measuring only."""

from __future__ import annotations

import re

from ..folding import fold
from ..tongues import LANGUAGES, tag_of

_NAME = rf"(?P<name>{'|'.join(sorted(map(re.escape, LANGUAGES), key=len, reverse=True))})(?!\w)"
_REVIEW = r"(?:review\w*|resena|opinion|bewertung|rezension|avis|recensione|avaliacao|recensie|beoordeling|opinia)"
_OF_REVIEW = (
    re.compile(rf"(?<!\w){_REVIEW}[^.;:,]{{0,40}}? (?:in|en|auf|em|po) (?:the |[\w-]+ ){{0,2}}?{_NAME}"),
    re.compile(rf"(?<!\w)(?:wrote|writes|written|posted)[^.;:,]{{0,30}}? in (?:the |[\w-]+ ){{0,2}}?{_NAME}"),
    re.compile(rf"(?<!\w){_NAME}(?:[- ]language)? {_REVIEW}"),
)
_FIELD = re.compile(
    r"(?<!\w)(?:review[_ ]?)?(?:lang(?:uage)?|review)\s?[:=]\s?(?P<field>[^\W\d_]+(?:-[a-z]{2})?)\s*(?:$|[;,)\n])"
)
_OF_REPLY = re.compile(
    r"(?<!\w)(?:repl(?:y|ied)|answer(?:ed)?|response|draft)(?: is| was| to be| should be)?(?: written)? in "
    rf"{_NAME}[^.;]*"
)
_SHORT = 40  # characters; a longer text may speak of the German guests


def language_of_review(words: str, *, is_asked: bool = False) -> str:
    """The tag of the language that a situation names for the review; "" where it names none.

    `is_asked`: the text is labelled for its language, so that any name of one in a few words is meant.
    """
    folded = _OF_REPLY.sub(" ", fold(words))
    for pattern in _OF_REVIEW:
        if found := pattern.search(folded):
            return LANGUAGES[found["name"]]
    if field := _FIELD.search(folded):
        return tag_of(field["field"])
    if not is_asked or len(folded) > _SHORT:
        return ""
    named = re.search(rf"(?<!\w){_NAME}", folded)
    return LANGUAGES[named["name"]] if named else tag_of(folded)
