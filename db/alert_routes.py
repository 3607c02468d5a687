"""On which ways people hear of alerts: made, changed, switched and taken away by themselves.

An address of a service holds tokens: it lies encrypted, is shown to nobody, not even to whoever typed it, and stands in
no log. What was taken away can be brought back for a while. Functions flush and never commit.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from .broken_ways import hurry
from .errors import BadValue
from .models import AlertChannel, AlertDelivery, AlertReason, AlertRoute, AlertState, Person
from .phrases import say
from .quiet_hours import DAY_MIN, Quiet, quiet_of
from .vault import Vault
from .wording import clean

MOST: Final = 10  # for one person
NAME_MOST: Final = 80
ADDRESS_MOST: Final = 2000
BUNDLES: Final = (0, 5, 15, 30, 60, 240)  # minutes
REMOVED_KEPT: Final = timedelta(days=1)
# A mail about these goes to whoever is in charge anyway, see db.escalations and db.due_reminders.
MAILED_ANYWAY: Final = frozenset({AlertReason.TARGET, AlertReason.FOLLOW_UP})


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody has said of one way."""

    name: str = ""
    channel: AlertChannel = AlertChannel.MAIL
    reasons: tuple[AlertReason, ...] = (
        AlertReason.RISK,
        AlertReason.FURIOUS,
        AlertReason.SOURCE,
        AlertReason.SPIKE,
    )
    place_ids: tuple[int, ...] | None = None  # None: all that they may see, those to come as well
    quiet: Quiet | None = None
    passes_quiet: bool = True
    bundle_min: int = 15
    has_words: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteRow(Wanted):
    """One way, without its address."""

    id: int
    person_id: int
    person_name: str
    service: str
    is_on: bool
    failing_since_at: datetime | None
    broken_at: datetime | None  # its person was told that it takes nothing, see `db.broken_ways`
    sent_at: datetime | None
    waiting: int = 0  # alerts that are still to go out
    given_up: int = 0  # alerts in the log that did not get through
    trouble: str = ""  # of one that fails: what the last failure was, a sentence

    @property
    def is_broken(self) -> bool:
        """Whether it keeps failing, see `db.broken_ways`. One that was switched off fails nobody."""
        return self.is_on and self.broken_at is not None


def routes_of(session: Session, person_id: int) -> list[RouteRow]:
    """Those of one person, the first made before, with what waits and what did not get through."""
    rows = _rows(session, AlertRoute.person_id == person_id)
    counts = (
        select(AlertDelivery.route_id, AlertDelivery.state, func.count())
        .where(AlertDelivery.route_id.in_([row.id for row in rows]))
        .group_by(AlertDelivery.route_id, AlertDelivery.state)
    )
    found = {(route_id, state): count for route_id, state, count in session.execute(counts)}
    return [
        replace(
            row,
            waiting=found.get((row.id, AlertState.WAITING), 0),
            given_up=found.get((row.id, AlertState.GIVEN_UP), 0),
        )
        for row in _with_trouble(session, rows)
    ]


def route_of(session: Session, person_id: int, route_id: int) -> RouteRow | None:
    """One of them; None where they have none of this id."""
    return next((row for row in routes_of(session, person_id) if row.id == route_id), None)


def routes_of_others(session: Session, person_ids: Collection[int]) -> list[RouteRow]:
    """Those of these people, by name: for the owners of their places."""
    rows = _with_trouble(session, _rows(session, AlertRoute.person_id.in_(person_ids)))
    return sorted(rows, key=lambda row: (row.person_name, row.id))


def route_by_link(session: Session, route_id: int) -> RouteRow | None:
    """One way whoever it belongs to, for whoever holds its link; None where it is gone, or its person locked out."""
    rows = _rows(session, AlertRoute.id == route_id, AlertRoute.channel == AlertChannel.MAIL, Person.is_active)
    return next(iter(rows), None)


