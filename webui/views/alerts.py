"""Alerts: on which ways somebody hears of what, a test for each, and the log of what became of it.

Everybody looks after their own ways; owners see those of the people of their places, without addresses.
"""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from crawlers.errors import RefusedUrl
from crawlers.notifier import service_of
from db.alert_routes import (
    BUNDLES,
    MAILED_ANYWAY,
    MOST,
    RouteRow,
    add_route,
    change_route,
    remove_route,
    restore_route,
    route_of,
    routes_of,
    routes_of_others,
    switch_route,
    take_back_change,
)
from db.broken_ways import note_test_passed
from db.errors import BadValue
from db.models import AlertChannel, AlertState
from db.people import get_person, list_people
from db.queries.alerts import alert_counts, alert_log
from db.queries.places import named_places
from db.roles import Act
from db.session import read_scope, session_scope
from db.vault import vault_of

from ..accounts import access
from ..actors import actor
from ..alert_forms import EnteredWay, entered_of, read_way, with_fault
from ..alert_texts import trial_text
from ..alert_view import line_view, way_view
from ..alert_words import REASONS, STATES, bundle_words, route_name
from ..guard import needs, signed_in
from ..i18n import gettext, ngettext
from ..ids import ID_MOST
from ..jobs.alerting import Outcome, try_way
from ..limits import TESTS, TESTS_OF_WAY, too_many
from ..pages import frame, pages
from ..senders_of_hooks import sends
from ..told import told
from ..undoing import tell

blueprint = Blueprint("alerts", __name__)
ONE = f"/alerts/<int(max={ID_MOST}):route_id>"


@blueprint.get("/alerts")
@needs(Act.READ)
def show() -> str:
    """One's own ways, those of one's people, and the log."""
    now, person_id = pages().clock(), _me()
    state = next((one for one in AlertState if one.value == request.args.get("state")), None)
    with read_scope(pages().engine) as session:
        own = routes_of(session, person_id)
        others = _of_my_people(session, person_id)
        places = {one.id: one.name for one in named_places(session, places=access().places(Act.READ))}
        names = {row.id: route_name(row) for row in own}
        counts = alert_counts(session, person_id)
        return render_template(
            "alerts.html",
            frame=frame(session, now=now),
            ways=[way_view(row, places, now=now) for row in own],
            broken_others=[way_view(row, places, now=now) for row in others if row.is_broken],
            others=[way_view(row, places, now=now) for row in others if not row.is_broken],
            may_add=len(own) < MOST,
            lines=[line_view(row, names, now=now) for row in alert_log(session, person_id, state=state)],
            states=[(one, gettext(STATES[one]), counts.get(one, 0)) for one in AlertState if counts.get(one)],
            state=state,
            total=sum(counts.values()),
        )


@blueprint.get("/alerts/new")
@needs(Act.READ)
def new() -> str:
    """The form of a new way."""
    with read_scope(pages().engine) as session:
        return _page(session, None, EnteredWay())


@blueprint.post("/alerts/new")
@needs(Act.READ)
def add() -> Response | tuple[str, int]:
    """Keep it."""
    entered, service = _looked_at(_entered(None))
    with session_scope(pages().engine) as session:
        if not entered.faults:
            try:
                route_id = add_route(
                    session,
                    _me(),
                    entered.wanted,
                    address=entered.address,
                    service=service,
                    vault=vault_of(pages().database),
                    now=pages().clock(),
                )
            except BadValue as error:
                entered = with_fault(entered, "reasons", told(str(error)))
            else:
                tell(gettext("Added. Send a test to see that it reaches you."), _address("remove", route_id))
                return _back(route_id)
        return _page(session, None, entered), 422


@blueprint.get(ONE)
@needs(Act.READ)
def edit(route_id: int) -> str:
    """One of one's own."""
    with read_scope(pages().engine) as session:
        row = _known(session, route_id)
        return _page(session, row, entered_of(row))


@blueprint.post(ONE)
@needs(Act.READ)
def change(route_id: int) -> Response | tuple[str, int]:
    """Say it anew; without an address the one that is there stays."""
    with read_scope(pages().engine) as session:
        row = _known(session, route_id)
    entered, service = _looked_at(_entered(row))
    with session_scope(pages().engine) as session:
        _known(session, route_id)
        if entered.faults:
            return _page(session, row, entered), 422
        change_route(
            session,
            _me(),
            route_id,
            entered.wanted,
            address=entered.address,
            service=service,
            vault=vault_of(pages().database),
        )
    tell(gettext("Saved."), _address("undo", route_id))
    return _back(route_id)


@blueprint.post(f"{ONE}/undo")
@needs(Act.READ)
def undo(route_id: int) -> Response:
    """As it was before the last change."""
    with session_scope(pages().engine) as session:
        _known(session, route_id)
        is_done = take_back_change(session, _me(), route_id)
    flash(gettext("It is back as it was.") if is_done else gettext("Nothing was changed."))
    return _back(route_id)


