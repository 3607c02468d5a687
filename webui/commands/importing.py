"""`amends import`: reviews out of a file, pasted text or a mailbox, shown before they are stored."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from db.wording import printable

if TYPE_CHECKING:
    from crawlers.imports.columns import Columns
    from crawlers.imports.plan import ImportPlan
    from crawlers.imports.several import Sent

    from ..jobs.importing import Target
    from ..wiring import Services

SHOWN_REVIEWS = 5
SHOWN_REJECTED = 20
MAIL_DAYS = 90
DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}


@click.command("import")
@click.argument("files", nargs=-1, metavar="[FILE]...")
@click.option("--place", default=None, help="Name of the place that is reviewed; a new one is made if needed.")
@click.option("--name", default=None, help="Name of the source, where one place gets several kinds of files.")
@click.option("--source", "slug", default=None, help="A source of files that is there already.")
@click.option("--column", "columns", multiple=True, metavar="FIELD=HEADER", help="Which column is which; repeat it.")
@click.option("--dates", type=click.Choice(["dmy", "mdy"]), default=None, help="Day or month first, where both may be.")
@click.option("--scale", type=float, default=None, help="The best rating there is, where the file does not say.")
@click.option("--mailbox", default=None, metavar="IMAPS-URL", help="imaps://user@host/INBOX: notification mails.")
@click.option(
    "--days", type=click.IntRange(1, 3650), default=MAIL_DAYS, help=f"Age of mails read (default {MAIL_DAYS})."
)
@click.option("--rejected", type=click.Path(path_type=Path), default=None, help="Write all rejected rows to this CSV.")
@click.option("--dry-run", is_flag=True, help="Show and count, store nothing.")
@click.option("--yes", "-y", is_flag=True, help="Do not ask before storing.")
def import_(
    files: tuple[str, ...],
    place: str | None,
    name: str | None,
    slug: str | None,
    columns: tuple[str, ...],
    dates: str | None,
    scale: float | None,
    mailbox: str | None,
    days: int,
    rejected: Path | None,
    dry_run: bool,
    yes: bool,
) -> None:
    """Take in reviews from FILE: CSV, TSV, Excel, JSON, JSON Lines, Google Takeout, .eml, a saved page of Yelp,
    Trustpilot, OpenTable, Flipkart, Google Maps or any site, a zip of these, or text; "-" is what is pasted.
    Importing a file again doubles nothing.

    \b
    FIELD is one of text, title, stars, scale, author, date, visited_at,
    external_id, url, language, reply, reply_date, positive, negative.
    """
    from db.migrate import upgrade

    from ..jobs.importing import check_terms
    from ..wiring import build_services

    if bool(files) == (mailbox is not None):
        raise click.UsageError("Name a file, - for pasted text, or --mailbox.")
    if (place is None) == (slug is None):
        raise click.UsageError("Say whose reviews they are: --place NAME, or --source SLUG.")
    services = build_services()
    upgrade(services.engine)
    target = _target(services, slug, place, name, "")
    said = _said(columns, dates=dates, scale=scale)
    if mailbox is not None:
        plan = _of_mailbox(services, mailbox, target, days)
    else:
        plan = _of_files(services, files, target, said)
    if slug is None and plan.platform:  # pages of a platform have a source of their own
        target = _target(services, slug, place, name, plan.platform)
    if target is not None:
        check_terms(target, plan)
    show(plan)
    if rejected is not None:
        _write(plan, rejected)
    if not plan.items:
        raise SystemExit(1)
    is_told = yes or dry_run or not sys.stdin.isatty() or click.confirm(f"\nImport {len(plan.items)}?", default=True)
    if not is_told:
        click.echo("Nothing is stored.")
        return
    _store(services, plan, place=place, name=name, target=target, dry_run=dry_run)


def _target(services: Services, slug: str | None, place: str | None, name: str | None, platform: str) -> Target | None:
    """Where it goes, None for a source that is still to be made."""
    from db.session import read_scope

    from ..jobs.importing import find_target, known_file_source, target_of

    with read_scope(services.engine) as session:
        if slug is not None:
            return find_target(session, slug)
        known = known_file_source(session, place or "", name=name, platform=platform)
        return target_of(known) if known else None


def _said(pairs: tuple[str, ...], *, dates: str | None, scale: float | None) -> Columns | None:
    from crawlers.errors import ParseError
    from crawlers.imports.columns import Columns

    fields = {}
    for pair in pairs:
        field, found, header = pair.partition("=")
        if not found or not header.strip():
            raise click.BadParameter("must look like text=Comment", param_hint="--column")
        fields[field.strip()] = header.strip()
    if not fields and dates is None and scale is None:
        return None
    try:
        return Columns.from_json({"fields": fields, "dates": dates or "", "best": scale})
    except ParseError as error:
        raise click.BadParameter(str(error), param_hint="--column") from error


def _of_files(services: Services, files: tuple[str, ...], target: Target | None, said: Columns | None) -> ImportPlan:
    from crawlers.imports.several import Sent

    from ..jobs.importing import plan_files

    remembered = target.remembered if target else None
    if files == ("-",):
        if sys.stdin.isatty():
            click.echo("Paste the reviews, a blank line between them; Ctrl-D on a line of its own ends.", err=True)
        read = [Sent(name="", data=sys.stdin.buffer.read())]
    else:
        read = [_opened(file) for file in files]
    return plan_files(read, said, remembered=remembered, now=services.clock())


def _opened(file: str) -> Sent:
    from ..faults import Refused
    from ..jobs.importing import read_file

    path = Path(file)
    if path.is_dir():
        raise Refused(f"{file} is a folder. Name the files in it.")
    if not path.is_file():
        raise Refused(f"There is no file {file}.")
    try:
        return read_file(path)
    except PermissionError as error:
        raise Refused(f"{file} may not be read.") from error


def _of_mailbox(services: Services, address: str, target: Target | None, days: int) -> ImportPlan:
    from datetime import timedelta

    from crawlers.imports.mailbox import read_address
    from db.vault import vault_of

    from ..jobs.importing import plan_of_mailbox
    from ..progress import counting

    mailbox = read_address(address)
    vault = vault_of(services.database)
    password = vault.open(target.sealed_keys).get("password", "") if target else ""
    password = password or click.prompt(f"Password of {mailbox.user} at {mailbox.host}", hide_input=True, err=True)
    now = services.clock()
    with counting("Reading mails") as tell:
        return plan_of_mailbox(address, password, since=now - timedelta(days=days), now=now, progress=tell)


def _store(
    services: Services,
    plan: ImportPlan,
    *,
    place: str | None,
    name: str | None,
    target: Target | None,
    dry_run: bool,
) -> None:
    from db.session import session_scope

    from ..jobs.importing import file_source, store_import, target_of
    from ..progress import counting

    if target is None:
        if dry_run:
            click.echo(f"\nNothing is stored. Up to {len(plan.items)} reviews would be new.")
            return
        with session_scope(services.engine) as session:
            target = target_of(
                file_source(session, place or "", name=name, platform=plan.platform, now=services.clock())
            )
    with counting("Storing") as tell:
        counts = store_import(services, target.source_id, plan, progress=tell, dry_run=dry_run)
    told = f"{counts.new} new, {counts.changed} changed, {counts.unchanged} as before"
    if dry_run:
        click.echo(f"\nNothing is stored. There would be {told}.")
        return
    click.echo(f"\n{target.slug}: {told}. Judge them now: amends score · or leave it to: amends up")


def show(plan: ImportPlan) -> None:
    """The plan for a person who decides."""
    from crawlers.imports.columns import FIELDS
    from crawlers.imports.sniff import KIND_NAMES, encoding_name
    from crawlers.platforms import PLATFORMS

    details = [KIND_NAMES[plan.kind], encoding_name(plan.encoding) if plan.encoding else ""]
    details += [PLATFORMS[plan.platform].name] if plan.platform else []
    details += [f"{plan.files} files"] if plan.files > 1 else []
    details += [DELIMITERS.get(plan.delimiter, plan.delimiter)] if plan.delimiter else []
    click.echo(f"Read as {', '.join(detail for detail in details if detail)}.")
    if plan.platform:
        show_terms(plan.platform)
    if plan.has_columns:
        for field, header in plan.columns.fields.items():
            click.echo(f"  {FIELDS[field]:<22} {printable(header)}")
        if plan.unused:
            click.echo(f"  {'not used':<22} {printable(', '.join(plan.unused))[:200]}")
    for warning in plan.warnings:
        click.echo(f"  note: {printable(warning)}")
    for item in plan.items[:SHOWN_REVIEWS]:
        day = item.published_at.date().isoformat() if item.published_at else "no date"
        head = " · ".join(printable(part) for part in (item.rating_raw or "no rating", item.author_name, day) if part)
        text = printable(f"{item.title} {item.body}")
        click.echo(f"\n  {head}\n  {text if len(text) <= 160 else text[:159] + '…'}")
    counted = f"{len(plan.items)} review{'s' if len(plan.items) != 1 else ''}"
    click.echo(f"\n{counted}, {len(plan.rejected)} rejected, {plan.skipped} empty.")
    for row in plan.rejected[:SHOWN_REJECTED]:
        where = " ".join(part for part in (printable(row.file), f"{plan.unit} {row.line}" if row.line else "") if part)
        click.echo(f"  {where}: {row.reason}")
    if len(plan.rejected) > SHOWN_REJECTED:
        click.echo(f"  and {len(plan.rejected) - SHOWN_REJECTED} more; all of them go to a file with --rejected FILE")
    for hint in _hints(plan):
        click.echo(hint)


def show_terms(platform: str) -> None:
    """What one may do with saved pages of a platform."""
    from crawlers.platforms import PLATFORMS, RETENTION_SENTENCES

    facts = PLATFORMS[platform]
    judged = "The model judges them." if facts.may_judge else "The model does not judge them."
    click.echo(f"  {facts.terms} (checked on {facts.checked_on.isoformat()})")
    click.echo(f"  {RETENTION_SENTENCES[facts.retention]} {judged} Other rules: the form of the source, with a reason.")


def _hints(plan: ImportPlan) -> list[str]:
    """What one types next, where the file leaves something open."""
    from crawlers.imports.column_dates import AMBIGUOUS

    hints = []
    if any(AMBIGUOUS in row.reason for row in plan.rejected):
        hints.append("Day first: --dates dmy · month first: --dates mdy")
    if plan.has_columns and not plan.items and not {"text", "stars"} & plan.columns.fields.keys():
        hints.append("Say it with --column text=HEADER --column stars=HEADER and so on; see amends import --help")
    return hints


def _write(plan: ImportPlan, path: Path) -> None:
    from crawlers.imports.rejected import write_rejected

    from ..faults import Refused

    try:
        # utf-8-sig: Excel reads UTF-8 only with its mark
        with path.open("x", encoding="utf-8-sig", newline="") as file:
            write_rejected(plan, file)
    except FileExistsError as error:
        raise Refused(f"{path} is there already. Name another file for the rejected rows.") from error
    except OSError as error:
        raise Refused(f"{path} cannot be written. Name another file for the rejected rows.") from error
    rows = "1 rejected row is" if len(plan.rejected) == 1 else f"{len(plan.rejected)} rejected rows are"
    click.echo(f"{rows} in {path}.")
