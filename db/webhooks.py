"""Webhooks as owners set them: address, events, places, secret. Each change stands in the audit log, no secret does.

A secret is shown once, when it is made. After a change the earlier one signs beside it for a day, so that a receiver
can take its time. Functions flush and never commit.
"""

from __future__ import annotations

import base64
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from . import audit
from .acting import Actor
from .errors import BadValue
from .models import DeliveryState, OffFor, Webhook, WebhookDelivery
from .phrases import say
from .vault import Vault
from .webhook_events import Told
from .webhook_outbox import drop_elsewhere

MOST: Final = 20  # of them: whoever needs more puts one program between
URL_MOST: Final = 2000
OVERLAP: Final = timedelta(days=1)  # how long an earlier secret signs beside a new one
SECRET_BYTES: Final = 32  # Standard Webhooks asks for 24 to 64
_PREFIX: Final = "whsec_"


@dataclass(frozen=True, slots=True, kw_only=True)
class HookRow:
    """One webhook, without its secrets."""

    id: int
    url: str
    events: tuple[str, ...]
    place_ids: tuple[int, ...] | None  # None: all places, those to come as well
    is_named: bool
    is_on: bool
    off_for: OffFor | None
    off_at: datetime | None
    failing_since_at: datetime | None
    delivered_at: datetime | None
    earlier_until_at: datetime | None  # while an earlier secret still signs
    made_at: datetime
    made_by_name: str
    waiting: int = 0  # messages that are still to go out
    failed: int = 0  # messages that were given up and stand in the log

    @property
    def host(self) -> str:
        """What of the address may stand in a log: a path or a query may be a secret of the receiver."""
        return host_of(self.url)


def host_of(url: str) -> str:
    """The host of an address, with its port."""
    return urlsplit(url).netloc


def hooks(session: Session, *, now: datetime) -> list[HookRow]:
    """Every webhook, the first made before."""
    counts = select(WebhookDelivery.webhook_id, WebhookDelivery.state, func.count()).group_by(
        WebhookDelivery.webhook_id, WebhookDelivery.state
    )
    found = {(row[0], row[1]): int(row[2]) for row in session.execute(counts)}
    return [
        _row(one, found.get((one.id, DeliveryState.PENDING), 0), found.get((one.id, DeliveryState.FAILED), 0), now=now)
        for one in session.scalars(select(Webhook).order_by(Webhook.id))
    ]


def hook(session: Session, hook_id: int, *, now: datetime) -> HookRow | None:
    """One of them; None where there is none of this id."""
    return next((one for one in hooks(session, now=now) if one.id == hook_id), None)


def add_hook(
    session: Session,
    url: str,
    events: Collection[str],
    *,
    is_named: bool,
    vault: Vault,
    by: Actor,
    place_ids: Collection[int] | None = None,
) -> tuple[int, str]:
    """Keep a new one; its id, and the secret, which is given this once. `url` has passed the guard.

    With `place_ids` it hears of what happens at these places alone.

    Raises:
        BadValue: nothing is chosen, or there are too many.
    """
    if len(session.scalars(select(Webhook.id)).all()) >= MOST:
        raise BadValue(say("There are %(most)s webhooks already. Remove one that nobody needs.", most=MOST))
    secret = new_secret()
    made = Webhook(
        url=url,
        events=_events(events),
        place_ids=_place_ids(place_ids),
        is_named=is_named,
        sealed_secret=vault.seal({"secret": secret}),
        is_on=True,
        made_at=by.now,
        made_by_id=by.person_id,
        made_by_name=by.name,
    )
    session.add(made)
    session.flush()
    _tell(session, "webhook_added", made, by=by)
    return made.id, secret


def change_hook(
    session: Session,
    hook_id: int,
    url: str,
    events: Collection[str],
    *,
    is_named: bool,
    by: Actor,
    place_ids: Collection[int] | None = None,
) -> None:
    """Another address, other events, other places. What waits goes to the new address, but for what is not of them.

    Raises:
        BadValue: nothing is chosen, or it is gone.
    """
    one = _held(session, hook_id)
    one.url, one.events, one.is_named = url, _events(events), is_named
    one.place_ids = _place_ids(place_ids)
    session.flush()
    drop_elsewhere(session, one)
    _tell(session, "webhook_changed", one, by=by)


