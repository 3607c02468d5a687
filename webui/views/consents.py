"""From "Connect with …" in the form of a source to the platform's own page, and back with an answer.

The page before the platform's is a link and no redirect: our policy lets no form lead elsewhere, and whoever finds that
the platform does not know our address comes back to the page that shows it.
"""

from __future__ import annotations

import logging
from urllib.parse import urlsplit

from flask import Blueprint, abort, flash, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from crawlers.consents import CONSENTS, REFRESH_TOKEN, ConsentFault, Ending, exchange, read_answer
from crawlers.errors import CrawlerError
from crawlers.platforms import PLATFORMS, Platform
from db.roles import Act
from db.session import read_scope, session_scope
from db.source_changes import source_of

from .. import consents, looks
from ..consent_words import CONSENT_ENDINGS
from ..consents import Asked, values_of
from ..entries import REF_MOST, Access, read_access
from ..guard import check_place, needs
from ..i18n import gettext
from ..looks import Look
from ..new_sources import open_keys, store_access, stored_keys
from ..pages import Pages, frame, pages
from ..security import safe_url
from .sources import ONE

blueprint = Blueprint("consents", __name__)
COOKIE = "consents"
OPEN_AT_ONCE = 5  # questions of one browser: tabs
URL_MOST = 2000

log = logging.getLogger(__name__)


@blueprint.post("/sources/new/platform/<key>/consent")
@needs(Act.SOURCES)
def begin_new(key: str) -> Response:
    """Ask for a source that is not there yet, with what was entered so far."""
    facts, parts = _facts(key), pages()
    before = looks.find(parts, request.form.get("look", ""))
    if before is None or before.platform != key:
        before = None
    access = read_access(
        facts, request.form, keys=before.keys if before else {}, options=before.options if before else {}
    )
    link = (safe_url(request.form.get("link", "")) or "")[:URL_MOST]
    return _ask(parts, _kept(parts, key, access, url=link, source_id=before.source_id if before else None))


@blueprint.post(f"{ONE}/consent")
@needs(Act.SOURCES, of="source_id")
def begin(source_id: int) -> Response:
    """Ask again for a source that is there."""
    parts = pages()
    with read_scope(parts.engine) as db_session:
        source = source_of(db_session, source_id)
        if source is None:
            abort(404)
        facts = _facts(source.platform)
        access = read_access(facts, request.form, keys=stored_keys(open_keys(parts), source), options=source.options)
        look = _kept(parts, facts.key, access, url=source.url, source_id=source.id)
    return _ask(parts, look)


@blueprint.post("/sources/consent/<asked_id>")
@needs(Act.SOURCES)
def again(asked_id: str) -> Response:
    """The same question once more."""
    _, look = _found(asked_id)
    return _ask(pages(), look)


@blueprint.get("/sources/consent/<asked_id>")
@needs(Act.SOURCES)
def show(asked_id: str) -> str:
    """Before the platform's page: what happens there. After it: why it came to nothing."""
    parts = pages()
    asked, look = _found(asked_id)
    consent = asked.consent
    is_open = not asked.ended and not consents.is_late(parts, asked) and asked_id in session.get(COOKIE, [])
    ending = asked.ended or ("" if is_open else Ending.LATE)
    settings = parts.crawl_settings()
    with read_scope(parts.engine) as db_session:
        around = frame(db_session, now=parts.clock())
    return render_template(
        "consent.html",
        frame=around,
        asked=asked,
        consent=consent,
        look=look,
        words=CONSENT_ENDINGS[ending] if ending else None,
        missing=consent.missing(values_of(look)),
        address="" if ending else asked.question(look).address(settings.standin_url),
        is_returned=bool(settings.standin_url) or consent.returns_to(asked.redirect_uri),
        own_url=parts.settings.public_url,
        is_own_host=request.host == urlsplit(asked.redirect_uri).netloc,
    )