def broken_routes(session: Session, person_id: int) -> list[RouteRow]:
    """Those of one person that take nothing and are on: for a word on every page. One read, by an index."""
    return _rows(session, AlertRoute.person_id == person_id, AlertRoute.broken_at.is_not(None), AlertRoute.is_on)


def routes_in_use(session: Session) -> list[RouteRow]:
    """Those that are on, of people who may sign in."""
    return _rows(session, AlertRoute.is_on, Person.is_active)


def add_route(
    session: Session, person_id: int, wanted: Wanted, *, address: str, service: str, vault: Vault, now: datetime
) -> int:
    """Keep a new one; its id. `address` has passed the guard, and is empty for a mail.

    Raises:
        BadValue: there are too many, or nothing is chosen.
    """
    session.scalar(select(Person.id).where(Person.id == person_id).with_for_update())  # two forms that are sent at once
    there = select(func.count()).select_from(AlertRoute)
    if (session.scalar(there.where(AlertRoute.person_id == person_id, AlertRoute.removed_at.is_(None))) or 0) >= MOST:
        raise BadValue(say("You have %(most)s ways already. Remove one that you no longer need.", most=MOST))
    made = AlertRoute(
        person_id=person_id,
        channel=wanted.channel,
        sealed_address=vault.seal({"address": address}) if address else "",
        service=clean(service)[:NAME_MOST],
        is_on=True,
        made_at=now,
        **_columns(wanted),
    )
    session.add(made)
    session.flush()
    return made.id


def change_route(
    session: Session, person_id: int, route_id: int, wanted: Wanted, *, address: str, service: str, vault: Vault
) -> None:
    """Say it anew, and keep the way back. Without an `address` the one that is there stays.

    Raises:
        BadValue: it is gone, or nothing is chosen.
    """
    one = _held(session, person_id, route_id)
    values = _columns(replace(wanted, channel=one.channel))
    if address and one.channel is AlertChannel.SERVICE:
        values |= {"sealed_address": vault.seal({"address": address}), "service": clean(service)[:NAME_MOST]}
        one.failing_since_at = one.broken_at = None
    before = {name: getattr(one, name) for name in values}
    changed = {name: value for name, value in values.items() if before[name] != value}
    if changed:
        one.before = {name: before[name] for name in changed}
        for name, value in changed.items():
            setattr(one, name, value)
        session.flush()


def take_back_change(session: Session, person_id: int, route_id: int) -> bool:
    """To what it was before the last change. False where nothing was changed since it was made or taken back.

    Raises:
        BadValue: it is gone.
    """
    one = _held(session, person_id, route_id)
    before, one.before = one.before, {}
    for name, value in before.items():
        setattr(one, name, value)
    session.flush()
    return bool(before)


def switch_route(session: Session, person_id: int, route_id: int, *, is_on: bool, now: datetime) -> None:
    """On or off. While it is off nothing is put down for it; what waits goes out once it is on again.

    Raises:
        BadValue: it is gone.
    """
    one = _held(session, person_id, route_id)
    if one.is_on != is_on:
        one.is_on, one.failing_since_at, one.broken_at = is_on, None, None
        session.flush()
        if is_on:
            hurry(session, one.id, now=now)


def remove_route(session: Session, person_id: int, route_id: int, *, now: datetime) -> None:
    """Take it away; `restore_route` brings it back.

    Raises:
        BadValue: it is gone.
    """
    _held(session, person_id, route_id).removed_at = now
    session.flush()


def restore_route(session: Session, person_id: int, route_id: int) -> bool:
    """Bring it back as it was. False where that is too late."""
    done = session.execute(
        update(AlertRoute)
        .where(AlertRoute.id == route_id, AlertRoute.person_id == person_id)
        .values(removed_at=None)
        .returning(AlertRoute.id),
        execution_options={"synchronize_session": False},
    )
    return done.scalar() is not None


