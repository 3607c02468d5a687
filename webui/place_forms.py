"""What the owner enters about places, read from the form and checked: sentences say what is wrong, by field."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Final, TypeVar

from babel import Locale

from db.clock_rules import LEVELS, STEPS_MOST, TARGET_MOST_MIN, Step, Targets, Whom
from db.errors import BadValue
from db.hours import Opening, countries, holidays_of, region_names
from db.places import CONTACT_MOST, Part, PlaceRules
from db.sources import check_zone

from .filters import decimal
from .hours_text import day_words, read_day, read_days, write_day, write_days
from .i18n import current_locale, gettext
from .shown import one_line

HOUR_MIN: Final = 60
PERCENT, HOURS_OVER = "percent", "over"  # what the number of a step counts
PREVIEWED: Final = timedelta(days=365)

Form = Mapping[str, str]
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """A form as it was read; `faults` by field, empty when it can be saved."""

    rules: PlaceRules
    faults: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class DayOff:
    """A day of the preview."""

    words: str
    name: str
    hours: str  # empty: closed


def read_place(form: Form, before: PlaceRules, people: Collection[int]) -> Entered:
    """What was entered over what was stored; `people` are the ids of those who may be named."""
    faults: dict[str, str] = {}
    week = tuple(_read(faults, f"day-{day}", read_day, form) or () for day in range(7))
    country, subdivision = _holidays(form, faults)
    opening = Opening(
        week=week, days=_read(faults, "days", read_days, form) or {}, country=country, subdivision=subdivision
    )
    rules = replace(
        before,
        timezone=_read(faults, "timezone", check_zone, form) or before.timezone,
        opening=opening,
        targets=_targets(form, faults) if form.get("targets") == "own" else None,
        chain=_chain(form, faults, people) if form.get("chain") == "own" else None,
        contact=_read(faults, "contact", _contact, form) or "",
        is_protected=form.get("protected") == "yes",
    )
    return Entered(rules=rules, faults=faults)


def read_for_all(form: Form, people: Collection[int]) -> tuple[Targets, tuple[Step, ...], dict[str, str]]:
    """Targets and chain of all places, and what is wrong with them."""
    faults: dict[str, str] = {}
    return _targets(form, faults), _chain(form, faults, people), faults


def typed_place(rules: PlaceRules, targets: Targets, chain: tuple[Step, ...]) -> dict[str, str]:
    """The fields of the form as they stand; `targets` and `chain` are those of all places, for a place without own."""
    opening = rules.opening
    return {
        "timezone": rules.timezone,
        **{f"day-{day}": write_day(opening.week[day]) for day in range(7)},
        "days": write_days(opening.days),
        "country": opening.country,
        "subdivision": opening.subdivision,
        "contact": rules.contact,
        "protected": "yes" if rules.is_protected else "",
        "targets": "own" if rules.targets is not None else "all",
        "chain": "own" if rules.chain is not None else "all",
        **typed_for_all(
            targets if rules.targets is None else rules.targets, chain if rules.chain is None else rules.chain
        ),
    }


def typed_for_all(targets: Targets, chain: tuple[Step, ...]) -> dict[str, str]:
    """The fields of targets and steps as they stand."""
    fields = {f"target-{level}": _number(targets[level]) for level in LEVELS}
    for at, step in enumerate(chain):
        unit = HOURS_OVER if step.over_min else PERCENT
        fields[f"step-{at}"] = _number(step.over_min) if step.over_min else str(step.percent)
        fields[f"unit-{at}"] = unit
        fields[f"whom-{at}"] = f"{step.whom}:{step.person_id}" if step.whom is Whom.PERSON else step.whom
    return fields


def copied_parts(form: Form) -> set[Part]:
    """What shall be the same at the other places."""
    return {part for part in Part if form.get(f"copy-{part}") == "yes"}


def country_names() -> list[tuple[str, str]]:
    """Whose holidays are known: (code, name) by name."""
    locale: Locale = current_locale()
    names = [(code, locale.territories.get(code, code)) for code in countries() if len(code) == 2]
    return sorted(names, key=lambda one: one[1])


def regions_of(country: str) -> list[tuple[str, str]]:
    """Regions of a country with holidays of their own: (code, name) by name."""
    return sorted(region_names(country).items(), key=lambda one: one[1]) if country in countries() else []


def days_off(opening: Opening, *, today: date) -> list[DayOff]:
    """Holidays and own days of the next twelve months."""
    until = today + PREVIEWED
    named: dict[date, str] = {}
    for year in {today.year, until.year}:
        named |= holidays_of(opening.country, opening.subdivision, year, current_locale().language)
    return [
        DayOff(words=day_words(day), name=named.get(day, ""), hours=write_day(opening.days.get(day, ()), dash="–"))
        for day in sorted({*named, *opening.days})
        if today <= day <= until
    ]


def _read(faults: dict[str, str], name: str, read: Callable[[str], Value], form: Form) -> Value | None:
    try:
        return read(form.get(name, ""))
    except BadValue as error:
        faults[name] = str(error)
        return None


def _holidays(form: Form, faults: dict[str, str]) -> tuple[str, str]:
    country, subdivision = form.get("country", ""), form.get("subdivision", "")
    if country and country not in countries():
        faults["country"] = gettext("Choose a country of the list, or none.")
        return "", ""
    if subdivision and subdivision not in countries().get(country, ()):
        faults["subdivision"] = gettext("Choose a region of this country, or none.")
        return country, ""
    return country, subdivision


def _targets(form: Form, faults: dict[str, str]) -> Targets:
    found: dict[str, int | None] = {}
    for level in LEVELS:
        text = form.get(f"target-{level}", "").strip()
        found[level] = _minutes(text) if text else None
        if text and not found[level]:
            most = TARGET_MOST_MIN // HOUR_MIN
            faults[f"target-{level}"] = gettext("Working hours from 0.25 to %(most)s, or nothing.", most=most)
    return found


def _chain(form: Form, faults: dict[str, str], people: Collection[int]) -> tuple[Step, ...]:
    steps: list[Step] = []
    for at in range(STEPS_MOST):
        number = form.get(f"step-{at}", "").strip()
        if not number:
            continue
        step = _step(number, form.get(f"unit-{at}", ""), form.get(f"whom-{at}", ""), people)
        if isinstance(step, Step):
            steps.append(step)
        else:
            faults[f"step-{at}"] = step
    return tuple(steps)


def _step(number: str, unit: str, whom: str, people: Collection[int]) -> Step | str:
    kind, _, id_ = whom.partition(":")
    if kind not in set(Whom) or (kind == Whom.PERSON and not (id_.isdecimal() and int(id_) in people)):
        return gettext("Choose who is told.")
    told = Whom(kind)
    person_id = int(id_) if told is Whom.PERSON else None
    if unit == HOURS_OVER:
        minutes = _minutes(number)
        if not minutes:
            return gettext("Working hours from 0.25 to %(most)s.", most=TARGET_MOST_MIN // HOUR_MIN)
        return Step(percent=100, over_min=minutes, whom=told, person_id=person_id)
    if not number.isdecimal() or not 1 <= int(number) <= 100:
        return gettext("A whole number from 1 to 100.")
    return Step(percent=int(number), whom=told, person_id=person_id)


def _contact(text: str) -> str:
    found = one_line(text)
    if len(found) > CONTACT_MOST:
        raise BadValue(gettext("That is too long: %(most)s letters at most.", most=CONTACT_MOST))
    return found


def _minutes(text: str) -> int | None:
    """Minutes of a number of hours; None where it is none."""
    try:
        minutes = round(float(text.replace(",", ".")) * HOUR_MIN)
    except (ValueError, OverflowError):
        return None
    return minutes if 15 <= minutes <= TARGET_MOST_MIN else None


def _number(minutes: int | None) -> str:
    return "" if minutes is None else f"{minutes / HOUR_MIN:.4g}"


def hours_words(minutes: int) -> str:
    """A length in working hours: "2 h"."""
    return gettext("%(num)s h", num=decimal(minutes / HOUR_MIN))
