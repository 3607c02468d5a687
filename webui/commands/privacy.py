"""`amends privacy`: what is older than is kept, by hand, or only to see what would go and what stays."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from sqlalchemy.orm import Session


@click.command()
@click.option("--dry-run", is_flag=True, help="Say what would go and when, and what is kept; nothing is changed.")
@click.option("--yes", "-y", is_flag=True, help="Do not ask. Without a terminal nobody is asked.")
def privacy(dry_run: bool, yes: bool) -> None:
    """Take out what tells who a customer is, where it is older than is kept. `amends up` does this once a day.

    How long it is kept stands on the page Privacy. Nothing goes before two weeks after the first run.
    """
    from db.keeping import is_run_due, keeping, look_ahead, pseudonymised
    from db.migrate import require_current
    from db.session import read_scope, session_scope

    from ..faults import Refused
    from ..filters import in_words
    from ..jobs.keeping import pseudonymise_old
    from ..wiring import build_services

    services = build_services()
    require_current(services.engine)
    now = services.clock()
    if dry_run:
        with read_scope(services.engine) as session:
            lines = list(_lines(session, now))
        click.echo("\n".join(lines))
        return
    with session_scope(services.engine) as session:
        is_due = is_run_due(session, now=now)
        value, ahead, before = keeping(session), look_ahead(session, now=now), pseudonymised(session)
    if not is_due:
        today_done = value.done_on is not None and value.done_on >= now.date()
        why = "Today's run is done." if today_done else "The two weeks of notice are not over."
        click.echo(f"{why} Nothing goes before {in_words(ahead.next_on)}. See what: amends privacy --dry-run")
        return
    if ahead.next_count and not yes and sys.stdin.isatty():
        question = f"Take names and words out of {_reviews(ahead.next_count)}? This cannot be undone."
        if not click.confirm(question):
            raise Refused("Nothing was taken out.")
    pseudonymise_old(services, within_s=3600)
    with read_scope(services.engine) as session:
        done = pseudonymised(session) - before
    click.echo(
        f"Names and words are taken out of {_reviews(done)}; figures stay as they were. Backups still hold them."
    )


def _lines(session: Session, now: datetime) -> Iterator[str]:
    """As the page Privacy says it, by place."""
    from db.holds import holds
    from db.keeping import keeping, look_ahead
    from db.masking import mask
    from db.queries.places import named_places
    from db.wording import printable

    from ..filters import in_words
    from ..privacy_words import going_words, months_words, nothing_words, staying_words

    yield months_words(keeping(session).months)
    kept = holds(session, places=None)
    for place in named_places(session, places=None):
        ahead = look_ahead(session, now=now, places=[place.id])
        yield f"\n{printable(place.name)}"
        for words in [*(going_words(ahead) or [nothing_words()]), *staying_words(ahead)]:
            yield f"  {words}"
        for one in kept:
            if one.location_id == place.id:
                since, who = in_words(one.placed_at.date()), printable(one.person_name)
                reason = printable(mask(one.reason))
                yield f"  Kept for a legal reason: review {one.review_id}, since {since}, by {who}: {reason}"
    yield "\nNothing was changed."


def _reviews(count: int) -> str:
    return "1 review" if count == 1 else f"{count} reviews"
