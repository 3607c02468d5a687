"""`amends audit verify | export`: the log that only grows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TextIO

import click

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

BROKEN = {
    "changed": "Line {line} is not what was written then: it, or one before it, was changed from outside.",
    "missing": "Line {line} is missing: it was taken out from outside.",
}
DIGEST = re.compile("[0-9a-f]{64}")


def _digest(_context: click.Context, _option: click.Parameter, typed: str) -> str:
    wanted = typed.strip().lower()
    if wanted and not DIGEST.fullmatch(wanted):
        raise click.BadParameter("a digest is 64 digits and letters from a to f, as `amends audit verify` prints it.")
    return wanted


@click.group()
def audit() -> None:
    """Verify or export the log of answers: who wrote, approved and posted what."""


@audit.command()
@click.option(
    "--expect",
    default="",
    metavar="DIGEST",
    callback=_digest,
    help="A digest that an earlier export or check ended with.",
)
def verify(expect: str) -> None:
    """Read the whole chain. Ends with status 1 where it is broken.

    A log that was cut short at its end is whole in itself: keep the last digest elsewhere and give it with --expect.
    """
    from db import audit as log
    from db.migrate import require_current
    from db.session import read_scope

    from ..wiring import build_services

    services = build_services()
    require_current(services.engine)
    with read_scope(services.engine) as session:
        found = log.verify(session, expected=expect)
    if found.broken_at is not None:
        click.echo(BROKEN[found.why].format(line=found.broken_at), err=True)
        fits = f"{_lines(found.lines)} before it as written. " if found.lines else ""
        click.echo(f"{fits}Compare with your last export or backup.", err=True)
        raise SystemExit(1)
    if found.why:
        click.echo(
            f"{_lines(found.lines)}, all as they were written, but none has the digest you expect: lines are missing "
            "at the end, or the digest is of another log.",
            err=True,
        )
        raise SystemExit(1)
    click.echo(f"{_lines(found.lines)}, all as they were written.")
    click.echo(f"Last digest: {found.head}")


@audit.command()
@click.option("--out", type=click.File("w", encoding="utf-8", lazy=True), default="-", help="A file; default: here.")
@click.option(
    "--review", type=click.IntRange(1), help="Only of the review with this number: it ends its page's address."
)
@click.option("--case", "case_id", type=click.IntRange(1), help="Only of this case, as the lines name it.")
def export(out: TextIO, review: int | None, case_id: int | None) -> None:
    """Write it as JSON lines, each with its digest: SHA-256 of the digest before, a line break and the line itself."""
    import json

    from db import audit as log
    from db.migrate import require_current
    from db.session import read_scope

    from ..wiring import build_services

    if review and case_id:
        raise click.UsageError("Give --review or --case, not both.")
    services = build_services()
    require_current(services.engine)
    count = 0
    with read_scope(services.engine) as session:
        if review:
            case_id = _case_of(session, review)
        for entry in log.lines(session, case_id=case_id):
            out.write(f'{{"line":{log.canonical(entry)},"digest":{json.dumps(entry.digest)}}}\n')
            count += 1
    click.echo(f"{_lines(count)}.", err=True)


def _case_of(session: Session, review: int) -> int:
    from db.queries.case_work import case_work

    work = case_work(session, review)
    if work is None:
        raise click.ClickException(
            f"There is no review {review}, or it has no case. Export all, and look for it there."
        )
    return work.id


def _lines(count: int) -> str:
    return f"{count} line" if count == 1 else f"{count} lines"
