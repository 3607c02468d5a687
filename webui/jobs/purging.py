"""Takes out what may be kept no longer, and what somebody wants to have erased; then makes the files forget it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import Engine

from crawlers import page_cache
from db.erasing import erase_at_request
from db.models import Review
from db.retention import forget_pages, purge_due, unkept_sources
from db.search import rebuild_words
from db.session import read_scope, session_scope
from db.settings import DbSettings
from db.vault import vault_of

from ..wiring import Clock, Services


def purge_old(services: Services) -> int:
    """Purge every text whose time is over, in small batches; how many texts and earlier wordings that were."""
    total = 0
    while True:
        with session_scope(services.engine) as session:
            done = purge_due(session, now=services.clock())
        if not done:
            break
        total += done
    with read_scope(services.engine) as session:
        sources = unkept_sources(session)
    for source_id in sources:
        page_cache.purge(services.database.data_dir, source_id)
    if total or _is_file(services.engine):  # an earlier one may have found the log in use
        forget_pages(services.engine)
    rebuild_words(services.engine, now=services.clock())
    return total


def erase_review(engine: Engine, database: DbSettings, review_id: int, *, clock: Clock) -> bool:
    """Erase one review because its writer asks for it, copies of its page too. False when there is none."""
    with session_scope(engine) as session:
        review = session.get(Review, review_id)
        if review is None or not erase_at_request(session, review_id, now=clock(), vault=vault_of(database)):
            return False
        source_id = review.source_id
    forget_copies(engine, database.data_dir, [source_id])
    return True


def forget_copies(engine: Engine, data_dir: Path, source_ids: Iterable[int]) -> None:
    """After something of these sources was deleted: no copy of their pages, and nothing of it in the files."""
    for source_id in source_ids:
        page_cache.purge(data_dir, source_id)
    if _is_file(engine):
        forget_pages(engine)


def _is_file(engine: Engine) -> bool:
    return engine.dialect.name == "sqlite"
