"""How the cells of a row are read, and what is said of those that are not taken."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from crawlers.errors import ParseError
from crawlers.imports.plan import make_plan
from crawlers.imports.rejected import write_rejected
from crawlers.items import IdKind, RatingKind

from .expected import NOW, planned


def reasons(text: str, **columns: Any) -> dict[int, str]:
    """Line to reason."""
    return {row.line: row.reason for row in planned(text, **columns).rejected}


@pytest.mark.parametrize(
    ("written", "value", "stars"),
    [
        ("4,5", 4.5, 4.5),
        ("8/10", 8, 4),
        ("★★★☆☆", 3, 3),
        ("80%", 80, 4),
        ("4 stars", 4, 4),
        ("TWO", 2, 2),
        ("3 von 5", 3, 3),
    ],
)
def test_ratings_as_people_write_them(written: str, value: float, stars: float) -> None:
    """The number, its scale, and what the source wrote."""
    item = planned(f"Text;Rating\nx;{written}\n").items[0]
    assert (item.rating, item.stars) == (value, stars)


def test_scale_of_bare_figures_is_told_by_the_highest() -> None:
    """4 beside 9,2 is four of ten, and the plan says so; a scale that people give is obeyed."""
    plan = planned("Text;Note\na;4\nb;9,2\n")
    assert [item.stars for item in plan.items] == [2.0, 4.6]
    assert plan.items[0].rating_kind is RatingKind.SCORE
    assert plan.warnings == ("The ratings go up to 9.2 and are read as out of 10.",)
    assert planned("Text;Note\na;4\n", best=10).items[0].stars == 2.0


def test_rating_that_cannot_be_is_rejected() -> None:
    """Neither guessed nor left out in silence."""
    assert reasons("Text,Rating\na,very good\nb,7/5\nc,n/a\n") == {
        2: "a rating could not be read",
        3: "a rating lies outside its scale",
    }


def test_a_column_may_tell_when_the_guest_was_there() -> None:
    """With its zone to the minute, else to the day; its days tell the order of all, and none costs a row."""
    rows = ["a;2026-11-02;2026-10-30T20:30+01:00", "b;2026-11-02;2026-10-30 20:30", "c;2026-11-02;October 2026",
            "d;2026-11-02;last week", "e;2026-11-02;", "f;02/11/2026;31/10/2026"]  # fmt: skip
    plan = planned("Text;Date;visited_at\n" + "\n".join(rows) + "\n")
    assert [(one.visited_at and one.visited_at.isoformat(), one.visited_precision) for one in plan.items] == [
        ("2026-10-30T19:30:00+00:00", "instant"),
        ("2026-10-30T00:00:00+00:00", "day"),
        ("2026-10-01T00:00:00+00:00", "month"),
        (None, "none"),
        (None, "none"),
        ("2026-10-31T00:00:00+00:00", "day"),
    ]
    assert plan.rejected == ()
    assert "The date of the visit could not be read in 1 row, which is taken without it." in plan.warnings
    german = planned("Text;Besuchsdatum\nx;30.10.2026\n")
    assert german.items[0].visited_precision == "day"


def test_one_date_tells_the_order_of_all() -> None:
    """13/11 can only be day first, so 03/11 is the third of November; an American export the other way round."""
    days = planned("Text,Date\na,03/11/2026\nb,13/11/2026\n").items
    months = planned("Text,Date\na,11/03/2026 6:03 PM\nb,11/13/26\n").items
    assert [item.published_at and item.published_at.isoformat()[:10] for item in days] == ["2026-11-03", "2026-11-13"]
    assert [item.published_at and item.published_at.isoformat()[:10] for item in months] == ["2026-11-03", "2026-11-13"]


def test_order_that_nothing_tells_is_rejected_until_it_is_said() -> None:
    """A wrong date is worse than a rejected row; with full stops the day comes first everywhere."""
    text = "Text,Date\na,03/04/2026\nb,05/05/2026\nc,03.04.2026\n"
    assert reasons(text) == {2: "the date does not say whether day or month comes first"}
    said = {order: planned(text, dates=order).items[0].published_at for order in ("dmy", "mdy")}
    assert [at and (at.month, at.day) for at in said.values()] == [(4, 3), (3, 4)]


def test_what_the_dates_say_counts_more_than_what_people_say() -> None:
    """13/11 is no thirteenth month, and the plan says that it was read otherwise."""
    plan = planned("Text,Date\na,03/11/2026\nb,13/11/2026\n", dates="mdy")
    assert plan.items[0].published_at is not None
    assert plan.items[0].published_at.month == 11
    assert plan.warnings == (
        "The dates of the file can only be read with the day first, so they are, and not with the month first.",
    )


def test_dates_that_mean_nothing_in_a_file() -> None:
    """Relative ones, unreadable ones, and those that no review can bear."""
    assert reasons("Text,Date\na,2 weeks ago\nb,31.02.2026\nc,soon\nd,2031-01-01\ne,1970-01-01\n") == {
        2: "the date is relative to a day that the file does not tell",
        3: "the date cannot be read",
        4: "the date cannot be read",
        5: "a date lies in the future",
        6: "a date lies too far in the past",
    }


def test_empty_rows_are_counted_and_hollow_ones_rejected() -> None:
    """A blank line is nothing; an id without text and rating is told."""
    plan = planned("ID,Text,Rating\nx1,fine,\n\n,,\nx2,,\n")
    assert (len(plan.items), plan.skipped) == (1, 2)
    assert {row.line: row.reason for row in plan.rejected} == {5: "it has neither a text nor a rating"}


def test_identity_is_the_id_then_the_link_then_a_digest() -> None:
    """And the same at every import."""
    text = "ID,Text,Link\nx1,a,https://x.example/1\n,b,https://x.example/2\n,c,https://x.example/3\n,d,https://x.example/3\n"
    plan = planned(text)
    kinds = [item.id_kind for item in plan.items]
    assert kinds == [
        IdKind.PLATFORM,
        IdKind.URL,
        IdKind.DIGEST,
        IdKind.DIGEST,
    ]  # one link for two reviews is of neither
    assert [item.external_id for item in plan.items[:2]] == ["x1", "https://x.example/2"]
    assert [item.external_id for item in planned(text).items] == [item.external_id for item in plan.items]


def test_same_review_twice_in_a_file() -> None:
    """The first stands; the second says where."""
    assert reasons("ID,Text\nx1,a\nx1,b\n") == {3: "it is the same review as in line 2"}
    assert reasons("Text,Author\nGood food,Anna\nGood food,Anna\n") == {3: "it is the same review as in line 2"}


def test_praise_and_blame_make_the_text() -> None:
    """Praise first, both kept apart as well."""
    item = planned("Pros,Cons,Rating\nThe view,The lift,3\n").items[0]
    assert (item.positive, item.negative, item.body) == ("The view", "The lift", "The view\n\nThe lift")


def test_row_longer_than_the_headers() -> None:
    """An unquoted comma in a text shifts the cells: better rejected than cut."""
    assert reasons("Text,Rating\nGood, cheap and near,5\n") == {2: "it has more cells than there are headers"}


def test_lines_are_those_of_the_file() -> None:
    """A text over several lines moves the following ones."""
    assert reasons('Text,Rating\n"one\ntwo\nthree",5\nx,9/5\n') == {5: "a rating lies outside its scale"}


def test_caps_are_told_in_words() -> None:
    """Rows, columns, cells, and a quotation mark that swallows the file."""
    with pytest.raises(ParseError, match="more than 100,000 rows"):
        planned("Text,Rating\n" + "x,5\n" * 100_001)
    with pytest.raises(ParseError, match="more than 200 columns"):
        planned(",".join(["Text", "Rating", *("x" * 199)]) + "\n1\n")
    assert reasons(f"Text,Rating\n{'x' * 100_001},5\n") == {2: "a cell is longer than 100,000 characters"}
    with pytest.raises(ParseError, match="opens in line 3 is never closed"):
        planned('Text,Rating\nfine,5\n"' + "x,5\n" * 60_000)


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("Text;Note\nSchön, Zoë;4\n".encode(), "utf-8"),
        ("Text;Note\nSchön, Zoë;4\n".encode("utf-8-sig"), "utf-8"),
        ("Text;Note\nSchön, Zoë;4\n".encode("utf-16"), "utf-16"),
        ("Text;Note\nSchön, Zoë;4\n".encode("utf-16-le"), "utf-16-le"),
        ("Text;Note\nSchön, Zoë;4\n".encode("cp1252"), "cp1252"),
    ],
)
def test_encodings(data: bytes, encoding: str) -> None:
    """With and without a mark; a guess is said aloud."""
    plan = make_plan(data, "x.csv", now=NOW)
    assert (plan.encoding, plan.items[0].body) == (encoding, "Schön, Zoë")
    assert ("does not say its encoding" in "".join(plan.warnings)) == (encoding in {"cp1252", "utf-16-le"})


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters(delimiter: str) -> None:
    """Told by the headers they part, whatever stands in the texts."""
    text = f'Review{delimiter}Rating\n"a, b; c\td | e, f, g, h"{delimiter}5\n'
    plan = planned(text)
    assert (plan.delimiter, plan.items[0].rating) == (delimiter, 5)
    assert planned(f"sep={delimiter}\n{text}").delimiter == delimiter


def test_rejected_rows_are_written_without_formulas() -> None:
    """The program that opens the list must not run what a guest wrote."""
    plan = planned('Text,Rating,Author\n"=HYPERLINK(""http://evil.invalid"")",9/5, +1\n@SUM(A1),x,-2\n')
    file = io.StringIO()
    write_rejected(plan, file)
    rows = list(csv.reader(io.StringIO(file.getvalue())))
    assert rows[0] == ["line", "reason", "Text", "Rating", "Author"]
    assert rows[1][2:] == ['\'=HYPERLINK("http://evil.invalid")', "9/5", "' +1"]
    assert rows[2][2:] == ["'@SUM(A1)", "x", "'-2"]


def test_limit_of_cells_is_left_as_it_was() -> None:
    """It belongs to the whole process, and others read tables by it."""
    usual = csv.field_size_limit()
    planned(f"Text;Note\n{'x' * (usual + 1)};4\n")
    assert csv.field_size_limit() == usual
