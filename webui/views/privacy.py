"""What is kept of customers: where, how long, on which basis, who sees it; and the cases that must be kept for now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from crawlers.platforms import PLATFORMS
from db.acting import Actor
from db.errors import BadValue
from db.holds import holds, lift_hold, place_hold
from db.keeping import LEAST_MONTHS, MOST_MONTHS, keeping, look_ahead, set_keeping, set_source_keeping
from db.models import ERASED_FOR_GOOD, Retention, Review, Source
from db.personal import HELD
from db.queries.case_work import CaseWork
from db.redrafts import redrafting
from db.roles import Act
from db.session import read_scope, session_scope
from db.sources import list_locations
from db.wishes_of_customers import last_wishes

from ..accounts import access
from ..actors import actor
from ..case_page import ONE, carry_out, go_back
from ..filters import when
from ..guard import check_everywhere, check_place, needs
from ..i18n import LANGUAGES, gettext
from ..notices import notice
from ..pages import frame, pages
from ..people_words import ROLES
from ..privacy_words import KINDS, SEEN_BY, going_words, months_words, nothing_words, staying_words
from ..told import told

blueprint = Blueprint("privacy", __name__)
FORM = "hold"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLine:
    """What holds of one source."""

    id: int
    name: str
    location_name: str
    platform: str
    retention: Retention
    may_judge: bool
    basis: str
    own_months: int | None
    reviews: int  # that still tell who wrote them
    oldest_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MapLine:
    """One kind of thing that is held."""

    what: str
    table: str
    seen_by: str


@blueprint.get("/privacy")
@needs(Act.PRIVACY)
def show() -> str:
    """The map, by the settings that hold."""
    return _page()


@blueprint.post("/privacy/keeping")
@needs(Act.PRIVACY)
def change() -> Response | tuple[str, int]:
    """How long is kept what tells who a customer is: everywhere, or at one source."""
    source_id = request.form.get("source", type=int)
    typed = request.form.get("months", "").strip()
    with read_scope(pages().engine) as session:
        source = session.get(Source, source_id) if source_id is not None else None
        place_id = source.location_id if source else None
    if place_id is None:
        check_everywhere(Act.PRIVACY)
    else:
        check_place(Act.PRIVACY, place_id)
    try:
        months = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 5 else None
        with session_scope(pages().engine) as session:
            if source_id is not None and (not typed or months is not None):
                set_source_keeping(session, source_id, months, by=actor())
            else:
                set_keeping(session, months or 0, by=actor())
    except BadValue as error:
        return _page(fault=told(str(error)), at=source_id), 422
    flash(gettext("Saved. See below what goes by that, and when."))
    return redirect(url_for("privacy.show", _anchor="ahead"), 303)


@blueprint.post(f"{ONE}/hold")
@needs(Act.PRIVACY, of="review_id")
def hold(review_id: int) -> Response:
    """Keep all of a case for a legal reason."""

    def act(session: Session, work: CaseWork, by: Actor) -> Response:
        place_hold(session, work.id, request.form.get("reason", ""), by=by)
        flash(gettext("Kept: nothing of it is taken out until an owner lifts this."))
        return go_back(review_id, anchor="record")

    return carry_out(review_id, FORM, act, typed=("reason",))


@blueprint.post(f"{ONE}/hold/lift")
@needs(Act.PRIVACY, of="review_id")
def lift(review_id: int) -> Response:
    """Let its time run again."""

    def act(session: Session, work: CaseWork, by: Actor) -> Response:
        if lift_hold(session, work.id, by=by):
            flash(gettext("Lifted: it goes when its time is over."))
        return go_back(review_id, anchor="record")

    return carry_out(review_id, FORM, act)


def _page(*, fault: str = "", at: int | None = None) -> str:
    parts = pages()
    now, mine = parts.clock(), access().places(Act.PRIVACY)
    with read_scope(parts.engine) as session:
        here = [place for place in list_locations(session) if mine is None or place.id in mine]
        value, model = keeping(session), redrafting(session)
        ahead = look_ahead(session, now=now, places=mine)
        sources = _sources(session, {place.id: place.name for place in here})
        contacts = sorted({place.contact for place in here if place.contact})
        texts = {
            "business": sorted({place.name for place in here}),
            "sources": sorted({one.platform for one in sources}),
        }
        return render_template(
            "privacy.html",
            frame=frame(session, now=now),
            keeping=value,
            kept_for=months_words(value.months),
            ahead=ahead,
            going=going_words(ahead),
            staying=staying_words(ahead),
            nothing=nothing_words(),
            sources=sources,
            lines=_lines(),
            holds=[(one, when(one.placed_at, now=now)) for one in holds(session, places=mine)],
            wishes=[
                (one, when(one.made_at, now=now), one.expires_at is not None and one.expires_at <= now)
                for one in last_wishes(session, person_id=None if mine is None else actor().person_id)
            ],
            may_all=access().may_everywhere(Act.PRIVACY),
            model=model,
            data_dir=str(parts.database.data_dir),
            is_postgres=parts.engine.dialect.name == "postgresql",
            mail_host=parts.settings.mail_host,
            notices=[
                (code, name, notice(code, **texts, months=value.months, contact=", ".join(contacts)))
                for code, name in LANGUAGES.items()
            ],
            least=LEAST_MONTHS,
            most=MOST_MONTHS,
            fault=fault,
            at=at,
        )


def _lines() -> list[MapLine]:
    found = {held.kind: held.table.__tablename__ for held in HELD}
    return [
        MapLine(
            what=gettext(KINDS[kind]),
            table=table,
            seen_by=gettext(ROLES[SEEN_BY[kind]]) if SEEN_BY[kind] else "",
        )
        for kind, table in found.items()
    ]


def _sources(session: Session, places: dict[int, str]) -> list[SourceLine]:
    telling = (
        select(Review.source_id, func.count().label("reviews"), func.min(Review.published_at).label("oldest"))
        .where(Review.erased_for.not_in(ERASED_FOR_GOOD))
        .group_by(Review.source_id)
        .subquery()
    )
    rows = session.execute(
        select(Source, telling.c.reviews, telling.c.oldest)
        .outerjoin(telling, telling.c.source_id == Source.id)
        .where(Source.location_id.in_(places))
        .order_by(Source.name, Source.id)
    )
    return [
        SourceLine(
            id=row.Source.id,
            name=row.Source.name,
            location_name=places[row.Source.location_id],
            platform=PLATFORMS[row.Source.platform].name if row.Source.platform in PLATFORMS else row.Source.platform,
            retention=row.Source.retention,
            may_judge=row.Source.may_judge,
            basis=row.Source.basis_note,
            own_months=row.Source.keep_months,
            reviews=row.reviews or 0,
            oldest_on=row.oldest.date() if row.oldest else None,
        )
        for row in rows
    ]
