"""How much a run has to read of a platform that lists ids, and tells which reviews changed between two days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Engine

from db.models import CrawlRun, Source
from db.resuming import attempt_began, count_as_seen
from db.session import read_scope, session_scope

OVERLAP = timedelta(days=2)  # clocks differ, and platforms are late


@dataclass(frozen=True, slots=True)
class Attempt:
    database: Engine
    source_id: int
    run_id: int
    since: date | None  # the day from which changes are asked for; None: everything is
    began_at: datetime | None  # of a reading of everything that earlier runs did not end

    def read_before(self, external_ids: Sequence[str]) -> set[str]:
        """Those that need no asking: earlier runs of this attempt have read them. They count as seen."""
        if self.began_at is None:
            return set()
        with session_scope(self.database) as session:
            return count_as_seen(session, self.source_id, external_ids, since=self.began_at, run_id=self.run_id)


def attempt_of(database: Engine, source_id: int, run_id: int, *, asked: date | None = None) -> Attempt:
    """What the run and those before it say, unless a person has asked for a date.

    A run that is to read everything does, however short ago the last one did.
    """
    with read_scope(database) as session:
        run, source = session.get(CrawlRun, run_id), session.get_one(Source, source_id)
        is_full, read_at = run is None or run.is_full, source.last_success_at
        since = asked or (None if is_full or read_at is None else (read_at - OVERLAP).date())
        return Attempt(database, source_id, run_id, since, attempt_began(session, run_id) if since is None else None)
