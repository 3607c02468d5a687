"""`amends source connect` and `set-push`: consent by a pasted address, and the sender of pushes, without the pages."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import requests
from sqlalchemy import Engine

from crawlers.standin import StandIn
from db.models import Source
from db.session import read_scope, session_scope
from db.source_changes import push_sender
from db.vault import open_vault
from tests.factories import make_source

from .test_source_commands import amends, home, standin

__all__ = ["home", "standin"]


def connected(said: str, change: tuple[str, str] = ("", "")) -> tuple[int, str]:
    """The command in a process of its own, and a person who opens what it prints and pastes where they end up."""
    command = [sys.executable, "-m", "webui", "source", "connect", "ours"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.STDOUT, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        output = ""
        for line in process.stdout:
            output += line
            if "/consent?" in line:
                answer = requests.get(f"{line.strip()}&say={said}", allow_redirects=False, timeout=10)
                process.stdin.write(answer.headers["Location"].replace(*change, 1) + "\n")
                process.stdin.close()
        return process.wait(60), output


@pytest.fixture
def source(home: Engine, standin: StandIn, tmp_path: Path) -> int:
    site = standin.api_site("google")
    with session_scope(home) as session:
        made = make_source(
            session,
            slug="ours",
            platform="google",
            place_ref=site.ref,
            options={"client_id": site.keys["client_id"]},
            sealed_keys=open_vault(tmp_path).seal({"client_secret": site.keys["client_secret"]}),
        )
        return made.id


def stored(home: Engine, tmp_path: Path) -> dict[str, str]:
    with read_scope(home) as session:
        return open_vault(tmp_path).open(session.query(Source).one().sealed_keys)


@pytest.mark.usefixtures("source")
def test_pasted_address_brings_the_token(home: Engine, standin: StandIn, tmp_path: Path) -> None:
    """Stored, then tried; nothing secret is printed."""
    code, output = connected("yes")
    assert code == 0, output
    keys = standin.api_site("google").keys
    assert stored(home, tmp_path)["refresh_token"] == keys["refresh_token"]
    assert "The connection works" in output
    assert not any(keys[name] in output for name in ("client_secret", "refresh_token"))


@pytest.mark.usefixtures("source")
@pytest.mark.parametrize(
    ("said", "change", "words"),
    [
        ("no", ("", ""), "You said no at Google"),
        ("less", ("", ""), "permission for reviews was left out"),
        ("yes", ("state=", "state=x"), "not the address that belongs"),
        ("yes", ("code=", "code=x"), "takes its own answer no longer"),
        ("yes", ("http://", "http://["), "not the address that belongs"),
    ],
)
def test_other_answers_change_nothing(
    home: Engine, tmp_path: Path, said: str, change: tuple[str, str], words: str
) -> None:
    """In words, with what to do next."""
    code, output = connected(said, change)
    assert code == 1
    assert words in output
    assert "refresh_token" not in stored(home, tmp_path)


def test_what_is_missing_and_who_has_no_page_is_said_first(home: Engine) -> None:
    """Before anybody opens a browser."""
    with session_scope(home) as session:
        make_source(session, slug="bare", platform="google", place_ref="accounts/1/locations/2")
        make_source(session, slug="tips", platform="foursquare", place_ref="x")
    bare, tips = amends("connect", "bare"), amends("connect", "tips")
    assert (bare.exit_code, tips.exit_code) == (1, 1)
    assert "client id and client secret" in bare.output
    assert "set-keys tips" in tips.output


@pytest.mark.usefixtures("source")
def test_sender_of_pushes_is_set_and_unset(home: Engine) -> None:
    """As on the page; an audience alone is refused."""

    def sender() -> tuple[str, str]:
        with read_scope(home) as session:
            return push_sender(session.query(Source).one())

    done = amends("set-push", "ours", "--email", "push@lanterna.example", "--audience", "a")
    assert done.exit_code == 0, done.output
    assert sender() == ("push@lanterna.example", "a")
    assert amends("set-push", "ours", "--audience", "b").exit_code == 1
    assert sender() == ("push@lanterna.example", "a")
    assert amends("set-push", "ours").exit_code == 0
    assert sender() == ("", "")


def test_platform_that_signs_nothing_has_no_sender(home: Engine) -> None:
    """Refused in a line."""
    with session_scope(home) as session:
        make_source(session, slug="fork", platform="thefork")
    done = amends("set-push", "fork", "--email", "push@lanterna.example")
    assert done.exit_code == 1
    assert "signs no messages" in done.output
