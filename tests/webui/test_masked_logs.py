"""What a process logs of a fault of its own, and of a mail that nobody takes, reaches nobody."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask

from db.masking import mask_logs
from webui.guard import public
from webui.mail import MailError, build_mailer, new_message

from .html import Page
from .inbox import Inbox, mail_settings
from .inbox import inbox as inbox  # noqa: PLC0414 - the server


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """Everything that is logged, by a handler as the processes have one."""
    handler = logging.StreamHandler(io.StringIO())
    logging.getLogger().addHandler(handler)
    mask_logs()
    yield handler.stream
    logging.getLogger().removeHandler(handler)


def test_fault_of_a_page_is_logged_masked(fresh_app: Flask, written: io.StringIO) -> None:
    """With its stack, by which it can be found; the page has nothing of it."""

    @public
    def broken() -> str:
        raise ValueError("no such guest: anna@lanterna.example, +39 010 555 0142")

    fresh_app.add_url_rule("/broken", "broken", broken)
    page = Page(fresh_app.test_client().get("/broken"), status=500)
    assert "lanterna.example" not in page.source
    assert "no such guest: [mail], [phone]" in written.getvalue()
    assert "in broken" in written.getvalue()
    assert "lanterna.example" not in written.getvalue()


def test_refused_mail_is_logged_masked(
    inbox: tuple[Inbox, int], tmp_path: Path, now: datetime, written: io.StringIO
) -> None:
    """The server names the address that it refuses, and so does the fault."""
    given = mail_settings(inbox[1])
    with pytest.raises(MailError) as caught:
        build_mailer(given, tmp_path).send(new_message(given, to="never@b.example", subject="s", text="t", now=now))
    logging.getLogger("webui.jobs.mailing").error("a mail was not sent to %s", "never@b.example", exc_info=caught.value)
    assert "a mail was not sent to [mail]" in written.getvalue()
    assert "MailError" in written.getvalue()
    assert "b.example" not in written.getvalue()
