"""Each check says of our own sentences what the rubric says: the eight languages, and the traps in other words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from scoring.rubric.catalogue import CHECKS
from scoring.rubric.checking import check_one
from scoring.rubric.rows import sentence_context
from scoring.rubric.types import Context, Finding, Outcome

SENTENCES = Path(__file__).parent / "rubric_sentences"
WORDED = sorted(file.stem for file in SENTENCES.glob("*.jsonl"))
# The rubric's traps, each in words of ours: the check has to stay silent.
TRAPS = {
    "B06": ["He should never have said calm down to you.", "You hoped for a relaxing Sunday and got builders."],
    "B07": ["You are not mistaken about the smell."],
    "B04": [
        "Police cars blocked our drive, and we should have sent you word.",
        "The tennis court terrace opens in June.",
    ],
    "B01": ["Please delete our former address from your phone."],
    "W05": ["Thirty euros were taken from you twice.", "You waited three weeks for a refund that nobody had started."],
    "W04": ["The price guarantee on our leaflet was not kept."],
    "W01": ["I am sorry. If you like, please ring me."],
    "B02": ["You can reach us under the number beside this page.", "Nora Quist, house manager"],
}
# And what has to be found although it is said politely.
POLITE = {
    "B01": "Should you wish to rethink those stars, a small surprise awaits you at the bar.",
    "B02": "We recall you well, the family with the twins by the window.",
    "B04": "Our legal department reads along here.",
    "B06": "You may want to see this with a cooler head.",
    "B07": "Our cameras show something else.",
    "B08": "How curious that your profile is only two days old.",
    "W01": "Our apologies if the evening fell short of what you hoped for.",
    "W04": "Rest assured that everything is sorted.",
    "W05": "The first round is our treat when you visit again.",
}


def judged(check: str, row: dict[str, Any]) -> Finding:
    return check_one(check, row["text"], sentence_context(row, check))


@pytest.mark.parametrize("check", WORDED)
def test_sentences_are_judged_as_labelled(check: str) -> None:
    """No sentence of the check's file is on the wrong side."""
    rows = [json.loads(line) for line in (SENTENCES / f"{check}.jsonl").read_text(encoding="utf-8").splitlines()]
    wrong = [row for row in rows if (judged(check, row).outcome is Outcome.FAILED) != (row["label"] == "fail")]
    assert wrong == []


def test_every_check_of_words_has_sentences() -> None:
    """What is left to other tests is a matter of counting and comparing."""
    assert set(CHECKS) - set(WORDED) == {"W08", "S07", "S08"}


@pytest.mark.parametrize(("check", "text"), [(check, text) for check, texts in TRAPS.items() for text in texts])
def test_traps_stay_silent(check: str, text: str) -> None:
    """Words that are harmless where they stand."""
    assert check_one(check, text, Context(language="en")).outcome is Outcome.PASSED


@pytest.mark.parametrize(("check", "text"), POLITE.items())
def test_polite_words_do_not_hide_what_is_meant(check: str, text: str) -> None:
    """However softly it is put."""
    assert check_one(check, text, Context(language="en")).outcome is Outcome.FAILED
