"""What stands in a message of alerts: read when it is sent, so that it tells what holds then, or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from .alert_outbox import Claimed
from .alerting import is_waking
from .health import ALARMING
from .models import (
    Alert,
    AlertReason,
    Case,
    CaseStage,
    CaseState,
    FollowUp,
    Location,
    Person,
    Retention,
    Review,
    Source,
)
from .people import access_of
from .phrases import say
from .queries.rows import QueueRow, rows_of
from .quiet_hours import quiet_until
from .roles import Access, Act
from .sign_ins import language_of

GONE = say("What it was about is no longer there.")
SETTLED = say("It was settled before this was sent.")
WELL = say("The source was well again before this was sent.")
CLOSED = say("Its person may no longer see this place.")


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertLine:
    """One alert, as it stands now."""

    reason: AlertReason
    facts: Mapping[str, Any]
    location_name: str
    location_slug: str
    timezone: str
    found_at: datetime
    row: QueueRow | None = None  # of its review
    may_quote: bool = False  # the terms of its source let its words be kept in a mail
    source_id: int | None = None
    source_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertMessage:
    """One to write and send, and what is left out of it, with the reasons."""

    name: str
    email: str
    language: str  # of the pages they saw last; empty where nobody knows
    lines: Sequence[AlertLine]
    dropped: Mapping[str, Sequence[int]]  # ids of alerts by the sentence that says why
    put_off: Mapping[datetime, Sequence[int]]  # ids of alerts by when their quiet hours end


def message_of(session: Session, claimed: Claimed, *, now: datetime) -> AlertMessage:
    """The message. A review that was answered or taken out meanwhile is told to nobody, nor a customer who was asked, a
    source that is well again, or anything to somebody who may no longer see the place.
    """
    person = session.scalars(
        select(Person).options(selectinload(Person.memberships)).where(Person.id == claimed.person_id)
    ).one()
    access = access_of(person) if person.is_active else Access()
    lines: list[AlertLine] = []
    dropped: dict[str, list[int]] = {}
    put_off: dict[datetime, list[int]] = {}
    found = session.execute(
        select(Alert, Location, Source, FollowUp.outcome)
        .join(Location, Location.id == Alert.location_id)
        .outerjoin(Review, Review.id == Alert.review_id)
        .outerjoin(Source, (Source.id == Alert.source_id) | (Source.id == Review.source_id))
        .outerjoin(FollowUp, FollowUp.id == Alert.follow_up_id)
        .where(Alert.id.in_(claimed.alert_ids))
        .order_by(Alert.found_at, Alert.id)
    ).all()
    rows = {row.review_id: row for row in _rows(session, found)}
    for alert, place, source, outcome in found:
        row = rows.get(alert.review_id or 0)
        why = _why_not(alert, row, source, access, is_asked=outcome is not None)
        if why:
            dropped.setdefault(why, []).append(alert.id)
            continue
        passes = claimed.passes_quiet and is_waking(alert.facts)
        if not passes and (until := quiet_until(claimed.quiet, place.timezone, now=now)):
            put_off.setdefault(until, []).append(alert.id)
            continue
        lines.append(
            AlertLine(
                reason=alert.reason,
                facts=alert.facts,
                location_name=place.name,
                location_slug=place.slug,
                timezone=place.timezone,
                found_at=alert.found_at,
                row=row,
                may_quote=source is not None and source.retention is Retention.STORE,
                source_id=alert.source_id,
                source_name=source.name if source is not None else "",
            )
        )
    if missing := sorted({*claimed.alert_ids} - {alert.id for alert, *_ in found}):
        dropped.setdefault(GONE, []).extend(missing)
    language = language_of(session, person.id)
    return AlertMessage(
        name=person.name, email=person.email, language=language, lines=lines, dropped=dropped, put_off=put_off
    )


def _rows(session: Session, found: Sequence[Any]) -> list[QueueRow]:
    ids = [row[0].review_id for row in found if row[0].review_id is not None]
    return rows_of(session, ids, by=Case.review_id) if ids else []


def _why_not(alert: Alert, row: QueueRow | None, source: Source | None, access: Access, *, is_asked: bool) -> str:
    """Why nobody needs to hear of it any more; empty where they do."""
    if not access.may(Act.READ, alert.location_id):
        return CLOSED
    if alert.reason is AlertReason.SOURCE:
        is_ailing = source is not None and source.is_enabled and source.health in ALARMING
        return "" if is_ailing else WELL
    if alert.reason is AlertReason.SPIKE:
        return ""
    if row is None or row.erased_for:
        return GONE
    if alert.reason is AlertReason.FOLLOW_UP:
        return SETTLED if is_asked or row.stage is CaseStage.NOT_PURSUED else ""
    is_open = row.state is CaseState.OPEN and row.stage is CaseStage.TODO
    return "" if is_open and (alert.reason is not AlertReason.TARGET or row.due_at is not None) else SETTLED
