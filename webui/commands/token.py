"""`amends token …`: what the account page does with tokens of the API, at the machine itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from db.acting import Actor
    from db.models import Person

    from ..wiring import Services


@click.group()
def token() -> None:
    """The tokens with which programs ask the API for somebody."""


@token.command()
@click.argument("address")
@click.option("--name", required=True, help="What uses it: the timeline and the audit log name it.")
@click.option(
    "--scope", "scopes", multiple=True, required=True, metavar="SCOPE", help="What it may do, such as read:cases."
)
@click.option("--days", type=click.Choice(["30", "90", "365"]), default="90", show_default=True, help="How long.")
def add(address: str, name: str, scopes: tuple[str, ...], days: str) -> None:
    """Make a token for the person of this mail address, and print it: it is not shown again."""
    from db.api_tokens import make_token
    from db.scopes import Scope
    from db.session import session_scope

    from ..faults import Refused

    unknown = [scope for scope in scopes if scope not in set(Scope)]
    if unknown:
        raise Refused(f"There is no scope {unknown[0]}. There are: {', '.join(Scope)}.")
    services = _services()
    with session_scope(services.engine) as session:
        person = _person(session, address)
        made = make_token(session, person.id, name, scopes, days=int(days), by=_by(services, person))
    click.echo(made.secret)
    click.echo(f"It holds until {made.expires_at:%Y-%m-%d} and is not shown again.", err=True)


@token.command("list")
@click.argument("address")
def list_command(address: str) -> None:
    """The tokens of somebody: number, name, scopes, when it was used last and until when it holds."""
    from db.api_tokens import tokens_of
    from db.session import read_scope

    services = _services()
    with read_scope(services.engine) as session:
        rows = tokens_of(session, _person(session, address).id)
    for row in rows:
        used = f"used {row.used_at:%Y-%m-%d}" if row.used_at else "never used"
        click.echo(f"{row.id}  {row.name}  {', '.join(row.scopes)}  {used}  until {row.expires_at:%Y-%m-%d}")
    if not rows:
        click.echo("There is none. Make one on the account page, or with: amends token add ADDRESS --name … --scope …")


@token.command()
@click.argument("address")
@click.argument("number", type=click.IntRange(1))
def revoke(address: str, number: int) -> None:
    """Let a token open nothing any more. Its number is in the list."""
    from db.api_tokens import revoke_token
    from db.session import session_scope

    from ..faults import Refused

    services = _services()
    with session_scope(services.engine) as session:
        person = _person(session, address)
        name = revoke_token(session, person.id, number, by=_by(services, person))
    if name is None:
        raise Refused(f"{person.email} has no token {number}. See: amends token list {person.email}")
    click.echo(f"Revoked “{name}”.")


def _services() -> Services:
    from db.migrate import require_current

    from ..wiring import build_services

    services = build_services()
    require_current(services.engine)
    return services


def _person(session: Session, address: str) -> Person:
    from db.people import find_person

    from ..faults import Refused

    person = find_person(session, address.strip().lower())
    if person is None:
        raise Refused(f"There is nobody with the address {address}. `amends user list` shows those there are.")
    return person


def _by(services: Services, person: Person) -> Actor:
    from db.acting import Actor

    return Actor(person_id=person.id, name=person.name, now=services.clock())
