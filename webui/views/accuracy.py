"""How well the anger is judged, by what people said of it; and the owner's way to have the model follow them."""

from __future__ import annotations

from contextlib import suppress

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from db.roles import Act
from db.session import read_scope
from scoring.errors import CorrectionsRefused, ScoringError

from ..accuracy import Suggestion, accuracy, suggestion
from ..guard import check_everywhere, needs
from ..i18n import gettext
from ..jobs.calibrating import accept
from ..model_in_use import calibration_file
from ..pages import frame, pages

blueprint = Blueprint("accuracy", __name__)


@blueprint.get("/accuracy")
@needs(Act.SOURCES)
def show() -> str:
    """The figures; with `suggest` also what following people would change. One model judges for all places."""
    check_everywhere(Act.SOURCES)
    return _page(is_asked="suggest" in request.args)


@blueprint.post("/accuracy")
@needs(Act.SOURCES)
def follow() -> Response | str:
    """Put to use what was shown, or go back to the model as it came."""
    check_everywhere(Act.SOURCES)
    parts = pages()
    place = calibration_file(parts.database.data_dir)
    if request.form.get("do") == "undo":
        with suppress(FileNotFoundError):
            place.unlink()
        flash(gettext("The model judges as it came. Every review is judged again, in the background."))
        return redirect(url_for("accuracy.show"), 303)
    found, _ = _suggested()
    if found is None or found.mark != request.form.get("mark"):
        flash(gettext("Nothing was changed: somebody has judged more since. See what would change now."), "not")
        return _page(is_asked=True)
    parts.database.make_data_dir()
    accept(found.proposal, place)
    flash(gettext("Accepted. Every review is judged again, in the background."))
    return redirect(url_for("accuracy.show"), 303)


def _page(*, is_asked: bool) -> str:
    parts = pages()
    now = parts.clock()
    with read_scope(parts.engine) as session:
        figures = accuracy(session, parts.database.data_dir, now=now)
        around = frame(session, now=now)
    found, fault = _suggested() if is_asked and not figures.lacks else (None, "")
    return render_template(
        "accuracy.html", frame=around, accuracy=figures, suggestion=found, fault=fault, is_asked=is_asked
    )


def _suggested() -> tuple[Suggestion | None, str]:
    parts = pages()
    try:
        return suggestion(parts.engine, parts.database.data_dir, now=parts.clock()), ""
    except CorrectionsRefused:
        return None, gettext(
            "People contradict the model more often than not, or have judged too few with the model in use. Judge "
            "more reviews, also those that it has judged rightly."
        )
    except ScoringError:
        return None, gettext("The model cannot be read. `amends doctor` says why.")
