"""The model that writes: its settings, which an owner of every place sees, and a trial of them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from crawlers.errors import RefusedUrl
from crawlers.platforms import PLATFORMS
from crawlers.redrafter import LEAST_S, MOST_S, RedraftFault, ask, endpoint_url
from db.errors import BadValue
from db.phrases import say
from db.redrafts import MODEL_MOST, URL_MOST, Redrafting, redrafting, set_redrafting
from db.roles import Act
from db.session import read_scope, session_scope
from db.sources import list_locations
from db.vault import vault_of
from db.wording import cut
from scoring.redraft.asking import trial
from scoring.redraft.taking import Unusable, taken

from ..actors import actor
from ..guard import check_everywhere, needs
from ..i18n import gettext
from ..pages import frame, pages
from ..redrafting import endpoint_of, opened
from ..told import told

blueprint = Blueprint("redraft", __name__)
KEY_MOST = 500
TOLD_MOST = 200  # letters of what the model answered


@dataclass(frozen=True, slots=True, kw_only=True)
class Barred:
    """A platform whose content no model is given."""

    name: str
    why: str


@blueprint.get("/redrafting")
@needs(Act.PLACES)
def show() -> str:
    """As it is set."""
    check_everywhere(Act.PLACES)
    with read_scope(pages().engine) as session:
        return _page(session, redrafting(session), {})


@blueprint.post("/redrafting")
@needs(Act.PLACES)
def change() -> Response | tuple[str, int]:
    """Keep what was entered; of the key only what was typed anew."""
    check_everywhere(Act.PLACES)
    parts = pages()
    with session_scope(parts.engine) as session:
        present = redrafting(session)
        wanted, faults = _entered(session, present)
        if faults:
            return _page(session, wanted, faults), 422
        host = endpoint_of(wanted, key="", user_agent="").host if wanted.url else ""
        set_redrafting(session, wanted, host=host, by=actor())
    flash(gettext("Saved."))
    return redirect(url_for("redraft.show"), 303)


@blueprint.post("/redrafting/try")
@needs(Act.PLACES)
def attempt() -> Response:
    """Ask the model as it is saved, with a made-up review, and say what came of it."""
    check_everywhere(Act.PLACES)
    with read_scope(pages().engine) as session:
        rules = redrafting(session)
    try:
        words = _tried(rules)
    except (BadValue, RedraftFault) as error:
        flash(told(str(error)), "not")
    else:
        flash(gettext("The model answers: “%(words)s”", words=cut(words, TOLD_MOST)))
    return redirect(url_for("redraft.show"), 303)


def _tried(rules: Redrafting) -> str:
    """What the model answers.

    Raises:
        BadValue, RedraftFault: nothing that can be used.
    """
    if not rules.url:
        raise BadValue(say("Save an address first."))
    found = taken(ask(opened(pages(), rules), trial(rules.model)), most_chars=2_000)
    if isinstance(found, Unusable):
        raise BadValue(say("Something answers, but no model that writes: look at the address and the model."))
    return found


def _entered(session: Session, present: Redrafting) -> tuple[Redrafting, dict[str, str]]:
    """What the form says, and what is wrong with it by field."""
    form, faults = request.form, dict[str, str]()
    is_local = form.get("is_local") == "yes"
    url, model = form.get("url", "").strip()[:URL_MOST], form.get("model", "").strip()[:MODEL_MOST]
    if url:
        try:
            url = endpoint_url(url, is_local=is_local)
        except RefusedUrl as error:
            faults["url"] = told(str(error))
    limit_s = form.get("limit_s", type=int)
    if limit_s is None or not LEAST_S <= limit_s <= MOST_S:
        faults["limit_s"] = gettext("From %(least)s to %(most)s seconds.", least=LEAST_S, most=MOST_S)
        limit_s = present.limit_s
    there = {place.id for place in list_locations(session)}
    chosen = tuple(sorted(there & {int(one) for one in form.getlist("place") if one.isdecimal() and len(one) < 10}))
    wanted = Redrafting(
        is_on=form.get("is_on") == "yes",
        url=url,
        model=model,
        sealed_key=present.sealed_key,
        is_local=is_local,
        limit_s=limit_s,
        places=None if form.get("everywhere") == "yes" else chosen,
    )
    if wanted.is_on and not url:
        faults["url"] = gettext("Enter the address of the endpoint, or turn it off.")
    if wanted.is_on and not model:
        faults["model"] = gettext("Enter the name of the model, as the endpoint calls it.")
    if wanted.is_on and wanted.places == ():
        faults["places"] = gettext("Tick at least one place: at none of them the model is never asked.")
    return _with_key(wanted, present, faults), faults


def _with_key(wanted: Redrafting, present: Redrafting, faults: dict[str, str]) -> Redrafting:
    """A key that was stored for one address is never sent to another."""
    typed = request.form.get("key", "").strip()
    if typed and (len(typed) > KEY_MOST or not typed.isascii() or not typed.isprintable()):
        faults["key"] = gettext("That is no key: it is too long or holds odd characters.")
    elif typed:
        return replace(wanted, sealed_key=vault_of(pages().database).seal({"key": typed}))
    if request.form.get("forget_key") == "yes":
        return replace(wanted, sealed_key="")
    hosts = [endpoint_of(one, key="", user_agent="").host for one in (wanted, present)]
    if present.sealed_key and "url" not in faults and hosts[0] != hosts[1]:
        faults["key"] = gettext("Enter the key again: the stored one belongs to another address.")
    return wanted


def _page(session: Session, rules: Redrafting, faults: dict[str, str]) -> str:
    return render_template(
        "redrafting.html",
        frame=frame(session, now=pages().clock()),
        rules=rules,
        faults=faults,
        places=list_locations(session),
        barred=[Barred(name=one.name, why=told(one.no_redraft)) for one in PLATFORMS.values() if one.no_redraft],
        least_s=LEAST_S,
        most_s=MOST_S,
    )
