"""Sources are added in a real Chromium, as a new user would: a link, a key that is wrong, one that is right, Save."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from crawlers.standin import StandIn
from db.migrate import upgrade
from db.session import make_engine
from tests.browser import Running, expect_told, owner_cookies, press_key, served
from webui.standin_mode import StandInPlan, write_plan

from .test_pages_in_browser import PHONE, opened

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def standin() -> Iterator[StandIn]:
    anchor = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=1)
    with StandIn(anchor=anchor) as running:
        yield running


@pytest.fixture(scope="module")
def desk(standin: StandIn, tmp_path_factory: pytest.TempPathFactory, chromium: Browser) -> Iterator[Running]:
    """Pages of a folder that reads the stand-in as the demo does."""
    folder: Path = tmp_path_factory.mktemp("adding")
    engine = make_engine(f"sqlite:///{folder / 'amends.db'}")
    upgrade(engine)
    engine.dispose()
    write_plan(folder, StandInPlan(port=standin.port, anchor=datetime.now(UTC)))
    with served(folder) as url:
        yield Running(url, chromium, owner_cookies(folder, url))


def start(page: Page, desk: Running, link: str) -> None:
    """Paste a link and have it looked at, with the keyboard alone."""
    page.goto(f"{desk.url}/sources/new")
    page.get_by_label("Address").focus()
    page.keyboard.type(link)
    press_key(page, "Enter")


def save(page: Page, name: str, place: str) -> None:
    page.wait_for_load_state()  # all of the form is there
    page.get_by_label("Name of the source").fill(name)
    if page.locator("select#place").count():
        page.locator("select#place").select_option(label="A new place, named below")
    page.locator("#place_name").fill(place)
    page.get_by_label("It is mine, or I have permission to read it").check()
    page.get_by_role("button", name="Add it and read it regularly").click()
    expect_told(page, "Added")


def test_api_is_added_with_a_wrong_key_first(desk: Running, standin: StandIn) -> None:
    """What is wrong is said in words, and no other entry has to be typed again."""
    site = standin.api_site("trustpilot")
    with opened(desk) as (page, complaints):
        start(page, desk, "dk.trustpilot.com/review/lanterna.example?utm_source=mail")
        expect(page.get_by_role("heading", level=1)).to_have_text("Trustpilot")
        page.locator("#place_ref").fill(site.ref)
        page.locator("#key-api_key").fill("wrong")
        page.get_by_role("button", name="Test connection").click()
        expect(page.locator(".empty")).to_contain_text("refuses")
        page.locator(".empty").get_by_role("link", name="Change the entries").click()
        expect(page.locator("#place_ref")).to_have_value(site.ref)
        page.locator("#key-api_key").fill(site.keys["api_key"])
        page.get_by_role("button", name="Test connection").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("The connection works")
        expect(page.locator(".sample")).to_have_count(3)
        save(page, "Our shop there", "Lanterna Shop")
        page.go_back()
        expect(page.locator("h1")).to_have_text("Sources")  # the way back leads to the source, not to a second one
        expect(page.locator("tbody tr", has_text="Our shop there")).to_have_count(1)
    assert [text for text in complaints if "status of 4" not in text] == []


def test_mentions_are_added_on_a_phone_with_the_words_that_count(desk: Running, standin: StandIn) -> None:
    """Nothing is wider than the phone on the whole way, and what fits is shown before it is saved."""
    with opened(desk, size=PHONE, scheme="dark") as (page, _):
        start(page, desk, f"{standin.base_url}/api/mentions/alerts/feeds/1/2")
        expect(page.get_by_role("heading", level=1)).to_have_text("This can be read")
        page.locator("#words").fill("Lanterna")
        page.get_by_role("button", name="Show what fits").click()
        expect(page.locator(".preview")).to_contain_text("1 of 2 hold")
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        save(page, "What they write", "Trattoria")
        page.locator("tbody tr", has_text="What they write").locator("a.act", has_text="Settings").click()
        expect(page.locator("#words")).to_have_value("Lanterna")
        page.locator("#words").fill("Lanterna, Trattoria")
        page.get_by_label("Name of the source").press("Enter")
        expect(page.locator(".told")).to_contain_text("Saved")  # the Enter key saves, it does not test
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_same_page_is_added_once(desk: Running, standin: StandIn) -> None:
    """However its link was copied: the second time the page says which source reads it already."""
    link = f"{standin.base_url}/trattoria/reviews"
    with opened(desk) as (page, _):
        start(page, desk, link)
        expect(page.get_by_role("heading", level=1)).to_have_text("This can be read")
        save(page, "Our own site", "Trattoria")
        start(page, desk, f"{link}?fbclid=abc#reviews")
        expect(page.locator(".notice-alarm")).to_contain_text("Our own site")
