"""Asking customers again: set by hand, what came of it, open again; and the list of all that is to be asked."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from db.absences import Absences
from db.acting import Actor
from db.errors import BadValue
from db.follow_ups import close_follow_up, reopen_follow_up, set_follow_up
from db.models import FollowUpOutcome
from db.phrases import say
from db.places import place_rules
from db.queries.case_work import CaseWork
from db.queries.follow_ups import Wanted, count_due, in_charge_of_open, key_of, open_page
from db.roles import Act
from db.session import read_scope

from ..accounts import access
from ..actors import actor
from ..case_page import ONE, back_to, carry_out, go_back
from ..filters import in_words
from ..follow_view import due_in_short, follow_up_view, outcome_buttons
from ..follow_words import TOLD
from ..guard import needs
from ..i18n import gettext
from ..ids import ID_MOST, number_in
from ..pages import frame, pages
from ..undoing import tell_done

blueprint = Blueprint("follow_ups", __name__)
FOLLOW_UP = f"{ONE}/follow-ups/<int(max={ID_MOST}):follow_up_id>"
ANCHOR = "follow-ups"
SET = "follow-up"  # the form for a day by hand; that of each is named by its id
MINE, ALL = "mine", "all"
PAGE = 50


@blueprint.post(f"{ONE}/follow-ups")
@needs(Act.WORK, of="review_id")
def add(review_id: int) -> Response:
    """Have the customer asked on a day."""

    def act(session: Session, work: CaseWork, by: Actor) -> Response:
        try:
            day = date.fromisoformat(request.form.get("day", ""))
        except ValueError:
            raise BadValue(say("Choose the day on which to ask.")) from None
        placed = set_follow_up(session, work.id, day, by=by)
        words = gettext("To be asked on %(day)s.", day=in_words(placed.due_on))
        if placed.due_on != day:
            words += " " + gettext("On the day that you chose nobody works there.")
        tell_done(words, placed.done, back=back_to(review_id, anchor=ANCHOR))
        return go_back(review_id, anchor=ANCHOR)

    return carry_out(review_id, SET, act, typed=("day",))


@blueprint.post(f"{FOLLOW_UP}/outcome")
@needs(Act.WORK, of="review_id")
def close(review_id: int, follow_up_id: int) -> Response:
    """Say what came of asking."""

    def act(session: Session, work: CaseWork, by: Actor) -> Response:
        said = request.form.get("outcome", "")
        if said not in set(FollowUpOutcome):
            raise BadValue(say("Choose what came of it."))
        outcome, note = FollowUpOutcome(said), request.form.get("note", "")
        done = close_follow_up(session, work.id, follow_up_id, outcome, note, seen=_seen(), by=by)
        tell_done(gettext(TOLD[outcome]), done, back=_back(review_id))
        return redirect(_back(review_id), 303)

    return carry_out(review_id, f"{SET}-{follow_up_id}", act, typed=("note",))


@blueprint.post(f"{FOLLOW_UP}/reopen")
@needs(Act.WORK, of="review_id")
def reopen(review_id: int, follow_up_id: int) -> Response:
    """Ask after all."""

    def act(session: Session, work: CaseWork, by: Actor) -> Response:
        done = reopen_follow_up(session, work.id, follow_up_id, seen=_seen(), by=by)
        tell_done(gettext("Open again. Say what came of it."), done, back=back_to(review_id, anchor=ANCHOR))
        return go_back(review_id, anchor=ANCHOR)

    return carry_out(review_id, f"{SET}-{follow_up_id}", act)


@blueprint.get("/follow-ups")
@needs(Act.READ)
def show() -> str:
    """All that is to be asked, the most urgent first: one's own unless more is wanted."""
    parts, now = pages(), pages().clock()
    who, where = request.args.get("who", MINE), request.args.get("place", "")
    mine = actor().person_id
    with read_scope(parts.engine) as session:
        allowed = access().places(Act.READ)
        places = [one for one in place_rules(session) if allowed is None or one.id in allowed]
        chosen = next((one.id for one in places if str(one.id) == where), None)
        people = [one for one in in_charge_of_open(session, allowed) if one[0] != mine]
        person_id = number_in(who)
        ids: tuple[int, ...] = ()
        if who == MINE:
            ids = (mine, *(away.person_id for away in Absences(session, now=now).stood_in_by(mine)))
        elif any(one[0] == person_id for one in people):
            ids = (person_id or 0,)
        else:
            who = ALL
        wanted = Wanted(people=ids, places=allowed if chosen is None else [chosen])
        page = open_page(session, wanted, after=key_of(request.args.get("after", "")), limit=PAGE)
        due = count_due(session, wanted, now=now)
        others = count_due(session, Wanted(places=allowed), now=now) if not page.rows else due
        around = frame(session, now=now)
    views = [follow_up_view(row, now=now) for row in page.rows]
    groups = (
        (gettext("Overdue"), [one for one in views if one.is_late]),
        (gettext("Today"), [one for one in views if one.is_due and not one.is_late]),
        (gettext("Coming"), [one for one in views if not one.is_due]),
    )
    return render_template(
        "follow_ups.html",
        frame=around,
        groups=groups,
        count=len(views),
        in_short=due_in_short(due.overdue, due.today, due.coming),
        elsewhere=due_in_short(others.overdue, others.today, others.coming),
        buttons=outcome_buttons(),
        who=who,
        place=str(chosen or ""),
        people=people,
        places=places,
        next=page.next,
        may_work=lambda location_id: access().may(Act.WORK, location_id),
    )


def _back(review_id: int) -> str:
    """To the list where it was pressed there, with its filters; else to the case."""
    if request.form.get("then") == "list":
        kept: dict[str, Any] = {name: request.form[name] for name in ("who", "place") if request.form.get(name)}
        return url_for("follow_ups.show", **kept)
    return back_to(review_id, anchor=ANCHOR)


def _seen() -> int:
    return request.form.get("version", -1, type=int)
