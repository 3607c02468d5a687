"""Sending a mail: by SMTP where a server is set, as a file in the data folder where none is.

It builds no texts; it takes a finished message. Headers are set through `EmailMessage`, which refuses line breaks.
"""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from pathlib import Path
from typing import Protocol

from .settings import WebSettings

TIMEOUT_S = 15
LASTING = 500  # codes from here on say that the same mail will be refused again
OWN_SENDER = "amends@localhost"
# An address in a head has no blank to fold at: above the length of a line Python writes it in encoded words, which no
# mail program reads there. 998 are allowed.
POLICY = policy.default.clone(max_line_length=400)


class MailError(Exception):
    """The mail was not taken. `permanent`: nor will it ever be. What is wrong with server or settings passes."""

    def __init__(self, message: str, *, permanent: bool) -> None:
        super().__init__(message)
        self.permanent = permanent


class Mailer(Protocol):
    def send(self, message: EmailMessage) -> str:
        """Hand the message over and say where it went, in words.

        Raises:
            MailError: it was not taken.
        """
        ...


def build_mailer(settings: WebSettings, data_dir: Path) -> Mailer:
    """The mailer that the settings ask for."""
    return SmtpMailer(settings) if settings.mail_host else FileMailer(data_dir / "mail")


def new_message(
    settings: WebSettings, *, to: str, subject: str, text: str, now: datetime, batch: str = "", off: str = ""
) -> EmailMessage:
    """A plain-text message from us. With `batch` its Message-ID is the same each time it is tried.

    With `off`, an address, mail programs show a button of their own that stops such mails at once (RFC 8058).

    Raises:
        MailError: an address or the subject cannot stand in a header.
    """
    message = EmailMessage(policy=POLICY)
    try:
        message["From"] = settings.mail_from or OWN_SENDER
        message["To"] = to
        message["Subject"] = subject
    except ValueError as error:
        raise MailError("The address or the subject cannot stand in a mail's head.", permanent=True) from error
    message["Date"] = format_datetime(now)
    domain = (settings.mail_from or OWN_SENDER).partition("@")[2]
    message["Message-ID"] = f"<staff.{batch}@{domain}>" if batch else make_msgid(domain=domain)
    if off:
        message["List-Unsubscribe"] = f"<{off}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(text)
    return message


class FileMailer:
    """Writes each mail into a folder, where any mail program opens it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def send(self, message: EmailMessage) -> str:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        name = "".join(char for char in str(message["Message-ID"]).partition("@")[0] if char.isalnum() or char == ".")
        path = self._folder / f"{name}.eml"
        path.write_bytes(message.as_bytes())
        return f"written to {path}"


class SmtpMailer:
    def __init__(self, settings: WebSettings) -> None:
        self._settings = settings

    def send(self, message: EmailMessage) -> str:
        settings = self._settings
        place = f"{settings.mail_host}:{settings.mail_port}"
        with _explained(place), self._connected() as server:
            if settings.mail_user:
                server.login(settings.mail_user, settings.mail_password.get_secret_value())
            server.send_message(message)
        return f"sent through {place}"

    def check(self) -> None:
        """Connect, secure the connection and log in as a mail would, but send none.

        Raises:
            MailError: any of these fails.
        """
        settings = self._settings
        with _explained(f"{settings.mail_host}:{settings.mail_port}"), self._connected() as server:
            if settings.mail_user:
                server.login(settings.mail_user, settings.mail_password.get_secret_value())
            server.noop()

    def _connected(self) -> smtplib.SMTP:
        settings = self._settings
        context = ssl.create_default_context()
        if settings.mail_security == "tls":
            return smtplib.SMTP_SSL(settings.mail_host, settings.mail_port, timeout=TIMEOUT_S, context=context)
        server = smtplib.SMTP(settings.mail_host, settings.mail_port, timeout=TIMEOUT_S)
        if settings.mail_security == "starttls":
            try:
                server.starttls(context=context)
            except BaseException:
                server.close()
                raise
        return server


@contextmanager
def _explained(place: str) -> Iterator[None]:
    """Faults of SMTP in words; what the server says is not repeated, it may quote addresses."""
    try:
        yield
    except smtplib.SMTPAuthenticationError as error:
        message = f"{place} does not take this user and password. Check AMENDS_MAIL_USER and AMENDS_MAIL_PASSWORD."
        raise MailError(message, permanent=False) from error
    except smtplib.SMTPNotSupportedError as error:
        message = f"{place} offers no encryption or no log-in. Set AMENDS_MAIL_SECURITY=none only on your own machine."
        raise MailError(message, permanent=False) from error
    except smtplib.SMTPRecipientsRefused as error:
        # Many servers put off an address that they see for the first time (451): later they take it.
        permanent = all(code >= LASTING for code, _ in error.recipients.values())
        raise MailError(f"{place} does not take mail for this address.", permanent=permanent) from error
    except smtplib.SMTPDataError as error:
        message = f"{place} refused the mail with code {error.smtp_code}."
        raise MailError(message, permanent=error.smtp_code >= LASTING) from error
    except smtplib.SMTPSenderRefused as error:
        message = f"{place} refuses the sender with code {error.smtp_code}. Check AMENDS_MAIL_FROM."
        raise MailError(message, permanent=False) from error
    except smtplib.SMTPResponseException as error:
        raise MailError(f"{place} answered with code {error.smtp_code}.", permanent=False) from error
    except ssl.SSLError as error:
        raise MailError(f"{place} shows no valid certificate.", permanent=False) from error
    except (OSError, smtplib.SMTPException) as error:
        message = f"{place} does not answer ({type(error).__name__}). Check AMENDS_MAIL_HOST and AMENDS_MAIL_PORT."
        raise MailError(message, permanent=False) from error
