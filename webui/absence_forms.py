"""The days that somebody is away as they are entered: on their own account page, or by whoever looks after them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from flask import request
from sqlalchemy.orm import Session

from db.absences import Away, add_absence, coming_absences, first_day
from db.errors import BadValue
from db.people import Named, people_at
from db.phrases import say
from db.roles import Access, Act

from .told import told


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceView:
    """What the pages show: the days to come, who may stand in, and the form as it was typed."""

    coming: Sequence[Away]
    deputies: Sequence[Named]
    today: date
    fault: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)


def absence_view(session: Session, person_id: int, access: Access, *, now: datetime, fault: str = "") -> AbsenceView:
    """Of this person, who has this access. With `fault` the form stands as it was sent."""
    return AbsenceView(
        coming=coming_absences(session, [person_id], now=now).get(person_id, []),
        deputies=deputies_of(session, person_id, access),
        today=first_day(session, now=now),
        fault=fault,
        typed=request.form if fault else {},
    )


def deputies_of(session: Session, person_id: int, access: Access) -> list[Named]:
    """Those who work at a place where this person does, or reads where they work nowhere."""
    act = Act.WORK if access.may(Act.WORK) else Act.READ
    return [one for one in people_at(session, act, access.places(act)) if one.id != person_id]


def enter_absence(session: Session, person_id: int, access: Access, *, now: datetime) -> str:
    """Keep what was sent, in the form or with the button that brings it back; why it cannot be kept, or nothing."""
    try:
        deputy_id = _deputy(request.values.get("deputy", ""), deputies_of(session, person_id, access))
        from_on, until_on = _day(request.values.get("from_on", "")), _day(request.values.get("until_on", ""))
        add_absence(session, person_id, deputy_id, from_on=from_on, until_on=until_on, now=now)
    except BadValue as error:
        return told(str(error))
    return ""


def again(away: Away) -> dict[str, Any]:
    """What the address of the button that brings it back carries."""
    return {
        "from_on": away.from_on.isoformat(),
        "until_on": away.until_on.isoformat(),
        "deputy": str(away.deputy_id or ""),
    }


def _deputy(text: str, known: Sequence[Named]) -> int | None:
    found = next((one.id for one in known if str(one.id) == text), None)
    if text and found is None:
        raise BadValue(say("Choose somebody of the list, or nobody."))
    return found


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise BadValue(say("Choose the first and the last day.")) from error