def switch_hook(session: Session, hook_id: int, *, is_on: bool, by: Actor) -> None:
    """On or off. While it is off nothing is put down for it; what waits goes on when it is on again.

    Raises:
        BadValue: it is gone.
    """
    one = _held(session, hook_id)
    if one.is_on == is_on:
        return
    one.is_on, one.off_for, one.off_at = is_on, None if is_on else OffFor.HAND, None if is_on else by.now
    one.failing_since_at = one.off_told_at = None
    session.flush()
    if is_on:
        pending = (WebhookDelivery.webhook_id == hook_id, WebhookDelivery.state == DeliveryState.PENDING)
        session.execute(update(WebhookDelivery).where(*pending).values(due_at=by.now, tries=0, claim=None))
    _tell(session, "webhook_on" if is_on else "webhook_off", one, by=by)


def rotate_secret(session: Session, hook_id: int, *, vault: Vault, by: Actor) -> str:
    """A new secret, given this once. The earlier one signs beside it for `OVERLAP`; one still earlier no more.

    Raises:
        BadValue: it is gone.
    """
    one, secret = _held(session, hook_id), new_secret()
    one.sealed_earlier, one.earlier_until_at = one.sealed_secret, by.now + OVERLAP
    one.sealed_secret = vault.seal({"secret": secret})
    session.flush()
    _tell(session, "webhook_secret", one, by=by)
    return secret


def remove_hook(session: Session, hook_id: int, *, by: Actor) -> None:
    """Take it away, with its log.

    Raises:
        BadValue: it is gone.
    """
    one = _held(session, hook_id)
    # Before the log is held: whoever puts a message down for it may be waiting to write there.
    session.execute(delete(Webhook).where(Webhook.id == hook_id), execution_options={"synchronize_session": False})
    _tell(session, "webhook_removed", one, by=by)
    session.expunge(one)


def new_secret() -> str:
    """As Standard Webhooks writes one: "whsec_" and base64."""
    return _PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def secrets_of(one: Webhook, vault: Vault, *, now: datetime) -> Sequence[str]:
    """Those that sign now, the newest first.

    Raises:
        BadValue: they cannot be opened.
    """
    sealed = [one.sealed_secret]
    if one.sealed_earlier and one.earlier_until_at is not None and one.earlier_until_at > now:
        sealed.append(one.sealed_earlier)
    return [vault.open(each)["secret"] for each in sealed]


def _events(events: Collection[str]) -> list[str]:
    chosen = [one.value for one in Told if one.value in events]
    if not chosen:
        raise BadValue(say("Choose at least one event."))
    return chosen


def _place_ids(place_ids: Collection[int] | None) -> list[int] | None:
    if place_ids is not None and not place_ids:
        raise BadValue(say("Choose at least one place."))
    return None if place_ids is None else sorted(set(place_ids))


def _held(session: Session, hook_id: int) -> Webhook:
    one = session.scalar(
        select(Webhook)
        .where(Webhook.id == hook_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    if one is None:
        raise BadValue(say("This webhook is gone."))
    return one


def _tell(session: Session, kind: str, one: Webhook, *, by: Actor) -> None:
    facts = {
        "webhook_id": one.id,
        "host": host_of(one.url),
        "events": one.events,
        "place_ids": one.place_ids,
        "is_named": one.is_named,
    }
    audit.append(session, kind, facts, by=by, now=by.now)


def _row(one: Webhook, waiting: int, failed: int, *, now: datetime) -> HookRow:
    is_overlapping = one.earlier_until_at is not None and one.earlier_until_at > now
    return HookRow(
        id=one.id,
        url=one.url,
        events=tuple(one.events),
        place_ids=None if one.place_ids is None else tuple(one.place_ids),
        is_named=one.is_named,
        is_on=one.is_on,
        off_for=one.off_for,
        off_at=one.off_at,
        failing_since_at=one.failing_since_at,
        delivered_at=one.delivered_at,
        earlier_until_at=one.earlier_until_at if is_overlapping else None,
        made_at=one.made_at,
        made_by_name=one.made_by_name,
        waiting=waiting,
        failed=failed,
    )
