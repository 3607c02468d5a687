"""Lets a request through to its view, or not. Every view says what it needs; one that says nothing is closed.

Somebody else's place does not exist: 404. A role that is too low at one's own place: 403, with whom to ask.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Flask, abort, current_app, g, redirect, request, url_for
from sqlalchemy.orm import Session
from werkzeug.exceptions import Forbidden
from werkzeug.wrappers import Response

from db.people import is_anybody
from db.queries.improvements import place_of_improvement
from db.queries.places import place_of_review, place_of_source, place_there
from db.roles import Act
from db.session import read_scope

from .accounts import access, me
from .pages import pages
from .typed_words import typed_words

View = TypeVar("View", bound=Callable[..., Any])
PLACE_OF: Mapping[str, Callable[[Session, int], int | None]] = {
    "review_id": place_of_review,
    "source_id": place_of_source,
    "place_id": place_there,
    "improvement_id": place_of_improvement,
}
_ATTRIBUTE = "amends_rule"
PARTS = {"Hx-Request", "X-Autosave"}  # headers of requests that want no page in answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What a view needs. Without an act: to be signed in, unless it is public."""

    act: Act | None = None
    of: str = ""  # the argument of the view that names the thing whose place counts; empty: any place will do
    is_public: bool = False
    is_for_machines: bool = False  # public, and asks nobody's cookie


class RoleTooLow(Forbidden):
    """The place is one of theirs, the role too low."""

    def __init__(self, act: Act, location_id: int | None) -> None:
        super().__init__()
        self.act = act
        self.location_id = location_id


def public(view: View) -> View:
    """Anybody may ask."""
    return _ruled(view, Rule(is_public=True))


def for_machines(view: View) -> View:
    """Anybody may ask, and nobody signs in for it."""
    return _ruled(view, Rule(is_public=True, is_for_machines=True))


def signed_in(view: View) -> View:
    """Whoever is signed in: what concerns themselves."""
    return _ruled(view, Rule())


def needs(act: Act, *, of: str = "") -> Callable[[View], View]:
    """Who may do this, at the place of the review or source that the argument `of` names, or at any place."""
    return lambda view: _ruled(view, Rule(act=act, of=of))


def rule_of(app: Flask, endpoint: str) -> Rule | None:
    """The rule of a view; None for one that has none, which nobody may ask."""
    if endpoint == "static":
        return Rule(is_public=True, is_for_machines=True)
    rule: Rule | None = getattr(app.view_functions[endpoint], _ATTRIBUTE, None)
    return rule


def is_for_machines(endpoint: str | None) -> bool:
    """Whether a request is answered without looking who asks."""
    rule = rule_of(current_app, endpoint) if endpoint else None
    return rule is not None and rule.is_for_machines


def check_place(act: Act, location_id: int) -> None:
    """For what a form names: as if the view needed it at this place."""
    if access().role_at(location_id) is None:
        abort(404)
    if not access().may(act, location_id):
        raise RoleTooLow(act, location_id)


def check_everywhere(act: Act) -> None:
    """For what concerns places that are still to come."""
    if not access().may_everywhere(act):
        raise RoleTooLow(act, None)


def check_place_or_all(act: Act, location_id: int | None) -> None:
    """For what belongs to one place or, with None, to all: that is changed by those who may do so at all of them."""
    if location_id is None:
        check_everywhere(act)
    else:
        check_place(act, location_id)


def init_app(app: Flask) -> None:
    """Ask before every request."""
    app.before_request(_check)


def _check() -> Response | None:
    rule = rule_of(current_app, request.endpoint) if request.endpoint else Rule(is_public=True)
    if rule is None:
        raise RuntimeError(f"the view {request.endpoint} says not who may ask for it")
    if rule.is_for_machines:
        return None
    who = me()
    if fault := g.get("account_fault"):
        raise fault
    if rule.is_public:
        return None
    if who is None:
        return unknown_part() if is_part() else _to_sign_in()
    if rule.act is None:
        return None
    if rule.of:
        with read_scope(pages().engine) as session:
            location_id = PLACE_OF[rule.of](session, (request.view_args or {})[rule.of])
        if location_id is None:
            abort(404)
        check_place(rule.act, location_id)
    elif not access().may(rule.act):
        raise RoleTooLow(rule.act, None)
    return None


def unknown_part() -> Response:
    """Whoever asks for a part of a page gets no other page in its place; live.js tells what to do."""
    return Response(status=401)


def is_signed_out() -> bool:
    """Whether a visitor asks for what only people who are signed in may see or do."""
    rule = rule_of(current_app, request.endpoint) if request.endpoint else None
    return rule is not None and not rule.is_public and not rule.is_for_machines and me() is None


def is_part() -> bool:
    """Whether a script asks, which wants no page in answer."""
    return bool(PARTS & {*request.headers.keys()})


def _to_sign_in() -> Response:
    with read_scope(pages().engine) as session:
        if not is_anybody(session):
            return redirect(url_for("welcome.show"), 303)
    if typed_words():  # the page that says so gives them back
        abort(401)
    wanted = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("signing.show", next=wanted if wanted != "/" else None), 303)


def _ruled(view: View, rule: Rule) -> View:
    setattr(view, _ATTRIBUTE, rule)
    return view
