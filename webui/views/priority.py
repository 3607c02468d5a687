"""How the queue is ordered: the formula, the owner's weights in it, and what others would do to the top of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from db.queries.rows import rows_of
from db.rank import rank
from db.ranking import change_weights, most_urgent, ranking, weights_value
from db.roles import Act
from db.session import read_scope, session_scope
from scoring.priority import DEFAULT, Weights

from ..guard import check_everywhere, needs
from ..i18n import gettext
from ..jobs.judging import priority_row
from ..pages import frame, pages
from ..rows import RowView, row_view
from ..weights import fields, read_weights, stored_value, typed, weights_of

blueprint = Blueprint("priority", __name__)
TRIED = 1000  # cases that are ranked for the preview: the most urgent by the weights of now
SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One case of the preview: where it stands and where it would."""

    item: RowView
    before: int  # from 1
    after: int
    points_before: float
    points_after: float

    @property
    def up(self) -> int:
        return self.before - self.after


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    top: list[Move]  # the first that there would be
    left: list[Move]  # those that would leave them
    tried: int
    is_partial: bool  # more wait than were tried


@blueprint.get("/priority")
@needs(Act.SOURCES)
def show() -> str:
    """The weights that hold, for whoever owns every place: there is one order for all."""
    check_everywhere(Act.SOURCES)
    with read_scope(pages().engine) as session:
        return _page(session, typed(weights_of(weights_value(session))))


@blueprint.post("/priority")
@needs(Act.SOURCES)
def change() -> Response | str | tuple[str, int]:
    """Try other weights on the top of the queue, or let them hold."""
    check_everywhere(Act.SOURCES)
    parts = pages()
    wish = request.form.get("do")
    if wish == "default":
        with read_scope(parts.engine) as session:
            return _page(session, typed(DEFAULT), tried=DEFAULT)
    weights, faults = read_weights(request.form)
    if weights is None:
        with read_scope(parts.engine) as session:
            return _page(session, request.form, faults=faults), 422
    if wish != "save":
        with read_scope(parts.engine) as session:
            return _page(session, typed(weights), tried=weights)
    with session_scope(parts.engine) as session:
        change_weights(session, stored_value(weights), now=parts.clock())
    flash(gettext("Saved. Every review is being put in its new place; that goes on in the background."))
    return redirect(url_for("priority.show"), 303)


def _page(
    session: Session,
    values: Mapping[str, str],
    *,
    tried: Weights | None = None,
    faults: Mapping[str, str] | None = None,
) -> str:
    now = pages().clock()
    return render_template(
        "priority.html",
        frame=frame(session, now=now),
        groups=fields(values),
        faults=faults or {},
        preview=_preview(session, tried) if tried else None,
        ranking=ranking(session),
        is_default=not weights_value(session),
    )


def _preview(session: Session, weights: Weights) -> Preview:
    """Rank what waits by other weights and look at the first."""
    now = pages().clock()
    found = most_urgent(session, limit=TRIED + 1)
    before = {case.facts.case_id: place for place, case in enumerate(found[:TRIED], start=1)}
    points = {case.facts.case_id: case.priority for case in found[:TRIED]}
    after = {case.facts.case_id: priority_row(case.facts, now=now, weights=weights).priority for case in found[:TRIED]}
    due = {case.facts.case_id: case.due_at for case in found[:TRIED]}
    ordered = sorted(after, key=lambda id_: (rank(after[id_], due[id_]), id_), reverse=True)
    places = {id_: place for place, id_ in enumerate(ordered, start=1)}
    left = [id_ for id_ in before if before[id_] <= SHOWN < places[id_]]
    rows = rows_of(session, [*ordered[:SHOWN], *left])
    moves = [
        Move(
            item=row_view(row, now=now),
            before=before[row.case_id],
            after=places[row.case_id],
            points_before=points[row.case_id],
            points_after=after[row.case_id],
        )
        for row in rows
    ]
    return Preview(
        top=[move for move in moves if move.after <= SHOWN],
        left=[move for move in moves if move.after > SHOWN],
        tried=len(after),
        is_partial=len(found) > TRIED,
    )
