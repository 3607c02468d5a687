"""The sources there are: how each is doing, and what is done with one click. Its settings are `source_edit`."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from crawlers.platforms import PLATFORMS
from db.models import Source
from db.queries.sources import HealthCounts, SourceState, source_page
from db.roles import Act
from db.schedule import LEAST_EVERY_S, NotNow, check_now
from db.session import read_scope, session_scope
from db.source_changes import source_of
from db.sources import disable_source, enable_source

from ..accounts import access
from ..filters import clock_or_date
from ..guard import needs
from ..i18n import gettext
from ..ids import ID_MOST
from ..labels import NOT_NOW, label
from ..pages import frame, pages

blueprint = Blueprint("sources", __name__)
ONE = f"/sources/<int(max={ID_MOST}):source_id>"
ROWS = 50
SEARCH_MOST = 100


@blueprint.get("/sources")
@needs(Act.SOURCES)
def show() -> str:
    """A page of the sources, all of them or those in a state or with some words."""
    parts = pages()
    now = parts.clock()
    search = " ".join(request.args.get("q", "").replace("\0", "").split())[:SEARCH_MOST]
    state = SourceState(request.args["state"]) if request.args.get("state") in set(SourceState) else None
    page = request.args.get("page", 1, type=int)
    with read_scope(parts.engine) as session:
        page = min(page, ID_MOST // ROWS)
        mine = access().places(Act.SOURCES)
        found = source_page(session, now=now, search=search, state=state, page=page, size=ROWS, places=mine)
        around = frame(session, now=now)
    kept = {"q": search or None, "state": state, "page": found.page if found.page > 1 else None}
    return render_template(
        "sources.html", frame=around, found=found, search=search, state=state, states=_states(around.sources), at=kept
    )


@blueprint.post(f"{ONE}/check")
@needs(Act.SOURCES, of="source_id")
def check(source_id: int) -> Response:
    """Read it now, where its platform lets that be."""
    parts = pages()
    now = parts.clock()
    with session_scope(parts.engine) as session:
        source = the_source(session, source_id)
        facts = PLATFORMS.get(source.platform)
        least = facts.least_every_s if facts else LEAST_EVERY_S
        done = check_now(session, source_id, now, least_every_s=least)
        timezone = source.location.timezone
    if done.refusal is None:
        flash(gettext("It is read within a minute, while Amends runs."))
    else:
        again = clock_or_date(done.again_at, now=now, timezone=timezone) if done.again_at else ""
        words = label(NOT_NOW, done.refusal)
        is_later = again and done.refusal is not NotNow.RUNNING
        flash(f"{words} {gettext('Ask again from %(time)s on.', time=again)}" if is_later else words, "not")
    return back_to_list(source_id)


@blueprint.post(f"{ONE}/pause")
@needs(Act.SOURCES, of="source_id")
def pause(source_id: int) -> Response:
    """Read it no more until somebody says so."""
    with session_scope(pages().engine) as session:
        disable_source(session, the_source(session, source_id).slug)
    flash(gettext("Paused. Its reviews stay where they are."))
    return back_to_list(source_id)


@blueprint.post(f"{ONE}/resume")
@needs(Act.SOURCES, of="source_id")
def resume(source_id: int) -> Response:
    """Read it again."""
    parts = pages()
    with session_scope(parts.engine) as session:
        enable_source(session, the_source(session, source_id).slug, now=parts.clock())
    flash(gettext("It is read again."))
    return back_to_list(source_id)


def _states(counts: HealthCounts) -> list[tuple[SourceState | None, int]]:
    """What the list can be narrowed to, with how many there are; none that would be empty."""
    by_state = {
        SourceState.LOOK: counts.troubled,
        SourceState.FINE: counts.enabled - counts.troubled - counts.new,
        SourceState.NEW: counts.new,
        SourceState.PAUSED: counts.total - counts.enabled,
    }
    return [(None, counts.total), *((state, count) for state, count in by_state.items() if count)]


def the_source(session: Session, source_id: int, *, is_held: bool = False) -> Source:
    source = source_of(session, source_id, is_held=is_held)
    if source is None:
        abort(404)
    return source


def back_to_list(source_id: int) -> Response:
    """To the row on the page of the list where the form stood."""
    kept: dict[str, Any] = {name: request.args[name] for name in ("q", "state", "page") if name in request.args}
    return redirect(url_for("sources.show", _anchor=f"source-{source_id}", **kept))
