"""Ways of alerts that keep failing: when their person is told, and what a test that gets through puts right.

A way is broken once `BROKEN_FROM` alerts in a row were given up, or, of mails, which are tried on for as long as it
takes, have been tried as often as others would be. One alert may be at fault itself; three in a row are not. Whoever
marks it puts down the mail about it in the same transaction, once for each time it fails: anything that gets through
ends that time, as do a new address and switching it off. Functions flush and never commit.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, func, or_, select, update
from sqlalchemy.orm import Session

from .models import Alert, AlertChannel, AlertDelivery, AlertRoute, AlertState, MailKind
from .outbox import Order, put_mails

BROKEN_FROM: Final = 3  # alerts
AGAIN_WITHIN: Final = timedelta(days=7)  # what was found earlier is no news
_PLAIN: Final = {"synchronize_session": False}


def note_failure(session: Session, route_id: int, *, worn_from: int, now: datetime) -> bool:
    """A try failed, and whoever calls holds the way. Whether it is broken by this one.

    `worn_from` is the number of tries from which on an alert that still waits counts as not got through. Its person
    hears of a service by mail as well; of a mail that takes nothing the pages alone can tell.
    """
    since = session.scalar(
        update(AlertRoute)
        .where(AlertRoute.id == route_id)
        .values(failing_since_at=func.coalesce(AlertRoute.failing_since_at, now))
        .returning(AlertRoute.failing_since_at),
        execution_options=_PLAIN,
    )
    if since is None:
        return False  # taken away meanwhile
    lost = select(func.count()).where(AlertDelivery.route_id == route_id, _is_lost(since, worn_from=worn_from))
    if (session.scalar(lost) or 0) < BROKEN_FROM:
        return False
    row = session.execute(
        update(AlertRoute)
        .where(AlertRoute.id == route_id, AlertRoute.broken_at.is_(None))
        .values(broken_at=now)
        .returning(AlertRoute.person_id, AlertRoute.channel),
        execution_options=_PLAIN,
    ).one_or_none()
    if row is None:
        return False
    if row.channel is AlertChannel.SERVICE:
        order = Order(person_id=row.person_id, case_id=None, note_id=None, facts={}, alert_route_id=route_id)
        put_mails(session, MailKind.BROKEN_WAY, [order], due_at=now, now=now)
    return True


def note_success(session: Session, route_id: int, *, now: datetime) -> None:
    """Something got through."""
    _heal(session, route_id, sent_at=now)


def note_test_passed(session: Session, route_id: int, *, now: datetime) -> int:
    """A test got through: what waits for its next try goes out now, and of a broken way what was given up meanwhile
    goes out once more, as far as it is news and still to be told. How many of the latter.
    """
    since = session.execute(
        select(AlertRoute.failing_since_at, AlertRoute.broken_at)
        .where(AlertRoute.id == route_id)
        .with_for_update(key_share=True)
    ).one_or_none()
    if since is None or since.failing_since_at is None:
        return 0
    _heal(session, route_id)
    hurry(session, route_id, now=now)
    if since.broken_at is None:
        return 0  # a single alert that was refused may be at fault itself
    recent = select(Alert.id).where(Alert.found_at > now - AGAIN_WITHIN)
    anew = session.execute(
        update(AlertDelivery)
        .where(
            AlertDelivery.route_id == route_id,
            AlertDelivery.state == AlertState.GIVEN_UP,
            AlertDelivery.settled_at >= since.failing_since_at,
            AlertDelivery.alert_id.in_(recent),
        )
        .values(
            state=AlertState.WAITING, tries=0, due_at=now, not_before_at=now, batch=None, settled_at=None, trouble=""
        )
        .returning(AlertDelivery.id),
        execution_options=_PLAIN,
    )
    return len(anew.all())


def hurry(session: Session, route_id: int, *, now: datetime) -> None:
    """What waits for its next try is due, and tried as often again."""
    waits = (AlertDelivery.route_id == route_id, AlertDelivery.state == AlertState.WAITING)
    session.execute(
        update(AlertDelivery)
        .where(*waits, AlertDelivery.claim.is_(None), AlertDelivery.tries > 0)
        .values(due_at=now, tries=0),
        execution_options=_PLAIN,
    )


def _is_lost(since: datetime, *, worn_from: int) -> ColumnElement[bool]:
    """An alert that did not get through, of a way that has failed since then."""
    return or_(
        and_(AlertDelivery.state == AlertState.GIVEN_UP, AlertDelivery.settled_at >= since),
        and_(AlertDelivery.state == AlertState.WAITING, AlertDelivery.tries >= worn_from),
    )


def _heal(session: Session, route_id: int, **values: Any) -> None:
    session.execute(
        update(AlertRoute).where(AlertRoute.id == route_id).values(failing_since_at=None, broken_at=None, **values),
        execution_options=_PLAIN,
    )
