"""Views, list and case side by side in a real Chromium: a row opens beside its list, nothing moves under the hand."""

from __future__ import annotations

from itertools import pairwise

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import Running, expect_told, press_key

from .test_pages_in_browser import opened

pytestmark = pytest.mark.browser

SCREEN = (1280, 800)
LANGUAGES = ("en", "es", "fr", "de")
# What somebody needs to see to answer: who wrote what and where, its anger and why, its risks, its time and its owner,
# the field for the answer and its buttons, others like it, the last that happened. Of the words as many lines as fit.
FIRST_SCREEN = (
    ".words-head",
    ".facts-line",
    ".risks",
    ".verdict",
    ".reasons >> nth=0",
    ".said-acts",
    ".work-head",
    ".work-clock",
    ".owner",
    ".acts",
    "#answer-body",
    ".answer [data-key=submit]",
    ".glance-more",
    ".latest",
)
# Nothing lies over the first or the last of what is there to be seen of an element.
ENDS_ARE_SEEN = """one => {
  const box = one.getBoundingClientRect();
  const at = (y) => one.contains(document.elementFromPoint(box.left + Math.min(20, box.width / 2), y));
  return at(box.top + 3) && at(box.bottom - 3);
}"""
# Once the page has been drawn as it is now: what watches sizes is told of them right before that.
DRAWN = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
# How many lines of the words stand above what rests on the lower edge.
LINES_SEEN = """text => {
  const edge = document.querySelector(".answer").getBoundingClientRect().top;
  return Math.floor((edge - text.getBoundingClientRect().top) / parseFloat(getComputedStyle(text).lineHeight));
}"""


def top_of(locator: Locator) -> float:
    box = locator.bounding_box()
    assert box is not None
    return box["y"]


def leave_for(page: Page, key: str) -> None:
    """Press a key that leads to another address."""
    here = page.url
    press_key(page, key)
    page.wait_for_url(lambda url: url != here)


def test_case_opens_beside_its_list(pages: Running) -> None:
    """The row stays where it was; the next ones open beside it; reading begins at the case; Back and u lead back."""
    with opened(pages, size=SCREEN) as (page, complaints):
        page.goto(f"{pages.url}/?rows=standard")
        row = page.locator(".row").nth(20)
        row.scroll_into_view_if_needed()
        page.evaluate("scrollBy({top: 150, behavior: 'instant'})")  # a wheel goes on turning while one measures
        before = top_of(row)
        row.locator(".row-link").click()
        page.wait_for_url("**/reviews/*")
        first = page.url
        here, heading = page.locator("[data-here]"), page.locator("#who")
        expect(heading).to_be_focused()
        assert abs(top_of(here) - before) < 2
        expect(page.locator(".near-link[aria-current]")).to_have_count(1)
        leave_for(page, "j")
        expect(page.locator(".near-row").nth(21)).to_have_attribute("data-here", page.url.rpartition("/")[2])
        assert abs(top_of(page.locator(".near-row").nth(20)) - before) < 2
        words, near = top_of(page.locator(".words")), top_of(here)
        press_key(page, "i")
        expect_told(page, "Assigned to you.")
        expect(page.locator("#told .told")).to_be_in_viewport()
        told, case = page.locator("#told .told").bounding_box(), page.locator("#case").bounding_box()
        assert told
        assert case
        assert told["x"] + told["width"] <= case["x"], "it lies over the buttons of the answer"
        assert (top_of(page.locator(".words")), top_of(here)) == (words, near)
        press_key(page, "z")
        expect(page.locator(".owner")).to_contain_text("Nobody has it")
        page.reload()
        expect(here.locator(".near-link")).to_be_visible()
        leave_for(page, "k")
        assert page.url == first
        leave_for(page, "u")
        expect(page.locator(".row").nth(20).locator(".row-link")).to_be_focused()
        page.go_back()
        page.wait_for_url(first)
        expect(here).to_be_in_viewport()
        press_key(page, "/")
        page.keyboard.type("soup")
        leave_for(page, "Enter")
        expect(page.locator(".chip")).to_have_count(1)
    assert complaints == []


