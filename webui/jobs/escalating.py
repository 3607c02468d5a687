"""Takes the steps of escalation chains that are due, and sends what people are to hear of them."""

from __future__ import annotations

import logging

from db.escalations import AT_ONCE, Bundle, claim_mails, forget_mails, take_due_steps
from db.session import session_scope

from ..escalation_mail import escalation
from ..mail import Mailer, MailError, build_mailer
from ..wiring import Services

log = logging.getLogger(__name__)


def escalate_due(services: Services) -> int:
    """Take every step that is due; of how many cases. Then mail, once for each person."""
    count = 0
    while True:
        with session_scope(services.engine) as session:
            done = take_due_steps(session, now=services.clock())
        count += done
        if done < AT_ONCE:
            break
    mail_escalations(services, build_mailer(services.web, services.database.data_dir))
    return count


def mail_escalations(services: Services, mailer: Mailer) -> int:
    """Send what is to be sent; how many mails. One that is not taken for now is tried again when its claim lapses."""
    count = 0
    while True:
        with session_scope(services.engine) as session:
            bundle = claim_mails(session, now=services.clock())
        if bundle is None:
            return count
        if _send(services, mailer, bundle):
            count += 1


def _send(services: Services, mailer: Mailer, bundle: Bundle) -> bool:
    is_sent = False
    try:
        if bundle.email:
            mailer.send(escalation(services.web, bundle, now=services.clock()))
            is_sent = True
    except MailError as error:
        log.error("a mail about cases that run out of time was not sent: %s", error)  # noqa: TRY400 - tells it all
        if not error.permanent:
            return False
    with session_scope(services.engine) as session:
        forget_mails(session, bundle)
    return is_sent
