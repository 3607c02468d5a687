"""Finds what people are to be alerted of, and sends it: claim a message, write it, send it, say what came of it."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from crawlers.notifier import Notified, notify
from db import alerting
from db.alert_contents import AlertMessage, message_of
from db.alert_outbox import Claimed, claim_message, drop, put_off, record_failed, record_sent
from db.alert_routes import RouteRow, address_of, forget_removed
from db.alerting import Found, put_alerts
from db.errors import BadValue
from db.hours import zone_of
from db.models import AlertChannel, AlertReason
from db.phrases import say
from db.queries.anger_counts import AngerCounts, anger_counts
from db.queries.places import named_places
from db.session import read_scope, session_scope
from db.vault import vault_of
from db.wording import printable

from ..alert_texts import AlertText, alert_mail, alert_text, trial_mail
from ..alert_words import short_phrase
from ..mail import Mailer, MailError, build_mailer
from ..mail_links import way_off_address
from ..wiring import Sends, Services

log = logging.getLogger(__name__)

HISTORY = {1: 84, 7: 12}  # periods of so many days that a day, or a week, is compared with: 12 weeks
DAYS_LEAST = 28  # of history: a place that is younger has no usual yet
REVIEWS_LEAST = 10  # in that history: a place that hardly anybody writes about has none
FINDERS: tuple[Callable[[Session, datetime, datetime], list[Found]], ...] = (
    lambda session, after, now: alerting.find_reviews(session, after=after, now=now),
    lambda session, after, now: alerting.find_targets(session, after=after, now=now),
    lambda session, after, now: alerting.find_follow_ups(session, after=after, now=now),
    lambda session, after, now: alerting.find_sources(session, now=now),  # noqa: ARG005 - as the others
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of one try. `trouble` is a sentence."""

    is_sent: bool
    trouble: str = ""
    is_final: bool = False


def find_alerts(services: Services) -> int:
    """Put down what is new of reviews, targets, follow-ups and sources; how many."""
    count = 0
    for find in FINDERS:
        while True:
            with session_scope(services.engine) as session:
                now = services.clock()
                found = find(session, alerting.since(session, now=now), now)
                new = put_alerts(session, found, now=now)
            count += new
            if not new or len(found) < alerting.AT_ONCE:
                break
    return count


def find_spikes(services: Services) -> int:
    """Put down places with more angry reviews than their own history explains; how many."""
    with session_scope(services.engine) as session:
        now = services.clock()
        alerting.since(session, now=now)
        return put_alerts(session, spikes(session, now=now), now=now)


def rehearse(services: Services) -> list[str]:
    """What would be put down now, a line each, in English; nothing is kept."""
    with services.engine.connect() as connection, Session(connection) as session:
        now = services.clock()
        after = alerting.since(session, now=now)
        found = [one for find in FINDERS for one in find(session, after, now)] + spikes(session, now=now)
        places = {one.id: one.name for one in named_places(session, places=None)}
        session.rollback()
    return [f"{printable(places[one.location_id])}: {short_phrase(one.reason, one.facts)}" for one in found]


def spikes(session: Session, *, now: datetime) -> list[Found]:
    """Places with an unusual day, and those with an unusual week and no such day in it."""
    from scoring.spikes import unusual

    found: dict[int, Found] = {}
    for days, periods in HISTORY.items():
        for place in anger_counts(session, days=days, periods=periods, now=now):
            known = len(place.before) * days
            is_enough = known >= DAYS_LEAST and place.reviews >= REVIEWS_LEAST
            spike = unusual(place.now, place.before) if is_enough else None
            if spike is None or place.location_id in found:
                continue
            found[place.location_id] = Found(
                key=_spike_key(place, days, now=now),
                reason=AlertReason.SPIKE,
                location_id=place.location_id,
                facts={
                    "count": spike.count,
                    "low": spike.low,
                    "high": spike.high,
                    "days": days,
                    "weeks": known // 7,
                },
            )
    told = alerting.spikes_told(session, found, now=now)
    return [one for one in found.values() if one.location_id not in told]


