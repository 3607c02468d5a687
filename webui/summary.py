"""What `amends crawl` prints at its end: a table of the sources, what was not read and why, the first of a dry run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from db.wording import printable

from .board import LEAST_SLUG, STATES, shortened

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from .jobs.outcomes import CrawlOutcome

NAMED_MOST = 5  # sources of one trouble that are named
LEAST_NAME = 14  # columns of the terminal
ENOUGH_SLUG = 40  # of a longer one, which is cut in the middle, the beginning and the end tell which it is
GAP = 2
_TITLES = ("State", "New", "Changed", "Gone", "Unchanged", "Time", "Next")
_NUMBERS = ("New", "Changed", "Gone", "Unchanged", "Time")
_LEAVE_FIRST = ("Time", "Unchanged", "Next")  # where there is no room for all


def print_summary(console: Console, outcomes: Sequence[CrawlOutcome], *, now: datetime) -> None:
    """The table, a line for all, and each trouble once with the sources that have it."""
    console.print(_table(console, outcomes, now=now))
    if len(outcomes) > 1:
        _say(console, total(outcomes))
    for line in troubles(outcomes):
        _say(console, line)


def total(outcomes: Sequence[CrawlOutcome]) -> str:
    """All sources in a line."""
    well = sum(outcome.state == "finished" for outcome in outcomes)
    new, changed, gone = (sum(getattr(one, name) for one in outcomes) for name in ("new", "changed", "gone"))
    return f"{well} of {len(outcomes)} sources read: {new} new, {changed} changed, {gone} gone."


def troubles(outcomes: Sequence[CrawlOutcome]) -> list[str]:
    """Why sources were not read; those with the same reason together."""
    by_message: dict[str, list[str]] = {}
    for outcome in outcomes:
        if outcome.state != "finished":
            message = outcome.message or "It was not read; its log in the data folder tells why."
            by_message.setdefault(message, []).append(outcome.slug)
    return [f"{_named(slugs)}: {message}" for message, slugs in by_message.items()]


def record(outcome: CrawlOutcome) -> dict[str, Any]:
    """A source as an object of `--json`."""
    values = asdict(outcome) | {"state": str(outcome.state), "seconds": round(outcome.seconds, 1)}
    values["next_at"] = outcome.next_at.isoformat() if outcome.next_at else None
    if outcome.rehearsal is None:
        del values["rehearsal"]
    return values


def duration(seconds: float) -> str:
    """Rounded as one would say it: "0.4 s", "12 s", "3 min 5 s", "1 h 20 min"."""
    if seconds < 10:
        return f"{max(seconds, 0):.1f} s"
    if (whole := round(seconds)) < 60:
        return f"{whole} s"
    minutes, rest = divmod(whole, 60)
    return f"{minutes} min {rest} s" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"


def ahead(at: datetime | None, now: datetime) -> str:
    """When a source is read next, seen from now: "in 6 h"; "by hand" where nothing reads it by itself."""
    if at is None:
        return "by hand"
    seconds = (at - now).total_seconds()
    for unit, size in (("d", 86400), ("h", 3600), ("min", 60)):
        if seconds >= (2 * size if unit == "d" else size):  # 36 h tells more than 1 d
            return f"in {round(seconds / size)} {unit}"
    return "now"


def _table(console: Console, outcomes: Sequence[CrawlOutcome], *, now: datetime) -> Table:
    """What fits: the slug, the state and what has changed always, then what tells less, then the name."""
    from rich.cells import cell_len
    from rich.table import Table
    from rich.text import Text

    cells = [_cells(outcome, now) for outcome in outcomes]
    widths = {title: max(cell_len(title), *(cell_len(row[title]) for row in cells)) for title in _TITLES}
    longest = max(cell_len("Source"), *(cell_len(outcome.slug) for outcome in outcomes))

    def left_beside(titles: Sequence[str]) -> int:
        return console.width - sum(widths[title] + GAP for title in titles)

    titles = list(_TITLES)
    for title in _LEAVE_FIRST:
        if left_beside(titles) < min(longest, ENOUGH_SLUG):
            titles.remove(title)
    left = left_beside(titles)
    slug_width = min(longest, max(left, LEAST_SLUG))
    name_width = left - slug_width - GAP
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, GAP, 0, 0))
    table.add_column("Source", no_wrap=True, min_width=slug_width)
    if name_width >= LEAST_NAME:
        table.add_column("Name", no_wrap=True, overflow="ellipsis", max_width=name_width)
    for title in titles:
        side: Literal["left", "right"] = "right" if title in _NUMBERS else "left"
        table.add_column(title, no_wrap=True, min_width=widths[title], justify=side)
    for outcome, row in zip(outcomes, cells, strict=True):
        names = [Text(printable(outcome.name))] if name_width >= LEAST_NAME else []
        table.add_row(Text(shortened(outcome.slug, slug_width)), *names, *(Text(row[title]) for title in titles))
    return table


def _cells(outcome: CrawlOutcome, now: datetime) -> dict[str, str]:
    read = outcome.new + outcome.changed + outcome.unchanged
    return {
        "State": STATES.get(outcome.state, str(outcome.state)),
        "New": str(outcome.new),
        "Changed": str(outcome.changed),
        "Gone": str(outcome.gone),
        "Unchanged": f"{outcome.unchanged} of {read}" if read else "–",
        "Time": duration(outcome.seconds) if outcome.seconds else "–",
        "Next": ahead(outcome.next_at, now),
    }


def print_rehearsals(console: Console, outcomes: Sequence[CrawlOutcome]) -> None:
    """What a dry run would have stored: counts that are no columns, and the first reviews."""
    from rich.text import Text

    for outcome in outcomes:
        rehearsal = outcome.rehearsal
        if rehearsal is None:
            continue
        console.print()
        console.print(Text(f"{outcome.slug} would store {rehearsal.new} new and {rehearsal.changed} changed."))
        replies = f"{rehearsal.replies} of the owner's replies seen"
        replies += f", {rehearsal.new_replies} of them new" if rehearsal.new_replies else ""
        absent = f"{rehearsal.absent} not shown any more, gone if the next full reading does not show them either"
        console.print(Text(f"  {replies}." + (f" {absent}." if rehearsal.absent else "")))
        for one in rehearsal.first:
            when = one.published_at[:10] if one.precision != "none" else "no date"
            mark = "new" if one.is_new else "changed"
            head = f"  {mark:<8}{_rating(one.stars, one.rating):>6}  {when:<10}  "
            text = printable(one.text) or "(no words)"
            console.print(Text(head + text), no_wrap=True, overflow="ellipsis")
        if rehearsal.new + rehearsal.changed and not rehearsal.first:
            console.print(Text("  Nothing of them is shown: the terms of this source let nothing be kept."))


def _rating(stars: float | None, written: str) -> str:
    return f"{stars:.1f}★" if stars is not None else (printable(written)[:6] or "–")


def _named(slugs: Sequence[str]) -> str:
    named = ", ".join(slugs[:NAMED_MOST])
    return named if len(slugs) <= NAMED_MOST else f"{named} and {len(slugs) - NAMED_MOST} more"


def _say(console: Console, line: str) -> None:
    from rich.text import Text

    console.print(Text(line))
