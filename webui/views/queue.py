"""The queue: the reviews that need a person, the most urgent first, and whatever else somebody looks for."""

from __future__ import annotations

from flask import Blueprint, render_template

from db.queries.facets import facets
from db.queries.queue import Sort
from db.roles import Act
from db.search import still_to_index
from db.session import read_scope

from ..accounts import access
from ..density import Density, density
from ..guard import needs
from ..narrowing import chips, choices
from ..pages import frame, pages
from ..position import asked_position
from ..rows import row_view

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
        unindexed = still_to_index(session) if position.filters.search else 0
    return render_template(
        "queue.html",
        frame=around,
        position=position,
        page=page,
        rows=[row_view(row, now=now) for row in page.rows],
        choices=choices(position, known),
        chips=chips(position, known),
        sorts=list(Sort),
        density=density(),
        densities=list(Density),
        unindexed=unindexed,
    )
