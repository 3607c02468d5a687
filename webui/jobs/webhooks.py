"""Sends what waits for webhooks: claim, sign, post, record. And tells owners of one that went off by itself."""

from __future__ import annotations

import logging
import time

from crawlers.webhook_sender import post, signed_headers
from db.errors import BadValue
from db.models import Webhook
from db.people import owners_of_all
from db.phrases import say
from db.session import read_scope, session_scope
from db.sign_ins import language_of
from db.vault import vault_of
from db.webhook_outbox import (
    Claimed,
    Outcome,
    case_facts,
    claim_delivery,
    forget_settled,
    owners_heard,
    record_outcome,
    went_off,
)
from db.webhooks import host_of, secrets_of

from ..i18n import gettext, speaking
from ..mail import Mailer, MailError, build_mailer, new_message
from ..shown import one_line
from ..webhook_bodies import message_body
from ..wiring import Sends, Services

log = logging.getLogger(__name__)


def deliver_due(services: Services, *, within_s: float, mailer: Mailer | None = None) -> int:
    """Send what is due, until nothing is or the time is over; how many got through.

    A webhook that takes nothing is left alone until the next sweep: it must not keep others waiting.
    """
    until = time.monotonic() + within_s
    count, resting = 0, set[int]()
    while time.monotonic() < until:
        with session_scope(services.engine) as session:
            claimed = claim_delivery(session, now=services.clock(), without=resting)
        if claimed is None:
            break
        if _deliver(services, claimed).is_done:
            count += 1
        else:
            resting.add(claimed.hook_id)
    with session_scope(services.engine) as session:
        forget_settled(session, now=services.clock())
    tell_owners(services, mailer or build_mailer(services.web, services.database.data_dir))
    return count


def deliver_one(services: Sends, delivery_id: int) -> Outcome | None:
    """Send this one now, if it is due and nobody else does."""
    with session_scope(services.engine) as session:
        claimed = claim_delivery(session, now=services.clock(), only=delivery_id)
    return _deliver(services, claimed) if claimed else None


def tell_owners(services: Services, mailer: Mailer) -> None:
    """A mail to each owner of all places about each webhook that went off by itself; tried again until it is taken.

    Marked afterwards: what a killed worker leaves goes out once more under the same Message-ID.
    """
    with read_scope(services.engine) as session:
        off = [(one.id, host_of(one.url), f"webhook-{one.id}-{one.off_at:%Y%m%d%H%M%S}") for one in went_off(session)]
        people = owners_of_all(session) if off else []
        owners = [(one.id, one.email, one.name, language_of(session, one.id)) for one in people]
    for hook_id, host, batch in off:
        are_taken = [_tell(services, mailer, hook_id, host, batch=batch, owner=owner) for owner in owners]
        if all(are_taken):
            with session_scope(services.engine) as session:
                owners_heard(session, hook_id, now=services.clock())


def _deliver(services: Sends, claimed: Claimed) -> Outcome:
    outcome = _posted(services, claimed)
    with session_scope(services.engine) as session:
        record_outcome(session, claimed, outcome, now=services.clock())
    if not outcome.is_done:
        log.warning("a webhook took nothing webhook=%d status=%s", claimed.hook_id, outcome.status)
    return outcome


def _posted(services: Sends, claimed: Claimed) -> Outcome:
    now = services.clock()
    with read_scope(services.engine) as session:
        hook = session.get_one(Webhook, claimed.hook_id)
        case = case_facts(session, claimed.case_id) if claimed.case_id is not None else None
        body = message_body(services.web, claimed, case, is_named=hook.is_named)
        try:
            secrets = secrets_of(hook, vault_of(services.database), now=now)
        except BadValue:
            trouble = say("The stored secret cannot be read: its key is another one. Make a new secret.")
            return Outcome(status=None, took_ms=0, trouble=trouble)
        url = hook.url
    found = post(url, body, signed_headers(claimed.name, body, secrets, now=now), services.crawl)
    return Outcome(
        status=found.status, took_ms=found.took_ms, answer=found.answer, trouble=found.trouble, rest_s=found.rest_s
    )


def _tell(
    services: Services, mailer: Mailer, hook_id: int, host: str, *, batch: str, owner: tuple[int, str, str, str]
) -> bool:
    """False where the mail was not taken for now."""
    person_id, email, name, language = owner
    with speaking(language):
        text = gettext(
            "Hello %(name)s,\n\nthe webhook to %(host)s took nothing for days, or said that it wants no more, and was "
            "switched off. What happens meanwhile is not told to it.\n\nWhat it answered, and the button to switch it "
            "on again: %(address)s\n",
            name=one_line(name),
            host=one_line(host),
            address=f"{services.web.public_url}/webhooks/{hook_id}",
        )
        subject = gettext("A webhook was switched off: %(host)s", host=one_line(host))
    try:
        now = services.clock()
        mailer.send(
            new_message(services.web, to=email, subject=subject, text=text, now=now, batch=f"{batch}-{person_id}")
        )
    except MailError as error:
        log.error("the mail about a webhook was not sent: %s", error)  # noqa: TRY400 - the stack tells nothing more
        return error.permanent
    return True
