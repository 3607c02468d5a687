"""A small data folder for the stand-in, written by the tests so that they know every figure in it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

BUSINESS: dict[str, Any] = {
    "name": "Test Lanterna",
    "places": [
        {"slug": "eat", "name": "Eat & Co", "trade": "restaurant", "timezone": "Europe/Rome", "city": "Genova"},
        {"slug": "stay", "name": "Stay", "trade": "hotel", "timezone": "Europe/Rome", "city": "Genova"},
    ],
    "sources": [
        {"slug": "ld", "place": "eat", "kind": "jsonld", "name": "Own site", "path": "/eat", "scale": [1, 5]},
        {"slug": "rss", "place": "eat", "kind": "rss", "name": "Guide", "path": "/guide/eat.rss", "scale": [1, 5]},
        {"slug": "micro", "place": "stay", "kind": "microdata", "name": "Book", "path": "/stay", "scale": [0, 10]},
        {"slug": "rdfa", "place": "stay", "kind": "rdfa", "name": "Travel", "path": "/travel/stay", "scale": [1, 5]},
        {
            "slug": "app",
            "place": "eat",
            "kind": "appstore",
            "name": "App",
            "path": "/it/rss/customerreviews/page=1/id=77/sortby=mostrecent/json",
            "scale": [1, 5],
        },
        {"slug": "atom", "place": "eat", "kind": "atom", "name": "Board", "path": "/board/eat.atom", "scale": None},
    ],
}

# Everything a page has to survive: markup, JSON in a script, quotes, right-to-left, controls, emoji, line ends.
HOSTILE = (
    "<script>alert(1)</script> </script><!-- & &amp; \"double\" 'single' {{7*7}} \\u003c ]]> "
    "\u202eevil\u202c مرحبا 🍝 \u2028 end\nsecond line"
)
# What HTML and XML cannot carry; only JSON can.
CONTROLS = "before\x00\x07\x1bafter"


def review(review_id: str, source: str, **fields: Any) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "id": review_id,
        "source": source,
        "lang": "en",
        "stars": 4,
        "author": f"Guest {review_id}",
        "title": f"Title {review_id}",
        "text": f"Text of {review_id}.",
        "days_ago": 5.0,
        "anger": 0,
        "risks": "",
        "case": "plain",
        "reply": None,
        "later": None,
    }
    return plain | fields


def write(folder: Path, lines: list[dict[str, Any]], later: list[dict[str, Any]]) -> Path:
    (folder / "business.json").write_text(json.dumps(BUSINESS), encoding="utf-8")
    for name, part in (("reviews_a.jsonl", lines), ("later_reviews.jsonl", later)):
        text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in part)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def usual_reviews() -> list[dict[str, Any]]:
    """23 reviews as JSON-LD, 11 of them in each other markup; 30 in each feed; 41 in the app store."""
    lines = [review(f"ld-{i}", "ld", days_ago=float(i), stars=1 + i % 5) for i in range(1, 24)]
    lines[0] |= {"reply": {"text": "Thank you, number one.", "days_ago": 0.5}}
    lines[1] |= {"later": {"edit": {"stars": 5, "text": "They made it right."}}}
    lines[2] |= {"later": {"gone": True}}
    lines[3] |= {"later": {"reply": {"text": "Sorry for the wait."}}}
    lines[4] |= {"stars": None, "author": "", "title": "", "text": ""}
    lines += [review(f"m-{i}", "micro", days_ago=float(i), stars=8.5) for i in range(1, 12)]
    lines[23] |= {"reply": {"text": "See you again.", "days_ago": 0.25}}
    lines += [review(f"r-{i}", "rdfa", days_ago=float(i), stars=2) for i in range(1, 12)]
    lines[34] |= {"reply": {"text": "See you soon.", "days_ago": 0.25}}
    lines += [review(f"g-{i}", "rss", days_ago=float(i), stars=3) for i in range(1, 31)]
    lines += [review(f"b-{i}", "atom", days_ago=float(i), stars=None) for i in range(1, 31)]
    lines += [review(f"a-{i}", "app", days_ago=float(i), stars=1 + i % 5) for i in range(1, 42)]
    return lines


def usual_later() -> list[dict[str, Any]]:
    return [review("new-1", "ld", days_ago=0.25), review("new-2", "rss", days_ago=0.25)]
