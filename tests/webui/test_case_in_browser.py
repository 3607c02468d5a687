"""Work on a case in a real Chromium: by keyboard alone, on a phone, and before axe with everything open."""

from __future__ import annotations

import pytest
from playwright.sync_api import Dialog, Page, expect

from tests.browser import Running

from .test_pages_in_browser import DESK, PHONE, barriers, opened

pytestmark = pytest.mark.browser


def open_first(page: Page, pages: Running) -> None:
    """The most urgent review."""
    page.goto(f"{pages.url}/")
    page.locator(".row-link").first.click()
    page.wait_for_url("**/reviews/*")


def test_case_is_worked_on_by_keyboard(pages: Running) -> None:
    """Take it, undo, a note, a tag, put it off and bring it back, done and undone: no mouse."""
    with opened(pages) as (page, complaints):
        open_first(page, pages)
        here = page.url
        told = page.locator("#told")
        page.keyboard.press("i")
        expect(told).to_contain_text("Assigned to you.")
        expect(page.get_by_role("button", name="Undo")).to_be_visible()
        page.keyboard.press("z")
        expect(page.locator(".owner")).to_contain_text("Nobody has it")
        page.keyboard.press("n")
        page.keyboard.type("She called; @nobody answered.")
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.locator(".timeline")).to_contain_text("She called; @nobody answered.")
        page.keyboard.press("t")
        page.keyboard.type("Terrace")
        page.keyboard.press("Enter")
        expect(page.locator(".work-tags .chip")).to_have_text("Take off the tag Terrace")
        page.keyboard.press("m")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.locator(".work-rests")).to_contain_text("Put off until")
        page.keyboard.press("m")
        expect(page.locator(".work-rests")).to_have_count(0)
        page.keyboard.press("e")
        page.wait_for_url(lambda url: url != here)
        expect(told).to_contain_text("Done.")
        page.keyboard.press("z")
        page.wait_for_url(here)
        expect(page.locator(".work-head")).to_have_text("To do")
    assert complaints == []


def test_words_that_were_not_sent_are_not_lost_by_a_click(pages: Running) -> None:
    """The browser asks before it leaves the page."""
    with opened(pages) as (page, _):
        open_first(page, pages)
        asked: list[str] = []

        def accept(dialog: Dialog) -> None:
            asked.append(dialog.type)
            dialog.accept()

        page.on("dialog", accept)
        page.locator("#note-body").click()
        page.keyboard.type("half a sentence")
        page.locator("a.trail-back").click()
        page.wait_for_url(lambda url: "/reviews/" not in url)
    assert asked == ["beforeunload"]


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


def test_what_matters_stands_on_the_first_screen(pages: Running) -> None:
    """At 1280 by 800: the words, the anger and why, state and owner, the acts, and the ways to the rest."""
    with opened(pages, size=(1280, 800)) as (page, _):
        open_first(page, pages)
        for css in (".voice", ".verdict", ".reasons", ".work-head", ".owner", ".acts", ".jumps"):
            expect(page.locator(css).first).to_be_in_viewport(ratio=0.2)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK])
def test_axe_finds_no_barrier_at_work(pages: Running, size: tuple[int, int], scheme: str) -> None:
    """Each menu opened, an own note, a tag, the question whether to let it go, the list of mentions."""
    with opened(pages, size=size, scheme=scheme, bypass_csp=True) as (page, _):
        page.on("dialog", lambda dialog: dialog.accept())
        open_first(page, pages)
        page.locator("#note-body").fill("A note.")
        page.get_by_role("button", name="Add the note").click()
        expect(page.locator(".event .note-words").first).to_be_visible()
        page.locator("#tag").fill("Axe")
        page.locator(".tag-form button").click()
        expect(page.locator(".work-tags .chip").first).to_be_visible()
        for at in range(page.locator("#work details").count()):
            page.locator("#work details summary").nth(at).click()
            assert barriers(page) == [], f"menu {at} at {size} in {scheme}"
            page.locator("#work details").nth(at).evaluate("element => { element.open = false }")
        page.locator(".note-edit summary").first.click()
        assert barriers(page) == []
        if page.locator(".asked").count() == 0:
            page.locator("details[data-key=state] summary").click()
            page.locator("#let-go-reason").fill("A competitor wrote it.")
            page.get_by_role("button", name="Ask to let it go").click()
            expect(page.locator(".asked")).to_be_visible()
        assert barriers(page) == []
        page.goto(f"{pages.url}/mentions")
        assert barriers(page) == []
