"""Every page under tests/pages gives exactly what stands beside it; saved real pages give what is known of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from crawlers.parsers import schemaorg

from .expected import NOW, PAGES, cases, expected_path, outcome

OPEN = Path(__file__).parents[3] / "shared" / "fixtures" / "schemaorg" / "open"
KNOWN = {  # reviews, syntax, advertised total
    "page_da_sundpaabudget.html": (2, "jsonld", 2),
    "page_de_madamecuisine.html": (1, "jsonld", 1),
    "page_en_littlespicejar_microdata.html": (5, "microdata", 42),
    "vocab_book_two_reviews_jsonld.html": (2, "jsonld", 3077),
    "vocab_book_two_reviews_microdata.html": (2, "microdata", 3077),
    "vocab_book_two_reviews_rdfa.html": (2, "rdfa", 3077),
    "vocab_restaurant_aggregate_rdfa.html": (0, "rdfa", 250),
}


@pytest.mark.parametrize("page", cases(), ids=lambda page: f"{page.parent.name}/{page.name}")
def test_page_parses_as_expected(page: Path) -> None:
    """A page in a platform's markup gives the reviews written beside it."""
    assert outcome(page) == json.loads(expected_path(page).read_text(encoding="utf-8"))


def test_every_expectation_has_its_page() -> None:
    """No expectation is left behind by a page that was renamed."""
    orphans = [
        path
        for path in PAGES.rglob("*.expected.json")
        if not path.with_name(path.name.removesuffix(".expected.json")).exists()
    ]
    assert orphans == []


@pytest.mark.shared
@pytest.mark.parametrize("name", sorted(KNOWN))
def test_saved_real_page_is_read(name: str) -> None:
    """Pages of real sites give the number of reviews that a person counted on them."""
    if not (OPEN / name).exists():
        pytest.skip("the saved pages of third-party sites are not part of the repository")
    parsed = schemaorg.parse((OPEN / name).read_bytes(), url="https://example.org/p", encoding=None, now=NOW)
    assert (len(parsed.reviews), parsed.syntax, parsed.advertised_total) == KNOWN[name]


@pytest.mark.shared
def test_the_three_syntaxes_of_one_page_give_the_same_reviews() -> None:
    """JSON-LD, microdata and RDFa of the same content lead to the same identities and ratings."""
    if not OPEN.exists():
        pytest.skip("the examples of the vocabulary are not part of the repository")
    seen = []
    for syntax in ("jsonld", "microdata", "rdfa"):
        body = (OPEN / f"vocab_product_two_reviews_{syntax}.html").read_bytes()
        parsed = schemaorg.parse(body, url="https://example.org/p", encoding=None, now=NOW)
        seen.append({(item.external_id, item.stars, item.published_at, item.author_name) for item in parsed.reviews})
    assert seen[0] == seen[1] == seen[2]
    assert len(seen[0]) == 2
