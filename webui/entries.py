"""What people enter about a source, read from the form and checked: sentences say what is wrong, in their language.

Secrets that are left empty stay as they are; nothing here ever puts one into a page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from crawlers.platforms import PLATFORMS, Platform
from db.models import Location, Retention
from db.source_changes import SourceRules, is_looser

from .i18n import gettext
from .wishes import read_choices

CRAWL_EVERY_S = 6 * 3600  # of a new source, where its platform says nothing else
NAME_MOST, REF_MOST, KEY_MOST, NOTE_MOST = 200, 400, 8000, 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """What an API is asked with."""

    place_ref: str
    keys: dict[str, str] = field(repr=False)
    options: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSource:
    """A source as it was entered; `faults` by field, empty when it can be saved."""

    name: str
    place_id: str  # of a known place; empty: a new one
    place_name: str
    timezone: str
    basis: str
    is_confirmed: bool
    rules: SourceRules
    reason: str
    options: dict[str, str]
    faults: dict[str, str] = field(default_factory=dict)


def default_rules(platform: str, syntax: str = "") -> SourceRules:
    """What the platform's terms say; for files that are saved pages, those of the platform they were saved from."""
    facts = PLATFORMS.get(syntax if platform == "file" and syntax else platform)
    if facts is None:
        return SourceRules(retention=Retention.STORE, may_judge=True)
    return SourceRules(retention=Retention(facts.retention), may_judge=facts.may_judge)


def crawl_every_s(facts: Platform) -> int:
    """How often a new source of this platform is read."""
    return min(max(CRAWL_EVERY_S, facts.least_every_s), facts.most_every_s)


def read_access(
    facts: Platform, form: Mapping[str, str], *, keys: Mapping[str, str], options: Mapping[str, str]
) -> Access:
    """The entries of an API; `keys` and `options` are those there were."""
    entered = {key: form.get(f"key-{key.name}", "").strip()[:KEY_MOST] for key in facts.keys}
    secret = {key.name: value or keys.get(key.name, "") for key, value in entered.items() if key.is_secret}
    plain = {key.name: value for key, value in entered.items() if not key.is_secret}
    return Access(
        place_ref=form.get("place_ref", "").strip()[:REF_MOST],
        keys={name: value for name, value in secret.items() if value},
        options={name: value for name, value in {**options, **plain}.items() if value or name not in plain},
    )


def read_rules(form: Mapping[str, str], *, otherwise: SourceRules) -> SourceRules:
    """How long the text is kept and whether it may be judged."""
    try:
        retention = Retention(form.get("retention", ""))
    except ValueError:
        retention = otherwise.retention
    return SourceRules(retention=retention, may_judge=form.get("may_judge") == "yes")


def reason_missing(rules: SourceRules, default: SourceRules, reason: str) -> dict[str, str]:
    """The fault of rules that are looser than the platform's without a word why."""
    if not is_looser(rules, default) or reason.strip():
        return {}
    return {"reason": gettext("These rules allow more than the platform does. Write down why you may.")}


def read_new(form: Mapping[str, str], platform: str, places: Mapping[str, Location], *, syntax: str = "") -> NewSource:
    """A new source; `places` are the known ones by the text of their id."""
    options, faults = read_choices(form, platform, syntax)
    default = default_rules(platform)
    rules = read_rules(form, otherwise=default)
    given = NewSource(
        name=_line(form, "name"),
        place_id=form.get("place", ""),
        place_name=_line(form, "place_name"),
        timezone=_line(form, "timezone"),
        basis=form.get("basis", "").strip()[:NOTE_MOST],
        is_confirmed=form.get("confirmed") == "yes",
        rules=rules,
        reason=form.get("reason", "").strip()[:NOTE_MOST],
        options=options,
    )
    given.faults.update(faults | _faults(given, places) | reason_missing(rules, default, given.reason))
    return given


def is_zone(name: str) -> bool:
    """Whether this machine knows a time zone of this name."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True


def _faults(given: NewSource, places: Mapping[str, Location]) -> dict[str, str]:
    faults = {}
    if not given.name:
        faults["name"] = gettext("Give the source a name.")
    if given.place_id and given.place_id not in places:
        faults["place"] = gettext("Choose one of the places.")
    elif not given.place_id and not given.place_name:
        faults["place_name"] = gettext("Choose the place that is reviewed there, or name a new one.")
    elif not given.place_id and not is_zone(given.timezone):
        faults["timezone"] = gettext("There is no time zone of this name. Write it like Europe/Berlin.")
    if not given.is_confirmed:
        faults["confirmed"] = gettext("Say that you may read it: Amends reads nothing without.")
    return faults


def _line(form: Mapping[str, str], name: str) -> str:
    return " ".join(form.get(name, "").split())[:NAME_MOST]
