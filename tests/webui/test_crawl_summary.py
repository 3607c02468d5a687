"""What `amends crawl` prints on narrow and wide terminals, for few sources and many, with names in any script."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta

import pytest
from rich.cells import cell_len
from rich.console import Console

from db.models import CrawlState
from webui.board import board, shortened
from webui.jobs.outcomes import CrawlOutcome
from webui.summary import print_summary

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
LONG = "reviews-of-the-grand-hotel-lanterna-and-its-restaurant-by-the-sea-{:03}"
NAMES = (
    "Review page",
    "旅館「さくら」の口コミページ・東京都千代田区丸の内",
    "مراجعات فندق البحر الأزرق",
    "🍕 Lanterna [b]\x1b[31m",
)


def outcomes(count: int, *, slug: str) -> list[CrawlOutcome]:
    return [
        CrawlOutcome(
            slug=slug.format(number),
            name=NAMES[number % len(NAMES)],
            state=CrawlState.MISCONFIGURED if number % 10 == 9 else CrawlState.FINISHED,
            message="Its key is missing." if number % 10 == 9 else "",
            new=1000 + number,
            changed=20,
            gone=30,
            unchanged=12_000,
            seconds=4000.0,
            next_at=NOW + timedelta(hours=6),
        )
        for number in range(count)
    ]


def printed(width: int, of: list[CrawlOutcome]) -> list[str]:
    console = Console(file=io.StringIO(), width=width, highlight=False)
    print_summary(console, of, now=NOW)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue().splitlines()


@pytest.mark.parametrize("width", [60, 80, 120, 200])
@pytest.mark.parametrize("slug", ["hotel-{}", LONG])
@pytest.mark.parametrize("count", [1, 14, 200])
def test_every_source_has_one_line_that_fits(width: int, slug: str, count: int) -> None:
    """What has changed is never cut off, and a slug only in its middle: both its ends can be read."""
    of = outcomes(count, slug=slug)
    head, *lines = printed(width, of)[: count + 1]
    assert head.split()[0] == "Source"
    assert {"State", "New", "Changed", "Gone"} <= set(head.split())
    for line, outcome in zip(lines, of, strict=True):
        cell = line.split()[0]
        assert cell_len(line) <= width
        begin, _, end = cell.partition("…")
        assert outcome.slug.startswith(begin)
        assert outcome.slug.endswith(end or begin)
        state = "needs a key" if outcome.state == "misconfigured" else "finished"
        numbers = line[line.index(f" {state} ") :].removeprefix(f" {state} ").split()[:3]
        assert numbers == [str(outcome.new), "20", "30"]
        assert "\x1b" not in line


def test_what_tells_less_leaves_first() -> None:
    """The name, then the time, what has not changed and what comes next; a slug is cut only after them."""
    of = outcomes(3, slug="a-hotel-of-twenty-{:03}")
    left: list[str] = []
    before: set[str] = set()
    for width in range(140, 49, -1):
        lines = printed(width, of)
        columns = set(lines[0].split())
        left += sorted(before - columns)
        before = columns
        assert ("…" in lines[1].split()[0]) is (len(left) == 4 and of[0].slug not in lines[1])
    assert left == ["Name", "Time", "Unchanged", "Next"]


def test_slug_is_cut_in_its_middle() -> None:
    """To exactly the room there is; one that fits stays."""
    assert shortened("hotel-travel", 12) == "hotel-travel"
    assert [shortened("hotel-travel", width) for width in (11, 10)] == ["hotel…ravel", "hotel…avel"]


def test_brief_board_is_quiet(capsys: pytest.CaptureFixture[str]) -> None:
    """Off a terminal nothing is told of each source; what must be said is; the caller sums up."""
    (one,) = outcomes(1, slug="hotel-{}")
    with board(["hotel-0"], is_brief=True) as shown:
        shown.tell("hotel-0", "reading", 0)
        shown.tell("hotel-0", "reading", 40)
        shown.say("hotel-0: its last reading was cut off.")
        shown.ended(one)
    assert capsys.readouterr().out == "  hotel-0: its last reading was cut off.\n"
