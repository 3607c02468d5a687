"""`amends user …`: people at the command line, where whoever may type has the database anyway."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.flow.running import Home


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "data")


def said(home: Home, *arguments: str) -> str:
    done = home.amends("user", *arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_people_are_added_listed_and_shut_out(home: Home) -> None:
    """The whole way, from the first owner to the last."""
    added = said(home, "add", "Ana@Lanterna.example", "--name", "Ana Lópes")
    assert re.search(r"http://127\.0\.0\.1:8000/link/[\w-]{43}\n", added)
    said(home, "add", "bo@lanterna.example", "--role", "staff")
    listed = said(home, "list")
    assert "ana@lanterna.example" in listed
    assert "owner everywhere" in listed
    assert "staff everywhere" in listed
    said(home, "role", "bo@lanterna.example", "approver")
    assert "approver everywhere" in said(home, "list")
    said(home, "disable", "bo@lanterna.example")
    assert "shut out" in said(home, "list")
    said(home, "enable", "bo@lanterna.example")
    assert "shut out" not in said(home, "list")
    assert "/link/" in said(home, "reset-link", "bo@lanterna.example")
    said(home, "second-factor-off", "bo@lanterna.example")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("add", "no address"), "no mail address"),
        (("add", "ana@lanterna.example"), "already a person"),
        (("disable", "nobody@lanterna.example"), "nobody with the address"),
        (("disable", "ana@lanterna.example"), "only owner of all places"),
        (("role", "ana@lanterna.example", "none"), "only owner of all places"),
        (("role", "ana@lanterna.example", "staff", "--place", "moon"), "no place 'moon'"),
    ],
)
def test_what_cannot_be_is_told_in_a_line(home: Home, arguments: tuple[str, ...], told: str) -> None:
    """Nothing changes, and the status says so."""
    said(home, "add", "ana@lanterna.example")
    done = home.amends("user", *arguments)
    assert done.returncode != 0
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_tokens_of_the_api_are_made_listed_and_revoked(home: Home) -> None:
    """The secret alone on standard output, for scripts; what cannot be is told in a line."""
    said(home, "add", "ana@lanterna.example")
    made = home.amends("token", "add", "ana@lanterna.example", "--name", "till", "--scope", "write:complaints")
    assert re.fullmatch(r"amends_[\w-]{43}\n", made.stdout)
    listed = home.amends("token", "list", "ana@lanterna.example").stdout
    assert re.search(r"1  till  write:complaints  never used  until \d{4}-\d\d-\d\d", listed)
    assert "Revoked" in home.amends("token", "revoke", "ana@lanterna.example", "1").stdout
    assert "There is none" in home.amends("token", "list", "ana@lanterna.example").stdout
    for arguments, told in {
        ("add", "bo@lanterna.example", "--name", "x", "--scope", "read:cases"): "nobody with the address",
        ("add", "ana@lanterna.example", "--name", "x", "--scope", "all"): "no scope all",
        ("add", "ana@lanterna.example", "--name", " ", "--scope", "read:cases"): "Say what uses the token",
        ("revoke", "ana@lanterna.example", "1"): "has no token 1",
    }.items():
        done = home.amends("token", *arguments)
        assert done.returncode == 1
        assert told in done.stderr
        assert "Traceback" not in done.stderr
