"""`amends queue`: the top of the queue on a terminal, or as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import click

from db.wording import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from rich.console import Console
    from sqlalchemy.orm import Session

    from db.queries.cursors import Sort
    from db.queries.filtering import Filters
    from db.queries.queue import QueueView
    from db.queries.rows import QueueRow

Command = TypeVar("Command", bound="Callable[..., Any] | click.Command")

TITLES = ("Priority", "Anger", "Rating", "Place", "Age")
NUMBERS = {"Priority", "Age"}
SHOWN_MOST = 12  # names in a message
LEAST_REVIEW = 16  # columns; with less left for the review a row takes two lines


def _several(name: str, text: str, **more: Any) -> Callable[[Command], Command]:
    """An option that may be given again and again."""
    return click.option(f"--{name}", name.replace("-", "_"), multiple=True, help=text, **more)


# All but "mine": a terminal is nobody.
VIEWS = ["now", "unassigned", "approve", "waiting", "follow_up", "changed", "open", "done", "all"]
DAY = click.DateTime(["%Y-%m-%d"])


@click.command()
@click.option("--all", "everything", is_flag=True, help="Every review, not only those that need a person.")
@click.option("--view", type=click.Choice(VIEWS), default=None, help="Another list.")
@click.option("--search", "-s", default="", metavar="WORDS", help='Title, text, author, reply, names. Phrases in "".')
@_several("anger", "calm, annoyed, angry, furious or unscored; again for several, as with those that follow.")
@_several("stars", "1 to 5; 0: without.", type=click.IntRange(0, 5))
@_several("place", "Its short name, as in `amends source list`, or its name.", metavar="PLACE")
@_several("source", "Its short name.", metavar="SOURCE")
@_several("topic", "Such as waiting.", metavar="TOPIC")
@_several("risk", "Such as legal.", metavar="RISK")
@_several("language", "Such as es.", metavar="TAG")
@_several("state", "open, answered, gone or not_us.")
@_several("stage", "todo, waiting, snoozed, done or not_pursued.")
@_several("tag", "A word that staff sort cases by.", metavar="WORD")
@_several("cause", "As the owner's list has it, or none.", metavar="CAUSE")
@_several("assignee", "A name, or nobody.", metavar="WHO")
@_several("visit-day", "Of the visit: mon to sun, or unknown.", metavar="DAY")
@_several("visit-hour", "Of the visit on the place's clocks: 0 to 23, or unknown.", metavar="HOUR")
@click.option("--complaint", is_flag=True, help="Flagged for anger or a risk, or taken by hand.")
@click.option("--since", type=DAY, default=None, metavar="YYYY-MM-DD", help="Published on this day or later.")
@click.option("--until", type=DAY, default=None, metavar="YYYY-MM-DD", help="Published on this day or earlier.")
@click.option("--changed", is_flag=True, help="Changed by the guest.")
@click.option("--sort", type=click.Choice(["priority", "newest", "oldest"]), default=None, help="Default: priority.")
@click.option("--json", "as_json", is_flag=True, help="A list of objects instead of a table, masked.")
@click.option(
    "--unmasked", is_flag=True, help="With --json: names, addresses and phone, account and card numbers as well."
)
@click.option("--limit", type=click.IntRange(1), default=None, help="How many rows (default 20; with --all every one).")
def queue(
    everything: bool, view: str | None, sort: str | None, as_json: bool, unmasked: bool, limit: int | None, **asked: Any
) -> None:
    """Print the reviews that need a person, the most urgent first."""
    from db.migrate import require_current
    from db.queries.cursors import Sort
    from db.queries.queue import QueueView
    from db.session import read_scope

    from ..position import FIRST_SORT
    from ..wiring import build_services

    services = build_services()
    require_current(services.engine)
    shown = QueueView(view or ("all" if everything else "now"))
    order = Sort(sort) if sort else FIRST_SORT.get(shown, Sort.PRIORITY)
    now = services.clock()
    with read_scope(services.engine) as session:
        filters = _filters(session, asked)
        rows = _rows(session, shown, filters, order, limit=limit or (None if everything else 20), now=now)
    if as_json:
        import json

        click.echo(json.dumps([_record(row, now, unmasked=unmasked) for row in rows], ensure_ascii=False, indent=2))
        return
    if unjudged := _unjudged(services.engine):
        click.echo(f"Not judged yet: {unjudged}. Judge now: amends score · or leave it to: amends up", err=True)
    elif not rows and filters:
        click.echo(
            f"No review in the view {shown} fits all of this. Leave something out, or look in every one with --all."
        )
    elif not rows:
        click.echo(
            "Nothing is waiting: no review is angry, risky or changed without an answer. "
            "`amends queue --all` lists every review; "
            "`amends source list` says when each source was last read."
        )
    if rows:
        _print_table(rows, now)


def _filters(session: Session, asked: dict[str, Any]) -> Filters:
    """What the options ask for.

    Raises:
        Refused: a name that is not known, with those that are.
    """
    from db.queries.facets import facets
    from db.queries.filtering import NO_CAUSE, NOBODY, Filters

    from ..cause_lists import named_cause
    from ..position import CHOICES

    known = facets(session)
    slugs = {name: slug for slug, name in known.places.items()}
    asked["place"] = [slugs.get(place, place) for place in asked["place"]]
    ids = {name: id_ for id_, name in known.people.items()}
    for name in asked["assignee"]:
        _check("assignee", name, [NOBODY, *ids])
    asked["assignee"] = [ids.get(name, name) for name in asked["assignee"]]
    causes = {named_cause(*names): id_ for id_, names in known.causes.items()}
    for name in asked["cause"]:
        _check("cause", name, [NO_CAUSE, *causes])
    asked["cause"] = [causes.get(name, name) for name in asked["cause"]]
    names = {"place": list(known.places), "source": list(known.sources), "language": list(known.languages)}
    names |= {name: [str(value) for value in of] for name, of in CHOICES.items() if of is not None}
    for name, of in names.items():
        for value in asked[name]:
            _check(name.replace("_", "-"), str(value), of)
    chosen: dict[str, Any] = {name: tuple(asked[name]) for name in CHOICES}
    return Filters(
        search=asked["search"],
        is_changed=asked["changed"],
        is_complaint=asked["complaint"],
        since=asked["since"].date() if asked["since"] else None,
        until=asked["until"].date() if asked["until"] else None,
        **chosen,
    )


def _check(name: str, value: str, known: Sequence[str]) -> None:
    from ..faults import Refused

    if value in known:
        return
    listed = ", ".join(known[:SHOWN_MOST]) + (" …" if len(known) > SHOWN_MOST else "")
    raise Refused(
        f"There is no {name} {printable(value)[:40]}. " + (f"There are: {listed}." if known else "There is none yet.")
    )


def _rows(
    session: Session, view: QueueView, filters: Filters, sort: Sort, *, limit: int | None, now: datetime
) -> list[QueueRow]:
    from db.queries.queue import Reader, queue_page

    rows: list[QueueRow] = []
    after: str | None = None
    while limit is None or len(rows) < limit:
        size = min(500, limit - len(rows)) if limit else 500
        reader = Reader(person_id=None, now=now)
        page = queue_page(session, view, filters=filters, sort=sort, after=after, limit=size, reader=reader)
        rows.extend(page.rows)
        after = page.next_cursor
        if after is None:
            break
    return rows


def _unjudged(engine: Any) -> int:
    from db.scores import count_unscored
    from db.session import read_scope

    with read_scope(engine) as session:
        return count_unscored(session)


def _record(row: QueueRow, now: datetime, *, unmasked: bool) -> dict[str, object]:
    from db.masking import mask

    return {
        "id": row.review_id,
        "source": row.source_slug,
        "place": row.location_name,
        "language": row.language or row.source_language or "und",
        "stars": row.stars,
        "anger": None if row.anger is None else round(row.anger, 4),
        "anger_level": row.anger_level,
        "priority": round(row.priority, 2),
        "age_s": max(0, int((now - row.published_at).total_seconds())),
        "text": row.text if unmasked else mask(row.text, row.author_name),
    }


def _print_table(rows: list[QueueRow], now: datetime) -> None:
    from rich.cells import cell_len
    from rich.console import Console

    console = Console()
    cells = [_cells(row, now) for row in rows]
    texts = [printable(row.text) for row in rows]
    widths = [max(cell_len(title), *(cell_len(row[place]) for row in cells)) for place, title in enumerate(TITLES)]
    if console.width >= sum(widths) + 2 * len(widths) + LEAST_REVIEW:
        _print_wide(console, cells, texts, widths)
    else:
        _print_narrow(console, cells, texts)
    click.echo(f"\n{len(rows)} shown. Details: open the queue in the browser with `amends up`.")


def _print_wide(console: Console, cells: list[tuple[str, ...]], texts: list[str], widths: list[int]) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold", expand=True)
    for title, width in zip(TITLES, widths, strict=True):
        # Only the review gives way on a narrow terminal.
        table.add_column(title, no_wrap=True, min_width=width, justify="right" if title in NUMBERS else "left")
    table.add_column("Review", overflow="ellipsis", no_wrap=True, ratio=1)
    for shown, text in zip(cells, texts, strict=True):
        # Text: square brackets in a review are no markup.
        table.add_row(*(Text(cell) for cell in shown), Text(text))
    console.print(table)


def _print_narrow(console: Console, cells: list[tuple[str, ...]], texts: list[str]) -> None:
    """Two lines for each review, where a table would leave no room for what was written."""
    from rich.text import Text

    for shown, text in zip(cells, texts, strict=True):
        console.print(Text("  ".join(shown), style="bold"))
        console.print(Text(f"  {text}"), overflow="ellipsis", no_wrap=True)


def _cells(row: QueueRow, now: datetime) -> tuple[str, ...]:
    from scoring.text import is_readable

    anger = "not scored" if row.anger is None else f"{row.anger_level} {row.anger:.2f}"
    if row.anger is not None and not is_readable(row.text):
        anger = "no words"
    age = _age((now - row.published_at).total_seconds())
    return f"{row.priority:.0f}", anger, _rating(row), printable(row.location_name), age


def _rating(row: QueueRow) -> str:
    """As the source writes it, with its scale where the bare figure would mislead."""
    raw = printable(row.rating_raw)
    needs_scale = raw and "/" not in raw and row.rating_max not in {None, 5.0}
    return f"{raw}/{row.rating_max:g}" if needs_scale else raw or "–"


def _age(seconds: float) -> str:
    for unit, size in (("d", 86400), ("h", 3600), ("min", 60)):
        if seconds >= size:
            return f"{seconds // size:.0f} {unit}"
    return "now"
