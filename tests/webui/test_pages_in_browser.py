"""The pages in a real Chromium, served as in production: what stands where, and what the keyboard does there.

That they fit, break no rule and fetch nothing from elsewhere is in test_every_page_in_browser.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import pytest
from playwright.sync_api import Page, Request, expect

from tests.browser import Running, expect_told, is_of_leaving, press_key, profile
from tests.screenshots import take

pytestmark = pytest.mark.browser

PHONE, DESK = (360, 740), (1280, 900)
DOUBLED = (160, 180)  # what a phone leaves at twice the text


@contextmanager
def opened(
    pages: Running,
    *,
    size: tuple[int, int] = DESK,
    scheme: str = "light",
    bypass_csp: bool = False,
    is_visitor: bool = False,
) -> Iterator[tuple[Page, list[str]]]:
    """A page in a fresh browser profile, and what the browser complains about meanwhile."""
    made = partial(profile, pages.browser) if is_visitor else pages.context
    context = made(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if scheme == "dark" else "light",
        bypass_csp=bypass_csp,
        locale="en-GB",
    )
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: None if is_of_leaving(message.text) else complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("requestfailed", lambda request: complaints.extend(_failure(request)))
    try:
        yield page, complaints
    finally:
        context.close()  # what a test that failed has left open would go on asking for pages


def _failure(request: Request) -> list[str]:
    # Leaving a page ends what it was still fetching, such as its icon: nobody refused that.
    return [] if request.failure == "net::ERR_ABORTED" else [f"failed: {request.url}: {request.failure}"]


def review_addresses(page: Page, pages: Running) -> list[str]:
    """The most urgent review, a changed one, a right-to-left one and one without words."""
    page.goto(f"{pages.url}/?view=all")
    wanted = {".row": 1, ".row:has(.tag-changed)": 1, ".row:has(a[lang=ar])": 1}
    found = []
    for row, most in wanted.items():
        links = page.locator(f"{row} .row-link")
        found += [str(links.nth(at).get_attribute("href")) for at in range(min(most, links.count()))]
    return found


@pytest.mark.parametrize(("density", "height", "least"), [("standard", 800, 12), ("compact", 900, 20)])
def test_so_many_rows_stand_on_one_screen(pages: Running, density: str, height: int, least: int) -> None:
    """Twelve at the standard density on 1280 by 800, twenty compact ones at a height of 900; beside a case as well."""
    with opened(pages, size=(1280, height)) as (page, _):
        for language in ("en", "de"):
            page.goto(f"{pages.url}/?rows={density}&lang={language}")
            whole = page.locator(".row").evaluate_all("rows => rows.map(row => row.getBoundingClientRect().bottom)")
            page.locator(".row-link").first.click()
            page.wait_for_url("**/reviews/*")
            expect(page.locator(".near-row").first).to_be_in_viewport()
            near = page.locator(".near-row").evaluate_all("rows => rows.map(row => row.getBoundingClientRect().bottom)")
            for bottoms in (whole, near):
                assert sum(bottom <= height for bottom in bottoms) >= least


def test_queue_can_be_walked_by_keyboard(pages: Running) -> None:
    """From the address bar to a review, to the next one, and back to the row, without a mouse."""
    with opened(pages) as (page, _):
        page.goto(f"{pages.url}/")
        press_key(page, "Tab")
        expect(page.locator(".skip")).to_be_focused()
        expect(page.locator(".skip")).to_be_in_viewport()
        press_key(page, "Enter")
        press_key(page, "Tab")
        expect(page.get_by_role("main").get_by_role("link", name="Take a complaint")).to_be_focused()
        press_key(page, "Tab")
        expect(page.locator("#q")).to_be_focused()
        for _ in range(8):  # Search, Filter, the orders and the densities
            press_key(page, "Tab")
        press_key(page, "Tab")
        expect(page.locator("[data-row-tick]").first).to_be_focused()
        press_key(page, "Tab")
        first = page.locator(".row-link").first
        expect(first).to_be_focused()
        outline = page.locator(".row").first.evaluate("row => getComputedStyle(row).outlineStyle")
        assert outline == "solid"
        press_key(page, "Tab")
        expect(page.locator(".why summary").first).to_be_focused()
        expect(page.locator(".why-words").first).to_be_visible()
        press_key(page, "Escape")
        expect(page.locator(".why-words").first).to_be_hidden()
        press_key(page, "Enter")
        expect(page.locator(".why-words").first).to_be_visible()
        press_key(page, "Shift+Tab")
        expect(page.locator(".why-words").first).to_be_hidden()
        press_key(page, "Enter")
        expect(page.locator(".trail-back")).to_be_visible()
        opened_at = page.url
        page.locator(".trail a[rel=next]").focus()
        press_key(page, "Enter")
        page.wait_for_url(lambda url: url != opened_at)
        review = page.url.rpartition("/")[2]
        page.locator(".trail-back").focus()
        press_key(page, "Enter")
        page.wait_for_url(f"**/#review-{review}")
        expect(page.locator(f"#review-{review}")).to_be_in_viewport()


def test_queue_can_be_filtered_by_keyboard(pages: Running) -> None:
    """Words, a level and a place; then each filter is taken back, and the row is where it was."""
    with opened(pages) as (page, complaints):
        page.goto(f"{pages.url}/?view=all")
        page.locator("#q").focus()
        page.keyboard.type("mother")
        press_key(page, "Tab")
        press_key(page, "Tab")
        press_key(page, "Enter")
        expect(page.locator(".filters-panel")).to_be_visible()
        press_key(page, "Tab")
        press_key(page, "Space")
        press_key(page, "Enter")
        page.wait_for_url("**anger=furious**")
        expect(page.locator(".chip")).to_have_count(2)
        page.locator(".chip").first.press("Enter")
        expect(page.locator(".chip")).to_have_count(1)
        page.locator(".chips-clear").press("Enter")
        expect(page.locator(".chip")).to_have_count(0)
    assert complaints == []


def test_weights_can_be_tried_by_keyboard(pages: Running) -> None:
    """A number is changed, what would move is shown under it on a phone and beside it on a desk, nothing is saved."""
    for size in (DESK, PHONE):
        with opened(pages, size=size) as (page, complaints):
            page.goto(f"{pages.url}/priority")
            page.get_by_label("Legal step").fill("0")
            page.get_by_role("button", name="Show what would move").press("Enter")
            expect(page.locator("#preview")).to_be_in_viewport()
            expect(page.locator(".move").first).to_be_visible()
            overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert overflow <= 0
            page.goto(f"{pages.url}/priority")
            expect(page.get_by_label("Legal step")).to_have_value("27")
        assert complaints == []


def test_source_can_be_paused_and_asked_to_be_removed_by_keyboard(pages: Running) -> None:
    """Every act of a row is a button or a link with the name of its source."""
    with opened(pages) as (page, complaints):
        page.goto(f"{pages.url}/sources")
        name = page.locator(".source-name").first.inner_text()
        acts = page.locator(f"tr:has-text('{name}')").first
        acts.get_by_role("button", name="Pause").focus()
        press_key(page, "Enter")
        expect_told(page, "Paused")
        acts.get_by_role("button", name="Resume").focus()
        press_key(page, "Enter")
        expect_told(page, "read again")
        acts.get_by_role("link", name="Settings").press("Enter")
        page.locator(".button-danger").press("Enter")
        expect(page.locator("h1")).to_contain_text(name)
        page.locator("a.button-quiet").press("Enter")
        expect(page.locator(".sources")).to_be_visible()
    assert complaints == []


def test_entries_that_are_not_asked_for_stay_away(pages: Running) -> None:
    """A reason is asked for only where the rules are looser than the platform's."""
    with opened(pages) as (page, _):
        page.goto(f"{pages.url}/sources/1/edit")
        expect(page.locator("#reason")).to_be_hidden()
        page.select_option("#retention", "24h")
        expect(page.locator("#reason")).to_be_hidden()


