"""That somebody is away, and who stands in, in words."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from db.absences import Absences
from db.deputies import AwayHere, away_here

from .filters import in_words
from .i18n import gettext
from .shown import one_line


def away_words(away: AwayHere) -> str:
    """After a name: "away until 3 Dec; Ben stands in"."""
    day = in_words(away.until_on)
    if away.stand_in:
        return gettext("away until %(day)s; %(name)s stands in", day=day, name=one_line(away.stand_in))
    return gettext("away until %(day)s; nobody stands in", day=day)


def away_sentence(session: Session, person_id: int | None, name: str, *, place: tuple[int, str], now: datetime) -> str:
    """What whoever gives them a case should know; empty where they are there. `place` is its id and time zone."""
    location_id, timezone = place
    absences = Absences(session, now=now)
    away = away_here(session, absences, location_id=location_id, timezone=timezone).get(person_id or 0)
    if away is None:
        return ""
    who, day = one_line(name), in_words(away.until_on)
    if not away.stand_in:
        return gettext("%(who)s is away until %(day)s, and nobody stands in.", who=who, day=day)
    deputy = one_line(away.stand_in)
    return gettext("%(who)s is away until %(day)s; %(name)s stands in.", who=who, day=day, name=deputy)
