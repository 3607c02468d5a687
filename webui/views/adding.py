"""A new source: paste a link or choose a platform, see what is there and what one may do, then save it."""

from __future__ import annotations

from flask import Blueprint, Response, abort, flash, make_response, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as Answer

from crawlers.platforms import PLATFORMS, Platform, api_base, app_feed_for, by_host, is_app_feed
from db.errors import SourceExists
from db.models import Location
from db.session import read_scope, session_scope
from db.source_changes import is_looser, source_of, sources_of_place, with_reason
from db.sources import add_location, add_source, list_locations

from .. import looks
from ..entries import Access, NewSource, crawl_every_s, default_rules, read_access, read_new
from ..i18n import gettext
from ..looks import Look
from ..pages import Pages, frame, pages
from ..security import safe_url
from .sources import open_keys, store_access

blueprint = Blueprint("adding", __name__)
URL_MOST = 2000
LOOK_AGAIN_S = 2


@blueprint.get("/sources/new")
def start() -> str:
    """Paste a link, or choose a platform."""
    return _start()


@blueprint.post("/sources/new")
def look_at_link() -> Answer | tuple[str, int]:
    """Look at a link; one of a platform that is read otherwise leads to its own page."""
    url = request.form.get("url", "").strip()
    if not url or len(url) > URL_MOST:
        return _start(url=url, fault=gettext("Paste the address of a page with reviews, or of a feed.")), 422
    if "://" not in url:
        url = f"https://{url}"
    known = _host_of(url)
    if known is not None and not (app_feed_for(url) or (known.is_crawlable and is_app_feed(url))):
        return redirect(url_for("adding.platform", key=known.key, link=url))
    begun = looks.begin(pages(), url=url)
    return redirect(url_for("adding.look", look_id=begun.id))


@blueprint.get("/sources/new/platform/<key>")
def platform(key: str) -> str:
    """What a platform allows, and the entries that its API asks for."""
    facts = _facts(key)
    parts = pages()
    before = looks.find(parts, request.args.get("look", ""))
    if before is None or before.platform != key:
        before = None
    with read_scope(parts.engine) as session:
        around = frame(session, now=parts.clock())
    link = before.url if before else request.args.get("link", "")[:URL_MOST]
    return render_template("source_platform.html", frame=around, facts=facts, before=before, link=link)


@blueprint.post("/sources/new/platform/<key>")
def try_keys(key: str) -> Answer:
    """Try the entries out."""
    facts = _facts(key)
    if not facts.apis:
        abort(404)
    parts = pages()
    before = looks.find(parts, request.form.get("look", ""))
    if before is None or before.platform != key:
        before = None
    access = read_access(
        facts, request.form, keys=before.keys if before else {}, options=before.options if before else {}
    )
    begun = looks.begin(
        parts,
        platform=key,
        url=(safe_url(request.form.get("link", "")) or "")[:URL_MOST],
        place_ref=access.place_ref,
        keys=access.keys,
        options=access.options,
        source_id=before.source_id if before else None,
    )
    if before:
        looks.forget(parts, before)
    return redirect(url_for("adding.look", look_id=begun.id))


@blueprint.get("/sources/new/look/<look_id>")
def look(look_id: str) -> Response:
    """What was found; while nothing is, a page that comes again by itself."""
    found = _found(look_id)
    answer = make_response(_page(found))
    if found.report is None and not found.is_lost(pages().clock()):
        answer.headers["Refresh"] = str(LOOK_AGAIN_S)  # a header, so that it needs neither script nor markup
    return answer


@blueprint.post("/sources/new/look/<look_id>")
def save(look_id: str) -> Answer | tuple[str, int]:
    """Save what was found as a source, or the entries that were tried at theirs."""
    found = _found(look_id)
    if found.report is None or found.report.refusal:
        return redirect(url_for("adding.look", look_id=look_id))
    parts = pages()
    if found.source_id is not None:
        return _save_entries(parts, found)
    key = found.platform or found.report.platform
    with session_scope(parts.engine) as session:
        places = {str(place.id): place for place in list_locations(session)}
        given = read_new(request.form, key, places)
        if not given.faults:
            try:
                source_id = _add(session, found, given, places, parts=parts)
            except SourceExists:
                given.faults["place"] = gettext("This address is read already at this place.")
    if given.faults:
        return _page(found, given=given), 422
    looks.forget(parts, found)
    flash(gettext("Added. It is read within a minute, while Amends runs."))
    return redirect(url_for("sources.show", _anchor=f"source-{source_id}"))