def test_row_opens_wherever_it_is_clicked(pages: Running) -> None:
    """Only the priority has a click of its own."""
    with opened(pages) as (page, _):
        page.goto(f"{pages.url}/")
        box = page.locator(".row-place").first.bounding_box()
        assert box is not None
        page.mouse.click(box["x"] + 5, box["y"] + 5)
        expect(page.locator(".trail")).to_be_visible()


def test_right_to_left_text_begins_at_the_right(pages: Running) -> None:
    """An Arabic review reads from its own side, the page around it does not turn."""
    with opened(pages) as (page, _):
        page.goto(f"{pages.url}/?view=all")
        arabic = page.locator(".row-link[lang=ar]").first
        assert arabic.evaluate("element => getComputedStyle(element).direction") == "rtl"
        assert page.locator("main").evaluate("element => getComputedStyle(element).direction") == "ltr"


def test_text_can_be_doubled(pages: Running) -> None:
    """Twice the text size on a phone's width loses nothing to the side (WCAG 1.4.4 and 1.4.10)."""
    with opened(pages, size=(640, 900)) as (page, _):
        for address in ("/", *review_addresses(page, pages)):
            page.goto(f"{pages.url}{address}")
            page.evaluate("document.documentElement.style.fontSize = '200%'")
            overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert overflow <= 0, address


@pytest.mark.parametrize("width", DOUBLED)
def test_phone_with_doubled_text_loses_nothing(pages: Running, width: int) -> None:
    """Half the width of a phone is what a phone leaves at twice the text: in a row nothing lies over anything else."""
    with opened(pages, size=(width, 400)) as (page, _):
        page.goto(pages.url)
        for row in page.locator(".row").all()[:5]:
            level, age = (row.locator(css).bounding_box() for css in (".row-anger", ".row-when"))
            assert level is not None
            assert age is not None
            assert level["y"] + level["height"] <= age["y"]


def test_pictures_can_be_taken(pages: Running, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The maker of the README's pictures works: every page, light and dark, wide and on a phone."""
    taken = take(pages, tmp_path_factory.mktemp("pictures"))
    assert len(taken) == 16
    assert all(file.read_bytes().startswith(b"\x89PNG") for file in taken)
