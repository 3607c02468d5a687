"""What the written sentences teach: the right targets, whole runs held out, and nothing of what is measured on."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from scoring.rubric import written
from scoring.rubric.learned import CHECKS, LANGUAGES

ROW = {"check": "B01", "label": "pass", "text": "You keep the refund.", "lang": "en", "context": ""}


def of(folder: Path, *rows: dict[str, object]) -> list[written.Sentence]:
    (folder / "hand_x_en.jsonl").write_text("".join(json.dumps(ROW | row) + "\n" for row in rows), encoding="utf-8")
    return [*written.taught(folder), *written.held_out(folder)]


def at(sentence: written.Sentence, check: str) -> float:
    return sentence.targets[CHECKS.index(check)]


@pytest.mark.parametrize(
    ("check", "label", "context", "target"),
    [
        ("B01", "fail", "", 1.0),
        ("B01", "pass", "", 0.0),
        ("S03", "pass", "", 1.0),
        ("S03", "fail", "", 0.0),
        ("W06", "fail", "nothing on file", 1.0),
        ("W06", "pass", "refund issued on Monday", 1.0),  # said to be done, and done
        ("W06", "pass", "task still open", 0.0),
        ("W06", "pass", "", 0.0),
    ],
)
def test_targets_are_what_the_network_is_asked(check: str, label: str, context: str, target: float) -> None:
    """Failing a B or W check, doing what an S check asks for, and of W06 only whether something is said to be done."""
    assert written.target_of(check, label, context) == target


def test_a_good_sentence_fails_nothing_and_teaches_no_s_check(tmp_path: Path) -> None:
    """What passes one check was written as a good sentence; whether it apologises nobody has said."""
    [good] = of(tmp_path, {})
    assert (at(good, "B05"), at(good, "S03")) == (0.0, written.UNKNOWN)
    assert at(good, "W05") == written.UNKNOWN  # its kin: an unconditional offer may still be one


def test_what_was_marked_beside_counts(tmp_path: Path) -> None:
    """A sentence that fails a second check teaches that one as much."""
    [bad] = of(tmp_path, {"label": "fail", "also": ["W05", "S03"]})
    assert (at(bad, "B01"), at(bad, "W05"), at(bad, "S03")) == (1.0, 1.0, 0.0)


def test_a_good_answer_teaches_what_is_innocent(tmp_path: Path) -> None:
    """Each of its sentences fails nothing; whole answers are held out, never a sentence of one that is learned from."""
    days = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Sunday")
    drafts = [{"draft": f"It was {day}. We were sorry by {day}.", "lang": "en", "review": "x", "verdict": "clean"}
              for day in days]  # fmt: skip
    (tmp_path / "good_drafts.jsonl").write_text("".join(json.dumps(one) + "\n" for one in drafts), encoding="utf-8")
    taught, kept = written.taught(tmp_path), written.held_out_good(tmp_path)
    assert [row.text for row in kept[:2]] == ["It was Monday.", "We were sorry by Monday."]
    assert {row.text.split()[-1] for row in kept} == {"Monday.", "Friday."}
    assert {row.text.split()[-1] for row in taught} == {"Tuesday.", "Wednesday.", "Thursday.", "Sunday."}
    assert (at(kept[0], "B05"), at(kept[0], "W06"), at(kept[0], "S03")) == (0.0, written.UNKNOWN, written.UNKNOWN)


def test_what_is_learned_last_is_not_learned_first(tmp_path: Path) -> None:
    """Faults without a telling word have files of their own; of whole answers only the good ones are read."""
    (tmp_path / "subtle_x.jsonl").write_text(json.dumps(ROW | {"text": "One would not dream of it."}), encoding="utf-8")
    draft = {"draft": "Good words.", "lang": "en", "review": "x", "verdict": "clean"}
    drafts = [draft, draft | {"draft": "Fine words."}, draft | {"draft": "Bad words.", "verdict": "block"}]
    (tmp_path / "subtle_drafts.jsonl").write_text("\n".join(map(json.dumps, drafts)), encoding="utf-8")
    first = of(tmp_path, {})
    kept = {row.text for row in (*written.held_out(tmp_path), *written.held_out_good(tmp_path))}
    last = {row.text for row in written.subtle(tmp_path)} | kept
    assert {row.text for row in first} - kept <= {"You keep the refund."}
    assert last - {"You keep the refund."} == {"One would not dream of it.", "Fine words.", "Good words."}


def test_a_pair_fails_what_one_of_both_fails(tmp_path: Path) -> None:
    """Joined as drafts join them; what neither tells stays unknown."""
    rows = of(tmp_path, {"label": "fail"}, {"check": "B05", "label": "fail", "text": "You clown of the court."})
    for pair in written.joined(rows, 40, random.Random(1)):
        assert pair.text.count("refund") + pair.text.count("court") == 2
        assert at(pair, "B01") == float("refund" in pair.text)
        assert at(pair, "S03") == written.UNKNOWN


def test_nothing_measured_on_is_learned_from() -> None:
    """The sentences and answers of the unseen sets are in no other file, and what is held out is not taught."""
    taught = {row.text for row in (*written.taught(), *written.subtle(), *written.near())}
    assert not taught & {row.text for row in written.unseen()}
    learned, measured = (
        {
            json.loads(line)["draft"]
            for name in names
            for line in (written.WRITTEN / f"{name}_drafts.jsonl").read_text(encoding="utf-8").splitlines()
        }
        for names in (("good", "subtle", "specific", "lively"), ("unseen", "later", "newest"))
    )
    assert len(measured) == 474
    assert not learned & measured
    assert len(taught & {row.text for row in written.held_out()}) <= 2  # the same few words, by two hands


def test_the_files_are_whole() -> None:
    """Every line has a known check, a label, a language that is claimed, and words; none stands twice in its file."""
    names = ("*_sentences.jsonl", "hand_*.jsonl", "subtle_[a-z].jsonl")
    for path in [path for name in names for path in sorted(written.WRITTEN.glob(name))]:
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        assert {row["label"] for row in rows} == {"pass", "fail"}
        assert {row["lang"] for row in rows} <= LANGUAGES | {"ca"}, path.name
        keys = [(row["check"], row["text"], row.get("context", "")) for row in rows]
        assert len(keys) == len(set(keys)), path.name
