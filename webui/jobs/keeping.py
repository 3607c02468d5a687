"""Pseudonymises what is older than is kept, once a day, in small batches; a killed run goes on at the next tick.

What is due stands in the database, so nothing has to be remembered but that today's run has come to its end.
"""

from __future__ import annotations

import time

from crawlers import page_cache
from db.keeping import is_run_due, note_run, pseudonymise_some, tidy
from db.retention import forget_pages
from db.search import rebuild_words
from db.session import session_scope

from ..wiring import Services


def pseudonymise_old(services: Services, *, within_s: float) -> int:
    """Do today's run, or some of it; how many batches went."""
    with session_scope(services.engine) as session:
        if not is_run_due(session, now=services.clock()):
            return 0
    until = time.monotonic() + within_s
    sources: set[int] = set()
    batches, is_done = 0, False
    while not is_done and time.monotonic() < until:
        with session_scope(services.engine) as session:
            touched = pseudonymise_some(session, now=services.clock())
        sources.update(touched)
        batches += bool(touched)
        is_done = not touched
    for source_id in sources:
        page_cache.purge(services.database.data_dir, source_id)
    with session_scope(services.engine) as session:
        tidy(session, now=services.clock())
        if is_done:
            note_run(session, now=services.clock())
    if sources and services.engine.dialect.name == "sqlite":
        forget_pages(services.engine)
    rebuild_words(services.engine, now=services.clock())
    return batches
