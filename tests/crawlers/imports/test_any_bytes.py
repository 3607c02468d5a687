"""Whatever bytes are imported, a plan comes out or ParseError, and what comes out can be stored."""

from __future__ import annotations

import io
import random
import zipfile
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from crawlers.errors import ParseError
from crawlers.imports.columns import FIELDS, Columns, guess
from crawlers.imports.plan import ImportPlan, make_plan, plan_of_mails
from crawlers.imports.sheet import table_of_sheet
from crawlers.pipelines.validate import fault_of

from .expected import FILES as FOLDER
from .expected import NOW, cases
from .sheets import workbook

PIECES = st.sampled_from(
    [
        b"Review,Rating,Date\n", b"Text;Note;Datum\r\n", b"sep=;\n", b'"', b'""', b",", b";", b"\t", b"|",
        b"\n\n", b"\r",
        b"4,5", b"8/10", "★★★☆☆".encode(), b"11/10/2026", b"2 weeks ago", b"31.02.2026",
        b"99/99/9999", b"=1+1",
        b'{"reviews":[', b'{"text":"x","rating":5}', b'{"type":"FeatureCollection","features":[{"properties":', b"]}",
        b"1e999",
        b"NaN", b'"\\ud800"', b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xe9", b"---\n",
        b"From: a@b\nSubject: x\n\n", b"From: ",
        b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\n", b"Content-Type: message/rfc822\n\n",
        b"Content-Transfer-Encoding: base64\n", b"=?utf-8?b?/w==?=",
        b"<!doctype html><title>x Yelp</title>", b"<p data-review-id=1><p class=comment__09f24__>x",
        b"<script>window.__INITIAL_STATE__ = {", b"<ol id=restProfileReviewsContent><li>Overall 5", b")]}'[[[",
        b"From: <Saved by Blink>\nMIME-Version: 1.0\nContent-Type: multipart/related; type=\"text/html\"\n\n",
        b"<img alt='2 stars'>", b"<a href='http://x/review'>r</a>",
        b"---------- Forwarded message ---------\nFrom: x\n", b"PK\x03\x04", b"[" * 3000, b'{"a":' * 3000,
    ]
)  # fmt: skip
SOUP = st.lists(st.one_of(PIECES, st.binary(max_size=12)), max_size=40).map(b"".join)
CLOSED = {"opentable", "flipkart"}
SAVED = sorted(
    file for file in FOLDER.parent.glob("*/*.html") if "_page" in file.parent.name or file.parent.name in CLOSED
)
FILES = [file.read_bytes() for file in (*cases(), *SAVED)] + [workbook([["Text", "Rating"], ["Nice", 4], ["=1+1", 2]])]
NAMES = st.sampled_from(["", "x.csv", "x.json", "x.txt", "x.xlsx", "x.eml"])
FREELY = settings(max_examples=120, suppress_health_check=[HealthCheck.too_slow])


def storable(plan: ImportPlan) -> None:
    """Nothing that the database or the pipeline's own rules refuse."""
    for item in plan.items:
        assert fault_of(item) == ""
        texts = (item.external_id, item.body, item.title, item.author_name, item.url, item.rating_raw, item.language)
        for text in texts:
            assert "\x00" not in text
            text.encode("utf-8")
    assert len({item.external_id for item in plan.items}) == len(plan.items) == len(plan.lines)


def read(data: bytes, name: str = "") -> None:
    try:
        plan = make_plan(data, name, now=NOW)
    except ParseError:
        return
    storable(plan)


@FREELY
@given(data=st.one_of(st.binary(max_size=400), SOUP), name=NAMES)
@example(data=b"", name="")
@example(data=b"/etc/passwd", name="")
@example(data=b"PK\x03\x04" + b"\x00" * 60, name="x.xlsx")
def test_any_bytes(data: bytes, name: str) -> None:
    """Any bytes under any name."""
    read(data, name)


@FREELY
@given(seed=st.integers(0, 2**32), number=st.integers(0, len(FILES) - 1))
def test_damaged_files(seed: int, number: int) -> None:
    """Good files with bytes cut out, doubled or replaced."""
    dice = random.Random(seed)
    data = bytearray(FILES[number])
    for _ in range(dice.randint(1, 30)):
        at = dice.randrange(len(data) or 1)
        cut = data[at : at + dice.randint(1, 60)]
        data[at : at + len(cut)] = dice.choice([b"", bytes(cut) * 2, bytes([dice.randrange(256)]), b'"', b"[", b"\n"])
    read(bytes(data))


@FREELY
@given(
    part=st.sampled_from(["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml"]),
    seed=st.integers(0, 2**32),
)
def test_damaged_parts_of_a_workbook(part: str, seed: int) -> None:
    """Damage within the XML of a workbook, where the archive itself is whole."""
    dice = random.Random(seed)
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(FILES[-1])) as good, zipfile.ZipFile(made, "w") as bad:
        for info in good.infolist():
            data = bytearray(good.read(info))
            for _ in range(dice.randint(1, 5) if info.filename == part else 0):
                at = dice.randrange(len(data) or 1)
                data[at : at + dice.randint(1, 20)] = dice.choice([b"", b"9", b"<", b'"', b"A", b"</c>", b"<v>-1</v>"])
            bad.writestr(info.filename, bytes(data))
    with suppress(ParseError):
        table_of_sheet(made.getvalue())


@FREELY
@given(mails=st.lists(st.one_of(SOUP, st.binary(max_size=200)), min_size=1, max_size=3))
def test_any_mails(mails: list[bytes]) -> None:
    """Whatever a mailbox gives: a broken mail is rejected and stops no other."""
    plan = plan_of_mails(mails, now=NOW)
    storable(plan)
    assert len(plan.items) + len(plan.rejected) + plan.skipped == len(mails)


@FREELY
@given(
    headers=st.lists(st.text(max_size=30), max_size=12, unique=True),
    rows=st.lists(st.lists(st.text(max_size=40), max_size=12), max_size=5),
)
def test_any_headers(headers: list[str], rows: list[list[str]]) -> None:
    """A guess names columns that are there, each for one field, and survives being remembered as JSON."""
    found = guess(headers, rows)
    assert set(found.fields) <= set(FIELDS)
    assert found.missing(headers) == []
    assert Columns.from_json(found.as_json()) == Columns(fields={name: at for name, at in found.fields.items() if at})


@FREELY
@given(
    value=st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(max_size=9),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=9), inner),
        max_leaves=8,
    )
)
def test_any_remembered_columns(value: object) -> None:
    """What stands in the options of a source is columns or ParseError."""
    for one in (value, {"fields": value}, {"fields": {"text": value}, "dates": value, "best": value}):
        try:
            Columns.from_json(one)
        except ParseError:
            continue


@pytest.mark.parametrize(
    "data", [b"x" * (20 * 1024 * 1024 + 1), b"\xd0\xcf\x11\xe0" + b"x" * 90, b"%PDF-1.7", b"<!doctype html><p>x"]
)
def test_other_files_are_told_in_words(data: bytes) -> None:
    """What is no export at all says what to do instead."""
    with pytest.raises(ParseError, match=r"Export|Open|Split"):
        make_plan(data, now=NOW)
