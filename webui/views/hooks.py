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
from db.models import Source
from db.schedule import hint_source
from db.session import session_scope
from db.source_changes import source_of_hook, sources_of_place

from ..pages import pages
from ..receivers import RECEIVERS, Hint
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
    with session_scope(parts.engine) as session:
        source = source_of_hook(session, token)
        if source is None or source.platform not in RECEIVERS:
            abort(404)
        receiver = RECEIVERS[source.platform]
        try:
            hints = receiver.reader()(request.get_data())[:MOST_HINTS]
        except (ParseError, RequestEntityTooLarge):
            return Response("This is no message that Amends knows.\n", 400, mimetype="text/plain")
        due = sum(hint_source(session, source_id, parts.clock()) for source_id in _meant(session, source, hints))
    log.info("hook platform=%s hints=%d due=%d", source.platform, len(hints), due)
    return Response(receiver.answer, receiver.status, mimetype="application/json")


def _meant(session: Session, source: Source, hints: Sequence[Hint]) -> list[int]:
    """The sources that the hints speak of: one address may serve all places of an account. Else that of the token."""
    places = {hint.place_ref for hint in hints}
    found = {one.id for place in places if place for one in sources_of_place(session, source.platform, place)}
    return sorted(found or ({source.id} if hints else set()))
