"""Pages that other projects have saved: their reviews are all found, in whatever shape that year's page had.

They are no part of this repository; without them these tests are left out.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from crawlers.parsers import Parser, trustpilot_page, yelp_page

from .expected import NOW, URL

FIXTURES = Path(__file__).parents[3] / "shared" / "fixtures"
FOUND: dict[str, tuple[Parser, list[str]]] = {
    "trustpilot/open/trustpilot_jsonld.html": (trustpilot_page.parse, ["John Reviewer", "Jane Customer"]),
    "trustpilot/open/trustpilot_page1.html": (trustpilot_page.parse, ["John Smith", "Jane Doe"]),
    "yelp/open/yelp_page1.html": (yelp_page.parse, ["Alex Thompson", "Maria Garcia", "Robert Chen"]),
}


@pytest.mark.parametrize("name", sorted(FOUND))
def test_every_review_is_found(name: str) -> None:
    """As many as there are, each with author, text, stars and an identity of its own."""
    file = FIXTURES / name
    if not file.is_file():
        pytest.skip("the saved pages are not here")
    parser, authors = FOUND[name]
    page = parser(file.read_bytes(), url=URL, encoding=None, now=NOW)
    assert [item.author_name for item in page.reviews] == authors
    assert len({item.external_id for item in page.reviews}) == len(authors)
    assert all(item.body and item.stars for item in page.reviews)
    assert not page.is_partial
