"""The places of the business and the addresses at which they are reviewed: the words of `amends source …`.

Functions flush and never commit. Names that people type back are made here: short, in ASCII, unique.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypedDict, Unpack
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session, joinedload

from .clocks import recount
from .errors import BadValue, SourceExists, UnknownSource
from .models import BY_HAND, Location, Retention, Source
from .wording import cut, named


class SourceSettings(TypedDict, total=False):
    """Further columns of Source; without them their defaults hold. `next_crawl_at` None: crawled by hand only."""

    reach: float
    retention: Retention
    basis_note: str
    delay_s: float
    max_pages: int
    crawl_every_s: int
    is_enabled: bool
    next_crawl_at: datetime | None
    place_ref: str
    options: dict[str, Any]
    sealed_keys: str
    may_judge: bool


def add_location(
    session: Session, name: str, *, now: datetime, slug: str | None = None, timezone: str | None = None
) -> Location:
    """The place of this slug, or without one of this name; made where there is none.

    A time zone that is given counts for a known place as well; a new one without lies in UTC.

    Raises:
        BadValue: the name is empty or the time zone unknown.
    """
    name = named(name)
    known = Location.slug == slug if slug else Location.name == name
    found = session.scalars(select(Location).where(known).order_by(Location.id)).first()
    if found is not None:
        if timezone is not None and check_zone(timezone) != found.timezone:
            recount(session, now=now)
            found.timezone = timezone
        session.flush()
        return found
    location = Location(
        slug=_unique_slug(session, Location.slug, slug or name, otherwise="place"),
        name=name,
        timezone="UTC" if timezone is None else check_zone(timezone),
        created_at=now,
    )
    session.add(location)
    session.flush()
    return location


def add_source(
    session: Session,
    location: Location,
    *,
    name: str,
    platform: str,
    url: str,
    now: datetime,
    syntax: str = "",
    slug: str | None = None,
    asks: str = "",
    **settings: Unpack[SourceSettings],
) -> Source:
    """Register an address, enabled and due at once. `settings` are further columns.

    `asks` is the address that is asked where that is not `url`: the base of an API. One that was removed while its
    reviews stayed is taken back, so that they are not read a second time.

    Raises:
        SourceExists: the address is registered for this place.
        BadValue: the name is empty or the address too long.
    """
    if len(url) > 2000:
        raise BadValue("The address is longer than 2000 characters.")
    known = find_source_by_url(session, url, location_id=location.id)
    if known is not None and known.removed_at is not None:
        known.host = host_of(asks or url)
        return _taken_back(session, known, name=name, platform=platform, syntax=syntax, now=now, settings=settings)
    if known is not None:
        raise SourceExists(f"This address is read already, as {known.slug}.")
    name = named(name)
    settings.setdefault("next_crawl_at", now)
    source = Source(
        location_id=location.id,
        slug=_unique_slug(session, Source.slug, slug or name, otherwise="source"),
        name=name,
        platform=platform,
        syntax=syntax,
        url=url,
        host=host_of(asks or url),
        created_at=now,
        **settings,
    )
    session.add(source)
    session.flush()
    return source


def _taken_back(
    session: Session, source: Source, *, name: str, platform: str, syntax: str, now: datetime, settings: SourceSettings
) -> Source:
    source.name, source.platform, source.syntax = named(name), platform, syntax
    source.removed_at, source.is_enabled, source.next_crawl_at = None, True, now
    for column, value in settings.items():
        setattr(source, column, value)
    session.flush()
    return source


def list_sources(session: Session) -> Sequence[Source]:
    """Every source with its place, by place and name; not those that were removed, nor complaints by hand."""
    return session.scalars(
        select(Source)
        .join(Source.location)
        .options(joinedload(Source.location))
        .where(Source.removed_at.is_(None), Source.platform != BY_HAND)
        .order_by(Location.name, Source.slug)
    ).all()


def list_locations(session: Session) -> Sequence[Location]:
    """Every place by name."""
    return session.scalars(select(Location).order_by(Location.name, Location.id)).all()


def find_source(session: Session, slug: str) -> Source | None:
    """The source of this slug, unless it was removed."""
    here = select(Source).options(joinedload(Source.location)).where(Source.slug == slug, Source.removed_at.is_(None))
    return session.scalars(here).one_or_none()


def get_source(session: Session, slug: str) -> Source:
    """The source of this slug.

    Raises:
        UnknownSource: there is none.
    """
    source = find_source(session, slug)
    if source is None:
        raise UnknownSource(f"There is no source called {cut(slug, 80)}. `amends source list` shows those there are.")
    return source


def find_source_by_url(session: Session, url: str, *, location_id: int | None = None) -> Source | None:
    """The source that reads exactly this address, at this place or at any. It may have been removed."""
    here = select(Source).where(Source.url == url).order_by(Source.id)
    if location_id is not None:
        here = here.where(Source.location_id == location_id)
    return session.scalars(here).first()


def enable_source(session: Session, slug: str, *, now: datetime) -> Source:
    """Crawl it again from now on. Raises UnknownSource."""
    source = get_source(session, slug)
    source.is_enabled = True
    source.next_crawl_at = source.next_crawl_at or now
    session.flush()
    return source


def disable_source(session: Session, slug: str) -> Source:
    """Crawl it no more; what it has brought stays. Raises UnknownSource."""
    source = get_source(session, slug)
    source.is_enabled = False
    session.flush()
    return source


def host_of(url: str) -> str:
    """The host and port that an address asks, "reviews.example:443"; empty where it names none."""
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return ""
    return f"{host}:{port or (80 if parts.scheme == 'http' else 443)}"[:260] if host else ""


def slug_of(name: str, *, otherwise: str) -> str:
    """Lower-case ASCII words joined by "-", at most 70 characters; `otherwise` where nothing of the name is ASCII."""
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_name.lower()).strip("-")[:70].strip("-") or otherwise


def _unique_slug(session: Session, column: InstrumentedAttribute[str], name: str, *, otherwise: str) -> str:
    slug = slug_of(name, otherwise=otherwise)
    taken = set(session.scalars(select(column).where(column.like(f"{slug}%"))))
    number = 2
    wanted = slug
    while wanted in taken:
        wanted = f"{slug}-{number}"
        number += 1
    return wanted


def check_zone(timezone: str) -> str:
    """The time zone as it was given.

    Raises:
        BadValue: there is none of that name.
    """
    try:
        ZoneInfo(timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise BadValue(f"There is no time zone {cut(timezone, 64)}. Write it like Europe/Berlin.") from error
    return timezone