def test_narrow_window_shows_the_case_alone(pages: Running) -> None:
    """From 1100 px on there are three zones; below there is one, with a way back, and no row that is only heard."""
    with opened(pages, size=(1100, 800)) as (page, _):
        page.goto(f"{pages.url}/?view=open")
        page.locator(".row-link").first.click()
        expect(page.locator(".near-row").first).to_be_visible()
        page.set_viewport_size({"width": 1099, "height": 800})
        expect(page.locator(".near-row").first).to_be_hidden()
        expect(page.locator(".trail-back")).to_have_text("All open")
        expect(page.locator(".trail a[rel=next]")).to_have_text("Next")


def test_zones_need_no_script(pages: Running) -> None:
    """A row far down opens beside its list, which begins where it is."""
    context = pages.context(viewport={"width": 1280, "height": 800}, java_script_enabled=False)
    page = context.new_page()
    page.goto(pages.url)
    page.locator(".row-link").nth(30).click()
    expect(page.locator("[data-here]")).to_be_in_viewport()
    expect(page.locator("#who")).to_be_in_viewport()
    context.close()


def test_what_matters_stands_on_the_first_screen(pages: Running) -> None:
    """Of a review of 60 to 120 words with a risk, at 1280 by 800, in every language, the answer too; and on paper."""
    with opened(pages, size=SCREEN) as (page, _):
        page.goto(f"{pages.url}/?q=the&sort=newest&risk=legal&risk=safety&risk=refund&risk=churn")
        links = [str(one.get_attribute("href")) for one in page.locator(".row-link").all()]
        link = next(link for link in links if is_middling(page, f"{pages.url}{link}"))
        for language in LANGUAGES:
            page.goto(f"{pages.url}{link}&lang={language}")
            for css in FIRST_SCREEN:
                one = page.locator(css).first
                expect(one, f"{css} of {link} in {language}").to_be_in_viewport(ratio=0.99)
                assert one.evaluate(ENDS_ARE_SEEN), f"{css} of {link} in {language} lies under something"
            assert page.locator(".voice-text").evaluate(LINES_SEEN) >= 3, f"of {link} in {language}"
        page.emulate_media(media="print")
        box = page.locator(".words").bounding_box()
        assert box
        assert box["width"] > SCREEN[0] * 0.8, "on paper the case has all the width"
        expect(page.locator(".answer")).to_be_hidden()  # nothing is written yet


def is_middling(page: Page, address: str) -> bool:
    page.goto(address)
    words = len(page.locator(".voice-text").inner_text().split())
    return 60 <= words <= 120 and page.locator(".answer textarea").count() > 0


def test_answer_rests_on_the_lower_edge_until_it_is_reached(pages: Running) -> None:
    """Its field stays put while somebody types; at the end it stands below the words; a low window rests none."""
    with opened(pages, size=SCREEN) as (page, complaints):
        page.goto(f"{pages.url}/?view=now&q=the")
        page.locator(".row-link").first.click()
        page.wait_for_url("**/reviews/*")
        field = page.locator("#answer-body")
        expect(field).to_be_in_viewport(ratio=0.99)
        before = top_of(field)
        press_key(page, "r")
        expect(field).to_be_focused()
        page.keyboard.insert_text("We are sorry that you waited. " * 30)
        page.locator("#findings").evaluate("found => found.append(...Array.from({length: 9}, () => new Option('One')))")
        page.evaluate(DRAWN)
        assert abs(top_of(field) - before) < 2
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        voice, answer = page.locator(".voice").bounding_box(), page.locator(".answer").bounding_box()
        assert voice
        assert answer
        assert answer["y"] >= voice["y"] + voice["height"]
        page.evaluate("scrollTo(0, 0)")
        page.set_viewport_size({"width": 1280, "height": 640})
        expect(page.locator(".answer")).to_have_css("position", "static")
    assert complaints == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_of_the_side_lies_over_another(pages: Running, language: str) -> None:
    """At a height of 800 all views are in sight above the account; saved lists roll by themselves, not below it."""
    with opened(pages, size=SCREEN) as (page, _):
        page.goto(f"{pages.url}/?lang={language}")
        parts = page.locator(".side > *, .foot")
        boxes = [box for one in parts.all() if (box := one.bounding_box())]
        for above, below in pairwise(boxes):
            assert above["y"] + above["height"] <= below["y"] + 0.5
        assert boxes[-1]["y"] + boxes[-1]["height"] <= SCREEN[1]
        room = page.locator(".views").evaluate("views => views.clientHeight - views.scrollHeight")
        assert room >= 0 or page.locator(".view-saved").count()
        page.locator(".account summary").click()
        expect(page.locator(".account form button")).to_be_in_viewport(ratio=0.99)
