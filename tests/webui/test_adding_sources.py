"""A new source on the pages: looked at in the background, explained, previewed, and only then saved."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select
from werkzeug.test import TestResponse

from crawlers.config import CrawlSettings, Environment
from crawlers.standin import StandIn
from db.models import Retention, Source
from db.session import read_scope, session_scope
from db.settings import DbSettings
from db.vault import open_vault
from tests.crawlers.markup import page as markup
from tests.crawlers.site import Answer, Site
from tests.factories import make_location, make_source
from tests.flow.running import until
from webui import create_app
from webui.settings import WebSettings

from .html import Page
from .posting import post
from .signing import signed_in

HOSTILE = "<script>alert(1)</script>{{7*7}}"


@pytest.fixture
def standin() -> Iterator[StandIn]:
    with StandIn(anchor=datetime.now(UTC).replace(microsecond=0) - timedelta(hours=1)) as running:
        yield running


def client_for(engine: Engine, database_url: str, data_dir: Path, now: datetime, **crawl: Any) -> FlaskClient:
    settings = CrawlSettings(environment=Environment.TEST, contact="desk@example.org", **crawl)
    database = DbSettings(data_dir=data_dir, database_url=database_url, _env_file=None)
    app = create_app(WebSettings(_env_file=None), engine, database=database, crawl=settings, clock=lambda: now)
    app.testing = False
    return signed_in(app)


@pytest.fixture
def client(engine: Engine, database_url: str, data_dir: Path, now: datetime, standin: StandIn) -> FlaskClient:
    """Pages that may look at the stand-in."""
    hosts = f"127.0.0.1:{standin.port}"
    return client_for(engine, database_url, data_dir, now, crawl_allow_hosts=hosts, standin_url=standin.base_url)


def looked(client: FlaskClient, address: str) -> Page:
    """The page of a look once it has come to its end; until then the page asks to be loaded again."""

    def ended() -> TestResponse | None:
        answer = client.get(address)
        return None if "Refresh" in answer.headers else answer

    return Page(until(ended, within_s=60, what="the look has ended"))


def sources(engine: Engine) -> list[Source]:
    with read_scope(engine) as session:
        return list(session.scalars(select(Source).order_by(Source.id)))


def test_link_is_looked_at_explained_and_saved(
    client: FlaskClient, engine: Engine, data_dir: Path, standin: StandIn, now: datetime
) -> None:
    """Preview, terms and what becomes of the text first; then a name, a new place, and the owner's word."""
    link = f"{standin.base_url}/trattoria/reviews"
    begun = post(client, "/sources/new", url=link)
    address = begun.headers["Location"]
    page = looked(client, address)
    assert page.one("h1").text == "This can be read"
    assert len(page.all(".sample")) == 3
    assert "robots.txt" in page.one(".facts").text
    assert "checked on" in page.one(".facts").text
    assert sources(engine) == []
    refused = Page(
        post(client, address, name="", place="", place_name="Trattoria", timezone="Mars/Olympus"), status=422
    )
    assert {fault.attrs["id"] for fault in refused.all(".fault")} == {"name-fault", "timezone-fault", "confirmed-fault"}
    entries = {"name": HOSTILE, "place_name": "Trattoria", "timezone": "Europe/Rome", "retention": "24h"}
    saved = post(client, address, **entries, confirmed="yes", may_judge="yes", basis="My own site")
    assert saved.status_code == 302
    (source,) = sources(engine)
    assert (source.name, source.url, source.platform, source.syntax) == (HOSTILE, link, "schemaorg", "jsonld")
    assert (source.retention, source.may_judge, source.basis_note) == (Retention.HOURS_24, True, "My own site")
    assert source.next_crawl_at == now
    assert Page(client.get("/sources")).all("body script") == []
    for again in (client.get(address), post(client, address, **entries, confirmed="yes")):
        assert again.headers["Location"] == f"/sources#source-{source.id}", "sent twice, or by the button back"
    assert len(sources(engine)) == 1
    (left,) = (data_dir / "looks").iterdir()
    opened = str(open_vault(data_dir).open(left.read_text("ascii")))
    assert (HOSTILE in opened, link in opened) == (False, False)


