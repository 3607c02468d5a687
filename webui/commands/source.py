"""`amends source add | list | enable | disable`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from crawlers.probe import ProbeReport
    from db.queries.sources import SourceOverview


@click.group()
def source() -> None:
    """The addresses that are read for reviews."""


@source.command()
@click.argument("url")
@click.option("--place", required=True, help="Name of the place that is reviewed there; a new one is made if needed.")
@click.option("--name", default=None, help="What to call this source (default: the title of the page).")
@click.option("--timezone", default=None, help="Time zone of the place, such as Europe/Rome (default: UTC).")
@click.option("--basis", default="", help="Why you may read it, for your records: own site, contract, permission.")
@click.option("--yes", "-y", is_flag=True, help="Do not ask before adding. Without a terminal nobody is asked.")
def add(url: str, place: str, name: str | None, timezone: str | None, basis: str, yes: bool) -> None:
    """Look at URL, say what it is and what may be done there, then add it."""
    from crawlers.probe import probe
    from db.migrate import upgrade
    from db.session import session_scope
    from db.sources import add_location, add_source, check_zone

    from ..faults import Refused
    from ..standin_mode import services_for_data_dir, standin_if_demo

    if not place.strip():
        raise click.BadParameter("must not be empty", param_hint="--place")
    if timezone is not None:
        check_zone(timezone)
    services = services_for_data_dir()
    upgrade(services.engine)
    click.echo(f"Looking at {url.partition('?')[0]} ...")  # what follows may be the key of a private feed
    with standin_if_demo(services):
        report = probe(url, settings=services.crawl, data_dir=services.database.data_dir)
    click.echo("\n".join(findings(report)))
    if report.refusal:
        raise SystemExit(1)
    # Without a terminal there is nobody to ask; what is not allowed was refused above, and `source disable` undoes it.
    if not yes and sys.stdin.isatty() and not click.confirm("Add it and read it regularly?", default=True):
        raise Refused("Not added, as you wished.")
    now = services.clock()
    with session_scope(services.engine) as session:
        location = add_location(session, place, timezone=timezone, now=now)
        added = add_source(
            session,
            location,
            name=name or report.title or place,
            platform=report.platform,
            syntax=report.syntax,
            url=report.url,
            retention=report.retention,
            basis_note=basis,
            now=now,
        )
        slug, zone, is_new = added.slug, location.timezone, location.created_at == now
        of_place = f"{location.name} ({'a new place, ' if is_new else ''}time zone {zone})"
    click.echo(f"Added as {slug} for {of_place}. Read it now: amends crawl {slug} · or leave it to: amends up")


@source.command("list")
def list_command() -> None:
    """Every source, when it was last read and how that ended."""
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
    notes = [f"{row.slug}: {row.health_note}" for row in rows if row.health_note]
    if notes:
        click.echo("\n" + "\n".join(notes))


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


@source.command()
@click.argument("slug")
def disable(slug: str) -> None:
    """Stop reading a source; its reviews stay."""
    from db.sources import disable_source

    _change(lambda session, _now: disable_source(session, slug))
    click.echo(f"{slug} is no longer read. Its reviews stay. Read it again: amends source enable {slug}")


@source.command()
@click.argument("slug")
def enable(slug: str) -> None:
    """Read a source again."""
    from db.sources import enable_source

    _change(lambda session, now: enable_source(session, slug, now=now))
    click.echo(f"{slug} is read again, by `amends up` or now by: amends crawl {slug}")


def _change(change: Callable[[Session, datetime], object]) -> None:
    from db.migrate import require_current
    from db.session import session_scope

    from ..wiring import build_services

    services = build_services()
    require_current(services.engine)
    with session_scope(services.engine) as session:
        change(session, services.clock())


def findings(report: ProbeReport) -> list[str]:
    """What was found at the address, a line each, refusals last."""
    if report.refusal:
        return [f"  {report.refusal}"]
    lines = [
        f"  kind       {report.platform_name}" + (f" ({report.syntax})" if report.syntax else ""),
        f"  robots     {report.robots_sentence}",
        f"  reviews    {report.reviews_seen} on this page"
        + (f", {report.advertised_total} advertised" if report.advertised_total is not None else ""),
        f"  terms      {report.terms}",
        f"  keep for   {report.retention_sentence}",
        f"  answers    {report.reply_sentence}",
    ]
    return lines + [f"  note       {warning}" for warning in report.warnings]
