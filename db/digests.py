"""When the weekly digest goes out, and to whom it has gone.

It goes to everybody who may read anything and wants it, in the hour that the owner has set, on the clocks of the place:
of those of somebody who has places in several zones, on the clocks that most of them have. Of a week everybody is sent
it once: whoever puts the row of `DigestIssue` down sends it, in the transaction that puts the mail into the outbox.
After a standstill only the last moment that went by counts, so one digest comes and not one for each week.

Functions flush and never commit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from .errors import BadValue
from .hours import zone_of
from .kept import Kept, keep, kept
from .mail_wishes import wants
from .models import DigestIssue, Location, MailKind, Person, Setting
from .outbox import Order, put_mails
from .people import access_of
from .phrases import say
from .queries.week_figures import week_after, week_of
from .roles import Act
from .upserts import insert_new

MONDAY: Final = 1
USUAL_HOUR: Final = 7
_DAYS, _HOURS = range(1, 8), range(24)
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """When it goes out, on the clocks of a place."""

    weekday: int = MONDAY  # as ISO 8601 counts: 1 is Monday
    hour: int = USUAL_HOUR  # 0 to 23

    def last(self, timezone: str, *, now: datetime) -> datetime:
        """The latest such moment that is not to come."""
        zone = zone_of(timezone)
        day = now.astimezone(zone).date()
        day -= _DAY * ((day.isoweekday() - self.weekday) % 7)
        at = datetime.combine(day, time(self.hour), tzinfo=zone)
        return at if at <= now else datetime.combine(day - 7 * _DAY, time(self.hour), tzinfo=zone)


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDigest:
    person_id: int
    week: str  # "2026-W46"


def rhythm(session: Session) -> Rhythm:
    """The one that holds."""
    value = kept(session, Kept.DIGEST)
    return Rhythm(weekday=value.get("weekday", MONDAY), hour=value.get("hour", USUAL_HOUR))


def set_rhythm(session: Session, wanted: Rhythm, *, now: datetime) -> None:
    """Another one, from its next moment on.

    Raises:
        BadValue: there is no such day or hour.
    """
    if wanted.weekday not in _DAYS or wanted.hour not in _HOURS:
        raise BadValue(say("Choose a day of the week and a full hour."))
    if wanted != rhythm(session):
        keep(session, Kept.DIGEST, {"weekday": wanted.weekday, "hour": wanted.hour}, now=now)


def last_week(*, now: datetime, timezone: str) -> str:
    """The last week that is over there."""
    return week_after(week_of(now.astimezone(zone_of(timezone)).date()), -1)


def due_digests(session: Session, *, now: datetime) -> list[DueDigest]:
    """Whom to send which week, without those who have it.

    A moment that lies before somebody came, or before the owner set it, is nobody's: nobody hears of weeks in which
    they were not here, and an update of Amends does not have everybody sent the last one.
    """
    held = rhythm(session)
    since = session.scalar(select(Setting.changed_at).where(Setting.name == Kept.DIGEST))
    zones = dict(session.execute(select(Location.id, Location.timezone)).all())
    if since is None or not zones:
        return []
    moments: dict[str, datetime] = {}
    found = []
    people = select(Person).options(selectinload(Person.memberships)).where(Person.is_active).order_by(Person.id)
    for person in session.scalars(people):
        zone = _zone_of(person, zones) if wants(person, MailKind.DIGEST) else None
        if zone is None:
            continue
        at = moments.setdefault(zone, held.last(zone, now=now))
        if at >= since and at >= person.created_at:
            found.append(DueDigest(person_id=person.id, week=last_week(now=at, timezone=zone)))
    weeks = {one.week for one in found}
    issued = select(DigestIssue.person_id, DigestIssue.week).where(DigestIssue.week.in_(weeks))
    done = {(person_id, week) for person_id, week in session.execute(issued)}
    return [one for one in found if (one.person_id, one.week) not in done]


def issue_digest(session: Session, due: DueDigest, *, now: datetime) -> bool:
    """Have it sent, unless somebody else has; whether it was us."""
    row = {"person_id": due.person_id, "week": due.week, "issued_at": now}
    if not insert_new(session, DigestIssue, [row], returning=(DigestIssue.person_id,)):
        return False
    order = Order(person_id=due.person_id, case_id=None, note_id=None, facts={"week": due.week})
    put_mails(session, MailKind.DIGEST, [order], due_at=now, now=now)
    return True


def _zone_of(person: Person, zones: Mapping[int, str]) -> str | None:
    """That of most of their places, by name where several have as many; None for somebody without a place."""
    places = access_of(person).places(Act.READ)
    counted = Counter(zone for id_, zone in zones.items() if places is None or id_ in places)
    return min(counted, key=lambda zone: (-counted[zone], zone)) if counted else None
