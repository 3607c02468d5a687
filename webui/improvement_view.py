"""What pages show of an improvement action: where it stands, its history, and its cause before it and after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from db.absences import day_at
from db.models import ImprovementChange, ImprovementState
from db.queries.improvements import (
    LOOK_AFTER_DAYS,
    Effect,
    ImprovementRow,
    StepRow,
    Window,
    effects,
    look_again_on,
)
from scoring.chance import WHOLE_LEAST, Finding, compare

from .cause_lists import named_cause
from .filters import Instant, in_words, when
from .i18n import gettext, ngettext
from .improvement_words import CHANGES, FINDINGS, STATES
from .labels import label
from .shown import one_line
from .trends import Counted, queue_url


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """Before or after."""

    words: str  # "8 weeks before"
    counted: Counted


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectView:
    """`sides` are there when there is enough to compare them."""

    words: str
    finding: Finding
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImprovementView:
    row: ImprovementRow
    cause: str
    state: str
    due: str
    done: str  # empty: it is not
    is_late: bool
    effect: EffectView | None  # None: it is not done


@dataclass(frozen=True, slots=True, kw_only=True)
class StepView:
    words: str
    who: str
    moment: Instant
    changes: tuple[str, ...]


def improvement_views(session: Session, rows: Sequence[ImprovementRow], *, now: datetime) -> list[ImprovementView]:
    """One statement for all of them."""
    found = effects(session, rows, now=now)
    return [_view(row, found.get(row.id), now=now) for row in rows]


def step_views(steps: Sequence[StepRow], *, timezone: str, now: datetime) -> list[StepView]:
    """The history in words. Of texts it is told that they were changed, not how they were."""
    return [
        StepView(
            words=label(CHANGES, step.kind),
            who=step.person_name,
            moment=when(step.happened_at, now=now, timezone=timezone),
            changes=tuple(_changes(step)) if step.kind is not ImprovementChange.OPENED else (),
        )
        for step in steps
    ]


def _view(row: ImprovementRow, effect: Effect | None, *, now: datetime) -> ImprovementView:
    today = day_at(now, row.timezone)
    is_open = row.state is ImprovementState.OPEN
    return ImprovementView(
        row=row,
        cause=named_cause(row.cause_key, row.cause_name),
        state=label(STATES, row.state),
        due=in_words(row.due_on),
        done=in_words(row.done_on) if row.done_on else "",
        is_late=is_open and row.due_on < today,
        effect=_effect(row, effect, row.done_on, today) if effect and row.done_on else None,
    )


def _effect(row: ImprovementRow, effect: Effect, done_on: date, today: date) -> EffectView:
    before, after = effect.before, effect.after
    finding = Finding.TOO_FEW
    if after is not None and after.days >= LOOK_AFTER_DAYS:
        finding = compare(after.cases, after.reviews, before.cases, before.reviews).finding
    if after is None or finding is Finding.TOO_FEW:
        again = look_again_on(effect, done_on, least=WHOLE_LEAST, today=today)
        words = (
            gettext("Too few to say, look again on %(day)s.", day=in_words(again))
            if again
            else gettext("Too few to say: there are too few reviews or cases in the eight weeks on either side.")
        )
        return EffectView(words=words, finding=Finding.TOO_FEW, sides=())
    sides = (
        Side(words=_length(before, gettext("before")), counted=_counted(row, before)),
        Side(words=_length(after, gettext("after")), counted=_counted(row, after)),
    )
    return EffectView(words=label(FINDINGS, finding), finding=finding, sides=sides)


def _length(window: Window, which: str) -> str:
    return ngettext("%(num)s day %(which)s", "%(num)s days %(which)s", window.days, which=which)


def _counted(row: ImprovementRow, window: Window) -> Counted:
    url = queue_url(row.location_slug, (window.first, window.last), str(row.cause_id))
    return Counted(cases=window.cases, reviews=window.reviews, url=url)


def _changes(step: StepRow) -> list[str]:
    found = []
    if "title" in step.after:
        found.append(gettext("what shall change"))
    if "owner_name" in step.after:
        found.append(_from_to(gettext("owner"), step, "owner_name"))
    if "due_on" in step.after:
        found.append(_from_to(gettext("day"), step, "due_on", is_day=True))
    if step.after.get("done_on"):
        found.append(gettext("since %(day)s", day=_day(step.after["done_on"])))
    return found


def _from_to(what: str, step: StepRow, name: str, *, is_day: bool = False) -> str:
    old, new = (one_line(str(side.get(name) or "")) for side in (step.before, step.after))
    if is_day:
        old, new = _day(old), _day(new)
    return gettext("%(what)s: %(old)s → %(new)s", what=what, old=old, new=new)


def _day(kept: Any) -> str:
    return in_words(date.fromisoformat(str(kept)))
