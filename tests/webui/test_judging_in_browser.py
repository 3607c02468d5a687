"""What people make of a review, in a real Chromium: one key for the anger, and words that save themselves."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser import Running, press_key

from .test_pages_in_browser import opened

pytestmark = pytest.mark.browser


def test_one_key_says_that_the_anger_is_wrong(pages: Running) -> None:
    """And pressed again that it was right; another takes it back."""
    with opened(pages) as (page, complaints):
        page.goto(f"{pages.url}/")
        press_key(page, "j")
        press_key(page, "o")
        page.wait_for_url("**/reviews/*")
        press_key(page, "!")
        expect(page.locator(".said")).to_contain_text("You said: not angry.")
        press_key(page, "!")
        expect(page.locator(".said")).to_contain_text("You said: angry.")
        page.get_by_role("button", name="Take my word back").click()
        expect(page.locator(".said p")).to_have_count(0)
    assert complaints == []


def test_facts_and_feeling_save_themselves(pages: Running) -> None:
    """Two seconds after a letter, again and again; where another was faster, the words stay in the field."""
    with opened(pages) as (page, complaints):
        page.goto(f"{pages.url}/?view=changed")
        page.locator(".row-link").first.click()
        page.wait_for_url("**/reviews/*")
        facts, told = page.locator("#gist-facts"), page.locator(".gist-form [data-autosave-told]")
        expect(page.locator("[data-suggestion]")).to_be_visible()
        facts.fill("Waited fifty minutes.")
        expect(page.locator(".gist-form [name=version]")).to_have_value("1")
        expect(told).to_have_text("Saved.")
        expect(page.locator("[data-suggestion]")).to_be_hidden()
        facts.press("End")
        page.keyboard.insert_text(" Outside.")  # at once: what pauses while it is typed is saved in between
        expect(page.locator(".gist-form [name=version]")).to_have_value("2")
        page.reload()
        expect(facts).to_have_value(re.compile("Outside"))
        other = page.context.new_page()
        other.goto(page.url)
        other.locator("#gist-facts").fill("Hers.")
        expect(other.locator(".gist-form [name=version]")).to_have_value("3")
        other.close()
        facts.fill("Mine.")
        expect(told).to_contain_text("Not saved.")
        page.locator(".gist-form button").click()
        expect(page.locator("[name=facts]")).to_have_value("Mine.")
        expect(page.locator(".facts")).to_contain_text("Hers.")
    assert [one for one in complaints if "409" not in one] == []
