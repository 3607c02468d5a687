"""The language of the pages: which one, its phrases, and its way to write numbers and dates.

The language is `?lang=` (kept in a cookie), else what the browser asks for. Phrases come from the catalogues beside
this file; `webui.catalogs` makes them. The region of the browser decides on formats: 22/11/2026 or 11/22/2026.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from importlib.resources import files
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.support import NullTranslations, Translations
from flask import Flask, Response, g, has_request_context, request

LANGUAGES = {"en": "English", "es": "Español", "fr": "Français", "de": "Deutsch"}  # each in its own words
SOURCE_LANGUAGE = "en"  # its phrases are the ids
COOKIE = "amends_lang"
A_YEAR_S = 365 * 24 * 3600
_CAPITAL_NOUNS = {"de"}
_REGIONS = {"en": "en_001"}  # without a region: 22 Nov 2026, which nobody misreads
_SPOKEN: ContextVar[Locale | None] = ContextVar("spoken", default=None)


def N_(message: str) -> str:  # noqa: N802 - the name that extractors of gettext know
    """Mark a phrase for translation where it is written; `gettext` translates it where it is shown."""
    return message


def gettext(message: str, **values: object) -> str:
    """The phrase in the language of this request, with the values filled in."""
    phrase: str = _translations().ugettext(message)
    return phrase % values if values else phrase


def ngettext(singular: str, plural: str, count: int, **values: object) -> str:
    """The form of the phrase that fits the count, which fills %(num)s."""
    phrase: str = _translations().ungettext(singular, plural, count)
    return phrase % {"num": count, **values}


def within(label: str) -> str:
    """A label as it stands inside a line of words: small, but for languages that write nouns with a capital."""
    return label if current_locale().language in _CAPITAL_NOUNS else label.lower()


def phrase(singular: str, plural: str, count: int) -> str:
    """A phrase with its holes; with a plural, the form that fits the count."""
    there = _translations()
    return str(there.ungettext(singular, plural, count) if plural else there.ugettext(singular))


def has_phrase(singular: str, plural: str = "") -> bool:
    """Whether the catalogue of the request's language holds a phrase."""
    known: dict[object, str] = getattr(_translations(), "_catalog", {})
    return ((singular, 0) if plural else singular) in known


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """For what is written to somebody who does not ask for a page: the language they read, English where unknown."""
    known = language if language in LANGUAGES else SOURCE_LANGUAGE
    token = _SPOKEN.set(Locale.parse(_REGIONS.get(known, known)))
    try:
        yield
    finally:
        _SPOKEN.reset(token)


def current_locale() -> Locale:
    """Language and region of this request, or of `speaking`; English outside of both."""
    if (spoken := _SPOKEN.get()) is not None:
        return spoken
    if not has_request_context():
        return Locale.parse("en_001")
    locale: Locale | None = g.get("locale")  # looked up once: a page asks for it a thousand times
    if locale is None:
        locale = g.locale = _negotiated()
    return locale


def init_app(app: Flask) -> None:
    """Give templates their phrases, and keep a chosen language."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    install: Any = app.jinja_env
    install.install_gettext_callables(_plain, _plain_plural, newstyle=True)
    app.jinja_env.globals |= {"languages": LANGUAGES, "current_locale": current_locale}

    @app.after_request
    def keep_language(response: Response) -> Response:
        chosen = request.args.get("lang", "")
        if chosen in LANGUAGES and not request.path.startswith("/api/v1/"):  # programs are given no cookies
            response.set_cookie(
                COOKIE, chosen, max_age=A_YEAR_S, httponly=True, samesite="Lax", secure=request.is_secure
            )
        return response


def _plain(message: str) -> str:
    # Newstyle gettext of Jinja fills in the values itself, and escapes them.
    return str(_translations().ugettext(message))


def _plain_plural(singular: str, plural: str, count: int) -> str:
    return str(_translations().ungettext(singular, plural, count))


def _translations() -> NullTranslations:
    return _catalog(current_locale().language)


@lru_cache
def _catalog(language: str) -> NullTranslations:
    path = files(__package__).joinpath("translations", language, "LC_MESSAGES", "messages.mo")
    if not path.is_file():
        return NullTranslations()
    with path.open("rb") as file:
        return Translations(fp=file)


def _negotiated() -> Locale:
    asked = [tag.replace("-", "_") for tag, quality in request.accept_languages if quality > 0]
    chosen = request.args.get("lang", "")
    if chosen not in LANGUAGES:
        chosen = request.cookies.get(COOKIE, "")
    if chosen not in LANGUAGES:
        chosen = next(
            (tag.partition("_")[0].lower() for tag in asked if tag.partition("_")[0].lower() in LANGUAGES), "en"
        )
    for tag in asked:
        if tag.partition("_")[0].lower() == chosen and "_" in tag and (locale := _parsed(tag)):
            return locale
    return Locale.parse(_REGIONS.get(chosen, chosen))


@lru_cache(maxsize=256)
def _parsed(tag: str) -> Locale | None:
    try:
        return Locale.parse(tag, resolve_likely_subtags=False)
    except (UnknownLocaleError, ValueError, TypeError):
        return None