def _add(session: Session, found: Look, given: NewSource, places: dict[str, Location], *, parts: Pages) -> int:
    now = parts.clock()
    key = found.platform or (found.report.platform if found.report else "")
    facts = PLATFORMS[key]
    place = places.get(given.place_id) or add_location(session, given.place_name, timezone=given.timezone, now=now)
    basis = given.basis or "It is mine, or I have permission to read it."
    if is_looser(given.rules, default_rules(key)):
        basis = with_reason(basis, given.reason, now=now)
    if found.platform and any(
        one.location_id == place.id for one in sources_of_place(session, key, found.place_ref)
    ):  # two links may lead to one place of the platform
        raise SourceExists("This place of the platform is read already.")
    source = add_source(
        session,
        place,
        name=given.name,
        platform=key,
        syntax=found.report.syntax if found.report else "",
        url=_address(found),
        asks=api_base(key, standin_url=parts.crawl_settings().standin_url) if found.platform else "",
        retention=given.rules.retention,
        may_judge=given.rules.may_judge,
        basis_note=basis,
        crawl_every_s=crawl_every_s(facts),
        now=now,
    )
    if found.platform:
        access = Access(place_ref=found.place_ref, keys=found.keys, options=found.options)
        store_access(session, source, access, open_keys(parts), parts=parts)
    return source.id


def _address(found: Look) -> str:
    """What people open to see the reviews; an API without a link is named by what it asks."""
    if found.report is not None and not found.platform:
        return found.report.url
    return found.url or f"{PLATFORMS[found.platform].apis['']}/{found.place_ref}"[:URL_MOST]


def _save_entries(parts: Pages, found: Look) -> Answer:
    with session_scope(parts.engine) as session:
        source = source_of(session, found.source_id or 0)
        if source is None:
            abort(404)
        access = Access(place_ref=found.place_ref, keys=found.keys, options=found.options)
        store_access(session, source, access, open_keys(parts), parts=parts)
    looks.forget(parts, found)
    flash(gettext("Saved."))
    return redirect(url_for("sources.show", _anchor=f"source-{found.source_id}"))


def _page(found: Look, *, given: NewSource | None = None) -> str:
    parts = pages()
    now = parts.clock()
    with read_scope(parts.engine) as session:
        around = frame(session, now=now)
        places = list_locations(session)
        tried = source_of(session, found.source_id) if found.source_id else None
    key = found.platform or (found.report.platform if found.report else "")
    return render_template(
        "source_look.html",
        frame=around,
        look=found,
        report=found.report,
        is_lost=found.is_lost(now),
        facts=PLATFORMS.get(key),
        default=default_rules(key),
        places=places,
        tried=tried,
        given=given,
        suggested=_name_for(found),
    )


def _name_for(found: Look) -> str:
    if found.report is None:
        return ""
    facts = PLATFORMS.get(found.platform)
    return facts.name if facts else found.report.title[:200]


def _start(*, url: str = "", fault: str = "") -> str:
    parts = pages()
    with read_scope(parts.engine) as session:
        around = frame(session, now=parts.clock())
    named = sorted((one for one in PLATFORMS.values() if one.hosts or one.apis), key=lambda one: one.name.lower())
    return render_template(
        "source_new.html",
        frame=around,
        url=url,
        fault=fault,
        with_keys=[one for one in named if one.apis],
        by_hand=[one for one in named if not one.apis and not one.is_crawlable],
    )


def _found(look_id: str) -> Look:
    found = looks.find(pages(), look_id)
    if found is None:
        abort(404)
    return found


def _facts(key: str) -> Platform:
    if key not in PLATFORMS:
        abort(404)
    return PLATFORMS[key]


def _host_of(url: str) -> Platform | None:
    try:
        return by_host(url)
    except ValueError:  # an address that cannot be taken apart; the probe says so
        return None
