"""Mail, against a real SMTP server on this machine."""

from __future__ import annotations

import asyncio
import email
from collections.abc import Iterator
from datetime import datetime
from email.message import Message
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from pydantic import SecretStr

from tests.flow.running import Home
from tests.ports import free_port
from webui.mail import MailError, build_mailer, new_message
from webui.settings import WebSettings


class Inbox:
    """Keeps what was delivered; refuses one recipient for good and one for now."""

    def __init__(self) -> None:
        self.mails: list[Message] = []

    async def handle_RCPT(  # noqa: N802 - the server looks for this name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if address.startswith("later@"):
            return "451 come back later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        assert isinstance(envelope.content, bytes)
        self.mails.append(email.message_from_bytes(envelope.content))
        return "250 OK"


def right_password(_server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, given: object) -> AuthResult:
    is_right = isinstance(given, LoginPassword) and given.password == b"right"
    return AuthResult(success=is_right, handled=is_right)  # not handled: the server itself says 535


@pytest.fixture
def inbox() -> Iterator[tuple[Inbox, int]]:
    """A running SMTP server that wants a log-in, and its port."""
    kept, port = Inbox(), free_port()
    server = Controller(
        kept,
        hostname="127.0.0.1",
        port=port,
        authenticator=right_password,
        auth_require_tls=False,
        loop=asyncio.new_event_loop(),
    )
    server.start()
    yield kept, port
    server.stop()
    server.loop.close()


def settings(port: int, **changes: object) -> WebSettings:
    values: dict[str, object] = {
        "mail_host": "127.0.0.1",
        "mail_port": port,
        "mail_security": "none",
        "mail_user": "amends",
        "mail_password": SecretStr("right"),
        "mail_from": "desk@lanterna.example",
    }
    return WebSettings(**values | changes)  # type: ignore[arg-type]


def test_mail_arrives_with_its_heads(inbox: tuple[Inbox, int], tmp_path: Path, now: datetime) -> None:
    """Sender, recipient, subject, date and text arrive, whatever the script."""
    kept, port = inbox
    given = settings(port)
    message = new_message(given, to="owner@lanterna.example", subject="Due: שלום", text="Zażółć gęślą jaźń", now=now)
    assert build_mailer(given, tmp_path).send(message) == f"sent through 127.0.0.1:{port}"
    (mail,) = kept.mails
    assert mail["From"] == "desk@lanterna.example"
    assert mail["To"] == "owner@lanterna.example"
    assert "2026" in mail["Date"]
    body = mail.get_payload(decode=True)
    assert isinstance(body, bytes)
    assert body.decode().strip() == "Zażółć gęślą jaźń"


def test_wrong_password_is_permanent_and_hidden(inbox: tuple[Inbox, int], tmp_path: Path, now: datetime) -> None:
    """A refused log-in names the settings to look at, and never the password."""
    given = settings(inbox[1], mail_password=SecretStr("wrong-hunter2"))
    with pytest.raises(MailError, match="AMENDS_MAIL_PASSWORD") as caught:
        build_mailer(given, tmp_path).send(new_message(given, to="a@b.example", subject="s", text="t", now=now))
    assert caught.value.permanent
    assert "hunter2" not in str(caught.value)


def test_missing_encryption_is_refused(inbox: tuple[Inbox, int], tmp_path: Path, now: datetime) -> None:
    """With the default, a server without STARTTLS gets neither password nor mail."""
    kept, port = inbox
    given = settings(port, mail_security="starttls")
    with pytest.raises(MailError, match="AMENDS_MAIL_SECURITY"):
        build_mailer(given, tmp_path).send(new_message(given, to="a@b.example", subject="s", text="t", now=now))
    assert kept.mails == []


def test_silent_server_may_be_tried_again(tmp_path: Path, now: datetime) -> None:
    """Nobody listens: not permanent, and the sentence says where to look."""
    given = settings(free_port())
    with pytest.raises(MailError, match="AMENDS_MAIL_HOST") as caught:
        build_mailer(given, tmp_path).send(new_message(given, to="a@b.example", subject="s", text="t", now=now))
    assert not caught.value.permanent


def test_line_breaks_cannot_enter_a_head(now: datetime) -> None:
    """No header injection through subject or address."""
    for to, subject in (("a@b.example", "x\r\nBcc: c@d.example"), ("a@b.example\r\nBcc: c@d.example", "x")):
        with pytest.raises(MailError):
            new_message(settings(25), to=to, subject=subject, text="t", now=now)


def test_without_a_server_mails_are_files(tmp_path: Path) -> None:
    """`amends doctor --mail-to` leaves a file that a mail program opens."""
    home = Home(tmp_path / "data")
    done = home.amends("doctor", "--mail-to", "owner@lanterna.example")
    assert done.returncode == 0, done.stderr
    (file,) = (home.data_dir / "mail").glob("*.eml")
    assert email.message_from_bytes(file.read_bytes())["To"] == "owner@lanterna.example"
