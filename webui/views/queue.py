"""The queue: the reviews that need a person, the most urgent first, and whatever else somebody looks for."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from db.queries.arrivals import mark, mark_of
from db.queries.cursors import Sort
from db.queries.facets import facets
from db.roles import Act
from db.search import still_to_index
from db.session import read_scope
from db.tags import tags_of

from ..accounts import access
from ..answering import warm_up
from ..density import Density, density
from ..guard import needs
from ..ids import ID_MOST
from ..narrowing import chips, choices
from ..pages import frame, pages
from ..position import asked_position
from ..rows import row_view
from ..saved import saved_at
from ..snoozing import moments

blueprint = Blueprint("queue", __name__)


@blueprint.get("/")
@needs(Act.READ)
def show() -> str:
    """One page of one view."""
    parts = pages()
    now = parts.clock()
    position = asked_position()
    with read_scope(parts.engine) as session:
        page = position.page(session, limit=parts.settings.page_size)
        around = frame(session, now=now)
        known = facets(session, places=access().places(Act.READ))
        seen = mark(session, now=now)
        tags = tags_of(session, [row.case_id for row in page.rows])
        unindexed = still_to_index(session) if position.filters.search else 0
    if access().may(Act.WORK):
        warm_up("en")
    return render_template(
        "queue.html",
        frame=around,
        position=position,
        page=page,
        rows=[row_view(row, now=now, own=[one.name for one in tags.get(row.case_id, [])]) for row in page.rows],
        choices=choices(position, known),
        chips=chips(position, known),
        sorts=list(Sort),
        density=density(),
        densities=list(Density),
        unindexed=unindexed,
        seen=seen,
        saved=saved_at(position, around.saved, known),
        moments=moments(now, page.rows[0].timezone) if page.rows else [],
        works=access().may(Act.WORK),
        people=known.people,
        is_all_ticked=request.args.get("select") == "page",
    )


@blueprint.get("/queue/arrivals")
@needs(Act.READ)
def arrivals() -> str | Response:
    """How many have come into the list since the page was rendered: a part of it, asked for by a poll.

    They lead to the top of the list, beside the case that `open` names where the list stands beside one. Nothing where
    there is nothing to tell that is not told already; the page then stays as it is.
    """
    position = asked_position()
    since = mark_of(request.args.get("seen", ""))
    if since is None:
        return Response(status=204)
    with read_scope(pages().engine) as session:
        count = position.arrived(session, since)
    if str(count) == request.args.get("told", "0"):
        return Response(status=204)
    opened = request.args.get("open", type=int)
    if opened is not None and not 0 < opened <= ID_MOST:
        opened = None
    return render_template("parts/arrivals.html", position=position, count=count, opened=opened)
