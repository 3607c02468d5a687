"""Reviews out of files or pasted text: upload, see what each column means and what would be stored, then import.

What takes longer is done by the worker while the page comes again by itself; it may be closed meanwhile.
"""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as Answer

from crawlers.errors import ParseError
from crawlers.platforms import PLATFORMS
from db.phrases import say
from db.queries.places import place_of_source
from db.roles import Act
from db.session import read_scope
from db.sources import list_locations, list_sources

from .. import uploads
from ..accounts import access, me
from ..entries import default_rules, read_rules, reason_missing
from ..faults import Refused
from ..filters import count, in_words
from ..guard import check_everywhere, check_place, needs
from ..i18n import gettext, ngettext
from ..import_found import Found
from ..jobs.import_steps import SMALL, cancel, target_for, work_on
from ..jobs.importing import ANY_SITE, PLATFORM, Target
from ..labels import IMPORT_FIELDS
from ..own_places import own_places
from ..pages import frame, pages
from ..platform_limits import rules_in_use
from ..told import told as words_of
from ..uploads import State, Step, Upload

if TYPE_CHECKING:
    from crawlers.imports.columns import Columns

blueprint = Blueprint("imports", __name__)

FILE_MOST = 20 * 1024 * 1024  # all files together
TEXT_MOST = 2 * 1024 * 1024
FORM_REST = 256 * 1024  # the other entries of the form, and the heads of many files
DRAINED_MOST = 4 * 1024**3
DRAINED_AT_ONCE = 1024 * 1024
BEST = (5, 10, 20, 100)
COMES_AGAIN_S = 2
MOST = 10**6  # counts below are written in full


@blueprint.url_value_preprocessor
def take_large(endpoint: str | None, values: dict[str, Any] | None) -> None:  # noqa: ARG001 - Flask's signature
    """Before anything reads the form, its token included: this page alone takes whole files."""
    if endpoint == "imports.take":
        request.max_content_length = FILE_MOST + TEXT_MOST + FORM_REST
        request.max_form_memory_size = TEXT_MOST


@blueprint.errorhandler(RequestEntityTooLarge)
def too_large(error: RequestEntityTooLarge) -> tuple[str, int]:  # noqa: ARG001 - Flask's signature
    """Say the cap, and what to do."""
    _drain()
    fault = gettext("That is too much: 20 MB is the most for files, 2 MB for pasted text. Import it in parts.")
    return _start(fault, is_read=False), 413


@blueprint.get("/import")
@needs(Act.SOURCES)
def start() -> str:
    """Choose files, or paste."""
    return _start("")


@blueprint.post("/import")
@needs(Act.SOURCES)
def take() -> Answer | tuple[str, int]:
    """Keep what was sent, and read it."""
    parts = pages()
    files = _sent()
    if not files:
        return _start(gettext("Choose a file, or paste the reviews.")), 422
    source_id = request.form.get("source", type=int)
    place = " ".join(request.form.get("place", "").split())[:200]
    if source_id is None and not place:
        return _start(gettext("Say which place the reviews are about.")), 422
    _check(source_id, place)
    data_dir = parts.database.make_data_dir()
    upload = uploads.keep(data_dir, files, source_id=source_id, place=place, now=parts.clock(), person_id=_asker())
    try:
        target_for(parts, upload, "")
    except Refused as error:
        uploads.forget(data_dir, upload.id)
        return _start(str(error)), 422
    _begin(upload)
    upload = _kept(upload.id)
    if upload.state is State.FAILED:  # a small file, which was read at once
        uploads.forget(data_dir, upload.id)
        return _start(upload.fault), 422
    return redirect(url_for("imports.show", upload_id=upload.id))


@blueprint.get("/import/<upload_id>")
@needs(Act.SOURCES)
def show(upload_id: str) -> Response:
    """How far it is; then what is in the files; in the end what has become of them."""
    return _shown(_kept(upload_id))


@blueprint.post("/import/<upload_id>")
@needs(Act.SOURCES)
def act(upload_id: str) -> Answer | Response:
    """Look again with other columns, import, or end it."""
    upload = _kept(upload_id)
    _check(upload.source_id, upload.place)
    parts, back = pages(), redirect(url_for("imports.show", upload_id=upload_id))
    action = request.form.get("action")
    if action == "cancel":
        cancel(parts, upload)
        return back
    found = Found.from_json(upload.found)
    if upload.state is not State.READY or found is None:
        return back
    try:
        said = _said(request.form, found)
        target = target_for(parts, upload, found.platform)
    except (ParseError, Refused) as error:
        return _shown(replace(upload, fault=str(error)), status=422)
    changes: dict[str, Any] = {"said": said, "step": Step.READ}
    if action == "store" and found.reviews:
        rules, faults = _rules(found, target)
        if faults:
            return _shown(upload, faults=faults, status=422)
        changes = {"said": said, "rules": rules | {"title": _title(upload, found)}, "step": Step.STORE}
    with uploads.held(parts.database.data_dir, upload_id) as is_ours:
        if is_ours:
            uploads.take_stop(parts.database.data_dir, upload_id)
            now = parts.clock().isoformat()
            uploads.save(
                parts.database.data_dir, replace(upload, state=State.WAITING, fault="", kept_at=now, **changes)
            )
    _begin(upload)
    return back


