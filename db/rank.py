"""Where a case stands in a list as one number: whole points of its priority, and among equal points the time left.

People see whole points, and a score is not so sure that a tenth of one means anything: what shows the same number is
equally urgent, and the one that has to be answered sooner stands first. What has no clock comes last of its equals.
One number and not two columns, for SQLite takes only one column of a key as the bound of a scan. Whoever writes a
priority or a due time of cases writes their rank as well.
"""

from __future__ import annotations

import math
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Double, SQLColumnExpression, cast, extract, func, update
from sqlalchemy.orm import Session

from .models import Case

# Above the seconds from 1970 to any due time (it lasts until 2514). A hundred points of it are far below 2**53, up to
# which a float tells whole numbers apart.
_POINT: Final = 2.0**34
# Priorities have one decimal. What lies half way goes up here as there: the databases and Python each round a half in
# their own way.
_TIE: Final = 1e-6

_Column = SQLColumnExpression[Any]


def points(priority: float) -> int:
    """The whole points that people see."""
    return round(priority + _TIE)


def rank(priority: float, due_at: datetime | None) -> float:
    """The rank of one case. The larger stands first."""
    return points(priority) * _POINT + (_POINT - math.floor(due_at.timestamp()) if due_at is not None else 0.0)


def rank_of(priority: _Column, due_at: _Column | None = None) -> ColumnElement[float]:
    """The same in SQL; without a due time, of cases that have none."""
    whole = func.round(priority + _TIE) * _POINT
    if due_at is None:
        return whole
    return whole + func.coalesce(_POINT - cast(extract("epoch", due_at), Double), 0.0)


def set_ranks(session: Session, which: ColumnElement[bool]) -> None:
    """Store the rank of these cases where their priority or due time, already stored, has made it another one."""
    wanted = rank_of(Case.priority, Case.due_at)
    session.execute(
        update(Case).where(which, Case.rank != wanted).values(rank=wanted),
        execution_options={"synchronize_session": False},
    )
