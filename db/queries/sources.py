"""How every source is doing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from ..models import CrawlRun, CrawlState, Review, Source, SourceHealth
from ..wording import cut_identity


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSummary:
    """The record of one crawl, in short."""

    run_id: int
    state: CrawlState
    reason: str
    message: str
    started_at: datetime
    finished_at: datetime | None  # None while it runs
    pages: int
    found: int
    new: int
    changed: int
    unchanged: int
    dropped: int
    errors: int
    advertised_total: int | None
    is_complete: bool
    robots_verdict: str
    block_kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceOverview:
    source_id: int
    slug: str
    name: str
    platform: str
    syntax: str
    url: str
    location_slug: str
    location_name: str
    timezone: str
    is_enabled: bool
    health: SourceHealth
    health_note: str
    next_crawl_at: datetime | None
    last_success_at: datetime | None
    reviews: int  # stored
    last_run: RunSummary | None


def source_overview(session: Session) -> list[SourceOverview]:
    """Every source by place and name, with its last crawl and how many reviews it has brought."""
    sources = session.scalars(select(Source).options(joinedload(Source.location))).all()
    counted = select(Review.source_id, func.count()).group_by(Review.source_id)
    reviews = dict(session.execute(counted).all())
    newest = select(func.max(CrawlRun.id)).group_by(CrawlRun.source_id)
    runs = {run.source_id: run for run in session.scalars(select(CrawlRun).where(CrawlRun.id.in_(newest)))}
    overview = [_overview(source, runs.get(source.id), reviews.get(source.id, 0)) for source in sources]
    return sorted(overview, key=lambda row: (row.location_name, row.slug))


def last_runs(session: Session, source_id: int, *, limit: int = 20) -> list[RunSummary]:
    """The last crawls of one source, newest first."""
    runs = select(CrawlRun).where(CrawlRun.source_id == source_id).order_by(CrawlRun.id.desc()).limit(limit)
    return [_summary(run) for run in session.scalars(runs)]


def slugs_of_runs(session: Session, run_ids: Sequence[int]) -> list[str]:
    """The sources that these runs read, by name."""
    slugs = select(Source.slug).join(CrawlRun, CrawlRun.source_id == Source.id).where(CrawlRun.id.in_(run_ids))
    return sorted(set(session.scalars(slugs)))


def known_reviews(session: Session, source_id: int, external_ids: Sequence[str]) -> set[str]:
    """Those of a page's ids under which a review of the source is stored."""
    cut_ids = {cut_identity(one, 400): one for one in external_ids}
    stored = select(Review.external_id).where(Review.source_id == source_id, Review.external_id.in_(cut_ids))
    return {cut_ids[found] for found in session.scalars(stored)}


def _overview(source: Source, run: CrawlRun | None, reviews: int) -> SourceOverview:
    return SourceOverview(
        source_id=source.id,
        slug=source.slug,
        name=source.name,
        platform=source.platform,
        syntax=source.syntax,
        url=source.url,
        location_slug=source.location.slug,
        location_name=source.location.name,
        timezone=source.location.timezone,
        is_enabled=source.is_enabled,
        health=source.health,
        health_note=source.health_note,
        next_crawl_at=source.next_crawl_at,
        last_success_at=source.last_success_at,
        reviews=reviews,
        last_run=_summary(run) if run else None,
    )


def _summary(run: CrawlRun) -> RunSummary:
    return RunSummary(
        run_id=run.id,
        state=run.state,
        reason=run.reason,
        message=run.message,
        started_at=run.started_at,
        finished_at=run.finished_at,
        pages=run.pages,
        found=run.found,
        new=run.new,
        changed=run.changed,
        unchanged=run.unchanged,
        dropped=run.dropped,
        errors=run.errors,
        advertised_total=run.advertised_total,
        is_complete=run.is_complete,
        robots_verdict=run.robots_verdict,
        block_kind=run.block_kind,
    )
