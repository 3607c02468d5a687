"""`amends platform list | show | new`."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from crawlers.platforms import Platform

_NEXT = """
Next:
  1. crawlers/platforms/{key}.py: terms, hosts, address of the API, keys, scale; what the terms let be kept and judged
  2. tests/pages/{key}: answers as documented, values invented; then the parser, until they read as they should
     python -m tests.crawlers.expected tests/pages/{key}/reviews_page1.json writes what the parser makes of one
  3. crawlers/standin/apis/{key}.py: the same shapes, keys checked as the platform checks them
  4. crawlers/spiders/{key}.py: the first request and the headers
  5. python -m pytest tests/crawlers -k {key}; then a row in the README's table of platforms\
"""

_KEPT = {"store": "yes", "30d": "30 days", "24h": "24 hours", "no_store": "no"}
_ANSWERED = {"api": "by API", "hand": "by hand", "none": "not"}


@click.group()
def platform() -> None:
    """The platforms: how each is read and answered, and what its terms say."""


@platform.command("list")
def list_command() -> None:
    """Every platform in a table."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from crawlers.platforms import PLATFORMS

    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in ("Platform", "Read by", "Answered", "Keys", "Text kept", "Judged", "Checked"):
        table.add_column(title, no_wrap=True)
    for one in sorted(PLATFORMS.values(), key=lambda one: one.key):
        judged = "yes" if one.may_judge else "no"
        cells: list[str] = [one.key, str(one.read_by), _ANSWERED[one.reply_by], str(len(one.keys) or "none")]
        cells += [_KEPT[one.retention], judged, one.checked_on.isoformat()]
        table.add_row(*(Text(cell) for cell in cells))
    Console().print(table)
    click.echo("\nKeys, limits and terms of one: amends platform show KEY")
    click.echo("Begin a new one: amends platform new NAME")


@platform.command()
@click.argument("key")
def show(key: str) -> None:
    """All that is known of the platform KEY."""
    from crawlers.platforms import PLATFORMS

    from ..faults import Refused

    one = PLATFORMS.get(key.strip().lower())
    if one is None:
        raise Refused(f'There is no platform "{key[:40]}". See all: amends platform list')
    click.echo("\n".join(_facts(one)))


def _facts(one: Platform) -> list[str]:
    from crawlers.platforms import REPLY_SENTENCES, RETENTION_SENTENCES
    from crawlers.posters import hand_over

    lines = [f"{one.name} ({one.key})", f"Read by: {one.read_by}", f"Answered by: {REPLY_SENTENCES[one.reply_by]}"]
    if rules := hand_over(one.key).rules:
        lines.append(f"Rules of an answer: {' '.join(rules)}")
        where = f"{one.reply_rules.doc_url}, " if one.reply_rules.doc_url else ""
        lines.append(f"Source of these rules: {where}checked on {one.reply_rules.checked_on.isoformat()}")
    lines.append("Stars: none" if one.scale is None else f"Stars: {one.scale[0]:g} to {one.scale[1]:g}")
    for key in one.keys:
        needed = "" if key.is_needed else ", optional"
        kept = "kept encrypted" if key.is_secret else "not secret"
        lines.append(f"Key: {key.label} ({kept}{needed}). {key.help}".rstrip())
    if one.place_label:
        lines.append(f"Place: {one.place_label}. {one.place_help}")
    lines.append(f"Kept: {RETENTION_SENTENCES[one.retention]}")
    judged = "yes" if one.may_judge else "no, unless you say in the source's form that you may"
    lines.append(f"May its text be judged by the model: {judged}")
    lines.append(f"Read at most every {_span(one.least_every_s)}, at least every {_span(one.most_every_s)}")
    lines.append(f"Terms: {one.terms}")
    if one.alternative:
        lines.append(f"Otherwise: {one.alternative}")
    lines.append(f"Source: {one.doc_url}, checked on {one.checked_on.isoformat()}. One developer's summary, no advice.")
    return lines


def _span(seconds: int) -> str:
    hours, minutes = seconds / 3600, seconds / 60
    return f"{hours:g} hours" if hours > 1 else "hour" if hours == 1 else f"{minutes:g} minutes"


@platform.command()
@click.argument("name")
@click.option("--title", default="", help="What people call it (default: NAME with a capital).")
def new(name: str, title: str) -> None:
    """Begin the platform NAME: parser, spider, facts, stand-in, data and test page, all passing their tests."""
    from crawlers.new_platform import begin

    written = begin(name, title=title, today=datetime.now(UTC).date())
    click.echo("Written:\n" + "\n".join(f"  {place}" for place in written))
    click.echo(_NEXT.format(key=name))
