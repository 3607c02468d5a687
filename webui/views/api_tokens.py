"""The tokens with which programs ask the API for somebody: made, shown once, listed, revoked. Each person's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from db.api_tokens import DAYS, NAME_MOST, Made, make_token, revoke_token, tokens_of
from db.errors import BadValue
from db.models import ApiToken
from db.scopes import MEANINGS, Scope
from db.session import read_scope, session_scope

from ..accounts import is_fresh
from ..actors import actor
from ..filters import Instant, when
from ..guard import signed_in
from ..i18n import gettext
from ..ids import ID_MOST, number_in
from ..pages import frame, pages
from ..told import told
from .account import ask_proof, whoever

blueprint = Blueprint("api_tokens", __name__)
USUAL_DAYS = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenView:
    """One token of the list."""

    id: int
    name: str
    scopes: Sequence[str]
    made: Instant
    ends: Instant
    used: Instant | None
    is_over: bool


@blueprint.get("/account/tokens")
@signed_in
def show() -> Response | str:
    """Those there are, and the form for one more."""
    return _page() if is_fresh() else ask_proof()


@blueprint.post("/account/tokens")
@signed_in
def make() -> Response | str | tuple[str, int]:
    """Make one. The page that answers is the only one that ever shows it."""
    if not is_fresh():
        return ask_proof()
    form, by = request.form, actor()
    try:
        with session_scope(pages().engine) as session:
            days = number_in(form.get("days", "")) or 0
            made = make_token(session, by.person_id, form.get("name", ""), form.getlist("scope"), days=days, by=by)
    except BadValue as error:
        return _page(fault=told(str(error))), 422
    return _page(made=made)


@blueprint.post(f"/account/tokens/<int(max={ID_MOST}):api_token_id>/revoke")
@signed_in
def revoke(api_token_id: int) -> Response:
    """It opens nothing any more; somebody else's does not exist."""
    by = actor()
    with session_scope(pages().engine) as session:
        name = revoke_token(session, by.person_id, api_token_id, by=by)
    if name is None:
        abort(404)
    flash(gettext("“%(name)s” is revoked: it opens nothing any more.", name=name))
    return redirect(url_for("api_tokens.show"), 303)


def _page(*, made: Made | None = None, fault: str = "") -> str:
    parts = pages()
    now = parts.clock()
    with read_scope(parts.engine) as session:
        around = frame(session, now=now)
        tokens = [_view(one) for one in tokens_of(session, whoever().person_id)]
    is_typed = bool(fault)
    return render_template(
        "api_tokens.html",
        frame=around,
        tokens=tokens,
        made=made,
        fault=fault,
        scopes=[(scope.value, told(words)) for scope, words in MEANINGS.items()],
        chosen=set(request.form.getlist("scope")) if is_typed else {Scope.READ_REVIEWS.value, Scope.READ_CASES.value},
        days=DAYS,
        chosen_days=(request.form.get("days") if is_typed else None) or str(USUAL_DAYS),
        name=request.form.get("name", "") if is_typed else "",
        name_most=NAME_MOST,
    )


def _view(token: ApiToken) -> TokenView:
    now = pages().clock()
    return TokenView(
        id=token.id,
        name=token.name,
        scopes=token.scopes,
        made=when(token.created_at, now=now),
        ends=when(token.expires_at, now=now),
        used=when(token.used_at, now=now) if token.used_at else None,
        is_over=token.expires_at <= now,
    )
