"""Saved lists: keep the present one under a name, open one, rename, share and delete it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from db.errors import BadValue
from db.queries.facets import facets
from db.queries.places import place_ids_named
from db.queries.queue import counts_of
from db.roles import Act
from db.saved_views import change_view, delete_view, restore_view, save_view
from db.session import read_scope, session_scope

from ..accounts import access
from ..guard import needs
from ..i18n import gettext
from ..pages import pages, reader
from ..position import Position, asked_position
from ..saved import position_of, query_of, visible
from ..told import told
from ..undoing import tell
from .account import whoever

blueprint = Blueprint("saved", __name__)
COUNTED_MOST = 99


@blueprint.get("/v/<slug>")
@needs(Act.READ)
def show(slug: str) -> Response:
    """Open it, with the reviews that whoever asks may see; the link for colleagues."""
    with read_scope(pages().engine) as session:
        one = next((one for one in visible(session) if one.slug == slug), None)
        if one is None:
            abort(404)
        position = position_of(one, facets(session, places=access().places(Act.READ)))
    return _to(position)


@blueprint.post("/v")
@needs(Act.READ)
def save() -> Response:
    """Keep the list that the address of the form names."""
    parts = pages()
    position = asked_position().top
    filters = position.filters
    try:
        with session_scope(parts.engine) as session:
            save_view(
                session,
                whoever().person_id,
                name=request.form.get("name", ""),
                query=query_of(position),
                place_ids=place_ids_named(session, places=filters.place, sources=filters.source),
                is_shared=request.form.get("shared") == "yes",
                now=parts.clock(),
            )
    except BadValue as error:
        flash(told(str(error)), "not")
    else:
        flash(gettext("Saved. It stands in the column of the lists."))
    return _to(position)


@blueprint.post("/v/<slug>/edit")
@needs(Act.READ)
def edit(slug: str) -> Response:
    """Another name; shown to everybody or no more."""
    position = asked_position().top
    try:
        with session_scope(pages().engine) as session:
            is_shared = request.form.get("shared") == "yes"
            name = request.form.get("name", "")
            if not change_view(session, whoever().person_id, slug, name=name, is_shared=is_shared):
                abort(404)
    except BadValue as error:
        flash(told(str(error)), "not")
    else:
        flash(gettext("Saved."))
    return _to(position)


@blueprint.post("/v/<slug>/delete")
@needs(Act.READ)
def delete(slug: str) -> Response:
    """Take it out of the column; its reviews stay where they are."""
    parts = pages()
    with session_scope(parts.engine) as session:
        if not delete_view(session, whoever().person_id, slug, now=parts.clock()):
            abort(404)
    tell(gettext("Deleted: the list, and none of its reviews."), url_for("saved.restore", slug=slug))
    return _to(asked_position().top)


@blueprint.post("/v/<slug>/restore")
@needs(Act.READ)
def restore(slug: str) -> Response:
    """Bring back what was deleted just now."""
    parts = pages()
    with session_scope(parts.engine) as session:
        if not restore_view(session, whoever().person_id, slug, now=parts.clock()):
            abort(404)
    flash(gettext("It is back."))
    return redirect(url_for("saved.show", slug=slug), 303)


@blueprint.get("/v/counts")
@needs(Act.READ)
def counts() -> str:
    """How many stand in each: a part of the page, asked for once it is there, since filters take longer than a page."""
    now = pages().clock()
    places = access().places(Act.READ)
    with read_scope(pages().engine) as session:
        lists = visible(session)
        wanted = [(position.view, position.wanted) for position in map(position_of, lists)]
        found = counts_of(session, wanted, most=COUNTED_MOST, places=places, reader=reader(session, now=now))
    return render_template("parts/saved_counts.html", counts=dict(zip([one.slug for one in lists], found, strict=True)))


def _to(position: Position) -> Response:
    values: dict[str, Any] = position.values
    return redirect(url_for("queue.show", **values), 303)
