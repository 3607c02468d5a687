"""What a look has found becomes a source, or the new entries of one that is there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy.orm import Session

from crawlers.platforms import PLATFORMS, Platform, api_base
from db.errors import BadValue, SourceExists
from db.models import Location, Source
from db.source_changes import (
    is_looser,
    reading_of,
    set_access,
    set_address,
    set_reading,
    sources_of_place,
    sources_of_url,
    with_reason,
)
from db.sources import add_location, add_source
from db.vault import Vault, vault_of

from .entries import Access, NewSource, crawl_every_s, default_rules
from .looks import Look
from .pages import Pages
from .wishes import DEFAULT_BASIS

URL_MOST = 2000


class Twice(Exception):
    """It is read at this place already, by the source of this `name`."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def sources_there(session: Session, found: Look) -> list[Source]:
    """The sources that read what was found, at any place."""
    if found.platform:
        return list(sources_of_place(session, found.platform, found.place_ref))
    return list(sources_of_url(session, address_of(found)))


def address_of(found: Look) -> str:
    """What people open to see the reviews; an API without a link is named by what it asks."""
    if found.report is not None and not found.platform:
        return found.report.url
    return found.url or address_of_api(PLATFORMS[found.platform], found.place_ref)


def address_of_api(facts: Platform, place_ref: str) -> str:
    """How a source without a link is named: by what it asks. Nobody can open that."""
    return f"{facts.apis['']}/{place_ref}"[:URL_MOST]


def link_of(platform: str, url: str) -> str:
    """What people open to see a source's reviews; empty where its address is no page."""
    facts = PLATFORMS.get(platform)
    is_page = platform != "file" and not (facts and facts.apis and url.startswith(f"{facts.apis['']}/"))
    return url if is_page else ""


def add_found(session: Session, found: Look, given: NewSource, places: Mapping[str, Location], *, parts: Pages) -> int:
    """Store the source, due at once. Raises Twice."""
    now = parts.clock()
    key = found.platform or (found.report.platform if found.report else "")
    facts = PLATFORMS[key]
    place = places.get(given.place_id) or add_location(session, given.place_name, timezone=given.timezone, now=now)
    if other := next((one for one in sources_there(session, found) if one.location_id == place.id), None):
        raise Twice(other.name)
    basis = given.basis or DEFAULT_BASIS
    if is_looser(given.rules, default_rules(key)):
        basis = with_reason(basis, given.reason, now=now)
    source = add_source(
        session,
        place,
        name=given.name,
        platform=key,
        syntax=found.report.syntax if found.report else "",
        url=address_of(found),
        asks=api_base(key, standin_url=parts.crawl_settings().standin_url) if found.platform else "",
        options={name: value for name, value in given.options.items() if value},
        retention=given.rules.retention,
        may_judge=given.rules.may_judge,
        basis_note=basis,
        crawl_every_s=crawl_every_s(facts),
        now=now,
    )
    if found.platform:
        access = Access(place_ref=found.place_ref, keys=found.keys, options=found.options)
        store_access(session, source, access, open_keys(parts), parts=parts)
    return source.id


def save_tried(session: Session, source: Source, found: Look, *, parts: Pages) -> None:
    """The entries that were tried take the place of those there were. Raises Twice."""
    if found.platform:
        access = Access(place_ref=found.place_ref, keys=found.keys, options=found.options)
        store_access(session, source, access, open_keys(parts), parts=parts)
        return
    now, report = parts.clock(), found.report
    if report is None or report.refusal or report.platform != source.platform:
        return  # the page has said so, and has no such button
    if report.url != source.url or report.syntax != source.syntax:
        try:
            set_address(session, source, url=report.url, syntax=report.syntax, now=now)
        except SourceExists as error:
            raise Twice(next((one.name for one in sources_there(session, found)), "")) from error
    reading = reading_of(source)
    options = {name: value for name, value in {**reading.options, **found.options}.items() if value != ""}
    if options != dict(reading.options):
        set_reading(session, source, replace(reading, options=options), now=now)


def open_keys(parts: Pages) -> Vault:
    """The vault that holds the keys of sources."""
    return vault_of(parts.database)


def stored_keys(vault: Vault, source: Source) -> dict[str, str]:
    """The keys of a source; none where they were sealed with a key that is lost, so that they can be entered anew."""
    try:
        return vault.open(source.sealed_keys)
    except BadValue:
        return {}


def store_access(session: Session, source: Source, access: Access, vault: Vault, *, parts: Pages) -> None:
    """Keep the entries of an API where they have changed; the source is then due."""
    is_same = access.place_ref == source.place_ref and access.options == source.options
    if is_same and access.keys == stored_keys(vault, source):
        return
    set_access(
        session,
        source,
        place_ref=access.place_ref,
        options=access.options,
        sealed_keys=vault.seal(access.keys),
        now=parts.clock(),
    )
