"""A `ParsedPage` as plain JSON and the pages under tests/pages: adding a page there needs no test code.

`python -m tests.crawlers.expected PAGE…` writes the `.expected.json` beside a page, to be read before it is committed.
"""

from __future__ import annotations

import dataclasses
import json
import sys
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

from crawlers.errors import ParseError
from crawlers.items import ParsedPage
from crawlers.parsers import Parser
from crawlers.selftest import MODULES, URLS

PAGES = Path(__file__).parent.parent / "pages"
# A folder of pages belongs to the parser module of its name, as a sample does (`crawlers.selftest`).


def _parsers() -> dict[str, Parser]:
    found: dict[str, Parser] = {}
    for folder in sorted(path.name for path in PAGES.iterdir() if path.is_dir()):
        try:
            module = import_module(f"crawlers.parsers.{MODULES.get(folder, folder)}")
        except ModuleNotFoundError:  # robots, walls: no reviews
            continue
        found[folder] = module.parse
    return found


PARSERS = _parsers()
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
URL = "https://lanterna.example/it/rss/customerreviews/page=1/id=990001/reviews"


def cases() -> list[Path]:
    return sorted(
        page for name in PARSERS for page in (PAGES / name).iterdir() if not page.name.endswith(".expected.json")
    )


def expected_path(page: Path) -> Path:
    return page.with_name(page.name + ".expected.json")


def outcome(page: Path) -> object:
    """What reading the page gives: the parsed page, or the error in words."""
    try:
        url = URLS.get(page.parent.name, URL)
        parsed = PARSERS[page.parent.name](page.read_bytes(), url=url, encoding=None, now=NOW)
    except ParseError as error:
        return {"error": str(error)}
    return as_json(parsed)


def as_json(parsed: ParsedPage) -> object:
    """Fields that are not at their default, dates as ISO text."""
    return _slim(parsed)


def _slim(value: object) -> object:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = ((field, getattr(value, field.name)) for field in dataclasses.fields(value))
        return {field.name: _slim(inner) for field, inner in fields if inner != field.default}
    if isinstance(value, tuple):
        return [_slim(one) for one in value]
    return value.isoformat() if isinstance(value, datetime) else value


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        target = Path(argument).resolve()
        expected_path(target).write_text(
            json.dumps(outcome(target), ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
        )
