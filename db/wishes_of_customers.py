"""Customers who ask what is held of them, or that it be erased: what was done, by whom, and nothing of who they are.

Acts flush and never commit; whose places the reviews are of is for the caller to check.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from . import audit
from .access import count_held
from .acting import Actor
from .erasing import erase
from .holds import keep_from_erasing
from .models import ErasedFor, PrivacyWish, WishKind
from .vault import Vault

LASTS: Final = timedelta(hours=24)  # of the link of an export: long enough for a download, too short to lie about
LISTED_MOST: Final = 20


def grant_access(session: Session, review_ids: Collection[int], *, language: str, by: Actor) -> PrivacyWish:
    """Have all that is held about these reviews given out, under an address that ends after a day."""
    ids = sorted(review_ids)
    return _noted(session, WishKind.ACCESS, ids, count_held(session, ids), language, by=by, until=by.now + LASTS)


def grant_erasure(
    session: Session, review_ids: Collection[int], *, language: str, by: Actor, vault: Vault
) -> PrivacyWish:
    """Erase all that tells who wrote these reviews; no crawl brings it back.

    Raises:
        BadValue: one must be kept for now, or its answer is on its way out; then nothing is erased.
    """
    ids = sorted(review_ids)
    keep_from_erasing(session, ids)
    counts = count_held(session, ids)
    erase(session, ids, ErasedFor.REQUEST, now=by.now, vault=vault)
    return _noted(session, WishKind.ERASURE, ids, counts, language, by=by, until=None)


def wish_of(session: Session, token: str, kind: WishKind, *, now: datetime) -> PrivacyWish | None:
    """The wish of this address; None where there is none, or it is over."""
    found = session.scalar(select(PrivacyWish).where(PrivacyWish.token == token, PrivacyWish.kind == kind))
    if found is None or (found.expires_at is not None and found.expires_at <= now):
        return None
    return found


def note_given(session: Session, wish: PrivacyWish, *, by: Actor) -> None:
    """Say in the log that an export was fetched, and by whom."""
    audit.append(session, "access_given", {"wish": wish.id}, by=by, now=by.now)


def last_wishes(session: Session, *, person_id: int | None) -> Sequence[PrivacyWish]:
    """The last that were met, the newest first; of one person only, where it is given."""
    wanted = select(PrivacyWish).order_by(PrivacyWish.id.desc()).limit(LISTED_MOST)
    if person_id is not None:
        wanted = wanted.where(PrivacyWish.person_id == person_id)
    return session.scalars(wanted).all()


def _noted(
    session: Session,
    kind: WishKind,
    ids: list[int],
    counts: dict[str, int],
    language: str,
    *,
    by: Actor,
    until: datetime | None,
) -> PrivacyWish:
    wish = PrivacyWish(
        kind=kind,
        token=secrets.token_urlsafe(16),
        language=language,
        review_ids=ids,
        counts=counts,
        person_id=by.person_id,
        person_name=by.name,
        made_at=by.now,
        expires_at=until,
    )
    session.add(wish)
    session.flush()
    facts = {"wish": wish.id, "reviews": ids, "counts": counts}
    audit.append(session, f"{kind.value}_granted", facts, by=by, now=by.now)
    return wish
