"""The way to a refresh token in a real Chromium: form, page before, the platform's page, no and yes, trial, saved."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page, expect

from crawlers.standin import StandIn
from db.migrate import upgrade
from db.session import make_engine
from tests.browser import Running, owner_cookies, served
from tests.ports import free_port
from webui.standin_mode import StandInPlan, write_plan

from .test_pages_in_browser import opened

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def standin() -> Iterator[StandIn]:
    with StandIn(anchor=datetime.now(UTC).replace(microsecond=0), port=free_port()) as running:
        yield running


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, standin: StandIn, chromium: Browser) -> Iterator[Running]:
    """`amends web` over a demo's folder, whose platforms the stand-in plays."""
    folder = tmp_path_factory.mktemp("consent")
    engine = make_engine(f"sqlite:///{folder / 'amends.db'}")
    upgrade(engine)
    engine.dispose()
    write_plan(folder, StandInPlan(port=standin.port, anchor=datetime.now(UTC)))
    with served(folder) as url:
        yield Running(url, chromium, owner_cookies(folder, url))


def entered(page: Page, demo: Running, standin: StandIn, *, platform: str = "google", ref: str | None = None) -> None:
    """The form with everything but the refresh token, sent by its button of consent."""
    site = standin.api_site(platform)
    page.goto(f"{demo.url}/sources/new/platform/{platform}")
    page.fill("#place_ref", site.ref if ref is None else ref)
    for name, value in site.keys.items():
        if name != "refresh_token":
            page.fill(f"#key-{name}", value)
    page.get_by_role("button", name="Connect with").click()


@pytest.mark.parametrize("platform", ["google", "trustpilot"])
def test_token_comes_by_consent(demo: Running, standin: StandIn, platform: str) -> None:
    """By way of a no; the browser has nothing to complain about, and tells the platform not where it came from."""
    with opened(demo) as (page, complaints):
        referrers: list[str | None] = []
        page.on("request", lambda one: referrers.append(one.headers.get("referer")) if "/consent?" in one.url else None)
        entered(page, demo, standin, platform=platform)
        expect(page.locator("#address")).to_have_value(f"{demo.url}/sources/consent/back")
        page.get_by_role("link", name="Go on to").click()
        page.get_by_role("link", name="Refuse").click()
        expect(page.locator("h1")).to_contain_text("You said no")
        assert "code=" not in page.url
        page.get_by_role("button", name="Try again").click()
        page.get_by_role("link", name="Go on to").click()
        page.get_by_role("link", name="Allow", exact=True).click()
        expect(page.locator("h1")).to_have_text("The connection works")
        page.wait_for_load_state()  # all of the form is there
        assert "code=" not in page.url
        page.fill("#name", f"Ours at {platform}")
        if page.locator("#place").count():
            page.select_option("#place", "")
        page.fill("#place_name", f"Place of {platform}")
        page.check("[name=confirmed]")
        page.get_by_role("button", name="Add it").click()
        expect(page.locator(".sources")).to_contain_text(f"Ours at {platform}")
    assert complaints == []
    assert referrers
    assert referrers[0] is None


def test_wrong_address_of_return_is_met_at_the_platform(demo: Running, standin: StandIn) -> None:
    """The platform shows its error and sends nobody back; the page to go back to says what to register."""
    with opened(demo) as (page, _):
        entered(page, demo, standin)
        link = page.get_by_role("link", name="Go on to").get_attribute("href") or ""
        page.goto(link.replace("consent%2Fback", "elsewhere"))
        expect(page.locator("h1")).to_contain_text("redirect_uri_mismatch")
        page.go_back()
        expect(page.locator("main")).to_contain_text("redirect_uri_mismatch")
        expect(page.locator("#address")).to_be_visible()
