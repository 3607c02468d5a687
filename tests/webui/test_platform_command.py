"""`amends platform` tells what is known of the platforms."""

from __future__ import annotations

import pytest
from click.testing import CliRunner, Result

from crawlers.platforms import PLATFORMS
from crawlers.posters import hand_over
from webui.cli import cli


def amends(*arguments: str) -> Result:
    return CliRunner(env={"COLUMNS": "80"}).invoke(cli, ["platform", *arguments])


def test_list_names_every_platform() -> None:
    """In a line of a narrow terminal: how it is read and answered, keys, what may be kept and judged, when checked."""
    shown = amends("list")
    assert shown.exit_code == 0
    for one in PLATFORMS.values():
        (row,) = [line for line in shown.output.splitlines() if line.split(" ", 1)[0] == one.key]
        for cell in (one.read_by, str(len(one.keys) or "none"), "yes" if one.may_judge else "no"):
            assert f" {cell} " in row
        assert row.rstrip().endswith(one.checked_on.isoformat())
    assert max(map(len, shown.output.splitlines())) <= 80


@pytest.mark.parametrize("key", sorted(PLATFORMS))
def test_show_tells_all_of_one(key: str) -> None:
    """Keys with the place where the owner finds them, and the terms in a sentence."""
    shown = amends("show", key.upper())
    one = PLATFORMS[key]
    assert shown.exit_code == 0
    for text in (one.name, one.terms, one.doc_url, one.checked_on.isoformat(), *(each.help for each in one.keys)):
        assert text in shown.output
    for rule in hand_over(key).rules:
        assert rule in shown.output
    assert shown.output.count("checked on") == 1 + bool(hand_over(key).rules)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [(("show", "nowhere"), "no platform"), (("new", "foursquare"), "already"), (("new", "Bad-Name"), "cannot be")],
)
def test_refusals_say_what_to_do(arguments: tuple[str, ...], words: str) -> None:
    """One sentence, no traceback, status not zero."""
    shown = amends(*arguments)
    assert shown.exit_code == 1
    assert words in shown.output
    assert "Traceback" not in shown.output
