"""A new source: paste a link or choose a platform, see what is there and what one may do, then save it."""

from __future__ import annotations

from flask import Blueprint, Response, abort, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from crawlers.errors import RefusedUrl
from crawlers.links import cleaned, place_ref_in
from crawlers.platforms import PLATFORMS, Platform
from crawlers.probe import asked_elsewhere, check_url
from db.roles import Act
from db.session import read_scope, session_scope
from db.source_changes import source_of

from .. import looks
from ..accounts import access
from ..entries import NewSource, default_rules, read_access, read_new
from ..guard import check_everywhere, check_place, needs
from ..i18n import gettext
from ..looks import Look
from ..new_sources import Twice, add_found, save_tried, sources_there
from ..own_places import own_places
from ..pages import frame, pages
from ..platform_limits import rules_in_use
from ..security import safe_url
from ..settings_seen import changed_since
from ..told import told
from ..wishes import read_choices

blueprint = Blueprint("adding", __name__)
URL_MOST = 2000
LOOK_AGAIN_S = 2
KEPT_OF_FORM = ("name", "place", "place_name", "timezone", "retention", "may_judge", "reason", "basis", "confirmed")


@blueprint.get("/sources/new")
@needs(Act.SOURCES)
def start() -> str:
    """Paste a link, or choose a platform."""
    return _start()


@blueprint.post("/sources/new")
@needs(Act.SOURCES)
def look_at_link() -> Answer | tuple[str, int]:
    """Look at a link; one of a platform that is read otherwise leads to its own page."""
    written = request.form.get("url", "").strip()
    url = cleaned(written[: 2 * URL_MOST])
    if not url or len(url) > URL_MOST:
        return _start(url=written, fault=gettext("Paste the address of a page with reviews, or of a feed.")), 422
    known = asked_elsewhere(url)
    if known is not None:
        return redirect(url_for("adding.platform", key=known.key, link=url))
    try:
        check_url(url, pages().crawl_settings())
    except RefusedUrl as error:
        return _start(url=written, fault=told(str(error))), 422
    begun = looks.begin(pages(), url=url)
    return redirect(url_for("adding.look", look_id=begun.id))


@blueprint.get("/sources/new/platform/<key>")
@needs(Act.SOURCES)
def platform(key: str) -> str:
    """What a platform allows, and the entries that its API asks for."""
    facts = _facts(key)
    parts = pages()
    before = _before(key, request.args.get("look", ""))
    with read_scope(parts.engine) as session:
        around, answer_rules = frame(session, now=parts.clock()), rules_in_use(session, key)
    link = before.url if before else request.args.get("link", "")[:URL_MOST]
    place_ref = before.place_ref if before else place_ref_in(key, link)
    return render_template(
        "source_platform.html",
        frame=around,
        facts=facts,
        answer_rules=answer_rules,
        before=before,
        link=link,
        place_ref=place_ref,
        faults={},
    )


@blueprint.post("/sources/new/platform/<key>")
@needs(Act.SOURCES)
def try_keys(key: str) -> Answer:
    """Try the entries out."""
    facts = _facts(key)
    if not facts.apis:
        abort(404)
    parts = pages()
    before = _before(key, request.form.get("look", ""))
    access = read_access(
        facts, request.form, keys=before.keys if before else {}, options=before.options if before else {}
    )
    begun = looks.begin(
        parts,
        platform=key,
        url=(safe_url(cleaned(request.form.get("link", "")[:URL_MOST])) or "")[:URL_MOST],
        place_ref=access.place_ref,
        keys=access.keys,
        options=access.options,
        source_id=before.source_id if before else None,
        entered=before.entered if before else {},
    )
    if before:
        looks.forget(parts, before)
    return redirect(url_for("adding.look", look_id=begun.id))


@blueprint.get("/sources/new/look/<look_id>")
@needs(Act.SOURCES)
def look(look_id: str) -> Response | Answer:
    """What was found; while nothing is, a page that comes again by itself."""
    found = _found(look_id)
    if found.saved_as is not None:
        return _to_list(found.saved_as)
    answer = make_response(_page(found))
    if found.report is None and not found.is_lost(pages().clock()):
        answer.headers["Refresh"] = str(LOOK_AGAIN_S)  # a header, so that it needs neither script nor markup
    return answer


