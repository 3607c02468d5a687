"""Begins a platform: writes its files from `templates_new/`; the rest of the program finds them by itself.

Works on a checkout, not on an installed copy: the tests belong to it. What is written passes its own tests from the
first moment, with an invented API; the author then replaces the invention by what the platform documents.
"""

from __future__ import annotations

import keyword
import re
from datetime import date
from pathlib import Path
from string import Template

from .errors import CrawlerError

TEMPLATES = Path(__file__).parent / "templates_new"
ROOT = Path(__file__).parent.parent
FILES = {
    "facts.tmpl": "crawlers/platforms/{key}.py",
    "parser.tmpl": "crawlers/parsers/{key}.py",
    "spider.tmpl": "crawlers/spiders/{key}.py",
    "standin.tmpl": "crawlers/standin/apis/{key}.py",
    "data.tmpl": "crawlers/standin/data/apis/{key}.json",
    "page.tmpl": "tests/pages/{key}/reviews_page1.json",
    "expected.tmpl": "tests/pages/{key}/reviews_page1.json.expected.json",
}
TESTS = "tests/crawlers"  # an installed copy has none

_KEY = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
_LONGEST = 30


class NotBegun(CrawlerError):
    """The platform was not begun; nothing was written. The message says why."""


def begin(key: str, *, title: str = "", root: Path = ROOT, today: date) -> tuple[str, ...]:
    """Write the files of platform `key` below `root`, and say which.

    Raises:
        NotBegun: a bad name, one that is taken, or a folder that is no checkout.
    """
    check_name(key, root)
    title = title.strip() or key.replace("_", " ").title()
    if not re.fullmatch(r"[\w .&+-]{1,40}", title):
        raise NotBegun("The title may hold letters, digits, blanks and . & + - only, 40 at most.")
    values = {
        "key": key,
        "title": title,
        "class_name": key.title().replace("_", ""),
        "host": key.replace("_", "-"),
        "year": str(today.year),
        "month": str(today.month),
        "day": str(today.day),
    }
    new = {place.format(key=key): _filled(name, values) for name, place in FILES.items()}
    for place, content in new.items():
        path = root / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return tuple(new)


def check_name(key: str, root: Path = ROOT) -> None:
    """Raises NotBegun where a platform cannot be called so."""
    if not _KEY.fullmatch(key) or len(key) > _LONGEST or keyword.iskeyword(key) or keyword.issoftkeyword(key):
        raise NotBegun(
            f'"{key[:40]}" cannot be the name of a platform. Take lower-case letters, digits and single underscores, '
            f"{_LONGEST} at most, with a letter first: it becomes the name of a module."
        )
    if not (root / TESTS).is_dir():
        raise NotBegun("A platform is begun in a checkout of Amends, and this is none. Get the source first.")
    taken = [place.format(key=key) for place in FILES.values() if (root / place.format(key=key)).exists()]
    if taken:
        raise NotBegun(f'There is a "{key}" already: {taken[0]}. Take another name, or change what is there.')


def _filled(name: str, values: dict[str, str]) -> str:
    return Template((TEMPLATES / name).read_text(encoding="utf-8")).substitute(values)
