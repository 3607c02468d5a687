"""Reviews and sources that are unlike most, in a real Chromium: none breaks the page around it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from db.migrate import upgrade
from db.models import SourceHealth
from db.session import make_engine, session_scope
from scoring.types import Risk
from tests.browser import Running, owner_cookies, served
from tests.factories import make_case, make_location, make_review, make_revision, make_score, make_source

pytestmark = pytest.mark.browser

RISKY, TOWERS, CHANGED = 1, 2, 3  # where they stand in the queue
LONG = "Bewertungen von Donaudampfschifffahrtsgesellschaftsanlegestellengaststätten.example"
IN_WORDS = "Terrible: not one of the five stars that this site has to give, W" + "o" * 14
RATINGS: tuple[dict[str, Any], ...] = (
    {"rating_raw": IN_WORDS, "rating": None, "rating_max": None, "rating_kind": "score", "stars": 1.0},
    {"rating_raw": "no", "rating": 0.0, "rating_max": 1.0, "rating_kind": "recommend", "stars": None},
)
RISKS = [
    {"risk": risk, "probability": 0.9, "origin": "model", "evidence": ""}
    for risk in ("safety", "discrimination", "legal", "refund")
]
EVERY_RISK = [{**RISKS[0], "risk": str(risk)} for risk in Risk]


def fill(session: Session) -> None:
    """One place with a review of every odd kind, the first of the queue."""
    place = make_location(session, name="Trattoria Lanterna")
    source = make_source(session, location=place)
    for length in range(20, 60):  # somewhere among them one ends right before the edge
        make_source(session, location=place, url=f"https://guide.example/{'trattoria-' * 5}{'a' * length}.rss")
    longest = make_location(session, name=f"{LONG} am Fluss")
    make_source(session, location=longest, name=LONG, health=SourceHealth.SUSPICIOUS)
    for number, rating in enumerate(RATINGS):
        review = make_review(session, source, published_at=datetime.now(UTC), **rating)
        make_score(session, review, sentences=[], risks=RISKS if number else EVERY_RISK)
        make_case(session, review, is_flagged=True, priority=90.0 - number)
    marks = "".join(chr(0x0300 + at % 0x60) for at in range(400))
    towers = make_review(
        session, source, title=f"T{marks}", body=f"w{marks}", author_name=f"G{marks}", reply_body="So."
    )
    make_score(session, towers, sentences=[{"start": 0, "end": 2000, "anger": 0.9}])
    make_case(session, towers, is_flagged=True, priority=50.0)
    changed = make_review(session, source, title="Cold", body="The soup was cold.\n\nThe bread too.")
    make_revision(session, changed, title="Warm", body="It was all warm.\n\nNothing else to say.")
    make_score(session, changed, sentences=[{"start": 0, "end": 200, "anger": 0.9}], anger_level="furious")
    make_case(session, changed, is_flagged=True, priority=40.0)


@pytest.fixture(scope="module")
def odd(pages: Running, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The pages over odd reviews alone."""
    folder = tmp_path_factory.mktemp("odd")
    engine = make_engine(f"sqlite:///{folder / 'amends.db'}")
    upgrade(engine)
    with session_scope(engine) as session:
        fill(session)
    engine.dispose()
    with served(folder) as url:
        yield Running(url, pages.browser, owner_cookies(folder, url))


