"""Saved pages and answers of third parties: every review that a person counts in the file is found, and none besides.

The files are no part of the repository; the counts were made by reading each of them.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from crawlers.errors import ParseError
from crawlers.items import ReviewItem
from crawlers.parsers import foursquare, google_maps_export, schemaorg

from .expected import NOW

FIXTURES = Path(__file__).parents[3] / "shared" / "fixtures"
MARKUP = FIXTURES / "schemaorg" / "open"
# Reviews a person finds, the total the page states, and (by number) author, stars, day of some of them.
PAGES: dict[str, tuple[int, int | None, tuple[tuple[str, float | None, str], ...]]] = {
    "bbb_page1.html": (  # three cards; the complaint below is none
        3,
        None,
        (("Michael Johnson", 5, "2024-11-20"), ("Sarah Williams", 2, "2024-10-15"), ("Anonymous", 4, "2024-09-05")),
    ),
    "extruct_custom.invalid_JSONLD_with_JS_comment.html": (0, None, ()),
    "extruct_custom.invalid_JSONLD_with_control_characters.html": (0, None, ()),
    "extruct_custom.invalid_JSONLD_with_control_characters_comment.html": (0, None, ()),
    "extruct_misc_null_ld_mock.html": (1, 280, ()),  # one among twelve scripts, most of which say null
    "extruct_misc_product_microdata.html": (0, 89, ()),
    "extruct_schema.org_LocalBusiness.002.html": (0, 250, ()),
    "extruct_schema.org_LocalBusiness.003.html": (0, None, ()),
    "extruct_schema.org_product-ref.html": (0, 89, ()),
    "extruct_schema.org_product.html": (0, 89, ()),
    "page_da_sundpaabudget.html": (2, 2, (("Elisabeth", 5, "2022-08-21"), ("Rikke", 5, "2021-08-05"))),
    "page_de_madamecuisine.html": (1, 1, (("Dagmar", 5, "2024-11-02"),)),
    "page_en_littlespicejar_microdata.html": (  # five comments with stars; those without are questions and answers
        5,
        42,
        (("Angela", 5, "2021-10-29"), ("Nathalie", 5, "2021-12-16"), ("Kathy", 5, "2021-12-27")),
    ),
    **{f"vocab_book_two_reviews_{syntax}.html": (2, 3077, ()) for syntax in ("jsonld", "microdata", "rdfa")},
    **{f"vocab_product_two_reviews_{syntax}.html": (2, 11, ()) for syntax in ("jsonld", "microdata", "rdfa")},
    **{f"vocab_product_aggregate_offer_{syntax}.html": (0, 24, ()) for syntax in ("jsonld", "microdata", "rdfa")},
    **{f"vocab_restaurant_aggregate_{syntax}.html": (0, 250, ()) for syntax in ("jsonld", "microdata", "rdfa")},
}
NO_MARKUP = ("extruct_wikipedia_xhtml+rdfa.html",)  # RDFa of people and addresses
TIPS = {
    "v2_tips_search_tips.json": 3,
    "v2_tips_tip.json": 1,
    "v2_users_user_tips.json": 12,
    "v2_venues_search_venues_by_tip.json": 2,
    "v2_venues_venue.json": 20,  # of 41: the answer holds its first page
}
MAPS = {  # stars, original and translation, reply
    "maps_rpc_review_aggregator.json": (4.25, ("Ein tolles Hotel", ""), ""),
    "maps_rpc_review_native_no_text.json": (5, ("", ""), ""),
    "maps_rpc_review_native_no_translation.json": (5, ("Friendly welcome", ""), ""),
    "maps_rpc_review_native_with_reply.json": (1, ("Ich bin vom Empfang", "I am very disappointed"), "Es tut uns leid"),
}


def body_of(path: Path) -> bytes:
    if not path.exists():
        pytest.skip("the saved pages of third parties are not part of the repository")
    return path.read_bytes()


def brief(item: ReviewItem) -> tuple[str, float | None, str]:
    day = item.published_at.date().isoformat() if item.published_at else ""
    return item.author_name, item.stars, day


@pytest.mark.shared
@pytest.mark.parametrize("name", sorted(PAGES))
def test_every_review_of_a_saved_page_is_found(name: str) -> None:
    """As many as a person counts, with the authors, stars and days that stand there."""
    count, total, some = PAGES[name]
    page = schemaorg.parse(body_of(MARKUP / name), url="https://example.org/p", encoding=None, now=NOW)
    assert (len(page.reviews), page.advertised_total) == (count, total)
    assert all(item.body or item.title for item in page.reviews)
    assert {*some} <= {brief(item) for item in page.reviews}


@pytest.mark.shared
def test_every_saved_page_is_counted() -> None:
    """No file lies there that nobody has read."""
    if not MARKUP.exists():
        pytest.skip("the saved pages of third parties are not part of the repository")
    assert {path.name for path in MARKUP.glob("*.html")} == {*PAGES, *NO_MARKUP}


@pytest.mark.shared
@pytest.mark.parametrize("name", NO_MARKUP)
def test_page_about_other_things_is_said_to_be_unreadable(name: str) -> None:
    """It is not taken for a page without reviews."""
    with pytest.raises(ParseError):
        schemaorg.parse(body_of(MARKUP / name), url="https://example.org/p", encoding=None, now=NOW)


@pytest.mark.shared
@pytest.mark.parametrize("name", sorted(TIPS))
def test_every_tip_of_a_recorded_answer_is_found(name: str) -> None:
    """In lists, in groups, or alone: all shapes of Foursquare's old API."""
    body = body_of(FIXTURES / "foursquare" / "open" / name)
    page = foursquare.parse(body, url="https://foursquare.com/", encoding=None, now=NOW)
    assert len(page.reviews) == TIPS[name]
    assert all(item.body and item.published_at and item.stars is None for item in page.reviews)


@pytest.mark.shared
@pytest.mark.parametrize("name", sorted(MAPS))
def test_review_saved_from_maps_is_read(name: str) -> None:
    """Stars on their own scale, the original before the translation, and the owner's answer."""
    stars, (original, translation), reply = MAPS[name]
    body = body_of(FIXTURES / "google" / "open" / name)
    (item,) = google_maps_export.parse(body, url="https://www.google.com/maps", encoding=None, now=NOW).reviews
    assert item.stars == stars
    assert (item.body[: len(original)], item.translation[: len(translation)]) == (original, translation)
    assert bool(item.body) is bool(original)
    assert bool(item.translation) is bool(translation)
    assert (item.reply.body if item.reply else "")[: len(reply)] == reply
    assert item.author_name
    assert item.published_at is not None
