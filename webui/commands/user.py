"""`amends user …`: what the page "People" does, at the machine itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy.orm import Session

    from db.models import LinkPurpose, Person
    from db.people import PersonRow
    from db.roles import Access

    from ..wiring import Services

ROLES = click.Choice(["owner", "approver", "staff", "viewer"])


@click.group()
def user() -> None:
    """The people who may use the pages, and what they may do there."""


@user.command()
@click.argument("address")
@click.option("--name", default="", help="What the person is called (default: the address).")
@click.option("--role", type=ROLES, default="owner", show_default=True, help="What they may do.")
@click.option("--place", "places", multiple=True, help="Slug or name of a place; without, the role holds everywhere.")
def add(address: str, name: str, role: str, places: tuple[str, ...]) -> None:
    """Add somebody, and print the link with which they choose a password. It works once, for seven days."""
    from db.migrate import upgrade
    from db.models import LinkPurpose
    from db.people import add_person
    from db.session import session_scope

    services = _services()
    upgrade(services.engine)
    email = _normal(address)
    with session_scope(services.engine) as session:
        access = _access(session, role, places)
        person = add_person(session, email, name=name or email, access=access, now=services.clock())
        link = _link(services, session, person, LinkPurpose.INVITATION)
    click.echo(f"Added {email}. They choose a password here, within seven days; the link works once:\n{link}")


@user.command("list")
def list_command() -> None:
    """Everybody, with their roles."""
    from db.migrate import require_current
    from db.people import list_people
    from db.session import read_scope

    services = _services()
    require_current(services.engine)
    with read_scope(services.engine) as session:
        rows = list_people(session, now=services.clock())
    if not rows:
        click.echo("There is nobody yet. Open the pages, or: amends user add ADDRESS --role owner")
        return
    _print(rows)


@user.command()
@click.argument("address")
@click.argument("role", type=click.Choice([*ROLES.choices, "none"]))
@click.option("--place", "places", multiple=True, help="Slug or name of a place; without, the role holds everywhere.")
def role(address: str, role: str, places: tuple[str, ...]) -> None:
    """Give somebody a role, everywhere or at single places; "none" takes it away. It counts at once."""
    from db.people import access_of, set_access
    from db.roles import Access, Role

    def change(session: Session, person: Person) -> None:
        before = access_of(person)
        given = None if role == "none" else Role(role)
        if not places:
            set_access(session, person, Access(everywhere=given, at=before.at))
            return
        at = dict(before.at)
        for place_id in _place_ids(session, places):
            at.pop(place_id, None)
            if given is not None:
                at[place_id] = given
        set_access(session, person, Access(everywhere=before.everywhere, at=at))

    _change(address, change)
    click.echo(f"{address} is now {role}{' at ' + ', '.join(places) if places else ' everywhere'}.")


@user.command()
@click.argument("address")
def disable(address: str) -> None:
    """Let somebody in no more, and end their sessions. What they did stays."""
    from db.people import disable_person

    _change(address, disable_person)
    click.echo(f"{address} is shut out. Let them in again: amends user enable {address}")


@user.command()
@click.argument("address")
def enable(address: str) -> None:
    """Let somebody in again."""
    from db.people import enable_person

    _change(address, enable_person)
    click.echo(f"{address} may enter again.")


@user.command("second-factor-off")
@click.argument("address")
def second_factor_off(address: str) -> None:
    """For who has lost the phone and the recovery codes: the password alone lets in again."""
    from db.factors import drop_factor

    _change(address, drop_factor)
    click.echo(f"{address} signs in with the password alone, and can set up a new second factor.")


@user.command("reset-link")
@click.argument("address")
def reset_link(address: str) -> None:
    """Print a link with which somebody chooses a new password. It works once, for two hours."""
    from db.models import LinkPurpose

    services = _services()
    links: list[str] = []
    _change(address, lambda session, person: links.append(_link(services, session, person, LinkPurpose.RESET)))
    click.echo(f"A new password for {address}, within two hours; the link works once:\n{links[0]}")


def _services() -> Services:
    from ..wiring import build_services

    return build_services()


def _normal(address: str) -> str:
    from ..addresses import normal_address

    email = normal_address(address)
    if email is None:
        raise click.BadParameter(f"{address} is no mail address", param_hint="ADDRESS")
    return email


def _change(address: str, change: Callable[[Session, Person], object]) -> None:
    from db.migrate import require_current
    from db.people import find_person
    from db.session import session_scope

    from ..faults import Refused

    services = _services()
    require_current(services.engine)
    with session_scope(services.engine) as session:
        person = find_person(session, _normal(address))
        if person is None:
            raise Refused(f"There is nobody with the address {address}. `amends user list` shows those there are.")
        change(session, person)


def _access(session: Session, role: str, places: Sequence[str]) -> Access:
    from db.roles import Access, Role

    if not places:
        return Access(everywhere=Role(role))
    return Access(at=dict.fromkeys(_place_ids(session, places), Role(role)))


def _place_ids(session: Session, places: Sequence[str]) -> list[int]:
    from db.sources import list_locations

    from ..faults import Refused

    known = list_locations(session)
    found = []
    for place in places:
        ids = [one.id for one in known if place in {one.slug, one.name}]
        if not ids:
            names = ", ".join(one.slug for one in known) or "none yet"
            raise Refused(f"There is no place {place!r}. Known: {names}")
        found.append(ids[0])
    return found


def _link(services: Services, session: Session, person: Person, purpose: LinkPurpose) -> str:
    from db.person_links import make_link

    return f"{services.web.public_url}/link/{make_link(session, person.id, purpose, now=services.clock())}"


def _print(rows: Sequence[PersonRow]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in ("Address", "Name", "Roles", "Sign-in"):
        table.add_column(title, overflow="fold", no_wrap=title == "Address")  # to be copied in one piece
    for row in rows:
        roles = [f"{row.everywhere} everywhere"] if row.everywhere else []
        roles += [f"{role} at {place}" for place, role in row.at.items()]
        door = "password" if row.has_password else "invited" if row.invited_until else "no password yet"
        if row.has_second_factor:
            door += ", second factor"
        cells = (row.email, row.name, "; ".join(roles) or "none", door if row.is_active else "shut out")
        table.add_row(*(Text(cell) for cell in cells))
    Console().print(table)
