"""Alerts on their way: one message of one way at a time is claimed, sent, tried again, given up or dropped.

Whoever sends holds the row of the way for a moment and takes all that waits there by a conditional UPDATE, which makes
it due again in a while. So of several workers one sends it, and what a killed one held comes again: as the same mail
under the same Message-ID, and on other ways with a word that it may be the second time, for one that was killed
between the service's word and ours can only be sent twice or not at all. Functions flush and never commit.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from .broken_ways import note_failure, note_success
from .models import AlertChannel, AlertDelivery, AlertRoute, AlertState
from .quiet_hours import Quiet, quiet_of

AGAIN_AFTER: Final = timedelta(minutes=3)  # far longer than one try may take
# Before the second try, the third, and so on. A mail is tried on: its server may be away for days, and nothing is lost.
BACK_OFF: Final = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 30, 60, 120, 240, 480))
SPREAD: Final = 0.2  # of each pause, at most, is added to it: not all that failed together tries again together
MESSAGE_MOST: Final = 50  # alerts in one


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """What makes one message, taken for a moment."""

    route_id: int
    person_id: int
    channel: AlertChannel
    has_words: bool
    quiet: Quiet | None
    passes_quiet: bool
    token: str
    batch: str
    tries: int  # with this one
    is_unsure: bool  # a worker began to send it and never said what came of it
    alert_ids: tuple[int, ...]  # at least one, the oldest first


def claim_message(session: Session, *, now: datetime, without: Collection[AlertChannel | int] = ()) -> Claimed | None:
    """The message that is due longest, for whoever asks first; None when none is. Commit before sending it.

    `without` are channels, or ids of ways, that are left alone for now.
    """
    channels = [one for one in without if isinstance(one, AlertChannel)]
    resting = [one for one in without if not isinstance(one, AlertChannel)]
    is_due = (AlertDelivery.state == AlertState.WAITING, AlertDelivery.due_at <= now)
    is_usable = (AlertRoute.is_on, AlertRoute.removed_at.is_(None))
    route = (
        select(
            AlertRoute.id,
            AlertRoute.person_id,
            AlertRoute.channel,
            AlertRoute.has_words,
            AlertRoute.quiet_from_min,
            AlertRoute.quiet_to_min,
            AlertRoute.passes_quiet,
        )
        .join(AlertDelivery, AlertDelivery.route_id == AlertRoute.id)
        .where(*is_due, *is_usable, AlertRoute.channel.not_in(channels), AlertRoute.id.not_in(resting))
        .order_by(AlertDelivery.due_at, AlertDelivery.id)
        .limit(1)
        .with_for_update(key_share=True, skip_locked=True, of=AlertRoute)  # alerts may be put down for it meanwhile
    )
    while (one := session.execute(route).one_or_none()) is not None:
        first = session.execute(
            select(AlertDelivery.id, AlertDelivery.batch)
            .where(AlertDelivery.route_id == one.id, *is_due)
            .order_by(AlertDelivery.due_at, AlertDelivery.id)
            .limit(1)
        ).one_or_none()
        claimed = _take(session, one, first.batch, now=now) if first is not None else None
        if claimed is not None:
            return claimed  # else: taken meanwhile, by a worker that held the way before us
    return None


def record_sent(session: Session, claimed: Claimed, *, now: datetime) -> None:
    """It got through."""
    if _settle(session, claimed, {"state": AlertState.SENT, "settled_at": now, "trouble": ""}):
        note_success(session, claimed.route_id, now=now)


def record_failed(session: Session, claimed: Claimed, trouble: str, *, is_final: bool, now: datetime) -> None:
    """It did not: tried again later, or given up where that is no use (`is_final`) or was tried too often.

    `trouble` is a sentence for the person. Mails are tried on for as long as it takes. A way that keeps failing is told
    to its person, see `db.broken_ways`.
    """
    is_worn = claimed.channel is not AlertChannel.MAIL and claimed.tries > len(BACK_OFF)
    if is_final or is_worn:
        values = {"state": AlertState.GIVEN_UP, "settled_at": now, "trouble": trouble}
    else:
        values = {"due_at": now + pause(claimed.tries, claimed.token), "trouble": trouble}
    if _settle(session, claimed, values):
        note_failure(session, claimed.route_id, worn_from=len(BACK_OFF) + 1, now=now)


def drop(session: Session, claimed: Claimed, alert_ids: Collection[int], why: str, *, now: datetime) -> None:
    """These of its alerts need not be told any more; `why` is a sentence for the log."""
    session.execute(
        update(AlertDelivery)
        .where(AlertDelivery.claim == claimed.token, AlertDelivery.alert_id.in_(alert_ids))
        .values(state=AlertState.DROPPED, claim=None, settled_at=now, trouble=why),
        execution_options={"synchronize_session": False},
    )


def put_off(session: Session, claimed: Claimed, alert_ids: Collection[int], until: datetime) -> None:
    """These of its alerts fall into quiet hours, since an earlier try failed or the hours are other ones by now."""
    session.execute(
        update(AlertDelivery)
        .where(AlertDelivery.claim == claimed.token, AlertDelivery.alert_id.in_(alert_ids))
        .values(claim=None, batch=None, due_at=until, not_before_at=until, tries=AlertDelivery.tries - 1),
        execution_options={"synchronize_session": False},
    )


def pause(tries: int, token: str) -> timedelta:
    """Before the next try, after so many. The claim's token, which is random, spreads it."""
    rest = BACK_OFF[min(tries, len(BACK_OFF)) - 1]
    return rest * (1 + SPREAD * int(token[:4], 16) / 0xFFFF)


