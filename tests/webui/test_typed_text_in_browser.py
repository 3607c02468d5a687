"""What is typed is not lost, in a real Chromium: drafts, pages that are left, and a network that goes and comes."""

from __future__ import annotations

import pytest
from playwright.sync_api import Dialog, Page, Route, expect

from tests.browser import Running, expect_told, press_key
from tests.flow.running import until

from .test_case_in_browser import open_first
from .test_pages_in_browser import opened

pytestmark = pytest.mark.browser
# Somebody who types on and on, and pauses for no moment long enough to be one.
TYPE_ON = """field => {
  window.typing = setInterval(() => {
    field.value += "a";
    field.dispatchEvent(new Event("input", {bubbles: true}));
  }, 200);
}"""
# Keeps what the bar over the page says, for it says some of it for seconds only.
KEEP_SAID = """bar => {
  window.said = [];
  new MutationObserver(() => window.said.push(bar.textContent)).observe(bar, {childList: true});
}"""


def asked_when_leaving(page: Page) -> list[str]:
    """What the browser asks from now on; everything is agreed to."""
    asked: list[str] = []

    def agree(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", agree)
    return asked


def comes_back(page: Page, css: str, words: str) -> None:
    """The field has these words: they were sent while the page was left, and may arrive after the next one is asked."""

    def is_there() -> bool:
        if page.locator(css).input_value() == words:
            return True
        page.reload()
        return False

    until(is_there, within_s=15, what=f"“{words}” is kept")


def test_note_is_kept_while_it_is_written(pages: Running) -> None:
    """By itself, before another form is sent, and when the page is left; it goes when it is sent, wherever."""
    with opened(pages) as (page, complaints):
        open_first(page, pages)
        asked = asked_when_leaving(page)
        body, told = page.locator("#note-body"), page.locator("#note [data-autosave-told]")
        body.press_sequentially("She called")
        expect(told).to_have_text("Draft kept.")
        body.press_sequentially(" at noon")
        page.get_by_role("button", name="Watch", exact=False).first.click()
        expect_told(page, "its notes")
        expect(body).to_have_value("She called at noon")
        press_key(page, "n")  # the key goes on where the draft ends
        page.keyboard.type(", angry")
        here = page.url
        page.locator("a.trail-back").click()
        page.wait_for_url(lambda url: "/reviews/" not in url)
        page.goto(here)
        comes_back(page, "#note-body", "She called at noon, angry")
        other = page.context.new_page()
        other.goto(here)
        other.locator("#note-body").fill("Other words")
        other.get_by_role("button", name="Add the note").click()
        expect(other.locator("#note-body")).to_have_value("")
        other.close()
        body.press("End")
        page.keyboard.type("!")
        expect(told).to_contain_text("Add the note to send these")
        assert asked == []
        page.locator("a.trail-back").click()
        page.wait_for_url(lambda url: "/reviews/" not in url)
        assert asked == ["beforeunload"]  # only a person can say what becomes of these
    assert [one for one in complaints if "409" not in one] == []


def test_typing_without_a_pause_is_saved_too(pages: Running) -> None:
    """Again and again, each time with what has been typed since."""
    with opened(pages) as (page, complaints):
        open_first(page, pages)
        body, told = page.locator("#note-body"), page.locator("#note [data-autosave-told]")
        for _ in range(2):
            with page.expect_response(lambda answer: "x-autosave" in answer.request.headers):
                body.evaluate(TYPE_ON)
            page.evaluate("clearInterval(typing)")
        expect(told).to_have_text("Draft kept.")
        here, typed = page.url, body.input_value()
        page.goto(here)
        comes_back(page, "#note-body", typed)
    assert complaints == []


def test_what_is_typed_during_a_save_goes_with_the_form(pages: Running) -> None:
    """The form waits for its own save that is under way, and is then sent once, with the version that this one gave."""
    with opened(pages) as (page, complaints):
        open_first(page, pages)
        held: list[Route] = []
        sent: list[str] = []

        def hold_the_first(route: Route) -> None:
            is_autosave = "x-autosave" in route.request.headers
            if not is_autosave:
                sent.append(route.request.post_data or "")
            if is_autosave and not held:
                held.append(route)
            else:
                route.continue_()

        page.route("**/answer", hold_the_first)
        body = page.locator("#answer-body")
        with page.expect_request(lambda request: "x-autosave" in request.headers):
            body.fill("I am sorry.")
        body.press_sequentially(" Ask for Elena.")
        save = page.locator("form.answer-form").get_by_role("button", name="Save", exact=True)
        save.click()
        save.click()
        assert sent == []
        held[0].continue_()
        expect_told(page, "Saved.")
        expect(body).to_have_value("I am sorry. Ask for Elena.")
        assert len(sent) == 1
    assert complaints == []


def test_no_network_loses_nothing(pages: Running) -> None:
    """A line says so, forms are held back, and what was typed meanwhile is saved when the network is back."""
    with opened(pages) as (page, _):
        open_first(page, pages)
        bar, body = page.locator("#offline"), page.locator("#note-body")
        page.context.set_offline(True)
        expect(bar).to_have_text("No connection. What you type is kept here.")
        body.fill("Written in the cellar")
        page.get_by_role("button", name="Add the note").press("Enter")
        expect(bar).to_contain_text("Not sent: no connection.")
        expect(body).to_have_value("Written in the cellar")
        expect(page.locator("#note [data-autosave-told]")).to_contain_text("Not saved: no answer.")
        bar.evaluate(KEEP_SAID)
        page.context.set_offline(False)
        expect(page.locator("#note [data-autosave-told]")).to_have_text("Draft kept.")
        expect(bar).to_have_text("")
        assert "The connection is back." in page.evaluate("said")
        page.get_by_role("button", name="Add the note").press("Enter")
        expect(page.locator(".timeline")).to_contain_text("Written in the cellar")


def test_long_forms_are_not_left_without_a_question(pages: Running) -> None:
    """While something in them is not saved, and once more where it was sent and not taken."""
    with opened(pages) as (page, _):
        asked = asked_when_leaving(page)
        page.goto(f"{pages.url}/places/1")
        page.goto(f"{pages.url}/places")
        assert asked == []
        page.goto(f"{pages.url}/places/1")
        page.locator("#days").press_sequentially("no day")
        page.goto(f"{pages.url}/places")
        assert asked == ["beforeunload"]
        page.goto(f"{pages.url}/places/1")
        page.locator("#days").press_sequentially("no day")
        page.locator("#days").locator("xpath=ancestor::form").get_by_role("button", name="Save").press("Enter")
        expect(page.get_by_role("alert").first).to_be_visible()
        page.wait_for_load_state()  # a script asks
        page.locator("h1").click()
        page.locator(".brand").click()
        page.wait_for_url(f"{pages.url}/")
        assert asked == ["beforeunload"] * 2
