"""What the queue may be filtered by: the places, sources and languages that there are, and who works on them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import CTE, ColumnElement, Select, func, select, union
from sqlalchemy.orm import Session

from ..causes import list_causes
from ..models import NOT_JUDGED, Location, Review, Score, Source
from ..people import people_at
from ..roles import Act
from ..tags import tags_at

NAMES_MOST = 500  # in a list to choose from; whoever has more searches by name
READ_MOST = 3000  # reviews whose languages are read one by one
NOT_JUDGED_MOST = 1000  # reviews whose stated language is looked at


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    places: dict[str, str]  # names by slug
    sources: dict[str, str]
    languages: tuple[str, ...]
    tags: tuple[str, ...]
    people: dict[str, str]  # names by id, of who may work at one of the places
    causes: dict[str, tuple[str, str]]  # key and name by id, in the order of the owner; see db.models.Cause


def facets(session: Session, *, places: Collection[int] | None = None) -> Facets:
    """Read them, of these places or of all; cheap however many reviews there are."""
    sources = select(Source.slug, Source.name, Location.slug, Location.name).join(Location)
    ordered = sources.order_by(Location.name, Location.id, Source.name, Source.id).limit(NAMES_MOST)
    if places is not None:
        ordered = ordered.where(Location.id.in_(places))
    found = session.execute(ordered).all()
    names = [name for _, name, _, _ in found]
    return Facets(
        places={slug: place for _, _, slug, place in found},
        sources={slug: name if names.count(name) == 1 else f"{name}, {place}" for slug, name, _, place in found},
        tags=tuple(tags_at(session, places)),
        people={str(one.id): one.name for one in people_at(session, Act.WORK, places, limit=NAMES_MOST)},
        languages=_languages(session, places),
        causes={str(one.id): (one.key, one.name) for one in list_causes(session, with_retired=True)},
    )


def _languages(session: Session, places: Collection[int] | None) -> tuple[str, ...]:
    by_source = select(Review.language).where(Review.scored_with == NOT_JUDGED)
    if places is None:
        spoken = _spoken()
        by_model = select(spoken.c.language)
    else:
        is_theirs = Review.source_id.in_(select(Source.id).where(Source.location_id.in_(places)))
        by_source = by_source.where(is_theirs)
        by_model = _theirs(session, is_theirs)
    kept_from_model = by_source.limit(NOT_JUDGED_MOST).subquery()
    both = union(by_model, select(kept_from_model.c.language))
    return tuple(sorted({language for language in session.scalars(both) if language not in {None, "", "und"}}))


def _theirs(session: Session, is_theirs: ColumnElement[bool]) -> Select[str]:
    """From the side that is smaller: all of a few reviews, or of each language until one of many is found."""
    some = select(Review.id).where(is_theirs).limit(READ_MOST + 1).subquery()
    if (session.scalar(select(func.count()).select_from(some)) or 0) <= READ_MOST:
        return select(Score.language).join(Review, Review.id == Score.review_id).where(is_theirs).distinct()
    spoken = _spoken()
    here = select(Score.review_id).join(Review, Review.id == Score.review_id)
    here = here.where(Score.language == spoken.c.language, is_theirs)
    return select(spoken.c.language).where(here.correlate(spoken).exists())


def _spoken() -> CTE:
    """Every language: from one to the next in the index, for DISTINCT would read all of it."""
    first = select(func.min(Score.language).label("language")).cte("spoken", recursive=True)
    following = select(func.min(Score.language)).where(Score.language > first.c.language).scalar_subquery()
    return first.union_all(select(following).where(first.c.language.is_not(None)))
