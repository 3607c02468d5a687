"""Every check and every state of an answer has its words, and they are those of the rubric."""

from __future__ import annotations

from db.models import ReplyState
from db.phrases import packed, say
from scoring.rubric import platforms, stance
from scoring.rubric.catalogue import CHECKS
from scoring.rubric.types import Severity
from webui.answer_words import (
    ANSWER_STATES,
    CHECK_MESSAGES,
    CHECK_NAMES,
    CLOSER_MESSAGES,
    SEVERITIES,
    what_to_do,
)
from webui.told import told


def test_what_a_check_tells_is_what_the_catalogues_know() -> None:
    """A sentence that was reworded in the rubric alone would stay English on every page."""
    assert {check.id: check.message for check in CHECKS.values()} == CHECK_MESSAGES
    assert list(CHECK_NAMES) == list(CHECKS)
    assert {stance.GROVELLED, *platforms.MESSAGES} == CLOSER_MESSAGES


def test_finding_says_what_it_knows_more_closely() -> None:
    """What is kept with it, each sentence for itself; that of its check where a version of old kept another one."""
    finding = {"check": "S03", "outcome": "failed", "message": stance.GROVELLED}
    two = {"check": "B10", "outcome": "failed", "message": f"{platforms.TOO_LONG}\n{platforms.NO_LINK}"}
    assert what_to_do(finding) == stance.GROVELLED
    assert what_to_do(two) == f"{platforms.TOO_LONG} {platforms.NO_LINK}"
    assert what_to_do(finding | {"message": "As said before."}) == CHECK_MESSAGES["S03"]
    assert what_to_do({"check": "S03", "outcome": "failed"}) == CHECK_MESSAGES["S03"]
    assert what_to_do(finding | {"outcome": "not_checked"}) == ""


def test_stored_sentence_names_checks_by_what_they_are_about() -> None:
    """People read names; the number stands beside, for programs take that."""
    kept = packed(say("Held back: %(checks)s.", checks="B06, B09, X99"))
    assert told(kept) == "Held back: Not telling people how to feel (B06); Nothing unfinished (B09); X99."


def test_every_state_and_severity_has_its_words() -> None:
    """Nothing is shown as an id."""
    assert set(ANSWER_STATES) == set(ReplyState)
    assert set(SEVERITIES) == set(Severity)
