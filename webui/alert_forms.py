"""What the form of a way says, and what is wrong with it by field."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from typing import Final

from werkzeug.datastructures import MultiDict

from db.alert_routes import ADDRESS_MOST, BUNDLES, MAILED_ANYWAY, NAME_MOST, Wanted
from db.models import AlertChannel, AlertReason
from db.quiet_hours import Quiet

from .i18n import gettext
from .ids import number_in

_TIME: Final = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)(?::[0-5]\d)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class EnteredWay:
    """As it was written. The address is never shown again."""

    wanted: Wanted = field(default_factory=Wanted)
    address: str = ""
    quiet_from: str = ""
    quiet_to: str = ""
    faults: dict[str, str] = field(default_factory=dict)


def read_way(form: MultiDict[str, str], *, places: Collection[int], before: Wanted | None) -> EnteredWay:
    """The form; `places` are the ids that whoever asks may choose, `before` the way that is changed."""
    faults: dict[str, str] = {}
    channel = before.channel if before else _channel(form.get("channel", ""))
    barred = MAILED_ANYWAY if channel is AlertChannel.MAIL else frozenset()
    reasons = tuple(one for one in AlertReason if one.value in form.getlist("reason") and one not in barred)
    if not reasons:
        faults["reasons"] = gettext("Choose at least one reason.")
    place_ids: tuple[int, ...] | None = None
    if form.get("where") == "some":
        chosen = {number_in(one) for one in form.getlist("place")}
        place_ids = tuple(sorted(one for one in chosen if one is not None and one in places))
        if not place_ids:
            faults["places"] = gettext("Choose at least one place.")
    quiet, quiet_fault = _quiet(form.get("quiet_from", ""), form.get("quiet_to", ""))
    if quiet_fault:
        faults["quiet"] = quiet_fault
    address = form.get("address", "").strip() if channel is AlertChannel.SERVICE else ""
    if channel is AlertChannel.SERVICE and not address and before is None:
        faults["address"] = gettext("Enter the address of the service.")
    elif len(address) > ADDRESS_MOST:
        faults["address"] = gettext("This address is too long.")
    bundle = number_in(form.get("bundle", ""))
    wanted = Wanted(
        name=form.get("name", "").strip()[:NAME_MOST],
        channel=channel,
        reasons=reasons,
        place_ids=place_ids,
        quiet=quiet,
        passes_quiet=form.get("passes_quiet") == "yes",
        bundle_min=bundle if bundle in BUNDLES else BUNDLES[0],
        has_words=form.get("has_words") == "yes",
    )
    return EnteredWay(
        wanted=wanted,
        address=address,
        quiet_from=form.get("quiet_from", "")[:8],
        quiet_to=form.get("quiet_to", "")[:8],
        faults=faults,
    )


def entered_of(wanted: Wanted) -> EnteredWay:
    """What stands in the form of a way that is there, or of a new one."""
    quiet = wanted.quiet
    return EnteredWay(
        wanted=wanted,
        quiet_from=time_words(quiet.from_min) if quiet else "",
        quiet_to=time_words(quiet.to_min) if quiet else "",
    )


def with_fault(entered: EnteredWay, name: str, words: str) -> EnteredWay:
    """The same, and what else is wrong."""
    return replace(entered, faults={**entered.faults, name: words})


def time_words(minute: int) -> str:
    """A minute of the day as a time field takes it: 1320 as "22:00"."""
    return f"{minute // 60:02}:{minute % 60:02}"


def _channel(written: str) -> AlertChannel:
    return AlertChannel.SERVICE if written == AlertChannel.SERVICE.value else AlertChannel.MAIL


def _quiet(from_: str, to: str) -> tuple[Quiet | None, str]:
    from_, to = from_.strip(), to.strip()
    if not from_ and not to:
        return None, ""
    first, last = _TIME.fullmatch(from_), _TIME.fullmatch(to)
    if first is None or last is None:
        return None, gettext("Write both times, such as 22:00 and 07:00, or none.")
    minutes = [60 * int(one[1]) + int(one[2]) for one in (first, last)]
    if minutes[0] == minutes[1]:
        return None, gettext("From a time to the same time is no time at all.")
    return Quiet(from_min=minutes[0], to_min=minutes[1]), ""
