"""`amends queue`: the top of the queue on a terminal, or as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from datetime import datetime

    from rich.console import Console

    from db.queries.queue import QueueRow


TITLES = ("Priority", "Anger", "Rating", "Place", "Age")
NUMBERS = {"Priority", "Age"}
LEAST_REVIEW = 16  # columns; with less left for the review a row takes two lines


@click.command()
@click.option("--all", "everything", is_flag=True, help="Every review, not only those that need a person.")
@click.option("--json", "as_json", is_flag=True, help="A list of objects instead of a table.")
@click.option("--limit", type=click.IntRange(1), default=None, help="How many rows (default 20; with --all every one).")
def queue(everything: bool, as_json: bool, limit: int | None) -> None:
    """Print the reviews that need a person, the most urgent first."""
    from db.migrate import require_current

    from ..wiring import build_services

    services = build_services()
    require_current(services.engine)
    rows = _rows(services.engine, everything=everything, limit=limit or (None if everything else 20))
    now = services.clock()
    if as_json:
        import json

        click.echo(json.dumps([_record(row, now) for row in rows], ensure_ascii=False, indent=2))
        return
    if unjudged := _unjudged(services.engine):
        click.echo(f"Not judged yet: {unjudged}. Judge now: amends score · or leave it to: amends up", err=True)
    elif not rows:
        click.echo(
            "Nothing is waiting: no review is angry, risky or changed without an answer. "
            "`amends queue --all` lists every review; "
            "`amends source list` says when each source was last read."
        )
    if rows:
        _print_table(rows, now)


def _rows(engine: Any, *, everything: bool, limit: int | None) -> list[QueueRow]:
    from db.queries.queue import QueueView, queue_page
    from db.session import read_scope

    rows: list[QueueRow] = []
    after: str | None = None
    view = QueueView.ALL if everything else QueueView.NOW
    with read_scope(engine) as session:
        while limit is None or len(rows) < limit:
            page = queue_page(session, view, after=after, limit=min(500, (limit or 500) - len(rows) if limit else 500))
            rows.extend(page.rows)
            after = page.next_cursor
            if after is None:
                break
    return rows


def _unjudged(engine: Any) -> int:
    from db.scores import count_unscored
    from db.session import read_scope

    with read_scope(engine) as session:
        return count_unscored(session)


def _record(row: QueueRow, now: datetime) -> dict[str, object]:
    return {
        "id": row.review_id,
        "source": row.source_slug,
        "place": row.location_name,
        "language": row.language or row.source_language or "und",
        "stars": row.stars,
        "anger": None if row.anger is None else round(row.anger, 4),
        "anger_level": row.anger_level,
        "priority": round(row.priority, 2),
        "age_s": max(0, int((now - row.published_at).total_seconds())),
        "text": row.text,
    }


def _print_table(rows: list[QueueRow], now: datetime) -> None:
    from rich.cells import cell_len
    from rich.console import Console

    console = Console()
    cells = [_cells(row, now) for row in rows]
    texts = [printable(row.text) for row in rows]
    widths = [max(cell_len(title), *(cell_len(row[place]) for row in cells)) for place, title in enumerate(TITLES)]
    if console.width >= sum(widths) + 2 * len(widths) + LEAST_REVIEW:
        _print_wide(console, cells, texts, widths)
    else:
        _print_narrow(console, cells, texts)
    click.echo(f"\n{len(rows)} shown. Details: open the queue in the browser with `amends up`.")


def _print_wide(console: Console, cells: list[tuple[str, ...]], texts: list[str], widths: list[int]) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold", expand=True)
    for title, width in zip(TITLES, widths, strict=True):
        # Only the review gives way on a narrow terminal.
        table.add_column(title, no_wrap=True, min_width=width, justify="right" if title in NUMBERS else "left")
    table.add_column("Review", overflow="ellipsis", no_wrap=True, ratio=1)
    for shown, text in zip(cells, texts, strict=True):
        # Text: square brackets in a review are no markup.
        table.add_row(*(Text(cell) for cell in shown), Text(text))
    console.print(table)


def _print_narrow(console: Console, cells: list[tuple[str, ...]], texts: list[str]) -> None:
    """Two lines for each review, where a table would leave no room for what was written."""
    from rich.text import Text

    for shown, text in zip(cells, texts, strict=True):
        console.print(Text("  ".join(shown), style="bold"))
        console.print(Text(f"  {text}"), overflow="ellipsis", no_wrap=True)


def _cells(row: QueueRow, now: datetime) -> tuple[str, ...]:
    from scoring.text import is_readable

    anger = "not scored" if row.anger is None else f"{row.anger_level} {row.anger:.2f}"
    if row.anger is not None and not is_readable(row.text):
        anger = "no words"
    age = _age((now - row.published_at).total_seconds())
    return f"{row.priority:.0f}", anger, _rating(row), printable(row.location_name), age


def _rating(row: QueueRow) -> str:
    """As the source writes it, with its scale where the bare figure would mislead."""
    raw = printable(row.rating_raw)
    needs_scale = raw and "/" not in raw and row.rating_max not in {None, 5.0}
    return f"{raw}/{row.rating_max:g}" if needs_scale else raw or "–"


def printable(text: str) -> str:
    """One line without control characters: a review must not steer somebody's terminal."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def _age(seconds: float) -> str:
    for unit, size in (("d", 86400), ("h", 3600), ("min", 60)):
        if seconds >= size:
            return f"{seconds // size:.0f} {unit}"
    return "now"
