"""`amends crawl` and `amends score`: each step by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from ..jobs.outcomes import CrawlOutcome


@click.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE...]")
@click.option("--since", metavar="YYYY-MM-DD", default=None, help="Leave out reviews older than this day.")
@click.option("--full", is_flag=True, help="Read every page, as once a week, not only up to what is known and old.")
@click.option("--dry-run", is_flag=True, help="Read, and show what would be stored; the database stays as it is.")
@click.option("--json", "as_json", is_flag=True, help="A list of objects; the progress goes to stderr.")
def crawl(sources: tuple[str, ...], since: str | None, full: bool, dry_run: bool, as_json: bool) -> None:
    """Read the given sources now, or every enabled one.

    Reviews are stored as they come. A reading that was cut off is completed by the next one, which says so. A source
    that another Amends is reading is left to it.

    \b
    Exit status:
      0    every source was read
      1    one was not, or something keeps Amends from reading; the last lines say why
      2    the command was written wrongly
      130  stopped by Ctrl-C; what was read is stored
    """
    from db.migrate import require_current

    from ..jobs.crawling import Wish
    from ..reading import read_sources
    from ..standin_mode import services_for_data_dir, standin_if_demo

    services = services_for_data_dir()
    require_current(services.engine)
    wish = Wish(is_full=full, since=_day(since, services.clock()) if since is not None else None, is_dry=dry_run)
    with standin_if_demo(services):
        outcomes = read_sources(services, sources, wish=wish, to_stderr=as_json)
    _print(outcomes, services.clock(), as_json=as_json, is_dry=dry_run)
    if any(outcome.state != "finished" for outcome in outcomes):
        raise SystemExit(1)


def _print(outcomes: Sequence[CrawlOutcome], now: datetime, *, as_json: bool, is_dry: bool) -> None:
    from ..summary import print_rehearsals, print_summary, record

    if as_json:
        import json

        click.echo(json.dumps([record(outcome) for outcome in outcomes], ensure_ascii=False, indent=2))
        return
    from rich.console import Console

    console = Console(highlight=False)
    console.print()
    print_summary(console, outcomes, now=now)
    if is_dry:
        print_rehearsals(console, outcomes)
        console.print("\nA dry run: nothing of this is stored.")


@click.command()
def score() -> None:
    """Judge every review that has not been judged with this model yet."""
    from db.migrate import require_current

    from ..reading import judge_reviews
    from ..wiring import build_services

    services = build_services()
    require_current(services.engine)
    count, left = judge_reviews(services)
    if count or not left:
        click.echo(f"{count} review{'s' if count != 1 else ''} judged." if count else "Every review is judged already.")
    if left:
        click.echo(f"{left} more are being judged by another Amends; run `amends score` again in a minute.", err=True)
        raise SystemExit(1)


def _day(text: str, now: datetime) -> date:
    from datetime import date

    try:
        day = date.fromisoformat(text.strip())
    except ValueError as error:
        raise click.BadParameter("must be a day such as 2026-11-20.", param_hint="--since") from error
    if day > now.date():
        raise click.BadParameter(f"{day} is still to come; nothing would be read.", param_hint="--since")
    return day
