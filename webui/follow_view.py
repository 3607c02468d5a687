"""Follow-ups as pages show them: on the case, and in the list of all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from babel.dates import format_date
from sqlalchemy.orm import Session

from db.follow_ups import AHEAD_MOST, NOTE_MOST
from db.models import CaseStage, FollowUpOutcome
from db.queries.case_work import CaseWork
from db.queries.follow_ups import FollowUpRow, follow_ups_of

from .filters import Instant, in_words, when, zone
from .follow_words import BUTTONS, OUTCOMES, SHAPES
from .i18n import current_locale, gettext, ngettext
from .labels import label
from .offer_words import what_words

SUGGESTED_DAYS: Final = 3  # from today, in the form for a day by hand


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpView:
    row: FollowUpRow
    due: str  # "today", "overdue since 12 November 2026", "on Tuesday 1 December"
    is_due: bool  # today or before, and nobody has asked yet
    is_late: bool
    about: str  # what was given; empty where it was set by hand
    outcome: str
    shape: str
    closed: Instant | None
    may_reopen: bool
    in_charge: str  # empty: nobody


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpsView:
    """Those of one case, and what comes next."""

    open: tuple[FollowUpView, ...]
    asked: tuple[FollowUpView, ...]
    buttons: tuple[tuple[str, str], ...]
    is_unsettled: bool  # the customer is not content, and nothing has been done about it
    unsettled: Instant | None
    may_end: bool  # the customer is content: the case can be closed
    today: date
    latest: date  # that may be chosen
    suggested: date
    note_most: int = NOTE_MOST


def follow_ups_view(session: Session, work: CaseWork, *, now: datetime) -> FollowUpsView:
    """Read and tell them."""
    views = [follow_up_view(one, now=now) for one in follow_ups_of(session, work.id)]
    asked = tuple(one for one in views if one.row.outcome is not None)
    said = [one.row.outcome for one in asked if one.row.outcome is not FollowUpOutcome.TAKEN_BACK]
    last = max(
        (one.row for one in asked if one.row.outcome is not FollowUpOutcome.TAKEN_BACK and one.row.closed_at),
        key=lambda row: (row.closed_at, row.id),
        default=None,
    )
    is_ended = work.stage in (CaseStage.DONE, CaseStage.NOT_PURSUED)
    today = now.astimezone(zone(work.timezone)).date()
    return FollowUpsView(
        open=tuple(one for one in views if one.row.outcome is None),
        asked=asked,
        buttons=outcome_buttons(),
        is_unsettled=work.unsettled_at is not None,
        unsettled=when(work.unsettled_at, now=now, timezone=work.timezone) if work.unsettled_at else None,
        may_end=bool(said) and last is not None and last.outcome is FollowUpOutcome.CONTENT and not is_ended,
        today=today,
        latest=today + AHEAD_MOST,
        suggested=today + timedelta(days=SUGGESTED_DAYS),
    )


def outcome_buttons() -> tuple[tuple[str, str], ...]:
    """(value, words) of what a person may say came of it."""
    return tuple(
        (one.value, label(BUTTONS, one.value)) for one in FollowUpOutcome if one is not FollowUpOutcome.TAKEN_BACK
    )


def follow_up_view(row: FollowUpRow, *, now: datetime) -> FollowUpView:
    """One in words."""
    today = now.astimezone(zone(row.timezone)).date()
    is_open = row.outcome is None
    return FollowUpView(
        row=row,
        due=_due_words(row.due_on, today, is_open=is_open),
        is_due=is_open and row.due_on <= today,
        is_late=is_open and row.due_on < today,
        about=what_words(
            row.offer_kind, row.offer_value_minor or 0, row.offer_currency or "EUR", row.offer_description or ""
        )
        if row.offer_kind is not None
        else "",
        outcome=label(OUTCOMES, row.outcome.value) if row.outcome else "",
        shape=SHAPES[row.outcome] if row.outcome else "wait",
        closed=when(row.closed_at, now=now, timezone=row.timezone) if row.closed_at else None,
        may_reopen=row.outcome is not None and row.outcome is not FollowUpOutcome.TAKEN_BACK,
        in_charge=row.assignee_name or row.made_by_name,
    )


def due_in_short(overdue: int, today: int, coming: int) -> str:
    """ "2 overdue, 1 today, 5 coming": what there is of it."""
    parts = [
        ngettext("%(num)s overdue", "%(num)s overdue", overdue) if overdue else "",
        ngettext("%(num)s today", "%(num)s today", today) if today else "",
        ngettext("%(num)s coming", "%(num)s coming", coming) if coming else "",
    ]
    return ", ".join(part for part in parts if part)


def _due_words(day: date, today: date, *, is_open: bool) -> str:
    if not is_open:
        return in_words(day)
    if day == today:
        return gettext("today")
    if day < today:
        return gettext("overdue since %(day)s", day=in_words(day))
    if day == today + timedelta(days=1):
        return gettext("tomorrow")
    if day.year == today.year:
        return format_date(day, "EEEE d MMMM", locale=current_locale())
    return in_words(day)
