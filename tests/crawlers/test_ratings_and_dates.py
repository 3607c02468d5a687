"""Ratings and dates as people and programs write them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawlers.items import DatePrecision, RatingKind
from crawlers.parsers.dates import read_date
from crawlers.parsers.ratings import read_rating, split_title
from crawlers.parsers.text import line, plain

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "best", "worst", "expected"),  # value, low, high, stars
    [
        (4, None, None, (4, 1, 5, 4)),
        ("4,5", 5, None, (4.5, 1, 5, 4.5)),
        ("4.5/5", None, None, (4.5, 1, 5, 4.5)),
        ("8,5 / 10", None, None, (8.5, 1, 10, 4.25)),
        ("4 von 5 Sternen", None, None, (4, 1, 5, 4)),
        ("4.0 out of 5 stars", None, None, (4, 1, 5, 4)),
        ("3 stars", None, None, (3, 1, 5, 3)),
        ("★★★★☆", None, None, (4, 1, 5, 4)),
        ("★★★½☆", None, None, (3.5, 1, 5, 3.5)),
        ("⭐⭐", None, None, (2, 1, 5, 2)),
        ("80%", None, None, (80, 1, 100, 4)),
        (85, 100, 0, (85, 0, 100, 4.25)),
        (0, 10, None, (0, 0, 10, 0)),
        ("7", 10, 0, (7, 0, 10, 3.5)),
        (9, None, None, (9, None, None, None)),  # nobody knows of how many
        (7, 5, None, (None, None, None, None)),  # outside its scale
        (0, 5, 1, (None, None, None, None)),
        ("five stars", 5, None, (None, None, None, None)),
        (float("nan"), 5, None, (None, None, None, None)),
        (True, 5, None, (None, None, None, None)),
        (10**30, None, None, (None, None, None, None)),
        ("", 5, None, (None, None, None, None)),
        (None, None, None, (None, None, None, None)),
    ],
)
def test_rating_is_read(value: object, best: object, worst: object, expected: tuple[object, ...]) -> None:
    """A number on its scale, or none; never a guess."""
    rating = read_rating(value, best=best, worst=worst)
    assert (rating.value, rating.low, rating.high, rating.stars) == expected
    assert (rating.kind is RatingKind.STARS) is (rating.high == 5)
    assert bool(rating.raw) is (value not in ("", None, True))


@pytest.mark.parametrize(
    ("title", "rating", "rest"),
    [
        ("4/5 – Lovely", "4/5", "Lovely"),
        ("★★☆☆☆ Cold soup", "★★☆☆☆", "Cold soup"),
        ("Rating: 4.5/5", "4.5/5", ""),
        ("Bewertung: 3/5 | Na ja", "3/5", "Na ja"),
        ("24/7 open kitchen", "", "24/7 open kitchen"),
        ("1/50 of the guests", "", "1/50 of the guests"),
        ("Five stars", "", "Five stars"),
        ("", "", ""),
    ],
)
def test_title_gives_up_its_rating(title: str, rating: str, rest: str) -> None:
    """Only at the beginning, and only what is one."""
    assert split_title(title) == (rating, rest)


D, AT, M, R = DatePrecision.DAY, DatePrecision.INSTANT, DatePrecision.MONTH, DatePrecision.RELATIVE


@pytest.mark.parametrize(
    ("text", "language", "expected", "precision"),
    [
        ("2026-11-01", "", "2026-11-01T00:00", D),
        ("2026-11-01T23:30", "", "2026-11-01T00:00", D),  # no zone: the day is known, the instant is not
        ("2026-11-01T23:30:00+02:00", "", "2026-11-01T21:30", AT),
        ("2026-11-01T23:30:00.123Z", "", "2026-11-01T23:30", AT),
        ("2026-11-01 23:30:00 -0700", "", "2026-11-02T06:30", AT),
        ("2026-10", "", "2026-10-01T00:00", M),
        ("Mon, 02 Nov 2026 10:00:00 GMT", "", "2026-11-02T10:00", AT),
        ("1794500000", "", "2026-11-12T16:13", AT),
        ("12. marts 2026", "da", "2026-03-12T00:00", D),
        ("12. marts 2026", "", "2026-03-12T00:00", D),
        ("1 novembre 2026", "en", "2026-11-01T00:00", D),
        ("1 Kasım 2026", "tr", "2026-11-01T00:00", D),
        ("2026年11月1日", "ja", "2026-11-01T00:00", D),
        ("Nov 2026", "en", "2026-11-01T00:00", M),
        ("12.03.2026", "", "2026-03-12T00:00", D),
        ("03/04/2026", "de", "2026-04-03T00:00", D),
        ("03/04/2026", "en-GB", "2026-04-03T00:00", D),
        ("03/04/2026", "en-US", "2026-03-04T00:00", D),
        ("25/12/2025", "en", "2025-12-25T00:00", D),
        ("12/25/2025", "", "2025-12-25T00:00", D),
        ("٢٠٢٦-١١-٠١", "ar", "2026-11-01T00:00", D),
        ("2 weeks ago", "en", "2026-11-07T00:00", R),
        ("vor 3 Tagen", "de", "2026-11-18T00:00", R),
        ("hace 2 días", "es", "2026-11-19T00:00", R),
    ],
)
def test_date_is_read(text: str, language: str, expected: str, precision: DatePrecision) -> None:
    """The moment, and how exact it is."""
    read = read_date(text, language=language, now=NOW)
    assert read.at is not None, read.warning
    assert (read.at.strftime("%Y-%m-%dT%H:%M"), read.precision) == (expected, precision)
    assert read.at.tzinfo is UTC


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("03/04/2026", "en"),
        ("03/04/2026", ""),
        ("31.02.2026", ""),
        ("not a date", "en"),
        ("2027-01-01", ""),
        ("x" * 500, ""),
    ],
)
def test_doubtful_date_is_no_date(text: str, language: str) -> None:
    """Ambiguous, impossible or future dates are left out with a warning."""
    read = read_date(text, language=language, now=NOW)
    assert (read.at, read.precision) == (None, DatePrecision.NONE)
    assert read.warning


def test_relative_date_needs_the_time_of_reading() -> None:
    """Without `now` nothing is assumed."""
    assert read_date("2 weeks ago", language="en").at is None


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>One</p><p>Two<br>Three</p>", "One\n\nTwo\nThree"),
        ("I <3 it, 5 < 6 &amp; 7 > 6", "I <3 it, 5 < 6 & 7 > 6"),
        ("a<script>alert(1)</script>b", "ab"),
        ("a<script>never closed", "anever closed"),
        ("evil\u202egnp.exe\u2069 \u200bspace", "evilgnp.exe space"),
        ("👩\u200d👩\u200d👧 می\u200cخواهم", "👩\u200d👩\u200d👧 می\u200cخواهم"),
        ("nul\x00 half\ud800 bell\x07", "nul half bell"),
        ("  many   \t blanks \r\n\r\n\r\n\r\n end ", "many blanks\n\nend"),
        ("cut <a href='x", "cut"),
    ],
)
def test_text_is_plain(markup: str, text: str) -> None:
    """Tags and control characters go, what the guest wrote stays."""
    assert plain(markup) == text


def test_lines_are_single_and_bounded() -> None:
    """Titles and names are one line of at most 300 characters."""
    assert line("a<br>b\n c") == "a b c"
    assert len(line("x" * 1000)) == 300
