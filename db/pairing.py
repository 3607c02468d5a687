"""The same review under a new digest: an edit at a source that gives its reviews no ids.

There the identity is a digest of author, date, first words and rating, so an edit looks like one review gone and
another come. In a complete crawl a pair of these with one author and one date is taken for the same review: the stored
row keeps its id, its case and its history, and takes over the new wording and the new digest. Where several fit, a
person could not tell either, and nothing is joined.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlalchemy.orm import Session

from .cases import chunks, lock_reviews, move_cases
from .incoming import FACTS, answers
from .models import NOT_JUDGED, CaseState, CrawlRun, Review
from .review_writes import keep_wordings
from .search import index_stored
from .wording import likened

_STEADY = ("instant", "day", "month")  # what a digest holds of a date; others move from day to day
_TAKEN_OVER = (
    *FACTS,
    "external_id",
    "title",
    "body",
    "content_hash",
    "reply_body",
    "reply_hash",
    "last_seen_at",
    "last_run_id",
    "scored_with",
)
_Key = tuple[str, date]


class _Seen(NamedTuple):
    id: int
    first_seen_at: datetime
    last_seen_at: datetime
    missed_runs: int
    run_ended_at: datetime | None  # of the last run that has shown it


def join_edited(session: Session, source_id: int, run_id: int, *, started_at: datetime, now: datetime) -> int:
    """Join what this complete run shows under new digests with what it no longer showed.

    The new one may have come with a reading before this one, which was cut off or stopped at what it knew: it is an
    edit as long as no run has shown both. Gives how many of the pairs this run itself had taken for new.
    """
    not_shown = or_(Review.last_run_id.is_(None), Review.last_run_id != run_id)
    went = _by_author_and_date(
        session, source_id, not_shown, Review.last_seen_at <= started_at, Review.missing_since_at.is_(None)
    )
    if not went:
        return 0
    since = min(one.last_seen_at for some in went.values() for one in some)
    came = _by_author_and_date(session, source_id, Review.first_seen_at >= since, Review.last_run_id == run_id)
    pairs = []
    for key, old in went.items():
        new = [one for one in came.get(key, ()) if _follows(one, old[0], started_at)]
        if len(old) == len(new) == 1:
            pairs.append((old[0], new[0]))
    for some in range(0, len(pairs), 200):
        _join(session, [(old.id, new.id) for old, new in pairs[some : some + 200]], now=now)
    session.expire_all()
    return sum(new.first_seen_at >= started_at for _, new in pairs)


def _follows(new: _Seen, old: _Seen, started_at: datetime) -> bool:
    if new.first_seen_at >= started_at:
        return True
    # Missed before, the old one had gone without this new one; and a run may have shown both, page by page.
    return not old.missed_runs and old.run_ended_at is not None and new.first_seen_at > old.run_ended_at


def _by_author_and_date(session: Session, source_id: int, *which: ColumnElement[bool]) -> dict[_Key, list[_Seen]]:
    found: defaultdict[_Key, list[_Seen]] = defaultdict(list)
    steady = (
        Review.source_id == source_id,
        Review.id_kind == "digest",
        Review.author_name != "",
        Review.erased_at.is_(None),
        Review.published_precision.in_(_STEADY),
    )
    seen = (Review.id, Review.first_seen_at, Review.last_seen_at, Review.missed_runs, CrawlRun.finished_at)
    rows = (
        select(Review.author_name, Review.published_at, *seen)
        .outerjoin(CrawlRun, CrawlRun.id == Review.last_run_id)
        .where(*steady, *which)
    )
    for author, published_at, id_, first_seen_at, last_seen_at, missed_runs, run_ended_at in session.execute(rows):
        key = likened(author), published_at.date()
        found[key].append(_Seen(id_, first_seen_at, last_seen_at, missed_runs, run_ended_at))
    return found


def _join(session: Session, pairs: Sequence[tuple[int, int]], *, now: datetime) -> None:
    lock_reviews(session, [id_ for pair in pairs for id_ in pair])
    kept, gone = [old for old, _ in pairs], [new for _, new in pairs]
    columns = [getattr(Review, name) for name in _TAKEN_OVER]
    rows = session.execute(select(Review.id, *columns).where(Review.id.in_(gone))).mappings()
    shown = {row["id"]: dict(row) for row in rows}
    keep_wordings(session, kept, now=now)
    for ids in chunks(gone):  # first, for its digest is unique
        session.execute(delete(Review).where(Review.id.in_(ids)), execution_options={"synchronize_session": False})
    session.execute(update(Review), [_values(old, shown[new]) for old, new in pairs])
    index_stored(session, kept)
    for is_answered, state in ((True, CaseState.ANSWERED), (False, CaseState.OPEN)):
        ids = [old for old, new in pairs if answers(shown[new]) is is_answered]
        if ids:
            move_cases(session, ids, state, now=now, is_reworded=True)


def _values(old: int, row: dict[str, Any]) -> dict[str, Any]:
    fresh = {"missed_runs": 0, "missing_since_at": None, "score_claim": None, "score_claimed_until": None}
    # The new row may have been judged meanwhile; its score went with it.
    return row | fresh | {"id": old, "scored_with": NOT_JUDGED if row["scored_with"] == NOT_JUDGED else None}
