"""Pages per second of each platform's parser over the pages of tests/pages, beside what reads them without any parser.

The baseline stands in the name: extruct for HTML (JSON-LD, microdata and RDFa as bare dictionaries), json.loads for
the answers of APIs, feedparser for feeds. None of them makes reviews: that is what the difference is for. Pages that a
parser refuses count as well: refusing is its work too.
"""

from __future__ import annotations

import io
import json
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from statistics import median

import extruct
import feedparser

from crawlers.errors import ParseError
from crawlers.parsers import Parser
from crawlers.selftest import URLS
from tests.crawlers.expected import NOW, PAGES, PARSERS, URL

from .harness import Measure, at_least

LEAST_S = 0.2  # a round
ROUNDS = 5
WANTED = 1.0  # schemaorg, the one that reads any site's page: not slower than extruct alone

Read = Callable[[bytes], object]


def run() -> list[Measure]:
    return [
        measure
        for platform, parser in sorted(PARSERS.items())
        for ending, baseline in _BASELINES.items()
        if (measure := _measure(platform, parser, ending, baseline)) is not None
    ]


def _measure(platform: str, parser: Parser, endings: tuple[str, ...], baseline: Read) -> Measure | None:
    pages = [one.read_bytes() for one in sorted((PAGES / platform).iterdir()) if _is_page(one, endings)]
    if not pages:
        return None
    url = URLS.get(platform, URL)

    def parse(body: bytes) -> None:
        with suppress(ParseError):
            parser(body, url=url, encoding=None, now=NOW)

    rate, base = _rates(pages, parse, baseline)
    name = f"parsers.{platform} : {baseline.__name__}"
    if platform == "schemaorg":
        return at_least(name, rate, "pages/s", baseline=base, wanted=WANTED)
    return Measure(name=name, value=rate, unit="pages/s", baseline=base, ratio=rate / base)


def _is_page(path: Path, endings: tuple[str, ...]) -> bool:
    return path.suffix in endings and not path.name.endswith(".expected.json")


def _extruct(body: bytes) -> None:
    with suppress(Exception):  # it has no error of its own for what it cannot read
        html = body.decode("utf-8", "replace")
        extruct.extract(html, base_url=URL, syntaxes=["json-ld", "microdata", "rdfa"], errors="ignore")


def _json_loads(body: bytes) -> None:
    with suppress(ValueError):
        json.loads(body)


def _feedparser(body: bytes) -> None:
    feedparser.parse(io.BytesIO(body))


_extruct.__name__, _json_loads.__name__, _feedparser.__name__ = "extruct", "json.loads", "feedparser"
_BASELINES: dict[tuple[str, ...], Read] = {
    (".html",): _extruct,
    (".json",): _json_loads,
    (".xml", ".rss", ".atom", ".rdf"): _feedparser,
}


def _rates(pages: list[bytes], *readers: Read) -> list[float]:
    """The median of several rounds, each of all pages as often as fits; the readers take turns, and so share noise."""
    rates: list[list[float]] = [[] for _ in readers]
    for _ in range(ROUNDS):
        for read, of_reader in zip(readers, rates, strict=True):
            count, began = 0, time.perf_counter()
            while (elapsed := time.perf_counter() - began) < LEAST_S:
                for body in pages:
                    read(body)
                count += len(pages)
            of_reader.append(count / elapsed)
    return [median(one) for one in rates]