@blueprint.post(f"{ONE}/test")
@needs(Act.READ)
def test(route_id: int) -> Response:
    """Send a message of no consequence now, and say what came of it."""
    with read_scope(pages().engine) as session:
        row = _known(session, route_id)
        person = get_person(session, row.person_id)
        if person is None:
            abort(404)
        name, email = person.name, person.email
    refusal = too_many((TESTS_OF_WAY, str(route_id)), (TESTS, str(row.person_id)))
    if refusal:
        flash(refusal, "not")
    else:
        _try(row, name=name, email=email)
    is_of_list = request.form.get("then") == "list"
    return redirect(url_for("alerts.show") if is_of_list else _address("edit", route_id), 303)


@blueprint.post(f"{ONE}/switch")
@needs(Act.READ)
def switch(route_id: int) -> Response:
    """On or off."""
    is_on = request.form.get("is_on") == "yes"
    with session_scope(pages().engine) as session:
        _known(session, route_id)
        switch_route(session, _me(), route_id, is_on=is_on, now=pages().clock())
    flash(gettext("Switched on: it hears of what happens from now on.") if is_on else gettext("Switched off."))
    return _back(route_id)


@blueprint.post(f"{ONE}/remove")
@needs(Act.READ)
def remove(route_id: int) -> Response:
    """Take it away, for a day so that it can be brought back."""
    with session_scope(pages().engine) as session:
        row = _known(session, route_id)
        remove_route(session, _me(), route_id, now=pages().clock())
    tell(gettext("Removed: %(name)s.", name=route_name(row)), _address("restore", route_id))
    return redirect(url_for("alerts.show"), 303)


@blueprint.post(f"{ONE}/restore")
@signed_in
def restore(route_id: int) -> Response:
    """Bring back what was taken away."""
    with session_scope(pages().engine) as session:
        if not restore_route(session, _me(), route_id):
            abort(404)
    flash(gettext("It is back as it was."))
    return _back(route_id)


def _me() -> int:
    person_id = actor().person_id
    if person_id is None:
        abort(404)
    return person_id


def _known(session: Session, route_id: int) -> RouteRow:
    return route_of(session, _me(), route_id) or abort(404)


def _of_my_people(session: Session, person_id: int) -> list[RouteRow]:
    """For owners: the ways of those who work at their places."""
    if not access().may(Act.PEOPLE):
        return []
    people = list_people(session, now=pages().clock(), places=access().places(Act.PEOPLE))
    return routes_of_others(session, {one.id for one in people} - {person_id})


def _entered(row: RouteRow | None) -> EnteredWay:
    with read_scope(pages().engine) as session:
        known = {one.id for one in named_places(session, places=access().places(Act.READ))}
    return read_way(request.form, places=known, before=row)


def _looked_at(entered: EnteredWay) -> tuple[EnteredWay, str]:
    """With what is wrong with its address, and the name of the service that it belongs to."""
    if not entered.address or "address" in entered.faults:
        return entered, ""
    try:
        return entered, service_of(entered.address, pages().crawl_settings())
    except RefusedUrl as error:
        return with_fault(entered, "address", told(str(error))), ""


def _try(row: RouteRow, *, name: str, email: str) -> None:
    outcome = try_way(sends(pages()), row, trial_text(pages().settings, name), email=email)
    _say(row, outcome)
    if outcome.is_sent:
        with session_scope(pages().engine) as session:
            again = note_test_passed(session, row.id, now=pages().clock())
        if again:
            flash(
                ngettext(
                    "%(num)s alert that was given up goes out again.",
                    "%(num)s alerts that were given up go out again.",
                    again,
                )
            )


def _say(row: RouteRow, outcome: Outcome) -> None:
    if not outcome.is_sent:
        flash(told(outcome.trouble), "not")
    elif row.channel is AlertChannel.MAIL and not pages().settings.mail_host:
        flash(gettext("No mail server is set: the mail was written as a file into the data folder."), "not")
    elif row.channel is AlertChannel.MAIL:
        flash(gettext("Sent. Look into your mailbox."))
    else:
        flash(gettext("Sent: %(name)s has taken it.", name=row.service))


def _address(what: str, route_id: int) -> str:
    return url_for(f"alerts.{what}", route_id=route_id)


def _back(route_id: int) -> Response:
    return redirect(_address("edit", route_id), 303)


def _page(session: Session, row: RouteRow | None, entered: EnteredWay) -> str:
    now = pages().clock()
    places = named_places(session, places=access().places(Act.READ))
    person = get_person(session, _me())
    return render_template(
        "alert_way.html",
        frame=frame(session, now=now),
        way=way_view(row, {one.id: one.name for one in places}, now=now) if row else None,
        entered=entered,
        faults=entered.faults,
        reasons=[(one, gettext(words), one in MAILED_ANYWAY) for one, words in REASONS.items()],
        places=places,
        bundles=[(one, bundle_words(one)) for one in BUNDLES],
        email=person.email if person else "",
    )
