"""Makes the catalogues of translations: `python -m webui.catalogs` after a phrase of the pages has changed.

Collects the phrases of code and templates, brings them into every messages.po, and compiles what is translated. Offline
and by hand: the pages only read the compiled files.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from .i18n import LANGUAGES

ROOT = Path(__file__).parent
METHODS = [("templates/**.html", "jinja2"), ("**.py", "python")]
OPTIONS = {"templates/**.html": {"trimmed": "true", "trim_blocks": "true", "lstrip_blocks": "true"}}
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "N_": None}
IDLE_HEADERS = tuple(  # nobody fills them in, and dates would change with every run
    f'"{name}'.encode()
    for name in ("Project-Id", "Report-Msgid", "POT-", "PO-Rev", "Last-Translator", "Language-Team", "Generated-By")
)
THEN = datetime(2026, 1, 1, tzinfo=UTC)  # a compiled file holds dates; they must not change with every run
SOURCE_LANGUAGE = "en"  # its phrases are the ids


def collected() -> Catalog:
    """Every phrase that the pages hold, and where."""
    catalog = Catalog(project="Amends", charset="utf-8")
    for file, line, message, comments, _ in extract_from_dir(
        ROOT, method_map=METHODS, options_map=OPTIONS, keywords=KEYWORDS, strip_comment_tags=True
    ):
        # Lines move with every change; the file is enough to find a phrase again.
        catalog.add(message, None, [(Path(file).as_posix(), 0)], auto_comments=comments) if line else None
    return catalog


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
