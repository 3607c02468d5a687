"""Every check and every state of an answer has its words, and they are those of the rubric."""

from __future__ import annotations

from db.models import ReplyState
from scoring.rubric.catalogue import CHECKS
from scoring.rubric.types import Severity
from webui.answer_words import ANSWER_STATES, CHECK_MESSAGES, CHECK_NAMES, SEVERITIES


def test_what_a_check_tells_is_what_the_catalogues_know() -> None:
    """A sentence that was reworded in the rubric alone would stay English on every page."""
    assert {check.id: check.message for check in CHECKS.values()} == CHECK_MESSAGES
    assert list(CHECK_NAMES) == list(CHECKS)


def test_every_state_and_severity_has_its_words() -> None:
    """Nothing is shown as an id."""
    assert set(ANSWER_STATES) == set(ReplyState)
    assert set(SEVERITIES) == set(Severity)
