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


@pytest.mark.parametrize(
    "expected",
    [
        ["B06", "W05"],
        "B06 and W05",
        "B06/W05",
        "B06:block; w05",
        [{"check": "B06"}, {"check": "W05", "why": "the blame is ours"}],
        {"B06": "calm", "W05": True, "B01": False},
        {"checks": ["B06", "W05"]},
        ["B06 calm_down", "W05 public_compensation"],
        [["B06"], ["public_compensation"]],
        "calm_down, public_compensation",
    ],
)
def test_checks_of_a_draft_are_read_however_they_are_listed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], expected: Any
) -> None:
    """The same two in every shape; "blame" in a sentence is a word."""
    report = told(capsys, "--rules-only", "--drafts", written(tmp_path, [{**DRAFT, "expected": expected}]))
    assert (report["per_draft"][0]["hits"], report["per_draft"][0]["misses"]) == (["B06"], ["W05"])
    assert report["left_out"] == []


@pytest.mark.parametrize(
    ("verdict", "is_clean"),
    [
        *(
            (words, True)
            for words in ("clean ", "CLEAN.", "clean draft", "pass", "should pass everything", "ok to post")
        ),
        *((words, True) for words in ("approve", "approved", "allow", "passed", "accepted", "publishable", "no block")),
        *((words, True) for words in ("should not be blocked", "no findings")),
        *((given, True) for given in (True, {"clean": True}, {"verdict": "clean"}, {"blocked": False})),
        *((words, False) for words in ("block", "blocked", "warn", "must be blocked", "not clean", "should not pass")),
        *((given, False) for given in (False, {"clean": False}, "", None, "hints only", "reject")),
    ],
)
def test_clean_drafts_are_known_by_any_usual_verdict(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], verdict: Any, is_clean: bool
) -> None:
    """The rubric's own words among them."""
    report = told(capsys, "--rules-only", "--drafts", written(tmp_path, [{**DRAFT, "verdict": verdict}]))
    assert (report["clean_blocked"], report["left_out"]) == (int(is_clean), [])


def test_what_a_draft_expects_in_unknown_words_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Once for each part of the line; the draft is judged all the same."""
    odd = {**DRAFT, "expected": "calmness", "must_not": ["B99"], "verdict": "lovely"}
    report = told(capsys, "--rules-only", "--drafts", written(tmp_path, [odd, {**DRAFT, "must_not": "none"}]))
    assert len(report["left_out"]) == 3
    assert all(line.startswith("lines.jsonl, line 1: ") for line in report["left_out"])
    assert len(report["per_draft"]) == 2


@pytest.mark.parametrize(
    ("label", "check"), [("failed", "B06"), ("fails", "b06"), ("FAIL ", "B06 calm_down"), ("should fail", "calm_down")]
)
def test_labels_and_checks_are_read_as_people_write_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], label: str, check: str
) -> None:
    """In any case, with the key behind the id."""
    report = told(capsys, "--rules-only", written(tmp_path, [{**SENTENCES[0], "label": label, "check": check}]))
    assert report["checks"]["B06"]["recall"] == 1.0


def test_lines_end_where_they_end(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A text may hold other separators, a draft may be an object, and a file may be one array."""
    split = {**SENTENCES[0], "text": "Calm down.\u2028It was a towel."}
    raw = json.dumps(split, ensure_ascii=False)
    assert told(capsys, "--rules-only", written(tmp_path, [raw, raw]))["checks"]["B06"]["n"] == 2
    array = json.dumps([split, 5, split], indent=1)
    report = told(capsys, "--rules-only", written(tmp_path, [array]))
    assert report["checks"]["B06"]["n"] == 2
    assert [line.split(":")[0] for line in report["left_out"]] == ["lines.jsonl, entry 2"]
    drafts = written(tmp_path, [{**DRAFT, "draft": {"text": DRAFT["draft"]}}])
    assert told(capsys, "--rules-only", "--drafts", drafts)["per_draft"][0]["hits"] == ["B06"]


def test_tables_are_for_people(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without --json."""
    main([written(tmp_path, SENTENCES), "--drafts", written(tmp_path, [DRAFT], "drafts.jsonl")])
    printed = capsys.readouterr().out
    assert printed.splitlines()[1].split()[::5] == ["B06", "calm_down"]
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
