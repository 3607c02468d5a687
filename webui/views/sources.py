"""How every source is doing: when it was read, what came of it, and what to do where it failed."""

from __future__ import annotations

from flask import Blueprint, render_template

from db.queries.sources import source_overview
from db.session import read_scope

from ..pages import frame, pages

blueprint = Blueprint("sources", __name__)


@blueprint.get("/sources")
def show() -> str:
    """The table of sources."""
    parts = pages()
    with read_scope(parts.engine) as session:
        sources = source_overview(session)
        around = frame(session, now=parts.clock())
    return render_template("sources.html", frame=around, sources=sources)
