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