def send_alerts(services: Services, *, within_s: float, mailer: Mailer | None = None) -> int:
    """Send what is due, until nothing is or the time is over; how many messages got through.

    A way that takes nothing is left alone until the next sweep, and with the mail server all mails.
    """
    mailer = mailer or build_mailer(services.web, services.database.data_dir)
    until = time.monotonic() + within_s
    count, resting = 0, set[AlertChannel | int]()
    while time.monotonic() < until:
        with session_scope(services.engine) as session:
            now = services.clock()
            claimed = claim_message(session, now=now, without=resting)
            message = message_of(session, claimed, now=now) if claimed else None
            if claimed and message:
                _leave_out(session, claimed, message, now=now)
        if claimed is None or message is None:
            break
        if not message.lines:
            continue
        outcome = _send(services, mailer, claimed, message)
        with session_scope(services.engine) as session:
            _record(session, claimed, outcome, now=services.clock())
        count += outcome.is_sent
        if not outcome.is_sent:
            log.warning("an alert was not taken route=%d tries=%d", claimed.route_id, claimed.tries)
            is_server = claimed.channel is AlertChannel.MAIL and not outcome.is_final
            resting.add(AlertChannel.MAIL if is_server else claimed.route_id)
    return count


def forget(services: Services) -> None:
    """Drop old alerts with their log, and ways that were taken away."""
    with session_scope(services.engine) as session:
        alerting.forget_old(session, now=services.clock())
        forget_removed(session, now=services.clock())


def try_way(services: Sends, row: RouteRow, text: AlertText, *, email: str) -> Outcome:
    """Send a text on a way now, for its person to see whether it arrives."""
    if row.channel is not AlertChannel.MAIL:
        return send_on(services, row.id, text)
    mailer = build_mailer(services.web, services.database.data_dir)
    try:
        off = way_off_address(services.web, services.database, row.id)
        mailer.send(trial_mail(services.web, email, text, off=off, now=services.clock()))
    except MailError as error:
        return _not_taken(error)
    return Outcome(is_sent=True)


def send_on(services: Sends, route_id: int, text: AlertText) -> Outcome:
    """Send a text to the service of a way, once."""
    try:
        with read_scope(services.engine) as session:
            address = address_of(session, route_id, vault_of(services.database))
    except BadValue:
        trouble = say("The stored address cannot be read: its key is another one. Enter the address again.")
        return Outcome(is_sent=False, trouble=trouble, is_final=True)
    if not address:
        return Outcome(is_sent=False, trouble=say("The way is gone."), is_final=True)
    found: Notified = notify(address, title=text.title, body=text.body, crawl=services.crawl)
    return Outcome(is_sent=found.is_sent, trouble=found.trouble, is_final=found.is_final)


def _send(services: Sends, mailer: Mailer, claimed: Claimed, message: AlertMessage) -> Outcome:
    now = services.clock()
    is_mail = claimed.channel is AlertChannel.MAIL
    text = alert_text(
        services.web,
        message,
        is_mail=is_mail,
        has_words=claimed.has_words,
        is_unsure=claimed.is_unsure and not is_mail,  # of two mails of one id a mail program shows one
        now=now,
    )
    if not is_mail:
        return send_on(services, claimed.route_id, text)
    try:
        off = way_off_address(services.web, services.database, claimed.route_id)
        mailer.send(alert_mail(services.web, message, text, batch=f"alert.{claimed.batch}", off=off, now=now))
    except MailError as error:
        return _not_taken(error)
    return Outcome(is_sent=True)


def _not_taken(error: MailError) -> Outcome:
    trouble = say("The mail was not taken: %(why)s", why=str(error))
    return Outcome(is_sent=False, trouble=trouble, is_final=error.permanent)


def _leave_out(session: Session, claimed: Claimed, message: AlertMessage, *, now: datetime) -> None:
    for why, ids in message.dropped.items():
        drop(session, claimed, ids, why, now=now)
    for until, ids in message.put_off.items():
        put_off(session, claimed, ids, until)


def _record(session: Session, claimed: Claimed, outcome: Outcome, *, now: datetime) -> None:
    if outcome.is_sent:
        record_sent(session, claimed, now=now)
    else:
        record_failed(session, claimed, outcome.trouble, is_final=outcome.is_final, now=now)


def _spike_key(place: AngerCounts, days: int, *, now: datetime) -> str:
    day = now.astimezone(zone_of(place.timezone)).date()
    year, week, _ = day.isocalendar()
    return f"spike:{place.location_id}:{day}" if days == 1 else f"spike:{place.location_id}:{year}-W{week:02}"
