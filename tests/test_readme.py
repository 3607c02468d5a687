"""The README is held true: every setting and every command stands in it."""

from __future__ import annotations

import re
from pathlib import Path

import click

from webui.cli import cli
from webui.doctor import known_names

README = (Path(__file__).resolve().parent.parent / "README.md").read_text(encoding="utf-8")


def commands(group: click.Group, prefix: str) -> list[str]:
    """Every command as people type it."""
    found = []
    for name, command in group.commands.items():
        found += commands(command, f"{prefix} {name}") if isinstance(command, click.Group) else [f"{prefix} {name}"]
    return found


def test_every_setting_stands_in_the_table() -> None:
    """The configuration table is complete and names nothing that does not exist."""
    listed = set(re.findall(r"^\| `(AMENDS_[A-Z_]+)` \|", README, flags=re.MULTILINE))
    assert listed == known_names()


def test_every_command_is_named() -> None:
    """`amends source list`, `enable` counts as naming both."""
    for command in commands(cli, "amends"):
        first, last = command.rsplit(" ", 1)
        assert f"`{command}" in README or (f"`{first} " in README and f"`{last}`" in README), command
