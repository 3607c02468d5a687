"""How every source is doing. Those that were removed while their reviews stay are left out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session, joinedload

from ..models import BY_HAND, Case, CrawlRun, CrawlState, Location, Retention, Review, Source, SourceHealth
from ..wording import cut_identity

RECENT = timedelta(days=30)


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
    gone: int
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
    place_ref: str = ""
    retention: Retention = Retention.STORE
    may_judge: bool = True
    recent_new: int = 0  # new reviews of the last 30 days, where they were asked for


class SourceState(StrEnum):
    """What a list of sources is narrowed to."""

    LOOK = "look"  # not read well the last time
    FINE = "fine"
    NEW = "new"  # never read
    PAUSED = "paused"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcePage:
    rows: Sequence[SourceOverview]
    found: int  # on all pages
    page: int  # from 1
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceCounts:
    """What hangs on one source."""

    reviews: int
    waiting: int  # of them in the queue


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthCounts:
    """All sources in a few figures."""

    total: int
    enabled: int
    troubled: int  # enabled, and not read well the last time
    new: int  # enabled, and never read
    unread: int  # those of them that Amends reads
    imported: int  # enabled, and filled by imports alone: nothing is read there
    last_success_at: datetime | None  # of those that are read
    timezone: str  # of the oldest place, to write the time in; UTC without any
    is_one_zone: bool  # whether all these places have it

    @property
    def read(self) -> int:
        """Enabled, and read by Amends."""
        return self.enabled - self.imported


def source_overview(session: Session) -> list[SourceOverview]:
    """Every source by place and name, with its last crawl and how many reviews it has brought."""
    sources = session.scalars(_listed().options(joinedload(Source.location))).all()
    counted = select(Review.source_id, func.count()).group_by(Review.source_id)
    reviews = dict(session.execute(counted).all())
    newest = select(func.max(CrawlRun.id)).group_by(CrawlRun.source_id)
    runs = {run.source_id: run for run in session.scalars(select(CrawlRun).where(CrawlRun.id.in_(newest)))}
    overview = [_overview(source, runs.get(source.id), reviews.get(source.id, 0)) for source in sources]
    return sorted(overview, key=lambda row: (row.location_name, row.slug))


def source_page(
    session: Session,
    *,
    now: datetime,
    search: str = "",
    state: SourceState | None = None,
    page: int = 1,
    size: int = 50,
    places: Collection[int] | None = None,
) -> SourcePage:
    """One page of the sources by place and name; `search` looks into names, addresses and places.

    `places` are the ids of those whose sources are asked for; without, all of them.

    Counts are made for the sources of the page alone, so it costs the same however many there are.
    """
    wanted = _listed().join(Source.location).where(*_at(places))
    if state is not None:
        wanted = wanted.where(_in_state(state))
    if search:
        columns = (Source.name, Source.slug, Source.url, Source.place_ref, Source.platform, Location.name)
        text = search.lower()
        wanted = wanted.where(or_(*(func.lower(column).contains(text, autoescape=True) for column in columns)))
    found = session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    pages = max(1, -(-found // size))
    page = min(max(1, page), pages)
    in_order = wanted.order_by(Location.name, Source.slug, Source.id).limit(size).offset((page - 1) * size)
    sources = session.scalars(in_order.options(joinedload(Source.location))).all()
    ids = [source.id for source in sources]
    counted = select(Review.source_id, func.count()).where(Review.source_id.in_(ids)).group_by(Review.source_id)
    reviews = dict(session.execute(counted).all())
    newest = select(func.max(CrawlRun.id)).where(CrawlRun.source_id.in_(ids)).group_by(CrawlRun.source_id)
    runs = {run.source_id: run for run in session.scalars(select(CrawlRun).where(CrawlRun.id.in_(newest)))}
    lately = (
        select(CrawlRun.source_id, func.sum(CrawlRun.new))
        .where(CrawlRun.source_id.in_(ids), CrawlRun.started_at >= now - RECENT)
        .group_by(CrawlRun.source_id)
    )
    new = dict(session.execute(lately).all())
    rows = [
        _overview(source, runs.get(source.id), reviews.get(source.id, 0), recent_new=int(new.get(source.id) or 0))
        for source in sources
    ]
    return SourcePage(rows=rows, found=found, page=page, pages=pages)


def source_counts(session: Session, source_id: int) -> SourceCounts:
    """How many reviews a source has brought, and how many of them wait for a person."""
    of_source = select(func.count()).select_from(Review).where(Review.source_id == source_id)
    return SourceCounts(
        reviews=session.scalar(of_source) or 0,
        waiting=session.scalar(of_source.join(Case, Case.review_id == Review.id).where(Case.in_queue)) or 0,
    )


def health_counts(
    session: Session, *, places: Collection[int] | None = None, imported: Collection[str] = ()
) -> HealthCounts:
    """The sources in short, for every page; one query. `imported` are the platforms that people bring files of."""
    is_brought = Source.platform.in_(imported)
    zone = select(Location.timezone).join(Source, Source.location_id == Location.id).where(*_at(places))
    zone = zone.where(Source.removed_at.is_(None))
    first = zone.order_by(Location.id).limit(1)  # the oldest: a new place must not change how times are written
    zones = select(func.count(zone.subquery().c.timezone.distinct()))
    enabled = case((Source.is_enabled, 1), else_=0)
    new = case((and_(Source.is_enabled, Source.health == SourceHealth.NEW), 1), else_=0)
    fine = case((and_(Source.is_enabled, Source.health == SourceHealth.HEALTHY), 1), else_=0)
    brought = case((and_(Source.is_enabled, is_brought), 1), else_=0)
    unread = case((and_(Source.is_enabled, Source.health == SourceHealth.NEW, ~is_brought), 1), else_=0)
    sums = (func.coalesce(func.sum(one), 0) for one in (enabled, new, unread, fine, brought))
    last_read = func.max(case((is_brought, None), else_=Source.last_success_at))
    row = session.execute(
        select(func.count(), last_read, first.scalar_subquery(), zones.scalar_subquery(), *sums).where(
            Source.removed_at.is_(None), Source.platform != BY_HAND, *_at(places)
        )
    ).one()
    total, last, timezone, zone_count, on, never, never_read, well, by_files = row
    return HealthCounts(
        total=total,
        enabled=on,
        troubled=on - never - well,
        new=never,
        unread=never_read,
        imported=by_files,
        last_success_at=last,
        timezone=timezone or "UTC",
        is_one_zone=zone_count < 2,
    )


def _in_state(state: SourceState) -> ColumnElement[bool]:
    """As `health_counts` counts them."""
    good = (SourceHealth.NEW, SourceHealth.HEALTHY)
    match state:
        case SourceState.PAUSED:
            return Source.is_enabled.is_(False)
        case SourceState.NEW | SourceState.FINE:
            health = SourceHealth.NEW if state is SourceState.NEW else SourceHealth.HEALTHY
            return and_(Source.is_enabled, Source.health == health)
        case SourceState.LOOK:
            return and_(Source.is_enabled, Source.health.not_in(good))


def _at(places: Collection[int] | None) -> list[ColumnElement[bool]]:
    return [] if places is None else [Source.location_id.in_(places)]


def _listed() -> Select[Source]:
    return select(Source).where(Source.removed_at.is_(None), Source.platform != BY_HAND)


def last_runs(session: Session, source_id: int, *, limit: int = 20) -> list[RunSummary]:
    """The last crawls of one source, newest first."""
    runs = select(CrawlRun).where(CrawlRun.source_id == source_id).order_by(CrawlRun.id.desc()).limit(limit)
    return [_summary(run) for run in session.scalars(runs)]


def known_reviews(session: Session, source_id: int, external_ids: Sequence[str]) -> set[str]:
    """Those of a page's ids under which a review of the source is stored."""
    cut_ids = {cut_identity(one, 400): one for one in external_ids}
    stored = select(Review.external_id).where(Review.source_id == source_id, Review.external_id.in_(cut_ids))
    return {cut_ids[found] for found in session.scalars(stored)}


def _overview(source: Source, run: CrawlRun | None, reviews: int, *, recent_new: int = 0) -> SourceOverview:
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
        place_ref=source.place_ref,
        retention=source.retention,
        may_judge=source.may_judge,
        recent_new=recent_new,
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
        gone=run.gone,
        dropped=run.dropped,
        errors=run.errors,
        advertised_total=run.advertised_total,
        is_complete=run.is_complete,
        robots_verdict=run.robots_verdict,
        block_kind=run.block_kind,
    )