def test_what_was_found_lies_sealed(client: FlaskClient, data_dir: Path, standin: StandIn) -> None:
    """Nobody reads a guest's words, or a key, out of the folder of looks."""
    key = standin.api_site("foursquare").keys["service_key"]
    link = post(client, "/sources/new", url=f"{standin.base_url}/trattoria/reviews").headers["Location"]
    keys = {"key-service_key": key, "place_ref": standin.api_site("foursquare").ref}
    api = post(client, "/sources/new/platform/foursquare", **keys).headers["Location"]
    words = looked(client, link).all(".sample-text")[0].text[:20]
    assert key not in looked(client, api).source
    files = [file.read_text("ascii") for file in (data_dir / "looks").iterdir()]
    assert len(files) == 2
    assert not any(words in text or key in text or standin.base_url in text for text in files)


def test_titles_out_of_pages_stay_text(engine: Engine, database_url: str, data_dir: Path, now: datetime) -> None:
    """What a site calls itself, and what its reviews say, act on nothing."""
    body = markup([1]).replace("<head>", f"<head><title>{HOSTILE.replace('<', '&lt;')}</title>", 1)
    with Site({"/r": Answer(body=body)}) as site:
        client = client_for(engine, database_url, data_dir, now, crawl_allow_hosts=site.host)
        address = post(client, "/sources/new", url=site.url("/r")).headers["Location"]
        page = looked(client, address)
    assert page.all("body script, [onerror]") == []


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://10.0.0.1/reviews", "private or reserved network"),
        ("http://2130706433/", "private or reserved network"),
        ("http://[::1]/", "IPv6"),
        ("localhost/reviews", "local network"),
        ("https://hotel.example:8443/", "80, 443"),
        ("file:///etc/passwd", "http:// or https://"),
        ("https://me:secret@hotel.example/", "user name or password"),
        ("our hotel reviews", "no web address"),
        ("<https://127.0.0.1/>", "private or reserved network"),
        ("", "Paste the address"),
    ],
)
def test_refused_address_says_why_where_it_was_typed(
    engine: Engine, database_url: str, data_dir: Path, now: datetime, url: str, words: str
) -> None:
    """Nothing is asked for; what was typed stands in the field, to be mended."""
    client = client_for(engine, database_url, data_dir, now)
    page = Page(post(client, "/sources/new", url=url), status=422)
    assert words in page.one("#url-fault").text
    assert page.one("#url").attrs["value"] == url
    assert not (data_dir / "looks").exists()


def test_page_that_cannot_be_read_says_why_and_what_else(client: FlaskClient, engine: Engine, standin: StandIn) -> None:
    """Nothing is saved; an import is the way that remains."""
    address = post(client, "/sources/new", url=f"{standin.base_url}/nowhere").headers["Location"]
    page = looked(client, address)
    assert page.one("h1").text == "This cannot be read"
    assert "/import" in [link.attrs["href"] for link in page.all("a.button")]
    assert post(client, address, name="x", confirmed="yes").status_code == 302
    assert sources(engine) == []


def test_passing_fault_is_looked_at_once_more_with_a_click(client: FlaskClient, standin: StandIn) -> None:
    """How long the site asks us to wait is told; nobody pastes the link again."""
    standin.set_scenario("/trattoria", "429", first=1, retry_after=7200)
    url = f"{standin.base_url}/trattoria/reviews"
    page = looked(client, post(client, "/sources/new", url=url).headers["Location"])
    assert "The site asks us to wait for 2 hours. Try again then." in page.text
    form = page.find("main form")
    assert form.find("button").text == "Look again"
    sent = post(client, form.attrs["action"], url=form.find("[name=url]").attrs["value"])
    assert looked(client, sent.headers["Location"]).one("h1").text == "This can be read"


def test_site_that_counts_reviews_and_shows_none_is_not_said_to_have_none(
    client: FlaskClient, standin: StandIn
) -> None:
    """They are there, but cannot be read from this page."""
    standin.set_scenario("/trattoria", "empty_with_total")
    sent = post(client, "/sources/new", url=f"{standin.base_url}/trattoria/reviews")
    preview = looked(client, sent.headers["Location"]).one(".preview")
    assert "speaks of 57 reviews but shows none" in preview.text
    assert "There is none yet" not in preview.text


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("https://www.opentable.com/r/lanterna", "/import"),
        ("foursquare.com/v/lanterna/4b0588f3f964a520e3a222e3", "key-service_key"),
    ],
)
def test_link_of_a_platform_leads_to_its_own_page(client: FlaskClient, url: str, words: str) -> None:
    """Import only says so; an API asks for its keys, with the link kept."""
    answer = post(client, "/sources/new", url=url)
    page = Page(client.get(answer.headers["Location"]))
    assert words in page.source
    assert "checked on" in page.one(".facts").text