def _take(session: Session, route: Any, batch: str | None, *, now: datetime) -> Claimed | None:
    if batch is None:  # all that waits and is not to be quiet about
        together = AlertDelivery.batch.is_(None) & (AlertDelivery.not_before_at <= now)
    else:
        together = (AlertDelivery.batch == batch) & (AlertDelivery.due_at <= now)
    which = (AlertDelivery.route_id == route.id, AlertDelivery.state == AlertState.WAITING, together)
    order = (AlertDelivery.made_at, AlertDelivery.id)
    ids = session.scalars(select(AlertDelivery.id).where(*which).order_by(*order).limit(MESSAGE_MOST)).all()
    token, batch = str(uuid4()), batch or uuid4().hex
    was = session.scalars(select(AlertDelivery.claim).where(AlertDelivery.id.in_(ids))).all()
    taken = session.execute(
        update(AlertDelivery)
        .where(AlertDelivery.id.in_(ids), *which)
        .values(due_at=now + AGAIN_AFTER, claim=token, batch=batch, tries=AlertDelivery.tries + 1)
        .returning(AlertDelivery.id, AlertDelivery.alert_id, AlertDelivery.tries),
        execution_options={"synchronize_session": False},
    ).all()
    if not taken:
        return None
    return Claimed(
        route_id=route.id,
        person_id=route.person_id,
        channel=route.channel,
        has_words=route.has_words,
        quiet=quiet_of(route.quiet_from_min, route.quiet_to_min),
        passes_quiet=route.passes_quiet,
        token=token,
        batch=batch,
        tries=max(row.tries for row in taken),
        is_unsure=any(was),
        alert_ids=tuple(row.alert_id for row in sorted(taken, key=lambda row: row.id)),
    )


def _settle(session: Session, claimed: Claimed, values: dict[str, Any]) -> bool:
    """False where the claim has lapsed, and another worker has it. The way is held first, as whoever claims does."""
    session.execute(select(AlertRoute.id).where(AlertRoute.id == claimed.route_id).with_for_update(key_share=True))
    done = session.execute(
        update(AlertDelivery)
        .where(AlertDelivery.claim == claimed.token)
        .values(claim=None, **values)
        .returning(AlertDelivery.id),
        execution_options={"synchronize_session": False},
    )
    return bool(done.all())
