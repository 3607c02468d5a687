"""Which causes come back: a month beside the three before, at one place or at all."""

from __future__ import annotations

import re

from flask import Blueprint, abort, render_template, request

from db.absences import day_at
from db.causes import list_causes
from db.models import ImprovementState
from db.queries.cause_trends import FIRST_MONTH, cause_counts, month_after, month_of
from db.queries.improvements import improvements
from db.queries.places import NamedPlace, named_places
from db.roles import Act
from db.session import read_scope

from ..accounts import access
from ..guard import needs
from ..improvement_words import FINDINGS
from ..money import month_words
from ..pages import frame, pages
from ..trends import Counts

blueprint = Blueprint("cause_trends", __name__)
_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")


@blueprint.get("/causes/trends")
@needs(Act.READ)
def show() -> str:
    """The month that runs at the place, unless the address names another. With several places that it has begun at
    all of them: for a day it is one month here and another there.
    """
    now = pages().clock()
    with read_scope(pages().engine) as session:
        places = named_places(session, places=access().places(Act.READ))
        chosen = _chosen(places)
        at = [chosen] if chosen else places
        present = min((month_of(day_at(now, place.timezone)) for place in at), default=month_of(now.date()))
        month = request.args.get("month", present)
        if not _MONTH.fullmatch(month) or not FIRST_MONTH <= month <= present:
            abort(404)
        ids = [place.id for place in at]
        counts = Counts(
            month,
            cause_counts(session, month, places=ids),
            causes=list_causes(session, with_retired=True),
            places=places,
            actions=improvements(session, ImprovementState.OPEN, places=ids),
        )
        around = frame(session, now=now)
        return render_template(
            "cause_trends.html",
            frame=around,
            places=places,
            # Where somebody sees one place only, that is it.
            place=chosen or (places[0] if len(places) == 1 else None),
            chosen=chosen,
            month=month,
            month_words=month_words(month),
            is_present=month == present,
            earlier=month_after(month, -1) if month > FIRST_MONTH else None,
            later=month_after(month, 1) if month < present else None,
            trends=counts.trends(chosen),
            whole=counts.whole(chosen),
            has_causes=bool(counts.causes),
            findings=FINDINGS,
        )


def _chosen(places: list[NamedPlace]) -> NamedPlace | None:
    slug = request.args.get("place", "")
    if not slug:
        return None
    return next((place for place in places if place.slug == slug), None) or abort(404)
