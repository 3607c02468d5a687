"""For machines that watch over this one: is the program up, and can it read its database?"""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from db.errors import DbError

from ..guard import for_machines
from ..pages import pages

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@for_machines
def show() -> tuple[dict[str, Any], int]:
    """200 and "ok", or 503 and what is wrong. Says nothing about reviews."""
    from db.migrate import require_current

    try:
        require_current(pages().engine)
    except DbError as error:
        return {"status": "unavailable", "problem": type(error).__name__, "message": str(error)}, 503
    return {"status": "ok"}, 200
