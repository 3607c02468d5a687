"""The page of a case in a real Chromium: what is under the thumb on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser import Running

from .test_pages_in_browser import PHONE, opened

pytestmark = pytest.mark.browser


def open_first(page: Page, pages: Running) -> None:
    """The most urgent review."""
    page.goto(f"{pages.url}/")
    page.locator(".row-link").first.click()
    page.wait_for_url("**/reviews/*")


def test_acts_are_under_the_thumb(pages: Running) -> None:
    """On a phone they stay at the lower edge, and hide nothing of the end of the page."""
    with opened(pages, size=PHONE) as (page, _):
        open_first(page, pages)
        page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
        acts, foot = (page.locator(css).bounding_box() for css in (".acts", ".foot"))
        assert acts is not None
        assert foot is not None
        assert abs(acts["y"] + acts["height"] - PHONE[1]) < 1
        assert foot["y"] + foot["height"] <= acts["y"] + 1
