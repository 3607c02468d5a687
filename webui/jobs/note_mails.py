"""Mails to those whom a note names, or who watch its case: in the language of the pages they saw last."""

from __future__ import annotations

import logging
from email.message import EmailMessage

from db.note_mails import DueMail, claim_mails, mail_sent
from db.session import session_scope

from ..i18n import gettext, speaking
from ..mail import Mailer, MailError, build_mailer, new_message
from ..shown import one_line, shown
from ..wiring import Services

log = logging.getLogger(__name__)


def send_note_mails(services: Services, *, mailer: Mailer | None = None) -> int:
    """Send what is due; how many went out. One that is not taken for now is tried again later."""
    mailer = mailer or build_mailer(services.web, services.database.data_dir)
    with session_scope(services.engine) as session:
        due = claim_mails(session, now=services.clock())
    count = 0
    for mail in due:
        try:
            mailer.send(note_mail(services, mail))
            count += 1
        except MailError as error:
            log.error("a mail about a note was not sent: %s", error)  # noqa: TRY400 - the stack would tell nothing more
            if not error.permanent:
                continue
        with session_scope(services.engine) as session:
            mail_sent(session, mail.note_id, mail.person_id)
    return count


def note_mail(services: Services, mail: DueMail) -> EmailMessage:
    """The mail about one note. It quotes the note and nothing of what the guest wrote. Raises MailError."""
    writer, place = one_line(mail.writer), one_line(mail.location_name)
    address = f"{services.web.public_url}/reviews/{mail.review_id}#note-{mail.note_id}"
    with speaking(mail.language):
        if mail.is_mention:
            subject = gettext("%(writer)s names you in a note: %(place)s", writer=writer, place=place)
        else:
            subject = gettext("A note by %(writer)s: %(place)s", writer=writer, place=place)
        quoted = "\n".join(f"> {line}" for line in shown(mail.body).splitlines())
        text = gettext(
            "Hello %(name)s,\n\n%(writer)s wrote on a case of %(place)s:\n\n%(note)s\n\nThe case: %(address)s\n",
            name=one_line(mail.name),
            writer=writer,
            place=place,
            note=quoted,
            address=address,
        )
        if not mail.is_mention:
            text += gettext("\nYou watch this case or have it. To hear no more of it, press “Watch no more” there.\n")
    return new_message(services.web, to=mail.email, subject=subject, text=text, now=services.clock())
