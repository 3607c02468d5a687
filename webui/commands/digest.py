"""`amends digest`: the weekly digest on the terminal or into a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from db.roles import Access

    from ..digest.facts import Digest

KINDS = (".txt", ".html", ".json", ".pdf")


def _file(_context: click.Context, _option: click.Parameter, path: Path | None) -> Path | None:
    if path is not None and path.suffix.lower() not in KINDS:
        raise click.BadParameter(f"the name has to end with {', '.join(KINDS[:-1])} or {KINDS[-1]}.")
    return path


@click.command()
@click.option("--week", default="", metavar="YYYY-Www", help="Such as 2026-W46 (default: the last one that is over).")
@click.option(
    "--place", "places", multiple=True, metavar="PLACE", help="Its short name or its name; again for several."
)
@click.option("--user", "address", default="", metavar="MAIL", help="As this person may see it, in their language.")
@click.option("--language", default="", type=click.Choice(["", "en", "es", "fr", "de"]), help="Instead of theirs.")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    default=None,
    metavar="FILE",
    callback=_file,
    help="A file that ends with .txt, .html, .json or .pdf (default: print it as text).",
)
def digest(week: str, places: tuple[str, ...], address: str, language: str, out: Path | None) -> None:
    """Count a week: what has to be decided, the figures with their ranges, what customers said, what was done."""
    from db.migrate import require_current
    from db.session import read_scope
    from db.sign_ins import language_of

    from ..digest.build import build_digest
    from ..digest.files import rendered
    from ..faults import Refused
    from ..i18n import speaking
    from ..wiring import build_services

    services = build_services()
    require_current(services.engine)
    now = services.clock()
    with read_scope(services.engine) as session:
        access, person_id = _who(session, address)
        ids = _place_ids(session, places, access)
        spoken = language or (language_of(session, person_id) if person_id is not None else "")
        try:
            found = build_digest(session, access=access, week=week or _last_week(now), now=now, place_ids=ids)
        except ValueError as error:
            raise Refused(f"There is no week {week!r}. Name it by its year and number: 2026-W46") from error
    if found.first > now.date():
        raise Refused(f"The week {found.week} has not begun yet.")
    with speaking(spoken):
        data = rendered(found, out.suffix.lower() if out else ".txt", base=services.web.public_url)
    if out is None:
        click.echo(data.decode(), nl=False)
        return
    out.write_bytes(data)
    click.echo(f"{out}: {_about(found)}")


def _about(digest: Digest) -> str:
    reviews = f"{digest.now.written} review" + ("" if digest.now.written == 1 else "s")
    places = f"{len(digest.places)} place" + ("" if len(digest.places) == 1 else "s")
    return f"week {digest.week}, {reviews} at {places}"


def _last_week(now: datetime) -> str:
    from db.queries.week_figures import week_after, week_of

    return week_after(week_of(now.date()), -1)


def _who(session: Session, address: str) -> tuple[Access, int | None]:
    """What whoever it is for may see; without a person all of it, as whoever may read the database can."""
    from db.people import access_of, find_person
    from db.roles import Access, Role

    from ..faults import Refused

    if not address:
        return Access(everywhere=Role.OWNER), None
    person = find_person(session, address.strip().lower())
    if person is None or not person.is_active:
        raise Refused(f"Nobody has the address {address}. `amends user list` shows everybody.")
    return access_of(person), person.id


def _place_ids(session: Session, wanted: Sequence[str], access: Access) -> list[int] | None:
    from db.queries.places import named_places
    from db.roles import Act

    from ..faults import Refused

    if not wanted:
        return None
    known = named_places(session, places=access.places(Act.READ))
    by_name = {one.name: one.id for one in known} | {one.slug: one.id for one in known}
    for name in wanted:
        if name not in by_name:
            raise Refused(f"There is no place {name!r}. There are: {', '.join(sorted(one.slug for one in known))}")
    return [by_name[name] for name in wanted]