@pytest.fixture(scope="module", params=["en-GB", "es-ES"])
def page(odd: Running, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page of a browser in this language."""
    context = odd.context(base_url=odd.url, locale=request.param)
    yield context.new_page()
    context.close()


def at_widths(page: Page, *widths: int, height: int = 800) -> Iterator[int]:
    """The page that is open, drawn at one width after the other."""
    for width in widths:
        page.set_viewport_size({"width": width, "height": height})
        yield width


def sideways(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def open_review(page: Page, number: int) -> None:
    """Open the review that stands at this place of the queue, from 0."""
    page.goto("/")
    page.goto(str(page.locator(".row-link").nth(number).get_attribute("href")))


def test_rating_in_words_stays_in_its_place(page: Page) -> None:
    """However a site rates, the words of the guest beside it can be read, and nothing scrolls sideways."""
    widths = (320, 360, 768, 1024, 1280)
    page.goto("/")
    for width in at_widths(page, *widths):
        assert sideways(page) <= 0, width
        for row in page.locator(".row").all():
            rating, words, time = (row.locator(css).bounding_box() for css in (".rating", ".row-text", ".row-when"))
            assert rating is not None
            for other in (words, time):
                assert other is not None
                is_beside = rating["x"] + rating["width"] <= other["x"]
                assert is_beside or rating["y"] + rating["height"] <= other["y"], width
    open_review(page, 0)
    for width in at_widths(page, *widths):
        assert sideways(page) <= 0, width


def test_long_names_of_sources_break(page: Page) -> None:
    """In the alarm over the queue, the list, the forms and their headings: nothing scrolls sideways."""
    page.goto("/")
    expect(page.locator("#alarms")).to_contain_text(LONG)
    page.goto("/sources")
    address = str(page.locator(f"tr:has-text('{LONG}') a.act").first.get_attribute("href"))
    for one in ("/", "/sources", address, address.replace("edit", "remove")):
        page.goto(one)
        for width in at_widths(page, 320, 360, 1280):
            assert sideways(page) <= 0, (one, width)


def test_what_a_label_tells_on_hover_can_be_reached(page: Page) -> None:
    """The link that covers the row leaves the counted risks to the mouse."""
    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto("/")
    label = page.locator(".tag[title]").first
    assert str(label.text_content()).startswith("+")
    found = label.evaluate(
        "tag => { const box = tag.getBoundingClientRect();"
        " return document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2) === tag }"
    )
    assert found


def test_arrow_of_a_link_stands_by_its_last_letter(page: Page) -> None:
    """It is never alone on a line."""
    page.goto("/sources")
    for width in at_widths(page, 360, 1280):
        alone = page.locator("a.source-url").evaluate_all(
            "links => links.filter(link => { const lines = [...link.querySelector('bdi').getClientRects()];"
            " const arrow = link.querySelector('svg').getBoundingClientRect(); const last = lines.at(-1);"
            " return arrow.top >= last.bottom || arrow.right > link.getBoundingClientRect().right + 1"
            " || arrow.left < last.left }).length"
        )
        assert alone == 0, width


def test_towers_of_marks_cover_nothing(page: Page) -> None:
    """Hundreds of accents on one letter are cut off before the next element begins."""
    page.set_viewport_size({"width": 1280, "height": 720})
    open_review(page, TOWERS)
    around = page.locator(".facts-line, .legend, .reply h2")
    seen = [element.screenshot() for element in around.all()]
    page.locator("h1, .voice-title, .voice-text").evaluate_all(
        "guests => guests.forEach(guest => { guest.style.visibility = 'hidden' })"
    )
    assert [element.screenshot() for element in around.all()] == seen
    assert len(seen) == 3


def test_blank_lines_carry_no_colour(page: Page) -> None:
    """A change or a sentence that spans paragraphs colours its words, not the line between."""
    page.set_viewport_size({"width": 1280, "height": 720})
    open_review(page, CHANGED)
    for css in (".diff del", ".diff ins", ".voice .shade"):
        widths = page.locator(css).evaluate_all(
            "elements => elements.flatMap(element => [...element.getClientRects()].map(line => line.width))"
        )
        assert widths
        assert [width for width in widths if 0 < width < 8] == [], css


def test_level_stands_beside_or_above_the_words(page: Page) -> None:
    """Whoever opens a review sees how angry it is before scrolling, once."""
    open_review(page, CHANGED)
    for width in at_widths(page, 360, 800, 1280):
        tops = page.locator(".words-level .anger:visible, .verdict .anger").evaluate_all(
            "levels => levels.map(level => level.getBoundingClientRect().top)"
        )
        text = page.locator(".voice").bounding_box()
        assert text is not None
        assert len([top for top in tops if top < text["y"]]) == 1, width


def test_words_begin_in_sight_below_the_gravest_risks(page: Page) -> None:
    """Three notes on what must happen first leave room for what was written; advice for the answer stands after it."""
    for width, height in ((360, 740), (1280, 800)):
        page.set_viewport_size({"width": width, "height": height})
        open_review(page, RISKY)
        expect(page.locator(".risks-grave .risk")).to_have_count(3)
        boxes = [page.locator(css).bounding_box() for css in (".risks-grave", ".voice", ".risks:not(.risks-grave)")]
        tops = [box["y"] for box in boxes if box]
        assert tops == sorted(tops)
        assert tops[1] < height, width


@pytest.mark.parametrize("address", ["/", "/sources", "/digest", "review"])
def test_print_needs_no_colour_and_loses_nothing(odd: Running, address: str) -> None:
    """Ink on white also for those who read in the dark; the angriest sentence is underlined; no side is cut off."""
    context = odd.context(base_url=odd.url, color_scheme="dark", viewport={"width": 718, "height": 1000})
    page = context.new_page()
    if address == "review":
        open_review(page, CHANGED)
    else:
        page.goto(address)
    page.emulate_media(media="print", color_scheme="dark")
    assert page.locator("body").evaluate("body => getComputedStyle(body).backgroundColor") == "rgba(0, 0, 0, 0)"
    assert page.locator("h1").evaluate("head => getComputedStyle(head).color") == "rgb(24, 33, 31)"
    for mark in page.locator("mark").all():
        assert mark.evaluate("mark => getComputedStyle(mark).textDecorationLine") == "underline"
    for word in page.locator(".chart-inline text:visible").all():
        assert word.evaluate("word => getComputedStyle(word).fill") in ("rgb(24, 33, 31)", "rgb(78, 93, 89)")
    lefts = page.locator("main *:visible").evaluate_all(
        "all => all.filter(one => !one.closest('.unseen, thead')).map(one => one.getBoundingClientRect().left)"
    )
    assert min(lefts) >= -2  # a mark stands out by that much
    assert sideways(page) <= 0
    context.close()
