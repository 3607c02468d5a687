"""What the platforms' terms let us keep, and for how long; the rest is taken out.

A text may stay for so long after it was last seen at its source; an earlier wording for so long after it was replaced.
What is shown again later is taken in again (db.ingest). Batches are small, so that crawls get their turn.

On SQLite nothing of a purged text stays in the file (`secure_delete` overwrites it), and the write-ahead log is
emptied afterwards. On PostgreSQL the old rows are dead at once and no query finds them; VACUUM lets others have their
place, and only what is written there next overwrites the bytes. Its write-ahead log and your backups keep them for as
long as they themselves are kept.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Engine, delete, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from .erasing import erase
from .models import ErasedFor, Retention, Review, Revision, Source
from .search import forget_words, note_dropped

BATCH = 500
KEPT_FOR = {Retention.DAYS_30: timedelta(days=30), Retention.HOURS_24: timedelta(hours=24)}
_TABLES = (
    *("review", "revision", "score", "gist", "review_words"),
    *("complaint", "attachment", "contact", "promise", "private_message", "follow_up"),
)

log = logging.getLogger(__name__)


def purge_due(session: Session, *, now: datetime, limit: int = BATCH) -> int:
    """Take out up to `limit` texts that have been kept long enough; how many, 0 when nothing is due."""
    done = 0
    for source in _bound_sources(session):
        if done >= limit:
            break
        if source.retention is Retention.NO_STORE:
            ids = _due(session, source.id, limit=limit - done)
            done += erase(session, ids, ErasedFor.NO_STORE, now=now) if ids else 0
            continue
        until = now - KEPT_FOR[source.retention]
        ids = _due(session, source.id, Review.last_seen_at < until, limit=limit - done)
        done += erase(session, ids, ErasedFor.RETENTION, now=now) if ids else 0
        dropped = _drop_revisions(session, source.id, until=until, limit=limit - done)
        if dropped:
            note_dropped(session, now=now)  # the index may still hold words of them
        done += dropped
    return done


def unkept_sources(session: Session) -> Sequence[int]:
    """Sources of whose pages no copy may lie about."""
    return [source.id for source in _bound_sources(session)]


def forget_pages(engine: Engine) -> bool:
    """Make the files forget what was taken out. False where others held them; then the next purge does it."""
    forget_words(engine)
    if engine.dialect.name == "sqlite":
        raw = engine.raw_connection()
        try:
            busy, *_ = raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            raw.close()
        return not busy
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        try:
            for table in _TABLES:
                connection.execute(text(f"VACUUM {table}"))
        except DBAPIError as error:  # the tables belong to somebody else
            log.warning("the purged rows wait for the server's own VACUUM: %s", type(error.orig).__name__)
            return False
    return True


def _bound_sources(session: Session) -> Sequence[Source]:
    return session.scalars(select(Source).where(Source.retention != Retention.STORE).order_by(Source.id)).all()


def _due(session: Session, source_id: int, *which: ColumnElement[bool], limit: int) -> Sequence[int]:
    due = select(Review.id).where(Review.source_id == source_id, Review.erased_at.is_(None), *which)
    return session.scalars(due.order_by(Review.id).limit(limit)).all()


def _drop_revisions(session: Session, source_id: int, *, until: datetime, limit: int) -> int:
    if limit <= 0:
        return 0
    due = (
        select(Revision.id)
        .join(Review, Review.id == Revision.review_id)
        .where(Review.source_id == source_id, Revision.replaced_at < until)
        .limit(limit)
    )
    ids = session.scalars(due).all()
    session.execute(delete(Revision).where(Revision.id.in_(ids)), execution_options={"synchronize_session": False})
    return len(ids)
