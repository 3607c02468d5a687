"""Who gets what by itself: the owner's ordered rules for cases that nobody has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from db.assignment_rules import (
    Fits,
    RuleRow,
    add_rule,
    change_rule,
    count_fits,
    delete_rule,
    get_rule,
    list_rules,
    move_rule,
    restore_rule,
)
from db.errors import BadValue
from db.models import Location
from db.people import people_at
from db.roles import Act
from db.rule_backlog import backlog
from db.session import read_scope, session_scope
from db.sources import list_locations

from ..accounts import access
from ..guard import check_place_or_all, needs
from ..i18n import gettext, ngettext
from ..ids import ID_MOST
from ..pages import frame, pages
from ..rule_forms import LEAST, EnteredRule, entered_of, read_rule
from ..rule_words import least_words, rule_words
from ..told import told
from ..undoing import tell

blueprint = Blueprint("rules", __name__)
ONE = f"/places/rules/<int(max={ID_MOST}):rule_id>"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleView:
    """A line of the list."""

    rule: RuleRow
    words: str
    fits: Fits
    may_change: bool
    is_first: bool  # of those that may be changed
    is_last: bool


@blueprint.get("/places/rules")
@needs(Act.PLACES)
def show() -> str:
    """The rules that concern one's own places, with how many cases of the queue each fits."""
    with read_scope(pages().engine) as session:
        places = access().places(Act.PLACES)
        rules = [rule for rule in list_rules(session) if _concerns(rule)]
        counts = count_fits(session, [rule.when for rule in rules], places=places)
        own = [rule.id for rule in rules if _may_change(rule)]
        rows = [
            RuleView(
                rule=rule,
                words=words_of_rule(rule),
                fits=found,
                may_change=rule.id in own,
                is_first=rule.id in own[:1],
                is_last=rule.id in own[-1:],
            )
            for rule, found in zip(rules, counts, strict=True)
        ]
        return render_template("rules.html", frame=frame(session, now=pages().clock()), rows=rows)


@blueprint.get("/places/rules/new")
@needs(Act.PLACES)
def new() -> str:
    """A blank one."""
    with read_scope(pages().engine) as session:
        return _page(session, None, EnteredRule())


@blueprint.post("/places/rules/new")
@needs(Act.PLACES)
def add() -> Response | str | tuple[str, int]:
    """Add it at the end, or show how many it would fit."""
    return _taken(None)


@blueprint.get(ONE)
@needs(Act.PLACES)
def edit(rule_id: int) -> str:
    """One as it stands."""
    with read_scope(pages().engine) as session:
        rule = own_rule(session, rule_id)
        return _page(session, rule, entered_of(rule))


@blueprint.post(ONE)
@needs(Act.PLACES)
def change(rule_id: int) -> Response | str | tuple[str, int]:
    """Save it, or show how many it would fit."""
    return _taken(rule_id)


@blueprint.post(f"{ONE}/move")
@needs(Act.PLACES)
def move(rule_id: int) -> Response:
    """One up or down, among those that whoever asks may change."""
    with session_scope(pages().engine) as session:
        own_rule(session, rule_id)
        among = [rule.id for rule in list_rules(session) if _may_change(rule)]
        move_rule(session, rule_id, up=request.form.get("to") == "up", among=among)
    flash(gettext("Moved."))
    return redirect(url_for("rules.show", _anchor=f"rule-{rule_id}"), 303)


@blueprint.post(f"{ONE}/delete")
@needs(Act.PLACES)
def delete(rule_id: int) -> Response:
    """Take it away; for a moment it can come back."""
    with session_scope(pages().engine) as session:
        own_rule(session, rule_id)
        is_gone = delete_rule(session, rule_id, now=pages().clock())
    if is_gone:
        tell(gettext("Deleted. What it gave away stays given."), url_for("rules.restore", rule_id=rule_id))
    return redirect(url_for("rules.show"), 303)


