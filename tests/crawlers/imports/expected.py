"""An `ImportPlan` as plain JSON. `python -m tests.crawlers.imports.expected FILE…` writes the `.expected.json` beside a
file under tests/pages/file, to be read before it is committed. A file there needs no test code."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from crawlers.errors import ParseError
from crawlers.imports.columns import Columns
from crawlers.imports.plan import ImportPlan, make_plan

from ..expected import as_json, expected_path

FILES = Path(__file__).parent.parent.parent / "pages" / "file"
NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)


def cases() -> list[Path]:
    return sorted(file for file in FILES.iterdir() if not file.name.endswith(".expected.json"))


def planned(text: str | bytes, filename: str = "", **columns: Any) -> ImportPlan:
    """The plan of a file; columns as in `Columns`."""
    data = text.encode() if isinstance(text, str) else text
    return make_plan(data, filename, columns=Columns(**columns) if columns else None, now=NOW)


def outcome(file: Path) -> object:
    """What reading the file gives: the plan, or the error in words."""
    try:
        plan = make_plan(file.read_bytes(), file.name, now=NOW)
    except ParseError as error:
        return {"error": str(error)}
    return {
        "kind": plan.kind,
        "encoding": plan.encoding,
        "delimiter": plan.delimiter,
        "columns": plan.columns.as_json(),
        "unused": plan.unused,
        "warnings": plan.warnings,
        "skipped": plan.skipped,
        "rejected": [[row.line, row.reason] for row in plan.rejected],
        "reviews": [as_json(item) for item in plan.items],  # type: ignore[arg-type]  # any dataclass will do
    }


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        target = Path(argument).resolve()
        text = json.dumps(outcome(target), ensure_ascii=False, indent=1) + "\n"
        expected_path(target).write_text(text, encoding="utf-8")
