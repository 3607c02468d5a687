"""What an erased review is known by where its source gives no ids: a keyed digest of its author and its day.

There the identity is a digest of the first words too, so an edit at the source brings the same opinion under another
id, and what somebody had erased would come back as new. Nobody without the key of the vault finds the name by trying
names; with another key the marks fit nothing any more.

Day and name are all that is steady. A date in words ("2 weeks ago") moves from reading to reading: the mark is then of
the author alone, and counts for what was published about then. Without a name nothing tells an edit from another
guest, and no mark is made.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from .models import ErasedMark, Review
from .vault import Vault
from .wording import likened

OWN_ID = "platform"  # an id that the platform itself has given: an edit does not change it
_STEADY = frozenset({"instant", "day", "month"})
_ABOUT = timedelta(days=31)  # how far a date in words may be off, at least


def mark_erased(session: Session, review_ids: Sequence[int], vault: Vault) -> None:
    """Keep the marks of reviews that are about to lose their names."""
    columns = (Review.id, Review.source_id, Review.author_name, Review.published_at, Review.published_precision)
    marked = select(ErasedMark.review_id)
    rows = session.execute(
        select(*columns).where(Review.id.in_(review_ids), Review.id_kind != OWN_ID, Review.id.not_in(marked))
    )
    for row in rows:
        if mark := _mark(vault, row.source_id, row.author_name, row.published_at, row.published_precision):
            session.add(ErasedMark(review_id=row.id, source_id=row.source_id, mark=mark))
    session.flush()


def find_marked(
    session: Session, source_id: int, rows: Sequence[dict[str, Any]], vault: Vault | None, *, now: datetime
) -> dict[str, str]:
    """Which of these rows are erased reviews under new ids: new id to the one that is stored.

    Raises:
        ValueError: there are marks, and no vault to compare them with.
    """
    columns = (ErasedMark.mark, Review.external_id, Review.published_at)
    of_source = select(*columns).join(Review, Review.id == ErasedMark.review_id)
    marks = {row.mark: row for row in session.execute(of_source.where(ErasedMark.source_id == source_id))}
    if not marks:
        return {}
    if vault is None:
        raise ValueError("somebody had a review of this source erased; without the vault it might be stored anew")
    found = {}
    for row in rows:
        if row["id_kind"] == OWN_ID:
            continue
        precision = row["published_precision"]
        erased = marks.get(_mark(vault, source_id, row["author_name"], row["published_at"], precision))
        if erased is not None and _is_about(erased.published_at, row["published_at"], precision, now=now):
            found[row["external_id"]] = erased.external_id
    return found


def _mark(vault: Vault, source_id: int, author: str, published_at: datetime, precision: str) -> str:
    name = likened(author)
    day = published_at.date().isoformat() if precision in _STEADY else ""
    return vault.digest(f"erased\0{source_id}\0{name}\0{day}") if name else ""


def _is_about(erased_at: datetime, shown_at: datetime, precision: str, *, now: datetime) -> bool:
    if precision != "relative":  # the same day by the mark, or no date at all
        return True
    return abs(shown_at - erased_at) <= max(_ABOUT, (now - erased_at) / 2)  # "a year ago" may be nearly two