@blueprint.get("/import/<upload_id>/rejected.csv")
@needs(Act.SOURCES)
def rejected(upload_id: str) -> Response:
    """All rejected rows with their reasons; no cell is a formula to the program that opens it."""
    upload = _kept(upload_id)
    try:
        text = uploads.rejected_path(pages().database.data_dir, upload).read_text("utf-8-sig")
    except FileNotFoundError:
        abort(404)
    answer = make_response("\ufeff" + _in_words_of_reader(text))  # Excel reads UTF-8 only with its mark
    answer.headers["Content-Type"] = "text/csv; charset=utf-8"
    answer.headers["Content-Disposition"] = 'attachment; filename="rejected.csv"'
    return answer


def _in_words_of_reader(text: str) -> str:
    """The rejected rows, which were written down as phrases and values."""
    from crawlers.imports.rejected import REASON

    rows, file = csv.reader(io.StringIO(text, newline="")), io.StringIO(newline="")
    writer = csv.writer(file)
    head = next(rows)
    at = head.index(REASON)
    writer.writerow([*(words_of(name) for name in head[: at + 1]), *head[at + 1 :]])
    writer.writerows([*row[:at], words_of(row[at]), *row[at + 1 :]] for row in rows)
    return file.getvalue()


def _begin(upload: Upload) -> None:
    """Small files at once; larger ones are found by the worker."""
    if upload.size <= SMALL:
        work_on(pages(), upload.id)


def _sent() -> list[tuple[str, bytes]]:
    """(name, bytes) of each file, or of pasted text, which has no name."""
    chosen = [file for file in request.files.getlist("file") if file.filename]
    if chosen:
        return [((file.filename or "")[-200:], file.stream.read()) for file in chosen]
    text = request.form.get("text", "")
    return [("", text.encode("utf-8", "replace"))] if text.strip() else []


def _drain() -> None:
    """Take what is still on its way: a browser that is cut off while it sends shows no answer, only a broken line."""
    left = min(request.content_length or 0, DRAINED_MOST)
    stream = request.environ["wsgi.input"]
    while left > 0 and (part := stream.read(min(DRAINED_AT_ONCE, left))):
        left -= len(part)


def _start(fault: str, *, is_read: bool = True) -> str:
    parts = pages()
    # What was too large was never read, and its other entries neither.
    given = request.form if request.method == "POST" and is_read else MultiDict[str, str]()
    now = parts.clock()
    mine = [one for one in uploads.listed(parts.database.data_dir, now=now) if one.person_id == _asker()]
    with read_scope(parts.engine) as session:
        around = frame(session, now=now)
        places = [place.name for place in own_places(session)]
        files = [source for source in list_sources(session) if source.platform == PLATFORM]
        sources = [source for source in files if access().may(Act.SOURCES, source.location_id)]
        return render_template(
            "import_new.html",
            frame=around,
            places=places,
            sources=sources,
            chosen=given.get("source", request.args.get("source", "")),
            place=given.get("place", ""),
            text=given.get("text", ""),
            fault=fault,
            latest=[_line(one) for one in reversed(mine)],
        )


def _check(source_id: int | None, place: str) -> None:
    """Only into places whose sources whoever asks may look after; a new place only where that is all of them."""
    with read_scope(pages().engine) as session:
        known = [one.id for one in list_locations(session) if one.name == place]
        location_id = place_of_source(session, source_id) if source_id is not None else next(iter(known), None)
    if location_id is not None:
        check_place(Act.SOURCES, location_id)
    elif source_id is None:
        check_everywhere(Act.SOURCES)


def _asker() -> int:
    who = me()
    return who.person_id if who else 0


def _line(upload: Upload) -> dict[str, Any]:
    """One of the last hour's, for the list."""
    words = {
        State.WAITING: gettext("waits"),
        State.WORKING: gettext("under way"),
        State.READY: gettext("waits for you"),
        State.STORED: gettext("imported"),
        State.CANCELLED: gettext("cancelled"),
        State.FAILED: gettext("not read"),
    }[upload.state]
    return {"id": upload.id, "name": upload.filename or gettext("Pasted text"), "state": words}


