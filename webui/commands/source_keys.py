"""`amends source set-keys`: what an API is asked with, typed without echo, tried, and stored encrypted."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from crawlers.platforms import Platform
    from crawlers.probe import ProbeReport
    from db.vault import Vault

    from ..wiring import Services

KEY_MOST = 20_000  # characters; a service account's file has about 2,400


@click.command("set-keys")
@click.argument("slug")
@click.option("--ref", default="", help="Another id of the place, as the platform has it.")
@click.option("--no-test", is_flag=True, help="Store them without trying them first.")
def set_keys(slug: str, ref: str, no_test: bool) -> None:
    """Enter the keys of a source's API, without echo; an empty answer keeps what is stored, @FILE reads a file."""
    from db.errors import BadValue
    from db.migrate import require_current
    from db.session import read_scope, session_scope
    from db.source_changes import set_access
    from db.sources import get_source

    from ..standin_mode import services_for_data_dir, standin_if_demo

    services = services_for_data_dir()
    require_current(services.engine)
    safe = vault(services)
    with read_scope(services.engine) as session:
        known = get_source(session, slug)
        platform, had, sealed = known.platform, dict(known.options), known.sealed_keys
        ref = ref.strip() or known.place_ref
    facts = api(platform)
    try:
        stored = safe.open(sealed)
    except BadValue:  # sealed with a key that is lost: they are entered anew
        stored = {}
    keys, options = asked_keys(facts, stored, had)
    if not no_test:
        with standin_if_demo(services):
            report = tried(services, facts, ref, keys, options)
        if report.refusal:
            click.echo(f"{report.refusal} Nothing is changed.", err=True)
            raise SystemExit(1)
    with session_scope(services.engine) as session:
        found = get_source(session, slug)
        set_access(session, found, place_ref=ref, options=options, sealed_keys=safe.seal(keys), now=services.clock())
    click.echo(f"Stored, encrypted. Read it now: amends crawl {slug}")


def api(platform: str) -> Platform:
    """The facts of a platform that is read with keys. Raises Refused."""
    from crawlers.platforms import PLATFORMS

    from ..faults import Refused

    facts = PLATFORMS.get(platform)
    if facts is None or not facts.apis:
        known = ", ".join(sorted(key for key, one in PLATFORMS.items() if one.apis))
        raise Refused(f"{platform[:40]} is not read with keys. These are: {known}.")
    return facts


def asked_keys(
    facts: Platform, stored: dict[str, str], options: dict[str, str]
) -> tuple[dict[str, str], dict[str, str]]:
    """Ask for every key; never shown, neither what is typed nor what is stored. A file's content is given as @FILE."""
    keys, plain = dict(stored), dict(options)
    for key in facts.keys:
        where = f" ({key.help})" if key.help else ""
        kept = " [stored; empty keeps it]" if key.name in stored else "" if key.is_needed else " [optional]"
        words = f"{key.label[:1].upper()}{key.label[1:]}{where}{kept}"
        answer = _answer(words, default="" if key.is_secret else options.get(key.name, ""), is_hidden=key.is_secret)
        (keys if key.is_secret else plain).update({key.name: answer} if answer else {})
    return keys, plain


def _answer(words: str, *, default: str, is_hidden: bool) -> str:
    """One line, or the file it names: a key of several lines cannot be typed at a prompt. Raises Refused."""
    from ..faults import Refused

    if sys.stdin.isatty():
        answer = str(click.prompt(words, default=default, hide_input=is_hidden, show_default=not is_hidden))
    else:  # a pipe has no echo to switch off
        click.echo(f"{words}:")
        line = sys.stdin.readline()
        if not line:
            raise Refused("The input ended before every key was given. Nothing is changed. Give each in a line.")
        answer = line.strip() or default
    answer = answer.strip()
    if not answer.startswith("@"):
        return answer
    path = Path(answer[1:]).expanduser()
    try:
        with path.open(encoding="utf-8") as file:
            content = file.read(KEY_MOST + 1).strip()
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(f"{path} cannot be read as a file with a key. Nothing is changed.") from error
    if not content or len(content) > KEY_MOST:
        raise Refused(f"{path} holds no key: it is {'too long' if content else 'empty'}. Nothing is changed.")
    return content


def tried(services: Services, facts: Platform, ref: str, keys: dict[str, str], options: dict[str, str]) -> ProbeReport:
    """Ask the API once; nothing is stored."""

    from crawlers.trial import probe_api

    click.echo(f"Asking {facts.name} ...")
    return probe_api(facts.key, ref, keys, options, settings=services.crawl, data_dir=services.database.data_dir)


def vault(services: Services) -> Vault:
    """What the keys are sealed with."""
    from db.vault import vault_of

    return vault_of(services.database)
