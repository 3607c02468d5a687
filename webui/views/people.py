"""The people: who may do what where. Owners of all places look after everybody, others after their own places."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from db.absences import coming_absences
from db.errors import BadValue, LastOwner, PersonExists
from db.factors import drop_factor
from db.models import LinkPurpose, Location, Person
from db.people import (
    access_of,
    add_person,
    disable_person,
    enable_person,
    get_person,
    list_people,
    set_access,
)
from db.person_links import LIVES
from db.roles import Access, Act, Role
from db.session import read_scope, session_scope
from db.sources import list_locations

from ..absence_forms import absence_view
from ..accounts import access, me
from ..addresses import normal_address
from ..guard import RoleTooLow, needs
from ..i18n import gettext
from ..ids import ID_MOST
from ..invitations import invitation, new_address, send
from ..mail import MailError
from ..pages import frame, pages

blueprint = Blueprint("people", __name__)
ONE = f"/people/<int(max={ID_MOST}):person_id>"


@blueprint.get("/people")
@needs(Act.PEOPLE)
def show() -> str:
    """Everybody with their roles."""
    parts = pages()
    now = parts.clock()
    with read_scope(parts.engine) as session:
        rows = list_people(session, now=now, places=access().places(Act.PEOPLE))
        away = coming_absences(session, [row.id for row in rows], now=now)
        return render_template(
            "people.html",
            frame=frame(session, now=now),
            rows=rows,
            away={id_: coming[0] for id_, coming in away.items()},
        )


@blueprint.get("/people/new")
@needs(Act.PEOPLE)
def invite_form() -> str:
    """Invite somebody."""
    with read_scope(pages().engine) as session:
        return person_page(session, None, Access(), {})


@blueprint.post("/people/new")
@needs(Act.PEOPLE)
def invite() -> str | tuple[str, int]:
    """Make the person and an invitation; the next page shows its link, once."""
    parts = pages()
    faults = {}
    email = normal_address(request.form.get("email", ""))
    if email is None:
        faults["email"] = gettext("That is no mail address.")
    with session_scope(parts.engine) as session:
        given = _read_access(session, Access())
        if given.everywhere is None and not given.at:
            faults["roles"] = gettext("Give a role at one place at least.")
        person = None
        if email is not None and not faults:
            try:
                name = request.form.get("name", "")
                person = add_person(session, email, name=name, access=given, now=parts.clock())
            except PersonExists:
                faults["email"] = gettext("Somebody with this address is here already.")
            except BadValue:
                faults["name"] = gettext("Say what the person is called.")
        if person is None:
            return person_page(session, None, given, faults), 422
        address = new_address(parts, session, person, LinkPurpose.INVITATION)
    return _handed_over(person, address, LinkPurpose.INVITATION)


@blueprint.get(ONE)
@needs(Act.PEOPLE)
def edit(person_id: int) -> str:
    """The roles of a person."""
    with read_scope(pages().engine) as session:
        person = _person(session, person_id)
        return person_page(session, person, access_of(person), {})


@blueprint.post(ONE)
@needs(Act.PEOPLE)
def save(person_id: int) -> Response | tuple[str, int]:
    """Change them; they count at once."""
    with session_scope(pages().engine) as session:
        person = _person(session, person_id)
        given = _read_access(session, access_of(person))
        try:
            set_access(session, person, given)
        except LastOwner:
            return person_page(session, person, given, {"roles": _last_owner()}), 422
    flash(gettext("Saved. It counts at once."))
    return redirect(url_for("people.show", _anchor=f"person-{person_id}"), 303)


@blueprint.post(f"{ONE}/disable")
@needs(Act.PEOPLE)
def disable(person_id: int) -> Response:
    """Let somebody in no more."""
    try:
        with session_scope(pages().engine) as session:
            disable_person(session, whole_person(session, person_id))
    except LastOwner:
        flash(_last_owner(), "not")
    else:
        flash(gettext("Shut out, and signed out everywhere. What they did stays."))
    return redirect(url_for("people.show", _anchor=f"person-{person_id}"), 303)


@blueprint.post(f"{ONE}/enable")
@needs(Act.PEOPLE)
def enable(person_id: int) -> Response:
    """Let somebody in again."""
    with session_scope(pages().engine) as session:
        enable_person(session, whole_person(session, person_id))
    flash(gettext("May enter again."))
    return redirect(url_for("people.show", _anchor=f"person-{person_id}"), 303)


@blueprint.post(f"{ONE}/second-factor/off")
@needs(Act.PEOPLE)
def factor_off(person_id: int) -> Response:
    """For who has lost the phone and the recovery codes: the password alone lets in again."""
    with session_scope(pages().engine) as session:
        drop_factor(session, whole_person(session, person_id))
    flash(gettext("The second factor is off. They can set up a new one."))
    return redirect(url_for("people.show", _anchor=f"person-{person_id}"), 303)


@blueprint.post(f"{ONE}/link")
@needs(Act.PEOPLE)
def link(person_id: int) -> str:
    """A new invitation for who has no password yet, else a link for a new password."""
    parts = pages()
    with session_scope(parts.engine) as session:
        person = whole_person(session, person_id)
        purpose = LinkPurpose.RESET if person.password_hash else LinkPurpose.INVITATION
        address = new_address(parts, session, person, purpose)
    return _handed_over(person, address, purpose)


def _handed_over(person: Person, address: str, purpose: LinkPurpose) -> str:
    """Show the link; send it as well where that was wished and there is a mail server."""
    parts = pages()
    who = me()
    is_sent, fault = False, ""
    if purpose is LinkPurpose.INVITATION and parts.settings.mail_host and request.form.get("mail") == "yes":
        try:
            send(parts, invitation(parts, person, address, inviter=who.name if who else "Amends"))
            is_sent = True
        except MailError as error:
            fault = str(error)
    with read_scope(parts.engine) as session:
        return render_template(
            "person_link.html",
            frame=frame(session, now=parts.clock()),
            person=person,
            address=address,
            is_invitation=purpose is LinkPurpose.INVITATION,
            lives=LIVES[purpose],
            is_sent=is_sent,
            fault=fault,
        )


def person_page(session: Session, person: Person | None, given: Access, faults: dict[str, str]) -> str:
    """The page of a person, or with None of somebody new, with what is wrong with a form by its field."""
    parts = pages()
    return render_template(
        "person.html",
        frame=frame(session, now=parts.clock()),
        person=person,
        given=given,
        places=_places(session),
        may_everywhere=access().may_everywhere(Act.PEOPLE),
        is_whole=person is not None and _is_whole(person),
        roles=list(Role),
        has_mail=bool(parts.settings.mail_host),
        away=absence_view(session, person.id, access_of(person), now=parts.clock(), fault=faults.get("away", ""))
        if person
        else None,
        faults=faults,
        typed=request.form,
    )


def _places(session: Session) -> list[Location]:
    mine = access().places(Act.PEOPLE)
    return [place for place in list_locations(session) if mine is None or place.id in mine]


def _read_access(session: Session, before: Access) -> Access:
    """The roles as entered; where whoever asks has no say, they stay as they were."""
    everywhere = before.everywhere
    if access().may_everywhere(Act.PEOPLE):
        everywhere = _role(request.form.get("everywhere", ""))
    at = dict(before.at)
    for place in _places(session):
        at.pop(place.id, None)
        if (role := _role(request.form.get(f"place-{place.id}", ""))) is not None:
            at[place.id] = role
    return Access(everywhere=everywhere, at=at)


def _role(value: str) -> Role | None:
    return Role(value) if value in list(Role) else None


def _person(session: Session, person_id: int) -> Person:
    """Somebody with a role at one of one's own places; others do not exist."""
    person = get_person(session, person_id)
    mine = access().places(Act.PEOPLE)
    if person is None or (mine is not None and not _is_near(person, mine)):
        abort(404)
    return person


def whole_person(session: Session, person_id: int) -> Person:
    """Somebody whose every place is one of one's own; of others it is said whom to ask, or they do not exist."""
    return _whole(_person(session, person_id))


def _is_near(person: Person, mine: frozenset[int]) -> bool:
    theirs = access_of(person)
    return theirs.everywhere is not None or bool(mine & theirs.at.keys())


def _is_whole(person: Person) -> bool:
    """Whether whoever asks owns every place where this person has a role."""
    mine = access().places(Act.PEOPLE)
    theirs = access_of(person)
    return mine is None or (theirs.everywhere is None and theirs.at.keys() <= mine)


def _whole(person: Person) -> Person:
    if not _is_whole(person):
        raise RoleTooLow(Act.PEOPLE, None)
    return person


def _last_owner() -> str:
    return gettext("This is the only owner of all places. Make somebody else one first.")
