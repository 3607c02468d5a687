"""Writing an answer, in a real Chromium: what the page says stands where it is read, and stays while it is used."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Running

from .test_case_in_browser import open_first
from .test_pages_in_browser import DESK, PHONE, opened

pytestmark = pytest.mark.browser
SORRY_IF = "I am sorry if you waited. We will look into it."


def write(page: Page, words: str) -> None:
    """Into the field, until its checks have told what they found in them."""
    with page.expect_response(lambda answer: answer.url.endswith("/answer/check")):
        page.locator("#answer-body").fill(words)
    expect(page.locator(".htmx-request")).to_have_count(0)


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_why_there_is_no_draft_is_in_sight(pages: Running, size: tuple[int, int]) -> None:
    """Above the field and with the focus: whoever pressed the button need not look for what became of it."""
    with opened(pages, size=size) as (page, _):
        page.goto(pages.url)
        page.locator("li.row", has=page.locator(".tag-grave")).first.locator(".row-link").click()
        page.wait_for_url("**/reviews/*")
        page.wait_for_load_state()
        page.get_by_role("button", name="First draft").click()
        told = page.locator(".no-draft")
        expect(told).to_be_focused()
        expect(told.get_by_role("heading")).to_be_in_viewport()
        assert page.locator("#answer-body").input_value() == ""


def test_findings_keep_what_is_done_among_them(pages: Running) -> None:
    """The tick, the opened hints and the reason stay while somebody types on; another warning takes the tick away."""
    with opened(pages) as (page, complaints):
        open_first(page, pages)
        page.wait_for_load_state()
        write(page, f"Please calm down. {SORRY_IF}")
        tick, hints, reason = (page.locator(css) for css in ("#findings-read", "#findings details", "#lift-reason"))
        tick.check()
        hints.locator("summary").click()
        reason.fill("It is a quote")
        write(page, f"Please calm down. {SORRY_IF} Ana")
        expect(tick).to_be_checked()
        expect(hints).to_have_attribute("open", "")
        expect(reason).to_have_value("It is a quote")
        write(page, f"Please calm down. {SORRY_IF} Ana. We guarantee that this will never happen again.")
        expect(tick).not_to_be_checked()
        expect(reason).to_have_value("It is a quote")
        assert complaints == []
