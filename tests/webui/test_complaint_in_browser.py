"""A complaint taken with one thumb on a phone, with a photo; and a message that is checked while it is typed."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser import Running

from .test_pages_in_browser import PHONE, opened

pytestmark = pytest.mark.browser
OFFER = "I am sorry that the soup was cold. I would like to offer you a bottle of wine with your next dinner."


def test_words_and_a_photo_are_taken_on_a_phone(pages: Running) -> None:
    """Nothing but the words has to be typed; the photo is drawn from what is kept of it."""
    with opened(pages, size=PHONE) as (page, _):
        page.goto(f"{pages.url}/complaints/new")
        photo = page.screenshot(type="jpeg")
        page.locator("#words").fill("The soup was cold, and nobody came when we called.")
        for group in ("channel", "place"):
            page.locator(f"input[name={group}]").first.check()
        page.locator("#files").set_input_files({"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": photo})
        page.get_by_role("button", name="Take it").click()
        page.wait_for_url("**/reviews/*")
        expect(page.locator("h1")).to_have_text("Complaint without a name")
        picture = page.locator("img.attached-picture")
        picture.scroll_into_view_if_needed()
        for name, size in zip(("naturalWidth", "naturalHeight"), PHONE, strict=True):
            expect(picture).to_have_js_property(name, size)  # it is loaded once it is in sight


def test_an_offer_is_seen_while_it_is_typed(pages: Running) -> None:
    """The tick that it depends on no review comes by itself; then all that goes out is shown, to be copied."""
    with opened(pages) as (page, _):
        page.goto(f"{pages.url}/complaints/new")
        page.locator("#words").fill("The soup was cold.")
        for group in ("channel", "place"):
            page.locator(f"input[name={group}]").first.check()
        page.get_by_role("button", name="Take it").click()
        page.wait_for_url("**/reviews/*")
        page.get_by_text("Write to them").click()
        page.locator("#message-body").fill(OFFER)
        sworn = page.locator("#message input[name=unconditional]")
        sworn.check()
        for tick in page.locator("#message-findings input[name=ticked]").all():
            tick.check()
        page.get_by_role("button", name="Check and get it ready").click()
        expect(page.locator("#message .reply-text")).to_contain_text("does not depend on any review")
        expect(page.locator("#message [data-copy]")).to_be_visible()
