"""Where platforms call when there is news. A call makes a source due and does nothing else.

Who calls proves nothing but that they know the address, which holds a random token; so nothing of a message is stored
or believed. Calls that come twice, late or without end start no more crawls than the schedule allows.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence

from flask import Blueprint, Response, abort, request
from sqlalchemy.orm import Session
from werkzeug.exceptions import RequestEntityTooLarge

from crawlers.errors import ParseError
from crawlers.hooks import Hint
from db.schedule import hint_source
from db.session import read_scope, session_scope
from db.source_changes import source_of_hook, sources_of_place

from ..pages import pages
from ..receivers import RECEIVERS
from ..security import csrf

blueprint = Blueprint("hooks", __name__)
csrf.exempt(blueprint)  # platforms have no form of ours; the token is in the address
MOST_BYTES = 64 * 1024
TOKEN_CHARS = 43  # of 32 bytes
MOST_HINTS = 100

log = logging.getLogger(__name__)


@blueprint.post("/hooks/<token>")
def take(token: str) -> Response:
    """Take a message: 404 for an unknown token, 400 for what is no message, else what the platform wants to hear."""
    parts = pages()
    if len(token) != TOKEN_CHARS or not token.isascii():
        abort(404)
    request.max_content_length = MOST_BYTES
    with read_scope(parts.engine) as session:
        source = source_of_hook(session, token)
        if source is None or source.platform not in RECEIVERS:
            abort(404)
        platform, source_id = source.platform, source.id
    receiver = RECEIVERS[platform]
    try:  # outside of a transaction: whoever sends slowly must not keep others from writing
        hints = receiver.reader()(request.get_data())[:MOST_HINTS]
    except (ParseError, RequestEntityTooLarge):
        return Response("This is no message that Amends knows.\n", 400, mimetype="text/plain")
    with session_scope(parts.engine) as session:
        meant = _meant(session, platform, hints) or ({source_id} if hints else set())
        due = sum(hint_source(session, one, parts.clock()) for one in sorted(meant))
    log.info("hook platform=%s hints=%d due=%d", platform, len(hints), due)
    return Response(receiver.answer, receiver.status, mimetype="application/json")


def _meant(session: Session, platform: str, hints: Sequence[Hint]) -> set[int]:
    """The sources that the hints name: one address may serve all places of an account."""
    places = {hint.place_ref for hint in hints}
    return {one.id for place in places if place for one in sources_of_place(session, platform, place)}
