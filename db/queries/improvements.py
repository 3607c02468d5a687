"""Improvement actions as pages show them, and how often their cause came up before they were done and after."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from ..absences import day_at
from ..models import (
    Case,
    CaseState,
    Cause,
    Improvement,
    ImprovementChange,
    ImprovementState,
    ImprovementStep,
    Location,
    Review,
    Source,
)
from .spans import Span, is_in, spans_table

WINDOW_DAYS: Final = 56  # before the day it was done, and after it: eight weeks, so that each weekday counts as often
LOOK_AFTER_DAYS: Final = 28  # of fewer days after it nothing is said: what was written later about a visit before it
LISTED_MOST: Final = 200
BEFORE, AFTER = 0, 1
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImprovementRow:
    id: int
    location_id: int
    location_slug: str
    location_name: str
    timezone: str
    cause_id: int
    cause_key: str
    cause_name: str
    title: str
    work: str
    state: ImprovementState
    owner_id: int | None
    owner_name: str
    due_on: date
    done_on: date | None
    opened_at: datetime
    opened_by_name: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRow:
    kind: ImprovementChange
    happened_at: datetime
    person_id: int | None
    person_name: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Days before or after, both ends included, with what was written in them."""

    first: date
    last: date
    reviews: int
    cases: int  # of them those of the cause

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """Before it was done and after, as far as the days are over. Without an `after` none are."""

    before: Window
    after: Window | None


def improvement_row(session: Session, improvement_id: int) -> ImprovementRow | None:
    """One of them."""
    found = _rows(session, Improvement.id == improvement_id)
    return found[0] if found else None


def improvements(session: Session, state: ImprovementState, *, places: Collection[int] | None) -> list[ImprovementRow]:
    """Those in a state at these places (None: at all): open ones by their day, others the last done or opened first."""
    here = () if places is None else (Improvement.location_id.in_(places),)
    return _rows(session, Improvement.state == state, *here, is_latest_first=state is not ImprovementState.OPEN)


def open_for(session: Session, location_id: int, cause_id: int) -> list[ImprovementRow]:
    """What is being done about a cause at a place."""
    is_it = (Improvement.location_id == location_id, Improvement.cause_id == cause_id)
    return _rows(session, *is_it, Improvement.state == ImprovementState.OPEN)


def place_of_improvement(session: Session, improvement_id: int) -> int | None:
    """The id of the place where it is done."""
    return session.scalar(select(Improvement.location_id).where(Improvement.id == improvement_id))


def steps_of(session: Session, improvement_id: int) -> list[StepRow]:
    """Its history, the latest first."""
    names = ("kind", "happened_at", "person_id", "person_name", "before", "after")
    rows = session.execute(
        select(*(getattr(ImprovementStep, name) for name in names))
        .where(ImprovementStep.improvement_id == improvement_id)
        .order_by(ImprovementStep.id.desc())
    )
    return [StepRow(**row) for row in rows.mappings()]


def effects(session: Session, rows: Sequence[ImprovementRow], *, now: datetime) -> dict[int, Effect]:
    """Of those that are done, by id; one statement for all of them."""
    spans = [span for row in rows for span in _spans(row, now)]
    if not spans:
        return {}
    table = spans_table(spans)
    is_of_cause = case((Case.cause_id == Improvement.cause_id, 1), else_=0)
    found = session.execute(
        select(table.c.key, table.c.part, func.count(), func.sum(is_of_cause))
        .select_from(table)
        .join(Improvement, Improvement.id == table.c.key)
        .join(Source, Source.location_id == Improvement.location_id)
        .join(Review, (Review.source_id == Source.id) & is_in(table))
        .join(Case, Case.review_id == Review.id)
        .where(Case.state != CaseState.NOT_US)
        .group_by(table.c.key, table.c.part)
    )
    counts = {(key, part): (reviews, cases) for key, part, reviews, cases in found}
    windows: dict[tuple[int, int], Window] = {}
    for span in spans:
        reviews, cases = counts.get((span.key, span.part), (0, 0))
        windows[span.key, span.part] = Window(first=span.first, last=span.last, reviews=reviews, cases=cases)
    return {
        id_: Effect(before=windows[id_, BEFORE], after=windows.get((id_, AFTER)))
        for id_ in {span.key for span in spans}
    }


def look_again_on(effect: Effect, done_on: date, *, least: int, today: date) -> date | None:
    """When there may be enough to say, with `least` reviews on each side; None where there never will be.

    By the pace of the reviews before: that after is what one waits for.
    """
    end = done_on + timedelta(days=WINDOW_DAYS) + _DAY
    if effect.before.reviews < least or today >= end:
        return None
    wanted = max(LOOK_AFTER_DAYS, math.ceil(least * WINDOW_DAYS / effect.before.reviews))
    soon = done_on + timedelta(days=wanted) + _DAY
    return soon if today < soon < end else end


def _spans(row: ImprovementRow, now: datetime) -> list[Span]:
    if row.state is not ImprovementState.DONE or row.done_on is None:
        return []
    length = timedelta(days=WINDOW_DAYS)
    yesterday = day_at(now, row.timezone) - _DAY
    parts = [(BEFORE, row.done_on - length, row.done_on - _DAY)]
    if yesterday > row.done_on:
        parts.append((AFTER, row.done_on + _DAY, min(row.done_on + length, yesterday)))
    return [Span(key=row.id, part=part, timezone=row.timezone, first=first, last=last) for part, first, last in parts]


def _rows(session: Session, *which: ColumnElement[bool], is_latest_first: bool = False) -> list[ImprovementRow]:
    names = (
        "id", "location_id", "cause_id", "title", "work", "state", "owner_id", "owner_name", "due_on", "done_on",
        "opened_at", "opened_by_name", "version",
    )  # fmt: skip
    latest = func.coalesce(Improvement.done_on, Improvement.due_on).desc()
    rows = session.execute(
        select(
            *(getattr(Improvement, name) for name in names),
            Location.slug.label("location_slug"),
            Location.name.label("location_name"),
            Location.timezone,
            Cause.key.label("cause_key"),
            Cause.name.label("cause_name"),
        )
        .join(Location, Location.id == Improvement.location_id)
        .join(Cause, Cause.id == Improvement.cause_id)
        .where(*which)
        .order_by(latest if is_latest_first else Improvement.due_on, Improvement.id)
        .limit(LISTED_MOST)
    )
    return [ImprovementRow(**row) for row in rows.mappings()]
