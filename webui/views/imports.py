"""Reviews out of a file or pasted text: upload, see what each column means and what would be stored, then import."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, abort, flash, make_response, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as Answer

from crawlers.errors import ParseError
from db.errors import BadValue
from db.ingest import IngestCounts
from db.models import Source
from db.session import read_scope, session_scope
from db.sources import list_locations, list_sources

from .. import uploads
from ..faults import Refused
from ..i18n import gettext, ngettext
from ..jobs.importing import PLATFORM, Target, file_source, known_file_source, plan_import, store_import, target_of
from ..labels import IMPORT_FIELDS
from ..pages import frame, pages
from ..uploads import Upload

if TYPE_CHECKING:
    from crawlers.imports.columns import Columns
    from crawlers.imports.plan import ImportPlan

blueprint = Blueprint("imports", __name__)

FILE_MOST = 20 * 1024 * 1024
TEXT_MOST = 2 * 1024 * 1024
FORM_REST = 64 * 1024  # the other entries of the form
SHOWN_REVIEWS = 5
SHOWN_REJECTED = 20
BEST = (5, 10, 20, 100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What the page shows of a plan."""

    upload: Upload
    plan: ImportPlan
    goes_to: str
    counts: IngestCounts


@blueprint.url_value_preprocessor
def take_large(endpoint: str | None, values: dict[str, Any] | None) -> None:  # noqa: ARG001 - Flask's signature
    """Before anything reads the form, its token included: this page alone takes a whole file."""
    if endpoint == "imports.take":
        request.max_content_length = FILE_MOST + TEXT_MOST + FORM_REST
        request.max_form_memory_size = TEXT_MOST


@blueprint.errorhandler(RequestEntityTooLarge)
def too_large(error: RequestEntityTooLarge) -> tuple[str, int]:  # noqa: ARG001 - Flask's signature
    """Say the cap, and what to do."""
    fault = gettext("That is too much: 20 MB is the most for a file, 2 MB for pasted text. Import it in parts.")
    return _start(fault, is_read=False), 413


@blueprint.get("/import")
def start() -> str:
    """Choose a file, or paste."""
    return _start("")


@blueprint.post("/import")
def take() -> Answer | tuple[str, int]:
    """Keep what was sent, if it can be read, and show what is in it."""
    parts = pages()
    data, filename = _sent()
    if not data.strip():
        return _start(gettext("Choose a file, or paste the reviews.")), 422
    source_id = request.form.get("source", type=int)
    place = " ".join(request.form.get("place", "").split())[:200]
    if source_id is None and not place:
        return _start(gettext("Say which place the reviews are about.")), 422
    try:
        target = _target(source_id, place)
        plan_import(data, filename, remembered=target.remembered if target else None, now=parts.clock())
    except (ParseError, Refused) as error:
        return _start(str(error)), 422
    upload = uploads.keep(
        parts.database.make_data_dir(), data, filename=filename, source_id=source_id, place=place, now=parts.clock()
    )
    return redirect(url_for("imports.show", upload_id=upload.id))


@blueprint.get("/import/<upload_id>")
def show(upload_id: str) -> str:
    """What is in the file, with the columns as guessed or remembered."""
    upload, data = _kept(upload_id)
    return _page(upload, _plan(upload, data, None))


@blueprint.post("/import/<upload_id>")
def act(upload_id: str) -> Answer | tuple[str, int] | str:
    """Look again with other columns, hand out the rejected rows, or import."""
    upload, data = _kept(upload_id)
    try:
        plan = _plan(upload, data, _said(request.form))
    except ParseError as error:
        return _page(upload, _plan(upload, data, None), fault=str(error)), 422
    action = request.form.get("action")
    if action == "rejected":
        return _rejected(plan)
    if action != "store" or not plan.items:
        return _page(upload, plan)
    parts = pages()
    try:
        with session_scope(parts.engine) as session:
            target = _target(upload.source_id, upload.place) or target_of(
                file_source(session, upload.place, now=parts.clock())
            )
        counts = store_import(parts, target.source_id, plan)
    except (Refused, BadValue) as error:
        return _page(upload, plan, fault=str(error)), 409
    uploads.forget(parts.database.data_dir, upload.id)
    flash(
        gettext(
            "Imported: %(new)s new, %(changed)s changed, %(same)s as before.",
            new=counts.new,
            changed=counts.changed,
            same=counts.unchanged,
        )
    )
    return redirect(url_for("sources.show", _anchor=f"source-{target.source_id}"))


