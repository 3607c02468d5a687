"""Pages per second of each platform's parser over the pages of tests/pages, with extruct alone on the same HTML.

Pages that a parser refuses count as well: refusing is its work too. extruct reads JSON-LD, microdata and RDFa of the
schema.org pages and makes no reviews of them; it is what one would start from without a parser of one's own.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from statistics import median

import extruct

from crawlers.errors import ParseError
from crawlers.parsers import Parser
from tests.crawlers.expected import NOW, PAGES, PARSERS, URL

from .harness import Measure, at_least, noted

LEAST_S = 0.5  # a round
ROUNDS = 5
WANTED = 1.0  # not slower than extruct alone


def run() -> list[Measure]:
    measures = []
    for platform, parser in sorted(PARSERS.items()):
        pages = [one.read_bytes() for one in sorted((PAGES / platform).iterdir()) if _is_page(one)]
        rate = _rate(pages, lambda body, parser=parser: _parse(parser, body))  # type: ignore[misc]
        if platform == "schemaorg":
            baseline = _rate(pages, _extruct)
            measures.append(at_least(f"parsers.{platform}", rate, "pages/s", baseline=baseline, wanted=WANTED))
        else:
            measures.append(noted(f"parsers.{platform}", rate, "pages/s"))
    return measures


def _is_page(path: Path) -> bool:
    return path.is_file() and not path.name.endswith(".expected.json")


def _parse(parser: Parser, body: bytes) -> None:
    with suppress(ParseError):
        parser(body, url=URL, encoding=None, now=NOW)


def _extruct(body: bytes) -> None:
    with suppress(Exception):  # it has no error of its own for what it cannot read
        html = body.decode("utf-8", "replace")
        extruct.extract(html, base_url=URL, syntaxes=["json-ld", "microdata", "rdfa"], errors="ignore")


def _rate(pages: list[bytes], read: Callable[[bytes], None]) -> float:
    """The median of several rounds, each of all pages as often as fits."""
    rates = []
    for _ in range(ROUNDS):
        count, began = 0, time.perf_counter()
        while (elapsed := time.perf_counter() - began) < LEAST_S:
            for body in pages:
                read(body)
            count += len(pages)
        rates.append(count / elapsed)
    return median(rates)
