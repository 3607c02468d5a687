"""A rule of assignment on the cases that waited before it: how many it would give away, and giving them."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from db.roles import Act
from db.rule_backlog import backlog, give_backlog
from db.session import read_scope, session_scope

from ..accounts import access
from ..actors import actor
from ..guard import needs
from ..i18n import gettext, ngettext
from ..pages import frame, pages
from ..undoing import tell_done
from .rules import ONE, own_rule, words_of_rule

blueprint = Blueprint("rule_backlog", __name__)


@blueprint.get(f"{ONE}/waiting")
@needs(Act.PLACES)
def ask(rule_id: int) -> str | Response:
    """How many there are, before anything happens to them."""
    now = pages().clock()
    with read_scope(pages().engine) as session:
        rule = own_rule(session, rule_id)
        found = backlog(session, rule_id, places=access().places(Act.PLACES), now=now)
        if found.count:
            words = words_of_rule(rule)
            return render_template(
                "rule_backlog.html", frame=frame(session, now=now), rule=rule, words=words, found=found
            )
    flash(_nothing(), "not")
    return _back(rule_id)


@blueprint.post(f"{ONE}/waiting")
@needs(Act.PLACES)
def give(rule_id: int) -> Response:
    """Give them; for a moment it can be taken back."""
    with session_scope(pages().engine) as session:
        own_rule(session, rule_id)
        done = give_backlog(session, rule_id, places=access().places(Act.PLACES), by=actor())
    if not done.changed:
        flash(_nothing(), "not")
        return _back(rule_id)
    words = ngettext("%(num)s case is given.", "%(num)s cases are given.", done.changed)
    tell_done(words, done, back=url_for("rules.show", _anchor=f"rule-{rule_id}"))
    return _back(rule_id)


def _nothing() -> str:
    return gettext("Nothing waits any more that nobody has and this rule is the first to fit.")


def _back(rule_id: int) -> Response:
    return redirect(url_for("rules.show", _anchor=f"rule-{rule_id}"), 303)
