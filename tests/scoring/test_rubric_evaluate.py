"""The figures of the checks on labelled texts: what is counted, how a situation is read, what becomes of odd lines."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from scoring.rubric.evaluate import main
from scoring.rubric.platforms import PLATFORMS, UNKNOWN
from scoring.rubric.rows import draft_context, sentence_context
from scoring.rubric.types import RecordKind

SENTENCES = [
    {"check": "B06", "label": "fail", "text": "Calm down, it was a towel.", "lang": "en"},
    {"check": "calm_down", "label": "fail", "text": "Thank you for telling us.", "lang": "en"},
    {"check": "B06", "label": "pass", "text": "Relax, it was a towel.", "lang": "en"},
    {"check": "B06", "label": "pass", "text": "Nobody should have told you to calm down.", "lang": "en"},
    {"check": "W01", "label": "fail", "text": "Vi beklagar om något inte var bra.", "lang": "sv"},
]
DRAFT = {
    "review": "The room was cold and nobody came.",
    "case_log": ["task: heater replaced, closed Monday"],
    "draft": "I am sorry that your room was cold. We have replaced the heater. Calm down.",
    "expected": ["B06", "B01"],
    "must_not": ["W06"],
    "verdict": "blocked",
}


def written(folder: Path, rows: list[Any], name: str = "lines.jsonl") -> str:
    file = folder / name
    file.write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows), encoding="utf-8")
    return str(file)


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    main([*arguments, "--json"])
    return json.loads(capsys.readouterr().out)


def test_precision_is_of_what_fired_and_recall_of_what_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One hit, one miss, one false alarm; what is not checked counts as missed."""
    checks = told(capsys, written(tmp_path, SENTENCES))["checks"]
    assert checks["B06"] == {"precision": 0.5, "recall": 0.5, "f1": 0.5, "n": 4}
    assert checks["W01"] == {"precision": 0.0, "recall": 0.0, "f1": 0.0, "n": 1}


def test_drafts_tell_hits_misses_and_false_alarms(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Beside them, clean drafts that something blocks are counted."""
    clean = {**DRAFT, "draft": "I am sorry that your room was cold. Calm down.", "verdict": "clean", "expected": []}
    report = told(capsys, "--drafts", written(tmp_path, [DRAFT, clean]))
    first = report["per_draft"][0]
    assert (first["hits"], first["misses"], first["false_alarms"]) == (["B06"], ["B01"], [])
    assert report["clean_blocked"] == 1


def test_lines_that_cannot_be_used_are_told_with_their_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One sentence each, and the others still count."""
    odd = ["{", "[]", {"check": "B99", "label": "fail", "text": "x"}, {"check": "B01", "label": "maybe", "text": "x"}]
    report = told(capsys, written(tmp_path, [*odd, {"check": "B01", "label": "fail"}, "", *SENTENCES[:1]]))
    assert [line.split(":")[0] for line in report["left_out"]] == [f"lines.jsonl, line {at}" for at in range(1, 6)]
    assert report["checks"]["B06"]["n"] == 1


def test_tables_are_for_people(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without --json."""
    main([written(tmp_path, SENTENCES), "--drafts", written(tmp_path, [DRAFT], "drafts.jsonl")])
    printed = capsys.readouterr().out
    assert "B06" in printed
    assert "drafts.jsonl, line 1: hits B06; misses B01" in printed


def test_missing_file_is_told_in_words(tmp_path: Path) -> None:
    """No traceback."""
    with pytest.raises(SystemExit, match=r"nothing\.jsonl"):
        main([str(tmp_path / "nothing.jsonl")])


@pytest.mark.parametrize(
    ("words", "kind", "is_done"),
    [
        ("task closed yesterday", RecordKind.TASK, True),
        ("task still open", RecordKind.TASK, False),
        ("compensation status: issued", RecordKind.OFFER, True),
        ("refund issued on Monday", RecordKind.OFFER, True),
        ("note on file", RecordKind.NOTE, True),
        ("letter sent on Monday", RecordKind.CONTACT, True),
        ("claim open, no payment issued", RecordKind.OFFER, False),
        ("vacancy advertised, nobody hired", RecordKind.TASK, False),
        ("called on Monday, nobody answered", RecordKind.CONTACT, True),
    ],
)
def test_words_about_the_case_become_records(words: str, kind: RecordKind, is_done: bool) -> None:
    """What is on file, and whether it is done."""
    (record,) = sentence_context({"context": words}, "W06").records
    assert (record.kind, record.is_done) == (kind, is_done)


def test_words_about_the_situation_become_a_context() -> None:
    """Platform, language, sector, harm, or the review itself."""
    assert sentence_context({"context": "nothing on file"}, "W06").records == ()
    assert sentence_context({"context": "Google Play, 240 characters"}, "B10").platform is PLATFORMS["googleplay"]
    assert sentence_context({"context": "Any"}, "B10").platform is UNKNOWN
    assert sentence_context({"context": "Review in Spanish"}, "W09").review.language == "es"
    assert sentence_context({"context": "Recent reply: We waited too."}, "W08").recent_replies == ("We waited too.",)
    assert sentence_context({"context": "dental practice"}, "B02").is_protected_sector
    assert sentence_context({"context": "under a report of injury"}, "S09").review.risks == ("safety",)
    review = "The soup was cold and the waiter laughed at us."
    assert sentence_context({"context": review}, "S01").review.text == review


def test_case_log_may_be_words_a_list_or_objects() -> None:
    """However it was written down."""
    for log in (
        "refund issued; task: retrain staff, open",
        ["refund issued", "task: retrain staff, open"],
        [{"kind": "offer", "words": "refund", "done": True}, {"type": "task", "text": "retrain", "status": "open"}],
    ):
        records = draft_context({"case_log": log}).records
        assert [(one.kind, one.is_done) for one in records] == [(RecordKind.OFFER, True), (RecordKind.TASK, False)]
