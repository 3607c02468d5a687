"""Every platform is added on the pages by a person who knows nothing of it: link, explanation, entries, look, save."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from crawlers.choices import choices_of
from crawlers.platforms import PLATFORMS, ReadBy
from crawlers.posters import hand_over
from crawlers.standin import StandIn
from crawlers.standin.apis import APIS
from db.vault import open_vault

from .html import Page
from .posting import post
from .test_adding_sources import client, looked, sources, standin

__all__ = ["client", "standin"]

LINKS = {  # of a place in the browser, and the id that it shows
    "appstoreconnect": ("https://appstoreconnect.apple.com/apps/990001/distribution", "990001"),
    "booking": ("https://www.booking.com/hotel/it/lanterna.html?aid=1", ""),
    "facebook": ("https://www.facebook.com/pages/Lanterna/100200300400500", "100200300400500"),
    "foursquare": ("foursquare.com/v/lanterna/6540aa0000000000000000ff", "6540aa0000000000000000ff"),
    "google": ("https://www.google.com/maps/place/Trattoria+Lanterna", ""),
    "googleplaces": ("https://places.googleapis.com/v1/places/x", ""),
    "googleplay": ("https://play.google.com/store/apps/details?id=com.lanterna.casa&hl=it", "com.lanterna.casa"),
    "thefork": ("https://www.thefork.it/ristorante/trattoria-lanterna-r51", ""),
    "tripadvisor": ("https://www.tripadvisor.it/Restaurant_Review-g1-d99000001-Reviews-L.html#REVIEWS", "99000001"),
    "trustpilot": ("https://dk.trustpilot.com/review/lanterna.example?utm_source=x", "lanterna.example"),
    "yelp": ("HTTPS://WWW.YELP.COM/biz/trattoria-lanterna-portland", "trattoria-lanterna-portland"),
}


@pytest.fixture
def database_url(tmp_path: Path, sqlite_template: Path) -> str:
    """SQLite alone: what differs from platform to platform lies before the database."""
    file = tmp_path / "amends.db"
    shutil.copy(sqlite_template, file)
    return f"sqlite:///{file}"


def test_every_api_is_walked() -> None:
    """A platform that comes later must be walked as well."""
    assert set(LINKS) == set(APIS) == {key for key, facts in PLATFORMS.items() if facts.read_by is ReadBy.API}


@pytest.mark.parametrize("key", sorted(LINKS))
def test_api_is_added_from_a_link(
    client: FlaskClient, engine: Engine, data_dir: Path, standin: StandIn, key: str
) -> None:
    """Known by its link; what is missing is named; its reviews are shown as far as they may be; then it is saved."""
    facts, site = PLATFORMS[key], standin.api_site(key)
    link, ref = LINKS[key]
    page = Page(client.get(post(client, "/sources/new", url=link).headers["Location"]))
    assert page.one("h1").text == facts.name
    assert facts.terms in page.one(".facts").text
    assert all(rule in page.one(".facts").text for rule in hand_over(key).rules)
    assert page.one(".facts").text.count("checked on") == 1 + bool(hand_over(key).rules)
    assert page.one("#place_ref").attrs["value"] == ref
    assert [field.attrs["id"] for field in page.all("[id^=key-]") if "hint" not in field.attrs["id"]] == [
        f"key-{one.name}" for one in facts.keys
    ]
    form = f"/sources/new/platform/{key}"
    empty = looked(client, post(client, form, link=link).headers["Location"])
    missing = [one.label for one in facts.keys if one.is_needed]
    assert all(label in empty.one(".empty").text for label in [facts.place_label, *missing])
    entries = {f"key-{name}": value for name, value in site.keys.items()} | {"place_ref": site.ref, "link": link}
    address = post(client, form, **entries).headers["Location"]
    page = looked(client, address)
    assert page.one("h1").text == "The connection works", page.one("main").text
    shown = len(page.all(".sample"))
    assert (shown > 0) is (facts.retention != "no_store")
    wish = {"name": site.name, "place_name": "Lanterna", "timezone": "Europe/Rome", "retention": facts.retention}
    allowed = {"may_judge": "yes"} if facts.may_judge else {}
    assert post(client, address, **wish, **allowed, confirmed="yes").status_code == 302
    (source,) = sources(engine)
    assert (source.platform, source.place_ref, source.retention) == (key, site.ref, facts.retention)
    assert source.may_judge is facts.may_judge
    stored = open_vault(data_dir).open(source.sealed_keys)
    secrets = {one.name: site.keys[one.name] for one in facts.keys if one.is_secret and one.name in site.keys}
    assert stored == {name: value.strip() for name, value in secrets.items()}
    listed = client.get("/sources").text + client.get(f"/sources/{source.id}/edit").text
    assert site.name in Page(client.get("/sources")).one("tbody tr").text
    assert not any(value in listed for value in stored.values())


FEEDS = {  # (path, words, how many of those seen hold them)
    "Google Alerts": ("/api/mentions/alerts/feeds/1/2", "lanterna", "1 of 2"),
    "Mastodon": ("/api/mentions/tags/lanterna.rss", "Lanterna; Trattoria", "2 of 2"),
    "Bluesky": ("/api/mentions/profile/guest.example/rss", "lanterna", "1 of 2"),
    "Bluesky's search": ("/api/mentions/xrpc/app.bsky.feed.searchPosts?q=lanterna", "Osteria", "0 of 2"),
    "Reddit": ("/api/mentions/search.rss?q=lanterna", "lanterna", "2 of 2"),
}


@pytest.mark.parametrize("network", sorted(FEEDS))
def test_mentions_are_narrowed_to_the_owners_words(
    client: FlaskClient, engine: Engine, standin: StandIn, network: str
) -> None:
    """What fits is shown before it is saved; nothing that was typed is lost on the way."""
    path, words, told = FEEDS[network]
    first = post(client, "/sources/new", url=f"{standin.base_url}{path}").headers["Location"]
    assert looked(client, first).one(".head-words").text == "Mentions by feed"
    entries = {"name": "What they say", "place_name": "Lanterna", "timezone": "Europe/Rome", "words": words}
    again = post(client, first, **entries, do="look").headers["Location"]
    page = looked(client, again)
    assert f"{told} hold one of your words" in page.one(".preview").text
    assert len(page.all(".sample")) == int(told[0])
    assert (page.one("#name").attrs["value"], page.all(".fault")) == ("What they say", [])
    assert page.one("#words").text == words.replace(";", ",")
    rest = {"retention": "store", "may_judge": "yes", "confirmed": "yes", "do": "add"}
    refused = Page(post(client, again, **(entries | {"words": "!?"}), **rest), status=422)
    assert "a letter or a digit" in refused.one("#words-fault").text
    assert post(client, again, **entries, **rest).status_code == 302
    (source,) = sources(engine)
    assert (source.platform, source.options) == ("mentions", {"words": words.replace(";", ",")})
    assert choices_of(source.platform, source.syntax) == ("words",)


@pytest.mark.parametrize(
    "url", ["https://www.opentable.com/r/lanterna", "https://www.flipkart.com/x/product-reviews/y"]
)
def test_platform_without_an_interface_says_import_or_by_hand(client: FlaskClient, url: str) -> None:
    """There is nothing to enter, and two ways that remain."""
    page = Page(client.get(post(client, "/sources/new", url=url).headers["Location"]))
    assert page.all("[id^=key-]") == []
    assert "by hand" in page.one("main").text
    assert page.one("main a.button").attrs["href"] == "/import"


def test_app_is_read_from_its_page_in_the_store(client: FlaskClient, standin: StandIn) -> None:
    """The link that people have leads to the feed; so does the feed itself."""
    path = next(url for slug, url in standin.source_urls().items() if "customerreviews" in url)
    page = looked(client, post(client, "/sources/new", url=path).headers["Location"])
    assert page.one(".head-words").text == "Apple App Store"
    assert len(page.all(".sample")) == 3
