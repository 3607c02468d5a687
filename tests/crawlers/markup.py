"""Small pages for the test server."""

from __future__ import annotations

import json
from collections.abc import Iterable


def review(number: int, *, body: str = "", **more: object) -> dict[str, object]:
    node: dict[str, object] = {
        "@type": "Review",
        "@id": f"urn:test:{number}",
        "author": {"@type": "Person", "name": f"Guest {number}"},
        "datePublished": "2026-11-01",
        "reviewBody": body or f"Soup number {number} was cold.",
        "reviewRating": {"@type": "Rating", "ratingValue": 2},
    }
    return node | more


def page(
    numbers: Iterable[int], *, total: int | None = None, following: str = "", before: str = "", body: str = ""
) -> str:
    place: dict[str, object] = {"@type": "Restaurant", "name": "Lanterna", "review": [review(one) for one in numbers]}
    if total is not None:
        place["aggregateRating"] = {"@type": "AggregateRating", "ratingValue": 3, "reviewCount": total}
    link = f'<link rel="next" href="{following}">' if following else ""
    script = f'<script type="application/ld+json">{json.dumps(place)}</script>'
    head = f"<title>Lanterna</title>{link}{before}{script}"
    return f'<!doctype html><html lang="en"><head>{head}</head><body>{body}</body></html>'
