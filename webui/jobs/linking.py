"""Finds the same review at two sites of one place, a batch a transaction, so that crawls get their turn."""

from __future__ import annotations

from db.session import read_scope, session_scope
from db.sources import list_sources
from db.twins import link_twins

from ..wiring import Services


def link_new(services: Services) -> int:
    """Compare every review that has not been compared yet; how many."""
    with read_scope(services.engine) as session:
        ids = [source.id for source in list_sources(session)]
    total = 0
    for source_id in ids:
        while True:
            with session_scope(services.engine) as session:
                done = link_twins(session, source_id, now=services.clock())
            if not done:
                break
            total += done
    return total
