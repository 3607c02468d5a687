"""Fields that are saved by themselves while somebody types (static/autosave.js): what the script is told.

Without the script the same address saves by a button, and answers with a page.
"""

from __future__ import annotations

from typing import Final

from flask import jsonify, request
from werkzeug.wrappers import Response

from .i18n import gettext
from .ids import number_in

_HEADER: Final = "X-Autosave"


def is_by_itself() -> bool:
    """Whether the script asks, and nobody has pressed a button."""
    return _HEADER in request.headers


def version_seen() -> int:
    """The version that was typed over; 0 where the form names none."""
    return number_in(request.form.get("version", "")) or 0


def told_saved(version: int) -> tuple[Response, int]:
    """The version is what the next save is made over."""
    return jsonify(told=gettext("Saved."), version=version), 200


def told_not_saved(why: str, status: int) -> tuple[Response, int]:
    return jsonify(told=gettext("Not saved. %(why)s Press “Save” to see what to do.", why=why)), status
