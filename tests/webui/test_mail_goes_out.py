"""Mail, against a real SMTP server on this machine."""

from __future__ import annotations

import email
from datetime import datetime
from pathlib import Path

import pytest
from pydantic import SecretStr

from tests.flow.running import Home
from tests.ports import free_port
from webui.mail import MailError, build_mailer, new_message

from .inbox import Inbox, mail_settings
from .inbox import inbox as inbox  # noqa: PLC0414 - the server


def test_mail_arrives_with_its_heads(inbox: tuple[Inbox, int], tmp_path: Path, now: datetime) -> None:
    """Sender, recipient, subject, date and text arrive, whatever the script."""
    kept, port = inbox
    given = mail_settings(port)
    message = new_message(given, to="owner@lanterna.example", subject="Due: שלום", text="Zażółć gęślą jaźń", now=now)
    assert build_mailer(given, tmp_path).send(message) == f"sent through 127.0.0.1:{port}"
    (mail,) = kept.mails
    assert mail["From"] == "desk@lanterna.example"
    assert mail["To"] == "owner@lanterna.example"
    assert "2026" in mail["Date"]
    assert mail.get_content().strip() == "Zażółć gęślą jaźń"


def test_wrong_password_is_said_and_hidden(inbox: tuple[Inbox, int], tmp_path: Path, now: datetime) -> None:
    """A refused log-in names the settings to look at, and never the password; the mail may go out by better ones."""
    given = mail_settings(inbox[1], mail_password=SecretStr("wrong-hunter2"))
    with pytest.raises(MailError, match="AMENDS_MAIL_PASSWORD") as caught:
        build_mailer(given, tmp_path).send(new_message(given, to="a@b.example", subject="s", text="t", now=now))
    assert not caught.value.permanent
    assert "hunter2" not in str(caught.value)


def test_missing_encryption_is_refused(inbox: tuple[Inbox, int], tmp_path: Path, now: datetime) -> None:
    """With the default, a server without STARTTLS gets neither password nor mail."""
    kept, port = inbox
    given = mail_settings(port, mail_security="starttls")
    with pytest.raises(MailError, match="AMENDS_MAIL_SECURITY"):
        build_mailer(given, tmp_path).send(new_message(given, to="a@b.example", subject="s", text="t", now=now))
    assert kept.mails == []


@pytest.mark.parametrize(("address", "permanent"), [("later@lanterna.example", False), ("never@b.example", True)])
def test_refused_address_may_be_tried_again_where_the_server_says_so(
    inbox: tuple[Inbox, int], tmp_path: Path, now: datetime, address: str, permanent: bool
) -> None:
    """As servers do that put off whom they see for the first time."""
    given = mail_settings(inbox[1])
    with pytest.raises(MailError, match="for this address") as caught:
        build_mailer(given, tmp_path).send(new_message(given, to=address, subject="s", text="t", now=now))
    assert caught.value.permanent is permanent


def test_silent_server_may_be_tried_again(tmp_path: Path, now: datetime) -> None:
    """Nobody listens: not permanent, and the sentence says where to look."""
    given = mail_settings(free_port())
    with pytest.raises(MailError, match="AMENDS_MAIL_HOST") as caught:
        build_mailer(given, tmp_path).send(new_message(given, to="a@b.example", subject="s", text="t", now=now))
    assert not caught.value.permanent


def test_line_breaks_cannot_enter_a_head(now: datetime) -> None:
    """No header injection through subject or address."""
    for to, subject in (("a@b.example", "x\r\nBcc: c@d.example"), ("a@b.example\r\nBcc: c@d.example", "x")):
        with pytest.raises(MailError):
            new_message(mail_settings(25), to=to, subject=subject, text="t", now=now)


def test_without_a_server_mails_are_files(tmp_path: Path) -> None:
    """`amends doctor --mail-to` leaves a file that a mail program opens."""
    home = Home(tmp_path / "data")
    done = home.amends("doctor", "--mail-to", "owner@lanterna.example")
    assert done.returncode == 0, done.stderr
    (file,) = (home.data_dir / "mail").glob("*.eml")
    assert email.message_from_bytes(file.read_bytes())["To"] == "owner@lanterna.example"
