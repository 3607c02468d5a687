"""The weekly digest as a page: last week's, the one that runs, any earlier one by its address, and as a file."""

from __future__ import annotations

from datetime import date, timedelta

from flask import Blueprint, Response, abort, flash, make_response, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from db.absences import day_at
from db.digests import Rhythm, last_week, rhythm, set_rhythm
from db.errors import BadValue
from db.mail_wishes import wants
from db.models import MailKind
from db.people import get_person
from db.queries.places import NamedPlace, named_places
from db.queries.week_figures import days_of_week, week_after, week_of
from db.roles import Act
from db.session import read_scope, session_scope

from ..accounts import access, me
from ..digest.build import build_digest, zone_of_most
from ..digest.facts import Digest
from ..digest.files import SUFFIXES, media_type, rendered
from ..digest.letter import days_words, letter
from ..digest.pictures import page_pictures
from ..guard import check_everywhere, needs
from ..hours_text import day_names
from ..i18n import gettext
from ..pages import frame, pages
from ..told import told

blueprint = Blueprint("digest", __name__)
LISTED = 13  # weeks in the archive on one page
FIRST = date(1971, 1, 4)  # a Monday; before it there are no reviews of anybody


@blueprint.get("/digest")
@needs(Act.READ)
def show() -> str:
    """Of the last week that is over."""
    now = pages().clock()
    with read_scope(pages().engine) as session:
        places, chosen = _places(session)
        week = last_week(now=now, timezone=zone_of_most([chosen] if chosen else places))
        return _page(session, week, places, chosen)


@blueprint.get("/digest/<week>")
@needs(Act.READ)
def of_week(week: str) -> str:
    """Of any week that has begun somewhere; counted anew, as it looks by now."""
    with read_scope(pages().engine) as session:
        places, chosen = _places(session)
        _check_week(week, [chosen] if chosen else places)
        return _page(session, week, places, chosen)


@blueprint.get("/digest/<week>/file<suffix>")
@needs(Act.READ)
def file(week: str, suffix: str) -> Response:
    """The same to keep or to send on."""
    if suffix not in SUFFIXES:
        abort(404)
    with read_scope(pages().engine) as session:
        places, chosen = _places(session)
        _check_week(week, [chosen] if chosen else places)
        found = _digest(session, week, chosen)
    answer = make_response(rendered(found, suffix, base=pages().settings.public_url))
    answer.headers["Content-Type"] = media_type(suffix)
    name = f"digest-{week}" + (f"-{chosen.slug}" if chosen else "") + suffix
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@blueprint.post("/digest/when")
@needs(Act.PLACES)
def change_rhythm() -> AnyResponse:
    """On which day and in which hour it is sent, at all places."""
    check_everywhere(Act.PLACES)
    typed = [request.form.get(name, "") for name in ("weekday", "hour")]
    weekday, hour = (int(one) if one.isascii() and one.isdecimal() and len(one) < 3 else -1 for one in typed)
    try:
        with session_scope(pages().engine) as session:
            set_rhythm(session, Rhythm(weekday=weekday, hour=hour), now=pages().clock())
    except BadValue as error:
        flash(told(str(error)))
    else:
        flash(gettext("Saved."))
    return redirect(url_for("digest.show", _anchor="when"), 303)


def _places(session: Session) -> tuple[list[NamedPlace], NamedPlace | None]:
    """Those that whoever asks may see, and the one that the address names; "not found" for any other."""
    places = named_places(session, places=access().places(Act.READ))
    slug = request.args.get("place", "")
    chosen = next((place for place in places if place.slug == slug), None)
    if slug and chosen is None:
        abort(404)
    return places, chosen


def _check_week(week: str, places: list[NamedPlace]) -> None:
    try:
        first, _ = days_of_week(week)
    except ValueError:
        abort(404)
    now = pages().clock()
    today = max((day_at(now, place.timezone) for place in places), default=now.date())
    if not FIRST <= first <= today:
        abort(404)


def _digest(session: Session, week: str, chosen: NamedPlace | None) -> Digest:
    ids = [chosen.id] if chosen else None
    return build_digest(session, access=access(), week=week, now=pages().clock(), place_ids=ids)


def _page(session: Session, week: str, places: list[NamedPlace], chosen: NamedPlace | None) -> str:
    now = pages().clock()
    found = _digest(session, week, chosen)
    today = max((day_at(now, place.timezone) for place in found.places), default=now.date())
    running = week_of(today)
    weeks = [week_after(running, -back) for back in range(LISTED)]
    who = me()
    person = get_person(session, who.person_id) if who else None
    return render_template(
        "digest.html",
        frame=frame(session, now=now),
        digest=found,
        letter=letter(found),
        pictures=page_pictures(found),
        places=places,
        chosen=chosen,
        weeks=[(one, days_words(*days_of_week(one))) for one in weeks],
        running=running,
        earlier=week_after(week, -1) if days_of_week(week)[0] > FIRST + timedelta(days=7) else None,
        later=week_after(week, 1) if week != running else None,
        suffixes=SUFFIXES,
        rhythm=rhythm(session),
        days=day_names(),
        may_set=access().may_everywhere(Act.PLACES),
        gets_mail=person is not None and wants(person, MailKind.DIGEST),
    )
