"""Makes the catalogues of translations: `python -m webui.catalogs` after a phrase of the pages has changed.

Collects the phrases of code and templates, brings them into every messages.po, and compiles what is translated. Offline
and by hand: the pages only read the compiled files.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Container, Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import IO, Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from crawlers.platforms import PLATFORMS, REPLY_SENTENCES, RETENTION_SENTENCES
from crawlers.probe import AGAIN

from .i18n import LANGUAGES, SOURCE_LANGUAGE

ROOT = Path(__file__).parent
OPTIONS = {"templates/**.html": {"trimmed": "true", "trim_blocks": "true", "lstrip_blocks": "true"}}
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "N_": None}
# What the packages below leave for the pages to say (`db.phrases`); messages of their errors are shown to people too.
LEFT_KEYWORDS = {"say": None, "say_count": (1, 2)} | dict.fromkeys(
    ("ParseError", "RefusedUrl", "BlockedError", "KeyFault", "TokenFault", "MailboxError", "BadValue")
)
PACKAGES = {"": KEYWORDS | LEFT_KEYWORDS, "crawlers": LEFT_KEYWORDS, "db": LEFT_KEYWORDS}  # "": the pages' own
DESCRIBED = ("feed", "file", "googleplaces", "mailbox", "mentions", "schemaorg")  # names that are words, not brands
IDLE_HEADERS = tuple(  # nobody fills them in, and dates would change with every run
    f'"{name}'.encode()
    for name in ("Project-Id", "Report-Msgid", "POT-", "PO-Rev", "Last-Translator", "Language-Team", "Generated-By")
)
THEN = datetime(2026, 1, 1, tzinfo=UTC)  # a compiled file holds dates; they must not change with every run


def _of_code(
    file: IO[bytes],
    keywords: Container[str],
    _tags: object,
    options: object,  # noqa: ARG001 - by name
) -> Iterator[tuple[int, str, Any, list[str]]]:
    """Phrases of Python for Babel, whose own reader does not see a call deep inside another."""
    for node in ast.walk(ast.parse(file.read())):
        if isinstance(node, ast.Call) and (name := _called(node)) in keywords:
            yield node.lineno, name, [_literal(one) for one in node.args], []


def _called(call: ast.Call) -> str:
    return str(getattr(call.func, "id", None) or getattr(call.func, "attr", ""))


def _literal(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


METHODS: list[tuple[str, Any]] = [("templates/**.html", "jinja2"), ("**.py", _of_code)]


def collected() -> Catalog:
    """Every phrase that the pages show, and where it stands."""
    catalog = Catalog(project="Amends", charset="utf-8")
    for package, keywords in PACKAGES.items():
        folder = ROOT.parent / package if package else ROOT
        for file, line, message, comments, _ in extract_from_dir(
            folder, method_map=METHODS, options_map=OPTIONS, keywords=keywords, strip_comment_tags=True
        ):
            # Lines move with every change; the file is enough to find a phrase again.
            place = (PurePosixPath(package) / Path(file).as_posix()).as_posix()
            catalog.add(message, None, [(place, 0)], auto_comments=comments) if line else None
    for phrase, place in _of_platforms():
        catalog.add(phrase, None, [(place, 0)])
    for phrase in [message.id for message in catalog if isinstance(message.id, str)]:
        if (asked := _by_hand(phrase)) != phrase:
            catalog.add(asked, None, [("crawlers/probe.py", 0)])
    return catalog


def _by_hand(phrase: str) -> str:
    """A phrase about a run as `crawlers.probe` says it to a person who has just typed the address."""
    for by_itself, by_hand in AGAIN.items():
        phrase = phrase.replace(by_itself, by_hand)
    return phrase


def _of_platforms() -> Iterator[tuple[str, str]]:
    """The facts of the platforms, which are data: nothing in their files says what is shown."""
    for sentence in (*RETENTION_SENTENCES.values(), *REPLY_SENTENCES.values()):
        yield sentence, "crawlers/platforms/_types.py"
    for key, facts in PLATFORMS.items():
        shown = [facts.terms, facts.alternative, facts.place_label, facts.place_help, facts.reply_limit]
        shown += [facts.no_redraft, *([facts.name] if key in DESCRIBED else [])]
        for one in facts.keys:
            shown += [one.label, one.help]
        for phrase in shown:
            if phrase:
                yield phrase, f"crawlers/platforms/{key}.py"


def po_file(language: str) -> Path:
    """Where a language's phrases are translated."""
    return ROOT / "translations" / language / "LC_MESSAGES" / "messages.po"


def stored(language: str) -> Catalog:
    """The catalogue of a language, empty when there is none yet."""
    file = po_file(language)
    if not file.is_file():
        return Catalog(locale=language, project="Amends", charset="utf-8")
    with file.open("rb") as opened:
        return read_po(opened, locale=language)


def updated(language: str) -> Catalog:
    """The stored catalogue with exactly the phrases there are now. New ones are empty, but for the source language."""
    catalog = stored(language)
    catalog.update(collected(), no_fuzzy_matching=True, update_creation_date=False)
    catalog.obsolete.clear()
    catalog.header_comment = (
        "# Phrases of the pages of Amends. Made by `python -m webui.catalogs`; translate the msgstr lines."
    )
    catalog.fuzzy = False
    if language == SOURCE_LANGUAGE:
        for message in catalog:
            if message.id:
                message.string = message.id
    return catalog


def written(catalog: Catalog) -> bytes:
    """The catalogue as a .po file."""
    buffer = BytesIO()
    write_po(buffer, catalog, width=0, include_lineno=False, sort_output=True)
    lines = buffer.getvalue().splitlines(keepends=True)
    return b"".join(line for line in lines if not line.startswith(IDLE_HEADERS))


def compiled(catalog: Catalog) -> bytes:
    """The catalogue as a .mo file; doubtful phrases are left out."""
    buffer = BytesIO()
    catalog.creation_date = catalog.revision_date = THEN
    write_mo(buffer, catalog)
    return buffer.getvalue()


def missing(catalog: Catalog) -> list[str]:
    """Phrases without a translation that is sure."""
    return [
        str(message.id) for message in catalog if message.id and (message.fuzzy or not _is_translated(message.string))
    ]


def _is_translated(string: object) -> bool:
    return all(string) if isinstance(string, (tuple, list)) else bool(string)


def main() -> int:
    """Write every catalogue; 1 when phrases are missing."""
    faults = 0
    for language in LANGUAGES:
        catalog = updated(language)
        file = po_file(language)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(written(catalog))
        file.with_suffix(".mo").write_bytes(compiled(catalog))
        for phrase in missing(catalog):
            faults += 1
            print(f"{language}: {phrase}", file=sys.stderr)  # noqa: T201 - a tool for the command line
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
