"""The queue: the reviews that need a person, the most urgent first."""

from __future__ import annotations

from flask import Blueprint, render_template

from db.roles import Act
from db.session import read_scope

from ..guard import needs
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
    return render_template(
        "queue.html",
        frame=around,
        position=position,
        page=page,
        rows=[row_view(row, now=now) for row in page.rows],
    )
