"""`amends review erase`: honour the wish of somebody who wrote a review."""

from __future__ import annotations

import sys

import click


@click.group()
def review() -> None:
    """What concerns a single review."""


@review.command()
@click.argument("review_id", metavar="ID", type=click.IntRange(1, 2**31 - 1))
@click.option("--reason", type=click.Choice(["request"]), required=True, help="request: its writer asked for it.")
@click.option("--yes", "-y", is_flag=True, help="Do not ask. Without a terminal nobody is asked.")
def erase(review_id: int, reason: str, yes: bool) -> None:  # noqa: ARG001 - one reason so far, said on purpose
    """Take name and text of the review ID out for good. Counts stay; no crawl brings it back.

    ID is the number at the end of the address of its page, and the "id" of `amends queue --json`.
    """
    from db.errors import BadValue
    from db.migrate import require_current

    from ..faults import Refused
    from ..jobs.purging import erase_review
    from ..wiring import build_services

    services = build_services()
    require_current(services.engine)
    if not yes and sys.stdin.isatty() and not click.confirm(f"Erase review {review_id}? This cannot be undone."):
        raise Refused("Nothing was erased.")
    try:
        is_done = erase_review(services.engine, services.database, review_id, clock=services.clock)
    except BadValue as error:
        raise Refused(str(error)) from None
    if not is_done:
        raise Refused(f"There is no review {review_id}. `amends queue --all --json` lists the ids.")
    click.echo(f"Review {review_id} is erased: its name and text are gone, its counts stay. Backups still hold it.")
