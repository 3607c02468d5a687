"""A digest as a mail: the whole as text, and HTML that fits one screen, with its chart inside."""

from __future__ import annotations

from datetime import datetime
from email.message import EmailMessage

from sqlalchemy.orm import Session

from db.mail_contents import DigestContent, DueMail

from ..i18n import gettext, speaking
from ..mail import new_message
from ..settings import WebSettings
from ..shown import one_line
from .build import build_digest
from .html import html_of
from .letter import letter
from .pictures import mail_pictures
from .short import short
from .text import text_of


def digest_message(
    session: Session, settings: WebSettings, mail: DueMail, content: DigestContent, *, off: str, now: datetime
) -> EmailMessage:
    """Ready to be sent, counted at this moment. The same order gives the same Message-ID each time.

    Raises:
        MailError: the address cannot stand in a head.
    """
    digest = build_digest(session, access=content.access, week=content.week, now=now)
    base = settings.public_url
    with speaking(mail.language):
        words, drawn = letter(digest), mail_pictures(digest)
        text = text_of(words, base=base) + gettext("Stop this mail only: %(address)s", address=off) + "\n"
        html = html_of(short(digest), words, drawn, base=base, off=off)
    subject = one_line(words.subject)
    message = new_message(settings, to=mail.email, subject=subject, text=text, now=now, batch=mail.batch, off=off)
    message.add_alternative(html, subtype="html")
    page = message.get_body(preferencelist=("html",))
    if isinstance(page, EmailMessage):
        for one in drawn:
            for shot in one.shots:
                page.add_related(shot.png, maintype="image", subtype="png", cid=f"<{one.cid}-{shot.name}@amends>")
    return message
