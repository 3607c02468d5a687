"""Finding what is held of one person: by a name, an author id, a mail address or a telephone number.

A name proves nothing: two guests may share one. So what is found is shown with where it was found, and an owner says
what is of the person who asks. Nothing here writes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, aliased

from .cases import chunks
from .errors import BadValue
from .holds import held_among
from .models import ERASED_FOR_GOOD, Complaint, Location, PrivateMessage, Review, Source
from .personal import HELD, with_review
from .phrases import say
from .search import found_by
from .wording import clean, cut, printable

LEAST: Final = 3  # characters: less is found in anything
ASKED_MOST: Final = 320
SHOWN_MOST: Final = 200  # reviews; whoever has more is found by an id of the author
_DIGITS_LEAST: Final = 6  # of what is taken for a telephone number
_DIGITS_COMPARED: Final = 8  # of its end: country and trunk codes are written in many ways
_BETWEEN_DIGITS: Final = " -/.()\u00a0"
_ACCOUNT: Final = "account"
_OWN: Final = {
    (Review, "author_name"): "author",
    (Review, "author_ref"): _ACCOUNT,
    (Complaint, "contact"): "reached",
    (PrivateMessage, "address"): "reached",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One review with something of the person in it, or in its case."""

    review_id: int
    location_name: str
    source_name: str
    author_name: str
    author_ref: str
    excerpt: str
    published_at: datetime
    why: tuple[str, ...]  # author, account, reached, or the kind of what names them (db.personal)
    is_own: bool  # written by them, or theirs by its contact; else it is somebody else's that names them
    is_held: bool  # must be kept for now


def find_subject(session: Session, asked: str, *, places: Collection[int] | None) -> list[Hit]:
    """What is found at these places (None: at any), their own first; SHOWN_MOST at most.

    Raises:
        BadValue: it is too short to be looked for, or too long.
    """
    asked = " ".join(printable(clean(asked)).split())
    if len(asked) < LEAST:
        raise BadValue(say("Enter at least %(least)s letters or digits.", least=LEAST))
    if len(asked) > ASKED_MOST:
        raise BadValue(say("That is too long: %(most)s letters at most.", most=ASKED_MOST))
    why: dict[int, set[str]] = defaultdict(set)
    for held in HELD:
        for name in held.searched:
            column = getattr(held.table, name)
            kind = _OWN.get((held.table, name), held.kind)
            for id_ in session.scalars(with_review(held).where(_stands_in(column, asked)).limit(SHOWN_MOST)):
                why[id_].add(kind)
    if (worded := found_by(session, f'"{asked}"')) is not None:  # without minding case and accents
        for id_ in session.scalars(worded.limit(SHOWN_MOST)):
            why.setdefault(id_, {"review"})
    _add_by_account(session, why)
    return _hits(session, why, asked, places=places)


def reviews_at(session: Session, review_ids: Collection[int], *, places: Collection[int] | None) -> frozenset[int]:
    """Which of these reviews are there, at these places, with something left to tell or to erase."""
    found = select(Review.id).join(Source, Source.id == Review.source_id)
    found = found.where(Review.erased_for.not_in(ERASED_FOR_GOOD))
    if places is not None:
        found = found.where(Source.location_id.in_(places))
    return frozenset(id_ for ids in chunks(review_ids) for id_ in session.scalars(found.where(Review.id.in_(ids))))


def _stands_in(column: Any, asked: str) -> ColumnElement[bool]:
    # SQLite's lower() knows ASCII alone: so the usual ways to write it are looked for as well.
    ways = {asked.lower(), asked, asked.title(), asked.upper(), asked.capitalize()}
    found = [func.lower(column).contains(asked.lower(), autoescape=True)]
    found += [column.contains(way, autoescape=True) for way in ways if not way.isascii()]
    digits = re.sub(r"\D", "", asked)
    if len(digits) >= _DIGITS_LEAST and re.fullmatch(r"[\d\s()+/.\u00a0-]+", asked):
        bare = column
        for char in _BETWEEN_DIGITS:
            bare = func.replace(bare, char, "")
        found.append(bare.contains(digits[-_DIGITS_COMPARED:], autoescape=True))
    return or_(*found)


def _add_by_account(session: Session, why: dict[int, set[str]]) -> None:
    """What else the same account has written on the same platform."""
    one, other, its, their = aliased(Review), aliased(Review), aliased(Source), aliased(Source)
    own = [id_ for id_, kinds in why.items() if kinds & {"author", _ACCOUNT}]
    same = (
        select(other.id)
        .join(one, one.author_ref == other.author_ref)
        .join(its, its.id == one.source_id)
        .join(their, their.id == other.source_id)
        .where(other.author_ref != "", its.platform == their.platform)
    )
    for ids in chunks(own):
        for id_ in session.scalars(same.where(one.id.in_(ids)).limit(SHOWN_MOST)).all():
            why[id_].add(_ACCOUNT)


def _hits(session: Session, why: dict[int, set[str]], asked: str, *, places: Collection[int] | None) -> list[Hit]:
    there = reviews_at(session, why.keys(), places=places)
    held = held_among(session, there)
    wanted = (
        select(Review, Source.name.label("source_name"), Location.name.label("location_name"))
        .join(Source, Source.id == Review.source_id)
        .join(Location, Location.id == Source.location_id)
    )
    hits = []
    for ids in chunks(there):
        for row in session.execute(wanted.where(Review.id.in_(ids))):
            kinds = why[row.Review.id]
            # A name as a part of another is no proof; a whole one is as much as there can be.
            is_name = "author" in kinds and row.Review.author_name.casefold() == asked.casefold()
            hits.append(
                Hit(
                    review_id=row.Review.id,
                    location_name=row.location_name,
                    source_name=row.source_name,
                    author_name=row.Review.author_name,
                    author_ref=row.Review.author_ref,
                    excerpt=cut(" ".join(f"{row.Review.title} {row.Review.body}".split()), 200),
                    published_at=row.Review.published_at,
                    why=tuple(sorted(kinds)),
                    is_own=is_name or bool(kinds & {_ACCOUNT, "reached"}),
                    is_held=row.Review.id in held,
                )
            )
    hits.sort(key=lambda hit: (not hit.is_own, -hit.published_at.timestamp(), hit.review_id))
    return hits[:SHOWN_MOST]
