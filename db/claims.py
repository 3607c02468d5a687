"""Claims on sources: who may read one now. One request at a time goes to a host, whoever sends it.

A claim commits at once, so that other workers see it, and lapses by itself: a killed worker blocks nothing. A source
that is given back keeps its host at rest for a moment (`claimed_until` without a token): the distance between two
requests holds between the last of one crawl and the first of the next as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import uuid4

from sqlalchemy import ColumnElement, String, and_, cast, exists, func, literal_column, or_, select, update
from sqlalchemy.orm import Session, aliased

from .models import Source

_CLAIMING = 0x416D656E  # the advisory lock of PostgreSQL under which claims are made, one after the other


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceClaim:
    """The right to crawl one source until the lease ends. `token` proves it."""

    source_id: int
    slug: str
    platform: str
    url: str
    token: str
    delay_s: float = 0.0  # between two requests, and after the last one


class Obstacle(StrEnum):
    """Why a source could not be claimed."""

    UNKNOWN = "unknown"  # there is none, or none any more
    TAKEN = "taken"  # another worker reads it
    HOST = "host"  # another source of the same host is being read, or was a moment ago


def claim_source(session: Session, source_id: int, *, now: datetime, lease_s: float) -> SourceClaim | None:
    """Take this source, enabled or not, due or not. None where it cannot be had: `obstacle` says why."""
    _queue_up(session)
    wanted = session.get(Source, source_id, populate_existing=True)
    claim = None
    if wanted is not None and wanted.removed_at is None and _hosts_until(session, wanted) < now:
        claim = _take(session, source_id, now=now, lease_s=lease_s)
    session.commit()
    return claim


def obstacle(session: Session, source_id: int, *, now: datetime) -> Obstacle | None:
    """What keeps a source from being claimed now; None for nothing."""
    wanted = session.get(Source, source_id, populate_existing=True)
    if wanted is None or wanted.removed_at is not None:
        return Obstacle.UNKNOWN
    if wanted.claim is not None and wanted.claimed_until is not None and wanted.claimed_until >= now:
        return Obstacle.TAKEN
    return None if _hosts_until(session, wanted) < now else Obstacle.HOST


def claim_due_sources(session: Session, *, now: datetime, lease_s: float, limit: int) -> list[SourceClaim]:
    """Take enabled sources that are due, of different hosts that nobody reads from.

    The host that has been left alone for longest comes first, so that one with 500 sources due does not keep others
    waiting; within a host the source that has been due for longest.
    """
    _queue_up(session)
    claims: list[SourceClaim] = []
    while len(claims) < limit:
        claim = _take_due(session, now=now, lease_s=lease_s)
        if claim is None:
            break
        claims.append(claim)
    session.commit()
    return claims


def next_free_at(session: Session, *, now: datetime, beside_claims: bool = False) -> datetime | None:
    """When the first host that only rests will be free for a source that is due; None where none is.

    `beside_claims` counts hosts that another worker reads from as well: it may be dead.
    """
    taken, due = aliased(Source), aliased(Source)
    waits = exists().where(_is_due(due, now), _host_key(due) == _host_key(taken))
    until = select(func.min(taken.claimed_until)).where(taken.claimed_until >= now, waits)
    return session.scalar(until if beside_claims else until.where(taken.claim.is_(None)))


def extend_claim(session: Session, claim: SourceClaim, *, now: datetime, lease_s: float) -> bool:
    """Lengthen a lease. False when it has lapsed and another worker has taken the source, or another of its host."""
    return not extend_claims(session, [claim], now=now, lease_s=lease_s)


def extend_claims(
    session: Session, claims: Sequence[SourceClaim], *, now: datetime, lease_s: float
) -> list[SourceClaim]:
    """Lengthen several leases, and give those that are lost."""
    _queue_up(session)
    other = aliased(Source)
    is_taken = exists().where(
        other.id != Source.id, other.claimed_until >= now, other.host == Source.host, other.host != ""
    )
    lost = []
    for claim in claims:
        held = update(Source).where(Source.id == claim.source_id, Source.claim == claim.token, ~is_taken)
        kept = held.values(claimed_until=now + timedelta(seconds=lease_s)).returning(Source.id)
        if session.execute(kept, execution_options={"synchronize_session": False}).scalar() is None:
            lost.append(claim)
    session.commit()
    return lost


def release_source(session: Session, claim: SourceClaim, *, now: datetime, rest_s: float = 0.0) -> None:
    """Give the source back, its host at rest for a moment. A claim that another worker has taken over stays theirs."""
    # What has ended must lie before any later `now`; the time itself stays: hosts are served in its order.
    until = now + timedelta(seconds=rest_s) if rest_s > 0 else now - timedelta(microseconds=1)
    session.execute(
        update(Source)
        .where(Source.id == claim.source_id, Source.claim == claim.token)
        .values(claim=None, claimed_until=until)
    )


def undo_claim(session: Session, claim: SourceClaim, *, until: datetime | None) -> None:
    """Give the source back as if it had never been taken; `until` is what `taken_until` said before."""
    session.execute(
        update(Source)
        .where(Source.id == claim.source_id, Source.claim == claim.token)
        .values(claim=None, claimed_until=until)
    )


def taken_until(session: Session, source_id: int) -> datetime | None:
    """When the claim on a source lapses, or its rest ends; it may have."""
    return session.scalar(select(Source.claimed_until).where(Source.id == source_id))


def is_unclaimed(source: type[Source], now: datetime) -> ColumnElement[bool]:
    """Whether nobody reads this source; its host may rest."""
    return or_(source.claim.is_(None), source.claimed_until.is_(None), source.claimed_until < now)


def _queue_up(session: Session) -> None:
    """Let claims be made one after the other: two sources of one host are two rows, which no lock of a row covers.

    SQLite has one writer anyway. Earlier work is committed first: who waits here holds no row that another may need.
    """
    session.commit()
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(_CLAIMING)))


def _take_due(session: Session, *, now: datetime, lease_s: float) -> SourceClaim | None:
    candidate, member = aliased(Source), aliased(Source)
    hosts = (
        select(_host_key(member).label("key"), func.max(member.claimed_until).label("until"))
        .group_by(_host_key(member))
        .subquery()
    )
    first = (
        select(candidate.id)
        .join(hosts, hosts.c.key == _host_key(candidate))
        .where(_is_due(candidate, now), or_(hosts.c.until.is_(None), hosts.c.until < now))
        .order_by(hosts.c.until.nulls_first(), candidate.next_crawl_at, candidate.id)
        .limit(1)
        .with_for_update(skip_locked=True, of=candidate)
    )
    source_id = session.scalar(first)
    return None if source_id is None else _take(session, source_id, now=now, lease_s=lease_s)


def _take(session: Session, source_id: int, *, now: datetime, lease_s: float) -> SourceClaim | None:
    token = str(uuid4())
    row = session.execute(
        update(Source)
        .where(Source.id == source_id)
        .values(claim=token, claimed_until=now + timedelta(seconds=lease_s))
        .returning(Source.id, Source.slug, Source.platform, Source.url, Source.delay_s),
        execution_options={"synchronize_session": False},
    ).one_or_none()
    if row is None:
        return None
    return SourceClaim(
        source_id=row.id, slug=row.slug, platform=row.platform, url=row.url, token=token, delay_s=row.delay_s
    )


def _hosts_until(session: Session, source: Source) -> datetime:
    """Until when the host of this source is taken; long ago where it never was."""
    same = or_(Source.id == source.id, and_(Source.host == source.host, Source.host != ""))
    return session.scalar(select(func.max(Source.claimed_until)).where(same)) or datetime.min.replace(
        tzinfo=source.created_at.tzinfo
    )


def _is_due(source: type[Source], now: datetime) -> ColumnElement[bool]:
    return and_(source.is_enabled, source.removed_at.is_(None), source.next_crawl_at <= now)


def _host_key(source: type[Source]) -> ColumnElement[str]:
    """What stands for a host. A source of which none is known shares it with nobody."""
    return func.coalesce(func.nullif(source.host, literal_column("''")), cast(source.id, String))