@blueprint.post("/sources/new/look/<look_id>")
@needs(Act.SOURCES)
def save(look_id: str) -> Answer | tuple[str, int]:
    """Save what was found as a source, or the entries that were tried at theirs; or look again with other choices."""
    found = _found(look_id)
    if found.saved_as is not None:
        flash(gettext("It is saved already."))
        return _to_list(found.saved_as)
    if found.report is None or found.report.refusal:
        return redirect(url_for("adding.look", look_id=look_id))
    parts = pages()
    if found.source_id is not None:
        return _save_tried(found)
    key = found.platform or found.report.platform
    with session_scope(parts.engine) as session:
        places = {str(place.id): place for place in own_places(session)}
        if request.form.get("place", "") not in places:
            check_everywhere(Act.SOURCES)
        given = read_new(request.form, key, places, syntax=found.report.syntax)
        if request.form.get("do") == "look" and not given.faults.keys() & given.options.keys():
            return _look_again(found)
        if not given.faults:
            try:
                source_id = add_found(session, found, given, places, parts=parts)
            except Twice as error:
                given.faults["place"] = gettext("It is read already at this place, as %(name)s.", name=error.name)
    if given.faults:
        return _page(found, given=given), 422
    looks.saved(parts, found, source_id)
    flash(gettext("Added. It is read within a minute, while Amends runs."))
    return _to_list(source_id)


def _look_again(found: Look) -> Answer:
    """With the words or the pattern that the form holds now; the rest of it is kept."""
    assert found.report is not None  # noqa: S101 - `save` has looked
    choices, _ = read_choices(request.form, found.report.platform, found.report.syntax)
    entered = {name: request.form[name][:URL_MOST] for name in KEPT_OF_FORM if name in request.form}
    begun = looks.begin(pages(), url=found.report.url, options=choices, entered=entered)
    looks.forget(pages(), found)
    return redirect(url_for("adding.look", look_id=begun.id))


def _save_tried(found: Look) -> Answer | tuple[str, int]:
    parts = pages()
    with session_scope(parts.engine) as session:
        source = source_of(session, found.source_id or 0, is_held=True)
        if source is None:
            abort(404)
        check_place(Act.SOURCES, source.location_id)
        source_id = source.id
        if changed_since(source, found.seen):
            return redirect(url_for("sources.edit", source_id=source_id, look=found.id))  # which tells of it
        try:
            save_tried(session, source, found, parts=parts)
        except Twice as error:
            flash(gettext("It is read already at this place, as %(name)s.", name=error.name), "not")
            return redirect(url_for("sources.edit", source_id=source_id))
    looks.saved(parts, found, source_id)
    flash(gettext("Saved."))
    return _to_list(source_id)


def _page(found: Look, *, given: NewSource | None = None) -> str:
    parts = pages()
    now = parts.clock()
    report = found.report
    key = found.platform or (report.platform if report else "")
    with read_scope(parts.engine) as session:
        around, answer_rules = frame(session, now=now), rules_in_use(session, key)
        places = own_places(session)
        tried = source_of(session, found.source_id) if found.source_id else None
        there = sources_there(session, found) if report and not report.refusal and not tried else []
        there = [one for one in there if access().may(Act.SOURCES, one.location_id)]
        if given is None and found.entered and report:
            by_id = {str(place.id): place for place in places}
            form = {**found.entered, **found.options}
            given = read_new(form, key, by_id, syntax=report.syntax)
            given.faults.clear()  # nobody has sent it yet
    return render_template(
        "source_look.html",
        frame=around,
        look=found,
        report=report,
        is_lost=found.is_lost(now),
        facts=PLATFORMS.get(key),
        answer_rules=answer_rules,
        default=default_rules(key),
        places=places,
        may_add_places=access().may_everywhere(Act.SOURCES),
        tried=tried,
        there=there,
        given=given,
        suggested=_name_for(found),
    )


def _name_for(found: Look) -> str:
    if found.report is None:
        return ""
    facts = PLATFORMS.get(found.platform)
    return told(facts.name) if facts else found.report.title[:200]


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
        by_link=sorted((one for one in PLATFORMS.values() if one.is_crawlable), key=lambda one: one.name.lower()),
    )


def _to_list(source_id: int) -> Answer:
    return redirect(url_for("sources.show", _anchor=f"source-{source_id}"))


def _found(look_id: str) -> Look:
    found = looks.find(pages(), look_id)
    if found is None:
        abort(404)
    return found


def _before(key: str, look_id: str) -> Look | None:
    """The look whose entries are being changed."""
    before = looks.find(pages(), look_id)
    return before if before is not None and before.platform == key and before.saved_as is None else None


def _facts(key: str) -> Platform:
    if key not in PLATFORMS:
        abort(404)
    return PLATFORMS[key]
