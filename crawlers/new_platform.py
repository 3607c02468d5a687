"""Begins a platform: writes its files from `templates_new/` and enters its facts; the rest finds its files by itself.

Works on a checkout, not on an installed copy: the tests belong to it. What is written passes its own tests from the
first moment, with an invented API; the author then replaces the invention by what the platform documents.
"""

from __future__ import annotations

import ast
import keyword
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from string import Template

from .errors import CrawlerError

TEMPLATES = Path(__file__).parent / "templates_new"
ROOT = Path(__file__).parent.parent
FILES = {
    "parser.tmpl": "crawlers/parsers/{key}.py",
    "spider.tmpl": "crawlers/spiders/{key}.py",
    "standin.tmpl": "crawlers/standin/apis/{key}.py",
    "data.tmpl": "crawlers/standin/data/apis/{key}.json",
    "page.tmpl": "tests/pages/{key}/reviews_page1.json",
    "expected.tmpl": "tests/pages/{key}/reviews_page1.json.expected.json",
}
FACTS = "crawlers/platforms.py"
TESTS = "tests/crawlers"  # an installed copy has none

_KEY = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
_LONGEST = 30


class NotBegun(CrawlerError):
    """The platform was not begun; nothing was written. The message says why."""


@dataclass(frozen=True, slots=True)
class Begun:
    written: tuple[str, ...]  # new files
    changed: tuple[str, ...]  # the file of facts


def begin(key: str, *, title: str = "", root: Path = ROOT, today: date) -> Begun:
    """Write the files of platform `key` below `root`.

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
    changed = {FACTS: _with_facts(_source(root, FACTS), _filled("facts.tmpl", values))}
    for place, content in (new | changed).items():
        path = root / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return Begun(tuple(new), tuple(changed))


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
    if taken or f'key="{key}"' in _source(root, FACTS):
        where = taken[0] if taken else FACTS
        raise NotBegun(f'There is a "{key}" already: {where}. Take another name, or change what is there.')


def _filled(name: str, values: dict[str, str]) -> str:
    return Template((TEMPLATES / name).read_text(encoding="utf-8")).substitute(values)


def _source(root: Path, place: str) -> str:
    try:
        return (root / place).read_text(encoding="utf-8")
    except OSError as error:
        raise NotBegun(f"{place} cannot be read. A platform is begun in a checkout of Amends.") from error


def _with_facts(source: str, facts: str) -> str:
    """The facts as the last of the tuple that `PLATFORMS` is made of."""
    value = _assigned(source, "PLATFORMS")
    last = value.generators[0].iter if isinstance(value, ast.DictComp) else None
    if not isinstance(last, ast.Tuple) or not last.elts:
        raise NotBegun(f"{FACTS} no longer lists the platforms in a form that is known here. Enter it by hand.")
    lines = source.splitlines(keepends=True)
    at = last.elts[-1].end_lineno or 0
    return "".join([*lines[:at], facts, *lines[at:]])


def _assigned(source: str, name: str) -> ast.expr | None:
    for node in ast.parse(source).body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.target.id == name:
            return node.value
    return None
