"""Webhooks: which other programs hear of what happens here, their secrets, and the log of what they were told.

For owners of all places: by default what is told is held to none of them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from crawlers.errors import RefusedUrl
from crawlers.webhook_sender import checked_url
from db.errors import BadValue
from db.queries.places import named_places
from db.queries.webhook_log import delivery_log
from db.roles import Act
from db.session import read_scope, session_scope
from db.vault import vault_of
from db.webhook_events import TEST, Told, put
from db.webhook_outbox import Outcome, delivery_of, resend
from db.webhooks import (
    OVERLAP,
    URL_MOST,
    HookRow,
    add_hook,
    change_hook,
    hook,
    hooks,
    remove_hook,
    rotate_secret,
    switch_hook,
)

from ..actors import actor
from ..guard import check_everywhere, needs
from ..i18n import gettext
from ..ids import ID_MOST, number_in
from ..jobs.webhooks import deliver_one
from ..pages import frame, pages
from ..senders_of_hooks import sends
from ..told import told
from ..webhook_words import EVENTS, GROUPS, hook_view, line_view

blueprint = Blueprint("webhooks", __name__)
ONE = f"/webhooks/<int(max={ID_MOST}):hook_id>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """What stands in the form."""

    url: str = ""
    events: tuple[str, ...] = ()
    place_ids: tuple[int, ...] | None = None  # None: all
    is_named: bool = False


@blueprint.get("/webhooks")
@needs(Act.PLACES)
def show() -> str:
    """All of them."""
    check_everywhere(Act.PLACES)
    now = pages().clock()
    with read_scope(pages().engine) as session:
        names = _place_names(session)
        rows = [hook_view(one, names, now=now) for one in hooks(session, now=now)]
        return render_template("webhooks.html", frame=frame(session, now=now), hooks=rows)


@blueprint.get("/webhooks/new")
@needs(Act.PLACES)
def new() -> str:
    """The form of a new one."""
    check_everywhere(Act.PLACES)
    with read_scope(pages().engine) as session:
        return _page(session, None, Entered(events=tuple(one.value for one in Told)), {})


@blueprint.post("/webhooks/new")
@needs(Act.PLACES)
def add() -> str | tuple[str, int]:
    """Keep it, and show its secret this once."""
    check_everywhere(Act.PLACES)
    with session_scope(pages().engine) as session:
        entered, faults = _entered(session)
        if not faults:
            try:
                vault = vault_of(pages().database)
                hook_id, secret = add_hook(
                    session,
                    entered.url,
                    entered.events,
                    is_named=entered.is_named,
                    vault=vault,
                    by=actor(),
                    place_ids=entered.place_ids,
                )
            except BadValue as error:
                faults["events"] = told(str(error))
            else:
                return _secret(session, _known(session, hook_id), secret, is_new=True)
        return _page(session, None, entered, faults), 422


@blueprint.get(ONE)
@needs(Act.PLACES)
def edit(hook_id: int) -> str:
    """One of them, with the log of what it was told."""
    check_everywhere(Act.PLACES)
    with read_scope(pages().engine) as session:
        row = _known(session, hook_id)
        stored = Entered(url=row.url, events=row.events, place_ids=row.place_ids, is_named=row.is_named)
        return _page(session, row, stored, {})


@blueprint.post(ONE)
@needs(Act.PLACES)
def change(hook_id: int) -> Response | tuple[str, int]:
    """Another address, other events, other places."""
    check_everywhere(Act.PLACES)
    with session_scope(pages().engine) as session:
        row = _known(session, hook_id)
        entered, faults = _entered(session)
        if faults:
            return _page(session, row, entered, faults), 422
        change_hook(
            session,
            hook_id,
            entered.url,
            entered.events,
            is_named=entered.is_named,
            by=actor(),
            place_ids=entered.place_ids,
        )
    flash(gettext("Saved."))
    return _back(hook_id)


@blueprint.post(f"{ONE}/test")
@needs(Act.PLACES)
def test(hook_id: int) -> Response:
    """Send it a message of no consequence, and say what came of it."""
    check_everywhere(Act.PLACES)
    with session_scope(pages().engine) as session:
        row = _known(session, hook_id)
        if not row.is_on:
            flash(gettext("It is switched off. Switch it on first."), "not")
            return _back(hook_id)
        (message_id,) = put(session, TEST, [(None, {"test": True})], [hook_id], now=pages().clock())
        delivery_id = delivery_of(session, message_id, hook_id)
    _say(deliver_one(sends(pages()), delivery_id))
    return _back(hook_id)


@blueprint.post(f"{ONE}/deliveries/<int(max={ID_MOST}):delivery_id>/resend")
@needs(Act.PLACES)
def again(hook_id: int, delivery_id: int) -> Response:
    """Send one message again, under the id that it had."""
    check_everywhere(Act.PLACES)
    with session_scope(pages().engine) as session:
        row = _known(session, hook_id)
        try:
            if row.is_on and not resend(session, hook_id, delivery_id, by=actor()):
                words = gettext("It is on its way at this moment, or no longer in the log. Look again in a minute.")
                flash(words, "not")
                return _back(hook_id)
        except BadValue as error:
            flash(told(str(error)), "not")
            return _back(hook_id)
    if row.is_on:
        _say(deliver_one(sends(pages()), delivery_id))
    else:
        flash(gettext("It is switched off. Switch it on first."), "not")
    return _back(hook_id)


@blueprint.post(f"{ONE}/secret")
@needs(Act.PLACES)
def rotate(hook_id: int) -> str:
    """A new secret, shown this once; the earlier one signs beside it for a day."""
    check_everywhere(Act.PLACES)
    with session_scope(pages().engine) as session:
        _known(session, hook_id)
        secret = rotate_secret(session, hook_id, vault=vault_of(pages().database), by=actor())
        return _secret(session, _known(session, hook_id), secret, is_new=False)


@blueprint.post(f"{ONE}/switch")
@needs(Act.PLACES)
def switch(hook_id: int) -> Response:
    """On or off."""
    check_everywhere(Act.PLACES)
    is_on = request.form.get("is_on") == "yes"
    with session_scope(pages().engine) as session:
        _known(session, hook_id)
        switch_hook(session, hook_id, is_on=is_on, by=actor())
    flash(gettext("Switched on: it hears of what happens from now on.") if is_on else gettext("Switched off."))
    return _back(hook_id)


@blueprint.post(f"{ONE}/remove")
@needs(Act.PLACES)
def remove(hook_id: int) -> Response:
    """Take it away, with its log; a tick says that it is meant."""
    check_everywhere(Act.PLACES)
    with session_scope(pages().engine) as session:
        row = _known(session, hook_id)
        if request.form.get("sure") != "yes":
            flash(gettext("Tick that it shall be removed: its secret and its log go with it."), "not")
            return _back(hook_id)
        remove_hook(session, hook_id, by=actor())
    flash(gettext("Removed: %(host)s hears of nothing any more.", host=row.host))
    return redirect(url_for("webhooks.show"), 303)


def _known(session: Session, hook_id: int) -> HookRow:
    return hook(session, hook_id, now=pages().clock()) or abort(404)


def _place_names(session: Session) -> dict[int, str]:
    return {one.id: one.name for one in named_places(session, places=None)}


def _entered(session: Session) -> tuple[Entered, dict[str, str]]:
    """What the form says, and what is wrong with it by field."""
    form, faults = request.form, dict[str, str]()
    url = form.get("url", "").strip()[:URL_MOST]
    chosen = tuple(one.value for one in Told if one.value in form.getlist("event"))
    place_ids: tuple[int, ...] | None = None
    if form.get("where") == "some":
        wanted = {number_in(one) for one in form.getlist("place")}
        place_ids = tuple(id_ for id_ in _place_names(session) if id_ in wanted)
        if not place_ids:
            faults["places"] = gettext("Choose at least one place.")
    entered = Entered(url=url, events=chosen, place_ids=place_ids, is_named=form.get("is_named") == "yes")
    if url:
        try:
            entered = replace(entered, url=checked_url(url, pages().crawl_settings()))
        except RefusedUrl as error:
            faults["url"] = told(str(error))
    else:
        faults["url"] = gettext("Enter the address that messages are sent to.")
    if not chosen:
        faults["events"] = gettext("Choose at least one event.")
    return entered, faults


def _say(outcome: Outcome | None) -> None:
    if outcome is None:
        flash(gettext("It waits: another worker sends it, or it goes out within a minute."))
    elif outcome.is_done:
        flash(gettext("Delivered: it answered %(status)s.", status=outcome.status or 0))
    elif outcome.status is not None:
        flash(gettext("Not taken: it answered %(status)s. It is tried again.", status=outcome.status), "not")
    else:
        flash(told(outcome.trouble), "not")


def _back(hook_id: int) -> Response:
    return redirect(url_for("webhooks.edit", hook_id=hook_id), 303)


def _secret(session: Session, row: HookRow, secret: str, *, is_new: bool) -> str:
    return render_template(
        "webhook_secret.html",
        frame=frame(session, now=pages().clock()),
        hook=row,
        secret=secret,
        is_new=is_new,
        overlap_h=int(OVERLAP.total_seconds()) // 3600,
    )


def _page(session: Session, row: HookRow | None, entered: Entered, faults: dict[str, str]) -> str:
    now = pages().clock()
    groups = [
        (gettext(heading), [(str(kind), gettext(words)) for kind, words in EVENTS.items() if kind.startswith(prefix)])
        for heading, prefix in GROUPS
    ]
    names = _place_names(session)
    return render_template(
        "webhook.html",
        frame=frame(session, now=now),
        hook=hook_view(row, names, now=now) if row else None,
        places=names,
        entered=entered,
        faults=faults,
        groups=groups,
        lines=[line_view(one, is_on=row.is_on, now=now) for one in delivery_log(session, row.id)] if row else [],
    )