def test_keys_are_tried_then_saved(client: FlaskClient, engine: Engine, data_dir: Path, standin: StandIn) -> None:
    """A wrong key is told in words; the other entries need not be typed again."""
    site = standin.api_site("foursquare")
    form = "/sources/new/platform/foursquare"
    entries = {"place_ref": site.ref, "link": "https://foursquare.com/v/lanterna/1", "key-service_key": "wrong-77"}
    page = looked(client, post(client, form, **entries).headers["Location"])
    assert "refuses the key" in page.one(".empty").text
    again = Page(client.get(page.find(".buttons a").attrs["href"]))
    assert again.one("#place_ref").attrs["value"] == site.ref
    assert "wrong-77" not in again.source
    entries |= {"key-service_key": site.keys["service_key"], "look": again.one("[name=look]").attrs["value"]}
    address = post(client, form, **entries).headers["Location"]
    page = looked(client, address)
    assert page.one("h1").text == "The connection works"
    assert "let nothing of them be stored" in page.one(".preview").text
    with session_scope(engine) as session:
        place = make_location(session, name="Hotel").id
    saved = post(client, address, name="Tips", place=str(place), retention="no_store", may_judge="yes", confirmed="yes")
    assert saved.status_code == 302
    (source,) = sources(engine)
    assert (source.platform, source.place_ref, source.url) == ("foursquare", site.ref, entries["link"])
    assert source.crawl_every_s == 12 * 3600
    assert open_vault(data_dir).open(source.sealed_keys) == dict(site.keys)


def test_keys_of_a_source_are_tried_before_they_take_the_place_of_others(
    client: FlaskClient, engine: Engine, data_dir: Path, standin: StandIn
) -> None:
    """Nothing changes until the tried entries are saved."""
    site = standin.api_site("foursquare")
    with session_scope(engine) as session:
        old = open_vault(data_dir).seal({"service_key": "old-key"})
        source_id = make_source(session, platform="foursquare", place_ref="x", sealed_keys=old).id
    entries = {"place_ref": site.ref, "key-service_key": site.keys["service_key"]}
    address = post(client, f"/sources/{source_id}/edit", do="test", **entries).headers["Location"]
    assert looked(client, address).one("h1").text == "The connection works"
    assert sources(engine)[0].place_ref == "x"
    assert post(client, address).status_code == 302
    assert open_vault(data_dir).open(sources(engine)[0].sealed_keys) == dict(site.keys)


def test_same_place_of_a_platform_is_not_added_twice(client: FlaskClient, engine: Engine, standin: StandIn) -> None:
    """Two links may lead to one place; a removed source is taken back instead."""
    link = f"{standin.base_url}/trattoria/reviews"
    with session_scope(engine) as session:
        source = make_source(session, url=link)
        source_id, place = source.id, source.location_id
    address = post(client, "/sources/new", url=link).headers["Location"]
    looked(client, address)
    entries = {"name": "Again", "place": str(place), "confirmed": "yes", "retention": "store", "may_judge": "yes"}
    refused = Page(post(client, address, **entries), status=422)
    assert "as Review page" in refused.one("#place-fault").text
    assert refused.one(".notice-alarm a").attrs["href"] == f"/sources/{source_id}/edit"
    post(client, f"/sources/{source_id}/remove", reviews="keep")
    assert post(client, address, **entries).status_code == 302
    (source,) = sources(engine)
    assert (source.id, source.name, source.removed_at, source.is_enabled) == (source_id, "Again", None, True)


@pytest.mark.parametrize(
    "address",
    [
        "/sources/new/look/x",
        "/sources/new/look/..%2f..%2fsecret.key",
        "/sources/new/look/" + "a" * 22,
        "/sources/new/platform/nowhere",
    ],
)
def test_addresses_that_were_never_given_out(client: FlaskClient, address: str) -> None:
    """Not found, and no file outside of the folder is opened."""
    assert client.get(address).status_code == 404


def test_creating_the_application_makes_no_file(app: Flask, data_dir: Path) -> None:
    """Nor does a page without a form; the first form makes the key."""
    client = app.test_client()
    client.get("/")
    client.get("/nowhere")
    assert not data_dir.exists()
    client.get("/welcome")
    assert (data_dir / "secret.key").stat().st_mode & 0o777 == 0o600
