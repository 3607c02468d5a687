"""Sentences that other packages have left (`db.phrases`), in the language of the request."""

from __future__ import annotations

from markupsafe import Markup

from db.phrases import Value, Words, filled, unpacked

from .answer_words import checks_named
from .i18n import SOURCE_LANGUAGE, current_locale, has_phrase, phrase

CHECKS = "checks"  # the value of a stored sentence that holds ids of checks of an answer
_FOREIGN = Markup(' lang="en"')


def told(text: str) -> str:
    """A stored sentence, a fact of a platform or a message of an error, as the reader says it.

    Text that is no phrase of the catalogues, such as one from an older version, stays as it is.
    """
    words = unpacked(text)
    if not words.phrase:  # gettext keeps its own header there
        return ""
    num = words.values.get("num")
    form = phrase(words.phrase, words.plural, num if isinstance(num, int) else 2)
    return filled(form, {name: _told(name, value) for name, value in words.values.items()})


def tongue(text: str) -> Markup:
    """What an element that shows `told(text)` needs: `lang="en"` where the reader's language has no words for it."""
    is_foreign = current_locale().language != SOURCE_LANGUAGE and not _is_translated(unpacked(text))
    return _FOREIGN if is_foreign else Markup()


def _is_translated(words: Words) -> bool:
    if not has_phrase(words.phrase, words.plural):
        return False
    return all(_is_translated(value) for value in words.values.values() if isinstance(value, Words))


def _told(name: str, value: Value) -> Value:
    if isinstance(value, Words):
        return told(value)
    return checks_named(value) if name == CHECKS and isinstance(value, str) else value
