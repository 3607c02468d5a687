"""The link in a mail of alerts that switches its way off, and on again, for whoever holds it.

As with the mails of `views.mails`: opening it asks, for guards of mailboxes open every link, and a post switches. The
button that mail programs show themselves posts at once (RFC 8058). Nothing is shown of the way but its name.
"""

from __future__ import annotations

from flask import Blueprint, abort, render_template, request

from db.alert_routes import RouteRow, route_by_link, switch_route
from db.session import read_scope, session_scope

from ..guard import public
from ..mail_links import way_of
from ..pages import pages
from ..security import csrf

blueprint = Blueprint("alert_off", __name__)


@blueprint.get("/alerts/off/<token>")
@public
def ask(token: str) -> str:
    """Say what the link switches off, and let it be switched off or on."""
    route_id = _known(token)
    with read_scope(pages().engine) as session:
        return _page(token, route_by_link(session, route_id), is_done=False)


@blueprint.post("/alerts/off/<token>")
@csrf.exempt  # type: ignore[untyped-decorator]  # whoever holds the token may; a mail program knows no other
@public
def turn(token: str) -> str:
    """Off, or on again where that was asked for. Answered without a redirect, which mail programs do not follow."""
    route_id = _known(token)
    is_on = request.form.get("do") == "on"
    with session_scope(pages().engine) as session:
        row = route_by_link(session, route_id)
        if row is not None:
            switch_route(session, row.person_id, route_id, is_on=is_on, now=pages().clock())
            row = route_by_link(session, route_id)
    return _page(token, row, is_done=True)


def _known(token: str) -> int:
    route_id = way_of(pages().database, token)
    if route_id is None:
        abort(404)
    return route_id


def _page(token: str, row: RouteRow | None, *, is_done: bool) -> str:
    return render_template("alert_off.html", token=token, row=row, is_done=is_done)
