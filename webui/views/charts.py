"""The page of charts, their pictures and their files."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Hashable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, cast

from flask import Blueprint, Response, abort, g, render_template, request, url_for

from crawlers.imports.rejected import harmless
from db.queries.places import NamedPlace, named_places
from db.roles import Act
from db.session import read_scope

from ..accounts import access
from ..chart_scope import MONTHS, WEEKS, Scope, scope_of
from ..chart_words import HOW, NOTHING, TITLES
from ..charted import BUILDERS, FOR_APPROVERS
from ..charts import LIGHT, LOOKS, PRINT, Cell, Chart, Table, draw
from ..charts.chart import NARROW, WIDE
from ..guard import RoleTooLow, check_place, needs
from ..i18n import current_locale
from ..labels import label
from ..pages import frame, pages

blueprint = Blueprint("charts", __name__)
WIDTHS = (WIDE, NARROW)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartView:
    """One chart as the page shows it."""

    name: str
    what: str  # it is about
    finding: str
    how: str
    nothing: str  # what to do where there is nothing to draw; empty: there is
    height: int
    table: Table


@blueprint.get("/figures")
@needs(Act.READ)
def show() -> str:
    """Every chart that whoever asks may see, of one place or of all of theirs; with `look=print` for paper."""
    now = pages().clock()
    with read_scope(pages().engine) as session:
        places = named_places(session, places=access().places(Act.READ))
        chosen, by = _chosen(places), _by()
        scope = scope_of([chosen] if chosen else places, by, now=now) if places else None
        charts = [
            _view(name, BUILDERS[name](session, own))
            for name in BUILDERS
            if scope is not None and (own := _allowed(name, scope)) is not None
        ]
        return render_template(
            "figures.html",
            frame=frame(session, now=now),
            places=places,
            chosen=chosen,
            by=by,
            charts=charts,
            is_print=request.args.get("look") == PRINT.name,
            widths={"wide": WIDE, "narrow": NARROW},
            queue_of=lambda cell: queue_url(cell, chosen),
        )


@blueprint.get("/figures/<name>.svg")
@needs(Act.READ)
def picture(name: str) -> Response:
    """One of them. Browsers keep it, and ask each time whether it still holds."""
    look, width = request.args.get("look", LIGHT.name), request.args.get("width", WIDE, type=int)
    if look not in LOOKS or width not in WIDTHS:
        abort(404)
    chart = _chart(name)
    if chart.is_empty:
        abort(404)
    drawn = _drawn(cast("Hashable", chart), look, width, str(current_locale()))
    response = Response(drawn, mimetype="image/svg+xml")
    response.set_etag(hashlib.sha256(drawn).hexdigest()[:32])
    g.own_caching = "private, no-cache"
    response.make_conditional(request)
    return response


@blueprint.get("/figures/<name>.csv")
@needs(Act.READ)
def file(name: str) -> Response:
    """The table of one of them. No cell is a formula to the program that opens it."""
    table = _chart(name).table()
    written = io.StringIO()
    lines = csv.writer(written)
    lines.writerow(harmless(head) for head in table.head)
    lines.writerows([harmless(cell.in_file) for cell in row] for row in table.rows)
    return Response(
        written.getvalue().encode("utf-8-sig"),
        mimetype="text/csv",
        headers={"Content-Disposition": f'attachment; filename="amends-{name}.csv"'},
    )


def queue_url(cell: Cell, chosen: NamedPlace | None) -> str | None:
    """The list that a figure counts; None for one without."""
    if not cell.has_queue:
        return None
    values: dict[str, Any] = {"place": chosen.slug if chosen else None} | dict(cell.filter)
    return url_for("queue.show", view="all", **values)


def _chart(name: str) -> Chart:
    """With the numbers of now."""
    if name not in BUILDERS:
        abort(404)
    with read_scope(pages().engine) as session:
        places = named_places(session, places=access().places(Act.READ))
        chosen, by = _chosen(places), _by()
        if not places:
            abort(404)
        scope = _allowed(name, scope_of([chosen] if chosen else places, by, now=pages().clock()))
        if scope is None:
            if chosen is not None:
                check_place(Act.APPROVE, chosen.id)
            raise RoleTooLow(Act.APPROVE, None)
        return BUILDERS[name](session, scope)


def _allowed(name: str, scope: Scope) -> Scope | None:
    """The places of whose this chart may be told; None without any."""
    if name not in FOR_APPROVERS:
        return scope
    places = tuple(place for place in scope.places if access().may(Act.APPROVE, place.id))
    return replace(scope, places=places) if places else None


def _view(name: str, chart: Chart) -> ChartView:
    return ChartView(
        name=name,
        what=label(TITLES, name),
        finding=chart.finding(),
        how=label(HOW, name),
        nothing=label(NOTHING, name) if chart.is_empty else "",
        height=0 if chart.is_empty else chart.height,
        table=chart.table(),
    )


@lru_cache(maxsize=256)  # some 10 KB each
def _drawn(chart: Hashable, look: str, width: int, locale: str) -> bytes:  # noqa: ARG001 - words are those of the locale
    return draw(cast("Chart", chart), look=LOOKS[look], width=width)


def _by() -> str:
    by = request.args.get("by", WEEKS)
    return by if by in (WEEKS, MONTHS) else abort(404)


def _chosen(places: list[NamedPlace]) -> NamedPlace | None:
    slug = request.args.get("place", "")
    if not slug:
        return None
    return next((place for place in places if place.slug == slug), None) or abort(404)