def _kept(upload_id: str) -> Upload:
    parts = pages()
    found = uploads.find(parts.database.data_dir, upload_id, now=parts.clock())
    if found is None or found.person_id != _asker():
        abort(404)
    return found


def _said(form: MultiDict[str, str], found: Found) -> dict[str, Any]:
    """The columns as chosen on the page. Raises ParseError."""
    from crawlers.imports.columns import FIELDS, Columns

    fields = {name: form[f"column-{name}"] for name in FIELDS if form.get(f"column-{name}")}
    best = form.get("best", type=float)
    order = form.get("order") or form.get("dates", "")
    said: Columns = Columns.from_json({"fields": fields, "dates": order, "best": best or None})
    if missing := said.missing(found.headers):
        raise ParseError(say('The file has no column "%(name)s".', name=missing[0][:60]))
    return said.as_json()


def _rules(found: Found, target: Target | None) -> tuple[dict[str, Any], dict[str, str]]:
    """(rules of the source that is made for saved pages, what is wrong with them by field)."""
    if not found.platform or target is not None:
        return {}, {}
    default = default_rules(found.platform)
    rules, reason = read_rules(request.form, otherwise=default), request.form.get("reason", "")
    faults = reason_missing(rules, default, reason)
    if request.form.get("confirmed") != "yes":
        faults["confirmed"] = gettext("Say that you may keep these pages: nothing is imported without.")
    basis = f"{gettext('Saved by hand.')} {' '.join(reason.split())}".strip()
    return {"retention": str(rules.retention), "may_judge": rules.may_judge, "basis": basis[:1000]}, faults


def _shown(upload: Upload, *, faults: dict[str, str] | None = None, status: int = 200) -> Response:
    parts = pages()
    now = parts.clock()
    found = Found.from_json(upload.found)
    with read_scope(parts.engine) as session:
        around = frame(session, now=now)
        answer_rules = rules_in_use(session, found.platform) if found else None
    values: dict[str, Any] = {"frame": around, "upload": upload, "found": found, "State": State, "Step": Step}
    if upload.is_under_way:
        is_alone = not uploads.is_worker_there(parts.database.data_dir)
        is_ending = uploads.is_to_stop(parts.database.data_dir, upload.id)
        page = render_template("import_progress.html", is_alone=is_alone, is_ending=is_ending, **values)
        answer = make_response(page)
        answer.headers["Refresh"] = str(COMES_AGAIN_S)  # a header, so that it needs neither script nor markup
        return answer
    if upload.state is not State.READY or found is None:
        return make_response(render_template("import_result.html", summary=_summary(found), **values), status)
    try:
        target = target_for(parts, upload, found.platform)
    except Refused as error:
        target, upload = None, replace(upload, fault=str(error))
        values["upload"] = upload
    facts = PLATFORMS.get(found.platform)
    page = render_template(
        "import_preview.html",
        goes_to=target.name if target else _new_source(upload, found),
        is_new=target is None,
        facts=facts,
        answer_rules=answer_rules,
        default=default_rules(found.platform),
        fields=IMPORT_FIELDS,
        best=BEST,
        summary=_summary(found),
        faults=faults or {},
        typed=request.form,
        orders=_orders(found.example),
        day=date.fromisoformat,
        **values,
    )
    return make_response(page, status)


def _new_source(upload: Upload, found: Found) -> str:
    if not found.platform:
        return upload.place
    if found.platform == ANY_SITE:
        return f"{upload.place}: {gettext('saved pages')}"
    return f"{upload.place}: {gettext('%(name)s, saved pages', name=PLATFORMS[found.platform].name)}"


def _title(upload: Upload, found: Found) -> str:
    """What a source that is made for it is called from then on."""
    return _new_source(upload, found) if found.platform else f"{upload.place}: {gettext('files')}"


def _summary(found: Found | None) -> str:
    if found is None:
        return ""
    told = [ngettext("%(num)s review", "%(num)s reviews", found.reviews, num=count(found.reviews, most=MOST))]
    if found.files > 1:
        told.append(ngettext("%(num)s file", "%(num)s files", found.files, num=count(found.files, most=MOST)))
    if found.rejected:
        told.append(
            ngettext(
                "%(num)s row is rejected",
                "%(num)s rows are rejected",
                found.rejected,
                num=count(found.rejected, most=MOST),
            )
        )
    if found.skipped:
        told.append(
            ngettext("%(num)s empty row", "%(num)s empty rows", found.skipped, num=count(found.skipped, most=MOST))
        )
    return " · ".join(told)


def _orders(example: str) -> list[tuple[str, str]]:
    """(order, the example read in it) where a date of the file can be read in two ways."""
    from crawlers.imports.column_dates import read_in_order

    both = ((order, read_in_order(example, order)) for order in ("dmy", "mdy"))
    return [(order, in_words(day)) for order, day in both if day is not None]
