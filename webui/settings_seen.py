"""Whether a form of settings still shows what is stored: of two who change the same source, the second is told.

The form carries a mark of every setting that it was filled from. Where one is another by the time it is sent, nothing
is stored, and the page tells which, and what stands there now.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from crawlers.choices import choices_of, chosen
from crawlers.platforms import PLATFORMS
from db.models import Source

from .filters import period
from .i18n import gettext
from .labels import JUDGED, RETENTION, label
from .shown import one_line
from .told import told
from .wishes import reach_words, seconds_words

FIELD = "seen"  # of the form
_MARK = 8  # hexadecimal digits of each: they tell values apart and prove nothing
_SHOWN_MOST = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One setting of a source as it is stored. `words` are empty where the value is a secret."""

    name: str
    value: str
    title: str
    words: str


def mark_of(source: Source) -> str:
    """What the form carries: "name:5e884898 place:…"."""
    return " ".join(f"{one.name}:{_digest(one.value)}" for one in _settings(source))


def changed_since(source: Source, mark: str) -> list[Setting]:
    """The settings that are others than the form was filled from; none where it carries no mark."""
    seen = dict(part.partition(":")[::2] for part in mark.split())
    return [one for one in _settings(source) if seen.get(one.name, _digest(one.value)) != _digest(one.value)]


def _settings(source: Source) -> Iterator[Setting]:
    facts = PLATFORMS.get(source.platform)
    place = source.location.name

    def setting(name: str, value: object, title: str, words: str | None = None) -> Setting:
        shown = one_line(str(value) if words is None else words)[:_SHOWN_MOST]
        return Setting(name=name, value=str(value), title=title, words=shown)

    yield setting("name", source.name, gettext("Name of the source"))
    yield setting("place", source.location_id, gettext("The place that is reviewed there"), place)
    yield setting("url", source.url, gettext("Address"))
    if facts is not None and facts.apis:
        if facts.place_label:
            yield setting("place_ref", source.place_ref, _capital(told(facts.place_label)))
        for key in facts.keys:
            if not key.is_secret:
                yield setting(f"key-{key.name}", source.options.get(key.name, ""), _capital(told(key.label)))
        yield setting("keys", source.sealed_keys, gettext("Platform keys"), "")
    titles = {
        "words": gettext("Words that make a mention yours"),
        "pages": gettext("Which of the listed pages are read"),
    }
    for name in choices_of(source.platform, source.syntax):
        yield setting(name, chosen(source.options, name), titles[name])
    yield setting("every", source.crawl_every_s, gettext("At most once in"), period(source.crawl_every_s))
    yield setting("reach", source.reach, gettext("How many people read it"), reach_words(source.reach))
    yield setting("delay", source.delay_s, gettext("Pause between two pages"), seconds_words(source.delay_s))
    yield setting("max_pages", source.max_pages, gettext("Pages of one reading"))
    yield setting("retention", source.retention, gettext("How long it is kept"), label(RETENTION, source.retention))
    judged = label(JUDGED, str(source.may_judge))
    yield setting("may_judge", source.may_judge, gettext("The model may judge it"), judged)
    noticed = gettext("Yes") if source.notices_edits else gettext("No")
    yield setting("notices_edits", source.notices_edits, gettext("Notice edits all the same"), noticed)
    yield setting("basis", source.basis_note, gettext("Why it may be read"))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _digest(value: str) -> str:
    return sha256(value.encode("utf-8", "replace")).hexdigest()[:_MARK]