@blueprint.post(f"{ONE}/restore")
@needs(Act.PLACES)
def restore(rule_id: int) -> Response:
    """Bring it back to where it stood."""
    with session_scope(pages().engine) as session:
        own_rule(session, rule_id)
        is_back = restore_rule(session, rule_id, now=pages().clock())
    if is_back:
        flash(gettext("Taken back: all is as it was."))
    else:
        flash(gettext("That can no longer be taken back. Change it by hand instead."), "not")
    return redirect(url_for("rules.show"), 303)


def _taken(rule_id: int | None) -> Response | str | tuple[str, int]:
    parts = pages()
    with session_scope(parts.engine) as session:
        rule = None if rule_id is None else own_rule(session, rule_id)
        entered = read_rule(
            request.form,
            places=[place.id for place in _places(session)],
            people=[id_ for id_, _ in _people(session)],
            may_all=access().may_everywhere(Act.PLACES),
        )
        if request.form.get("do") == "look" and "place" not in entered.faults:
            return _page(session, rule, entered, is_looked_at=True)
        if entered.faults:
            return _page(session, rule, entered, faults=entered.faults), 422
        try:
            if rule_id is None:
                rule_id = add_rule(session, entered.when, entered.people, now=parts.clock())
            else:
                change_rule(session, rule_id, entered.when, entered.people)
        except BadValue as error:
            session.rollback()
            return _page(session, rule, entered, faults={"people": told(str(error))}), 422
        waiting = backlog(session, rule_id, places=access().places(Act.PLACES), now=parts.clock()).count
    flash(_saved(waiting))
    return redirect(url_for("rules.show", _anchor=f"rule-{rule_id}"), 303)


def _saved(waiting: int) -> str:
    words = gettext("Saved. It counts for cases that come into the queue from now on.")
    if not waiting:
        return words
    offer = ngettext(
        "%(num)s that waits already and nobody has can be given as well: see below.",
        "%(num)s that wait already and nobody has can be given as well: see below.",
        waiting,
    )
    return f"{words} {offer}"


def _page(
    session: Session,
    rule: RuleRow | None,
    entered: EnteredRule,
    *,
    faults: Mapping[str, str] | None = None,
    is_looked_at: bool = False,
) -> str:
    fits = None
    if is_looked_at:
        (fits,) = count_fits(session, [entered.when], places=access().places(Act.PLACES))
    return render_template(
        "rule.html",
        frame=frame(session, now=pages().clock()),
        rule=rule,
        words=words_of_rule(rule) if rule else "",
        entered=entered,
        faults=faults or {},
        fits=fits,
        places=_places(session),
        people=_people(session),
        may_all=access().may_everywhere(Act.PLACES),
        least=[(level, least_words(level)) for level in reversed(LEAST)],
    )


def words_of_rule(rule: RuleRow) -> str:
    """What must hold, in one line."""
    when = rule.when
    return rule_words(place=rule.location_name, topic=when.topic, risk=when.risk, least=when.least)


def _places(session: Session) -> list[Location]:
    mine = access().places(Act.PLACES)
    return [place for place in list_locations(session) if mine is None or place.id in mine]


def _people(session: Session) -> list[tuple[int, str]]:
    """Those who may work at one of the places of whoever asks."""
    return [(one.id, one.name) for one in people_at(session, Act.WORK, access().places(Act.PLACES))]


def own_rule(session: Session, rule_id: int) -> RuleRow:
    """One that whoever asks may change: at somebody else's place there is none."""
    rule = get_rule(session, rule_id)
    if rule is None:
        abort(404)
    check_place_or_all(Act.PLACES, rule.when.location_id)
    return rule


def _concerns(rule: RuleRow) -> bool:
    return rule.when.location_id is None or _may_change(rule)


def _may_change(rule: RuleRow) -> bool:
    return access().may_at_or_all(Act.PLACES, rule.when.location_id)
