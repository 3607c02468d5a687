"""The drafts that people read in review are those that the composer writes."""

from __future__ import annotations

import subprocess
import sys

import pytest

from scoring.suggest.phrases import LANGUAGES

from .composed import FOLDER, written


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_examples_are_those_that_are_written_now(language: str) -> None:
    """After a phrase has changed: `python -m tests.scoring.composed`, and read what it made of them."""
    assert (FOLDER / f"{language}.txt").read_text(encoding="utf-8") == written(language)


def test_the_command_prints_a_draft_with_its_reasons() -> None:
    """Without the model, topics as given."""
    command = [sys.executable, "-m", "scoring.suggest", "We waited for an hour.", "--plain", "--topic", "waiting"]
    told = subprocess.run([*command, "--stars", "1", "--name", "Sam"], capture_output=True, text=True, check=True)
    assert "Sam" in told.stdout
    assert "Elena Rossi, manager" in told.stdout
    assert "One apology, for what happened and without conditions: waiting." in told.stdout
