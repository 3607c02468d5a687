"""How many angry reviews each place got in a period, and in each of those of the same length before it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from ..models import Case, CaseState, Location, Review, Score, Source

ANGRY = ("angry", "furious")
# A review whose day nobody knows would count for the day on which it was read: a source's first reading is no spike.
DATED = ("instant", "day")


@dataclass(frozen=True, slots=True, kw_only=True)
class AngerCounts:
    """Of one place. Periods count back from now; those before its first review are left out."""

    location_id: int
    timezone: str
    now: int  # angry reviews of the latest period
    before: tuple[int, ...]  # of each period before it, the latest first
    reviews: int  # of any tone, in all the periods before


def anger_counts(session: Session, *, days: int, periods: int, now: datetime) -> list[AngerCounts]:
    """Of every place that got an angry review in the last `days` days, with `periods` such periods before."""
    length = timedelta(days=days)
    is_angry = or_(Case.said_angry.is_(True), and_(Case.said_angry.is_(None), Score.anger_level.in_(ANGRY)))
    dated = (
        select(Source.location_id, Review.published_at, is_angry.label("is_angry"))
        .join(Source, Source.id == Review.source_id)
        .join(Case, Case.review_id == Review.id)
        .join(Score, and_(Score.review_id == Review.id, Score.content_hash == Review.content_hash))
        .where(Review.published_precision.in_(DATED), Case.state != CaseState.NOT_US, Review.published_at <= now)
    )
    struck = dated.where(Review.published_at > now - length).where(is_angry).subquery()
    places = session.scalars(select(struck.c.location_id).distinct()).all()
    begun: dict[int, datetime] = dict(
        session.execute(
            select(Source.location_id, func.min(Review.published_at))
            .join(Source, Source.id == Review.source_id)
            .where(Source.location_id.in_(places), Review.published_precision.in_(DATED))
            .group_by(Source.location_id)
        ).all()
    )
    found = {place: ([0] * (periods + 1), [0] * (periods + 1)) for place in places}
    span = dated.where(Source.location_id.in_(places), Review.published_at > now - (periods + 1) * length)
    for place, published_at, angry in session.execute(span):
        at = min(periods, (now - published_at) // length)
        found[place][0][at] += bool(angry)
        found[place][1][at] += 1
    zones = dict(session.execute(select(Location.id, Location.timezone).where(Location.id.in_(places))).all())
    counts = []
    for place in sorted(places):
        angry_by, all_by = found[place]
        known = min(periods, (now - begun[place]) // length)  # whole periods since its first review
        counts.append(
            AngerCounts(
                location_id=place,
                timezone=zones[place],
                now=angry_by[0],
                before=tuple(angry_by[1 : known + 1]),
                reviews=sum(all_by[1 : known + 1]),
            )
        )
    return counts