def _sent() -> tuple[bytes, str]:
    """(bytes, name of the file); pasted text has none."""
    file = request.files.get("file")
    if file is not None and file.filename:
        return file.stream.read(FILE_MOST + 1), file.filename[-200:]
    return request.form.get("text", "").encode("utf-8", "replace"), ""


def _start(fault: str, *, is_read: bool = True) -> str:
    parts = pages()
    # What was too large was never read, and its other entries neither.
    given = request.form if request.method == "POST" and is_read else MultiDict[str, str]()
    with read_scope(parts.engine) as session:
        around = frame(session, now=parts.clock())
        places = [place.name for place in list_locations(session)]
        sources = [source for source in list_sources(session) if source.platform == PLATFORM]
        return render_template(
            "import_new.html",
            frame=around,
            places=places,
            sources=sources,
            chosen=given.get("source", request.args.get("source", "")),
            place=given.get("place", ""),
            text=given.get("text", ""),
            fault=fault,
        )


def _kept(upload_id: str) -> tuple[Upload, bytes]:
    parts = pages()
    found = uploads.find(parts.database.data_dir, upload_id, now=parts.clock())
    if found is None:
        abort(404)
    return found


def _target(source_id: int | None, place: str) -> Target | None:
    """Where it goes; None for a source that is still to be made."""
    with read_scope(pages().engine) as session:
        source = session.get(Source, source_id) if source_id is not None else known_file_source(session, place)
        if source is None and source_id is not None:
            raise Refused("The source has been removed. Start again.")
        return target_of(source) if source else None


def _plan(upload: Upload, data: bytes, said: Columns | None) -> ImportPlan:
    target = _target(upload.source_id, upload.place)
    remembered = target.remembered if target else None
    return plan_import(data, upload.filename, said, remembered=remembered, now=pages().clock())


def _said(form: MultiDict[str, str]) -> Columns:
    """The columns as chosen on the page. Raises ParseError."""
    from crawlers.imports.columns import FIELDS, Columns

    fields = {name: form[f"column-{name}"] for name in FIELDS if form.get(f"column-{name}")}
    best = form.get("best", type=float)
    return Columns.from_json({"fields": fields, "dates": form.get("dates", ""), "best": best or None})


def _page(upload: Upload, plan: ImportPlan, *, fault: str = "") -> str:
    parts = pages()
    target = _target(upload.source_id, upload.place)
    if target is None:
        counts = IngestCounts(new=len(plan.items))
    else:
        counts = store_import(parts, target.source_id, plan, dry_run=True)
    with read_scope(parts.engine) as session:
        around = frame(session, now=parts.clock())
    return render_template(
        "import_preview.html",
        frame=around,
        preview=Preview(upload=upload, plan=plan, goes_to=target.name if target else upload.place, counts=counts),
        fields=IMPORT_FIELDS,
        best=BEST,
        shown=SHOWN_REVIEWS,
        shown_rejected=SHOWN_REJECTED,
        summary=_summary(plan),
        fault=fault,
    )


def _summary(plan: ImportPlan) -> str:
    parts = [ngettext("%(num)s review", "%(num)s reviews", len(plan.items))]
    if plan.rejected:
        parts.append(ngettext("%(num)s row is rejected", "%(num)s rows are rejected", len(plan.rejected)))
    if plan.skipped:
        parts.append(ngettext("%(num)s empty row", "%(num)s empty rows", plan.skipped))
    return " · ".join(parts)


def _rejected(plan: ImportPlan) -> Response:
    from crawlers.imports.plan import write_rejected

    file = io.StringIO()
    write_rejected(plan, file)
    answer = make_response("\ufeff" + file.getvalue())  # Excel reads UTF-8 only with its mark
    answer.headers["Content-Type"] = "text/csv; charset=utf-8"
    answer.headers["Content-Disposition"] = 'attachment; filename="rejected.csv"'
    return answer
