"""Sends the mails to staff that are due, of every kind: claim, write, send, forget."""

from __future__ import annotations

import logging
from email.message import EmailMessage
from enum import Enum

from db.mail_contents import DigestContent, DueMail, content_of
from db.outbox import claim_mail, forget_mail, give_up_mails
from db.session import read_scope, session_scope

from ..digest.message import digest_message
from ..mail import Mailer, MailError, build_mailer
from ..mail_links import off_address
from ..staff_mails import staff_mail
from ..wiring import Services

log = logging.getLogger(__name__)

AWAY_AFTER = 3  # mails in a row that were not taken: a server that does not answer costs its patience for each


class Sent(Enum):
    YES = "yes"
    LATER = "later"
    NEVER = "never"


def send_mails(services: Services, *, mailer: Mailer | None = None) -> int:
    """Send what is due; how many went out. One that is not taken for now is tried again later."""
    mailer = mailer or build_mailer(services.web, services.database.data_dir)
    with session_scope(services.engine) as session:
        lost = give_up_mails(session, now=services.clock())
    if lost:
        log.error("mails to staff could not be sent for a day and are given up count=%d", lost)
    count = in_a_row = 0
    while in_a_row < AWAY_AFTER:
        with session_scope(services.engine) as session:
            claimed = claim_mail(session, now=services.clock())
            mail = content_of(session, claimed) if claimed else None
            if claimed and mail is None:
                forget_mail(session, claimed.batch)
        if claimed is None:
            return count
        sent = None if mail is None else _send(services, mailer, mail)
        count += sent is Sent.YES
        in_a_row = in_a_row + 1 if sent is Sent.LATER else 0
    log.error("the mail server takes nothing: what is left waits until it does")
    return count


def _written(services: Services, mail: DueMail, off: str) -> EmailMessage:
    if isinstance(mail.content, DigestContent):
        with read_scope(services.engine) as session:
            return digest_message(session, services.web, mail, mail.content, off=off, now=services.clock())
    return staff_mail(services.web, mail, off=off, now=services.clock())


def _send(services: Services, mailer: Mailer, mail: DueMail) -> Sent:
    sent = Sent.NEVER
    try:
        off = off_address(services.web, services.database, mail.person_id, mail.kind)
        mailer.send(_written(services, mail, off))
        sent = Sent.YES
    except MailError as error:
        log.error("a mail to staff was not sent: %s", error)  # noqa: TRY400 - the stack would tell nothing more
        if not error.permanent:
            return Sent.LATER
    with session_scope(services.engine) as session:
        forget_mail(session, mail.batch)
    return sent
