"""Where platforms call when there is news. A call makes a source due and does nothing else.

Who calls proves that they know the address, which holds a random token, and where the owner has set a sender, that they
are this sender (`crawlers.hooks.identity`). Nothing of a message is stored or believed. Calls that come twice, late or
without end start no more crawls than the schedule allows.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING

from flask import Blueprint, Response, abort, current_app, flash, redirect, request, url_for
from sqlalchemy.orm import Session
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as Answer

from crawlers.errors import ParseError, TokenFault
from crawlers.hooks import Hint
from db.push_refusals import forget_refusal, note_refusal
from db.roles import Act
from db.schedule import hint_source
from db.session import read_scope, session_scope
from db.source_changes import push_sender, set_push_sender, source_of, source_of_hook, sources_of_place

from ..guard import for_machines, needs
from ..i18n import gettext
from ..pages import Pages, pages
from ..receivers import RECEIVERS
from ..security import csrf
from ..senders import sender_fault
from .sources import ONE

if TYPE_CHECKING:
    from crawlers.hooks.identity import PublishedKeys, Sender

blueprint = Blueprint("hooks", __name__)
KEYS = "amends-push-keys"
MOST_BYTES = 64 * 1024
TOKEN_CHARS = 43  # of 32 bytes
MOST_HINTS = 100

log = logging.getLogger(__name__)


@blueprint.post("/hooks/<token>")
@for_machines
def take(token: str) -> Response:
    """Take a message: 404 for an unknown token, 401 for another sender than the one set, 503 while that cannot be said,
    400 for what is no message, else what the platform wants to hear."""
    parts = pages()
    if len(token) != TOKEN_CHARS or not token.isascii():
        abort(404)
    request.max_content_length = MOST_BYTES
    with read_scope(parts.engine) as session:
        source = source_of_hook(session, token)
        if source is None or source.platform not in RECEIVERS:
            abort(404)
        platform, source_id, (email, audience) = source.platform, source.id, push_sender(source)
    if email and RECEIVERS[platform].is_signed:
        from crawlers.hooks.identity import Sender

        # Unless the subscription names an audience, Pub/Sub signs for the address that it calls.
        sender = Sender(email=email, audience=audience or parts.settings.public_url + request.path)
        if (refused := _refusal(parts, platform, source_id, sender)) is not None:
            return refused
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


csrf.exempt(take)  # platforms have no form of ours; the token is in the address


@blueprint.post(f"{ONE}/sender")
@needs(Act.SOURCES, of="source_id")
def set_sender(source_id: int) -> Answer:
    """Whose signature messages have to bear."""
    email, audience = (request.form.get(name, "").strip() for name in ("push_email", "push_audience"))
    with session_scope(pages().engine) as session:
        source = source_of(session, source_id)
        if source is None or source.platform not in RECEIVERS or not RECEIVERS[source.platform].is_signed:
            abort(404)
        if fault := sender_fault(email, audience):
            flash(fault, "not")
        else:
            set_push_sender(session, source, email=email, audience=audience)
            forget_refusal(session, source_id)
            flash(gettext("Saved."))
    return redirect(url_for("sources.edit", source_id=source_id, _anchor="called"))


def _refusal(parts: Pages, platform: str, source_id: int, sender: Sender) -> Response | None:
    from crawlers.hooks.identity import Unproved, check

    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    try:
        check(token.strip() if scheme.lower() == "bearer" else "", sender, _keys(parts), now=parts.clock())
    except Unproved as fault:
        log.warning("hook platform=%s source=%d refused: %s", platform, source_id, fault.reason)
        with session_scope(parts.engine) as session:
            note_refusal(session, source_id, fault.reason, now=parts.clock())
        return Response("This message does not prove who sent it.\n", 401, mimetype="text/plain")
    except TokenFault as fault:
        log.warning("hook platform=%s source=%d put off: %s", platform, source_id, fault)
        return Response("Who sent this cannot be checked now. Send it again.\n", 503, mimetype="text/plain")
    with session_scope(parts.engine) as session:
        forget_refusal(session, source_id)
    return None


def _keys(parts: Pages) -> PublishedKeys:
    """Those of this process."""
    from crawlers.hooks.identity import PublishedKeys, keys_url

    settings = parts.crawl_settings()
    made = PublishedKeys(keys_url(settings.standin_url), settings.user_agent)
    keys: PublishedKeys = current_app.extensions.setdefault(KEYS, made)
    return keys


def _meant(session: Session, platform: str, hints: Sequence[Hint]) -> set[int]:
    """The sources that the hints name: one address may serve all places of an account."""
    places = {hint.place_ref for hint in hints}
    return {one.id for place in places if place for one in sources_of_place(session, platform, place)}
