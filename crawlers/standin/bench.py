"""Generated schema.org pages for the benchmarks: as many as wanted, always the same bytes, made once.

Not for reading: five short reviews a page, linked by rel=next and from one index page.
"""

from __future__ import annotations

import json
import random
import re
import threading

MOST_PAGES = 10_000
PER_PAGE = 5
_PATH = re.compile(r"/bench/(\d{1,5})/(?:page/(\d{1,5}))?")
_SUBJECTS = ("The room", "Our table", "The delivery", "Breakfast", "The man at the desk", "The soup", "My order")
_VERBS = ("was late", "was cold", "was lovely", "could not be better", "made us wait", "was not what we booked")
_ENDINGS = ("We told them so.", "Nobody answered.", "We will be back.", "Never again!", "It was fine in the end.")


class BenchPages:
    """Pages by path, computed the first time a set of them is asked for."""

    def __init__(self) -> None:
        self._sets: dict[int, list[bytes]] = {}
        self._lock = threading.Lock()

    def find(self, path: str) -> bytes | None:
        """The page at /bench/<n>/page/<1..n>, or the index at /bench/<n>/; None for any other path."""
        match = _PATH.fullmatch(path)
        if match is None:
            return None
        size, number = int(match[1]), int(match[2] or 0)
        if not 1 <= size <= MOST_PAGES or number > size or match[2] == "0":
            return None
        with self._lock:
            if size not in self._sets:
                self._sets[size] = [_index(size), *(_page(size, number) for number in range(1, size + 1))]
        return self._sets[size][number]


def _index(size: int) -> bytes:
    links = "".join(f'<li><a href="/bench/{size}/page/{number}">{number}</a>\n' for number in range(1, size + 1))
    return f'<!doctype html><html lang="en"><meta charset="utf-8"><title>All</title><ol>\n{links}</ol></html>'.encode()


def _page(size: int, number: int) -> bytes:
    document = {
        "@context": "https://schema.org",
        "@type": "Restaurant",
        "@id": "urn:lanterna:bench",
        "name": "Bench Lanterna",
        "aggregateRating": {"@type": "AggregateRating", "ratingValue": "3", "reviewCount": str(size * PER_PAGE)},
        "review": [_review(number, i) for i in range(1, PER_PAGE + 1)],
    }
    following = f'<link rel="next" href="/bench/{size}/page/{number + 1}">' if number < size else ""
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Bench {number}</title>{following}'
        f'<script type="application/ld+json">{json.dumps(document)}</script></head>'
        f"<body><h1>Bench page {number} of {size}</h1></body></html>"
    ).encode()


def _review(page: int, position: int) -> dict[str, object]:
    key = f"{page}-{position}"
    draw = random.Random(key)  # noqa: S311 - the same text for the same page, not a secret
    return {
        "@type": "Review",
        "@id": f"urn:lanterna:bench:{key}",
        "author": {"@type": "Person", "name": f"Guest {key}"},
        "datePublished": f"2026-{draw.randint(1, 9):02}-{draw.randint(1, 28):02}",
        "name": draw.choice(_SUBJECTS),
        "reviewBody": f"{draw.choice(_SUBJECTS)} {draw.choice(_VERBS)} ({key}). {draw.choice(_ENDINGS)}",
        "reviewRating": {"@type": "Rating", "ratingValue": draw.randint(1, 5), "bestRating": 5},
    }
