"""`amends source list`: how each is doing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.queries.sources import SourceOverview


@click.command("list")
def list_command() -> None:
    """Every source, when it was last read and how that ended."""
    from db.health import next_step
    from db.migrate import require_current
    from db.queries.sources import source_overview
    from db.session import read_scope

    from ..wiring import build_services

    services = build_services()
    require_current(services.engine)
    with read_scope(services.engine) as session:
        rows = source_overview(session)
    if not rows:
        click.echo('There is no source yet. Add one: amends source add https://... --place "..."')
        return
    _print_sources(rows)
    notes = [
        f"{row.slug}: {row.health_note} {next_step(row.health) if _needs_step(row) else ''}".rstrip()
        for row in rows
        if row.health_note
    ]
    if notes:
        click.echo("\n" + "\n".join(notes))


def _needs_step(row: SourceOverview) -> bool:
    """Whether there is something to do, or to wait for, beyond what the note says."""
    return row.is_enabled and row.health not in {"new", "healthy"}


def _print_sources(rows: Sequence[SourceOverview]) -> None:
    """A table where it has room, else two lines for each source. Its name is never cut: it is typed elsewhere."""
    from rich.cells import cell_len
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    titles = ("Source", "Place", "Kind", "Reviews", "Health", "Last read")
    cells = [_cells(row) for row in rows]
    widths = [max(cell_len(title), *(cell_len(row[at]) for row in cells)) for at, title in enumerate(titles)]
    console = Console()
    if console.width < sum(widths) + 2 * len(widths):
        for slug, place, kind, reviews, *others in cells:
            console.print(Text(slug, style="bold"), no_wrap=True, overflow="ignore", crop=False)
            console.print(Text("  " + "  ".join((place, kind, f"{reviews} reviews", *others))))
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in titles:
        table.add_column(title, no_wrap=True)
    for row in cells:
        table.add_row(*(Text(cell) for cell in row))
    console.print(table)


def _cells(row: SourceOverview) -> tuple[str, ...]:
    last = row.last_success_at.astimezone().strftime("%Y-%m-%d %H:%M") if row.last_success_at else "never"
    health = row.health if row.is_enabled else "switched off"
    return row.slug, row.location_name, f"{row.platform} {row.syntax}", str(row.reviews), health, last
