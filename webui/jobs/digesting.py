"""Gives the weekly digests out that are due: who puts one into the outbox sends it, of however many workers."""

from __future__ import annotations

from db.digests import due_digests, issue_digest
from db.session import read_scope, session_scope

from ..wiring import Services


def issue_digests(services: Services) -> int:
    """Have every one that is due sent; how many. A transaction each: one that fails keeps nobody else's."""
    now = services.clock()
    with read_scope(services.engine) as session:
        due = due_digests(session, now=now)
    count = 0
    for one in due:
        with session_scope(services.engine) as session:
            count += issue_digest(session, one, now=now)
    return count
