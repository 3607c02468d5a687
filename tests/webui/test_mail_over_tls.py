"""Mail over an encrypted line, against a real SMTP server with a certificate: STARTTLS, TLS from the start, log-in."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from pydantic import SecretStr

from tests.flow.running import Home
from tests.ports import free_port
from webui.mail import MailError, SmtpMailer, new_message

from .certificates import make_certificate
from .inbox import READY_S, Inbox, _right_password, mail_settings

Serve = Callable[..., tuple[Inbox, int]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "certificate"
    made.mkdir()
    return made


@pytest.fixture
def serve(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Serve]:
    """Starts a server that speaks to nobody in clear; its certificate is trusted, or is one for another address."""
    servers: list[Controller] = []

    def start(security: str, *, host: str = "127.0.0.1", is_trusted: bool = True) -> tuple[Inbox, int]:
        public, context = make_certificate(folder, host=host)
        if is_trusted:
            monkeypatch.setenv("SSL_CERT_FILE", str(public))
        kept, port = Inbox(), free_port()
        loop: Any = asyncio.new_event_loop()
        shared: dict[str, Any] = {"hostname": "127.0.0.1", "port": port, "loop": loop, "ready_timeout": READY_S}
        shared["authenticator"] = _right_password
        if security == "tls":  # that the line is encrypted already is something the server does not know
            server = Controller(kept, ssl_context=context, auth_require_tls=False, **shared)
        else:
            server = Controller(kept, tls_context=context, require_starttls=True, auth_required=True, **shared)
        server.start()
        servers.append(server)
        return kept, port

    yield start
    for server in servers:
        server.stop()
        server.loop.close()


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_mail_goes_out_encrypted_and_logged_in(serve: Serve, now: datetime, security: str) -> None:
    """The server takes neither log-in nor mail in clear."""
    kept, port = serve(security)
    given = mail_settings(port, mail_security=security)
    SmtpMailer(given).check()
    SmtpMailer(given).send(new_message(given, to="owner@lanterna.example", subject="s", text="t", now=now))
    assert [mail["To"] for mail in kept.mails] == ["owner@lanterna.example"]


def test_server_that_wants_encryption_gets_no_password_in_clear(serve: Serve, now: datetime) -> None:
    """With encryption switched off by mistake the mail waits."""
    kept, port = serve("starttls")
    given = mail_settings(port, mail_security="none")
    with pytest.raises(MailError) as caught:
        SmtpMailer(given).send(new_message(given, to="a@b.example", subject="s", text="t", now=now))
    assert not caught.value.permanent
    assert kept.mails == []


@pytest.mark.parametrize("security", ["starttls", "tls"])
@pytest.mark.parametrize("kind", ["unknown", "of another"])
def test_wrong_certificate_gets_neither_password_nor_mail(
    serve: Serve, now: datetime, security: str, kind: str
) -> None:
    """One that nobody vouches for, and one of another address."""
    kept, port = serve(security, is_trusted=kind != "unknown", host="127.0.0.1" if kind == "unknown" else "10.0.0.1")
    given = mail_settings(port, mail_security=security)
    with pytest.raises(MailError, match="valid certificate") as caught:
        SmtpMailer(given).send(new_message(given, to="a@b.example", subject="s", text="t", now=now))
    assert not caught.value.permanent
    assert kept.mails == []


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_wrong_password_over_tls_is_said(serve: Serve, now: datetime, security: str) -> None:
    """And not repeated."""
    _, port = serve(security)
    given = mail_settings(port, mail_security=security, mail_password=SecretStr("wrong-hunter2"))
    with pytest.raises(MailError, match="AMENDS_MAIL_PASSWORD") as caught:
        SmtpMailer(given).send(new_message(given, to="a@b.example", subject="s", text="t", now=now))
    assert "hunter2" not in str(caught.value)


def test_doctor_sends_a_test_over_tls(serve: Serve, tmp_path: Path, folder: Path) -> None:
    """By the same settings as every other mail, and says that the log-in works."""
    kept, port = serve("starttls")
    environment = {
        "AMENDS_MAIL_HOST": "127.0.0.1",
        "AMENDS_MAIL_PORT": str(port),
        "AMENDS_MAIL_USER": "amends",
        "AMENDS_MAIL_PASSWORD": "right",
        "AMENDS_MAIL_FROM": "desk@lanterna.example",
        "SSL_CERT_FILE": str(folder / "server.pem"),
    }
    home = Home(tmp_path / "data", environment)
    done = home.amends("doctor", "--mail-to", "owner@lanterna.example")
    assert done.returncode == 0, done.stderr
    assert f"sent through 127.0.0.1:{port}" in done.stdout + done.stderr
    assert [mail["Subject"] for mail in kept.mails] == ["Amends: mail works"]
