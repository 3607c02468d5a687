"""A real SMTP server on this machine, for tests of mails."""

from __future__ import annotations

import asyncio
import email
from collections.abc import Iterator
from email import policy
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from pydantic import SecretStr

from tests.ports import free_port
from webui.settings import WebSettings

READY_S = 120.0  # until a server of these answers, on a machine that others keep busy


class Inbox:
    """Keeps what was delivered; refuses one recipient for good and one for now."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.raw: list[bytes] = []  # the same as they came over the line

    async def handle_RCPT(  # noqa: N802 - the server looks for this name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if address.startswith("later@"):
            return "451 come back later"
        if address.startswith("never@"):
            return "550 nobody of that name"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        assert isinstance(envelope.content, bytes)
        self.raw.append(envelope.content)
        self.mails.append(email.message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


def _right_password(
    _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, given: object
) -> AuthResult:
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
        authenticator=_right_password,
        auth_require_tls=False,
        loop=asyncio.new_event_loop(),
        ready_timeout=READY_S,
    )
    server.start()
    yield kept, port
    server.stop()
    server.loop.close()


def mail_settings(port: int, **changes: object) -> WebSettings:
    """Settings that send through it."""
    values: dict[str, object] = {
        "mail_host": "127.0.0.1",
        "mail_port": port,
        "mail_security": "none",
        "mail_user": "amends",
        "mail_password": SecretStr("right"),
        "mail_from": "desk@lanterna.example",
    }
    return WebSettings(**values | changes)  # type: ignore[arg-type]
