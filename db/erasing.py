"""Taking the text and the name out of reviews: at its writer's wish, withdrawn by the platform, or kept long enough.

What stays is what counts need (that there was a review, its date and rating) and what staff did: the case with its
state and priority. Functions flush and never commit.

SQLite overwrites what is taken out (`secure_delete`, see db.session), but its write-ahead log holds older pages until
it is emptied: `db.retention.forget_pages` does that. PostgreSQL keeps the old row until VACUUM gives its place to
others, and in its own write-ahead log and backups for as long as those are kept.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import case, delete, func, null, select, update
from sqlalchemy.orm import Session

from .cases import chunks, lock_reviews, move_cases, settle
from .erased_marks import mark_erased
from .forgetting import forget_customer, forget_in_improvements
from .holds import keep_from_erasing
from .models import ERASED_FOR_GOOD, NOT_JUDGED, CaseState, ErasedFor, Gist, Review, Revision, Score, Standing
from .search import note_dropped
from .vault import Vault
from .verdicts import forget_wordings
from .wording import likened

TEXTS = (
    "url",
    "author_name",
    "author_ref",
    "title",
    "body",
    "positive",
    "negative",
    "translation",
    "reply_body",
    "reply_author",
    "reply_note",
)
SHOWN = "shown"  # in the place of a reply's hash: there is one, and nothing of its words is kept
# Beside the bookings of the place it tells who wrote the review, so it goes with the name.
_VISIT: dict[str, Any] = {"visited_at": None, "visited_precision": ""}
_PREFIX = "erased:"
_LEAST_NAME = 3  # letters: shorter parts of a name are found in anything

# What a source that may not be stored is left with; its date is that of the first sighting.
NOTHING: dict[str, Any] = {
    "rating_raw": "",
    "rating": None,
    "rating_min": None,
    "rating_max": None,
    "rating_kind": "none",
    "stars": None,
    "language": "",
    "published_precision": "none",
    "edited_at": None,
    "visited_at": None,
    "visited_precision": "",
    "is_verified": None,
    "reply_published_at": None,
}


def erase(
    session: Session, review_ids: Iterable[int], why: ErasedFor, *, now: datetime, vault: Vault | None = None
) -> int:
    """Take text and names out of these reviews, their earlier wordings and what their scores quote of them.

    Gives how many there were. A withdrawn one also leaves the queue, as no longer at its source. With the vault those
    that their source gives no ids are known again after an edit too.
    """
    count = 0
    for ids in chunks(review_ids):
        lock_reviews(session, ids)
        if why is ErasedFor.REQUEST and vault is not None:
            mark_erased(session, ids, vault)
        if why in ERASED_FOR_GOOD:
            _rename(session, ids)
        forget_wordings(session, ids)
        forget_in_improvements(session, ids, why)
        done = session.execute(
            update(Review).where(Review.id.in_(ids)).values(**_values(why, now=now)).returning(Review.id),
            execution_options={"synchronize_session": False},
        )
        count += len(done.all())
        session.execute(delete(Revision).where(Revision.review_id.in_(ids)))
        session.execute(delete(Gist).where(Gist.review_id.in_(ids)))  # it may quote the text
        forget_customer(session, ids, why, now=now)
        _erase_scores(session, ids, why)
        if why is ErasedFor.WITHDRAWN:
            move_cases(session, ids, CaseState.GONE, now=now)
        settle(session, ids)
    if count:
        note_dropped(session, now=now)  # the triggers have dropped their words
    session.expire_all()
    return count


def erase_at_request(session: Session, review_id: int, *, now: datetime, vault: Vault) -> bool:
    """Erase one review for good: the next crawl knows it, by its id or its mark, and leaves it empty.

    False when there is none.

    Raises:
        BadValue: its case must be kept for now, or its answer is being posted at this moment.
    """
    keep_from_erasing(session, [review_id])
    return erase(session, [review_id], ErasedFor.REQUEST, now=now, vault=vault) == 1


def has_erased(session: Session, source_id: int) -> bool:
    """Whether anybody had a review of this source erased: copies of its pages would still hold it."""
    found = select(Review.id).where(Review.source_id == source_id, Review.erased_for == ErasedFor.REQUEST)
    return session.scalar(found.limit(1)) is not None


def erased_id(source_id: int, external_id: str) -> str:
    """What stands in the place of an id that names its writer; a known id is found again by it."""
    return _PREFIX + sha256(f"{source_id}\0{external_id}".encode()).hexdigest()


def names_person(external_id: str, *, id_kind: str, author_name: str, author_ref: str = "") -> bool:
    """Whether an id may tell who wrote the review: an address made from a title or a name, or a name in it."""
    if id_kind == "url" or (author_ref and author_ref in external_id):
        return True
    folded = _plain(external_id)
    return any(len(part) >= _LEAST_NAME and part in folded for part in _plain(author_name).split())


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", likened(text))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _values(why: ErasedFor, *, now: datetime) -> dict[str, Any]:
    values: dict[str, Any] = dict.fromkeys(TEXTS, "")
    values |= {
        "content_hash": "",
        "reply_hash": case((Review.reply_hash != "", SHOWN), else_=""),
        "erased_at": now,
        "erased_for": why,
        "scored_with": NOT_JUDGED,
        "score_claim": null(),
        "score_claimed_until": null(),
    }
    if why is not ErasedFor.RETENTION:  # those may be shown again, and their dates stay as that of publication does
        values |= _VISIT
    if why is ErasedFor.NO_STORE:
        values |= NOTHING | {"published_at": Review.first_seen_at}
    if why is ErasedFor.WITHDRAWN:
        values |= {"standing": Standing.WITHDRAWN, "missing_since_at": func.coalesce(Review.missing_since_at, now)}
    return values


def _rename(session: Session, ids: list[int]) -> None:
    rows = session.execute(
        select(
            Review.id, Review.source_id, Review.external_id, Review.id_kind, Review.author_name, Review.author_ref
        ).where(Review.id.in_(ids))
    ).all()
    renamed = [
        {"id": row.id, "external_id": erased_id(row.source_id, row.external_id)}
        for row in rows
        if not row.external_id.startswith(_PREFIX)
        and names_person(row.external_id, id_kind=row.id_kind, author_name=row.author_name, author_ref=row.author_ref)
    ]
    if renamed:
        session.execute(update(Review), renamed)


def _erase_scores(session: Session, ids: list[int], why: ErasedFor) -> None:
    if why is ErasedFor.NO_STORE:
        session.execute(delete(Score).where(Score.review_id.in_(ids)))
        return
    found = session.execute(select(Score.review_id, Score.risks).where(Score.review_id.in_(ids))).all()
    values = [
        {
            "review_id": row.review_id,
            "content_hash": "",  # that of the review now: what was found out about it still counts
            "sentences": [],
            "reasons": [],
            "risks": [risk | {"evidence": ""} for risk in row.risks],
        }
        for row in found
    ]
    if values:
        session.execute(update(Score), values)
