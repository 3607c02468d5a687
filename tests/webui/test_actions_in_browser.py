"""From a cause that comes back to an action that is done, with the keyboard's forms in a real Chromium."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser import Running, expect_told

from .test_pages_in_browser import PHONE, opened

pytestmark = pytest.mark.browser


def test_an_action_is_opened_on_a_phone_and_goes_its_way(pages: Running) -> None:
    """From a case to the trend of its cause, from there to an action: done, taken back, and told in the case."""
    with opened(pages, size=PHONE) as (page, complaints):
        page.goto(f"{pages.url}/causes")
        page.locator("#name").fill("Nobody at the door")
        page.get_by_role("button", name="Add", exact=True).click()
        expect_told(page, "Added.")
        page.goto(f"{pages.url}/?view=all&sort=newest")
        page.locator(".row .row-link").first.click()
        page.locator("#cause-choice").select_option(label="Nobody at the door")
        page.locator("#cause").get_by_role("button", name="Set").click()
        expect_told(page, "Cause: Nobody at the door.")
        case = page.url
        page.goto(f"{pages.url}/causes/trends")
        trend = page.locator(".trend", has_text="Nobody at the door")
        trend.get_by_text("By place").click()
        trend.get_by_role("link", name="Open an action").click()
        expect(page.locator("#cause option:checked")).to_have_text("Nobody at the door")
        page.locator("#title").fill("Somebody greets from six to nine")
        page.locator("#owner").select_option(index=1)
        page.get_by_role("button", name="Open it").click()
        expect(page.locator("h1")).to_have_text("Somebody greets from six to nine")
        page.get_by_role("button", name="It is done").click()
        expect(page.locator(".effect")).to_contain_text("Too few to say")
        page.locator("#told").get_by_role("button").click()
        expect(page.locator(".head .tag")).to_have_text("Open")
        page.goto(case)
        expect(page.locator("#cause")).to_contain_text("An action on this cause is open")
        assert complaints == []
