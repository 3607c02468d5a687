"""What `amends crawl` prints at its end: a table of the sources, what was not read and why, the first of a dry run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from .board import STATES
from .commands.queue import printable

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from .jobs.outcomes import CrawlOutcome

NAMED_MOST = 5  # sources of one trouble that are named
LEAST_NAME = 14  # columns, beside what is typed
_NUMBERS = ("New", "Changed", "Gone", "Unchanged", "Time")


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
    from rich.cells import cell_len
    from rich.table import Table
    from rich.text import Text

    titles = ("State", *_NUMBERS, "Next")
    cells = [_cells(outcome, now) for outcome in outcomes]
    widths = [max(cell_len(title), *(cell_len(row[at]) for row in cells)) for at, title in enumerate(titles)]
    left = console.width - sum(widths) - 2 * len(widths)
    longest = max(cell_len("Source"), *(cell_len(outcome.slug) for outcome in outcomes))
    has_names = left - longest - 2 >= LEAST_NAME
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    # What people type elsewhere is folded, never cut. The name gives way first, then goes.
    table.add_column("Source", overflow="fold", max_width=None if has_names else max(left, LEAST_NAME))
    if has_names:
        table.add_column("Name", no_wrap=True, overflow="ellipsis", max_width=max(left - longest - 2, LEAST_NAME))
    for title, width in zip(titles, widths, strict=True):
        table.add_column(title, no_wrap=True, min_width=width, justify="right" if title in _NUMBERS else "left")
    for outcome, row in zip(outcomes, cells, strict=True):
        names = [Text(printable(outcome.name))] if has_names else []
        table.add_row(Text(outcome.slug), *names, *(Text(cell) for cell in row))
    return table


def _cells(outcome: CrawlOutcome, now: datetime) -> tuple[str, ...]:
    read = outcome.new + outcome.changed + outcome.unchanged
    return (
        STATES.get(outcome.state, str(outcome.state)),
        str(outcome.new),
        str(outcome.changed),
        str(outcome.gone),
        f"{outcome.unchanged} of {read}" if read else "–",
        duration(outcome.seconds) if outcome.seconds else "–",
        ahead(outcome.next_at, now),
    )


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
