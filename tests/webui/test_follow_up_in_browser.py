"""A customer is asked again: set, answered and taken back by the keyboard on a phone, and found in the list."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser import Running, expect_told, press_key

from .test_pages_in_browser import PHONE, opened

pytestmark = pytest.mark.browser
FITS = "() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"


def test_a_customer_is_asked_again_on_a_phone(pages: Running) -> None:
    """Each press by the keyboard; nothing is wider than the phone; what is taken back keeps what was typed."""
    with opened(pages, size=PHONE) as (page, complaints):
        page.goto(f"{pages.url}/complaints/new")
        page.locator("#words").fill("The soup was cold.")
        page.get_by_text("Who it was, when, and a photo or e-mail").press("Enter")
        page.locator("#name").fill("Ada Rossi")
        for group in ("channel", "place"):
            page.locator(f"input[name={group}]").first.check()
        page.get_by_role("button", name="Take it").press("Enter")
        page.wait_for_url("**/reviews/*")
        page.get_by_role("button", name="Set the day").press("Enter")
        expect_told(page, "To be asked on")
        section = page.locator("#follow-ups")
        section.get_by_text("Asked before that day?").press("Enter")
        note = section.get_by_label("What the customer said")
        note.press_sequentially("Still cold")
        for outcome in ("content", "not_content"):
            press_key(page, "Tab")
            expect(section.locator(f"button[value={outcome}]")).to_be_focused()
        assert page.evaluate(FITS)
        press_key(page, "Enter")
        expect(section.locator(".follow-next-grave")).to_contain_text("The customer is not content.")
        expect_told(page, "Noted: the customer is not content.")
        page.locator(".told form button").press("Enter")
        expect_told(page, "Taken back")
        expect(section.locator(".follow-next-grave")).to_have_count(0)
        section.get_by_text("Asked before that day?").press("Enter")
        expect(section.get_by_label("What the customer said")).to_have_value("Still cold")
        page.goto(f"{pages.url}/follow-ups")
        expect(page.get_by_role("link", name="Ada Rossi").first).to_be_visible()
        assert page.evaluate(FITS)
        assert complaints == []
