"""Tell the language of a text: a BCP 47 primary tag, "und" where the text is too short to tell.

py3langid, limited to the languages below, was chosen over lingua (2.1.1) on the 2,250 written reviews, the 4,834 real
ones and the first 40 characters of the written ones:

    py3langid, limited    .987  .995  .975   8,700 texts/s   116 MB   0.6 s to load
    py3langid, all 97     .977  .995  .949   7,500           116 MB
    lingua, low accuracy  .974  .994  .914   2,300            30 MB   (the same languages)
    lingua                .991  .995  .980   1,900           462 MB   3.0 s to load

Its model is loaded at the first call and kept. Nothing here is asked for a decision about anger.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Protocol, cast

from .text import clean

UNDETERMINED = "und"
# Those the base model reads well and reviews are written in. Every further one takes texts away from its neighbours
# (Afrikaans from Dutch, Galician from Portuguese).
LANGUAGES = (
    "en", "de", "fr", "es", "it", "pt", "nl", "pl", "sv", "da", "no", "fi", "cs", "sk", "sl", "hr", "hu", "ro", "bg",
    "el", "tr", "ru", "uk", "ar", "he", "fa", "hi", "th", "vi", "id", "zh", "ja", "ko", "ca",
)  # fmt: skip
# Those that the bundled model was trained and measured in; texts in others are scored, and marked so.
MEASURED = frozenset({"en", "de", "fr", "es", "it", "pt", "nl", "pl", "sv", "da", "cs", "ro", "tr"})
FOREIGN = "transformers."  # how the version of a model of another house begins: nobody has measured it
MOST_CHARS = 2_000  # more text does not change the answer
FEWEST_LETTERS = 10
# Below this many letters the guess must be sure; measured on first words of the written reviews.
SURE_FROM_LETTERS = 30
SURE = 0.8
# Scripts that one language writes: two letters are enough.
_OWN_SCRIPT = (("ぁ", "ヿ", "ja"), ("가", "힣", "ko"), ("א", "ת", "he"), ("Ͱ", "Ͽ", "el"), ("ก", "๛", "th"))


class _Identifier(Protocol):
    def classify(self, text: str) -> tuple[str, float]: ...


def detect_language(text: str) -> str:
    """The language most of the text is written in."""
    body = clean(text[:MOST_CHARS])
    letters = [char for char in body if char.isalpha()]
    for first, last, tag in _OWN_SCRIPT:
        if len(letters) >= 2 and 2 * sum(first <= char <= last for char in letters) > len(letters):
            return tag
    ideographs = sum(char >= "一" for char in letters)
    if len(letters) + 4 * ideographs < FEWEST_LETTERS:
        return UNDETERMINED
    tag, probability = _identifier().classify(body)
    if len(letters) + 4 * ideographs < SURE_FROM_LETTERS and probability < SURE:
        return UNDETERMINED
    return tag


def measured_in(model_version: str) -> frozenset[str]:
    """The languages that the model of this version was measured in: none, where it is of another house."""
    return frozenset() if model_version.startswith(FOREIGN) else MEASURED


@lru_cache(maxsize=1)
def _identifier() -> _Identifier:
    # Imported here: it brings numpy, and importing scoring must stay light.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    whole = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    whole.set_languages(list(LANGUAGES))
    # Made anew from the part that is used: the first one keeps 28 MB about the other 63 languages.
    part = (whole.nb_ptc, whole.nb_pc, whole.nb_classes, whole.tk_nextmove, whole.tk_output)
    return cast("_Identifier", LanguageIdentifier(*part, norm_probs=True, tk_row=whole.tk_row))
