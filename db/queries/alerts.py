"""The log of alerts: what somebody was told, on which of their ways, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ..models import Alert, AlertDelivery, AlertReason, AlertRoute, AlertState, Location

LOG_MOST: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class LogRow:
    """One alert on one way."""

    route_id: int
    reason: AlertReason
    facts: dict[str, Any]
    location_name: str
    timezone: str
    review_id: int | None
    found_at: datetime
    state: AlertState
    tries: int
    due_at: datetime
    settled_at: datetime | None
    trouble: str  # a sentence


def alert_log(session: Session, person_id: int, *, state: AlertState | None = None) -> list[LogRow]:
    """The latest before, of the ways that somebody still has; of one state only, where it is asked for."""
    wanted = (
        select(
            AlertDelivery.route_id,
            Alert.reason,
            Alert.facts,
            Location.name.label("location_name"),
            Location.timezone,
            Alert.review_id,
            Alert.found_at,
            AlertDelivery.state,
            AlertDelivery.tries,
            AlertDelivery.due_at,
            AlertDelivery.settled_at,
            AlertDelivery.trouble,
        )
        .join(Alert, Alert.id == AlertDelivery.alert_id)
        .join(AlertRoute, AlertRoute.id == AlertDelivery.route_id)
        .join(Location, Location.id == Alert.location_id)
        .where(AlertRoute.person_id == person_id, AlertRoute.removed_at.is_(None))
    )
    wanted = wanted if state is None else wanted.where(AlertDelivery.state == state)
    rows = session.execute(wanted.order_by(AlertDelivery.id.desc()).limit(LOG_MOST))
    return [LogRow(**row) for row in rows.mappings()]


def alert_counts(session: Session, person_id: int) -> dict[AlertState, int]:
    """How many of each state there are in the log."""
    counts: dict[AlertState, int] = dict(
        session.execute(
            select(AlertDelivery.state, func.count())
            .join(AlertRoute, AlertRoute.id == AlertDelivery.route_id)
            .where(AlertRoute.person_id == person_id, AlertRoute.removed_at.is_(None))
            .group_by(AlertDelivery.state)
        ).all()
    )
    return counts
