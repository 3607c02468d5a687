"""`amends source set`: everything an owner may change about a source but its keys; without an option, what it has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from db.wording import printable

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlalchemy.orm import Session

    from db.models import Source

    from ..wiring import Services

basis = click.option("--basis", default=None, help="Why you may read it, for your records: own site, contract, ...")


def narrowing(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that narrow what is read; the same as in the forms."""
    command = click.option(
        "--pages",
        default=None,
        help="Of a sitemap: a piece of the addresses to read, * for anything, such as /reviews/.",
    )(command)
    return click.option(
        "--words", default=None, help="Of mentions: words with commas between, one of which must be in it."
    )(command)


@click.command("set")
@click.argument("slug")
@click.option("--name", default=None, help="What to call it.")
@basis
@narrowing
@click.option(
    "--every", type=click.FloatRange(min=0.25, max=24 * 90), default=None, help="Hours between readings, at least."
)
@click.option(
    "--delay", type=click.FloatRange(min=0.5, max=600), default=None, help="Seconds between two of its pages."
)
@click.option("--max-pages", type=click.IntRange(1, 5000), default=None, help="Pages of one reading.")
@click.option(
    "--reach", type=click.FloatRange(0, 1), default=None, help="How many people read it, 0 to 1: counts in the order."
)
@click.option(
    "--keep", type=click.Choice(["store", "30d", "24h", "no_store"]), default=None, help="How long its text is kept."
)
@click.option("--judge/--no-judge", default=None, help="Whether the model may read its text.")
@click.option("--reason", default="", help="Why you may be looser than the platform; only needed then.")
def set_command(slug: str, **wishes: Any) -> None:
    """Change how SLUG is read and kept; what is not named stays. Without options, show what it has."""
    from db.migrate import require_current
    from db.session import session_scope
    from db.sources import get_source

    from ..wiring import build_services

    services = build_services()
    require_current(services.engine)
    with session_scope(services.engine) as session:
        source = get_source(session, slug)
        is_asked = all(value is None for name, value in wishes.items() if name != "reason")
        if not is_asked:
            _change(session, source, services, **wishes)
        lines = described(source, services.clock())
    click.echo("\n".join(lines))
    if not is_asked:
        click.echo("Saved.")


def choices_given(*, words: str | None, pages: str | None) -> dict[str, str]:
    """What was given, as it is stored. Raises BadParameter."""
    from crawlers.choices import BadChoice, checked

    from ..wishes import FAULTS

    given = {}
    for name, written in (("words", words), ("pages", pages)):
        if written is None:
            continue
        try:
            given[name] = checked(name, written)
        except BadChoice as error:
            raise click.BadParameter(FAULTS[error.kind], param_hint=f"--{name}") from error
    return given


def refuse_choices(options: dict[str, str], platform: str, syntax: str) -> None:
    """Raises Refused where such a source has no such choice: it would be stored and do nothing."""
    from crawlers.choices import choices_of

    from ..faults import Refused

    strange = [name for name in ("words", "pages") if name in options and name not in choices_of(platform, syntax)]
    if strange:
        meant = {"words": "mentions by feed", "pages": "sitemaps"}
        raise Refused(f"--{strange[0]} is for {meant[strange[0]]}; this is another kind of source.")


def described(source: Source, now: datetime) -> list[str]:
    """What a source has, a line each; no keys."""
    from crawlers.choices import choices_of, chosen
    from db.models import Retention

    from ..labels import RETENTION

    lines = [
        f"  name       {printable(source.name)}",
        f"  place      {printable(source.location.name)} (time zone {source.location.timezone})",
        f"  kind       {source.platform}{f' ({source.syntax})' if source.syntax else ''}",
        f"  address    {source.url}",
        *([f"  id there   {source.place_ref}"] if source.place_ref else []),
        *(
            f"  {name:<10} {chosen(source.options, name) or 'all'}"
            for name in choices_of(source.platform, source.syntax)
        ),
        f"  every      {source.crawl_every_s / 3600:g} hours at most",
        f"  delay      {source.delay_s:g} seconds between two pages",
        f"  pages      {source.max_pages} in one reading at most",
        f"  reach      {source.reach:g}",
        f"  text       {RETENTION[source.retention].lower()}",
        f"  judged     {'yes' if source.may_judge else 'no'}",
        f"  basis      {' / '.join(source.basis_note.splitlines()) or 'nothing written down'}",
    ]
    if source.retention is Retention.NO_STORE:
        lines.append(f"  edits      {'noticed by keyed digests' if source.notices_edits else 'not noticed'}")
    return lines + _health(source, now)


def _health(source: Source, now: datetime) -> list[str]:
    """How it stands, what its last reading said, and what to do next."""
    from crawlers.platforms import is_crawled
    from db.health import next_step
    from db.models import SourceHealth

    from ..labels import HEALTH

    if not is_crawled(source.platform):
        return [f"  next step  amends import FILE --source {source.slug}"]
    if not source.is_enabled:
        return ["  health     paused", f"  next step  Read it again: amends source enable {source.slug}"]
    note = f": {printable(source.health_note)}" if source.health_note else ""
    lines = [f"  health     {HEALTH[source.health].lower()}{note}"]
    if source.last_success_at is not None:
        lines.append(f"  last read  {source.last_success_at.astimezone():%Y-%m-%d %H:%M}")
    if source.next_crawl_at is not None:
        is_due = source.next_crawl_at <= now
        lines.append(f"  next time  {'due now' if is_due else f'{source.next_crawl_at.astimezone():%Y-%m-%d %H:%M}'}")
    if source.health is not SourceHealth.HEALTHY:
        lines.append(f"  next step  {next_step(source.health)}")
    return lines


def _change(session: Session, source: Source, services: Services, **wishes: Any) -> None:
    from dataclasses import replace

    from crawlers.platforms import PLATFORMS
    from db.models import Retention
    from db.source_changes import SourceRules, reading_of, rename_source, set_basis, set_reading, set_rules

    from ..entries import default_rules
    from ..faults import Refused

    now, facts = services.clock(), PLATFORMS.get(source.platform)
    options = choices_given(words=wishes["words"], pages=wishes["pages"])
    refuse_choices(options, source.platform, source.syntax)
    if wishes["name"] is not None:
        rename_source(session, source, wishes["name"])
    if wishes["basis"] is not None:
        set_basis(session, source, wishes["basis"])
    present = reading_of(source)
    every_s = present.crawl_every_s if wishes["every"] is None else int(wishes["every"] * 3600)
    if wishes["every"] is not None and facts is not None and every_s < facts.least_every_s:
        raise Refused(
            f"{facts.name} may be read every {facts.least_every_s / 3600:g} hours at most. Nothing is changed."
        )
    merged = {**present.options, **options}
    named = {name: wishes[key] for name, key in (("delay_s", "delay"), ("max_pages", "max_pages"), ("reach", "reach"))}
    reading = replace(
        present,
        crawl_every_s=every_s,
        options={name: value for name, value in merged.items() if value != "" or name not in options},
        **{name: value for name, value in named.items() if value is not None},
    )
    set_reading(session, source, reading, now=now)
    rules = SourceRules(
        retention=source.retention if wishes["keep"] is None else Retention(wishes["keep"]),
        may_judge=source.may_judge if wishes["judge"] is None else wishes["judge"],
    )
    set_rules(
        session, source, rules, default=default_rules(source.platform, source.syntax), reason=wishes["reason"], now=now
    )
