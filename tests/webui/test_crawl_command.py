"""`amends crawl` refuses a day that cannot be meant before anything is read."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from db.migrate import upgrade
from db.session import make_engine
from webui.cli import cli


@pytest.mark.parametrize(("day", "words"), [("gestern", "a day such as"), ("2999-01-01", "still to come")])
def test_since_must_be_a_day_that_has_been(
    day: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A word, and a day still to come: said in words, with the way to write it."""
    monkeypatch.setenv("AMENDS_DATA_DIR", str(tmp_path))
    engine = make_engine(f"sqlite:///{tmp_path / 'amends.db'}")
    upgrade(engine)
    engine.dispose()
    refused = CliRunner().invoke(cli, ["crawl", "--since", day])
    assert refused.exit_code == 2
    assert words in refused.output
