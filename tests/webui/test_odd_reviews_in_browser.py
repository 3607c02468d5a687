"""Reviews and sources that are unlike most, in a real Chromium: none breaks the page around it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Page
from sqlalchemy.orm import Session

from db.migrate import upgrade
from db.session import make_engine, session_scope
from tests.browser import Running, served
from tests.factories import make_case, make_location, make_review, make_score, make_source

pytestmark = pytest.mark.browser

IN_WORDS = "Terrible: not one of the five stars that this site has to give, W" + "o" * 14
RATINGS: tuple[dict[str, Any], ...] = (
    {"rating_raw": IN_WORDS, "rating": None, "rating_max": None, "rating_kind": "score", "stars": 1.0},
    {"rating_raw": "no", "rating": 0.0, "rating_max": 1.0, "rating_kind": "recommend", "stars": None},
)


def fill(session: Session) -> None:
    """One place with a review of every odd kind, the first of the queue."""
    source = make_source(session, location=make_location(session, name="Trattoria Lanterna"))
    for number, rating in enumerate(RATINGS):
        review = make_review(session, source, published_at=datetime.now(UTC), **rating)
        make_score(session, review, sentences=[])
        make_case(session, review, is_flagged=True, priority=90.0 - number)


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
        yield Running(url, pages.browser)


@pytest.fixture(params=["en-GB", "es-ES"])
def page(odd: Running, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page of a browser in this language."""
    context = odd.browser.new_context(base_url=odd.url, locale=request.param)
    yield context.new_page()
    context.close()


def sideways(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.mark.parametrize("width", [320, 360, 768, 1024, 1280])
def test_rating_in_words_stays_in_its_place(page: Page, width: int) -> None:
    """However a site rates, the words of the guest beside it can be read, and nothing scrolls sideways."""
    page.set_viewport_size({"width": width, "height": 800})
    page.goto("/")
    assert sideways(page) <= 0
    for row in page.locator(".row").all():
        rating, words, time = (row.locator(css).bounding_box() for css in (".rating", ".row-text", ".row-when"))
        assert rating is not None
        for other in (words, time):
            assert other is not None
            is_beside = rating["x"] + rating["width"] <= other["x"]
            assert is_beside or rating["y"] + rating["height"] <= other["y"]
    page.goto(str(page.locator(".row-link").first.get_attribute("href")))
    assert sideways(page) <= 0
