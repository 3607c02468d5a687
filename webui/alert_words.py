"""Alerts in words: why somebody hears of something, on which ways, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from db.alert_routes import RouteRow
from db.alerting import FURIOUS
from db.models import AlertChannel, AlertReason, AlertState

from .i18n import N_, gettext, ngettext
from .shown import one_line

REASONS = {
    AlertReason.RISK: N_("A review that tells of danger, an allergy, discrimination, a lawyer, the press or a threat"),
    AlertReason.FURIOUS: N_("A furious review, or one that is almost certainly angry"),
    AlertReason.TARGET: N_("The time for an answer is nearly over"),
    AlertReason.FOLLOW_UP: N_("A customer is to be asked today whether they are content"),
    AlertReason.SOURCE: N_("A source can no longer be read, or shows far less than before"),
    AlertReason.SPIKE: N_("More angry reviews than is usual at the place"),
}
SHORT = {  # in a list, and as the beginning of a message
    AlertReason.RISK: N_("Review with a risk"),
    AlertReason.FURIOUS: N_("Furious review"),
    AlertReason.TARGET: N_("Answer nearly overdue"),
    AlertReason.FOLLOW_UP: N_("Customer to be asked"),
    AlertReason.SOURCE: N_("Source needs a look"),
    AlertReason.SPIKE: N_("Unusually many angry reviews"),
}
SURE = N_("Almost certainly angry")  # in place of "furious", and of a level that is less
STATES = {
    AlertState.WAITING: N_("Waiting"),
    AlertState.SENT: N_("Sent"),
    AlertState.GIVEN_UP: N_("Given up"),
    AlertState.DROPPED: N_("Not needed any more"),
}
SHAPES = {
    AlertState.WAITING: "new",
    AlertState.SENT: "fine",
    AlertState.GIVEN_UP: "look",
    AlertState.DROPPED: "new",
}


def route_name(row: RouteRow) -> str:
    """What a way is called: as its person says, else by its service."""
    if row.name:
        return one_line(row.name)
    return gettext("Mail") if row.channel is AlertChannel.MAIL else one_line(row.service)


def is_sure_only(facts: Mapping[str, Any]) -> bool:
    """Whether a review is told as almost certainly angry, and not as furious."""
    return bool(facts.get("is_sure")) and facts.get("level") != FURIOUS


def short_phrase(reason: AlertReason, facts: Mapping[str, Any]) -> str:
    """Why somebody is told, in a few words, in English."""
    return SURE if reason is AlertReason.FURIOUS and is_sure_only(facts) else SHORT[reason]


def short_words(reason: AlertReason, facts: Mapping[str, Any]) -> str:
    """The same as the reader says it: in the log, and as the beginning of a message."""
    return gettext(short_phrase(reason, facts))


def bundle_words(minutes: int) -> str:
    """How long alerts are gathered that are not urgent."""
    if minutes == 0:
        return gettext("not at all: each goes out at once")
    if minutes % 60 == 0:
        return ngettext("for %(num)s hour", "for %(num)s hours", minutes // 60)
    return ngettext("for %(num)s minute", "for %(num)s minutes", minutes)


def spike_words(count: int, low: int, high: int, *, days: int, weeks: int) -> str:
    """An unusual number with what is usual, and since when that is known."""
    came = (
        ngettext("%(num)s angry review in 24 hours", "%(num)s angry reviews in 24 hours", count)
        if days == 1
        else ngettext("%(num)s angry review in 7 days", "%(num)s angry reviews in 7 days", count)
    )
    if low == high:
        usual = ngettext("usual is %(num)s", "usual are %(num)s", high) if high else gettext("usually there are none")
    else:
        usual = gettext("usual are %(low)s to %(high)s", low=low, high=high)
    return gettext("%(came)s; %(usual)s, by the %(weeks)s weeks before", came=came, usual=usual, weeks=weeks)
