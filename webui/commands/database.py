"""`amends db upgrade | check`."""

from __future__ import annotations

import click


@click.group()
def db() -> None:
    """Look after the database."""


@db.command()
def upgrade() -> None:
    """Bring the tables up to this version of Amends."""
    from db.migrate import upgrade as migrate

    from ..wiring import build_services

    services = build_services()
    migrate(services.engine)
    click.echo(f"The database is up to date: {services.database.shown_url}")


@db.command()
def check() -> None:
    """Say whether the tables fit this version of Amends. Ends with status 1 if they do not."""
    from db.migrate import check as problems

    from ..wiring import build_services

    services = build_services()
    found = problems(services.engine)
    for problem in found:
        click.echo(problem, err=True)
    if found:
        raise SystemExit(1)
    click.echo(f"The database is fine: {services.database.shown_url}")
