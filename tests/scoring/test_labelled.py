"""Reading labelled texts: what a line may say, and a sentence with the place for whatever it may not."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scoring.labelled import NotLabelled, coarse, kept_sets, read_files, read_usable
from scoring.types import Risk, Topic

GOOD = {"text": "Nobody came for an hour.", "anger": 1}


def write(folder: Path, content: str | bytes) -> Path:
    path = folder / "texts.jsonl"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def lines(*objects: object) -> str:
    return "".join(json.dumps(one) + "\n" for one in objects)


def test_every_label_is_read(tmp_path: Path) -> None:
    """Letters of the guide or our names; passages only where the text has them; the language without its region."""
    whole = {
        **GOOD, "lang": "pt-BR", "stars": 2, "topics": "swqphoraef", "risks": ["safety", "m"],
        "angry": ["for an hour", "not there", ""], "trade": "restaurant",
    }  # fmt: skip
    (row,) = read_files([write(tmp_path, lines(whole))])
    assert (row.text, row.anger, row.lang, row.stars) == (GOOD["text"], 1, "pt", 2)
    assert row.topics == frozenset(Topic)
    assert row.risks == frozenset({Risk.SAFETY, Risk.REFUND})
    assert row.angry == ("for an hour",)


def test_what_was_not_labelled_is_unknown_not_empty(tmp_path: Path) -> None:
    """Only text and anger are needed; null is as good as absent; no topic at all is a label too."""
    nulls = dict.fromkeys(("lang", "stars", "topics", "risks", "angry"))
    bare, null, none = read_files(
        [write(tmp_path, lines(GOOD, {**GOOD, **nulls}, {**GOOD, "topics": "", "risks": []}))]
    )
    assert (bare.lang, bare.stars, bare.topics, bare.risks, bare.angry) == ("und", None, None, None, None)
    assert (null.lang, null.stars, null.topics, null.risks, null.angry) == ("und", None, None, None, None)
    assert (none.topics, none.risks) == (frozenset(), frozenset())


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + lines(GOOD, GOOD).encode(),
        lines(GOOD, GOOD).replace("\n", "\r\n"),
        "\n  \n" + lines(GOOD) + "\r\n\n" + lines(GOOD).rstrip(),
        lines({**GOOD, "anger": 1.0}, {**GOOD, "text": "Nobody\u2028came\x85for \ud800 an hour."}),
    ],
    ids=["byte order mark", "CRLF", "blank lines", "other line breaks and half a character inside a text"],
)
def test_harmless_differences_are_read_over(tmp_path: Path, content: str | bytes) -> None:
    """As other systems and editors write files."""
    assert [row.anger for row in read_files([write(tmp_path, content)])] == [1, 1]


def test_file_with_a_letter_of_the_finer_guide_is_judged_by_it(tmp_path: Path) -> None:
    """In any of its lines; each file for itself."""
    older, finer, topic = (tmp_path / name for name in ("older", "finer", "topic"))
    older.write_text(lines({**GOOD, "topics": "sw", "risks": "il"}), encoding="utf-8")
    finer.write_text(lines(GOOD, {**GOOD, "risks": "idx"}), encoding="utf-8")
    topic.write_text(lines({**GOOD, "topics": "f"}), encoding="utf-8")
    assert [row.is_fine for row in read_files([older, finer, topic])] == [False, True, True, True]


@pytest.mark.parametrize(
    "topics",
    ["sr", "RS", "s, r", "s r", "staff;complaint handling", "Staff, Complaint_Handling", ["s", "r"], ["Staff", "R"]],
)
def test_labels_are_read_however_they_are_strung_together(tmp_path: Path, topics: object) -> None:
    """Letters and names, in a string or a list; numbers also as strings, as tables are exported."""
    (row,) = read_files([write(tmp_path, lines({"text": "a", "anger": "2", "stars": "4.5", "topics": topics}))])
    assert (row.anger, row.stars, row.topics) == (2, 4.5, frozenset({Topic.STAFF, Topic.COMPLAINT_HANDLING}))


@pytest.mark.parametrize(
    ("field", "given", "wanted"),
    [
        *(("stars", given, None) for given in ("", " ", float("nan"), "NaN", "n/a")),
        *(("stars", given, 4.5) for given in ("4,5", "4.5/5", "4.5 out of 5 stars", "4,5 étoiles", "9/10", 4.5)),
        *(("stars", given, 4) for given in ("4 stars", "4 Sterne", "★★★★☆", "4 gwiazdki", "4.0")),
        *(("lang", given, "pt") for given in ("Portuguese", "português", "PT-br", " pt ", "por", "Portugees", ["pt"])),
        *(("lang", given, "cs") for given in ("Czech", "tschechisch", "tchèque", "čeština", "czeski", "checo")),
        *(("lang", given, "und") for given in ("", "und", "mixed", float("nan"), "unknown")),
        *(("risks", given, frozenset({Risk.SELF_HARM})) for given in ("self-harm", "Self harm", ["self_harm"], "s")),
        ("risks", "injury or illness; leaves for good", frozenset({Risk.SAFETY, Risk.CHURN})),
        ("topics", "['staff', 'price']", frozenset({Topic.STAFF, Topic.PRICE})),
        *(("topics", given, frozenset()) for given in ("", "none")),
        ("topics", [], frozenset()),
        ("topics", float("nan"), None),
        ("topics", "NaN", None),
        ("anger", "Furious", 3),
    ],
)
def test_common_spellings_are_read(tmp_path: Path, field: str, given: object, wanted: object) -> None:
    """As tables, shops and people of the eight languages of the pages write them; nothing for unknown."""
    (row,) = read_files([write(tmp_path, lines({**GOOD, field: given}))])
    assert getattr(row, field) == wanted


def test_runs_of_letters_are_read_where_a_file_is_labelled_with_letters(tmp_path: Path) -> None:
    """ "wosqr" is five topics beside "sw", and a word that nobody knows beside "staff"."""
    letters = [{**GOOD, "topics": given} for given in ("sw", "wosqr", "q")]
    assert [len(row.topics or ()) for row in read_files([write(tmp_path, lines(*letters))])] == [2, 5, 1]
    names = [{**GOOD, "topics": given} for given in ("staff", "price", "spa")]
    rows, (fault,) = read_usable([write(tmp_path, lines(*names))])
    assert [row.topics for row in rows] == [{Topic.STAFF}, {Topic.PRICE}, None]
    assert fault.told.endswith("not 'spa'.")


def test_one_bad_line_does_not_hide_the_others(tmp_path: Path) -> None:
    """Without text or anger it is left out, without another label it counts; each is told."""
    bad = lines({"text": "a"}, {**GOOD, "stars": "five", "lang": "de"}) + "{\n"
    path = write(tmp_path, lines(GOOD).encode() + bad.encode() + b'{"text": "caf\xe9", "anger": 1}\n')
    rows, faults = read_usable([path])
    assert [(row.lang, row.stars) for row in rows] == [("und", None), ("de", None)]
    assert [str(fault).removeprefix(f"{path}, ")[:14] for fault in faults] == [
        "line 4 is no J", "line 5 is not ", 'line 2: "anger', 'line 3: "stars',
    ]  # fmt: skip
    assert [str(fault).rsplit(". ", 1)[1] for fault in faults] == [
        *["The line is left out."] * 3, "Taken for unknown, the rest counts.",
    ]  # fmt: skip


def test_finer_risks_by_the_older_guide() -> None:
    """An allergy counted as injury or illness, the press as a legal step."""
    assert coarse(frozenset({Risk.ALLERGY, Risk.PRESS, Risk.CHURN})) == {Risk.SAFETY, Risk.LEGAL, Risk.CHURN}


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", r"line 2 is no JSON\. Each line must be an object"),
        ("[" * 100_000, r"line 2 is no JSON"),
        ("1" * 5000, r"line 2 is no JSON"),
        ('["text"]', r"line 2 is no object\. Each line must be an object"),
        ('{"anger": 1}', r'line 2: "text" must be a string, not null or absent\.'),
        ('{"text": 5, "anger": 1}', r'"text" must be a string, not 5\.'),
        ('{"text": "a"}', r'"anger" must be 0 \(calm\), 1 .* not null or absent\.'),
        ('{"text": "a", "anger": 5}', r"3 \(furious\), not 5\."),
        ('{"text": "a", "anger": true}', r"not True\."),
        ('{"text": "a", "anger": "two"}', r"not 'two'\."),
        ('{"text": "a", "anger": "5"}', r"not 5\.0\."),
        ('{"text": "a", "anger": 1.5}', r"not 1\.5\."),
        ('{"text": "a", "anger": NaN}', r"not nan\."),
        ('{"text": "a", "anger": 1, "stars": Infinity}', r"not inf\."),
        ('{"text": "a", "anger": 1, "stars": 1' + "0" * 400 + "}", r'"stars" must be .* not 10000'),
        ('{"text": "a", "anger": 1, "stars": "five"}', r"not 'five'\."),
        (
            '{"text": "a", "anger": 1, "lang": "\\u001b[31men"}',
            r"\"lang\" must be a language tag .* not '\\x1b\[31men'\.",
        ),
        ('{"text": "a", "anger": 1, "lang": 7}', r'"lang" must be .* not 7\.'),
        ('{"text": "a", "anger": 1, "topics": "sz"}', r"\"topics\" may hold s, w, q, .* staff, waiting, .* not 'sz'\."),
        ('{"text": "a", "anger": 1, "topics": {"s": 1}}', r'"topics" must be letters or a list of names, not'),
        ('{"text": "a", "anger": 1, "risks": "iq"}', r"\"risks\" may hold i, .* safety, .* not 'iq'\."),
        ('{"text": "a", "anger": 1, "topics": "shower"}', r"\"topics\" may hold .* not 'shower'\."),
        ('{"text": "a", "anger": 1, "risks": "claims"}', r"\"risks\" may hold .* not 'claims'\."),
        ('{"text": "a", "anger": 1, "topics": "ss"}', r"\"topics\" may hold .* not 'ss'\."),
        ('{"text": "a", "anger": 1, "lang": "en/de"}', r"\"lang\" must be .* not 'en/de'\."),
        ('{"text": "a", "anger": 1, "risks": [["i"]]}', r"\"risks\" may hold .* not \['i'\]\."),
        ('{"text": "a", "anger": 1, "angry": "a"}', r'"angry" must be a list of passages'),
        ('{"text": "a", "anger": 1, "angry": [1]}', r'"angry" must be a list of passages'),
        ('{"text": ' + json.dumps(["long"] * 99) + ', "anger": 1}', r"not \['long', .*\.\.\.\.$"),
    ],
)
def test_bad_line_is_refused_with_its_place_and_what_is_wanted(tmp_path: Path, line: str, told: str) -> None:
    """One sentence or two, on one line; never a Python error, never a text left out in silence."""
    path = write(tmp_path, lines(GOOD) + line + "\n")
    with pytest.raises(NotLabelled, match=told) as refused:
        read_files([path])
    assert str(refused.value).startswith(f"{path}, line 2")
    assert "\n" not in str(refused.value)
    assert len(str(refused.value).removeprefix(str(path))) < 250


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", r"holds no labelled text\. Each line must be an object"),
        (b"\xef\xbb\xbf\r\n\n", r"holds no labelled text"),
        (lines(GOOD).encode("utf-16"), r"is not UTF-8 .* Save it as UTF-8\."),
    ],
    ids=["empty", "blank", "UTF-16"],
)
def test_file_without_labelled_texts_is_refused(tmp_path: Path, content: bytes, told: str) -> None:
    """Named, with what to do."""
    with pytest.raises(NotLabelled, match=told):
        read_files([write(tmp_path, content)])


def test_file_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    """One that is not there and one that is a folder, also beside a good one."""
    good = write(tmp_path, lines(GOOD))
    for path in (tmp_path / "nowhere.jsonl", tmp_path):
        with pytest.raises(NotLabelled, match=rf"{path} cannot be read \(.*\)\. Name a file of labelled texts\."):
            read_files([good, path])


def test_folder_without_the_real_reviews_is_named(tmp_path: Path) -> None:
    """They belong to others and do not come with Amends."""
    with pytest.raises(NotLabelled, match=r"holds no labelled_real\.jsonl\. Name the folder"):
        kept_sets(tmp_path)


@example(b'{"text": "Cold soup.", "anger": "0\\u001c"}')  # a separator, which float does not take for a blank
@given(
    st.binary(max_size=200) | st.text(max_size=80).map(lambda text: json.dumps({"text": text, "anger": text}).encode())
)
def test_any_bytes_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    """No other error, whatever a file holds."""
    path = write(tmp_path_factory.mktemp("any"), content)
    with contextlib.suppress(NotLabelled):
        assert read_files([path])
