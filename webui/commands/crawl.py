"""`amends crawl` and `amends score`: each step by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from ..jobs.crawling import CrawlOutcome


@click.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE...]")
def crawl(sources: tuple[str, ...]) -> None:
    """Read the given sources now, or every enabled one."""
    from db.migrate import require_current

    from ..reading import read_sources
    from ..standin_mode import services_for_data_dir, standin_if_demo

    services = services_for_data_dir()
    require_current(services.engine)
    with standin_if_demo(services):
        outcomes = read_sources(services, sources)
    for outcome in outcomes:
        click.echo(sentence(outcome))
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


def sentence(outcome: CrawlOutcome) -> str:
    """One line for people about one crawl."""
    counts = f"{outcome.new} new, {outcome.changed} changed, {outcome.unchanged} unchanged"
    if outcome.state == "finished":
        return f"{outcome.slug}: {counts}"
    return f"{outcome.slug}: {outcome.state} – {outcome.message} ({counts})"
