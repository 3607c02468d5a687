"""Named lists of the queue: each belongs to one person, who may show it to everybody. Functions flush, never commit."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session

from .errors import BadValue
from .models import Person, SavedView
from .phrases import say
from .wording import cut

NAME_MOST: Final = 60
MINE_MOST: Final = 30  # of one person: they stand in a column
LISTED_MOST: Final = 100
KEPT: Final = timedelta(minutes=1)  # after it was deleted: its button is shown for ten seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedList:
    slug: str
    name: str
    query: str  # of the address that leads there
    place_ids: Sequence[int]  # that its filters name; empty: any
    is_mine: bool
    is_shared: bool
    owner: str


def save_view(
    session: Session,
    person_id: int,
    *,
    name: str,
    query: str,
    place_ids: Sequence[int],
    is_shared: bool,
    now: datetime,
) -> str:
    """Keep a list under a name; gives its slug.

    Raises:
        BadValue: the name is empty, or there are too many already.
    """
    session.execute(delete(SavedView).where(SavedView.deleted_at <= now - KEPT))
    mine = select(func.count()).where(SavedView.person_id == person_id, SavedView.deleted_at.is_(None))
    if (session.scalar(mine) or 0) >= MINE_MOST:
        raise BadValue(say("You have %(most)s saved lists already. Delete one you do not need.", most=MINE_MOST))
    slug = secrets.token_urlsafe(12)
    session.add(
        SavedView(
            person_id=person_id,
            slug=slug,
            name=_named(name),
            query=query,
            place_ids=list(place_ids),
            is_shared=is_shared,
            made_at=now,
        )
    )
    session.flush()
    return slug


def saved_views(session: Session, person_id: int) -> list[SavedList]:
    """One's own first, then those that others show to everybody, each by name. Who may see which is for the caller."""
    listed = (
        select(SavedView, Person.name)
        .join(Person, Person.id == SavedView.person_id)
        .where(SavedView.deleted_at.is_(None), or_(SavedView.person_id == person_id, SavedView.is_shared))
        .order_by(SavedView.person_id != person_id, func.lower(SavedView.name), SavedView.id)
        .limit(LISTED_MOST)
    )
    return [_listed(view, owner, person_id) for view, owner in session.execute(listed)]


def change_view(session: Session, person_id: int, slug: str, *, name: str, is_shared: bool) -> bool:
    """Call it otherwise, and show it to everybody or no more. False where this person has none of that slug.

    Raises:
        BadValue: the name is empty.
    """
    view = _own(session, person_id, slug)
    if view is None or view.deleted_at is not None:
        return False
    view.name, view.is_shared = _named(name), is_shared
    session.flush()
    return True


def delete_view(session: Session, person_id: int, slug: str, *, now: datetime) -> bool:
    """Take it away, for a minute so that it can come back. False where this person has none of that slug."""
    view = _own(session, person_id, slug)
    if view is None or view.deleted_at is not None:
        return False
    view.deleted_at = now
    session.flush()
    return True


def restore_view(session: Session, person_id: int, slug: str, *, now: datetime) -> bool:
    """Bring it back. False where it is gone for good, or was never deleted."""
    view = _own(session, person_id, slug)
    if view is None or view.deleted_at is None or view.deleted_at <= now - KEPT:
        return False
    view.deleted_at = None
    session.flush()
    return True


def _own(session: Session, person_id: int, slug: str) -> SavedView | None:
    return session.scalar(select(SavedView).where(SavedView.slug == slug, SavedView.person_id == person_id))


def _listed(view: SavedView, owner: str, person_id: int) -> SavedList:
    return SavedList(
        slug=view.slug,
        name=view.name,
        query=view.query,
        place_ids=tuple(view.place_ids),
        is_mine=view.person_id == person_id,
        is_shared=view.is_shared,
        owner=owner,
    )


def _named(name: str) -> str:
    name = cut(" ".join(name.split()), NAME_MOST)
    if not name:
        raise BadValue(say("Give the list a name."))
    return name
