"""Webhooks in words: what they may hear of, how they are, what came of each try."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from db.models import DeliveryState, OffFor
from db.queries.webhook_log import AttemptRow, LogRow
from db.webhook_events import TEST, Told
from db.webhooks import HookRow

from .filters import Instant, when
from .i18n import N_, gettext
from .labels import label
from .shown import one_line
from .told import told

EVENTS = {
    Told.CASE_OPENED: N_("A review or complaint has come in"),
    Told.CASE_STATE_CHANGED: N_("A case has changed its state"),
    Told.CASE_CLOSED: N_("Nothing is left to do about a case"),
    Told.OFFER_PROPOSED: N_("An offer was proposed"),
    Told.OFFER_APPROVED: N_("An offer was approved"),
    Told.OFFER_OFFERED: N_("The customer was told of an offer"),
    Told.OFFER_ACCEPTED: N_("An offer was accepted"),
    Told.OFFER_DECLINED: N_("An offer was declined"),
    Told.OFFER_ISSUED: N_("An offer was given out or paid"),
    Told.OFFER_REDEEMED: N_("A code was redeemed"),
    Told.OFFER_EXPIRED: N_("An offer was not used in time"),
    Told.OFFER_CANCELLED: N_("An offer was cancelled"),
    Told.FOLLOW_UP_CREATED: N_("A follow-up was planned"),
    Told.FOLLOW_UP_DUE: N_("A follow-up is due"),
    Told.FOLLOW_UP_OUTCOME: N_("A follow-up has an outcome"),
}
ALL_EVENTS = {str(kind): words for kind, words in EVENTS.items()} | {TEST: N_("A test")}
GROUPS = ((N_("Cases"), "case."), (N_("Offers"), "offer."), (N_("Follow-ups"), "follow_up."))
OFF = {
    OffFor.HAND: N_("Switched off"),
    OffFor.FAILED: N_("Switched off: nothing got through for three days"),
    OffFor.GONE: N_("Switched off: it answered that it wants no more (410)"),
}
STATES = {
    DeliveryState.PENDING: N_("Under way"),
    DeliveryState.DELIVERED: N_("Delivered"),
    DeliveryState.FAILED: N_("Given up"),
}
SHAPES = {DeliveryState.PENDING: "new", DeliveryState.DELIVERED: "fine", DeliveryState.FAILED: "look"}


@dataclass(frozen=True, slots=True, kw_only=True)
class HookView:
    """One webhook in the list."""

    row: HookRow
    state: str
    is_well: bool
    delivered: Instant | None
    places: Sequence[str] | None  # names of those it is held to; None: all


@dataclass(frozen=True, slots=True, kw_only=True)
class TryView:
    at: Instant
    words: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LineView:
    """One line of the delivery log."""

    row: LogRow
    what: str
    at: Instant
    state: str
    shape: str
    again: Instant | None  # when it is tried again
    tries: Sequence[TryView]


def hook_view(row: HookRow, places: Mapping[int, str], *, now: datetime) -> HookView:
    """How it is, in words; `places` are all names by id."""
    if not row.is_on:
        state = gettext(OFF[row.off_for or OffFor.HAND])
    elif row.failing_since_at is not None:
        state = gettext("Takes nothing at the moment: it is tried again")
    else:
        state = gettext("On")
    return HookView(
        row=row,
        state=state,
        is_well=row.is_on and row.failing_since_at is None,
        delivered=when(row.delivered_at, now=now, timezone="UTC") if row.delivered_at else None,
        places=None if row.place_ids is None else [places[one] for one in row.place_ids if one in places],
    )


def line_view(row: LogRow, *, is_on: bool, now: datetime) -> LineView:
    """What became of one message."""
    is_again = row.state is DeliveryState.PENDING and bool(row.attempts) and is_on
    return LineView(
        row=row,
        what=label(ALL_EVENTS, row.kind),
        at=when(row.happened_at, now=now, timezone="UTC"),
        state=gettext(STATES[row.state]),
        shape=SHAPES[row.state],
        again=when(row.due_at, now=now, timezone="UTC") if is_again else None,
        tries=[
            TryView(at=when(one.begun_at, now=now, timezone="UTC"), words=_try_words(one), answer=one_line(one.answer))
            for one in row.attempts
        ],
    )


def _try_words(one: AttemptRow) -> str:
    if one.status is not None:
        return gettext("Answer %(status)s after %(took)s ms", status=one.status, took=one.took_ms or 0)
    if one.trouble:
        return told(one.trouble)
    return gettext("Begun; the worker has not told what came of it")
