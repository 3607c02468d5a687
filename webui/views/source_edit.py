"""One source: everything it has, what its owner may change about it, and its removal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from flask import abort, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from crawlers.choices import choices_of
from crawlers.errors import RefusedUrl
from crawlers.links import cleaned
from crawlers.platforms import PLATFORMS, Platform
from crawlers.probe import check_url
from db.errors import BadValue, SourceExists
from db.models import Retention, Source
from db.queries.sources import last_runs, source_counts
from db.roles import Act
from db.session import read_scope, session_scope
from db.source_changes import (
    SourceRules,
    close_hook,
    move_source,
    new_hook,
    reading_of,
    remove_source,
    rename_source,
    set_basis,
    set_link,
    set_notices_edits,
    set_reading,
    set_rules,
)

from .. import looks
from ..entries import NOTE_MOST, Access, default_rules, read_access, read_rules, reason_missing
from ..guard import needs
from ..i18n import gettext
from ..jobs.purging import forget_copies
from ..looks import Look
from ..new_sources import address_of_api, link_of, open_keys, store_access, stored_keys
from ..own_places import own_places
from ..pages import frame, pages
from ..platform_limits import rules_in_use
from ..receivers import RECEIVERS
from ..security import safe_url
from ..settings_seen import FIELD, changed_since, mark_of
from ..told import told
from ..wishes import Wishes, read_wishes, wants_edits, written_choices
from .sources import ONE, back_to_list, blueprint, the_source

URL_MOST = 2000
RUNS_SHOWN = 8
NOT_KEPT = ("csrf_token", "do", "look", FIELD)  # of a form whose entries are tried; keys are left out as well


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """What the form of a source held."""

    url: str
    access: Access | None
    wishes: Wishes
    rules: SourceRules
    faults: dict[str, str] = field(default_factory=dict)


@blueprint.get(f"{ONE}/edit")
@needs(Act.SOURCES, of="source_id")
def edit(source_id: int) -> str:
    """The settings of a source; as they were typed where its entries have just been tried."""
    with read_scope(pages().engine) as session:
        return _form(session, the_source(session, source_id), before=_before(source_id, request.args.get("look", "")))


@blueprint.post(f"{ONE}/edit")
@needs(Act.SOURCES, of="source_id")
def save(source_id: int) -> Response | str | tuple[str, int]:
    """Save them, or try out what is asked with them first."""
    parts = pages()
    before = _before(source_id, request.form.get("look", ""))
    with session_scope(parts.engine) as session:
        source = the_source(session, source_id, is_held=True)  # till all is stored that was compared
        facts = PLATFORMS.get(source.platform)
        entered = _read(source, facts, before)
        if request.form.get("do") == "test":
            blocking = entered.faults.keys() & {"url", *choices_of(source.platform, source.syntax)}
            return (_form(session, source, faults=entered.faults), 422) if blocking else _try(source, entered)
        if changed_since(source, request.form.get(FIELD, "")):
            return _form(session, source, faults=entered.faults), 409
        faults = entered.faults | _store(session, source, facts, entered)
        if faults:
            session.rollback()
            return _form(session, the_source(session, source_id), faults=faults), 422
        is_moved = entered.access is None and entered.url != source.url
        if is_moved:
            flash(gettext("Saved, but for the address: it is looked at first."))
            return _try(source, entered)
    if before:
        looks.forget(parts, before)
    flash(gettext("Saved."))
    return back_to_list(source_id)


@blueprint.get(f"{ONE}/remove")
@needs(Act.SOURCES, of="source_id")
def ask_removal(source_id: int) -> str:
    """What is to become of its reviews."""
    with read_scope(pages().engine) as session:
        return _removal(session, the_source(session, source_id))


@blueprint.post(f"{ONE}/remove")
@needs(Act.SOURCES, of="source_id")
def remove(source_id: int) -> Response | tuple[str, int]:
    """Take it off the list, with its reviews or without."""
    parts = pages()
    wish = request.form.get("reviews", "")
    with session_scope(parts.engine) as session:
        source = the_source(session, source_id)
        if wish not in {"keep", "delete"}:
            fault = gettext("Say what is to become of its reviews.")
            return _removal(session, source, faults={"reviews": fault}), 422
        try:
            is_read = remove_source(session, source, with_reviews=wish == "delete", now=parts.clock())
        except BadValue as error:
            return _removal(session, source, faults={"reviews": told(str(error))}), 422
    forget_copies(parts.engine, parts.database.data_dir, [source_id])
    flash(gettext("Removed.") if wish == "delete" else gettext("Removed. Its reviews stay."))
    if is_read:
        flash(gettext("It was being read just now: that reading stores nothing more and ends within a few seconds."))
    return redirect(url_for("sources.show"))


@blueprint.post(f"{ONE}/hook")
@needs(Act.SOURCES, of="source_id")
def hook(source_id: int) -> str | Response:
    """A new address for the platform to call, shown once; or none."""
    parts = pages()
    with session_scope(parts.engine) as session:
        source = the_source(session, source_id)
        if source.platform not in RECEIVERS:
            abort(404)
        if request.form.get("do") == "close":
            close_hook(session, source)
            flash(gettext("The address is void now."))
            return redirect(url_for("sources.edit", source_id=source_id))
        token = new_hook(session, source)
        address = f"{parts.settings.public_url}{url_for('hooks.take', token=token)}"
        return render_template(
            "source_hook.html",
            frame=frame(session, now=parts.clock()),
            source=source,
            address=address,
            is_local=not parts.settings.base_url,
        )


def _read(source: Source, facts: Platform | None, before: Look | None) -> Entered:
    """The form, with its faults."""
    form = request.form
    access = None
    if facts is not None and facts.apis:
        keys = before.keys if before else stored_keys(open_keys(pages()), source)
        access = read_access(facts, form, keys=keys, options=source.options)
    wishes = read_wishes(form, source.platform, source.syntax, now=reading_of(source))
    present = SourceRules(retention=source.retention, may_judge=source.may_judge)
    rules = read_rules(form, otherwise=present)
    faults = dict(wishes.faults)
    if not form.get("name", "").strip():
        faults["name"] = gettext("Give the source a name.")
    if rules != present:
        faults |= reason_missing(rules, default_rules(source.platform, source.syntax), form.get("reason", ""))
    if "basis" in form and not form["basis"].strip() and source.basis_note:
        faults["basis"] = gettext("Say why it may be read.")
    url, fault = _url(source, facts)
    return Entered(
        url=url, access=access, wishes=wishes, rules=rules, faults=faults | ({"url": fault} if fault else {})
    )


def _url(source: Source, facts: Platform | None) -> tuple[str, str]:
    """(address, fault). The link of an API is only opened by people; any other address is asked, so it must be one
    that may be visited."""
    written = request.form.get("url", source.url).strip()
    if written == source.url or not (facts and (facts.apis or facts.is_crawlable)):
        return source.url, ""
    url = cleaned(written[:URL_MOST])
    if facts.apis and not written:
        return address_of_api(facts, source.place_ref), ""
    if facts.apis:
        return (safe_url(url) or source.url), "" if safe_url(url) else gettext("This is no web address.")
    try:
        return check_url(url, pages().crawl_settings()), ""
    except RefusedUrl as error:
        return written, told(str(error))


def _store(session: Session, source: Source, facts: Platform | None, entered: Entered) -> dict[str, str]:
    """Store what has no fault, and say which places or addresses are taken."""
    now, form = pages().clock(), request.form
    if entered.faults:
        return {}
    rename_source(session, source, form["name"])
    if "basis" in form:
        set_basis(session, source, form["basis"][:NOTE_MOST])
    set_rules(
        session,
        source,
        entered.rules,
        default=default_rules(source.platform, source.syntax),
        reason=form.get("reason", ""),
        now=now,
    )
    place = form.get("place", "")
    if place.isascii() and place.isdecimal() and int(place) != source.location_id:
        if int(place) not in {one.id for one in own_places(session)}:
            return {"place": gettext("Choose one of the places.")}
        try:
            move_source(session, source, int(place), now=now)
        except SourceExists:
            return {"place": gettext("That place has a source of the same address.")}
    set_reading(session, source, entered.wishes.reading, now=now)
    notices_edits = wants_edits(form, otherwise=source.notices_edits)
    if notices_edits != source.notices_edits:
        set_notices_edits(session, source, notices_edits)
    if entered.access is not None and facts is not None:
        options = {**entered.wishes.reading.options, **entered.access.options}
        access = replace(entered.access, options=options)
        store_access(session, source, access, open_keys(pages()), parts=pages())
        try:
            set_link(session, source, entered.url)
        except SourceExists:
            return {"url": gettext("Another source of this place has the same link.")}
    return {}


def _try(source: Source, entered: Entered) -> Response:
    """Look with what was entered; nothing of that is stored before."""
    typed = {
        name: value[:URL_MOST]
        for name, value in request.form.items()
        if name not in NOT_KEPT and not name.startswith("key-")
    }
    if entered.access is not None:
        look = looks.begin(
            pages(),
            platform=source.platform,
            url=entered.url,
            place_ref=entered.access.place_ref,
            keys=entered.access.keys,
            options=entered.access.options,
            source_id=source.id,
            entered=typed,
            seen=request.form.get(FIELD, ""),
        )
    else:
        options = {name: entered.wishes.written[name] for name in choices_of(source.platform, source.syntax)}
        look = looks.begin(
            pages(),
            url=entered.url,
            options=options,
            source_id=source.id,
            entered=typed,
            seen=request.form.get(FIELD, ""),
        )
    return redirect(url_for("adding.look", look_id=look.id))


def _before(source_id: int, look_id: str) -> Look | None:
    """The look at this very source whose entries are being changed."""
    before = looks.find(pages(), look_id) if look_id else None
    return before if before is not None and before.source_id == source_id else None


def _form(session: Session, source: Source, *, faults: dict[str, str] | None = None, before: Look | None = None) -> str:
    parts = pages()
    facts = PLATFORMS.get(source.platform)
    keys = before.keys if before else stored_keys(open_keys(parts), source) if source.sealed_keys else {}
    typed: Mapping[str, str] = before.entered if before else request.form
    return render_template(
        "source_edit.html",
        frame=frame(session, now=parts.clock()),
        source=source,
        facts=facts,
        answer_rules=rules_in_use(session, source.platform),
        stored=set(keys),
        default=default_rules(source.platform, source.syntax),
        faults=faults or {},
        typed=typed,
        entries={**source.options, **(before.options if before else {})},
        before=before,
        link=link_of(source.platform, source.url),
        keys_typed=any(request.form.get(f"key-{key.name}") for key in facts.keys if key.is_secret) if facts else False,
        seen=mark_of(source),
        changed=changed_since(source, before.seen if before else request.form.get(FIELD, "")),
        choices=choices_of(source.platform, source.syntax),
        written=written_choices(source.options),
        keeps_no_text=source.retention is Retention.NO_STORE,
        places=own_places(session),
        runs=last_runs(session, source.id, limit=RUNS_SHOWN),
        counts=source_counts(session, source.id),
        can_be_called=source.platform in RECEIVERS,
    )


def _removal(session: Session, source: Source, *, faults: dict[str, str] | None = None) -> str:
    parts = pages()
    now = parts.clock()
    is_read_now = source.claim is not None and source.claimed_until is not None and source.claimed_until >= now
    return render_template(
        "source_remove.html",
        frame=frame(session, now=now),
        source=source,
        counts=source_counts(session, source.id),
        is_read_now=is_read_now,
        faults=faults or {},
    )