def forget_removed(session: Session, *, now: datetime) -> None:
    """Drop for good what was taken away and not brought back, with its address."""
    session.execute(
        delete(AlertRoute).where(AlertRoute.removed_at < now - REMOVED_KEPT),
        execution_options={"synchronize_session": False},
    )


def address_of(session: Session, route_id: int, vault: Vault) -> str:
    """The address of a service; empty for a mail, and where the way is gone.

    Raises:
        BadValue: it cannot be opened.
    """
    sealed = session.scalar(select(AlertRoute.sealed_address).where(AlertRoute.id == route_id))
    return vault.open(sealed or "").get("address", "")


def _columns(wanted: Wanted) -> dict[str, Any]:
    barred = MAILED_ANYWAY if wanted.channel is AlertChannel.MAIL else frozenset()
    reasons = [one.value for one in AlertReason if one in wanted.reasons and one not in barred]
    if not reasons:
        raise BadValue(say("Choose at least one reason."))
    if wanted.place_ids is not None and not wanted.place_ids:
        raise BadValue(say("Choose at least one place."))
    quiet = wanted.quiet
    if quiet is not None and not (0 <= quiet.from_min < DAY_MIN and 0 <= quiet.to_min < DAY_MIN):
        raise BadValue(say("Write times of the day, such as 22:00."))
    return {
        "name": " ".join(clean(wanted.name).split())[:NAME_MOST],
        "reasons": reasons,
        "place_ids": None if wanted.place_ids is None else sorted(set(wanted.place_ids)),
        "quiet_from_min": quiet.from_min if quiet else None,
        "quiet_to_min": quiet.to_min if quiet else None,
        "passes_quiet": wanted.passes_quiet,
        "bundle_min": wanted.bundle_min if wanted.bundle_min in BUNDLES else BUNDLES[0],
        "has_words": wanted.has_words,
    }


def _held(session: Session, person_id: int, route_id: int) -> AlertRoute:
    one = session.scalar(
        select(AlertRoute)
        .where(AlertRoute.id == route_id, AlertRoute.person_id == person_id, AlertRoute.removed_at.is_(None))
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    if one is None:
        raise BadValue(say("This way is gone."))
    return one


def _with_trouble(session: Session, rows: Sequence[RouteRow]) -> list[RouteRow]:
    """The same, and of each that fails why; one read for each of these, which are few."""
    return [replace(row, trouble=_last_trouble(session, row.id)) if row.failing_since_at else row for row in rows]


def _last_trouble(session: Session, route_id: int) -> str:
    failed = (AlertDelivery.state.in_((AlertState.WAITING, AlertState.GIVEN_UP)), AlertDelivery.trouble != "")
    last = select(AlertDelivery.trouble).where(AlertDelivery.route_id == route_id, *failed)
    return str(session.scalar(last.order_by(AlertDelivery.id.desc()).limit(1)) or "")


def _rows(session: Session, *which: Any) -> list[RouteRow]:
    rows = session.execute(
        select(AlertRoute, Person.name)
        .join(Person, Person.id == AlertRoute.person_id)
        .where(AlertRoute.removed_at.is_(None), *which)
        .order_by(AlertRoute.id)
    )
    return [_row(one, name) for one, name in rows]


def _row(one: AlertRoute, person_name: str) -> RouteRow:
    return RouteRow(
        id=one.id,
        person_id=one.person_id,
        person_name=person_name,
        name=one.name,
        channel=one.channel,
        service=one.service,
        reasons=tuple(AlertReason(reason) for reason in one.reasons),
        place_ids=None if one.place_ids is None else tuple(one.place_ids),
        quiet=quiet_of(one.quiet_from_min, one.quiet_to_min),
        passes_quiet=one.passes_quiet,
        bundle_min=one.bundle_min,
        has_words=one.has_words,
        is_on=one.is_on,
        failing_since_at=one.failing_since_at,
        broken_at=one.broken_at,
        sent_at=one.sent_at,
    )
