"""Links by which people choose a password: made, put into words, sent."""

from __future__ import annotations

import logging
import threading
from email.message import EmailMessage

from flask import url_for
from sqlalchemy.orm import Session

from db.models import LinkPurpose, Person
from db.person_links import LIVES, make_link

from .i18n import gettext
from .mail import MailError, build_mailer, new_message
from .pages import Pages

log = logging.getLogger(__name__)


def new_address(parts: Pages, session: Session, person: Person, purpose: LinkPurpose) -> str:
    """The address of a new link; earlier ones of its kind are void."""
    token = make_link(session, person.id, purpose, now=parts.clock())
    return f"{parts.settings.public_url}{url_for('links.show', token=token)}"


def invitation(parts: Pages, person: Person, address: str, *, inviter: str) -> EmailMessage:
    """The mail that invites somebody. Raises MailError where the address cannot stand in a head."""
    text = gettext(
        "Hello %(name)s,\n\n%(inviter)s invites you to Amends, where the reviews of your guests are looked after.\n\n"
        "Choose a password here, within %(days)s days; the link works once:\n\n%(address)s\n",
        name=person.name,
        inviter=inviter,
        days=LIVES[LinkPurpose.INVITATION].days,
        address=address,
    )
    subject = gettext("Your invitation to Amends")
    return new_message(parts.settings, to=person.email, subject=subject, text=text, now=parts.clock())


def reset(parts: Pages, person: Person, address: str) -> EmailMessage:
    """The mail with which somebody chooses a new password. Raises MailError."""
    text = gettext(
        "Hello %(name)s,\n\nsomebody, most likely you, asked for a new password at Amends.\n\n"
        "Choose it here, within %(hours)s hours; the link works once:\n\n%(address)s\n\n"
        "If it was not you, leave this mail alone: your password stays as it is.\n",
        name=person.name,
        hours=int(LIVES[LinkPurpose.RESET].total_seconds() // 3600),
        address=address,
    )
    subject = gettext("A new password for Amends")
    return new_message(parts.settings, to=person.email, subject=subject, text=text, now=parts.clock())


def send(parts: Pages, message: EmailMessage) -> None:
    """Hand a mail to the server. Raises MailError."""
    build_mailer(parts.settings, parts.database.data_dir).send(message)


def send_later(parts: Pages, message: EmailMessage) -> None:
    """The same from a thread of its own: how long a page takes must not tell whether there was a mail to send."""

    def deliver() -> None:
        try:
            send(parts, message)
        except MailError as error:
            log.error("a mail was not sent: %s", error)  # noqa: TRY400 - the stack would tell nothing more

    threading.Thread(target=deliver, name="mail", daemon=True).start()
