"""The sources there are: how each is doing, and what its owner may change about it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from crawlers.platforms import PLATFORMS
from db.errors import BadValue
from db.models import Source
from db.queries.sources import source_counts, source_page
from db.schedule import LEAST_EVERY_S, NotNow, check_now
from db.session import read_scope, session_scope
from db.source_changes import (
    SourceRules,
    close_hook,
    new_hook,
    remove_source,
    rename_source,
    set_access,
    set_rules,
    source_of,
)
from db.sources import disable_source, enable_source
from db.vault import Vault, vault_of

from .. import looks
from ..entries import Access, default_rules, read_access, read_rules, reason_missing
from ..filters import clock_or_date
from ..i18n import gettext
from ..jobs.purging import forget_source
from ..labels import NOT_NOW, label
from ..pages import Pages, frame, pages
from ..receivers import RECEIVERS

blueprint = Blueprint("sources", __name__)
ID_MOST = 2**31 - 1
ONE = f"/sources/<int(max={ID_MOST}):source_id>"
ROWS = 50
SEARCH_MOST = 100


@blueprint.get("/sources")
def show() -> str:
    """A page of the sources, all of them or those that hold some words."""
    parts = pages()
    now = parts.clock()
    search = " ".join(request.args.get("q", "").replace("\0", "").split())[:SEARCH_MOST]
    page = request.args.get("page", 1, type=int)
    with read_scope(parts.engine) as session:
        found = source_page(session, now=now, search=search, page=min(page, ID_MOST // ROWS), size=ROWS)
        around = frame(session, now=now)
    return render_template("sources.html", frame=around, found=found, search=search)


@blueprint.post(f"{ONE}/check")
def check(source_id: int) -> Response:
    """Read it now, where its platform lets that be."""
    parts = pages()
    now = parts.clock()
    with session_scope(parts.engine) as session:
        source = _source(session, source_id)
        facts = PLATFORMS.get(source.platform)
        least = facts.least_every_s if facts else LEAST_EVERY_S
        done = check_now(session, source_id, now, least_every_s=least)
        timezone = source.location.timezone
    if done.refusal is None:
        flash(gettext("It is read within a minute, while Amends runs."))
    else:
        again = clock_or_date(done.again_at, now=now, timezone=timezone) if done.again_at else ""
        words = label(NOT_NOW, done.refusal)
        is_later = again and done.refusal is not NotNow.RUNNING
        flash(f"{words} {gettext('Ask again from %(time)s on.', time=again)}" if is_later else words, "not")
    return _back(source_id)


@blueprint.post(f"{ONE}/pause")
def pause(source_id: int) -> Response:
    """Read it no more until somebody says so."""
    with session_scope(pages().engine) as session:
        disable_source(session, _source(session, source_id).slug)
    flash(gettext("Paused. Its reviews stay where they are."))
    return _back(source_id)


@blueprint.post(f"{ONE}/resume")
def resume(source_id: int) -> Response:
    """Read it again."""
    parts = pages()
    with session_scope(parts.engine) as session:
        enable_source(session, _source(session, source_id).slug, now=parts.clock())
    flash(gettext("It is read again."))
    return _back(source_id)


@blueprint.get(f"{ONE}/edit")
def edit(source_id: int) -> str:
    """The settings of a source."""
    with read_scope(pages().engine) as session:
        return _form(session, _source(session, source_id))


@blueprint.post(f"{ONE}/edit")
def save(source_id: int) -> Response | str | tuple[str, int]:
    """Save them, or try the entries of an API out first."""
    parts = pages()
    now = parts.clock()
    with session_scope(parts.engine) as session:
        source = _source(session, source_id)
        facts = PLATFORMS.get(source.platform)
        access = None
        if facts is not None and facts.apis:
            vault = open_keys(parts)
            access = read_access(facts, request.form, keys=stored_keys(vault, source), options=source.options)
            if request.form.get("do") == "test":
                look = looks.begin(
                    parts,
                    platform=facts.key,
                    url=source.url,
                    place_ref=access.place_ref,
                    keys=access.keys,
                    options=access.options,
                    source_id=source.id,
                )
                return redirect(url_for("adding.look", look_id=look.id))
        default = default_rules(source.platform)
        rules = read_rules(request.form, otherwise=SourceRules(retention=source.retention, may_judge=source.may_judge))
        faults = {}
        if not request.form.get("name", "").strip():
            faults["name"] = gettext("Give the source a name.")
        if rules != SourceRules(retention=source.retention, may_judge=source.may_judge):
            faults |= reason_missing(rules, default, request.form.get("reason", ""))
        if faults:
            return _form(session, source, faults=faults), 422
        rename_source(session, source, request.form["name"])
        set_rules(session, source, rules, default=default, reason=request.form.get("reason", ""), now=now)
        if access is not None:
            store_access(session, source, access, vault, parts=parts)
    flash(gettext("Saved."))
    return _back(source_id)


@blueprint.get(f"{ONE}/remove")
def ask_removal(source_id: int) -> str:
    """What is to become of its reviews."""
    parts = pages()
    with read_scope(parts.engine) as session:
        source = _source(session, source_id)
        return render_template(
            "source_remove.html",
            frame=frame(session, now=parts.clock()),
            source=source,
            counts=source_counts(session, source_id),
            faults={},
        )


@blueprint.post(f"{ONE}/remove")
def remove(source_id: int) -> Response | tuple[str, int]:
    """Take it off the list, with its reviews or without."""
    parts = pages()
    wish = request.form.get("reviews", "")
    with session_scope(parts.engine) as session:
        source = _source(session, source_id)
        if wish not in {"keep", "delete"}:
            page = render_template(
                "source_remove.html",
                frame=frame(session, now=parts.clock()),
                source=source,
                counts=source_counts(session, source_id),
                faults={"reviews": gettext("Say what is to become of its reviews.")},
            )
            return page, 422
        is_read = remove_source(session, source, with_reviews=wish == "delete", now=parts.clock())
    forget_source(parts.engine, parts.database.data_dir, source_id)
    flash(gettext("Removed.") if wish == "delete" else gettext("Removed. Its reviews stay."))
    if is_read:
        flash(gettext("It was being read just now: that reading stores nothing more and ends within a few seconds."))
    return redirect(url_for("sources.show"))


@blueprint.post(f"{ONE}/hook")
def hook(source_id: int) -> str | Response:
    """A new address for the platform to call, shown once; or none."""
    parts = pages()
    with session_scope(parts.engine) as session:
        source = _source(session, source_id)
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


def open_keys(parts: Pages) -> Vault:
    """The vault that holds the keys of sources."""
    return vault_of(parts.database)


def stored_keys(vault: Vault, source: Source) -> dict[str, str]:
    """The keys of a source; none where they were sealed with a key that is lost, so that they can be entered anew."""
    try:
        return vault.open(source.sealed_keys)
    except BadValue:
        return {}


def store_access(session: Session, source: Source, access: Access, vault: Vault, *, parts: Pages) -> None:
    """Keep the entries of an API where they have changed; the source is then due."""
    is_same = access.place_ref == source.place_ref and access.options == source.options
    if is_same and access.keys == stored_keys(vault, source):
        return
    set_access(
        session,
        source,
        place_ref=access.place_ref,
        options=access.options,
        sealed_keys=vault.seal(access.keys),
        now=parts.clock(),
    )


def _form(session: Session, source: Source, *, faults: dict[str, str] | None = None) -> str:
    parts = pages()
    facts = PLATFORMS.get(source.platform)
    keys = stored_keys(open_keys(parts), source) if source.sealed_keys else {}
    return render_template(
        "source_edit.html",
        frame=frame(session, now=parts.clock()),
        source=source,
        facts=facts,
        stored=set(keys),
        default=default_rules(source.platform),
        faults=faults or {},
        typed=request.form,
        can_be_called=source.platform in RECEIVERS,
    )


def _source(session: Session, source_id: int) -> Source:
    source = source_of(session, source_id)
    if source is None:
        abort(404)
    return source


def _back(source_id: int) -> Response:
    """To the row on the page of the list where the form stood."""
    kept: dict[str, Any] = {name: request.args[name] for name in ("q", "page") if name in request.args}
    return redirect(url_for("sources.show", _anchor=f"source-{source_id}", **kept))
