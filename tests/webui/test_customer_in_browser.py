"""From a complaint to its customer, joined with another case and taken apart again, with the keyboard on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser import Running

from .test_pages_in_browser import PHONE, opened

pytestmark = pytest.mark.browser


def test_a_customer_is_found_joined_and_taken_apart(pages: Running) -> None:
    """Two complaints by the same number are one at once; a third by somebody of the same name is joined by hand."""
    with opened(pages, size=PHONE) as (page, _):
        for name, contact in (("Nadia Okoye", "+44 20 7946 0958"), ("", "+44 (20) 79460958"), ("Nadia Okoye", "")):
            page.goto(f"{pages.url}/complaints/new")
            page.locator("#words").fill("The bill had things on it that we never had.")
            for group in ("channel", "place"):
                page.locator(f"input[name={group}]").first.check()
            page.locator("details", has=page.locator("#contact")).locator("summary").click()
            page.locator("[name=name]").fill(name)
            page.locator("[name=contact]").fill(contact)
            page.get_by_role("button", name="Take it").click()
            page.wait_for_url("**/reviews/*")
        page.get_by_role("link", name="Everything about this customer").click()
        expect(page.locator(".head-words")).to_contain_text("1 case")
        page.locator("#with").fill("+442079460958")
        page.locator("#with").press("Enter")
        page.get_by_role("button", name="The same person").last.click()
        expect(page.locator(".head-words")).to_contain_text("3 cases")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing sticks out on a phone"
        page.get_by_role("button", name="Take apart").click()
        expect(page.locator(".head-words")).to_contain_text("1 case")
        expect(page.locator("#told")).to_contain_text("Taken apart")
