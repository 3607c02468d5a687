"""`amends source add | list | set | enable | disable | set-keys | connect | set-push | edits | remove`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlalchemy.orm import Session

    from crawlers.probe import ProbeReport

    from ..wiring import Services

from .source_consent import connect
from .source_keys import api, asked_keys, set_keys, tried, vault
from .source_list import list_command
from .source_push import set_push
from .source_set import basis, choices_given, narrowing, refuse_choices, set_command


@click.group()
def source() -> None:
    """The addresses that are read for reviews."""


@source.command()
@click.argument("url", default="")
@click.option("--place", required=True, help="Name of the place that is reviewed there; a new one is made if needed.")
@click.option("--name", default=None, help="What to call this source (default: the title of the page).")
@click.option("--timezone", default=None, help="Time zone of the place, such as Europe/Rome (default: UTC).")
@basis
@narrowing
@click.option("--platform", default=None, help="Key of a platform that is read through its API, such as foursquare.")
@click.option("--ref", default="", help="With --platform: the platform's own id of the place.")
@click.option("--yes", "-y", is_flag=True, help="Do not ask before adding. Without a terminal nobody is asked.")
def add(
    url: str,
    place: str,
    name: str | None,
    timezone: str | None,
    basis: str | None,
    words: str | None,
    pages: str | None,
    platform: str | None,
    ref: str,
    yes: bool,
) -> None:
    """Look at URL, say what it is and what may be done there, then add it.

    With --platform, ask for the keys of its API and try them; URL is then the page that people open, or left out. A
    key of several lines is given as @FILE.
    """
    from crawlers.probe import probe
    from db.migrate import upgrade
    from db.sources import check_zone

    from ..standin_mode import services_for_data_dir, standin_if_demo

    if not place.strip():
        raise click.BadParameter("must not be empty", param_hint="--place")
    if not url and platform is None:
        raise click.UsageError("Name an address, or --platform and --ref.")
    if timezone is not None:
        check_zone(timezone)
    facts = None if platform is None else api(platform)
    if facts is not None and facts.place_label and not ref.strip():  # before anybody is asked for keys
        raise click.UsageError(f"Say which place: --ref with the {facts.place_label} ({facts.place_help}).")
    ref = ref.strip()
    services = services_for_data_dir()
    upgrade(services.engine)
    keys: dict[str, str] = {}
    options = choices_given(words=words, pages=pages)
    with standin_if_demo(services):
        if facts is None:
            click.echo(f"Looking at {url.partition('?')[0]} ...")  # what follows may be the key of a private feed
            report = probe(url, settings=services.crawl, data_dir=services.database.data_dir, options=options)
        else:
            keys, options = asked_keys(facts, {}, options)
            report = tried(services, facts, ref, keys, options)
    click.echo("\n".join(findings(report)))
    if report.refusal:
        raise SystemExit(1)
    _confirm_adding(yes)
    from crawlers.platforms import api_base

    from ..entries import crawl_every_s, default_rules

    if facts is None:
        refuse_choices(options, report.platform, report.syntax)
        values: dict[str, Any] = {"url": report.url, "retention": report.retention, "options": options}
    else:
        rules = default_rules(facts.key)
        values = {"url": url or f"{facts.apis['']}/{ref}", "retention": rules.retention, "may_judge": rules.may_judge}
        values |= {"place_ref": ref, "options": options, "sealed_keys": vault(services).seal(keys)}
        values |= {"crawl_every_s": crawl_every_s(facts)}
        values |= {"asks": api_base(facts.key, standin_url=services.crawl.standin_url)}
    called = name or report.title or (facts.name if facts else place)
    values |= {"name": called, "platform": report.platform, "syntax": report.syntax}
    _add(services, place, timezone, values | {"basis_note": basis or ""})


def _confirm_adding(yes: bool) -> None:
    from ..faults import Refused

    # Without a terminal there is nobody to ask; what is not allowed was refused above, and `source disable` undoes it.
    if not yes and sys.stdin.isatty() and not click.confirm("Add it and read it regularly?", default=True):
        raise Refused("Not added, as you wished.")


def _add(services: Services, place: str, timezone: str | None, values: dict[str, Any]) -> None:
    from db.session import session_scope
    from db.sources import add_location, add_source

    now = services.clock()
    with session_scope(services.engine) as session:
        location = add_location(session, place, timezone=timezone, now=now)
        added = add_source(session, location, now=now, **values)
        slug, zone, is_new = added.slug, location.timezone, location.created_at == now
        of_place = f"{location.name} ({'a new place, ' if is_new else ''}time zone {zone})"
    click.echo(f"Added as {slug} for {of_place}. Read it now: amends crawl {slug} · or leave it to: amends up")


@source.command()
@click.argument("slug")
@click.option("--with-reviews", is_flag=True, help="Delete its reviews too, with all that was noted about them.")
@click.option("--yes", "-y", is_flag=True, help="Do not ask.")
def remove(slug: str, with_reviews: bool, yes: bool) -> None:
    """Take a source off the list and forget its keys; its reviews stay unless you say otherwise."""
    from db.migrate import require_current
    from db.queries.sources import source_counts
    from db.session import read_scope, session_scope
    from db.source_changes import remove_source
    from db.sources import get_source

    from ..faults import Refused
    from ..jobs.purging import forget_copies
    from ..wiring import build_services

    services = build_services()
    require_current(services.engine)
    with read_scope(services.engine) as session:
        source_id = get_source(session, slug).id
        counts = source_counts(session, source_id)
    fate = "are deleted with it" if with_reviews else "stay"
    told = f"{slug} has brought {counts.reviews} reviews, {counts.waiting} of them waiting for a person. They {fate}."
    if not yes and not sys.stdin.isatty():
        raise Refused(f"{told} Nothing is changed yet: say --yes to remove it.")
    if not yes and not click.confirm(f"{told} Remove it?", default=False):
        raise Refused("Nothing is changed.")
    with session_scope(services.engine) as session:
        is_read = remove_source(session, get_source(session, slug), with_reviews=with_reviews, now=services.clock())
    forget_copies(services.engine, services.database.data_dir, [source_id])
    click.echo(f"{slug} is removed. Its {counts.reviews} reviews {'are deleted' if with_reviews else 'stay'}.")
    if is_read:
        click.echo("It was being read just now: that reading stores nothing more and ends within a few seconds.")


@source.command()
@click.argument("slug")
def disable(slug: str) -> None:
    """Stop reading a source; its reviews stay."""
    from db.sources import disable_source

    _change(lambda session, _now: disable_source(session, slug))
    click.echo(f"{slug} is no longer read. Its reviews stay. Read it again: amends source enable {slug}")


@source.command()
@click.argument("slug")
def enable(slug: str) -> None:
    """Read a source again."""
    from crawlers.platforms import is_crawled
    from db.sources import enable_source, get_source

    from ..faults import Refused

    def change(session: Session, now: datetime) -> None:
        if not is_crawled(get_source(session, slug).platform):
            raise Refused(f"{slug} takes files, nothing is asked for it: amends import FILE --source {slug}")
        enable_source(session, slug, now=now)

    _change(change)
    click.echo(f"{slug} is read again, by `amends up` or now by: amends crawl {slug}")


@source.command()
@click.argument("slug")
@click.option("--on/--off", "is_wanted", required=True, help="Off is the default: the strict reading of such terms.")
def edits(slug: str, is_wanted: bool) -> None:
    """Notice edits at a source whose text is not kept, by a keyed digest of each wording.

    No text can be had from a digest, but some terms (Tripadvisor, Google Places) name little that may be kept at all:
    ask the platform before you switch it on.
    """
    from db.source_changes import set_notices_edits
    from db.sources import get_source

    _change(lambda session, _now: set_notices_edits(session, get_source(session, slug), is_wanted))
    click.echo(f"Edits at {slug} are {'noticed from its next reading on' if is_wanted else 'not noticed'}.")


def _change(change: Callable[[Session, datetime], object]) -> None:
    from db.migrate import require_current
    from db.session import session_scope

    from ..wiring import build_services

    services = build_services()
    require_current(services.engine)
    with session_scope(services.engine) as session:
        change(session, services.clock())


source.add_command(set_keys)
source.add_command(set_command)
source.add_command(list_command)
source.add_command(connect)
source.add_command(set_push)


def findings(report: ProbeReport) -> list[str]:
    """What was found at the address, a line each, refusals last."""
    if report.refusal:
        return [f"  {report.refusal}"]
    lines = [
        f"  kind       {report.platform_name}" + (f" ({report.syntax})" if report.syntax else ""),
        *([f"  robots     {report.robots_sentence}"] if report.robots_verdict else []),
        f"  reviews    {report.reviews_seen} {'on one of its pages' if report.pages else 'on this page'}"
        + (f", {report.advertised_total} advertised" if report.advertised_total is not None else "")
        + (f", {report.fitting} with one of your words" if report.fitting is not None else ""),
        *(f"  page       {url}" for url in report.pages),
        f"  terms      {report.terms}",
        f"  keep for   {report.retention_sentence}",
        f"  answers    {report.reply_sentence}",
    ]
    return lines + [f"  note       {warning}" for warning in report.warnings]
