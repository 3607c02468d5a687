"""Which place a thing belongs to: what a person may do depends on it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..models import BY_HAND, Case, Location, Review, Source


def place_of_review(session: Session, review_id: int) -> int | None:
    """The id of the place that a review is about."""
    return session.scalar(
        select(Source.location_id).join(Review, Review.source_id == Source.id).where(Review.id == review_id)
    )


def place_of_source(session: Session, source_id: int) -> int | None:
    """The id of the place that a source is about; a removed source has none, nor one that nobody looks after."""
    is_listed = (Source.removed_at.is_(None), Source.platform != BY_HAND)
    return session.scalar(select(Source.location_id).where(Source.id == source_id, *is_listed))


def place_there(session: Session, place_id: int) -> int | None:
    """The id itself, where there is such a place."""
    return session.scalar(select(Location.id).where(Location.id == place_id))


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedPlace:
    id: int
    slug: str
    name: str
    timezone: str


def named_places(session: Session, *, places: Collection[int] | None) -> list[NamedPlace]:
    """These places (None: all), by name."""
    wanted = select(Location.id, Location.slug, Location.name, Location.timezone)
    wanted = wanted if places is None else wanted.where(Location.id.in_(places))
    rows = session.execute(wanted.order_by(Location.name, Location.id))
    return [NamedPlace(**row) for row in rows.mappings()]


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePlace:
    """A case, and the place that counts for who may touch it."""

    case_id: int
    review_id: int
    location_id: int
    timezone: str


def places_of_cases(session: Session, case_ids: Sequence[int]) -> list[CasePlace]:
    """Those of these cases that are there, in this order."""
    found = session.execute(
        select(Case.id.label("case_id"), Case.review_id, Source.location_id, Location.timezone)
        .join(Review, Review.id == Case.review_id)
        .join(Source, Source.id == Review.source_id)
        .join(Location, Location.id == Source.location_id)
        .where(Case.id.in_(case_ids))
    )
    rows = {row["case_id"]: CasePlace(**row) for row in found.mappings()}
    return [rows[id_] for id_ in dict.fromkeys(case_ids) if id_ in rows]


def place_ids_named(session: Session, *, places: Sequence[str], sources: Sequence[str]) -> list[int]:
    """The ids of the places of these slugs, and of those that the sources of these slugs are about."""
    by_place = select(Location.id).where(Location.slug.in_(places))
    by_source = select(Source.location_id).where(Source.slug.in_(sources))
    return sorted(set(session.scalars(by_place)) | set(session.scalars(by_source)))
