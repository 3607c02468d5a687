"""A morning by keyboard alone, in a real Chromium: no mouse, no Tab from one end of a page to the other."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser import Running, expect_told, press_key

from .test_pages_in_browser import opened

pytestmark = pytest.mark.browser


def test_list_is_walked_by_single_keys(pages: Running) -> None:
    """Down and up the rows, into a review, on to the next one, back to its row, to another list, to the search."""
    with opened(pages) as (page, complaints):
        page.goto(f"{pages.url}/")
        links = page.locator(".row-link")
        for key in ("j", "j", "j", "k"):
            press_key(page, key)
        expect(links.nth(1)).to_be_focused()
        outline = page.locator(".row").nth(1).evaluate("row => getComputedStyle(row).outlineStyle")
        assert outline == "solid"
        press_key(page, "o")
        page.wait_for_url("**/reviews/*")
        first = page.url
        press_key(page, "j")
        page.wait_for_url(lambda url: url != first)
        press_key(page, "u")
        page.wait_for_url("**/#review-*")
        expect(links.nth(2)).to_be_focused()
        expect(page.locator(".row").nth(2)).to_be_in_viewport()
        page.keyboard.type("gd")  # at once: the second key is waited for shortly
        page.wait_for_url("**view=done")
        press_key(page, "/")
        expect(page.locator("#q")).to_be_focused()
        page.keyboard.type("jo?")
        expect(page.locator("#q")).to_have_value("jo?")
        assert "view=done" in page.url
    assert complaints == []


def test_help_tells_what_works_here(pages: Running) -> None:
    """It opens over the page, takes the focus, names only what this page has, and gives the focus back."""
    with opened(pages) as (page, complaints):
        page.goto(f"{pages.url}/")
        press_key(page, "j")
        press_key(page, "?")
        help_ = page.locator("#keys")
        expect(help_).to_be_visible()
        expect(help_.get_by_text("To the next row or review")).to_be_visible()
        expect(help_.get_by_text("Back to the list")).to_be_hidden()
        press_key(page, "g")
        press_key(page, "d")
        expect(help_).to_be_visible()
        press_key(page, "Escape")
        expect(help_).to_be_hidden()
        expect(page.locator(".row-link").first).to_be_focused()
        page.goto(f"{pages.url}/account")
        press_key(page, "?")
        expect(help_.get_by_text("To the next row or review")).to_be_hidden()
    assert complaints == []


def test_cases_are_worked_on_by_keyboard_alone(pages: Running) -> None:
    """One is taken and taken back, two are ticked and given away after the question; the focus is on the next row."""
    with opened(pages) as (page, complaints):
        page.goto(f"{pages.url}/?view=open&sort=oldest")
        ids = page.locator(".row").evaluate_all("rows => rows.map(row => row.id)")
        for key in ("j", "j", "i"):
            press_key(page, key)
        page.wait_for_url(f"**#{ids[2]}")
        expect_told(page, "Assigned to you.")
        expect(page.locator(f"#{ids[2]} .row-link")).to_be_focused()
        expect(page.locator(f"#{ids[1]} .initials")).to_have_count(1)
        press_key(page, "z")
        expect_told(page, "Taken back")
        expect(page.locator(f"#{ids[1]} .initials")).to_have_count(0)
        for key in ("j", "x", "j", "j", "Shift+X"):
            press_key(page, key)
        expect(page.locator(".bulk-count")).to_contain_text("3 selected")
        press_key(page, "e")
        expect(page.locator("h1")).to_have_text("3 cases: done?")
        press_key(page, "Enter")
        page.wait_for_url(f"**#{ids[3]}")
        expect_told(page, "3 cases: Done.")
        expect(page.locator(f"#{ids[3]} .row-link")).to_be_focused()
        expect(page.locator(f"#{ids[0]}")).to_have_count(0)
        press_key(page, "z")
        expect(page.locator(f"#{ids[0]}")).to_have_count(1)
        for key in ("j", "t"):
            press_key(page, key)
        expect(page.locator("#bulk-tag")).to_be_focused()
        page.keyboard.type("noise")
        press_key(page, "Enter")
        expect(page.locator("#told")).to_contain_text("Tagged with “noise”.")
    assert complaints == []


def test_pill_loads_what_has_come_and_no_row_moves(pages: Running) -> None:
    """It lies over the list; the poll is made to come at once instead of after half a minute."""
    with opened(pages) as (page, complaints):
        page.goto(f"{pages.url}/?view=all")
        poller = page.locator("[data-poll]")
        seen = "seen=0.0.1.0"  # as if the page had been rendered before the first review came
        address = re.sub(r"seen=[0-9.]+", seen, str(poller.get_attribute("hx-get")))
        before = page.locator(".row").nth(3).bounding_box()
        page.evaluate(
            "address => htmx.ajax('GET', address, {target: '#arrivals', source: '[data-poll]'})",
            address,
        )
        expect(page.locator("#pill")).to_contain_text("new")
        assert page.locator(".row").nth(3).bounding_box() == before
        page.locator("#pill").press("Enter")
        page.wait_for_url("**view=all")
        expect(page.locator("#pill")).to_have_count(0)
    assert complaints == []
