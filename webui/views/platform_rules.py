"""What each platform lets an answer hold, for whoever owns every place: read, change, and back to what was shipped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from crawlers.platforms import PLATFORMS, Platform, ReplyRules
from crawlers.posters.by_hand import rules_in_words
from db.reply_limits import OwnLimits, forget_limits, own_limits, set_limits
from db.roles import Act
from db.session import read_scope, session_scope
from db.sources import list_sources

from ..actors import actor
from ..guard import check_everywhere, needs
from ..i18n import gettext
from ..pages import frame, pages
from ..platform_limits import YES_OR_NO, answered, read_typed, typed_fields, with_own
from ..told import told

blueprint = Blueprint("platform_rules", __name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One platform: what counts, and whose word it is."""

    facts: Platform
    rules: ReplyRules
    words: list[str]
    own: OwnLimits | None  # None: as shipped


@blueprint.get("/platforms")
@needs(Act.SOURCES)
def show() -> str:
    """All that take answers; those from which reviews are read come first."""
    check_everywhere(Act.SOURCES)
    with read_scope(pages().engine) as session:
        around, own = frame(session, now=pages().clock()), own_limits(session)
        read_from = {source.platform for source in list_sources(session)}
        lines = [_line(key, own.get(key)) for key in answered(first=read_from)]
        return render_template("platform_rules.html", frame=around, lines=lines)


@blueprint.get("/platforms/<key>")
@needs(Act.SOURCES)
def edit(key: str) -> str:
    """The form of one."""
    check_everywhere(Act.SOURCES)
    with read_scope(pages().engine) as session:
        line = _line(_known(key), own_limits(session).get(key))
        return _form(session, line, {**typed_fields(line.rules), "checked_on": pages().clock().date().isoformat()}, {})


@blueprint.post("/platforms/<key>")
@needs(Act.SOURCES)
def change(key: str) -> Response | tuple[str, int]:
    """Keep what was entered, with the day and who looked."""
    check_everywhere(Act.SOURCES)
    read = read_typed(request.form, today=pages().clock().date())
    with session_scope(pages().engine) as session:
        line = _line(_known(key), own_limits(session).get(key))
        if read.faults:
            typed = {name: request.form.get(name, "") for name in (*typed_fields(line.rules), "checked_on")}
            return _form(session, line, typed, read.faults), 422
        set_limits(session, key, read.limits, read.checked_on, by=actor())
    flash(gettext("Saved. Answers for %(platform)s are checked by these rules from now on.", platform=line.facts.name))
    return redirect(url_for("platform_rules.show", _anchor=key), 303)


@blueprint.post("/platforms/<key>/shipped")
@needs(Act.SOURCES)
def forget(key: str) -> Response:
    """Those shipped count again."""
    check_everywhere(Act.SOURCES)
    with session_scope(pages().engine) as session:
        forget_limits(session, _known(key), by=actor())
    flash(gettext("The rules that came with this version of Amends count again."))
    return redirect(url_for("platform_rules.show", _anchor=key), 303)


def _known(key: str) -> str:
    if key not in answered():
        abort(404)
    return key


def _line(key: str, own: OwnLimits | None) -> Line:
    rules = with_own(PLATFORMS[key].reply_rules, own)
    return Line(facts=PLATFORMS[key], rules=rules, words=[told(one) for one in rules_in_words(rules)], own=own)


def _form(session: Session, line: Line, typed: Mapping[str, str], faults: Mapping[str, str]) -> str:
    return render_template(
        "platform_rule.html",
        frame=frame(session, now=pages().clock()),
        line=line,
        shipped=[told(one) for one in rules_in_words(line.facts.reply_rules)],
        choices={name: told(words) for name, words in YES_OR_NO.items()},
        typed=typed,
        faults=faults,
    )
