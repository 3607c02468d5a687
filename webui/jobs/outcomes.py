"""How the reading of a source ended, for people and for `amends crawl --json`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from db.claims import SourceClaim
from db.models import CrawlState
from db.queries.sources import RunSummary, last_runs
from db.rehearsing import Rehearsal
from db.session import read_scope
from db.source_changes import source_of

from ..wiring import Services

REMOVED_MEANWHILE = "It was removed while it was being read: the reading was ended, and nothing more of it is stored."


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlOutcome:
    slug: str
    state: CrawlState
    message: str
    new: int
    changed: int
    unchanged: int
    name: str = ""
    gone: int = 0
    seconds: float = 0.0
    next_at: datetime | None = None  # when it is read next; None: not by itself
    rehearsal: Rehearsal | None = None  # of a dry run: what storing it would change


def last_run(services: Services, claim: SourceClaim) -> RunSummary | None:
    """The record of its last reading; None without one, or when it was deleted with its source."""
    with read_scope(services.engine) as session:
        return next(iter(last_runs(session, claim.source_id, limit=1)), None)


def name_and_next(services: Services, claim: SourceClaim) -> tuple[str, datetime | None]:
    """What the source is called and when it is read next."""
    with read_scope(services.engine) as session:
        source = source_of(session, claim.source_id)
        if source is None:
            return "", None
        return source.name, source.next_crawl_at if source.is_enabled else None


def is_there(services: Services, claim: SourceClaim) -> bool:
    """Whether nobody has removed it meanwhile."""
    with read_scope(services.engine) as session:
        return source_of(session, claim.source_id) is not None


def outcome_of(services: Services, claim: SourceClaim) -> CrawlOutcome:
    """How the last crawl of this source went."""
    run = last_run(services, claim)
    if run is None or not is_there(services, claim):
        kept = run.new + run.changed if run else 0
        return removed(claim.slug, new=kept)
    name, next_at = name_and_next(services, claim)
    return CrawlOutcome(
        slug=claim.slug,
        name=name,
        state=run.state,
        message=run.message,
        new=run.new,
        changed=run.changed,
        unchanged=run.unchanged,
        gone=run.gone,
        seconds=((run.finished_at or services.clock()) - run.started_at).total_seconds(),
        next_at=next_at,
    )


def removed(slug: str, *, new: int = 0) -> CrawlOutcome:
    """The source was taken off the list before its reading had come to its end."""
    return CrawlOutcome(slug=slug, state=CrawlState.FAILED, message=REMOVED_MEANWHILE, new=new, changed=0, unchanged=0)
