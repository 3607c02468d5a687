"""Places and addresses as people name them."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from db.errors import BadValue, SourceExists, UnknownSource
from db.models import Location, Retention, SourceHealth
from db.sources import (
    add_location,
    add_source,
    disable_source,
    enable_source,
    find_source,
    find_source_by_url,
    get_source,
    list_locations,
    list_sources,
    slug_of,
)
from tests.factories import make_location


def test_place_is_made_once(session: Session, now: datetime) -> None:
    """The same name, or the same short name, is the same place."""
    first = add_location(session, "Trattoria  Lanterna", now=now, timezone="Europe/Rome")
    assert (first.slug, first.name, first.timezone) == ("trattoria-lanterna", "Trattoria Lanterna", "Europe/Rome")
    assert add_location(session, "Trattoria Lanterna ", now=now).id == first.id
    assert add_location(session, "Other words", now=now, slug="trattoria-lanterna").id == first.id
    assert list_locations(session) == [first]


def test_time_zone_of_a_known_place_can_be_changed(session: Session, now: datetime) -> None:
    """Whoever forgot it at first gives it with the next source; without one it stays."""
    assert add_location(session, "Bar", now=now).timezone == "UTC"
    assert add_location(session, "Bar", now=now, timezone="Europe/Rome").timezone == "Europe/Rome"
    assert add_location(session, "Bar", now=now).timezone == "Europe/Rome"
    with pytest.raises(BadValue, match="Europe/Berlin"):
        add_location(session, "Bar", now=now, timezone="Mars/Olympus")


def test_places_whose_names_shorten_alike_stay_apart(session: Session, now: datetime) -> None:
    """Different names, different places; also where no letter of them is ASCII."""
    names = ["Café Zoë", "Cafe Zoe!", "東京", "大阪", "*"]
    slugs = [add_location(session, name, now=now).slug for name in names]
    assert slugs == ["cafe-zoe", "cafe-zoe-2", "place", "place-2", "place-3"]


@pytest.mark.parametrize("timezone", ["Mars/Olympus", "../etc/passwd", "", "\0"])
def test_unknown_time_zone_is_refused(session: Session, now: datetime, timezone: str) -> None:
    """A place whose clock nobody knows cannot be told the hour."""
    with pytest.raises(BadValue, match="Europe/Berlin"):
        add_location(session, "Somewhere", now=now, timezone=timezone)


def test_empty_name_is_refused(session: Session, now: datetime) -> None:
    """A place has a name."""
    with pytest.raises(BadValue, match="empty"):
        add_location(session, " \n", now=now)


def test_source_is_due_at_once_with_the_defaults(session: Session, now: datetime) -> None:
    """What the caller does not set is as careful as the table says."""
    location = make_location(session)
    source = add_source(
        session, location, name="Menu page", platform="schemaorg", url="https://a.example/", now=now, syntax="rdfa"
    )
    session.refresh(source)
    assert (source.slug, source.syntax, source.is_enabled, source.next_crawl_at) == ("menu-page", "rdfa", True, now)
    assert (source.delay_s, source.max_pages, source.crawl_every_s, source.reach) == (2.0, 200, 21600, 0.5)
    assert (source.retention, source.health, source.location_id) == (Retention.STORE, SourceHealth.NEW, location.id)


def test_settings_of_a_source_are_kept(session: Session, now: datetime) -> None:
    """All that a person may decide about an address."""
    source = add_source(
        session,
        make_location(session),
        name="Feed",
        platform="feed",
        url="https://a.example/feed",
        now=now,
        reach=0.9,
        retention=Retention.HOURS_24,
        basis_note="our own shop",
        delay_s=0.0,
        max_pages=3,
        crawl_every_s=60,
        next_crawl_at=None,
    )
    session.refresh(source)
    assert (source.reach, source.retention, source.basis_note) == (0.9, Retention.HOURS_24, "our own shop")
    assert (source.delay_s, source.max_pages, source.crawl_every_s, source.next_crawl_at) == (0.0, 3, 60, None)


def test_same_name_gets_its_own_short_name(session: Session, now: datetime) -> None:
    """What people type back is unique."""
    location = make_location(session)
    slugs = []
    for number in range(3):
        url = f"https://a.example/{number}"
        slugs.append(add_source(session, location, name="Google", platform="feed", url=url, now=now).slug)
    assert slugs == ["google", "google-2", "google-3"]


def test_same_address_is_registered_once_a_place(session: Session, now: datetime) -> None:
    """The second time says under which name it is read."""
    location = make_location(session)
    url = "https://a.example/"
    first = add_source(session, location, name="Page", platform="feed", url=url, now=now)
    with pytest.raises(SourceExists, match="as page"):
        add_source(session, location, name="Again", platform="feed", url=url, now=now)
    elsewhere = add_source(session, make_location(session), name="Page", platform="feed", url=url, now=now)
    assert elsewhere.slug == "page-2"
    assert find_source_by_url(session, url) == first
    assert find_source_by_url(session, "https://a.example/other") is None


def test_too_long_address_is_refused(session: Session, now: datetime) -> None:
    """Half an address would be another one."""
    with pytest.raises(BadValue, match="2000"):
        add_source(session, make_location(session), name="P", platform="feed", url="https://a/" + "x" * 2000, now=now)


def test_sources_are_found_and_switched(session: Session, now: datetime) -> None:
    """By their short names; an unknown one is a sentence."""
    location = make_location(session)
    source = add_source(session, location, name="Page", platform="feed", url="https://a.example/", now=now)
    assert find_source(session, "page") == source
    assert find_source(session, "nope") is None
    with pytest.raises(UnknownSource, match="called nope"):
        get_source(session, "nope")
    assert disable_source(session, "page").is_enabled is False
    source.next_crawl_at = None
    enabled = enable_source(session, "page", now=now)
    assert (enabled.is_enabled, enabled.next_crawl_at) == (True, now)
    [listed] = list_sources(session)
    assert listed.location.name == location.name
    assert session.get(Location, listed.location_id) == location


def test_short_names_are_short_and_plain() -> None:
    """ASCII letters, figures and single hyphens."""
    assert slug_of("  Crème brûlée & Söhne (GmbH) ", otherwise="x") == "creme-brulee-sohne-gmbh"
    assert slug_of("é" * 300, otherwise="x") == "e" * 70
    assert slug_of("!!", otherwise="x") == "x"
