"""Begins a platform: writes its files from `templates_new/` and enters it where platforms are listed.

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
APIS = "crawlers/standin/apis/__init__.py"
EXPECTED = "tests/crawlers/expected.py"

_KEY = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
_LONGEST = 30
_LINE = 120


class NotBegun(CrawlerError):
    """The platform was not begun; nothing was written. The message says why."""


@dataclass(frozen=True, slots=True)
class Begun:
    written: tuple[str, ...]  # new files
    changed: tuple[str, ...]  # files that list platforms


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
    changed = {
        FACTS: _with_facts(_source(root, FACTS), _filled("facts.tmpl", values)),
        APIS: _registered(_source(root, APIS), "APIS", key, f"{key}.answer"),
        EXPECTED: _registered(_source(root, EXPECTED), "PARSERS", key, f"{key}.parse"),
    }
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
    if not (root / EXPECTED).is_file():
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


def _registered(source: str, name: str, key: str, value: str) -> str:
    """`key: value` in the dictionary called `name`, and the module of that key among the imports."""
    node = _assigned(source, name)
    if not isinstance(node, ast.Dict) or not node.values:
        raise NotBegun(f'The list "{name}" is in no form that is known here. Enter the platform by hand.')
    pairs = [
        f"{ast.get_source_segment(source, one)}: {ast.get_source_segment(source, other)}"
        for one, other in zip(node.keys, node.values, strict=True)
        if one is not None
    ]
    written = _bracketed("{", [*pairs, f'"{key}": {value}'], "}", source, node)
    return _with_import(_replaced(source, node, written), value.partition(".")[0], beside=pairs[0].split(": ")[1])


def _with_import(source: str, module: str, *, beside: str) -> str:
    """The module in the import that brings its neighbour, in the order that ruff wants."""
    neighbour = beside.partition(".")[0]
    for node in ast.parse(source).body:
        if isinstance(node, ast.ImportFrom) and any(alias.name == neighbour for alias in node.names):
            names = sorted({module, *(alias.name for alias in node.names)}, key=_order)
            start = f"from {'.' * node.level}{node.module or ''} import "
            line = start + ", ".join(names)
            if len(line) > _LINE:
                line = start + "(\n" + "".join(f"    {name},\n" for name in names) + ")"
            return _replaced(source, node, line)
    raise NotBegun(f'No import of "{neighbour}" was found. Enter the platform by hand.')


def _order(name: str) -> tuple[int, str]:
    """Constants, classes, then the rest."""
    return (0 if name.isupper() else 1 if name[0].isupper() else 2), name


def _bracketed(opening: str, pairs: list[str], closing: str, source: str, node: ast.expr) -> str:
    line = opening + ", ".join(pairs) + closing
    before = source.splitlines()[node.lineno - 1][: node.col_offset]
    if len(before) + len(line) <= _LINE and node.lineno == node.end_lineno:
        return line
    return opening + "\n" + "".join(f"    {pair},\n" for pair in pairs) + closing


def _assigned(source: str, name: str) -> ast.expr | None:
    for node in ast.parse(source).body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.target.id == name:
            return node.value
    return None


def _replaced(source: str, node: ast.expr | ast.stmt, text: str) -> str:
    """`ast` counts columns in bytes; these lines are ASCII up to the node."""
    lines = source.splitlines(keepends=True)
    first, last = node.lineno - 1, (node.end_lineno or node.lineno) - 1
    before, after = lines[first][: node.col_offset], lines[last][node.end_col_offset :]
    return "".join([*lines[:first], before, text, after, *lines[last + 1 :]])
