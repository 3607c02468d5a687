"""`amends crawl` and `amends score`: each step by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from ..jobs.crawling import CrawlOutcome


@click.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE...]")
@click.option("--since", metavar="YYYY-MM-DD", default=None, help="Leave out reviews older than this day.")
@click.option("--full", is_flag=True, help="Read every page, as once a week, not only up to what is known and old.")
@click.option("--dry-run", is_flag=True, help="Read and count what would change; store nothing.")
def crawl(sources: tuple[str, ...], since: str | None, full: bool, dry_run: bool) -> None:
    """Read the given sources now, or every enabled one."""
    from db.migrate import require_current

    from ..jobs.crawling import Wish
    from ..reading import read_sources, resume
    from ..standin_mode import services_for_data_dir, standin_if_demo

    services = services_for_data_dir()
    require_current(services.engine)
    wish = Wish(is_full=full, since=_day(since, services.clock()) if since is not None else None, is_dry=dry_run)
    for slug in resume(services):
        click.echo(f"{slug}: its last reading was cut off; what it had read is stored, the rest is read the next time.")
    with standin_if_demo(services):
        outcomes = read_sources(services, sources, wish=wish)
    for outcome in outcomes:
        click.echo(sentence(outcome))
    if len(outcomes) > 1:
        click.echo(total(outcomes))
    if dry_run:
        click.echo("A dry run: nothing of this is stored.")
    if any(outcome.state != "finished" for outcome in outcomes):
        raise SystemExit(1)


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


def sentence(outcome: CrawlOutcome) -> str:
    """One line for people about one crawl."""
    counts = f"{outcome.new} new, {outcome.changed} changed, {outcome.unchanged} unchanged"
    if outcome.state == "finished":
        return f"{outcome.slug}: {counts}"
    return f"{outcome.slug}: {outcome.state} – {outcome.message} ({counts})"


def total(outcomes: Sequence[CrawlOutcome]) -> str:
    """The last line of the summary."""
    well = sum(outcome.state == "finished" for outcome in outcomes)
    new, changed = sum(outcome.new for outcome in outcomes), sum(outcome.changed for outcome in outcomes)
    return f"{well} of {len(outcomes)} sources read: {new} new, {changed} changed"
