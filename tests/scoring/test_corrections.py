"""The owner's labelled reviews, in the forms people have them in."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring import corrections
from scoring.corrections import Correction, read_corrections
from scoring.errors import CorrectionsRefused

NO = '"They said \\"no\\"; fine"'  # as JSON
WANTED = [Correction("Liars, all of them", True), Correction('They said "no"; fine', False)]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jsonl", f'{{"text": "Liars, all of them", "angry": true}}\n\n{{"text": {NO}, "angry": false}}'),
        ("a.json", f'{{"text": "Liars, all of them", "anger": 3}}\r\n{{"text": {NO}, "anger": 1}}\r\n'),
        ("a.txt", f'\ufeff{{"text": "Liars, all of them", "anger": "2"}}\n{{"text": {NO}, "angry": "no"}}'),
        ("a.csv", 'text,angry\n"Liars, all of them",yes\n"They said ""no""; fine",no\n'),
        ("a.csv", '\ufeffID;Text;Anger\r\n1;"Liars, all of them";2\r\n2;"They said ""no""; fine";0\r\n;;\r\n'),
        ("a.csv", 'angry\ttext\nTRUE\tLiars, all of them\nFALSE\t"They said ""no""; fine"\n'),
    ],
)  # fmt: skip
def test_every_form_gives_the_same_rows(tmp_path: Path, name: str, content: str) -> None:
    """JSON Lines or CSV, whatever the spreadsheet's separator, levels or yes and no."""
    (tmp_path / name).write_bytes(content.encode())
    assert read_corrections(tmp_path / name) == WANTED


def test_last_word_on_a_text_counts(tmp_path: Path) -> None:
    """Who corrects a correction appends a row."""
    file = tmp_path / "a.jsonl"
    file.write_text('{"text":"a","angry":true}\n{"text":"b","angry":true}\n{"text":"a","angry":false}\n')
    assert read_corrections(file) == [Correction("b", True), Correction("a", False)]


def test_text_may_hold_line_breaks_in_a_table(tmp_path: Path) -> None:
    """A quoted cell goes on over lines."""
    (tmp_path / "a.csv").write_text('text,angry\n"one\ntwo",1\n')
    assert read_corrections(tmp_path / "a.csv") == [Correction("one\ntwo", True)]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.jsonl", "", "holds no row|no column text"),
        ("a.csv", "", "no column text"),
        ("a.csv", "text,angry\n", "holds no row"),
        ("a.csv", "review,angry\nx,1\n", "no column text"),
        ("a.csv", "text,stars\nx,1\n", "neither anger nor angry"),
        ("a.csv", 'text,angry\n"x"y,1\n', "Near line 2 .* is no CSV table"),
        ("a.csv", "text,angry\n" + "x" * 200_000 + ",1\n", "Near line 2 .* is no CSV table: field larger"),
        ("a.jsonl", '{"text": "x", "angry": true}\n{"text": ', "Line 2 of .* is no JSON object"),
        ("a.jsonl", '{"text": "x", "angry": true}\n[1]', "Line 2 of .* is no JSON object"),
        ("a.jsonl", '{"a":' + "[" * 100_000, "Line 1 of .* is no JSON object"),
        ("a.jsonl", '{"text": "", "angry": true}', "Line 1 of .* has no text"),
        ("a.jsonl", '{"text": 7, "angry": true}', "has no text"),
        ("a.jsonl", '{"text": "x"}', "neither anger nor angry"),
        ("a.jsonl", '{"text": "x", "anger": 4}', "'4' is no value of anger"),
        ("a.jsonl", '{"text": "x", "anger": 1' + "0" * 400 + "}", "'10{39}' is no value of anger"),
        ("a.jsonl", '{"text": "x", "anger": true}', "'True' is no value of anger"),
        ("a.jsonl", '{"text": "x", "anger": NaN}', "'nan' is no value of anger"),
        ("a.jsonl", '{"text": "x", "angry": "perhaps"}', "'perhaps' is no value of angry"),
    ],
)
def test_bad_file_is_told_in_a_sentence(tmp_path: Path, name: str, content: str, says: str) -> None:
    """Which line, what is wrong, and what rows look like; never the text of a review."""
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(CorrectionsRefused, match=says) as caught:
        read_corrections(tmp_path / name)
    assert len(str(caught.value).splitlines()) == 1
    assert len(str(caught.value)) < 400 + len(str(tmp_path))


def test_places_without_a_file_are_told(tmp_path: Path) -> None:
    """No such file, a folder, or no text."""
    with pytest.raises(CorrectionsRefused, match=r"There is no file .*nowhere\.csv"):
        read_corrections(tmp_path / "nowhere.csv")
    with pytest.raises(CorrectionsRefused, match="is a folder"):
        read_corrections(tmp_path)
    (tmp_path / "a.csv").write_bytes("text,angry\nGrüße,1\n".encode("latin-1"))
    with pytest.raises(CorrectionsRefused, match="UTF-8"):
        read_corrections(tmp_path / "a.csv")


def test_huge_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a dump of everything nor a disk image is read into memory."""
    file = tmp_path / "a.jsonl"
    with file.open("wb") as made:
        made.truncate(corrections.MOST_BYTES + 1)  # takes no room
    with pytest.raises(CorrectionsRefused, match="larger than 50 MB"):
        read_corrections(file)
    monkeypatch.setattr(corrections, "MOST_ROWS", 2)
    file.write_text("".join(f'{{"text": "{at}", "angry": true}}\n' for at in range(3)))
    with pytest.raises(CorrectionsRefused, match="more than 2 rows"):
        read_corrections(file)


@settings(deadline=None)
@given(content=st.binary(max_size=300) | st.text('{}[]",;\n\ttextangry01: ', max_size=200).map(str.encode))
def test_any_bytes_give_rows_or_a_sentence(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    """Nothing else comes out of any file."""
    for name in ("a.csv", "a.jsonl"):
        file = tmp_path_factory.getbasetemp() / name
        file.write_bytes(content)
        with suppress(CorrectionsRefused):
            assert all(row.text.strip() for row in read_corrections(file))
