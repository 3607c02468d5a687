"""How a source is read, as its owner wishes: out of the form or a command, checked, with the sentences for both.

Defaults are the safe ones; what a platform asks for goes over every wish.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from babel.units import format_unit

from crawlers.choices import PAGES, WORDS, BadChoice, checked, choices_of, chosen
from crawlers.platforms import PLATFORMS
from db.source_changes import SourceReading

from .i18n import N_, current_locale, gettext

DELAYS_S = (1, 2, 5, 10, 30, 60)
EVERY_S = (900, 3600, 3 * 3600, 6 * 3600, 12 * 3600, 24 * 3600, 7 * 24 * 3600)
PAGES_CEILING = 5000
REACHES = {0.25: N_("few"), 0.5: N_("as many as usual"), 0.75: N_("many"), 1.0: N_("very many")}
FAULTS = {  # of crawlers.choices.BadChoice, in the language of the page
    "long_pattern": N_("A pattern has 200 characters at most."),
    "blanks": N_("A pattern is a piece of an address, so it holds no blanks. Write one, such as /reviews/*.html"),
    "many_words": N_("A hundred words are the most."),
    "long_word": N_("A word has 100 characters at most. Put commas between them."),
    "no_word": N_("A word holds a letter or a digit at least."),
}
DEFAULT_BASIS = "It is mine, or I have permission to read it."  # what the owner has ticked, for the records
OPTION_MOST = 12_000  # characters that a form may send for one choice


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What was written; `faults` by field, empty when it can be saved."""

    reading: SourceReading
    written: dict[str, str]  # the choices as they were written, to be shown again
    faults: dict[str, str] = field(default_factory=dict)


def every_of(platform: str, present: int | None = None) -> tuple[int, ...]:
    """The rhythms to choose from: none that the platform forbids; the present one is among them."""
    facts = PLATFORMS.get(platform)
    least = facts.least_every_s if facts else EVERY_S[0]
    allowed = {least, *(one for one in EVERY_S if one >= least)}
    return tuple(sorted(allowed | ({present} if present is not None else set())))


def delays_of(present: float) -> tuple[float, ...]:
    """Seconds between two requests to choose from."""
    return tuple(sorted({*map(float, DELAYS_S), present}))


def reaches_of(present: float) -> tuple[float, ...]:
    """Shares of readers to choose from."""
    return tuple(sorted({*REACHES, present}))


def read_choices(form: Mapping[str, str], platform: str, syntax: str) -> tuple[dict[str, str], dict[str, str]]:
    """(choices, faults): those that such a source has, as they are stored."""
    options: dict[str, str] = {}
    faults: dict[str, str] = {}
    for name in choices_of(platform, syntax):
        written = form.get(name, "")[:OPTION_MOST]
        try:
            options[name] = checked(name, written)
        except BadChoice as error:
            options[name], faults[name] = written, gettext(FAULTS[error.kind])
    return options, faults


def read_wishes(form: Mapping[str, str], platform: str, syntax: str, *, now: SourceReading) -> Wishes:
    """The whole form; what it does not hold stays as it is `now`."""
    options, faults = read_choices(form, platform, syntax)
    merged: dict[str, Any] = {**now.options, **options}
    written = {name: options.get(name, "") for name in (PAGES, WORDS)}
    delay, max_pages = _number(form.get("delay")), _number(form.get("max_pages"))
    every, reach = _number(form.get("every")), _number(form.get("reach"))
    if "max_pages" in form and (max_pages is None or not 1 <= max_pages <= PAGES_CEILING or max_pages % 1):
        faults["max_pages"] = gettext("Write a whole number from 1 to %(most)s.", most=PAGES_CEILING)
        max_pages = None
    reading = SourceReading(
        delay_s=delay if delay in delays_of(now.delay_s) else now.delay_s,
        max_pages=now.max_pages if max_pages is None else int(max_pages),
        crawl_every_s=int(every) if every in every_of(platform, now.crawl_every_s) else now.crawl_every_s,
        reach=reach if reach in reaches_of(now.reach) else now.reach,
        options={name: value for name, value in merged.items() if value != "" or name not in options},
    )
    return Wishes(reading=reading, written=written, faults=faults)


def wants_edits(form: Mapping[str, str], *, otherwise: bool) -> bool:
    """Whether edits of texts that are not kept are to be noticed; as `otherwise` where the form did not ask.

    A tick that is not set is not sent, so the form says beside it that it was there.
    """
    return form.get("notices_edits") == "yes" if form.get("asks_edits") == "yes" else otherwise


def written_choices(options: Mapping[str, object]) -> dict[str, str]:
    """The choices as they are stored, for the form."""
    return {name: chosen(options, name) for name in (PAGES, WORDS)}


def reach_words(reach: float) -> str:
    """How many read it, in words; a figure for one that was set otherwise."""
    words = REACHES.get(reach)
    return gettext(words) if words else f"{reach:.2f}"


def seconds_words(seconds: float) -> str:
    """A pause in words: "2 seconds"."""
    return format_unit(seconds, "duration-second", locale=current_locale())


def _number(written: str | None) -> float | None:
    try:
        value = float(written or "")
    except ValueError:
        return None
    return value if abs(value) < 1e9 else None  # also refuses nan
