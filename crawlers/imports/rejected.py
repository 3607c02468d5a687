"""The rejected rows as CSV, reasons first; no cell is a formula to the program that opens it."""

from __future__ import annotations

import csv
from collections.abc import Callable
from typing import IO

from db.phrases import say

from .plan import ImportPlan

FILE, REASON = say("file"), say("reason")  # the heads of what we tell of a row


def write_rejected(plan: ImportPlan, file: IO[str], *, told: Callable[[str], str] = str.__str__) -> None:
    """One line for each; with the name of its file where several were imported together. `told` writes the reasons."""
    writer = csv.writer(file)
    has_files = any(row.file for row in plan.rejected)
    head = [FILE] if has_files else []
    writer.writerow([*head, plan.unit, REASON, *(harmless(header) for header in plan.headers)])
    for row in plan.rejected:
        name = [harmless(row.file)] if has_files else []
        writer.writerow([*name, row.line or "", told(row.reason), *(harmless(cell) for cell in row.cells)])


def harmless(cell: str) -> str:
    """A cell that spreadsheet programs take for text (OWASP, CSV injection)."""
    # What precedes the sign may be blanks, which some programs skip.
    return f"'{cell}" if cell.lstrip(" \u00a0")[:1] in {"=", "+", "-", "@", "\t", "\r", "\n", "|", "%"} else cell