@blueprint.get(consents.BACK)
@needs(Act.SOURCES)
def back() -> Response | tuple[str, int]:
    """Where platforms send people back to: with a code, or with a no."""
    parts = pages()
    state = request.args.get("state", "")
    is_ours = state.partition(".")[0] in session.get(COOKIE, [])
    taken = consents.take(parts, state) if is_ours else None
    if taken is None:
        log.warning("consent refused: state unknown")
        with read_scope(parts.engine) as db_session:
            return render_template("consent_unknown.html", frame=frame(db_session, now=parts.clock())), 400
    asked, look = taken
    if look.source_id is not None and _is_gone(parts, look.source_id):
        flash(gettext("The source was removed meanwhile. Nothing was stored."), "not")
        return redirect(url_for("sources.show"))
    try:
        token = _token(parts, asked, look)
    except ConsentFault as fault:
        consents.end(parts, asked, fault.ending)
        log.info("consent platform=%s ended=%s", asked.platform, fault.ending)
        return redirect(url_for("consents.show", asked_id=asked.id))
    log.info("consent platform=%s given", asked.platform)
    access = Access(place_ref=look.place_ref, keys={**look.keys, REFRESH_TOKEN: token}, options=look.options)
    if asked.consent.places is not None and not look.place_ref:
        kept = _kept(parts, look.platform, access, url=look.url, source_id=look.source_id)
        consents.forget(parts, asked, look)
        return redirect(url_for("consents.places", look_id=kept.id))
    answer = _go_on(parts, look, access)
    consents.forget(parts, asked, look)
    return answer


@blueprint.get("/sources/consent/places/<look_id>")
@needs(Act.SOURCES)
def places(look_id: str) -> str:
    """What the account owns at the platform, to choose from."""
    return _places(_connected(look_id))


@blueprint.post("/sources/consent/places/<look_id>")
@needs(Act.SOURCES)
def choose(look_id: str) -> Response | tuple[str, int]:
    """Go on with the chosen one, or with one that was typed."""
    look = _connected(look_id)
    ref = (request.form.get("place_ref", "").strip() or request.form.get("typed", "").strip())[:REF_MOST]
    if not ref:
        return _places(look, fault=gettext("Choose one, or enter it.")), 422
    answer = _go_on(pages(), look, Access(place_ref=ref, keys=look.keys, options=look.options))
    looks.forget(pages(), look)
    return answer


def _go_on(parts: Pages, look: Look, access: Access) -> Response:
    """Store the entries where their source is there already, and try them out."""
    if look.source_id is not None:
        with session_scope(parts.engine) as db_session:
            source = source_of(db_session, look.source_id)
            if source is None:
                abort(404)
            check_place(Act.SOURCES, source.location_id)
            store_access(db_session, source, access, open_keys(parts), parts=parts)
    begun = looks.begin(
        parts,
        platform=look.platform,
        url=look.url,
        place_ref=access.place_ref,
        keys=access.keys,
        options=access.options,
        source_id=look.source_id,
        is_stored=look.source_id is not None,
    )
    return redirect(url_for("adding.look", look_id=begun.id))


def _places(look: Look, *, fault: str = "") -> str:
    parts = pages()
    lister = CONSENTS[look.platform].places
    found = None
    if lister is not None:
        try:
            found = lister(values_of(look), settings=parts.crawl_settings(), now=parts.clock())
        except CrawlerError as error:
            log.warning("places of %s not listed: %s", look.platform, type(error).__name__)
    with read_scope(parts.engine) as db_session:
        around = frame(db_session, now=parts.clock())
    return render_template(
        "consent_places.html", frame=around, look=look, facts=PLATFORMS[look.platform], listed=found, fault=fault
    )


def _connected(look_id: str) -> Look:
    """The entries of somebody who has just agreed."""
    look = looks.find(pages(), look_id)
    if look is None or look.platform not in CONSENTS or not look.keys.get(REFRESH_TOKEN):
        abort(404)
    return look


def _token(parts: Pages, asked: Asked, look: Look) -> str:
    """The refresh token. Raises ConsentFault."""
    if consents.is_late(parts, asked):
        raise ConsentFault(Ending.LATE)
    code = read_answer(request.args)
    secret = values_of(look)[asked.consent.client_secret]
    return exchange(asked.question(look), code, secret, settings=parts.crawl_settings(), now=parts.clock())


def _is_gone(parts: Pages, source_id: int) -> bool:
    with read_scope(parts.engine) as db_session:
        return source_of(db_session, source_id) is None


def _ask(parts: Pages, look: Look) -> Response:
    asked = consents.ask(parts, look)
    session[COOKIE] = [*session.get(COOKIE, []), asked.id][-OPEN_AT_ONCE:]
    return redirect(url_for("consents.show", asked_id=asked.id))


def _kept(parts: Pages, key: str, access: Access, *, url: str, source_id: int | None) -> Look:
    return looks.keep(
        parts,
        platform=key,
        url=url,
        place_ref=access.place_ref,
        keys=access.keys,
        options=access.options,
        source_id=source_id,
    )


def _found(asked_id: str) -> tuple[Asked, Look]:
    found = consents.find(pages(), asked_id)
    if found is None:
        abort(404)
    return found


def _facts(key: str) -> Platform:
    if key not in CONSENTS:
        abort(404)
    return PLATFORMS[key]
