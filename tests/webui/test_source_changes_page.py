"""What an owner does with a source on the pages: pause, check, rename, rules, remove. Every form needs its token."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, func, select

from db.models import CrawlRun, CrawlState, Retention, Review, Source
from db.session import read_scope, session_scope
from db.vault import open_vault
from tests.factories import make_case, make_location, make_review, make_run, make_source

from .html import Page
from .posting import post

HOSTILE = "</option></title><script>alert(1)</script>\"'{{7*7}}"


def stored(engine: Engine, source_id: int) -> Source:
    with read_scope(engine) as session:
        return session.get_one(Source, source_id)


def added(engine: Engine, **columns: object) -> int:
    with session_scope(engine) as session:
        return make_source(session, **columns).id


def test_paused_source_is_read_no_more_until_it_is_resumed(client: FlaskClient, engine: Engine) -> None:
    """Its row says so, and offers the way back."""
    source_id = added(engine)
    assert post(client, f"/sources/{source_id}/pause").status_code == 302
    assert not stored(engine, source_id).is_enabled
    row = Page(client.get("/sources")).one("tbody tr")
    assert row.find(".health").text == "Paused"
    assert post(client, f"/sources/{source_id}/resume").status_code == 302
    assert stored(engine, source_id).is_enabled


def test_check_now_makes_it_due_once(client: FlaskClient, engine: Engine, now: datetime) -> None:
    """A second wish is refused in words, with the time at which it may be said again."""
    source_id = added(engine, next_crawl_at=now + timedelta(hours=5))
    post(client, f"/sources/{source_id}/check")
    assert stored(engine, source_id).next_crawl_at == now
    assert "within a minute" in Page(client.get("/sources")).one(".told").text
    post(client, f"/sources/{source_id}/check")
    told = Page(client.get("/sources")).one(".told").text
    assert told.startswith("It was read or asked for a moment ago. Ask again from 12:05")


def test_check_now_is_never_faster_than_the_platform(client: FlaskClient, engine: Engine, now: datetime) -> None:
    """Foursquare is asked twice a day at most."""
    with session_scope(engine) as session:
        source = make_source(session, platform="foursquare", next_crawl_at=now + timedelta(hours=9))
        make_run(session, source, state=CrawlState.FINISHED, started_at=now - timedelta(hours=3))
        source_id = source.id
    post(client, f"/sources/{source_id}/check")
    assert stored(engine, source_id).next_crawl_at == now + timedelta(hours=9)
    assert "Ask again from 9:00" in Page(client.get("/sources")).one(".told").text


@pytest.mark.parametrize("action", ["pause", "resume", "check", "edit", "remove", "hook"])
def test_form_without_its_token_changes_nothing(
    client: FlaskClient, engine: Engine, now: datetime, action: str
) -> None:
    """A page elsewhere cannot send it in the name of the owner."""
    source_id = added(engine, platform="thefork", is_enabled=action != "resume", next_crawl_at=now)
    before = stored(engine, source_id)
    answer = client.post(f"/sources/{source_id}/{action}", data={"reviews": "delete", "name": "Mine", "do": "new"})
    assert Page(answer, status=400).one("h1").text == "This form is out of date"
    after = stored(engine, source_id)
    columns = ("name", "is_enabled", "next_crawl_at", "hook_digest", "removed_at", "checked_at")
    assert [getattr(after, name) for name in columns] == [getattr(before, name) for name in columns]


def test_cookie_of_the_forms_stays_with_us(visitor: FlaskClient) -> None:
    """Same site only, out of reach of scripts, and gone with the browser."""
    cookie = visitor.get("/sign-in").headers["Set-Cookie"]
    assert cookie.startswith("amends_session=")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Expires" not in cookie


def test_settings_are_saved(client: FlaskClient, engine: Engine) -> None:
    """Another name, stricter rules; the slug that people type stays."""
    source_id = added(engine, slug="hotel")
    done = post(client, f"/sources/{source_id}/edit", name="  Hotel   pages ", retention="24h")
    assert done.status_code == 302
    source = stored(engine, source_id)
    assert (source.name, source.slug, source.retention, source.may_judge) == (
        *("Hotel pages", "hotel"),
        *(Retention.HOURS_24, False),
    )


def test_looser_rules_need_a_written_reason(client: FlaskClient, engine: Engine) -> None:
    """Without one nothing is saved; with one it stands beside the basis, with its date."""
    source_id = added(engine, platform="foursquare", retention=Retention.NO_STORE, basis_note="Own place")
    wish = {"name": "Tips", "retention": "store", "may_judge": "yes"}
    refused = Page(post(client, f"/sources/{source_id}/edit", **wish), status=422)
    assert "Write down why you may" in refused.one("#reason-fault").text
    assert stored(engine, source_id).retention is Retention.NO_STORE
    post(client, f"/sources/{source_id}/edit", **wish, reason="Contract of 3 May")
    source = stored(engine, source_id)
    assert source.retention is Retention.STORE
    assert source.basis_note == "Own place\n2026-11-22: Contract of 3 May"


def test_keys_are_sealed_kept_when_left_empty_and_never_shown(client: FlaskClient, engine: Engine, app: Flask) -> None:
    """No page holds a key, neither the stored nor the typed one."""
    data_dir = app.extensions["amends"].database.data_dir
    vault = open_vault(data_dir)
    columns = {"platform": "foursquare", "place_ref": "4b05", "retention": Retention.NO_STORE}
    source_id = added(engine, sealed_keys=vault.seal({"service_key": "stored-key-1"}), **columns)
    page = client.get(f"/sources/{source_id}/edit").text
    assert "stored-key-1" not in page
    assert re.search(r'type="password"[^>]*name="key-service_key"|name="key-service_key" type="password"', page)
    post(client, f"/sources/{source_id}/edit", name="Tips", place_ref="4b06", may_judge="yes", retention="no_store")
    source = stored(engine, source_id)
    assert (source.place_ref, vault.open(source.sealed_keys)) == ("4b06", {"service_key": "stored-key-1"})
    typed = {"key-service_key": "typed-key-2", "place_ref": "4b06", "retention": "no_store", "may_judge": "yes"}
    answer = post(client, f"/sources/{source_id}/edit", name="", **typed)
    assert answer.status_code == 422
    assert "typed-key-2" not in answer.text
    post(client, f"/sources/{source_id}/edit", name="Tips", **typed)
    source = stored(engine, source_id)
    assert vault.open(source.sealed_keys) == {"service_key": "typed-key-2"}
    assert "typed-key-2" not in client.get("/sources").text


@pytest.mark.parametrize(("wish", "left"), [("keep", 2), ("delete", 0)])
def test_removal_asks_what_becomes_of_the_reviews(client: FlaskClient, engine: Engine, wish: str, left: int) -> None:
    """The page counts them; either way the source leaves the list and its keys are gone."""
    with session_scope(engine) as session:
        source = make_source(session, sealed_keys="x", platform="foursquare")
        make_case(session, make_review(session, source), is_flagged=True)
        make_review(session, source)
        make_run(session, source)
        source_id = source.id
    page = Page(client.get(f"/sources/{source_id}/remove"))
    assert "It has brought 2 reviews. 1 of them waits for a person." in page.one("main form").text
    assert Page(post(client, f"/sources/{source_id}/remove"), status=422).one(".fault")
    assert post(client, f"/sources/{source_id}/remove", reviews=wish).status_code == 302
    with read_scope(engine) as session:
        assert session.scalar(select(func.count()).select_from(Review)) == left
        kept = session.get(Source, source_id)
        assert (kept is None) is (wish == "delete")
        assert kept is None or (kept.sealed_keys == "" and not kept.is_enabled)
        assert session.scalar(select(func.count()).select_from(CrawlRun)) == (1 if kept else 0)
    assert Page(client.get("/sources")).one(".empty h2").text == "No source yet"
    assert client.get(f"/sources/{source_id}/edit").status_code == 404


def test_source_without_reviews_asks_nothing(client: FlaskClient, engine: Engine) -> None:
    """There is nothing to keep or to delete."""
    with session_scope(engine) as session:
        source_id = make_source(session).id
    page = Page(client.get(f"/sources/{source_id}/remove"))
    assert page.all("input[type=radio]") == []
    wish = page.one("input[name=reviews]").attrs["value"]
    assert post(client, f"/sources/{source_id}/remove", reviews=wish).status_code == 302
    assert Page(client.get("/sources")).one(".empty h2").text == "No source yet"


def test_hostile_names_stay_text_in_every_form(client: FlaskClient, engine: Engine) -> None:
    """Names, places and notes out of pages and people's hands."""
    with session_scope(engine) as session:
        place = make_location(session, name=HOSTILE)
        columns = {"name": HOSTILE, "basis_note": HOSTILE, "url": "javascript:alert(1)", "place_ref": HOSTILE}
        source_id = make_source(session, location=place, platform="foursquare", **columns).id
    for address in ("/sources", f"/sources/{source_id}/edit", f"/sources/{source_id}/remove", "/sources/new"):
        page = Page(client.get(address))
        assert page.all("body script, [onerror], [style]") == [], address
        assert all(not link.attrs["href"].startswith("javascript") for link in page.all("a[href]"))
    assert HOSTILE in Page(client.get(f"/sources/{source_id}/edit")).one("h1").raw_text


def test_three_thousand_sources_make_small_pages(client: FlaskClient, engine: Engine) -> None:
    """Fifty on a page, a search for the others, and an address that asks for too much is answered with the last."""
    with session_scope(engine) as session:
        place = make_location(session, name="Hotel")
        for number in range(3000):
            session.add(
                Source(
                    location_id=place.id,
                    slug=f"s-{number:04}",
                    name=f"Page {number:04}",
                    platform="schemaorg",
                    url=f"https://reviews.example/{number}",
                    created_at=place.created_at,
                )
            )
    answer = client.get("/sources")
    assert len(Page(answer).all("tbody tr")) == 50
    assert len(answer.data) < 150_000
    assert answer.text.count("csrf_token") == 2, "of the list, and of the way out"
    assert Page(client.get("/sources?page=60")).all(".source-name")[-1].text == "Page 2999"
    assert Page(client.get("/sources?page=999999999999999999999")).one(".pager-place").text == "Page 60 of 60"
    found = Page(client.get("/sources?q=page+29&page=2"))
    assert found.all(".source-name")[0].text == "Page 2950"
    assert found.one("#q").attrs["value"] == "page 29"
    assert Page(client.get("/sources?q=%25")).one(".empty h2").text == "No source holds these words"
