"""Reviews pasted as text: blocks apart by a blank line or "---", each with optional first lines about it.

    ★★☆☆☆ · Anna · 3 November 2026
    Fifty minutes for a booked table.

With "---" between the reviews, blank lines within one stay. A first line counts as one about the review only where it
holds a rating or a date and little else. What is copied from a site often has name, stars and date below each other.
"""

from __future__ import annotations

import re
from datetime import datetime

from ..errors import ParseError
from ..parsers.ratings import read_rating
from .column_dates import AMBIGUOUS, ColumnDates
from .columns import Columns
from .table import MAX_ROWS, Row, Table

HEADERS = ("stars", "author", "date", "text")
COLUMNS = Columns(fields={name: name for name in HEADERS})

_RULE = re.compile(r"\s*(?:-{3,}|_{3,}|={3,}|\*{3,})\s*")
_BETWEEN = re.compile(r"\s*[·|•\t]\s*|\s+[–—-]\s+|,\s+(?!\d{4}(?!\S))")
_STARS_FIRST = re.compile(r"((?:[★⭐☆]\ufe0f?){1,10}|\d{1,2}(?:[.,]\d)?\s?/\s?(?:5|10))\s+(?:[–—·|-]\s+)?(.+)")
_MAX_HEAD = 120  # characters
_HEAD_LINES = 3  # name, stars, date
_MAX_NAME = 60


def table_of_pasted(text: str, *, now: datetime) -> Table:
    """Raises ParseError where there is nothing, or too much."""
    rows: list[Row] = []
    dates = ColumnDates(order="", now=now)
    for line, block in _blocks(text.replace("\r\n", "\n").replace("\r", "\n")):
        if len(rows) >= MAX_ROWS:
            raise ParseError("There are more than 100,000 reviews. Import them in parts.")
        head, lines = _heading(block, dates)
        rows.append(Row(line=line, cells=(*head, "\n".join(block[lines:]))))
    if not rows:
        raise ParseError("There is no text.")
    return Table(headers=HEADERS, rows=tuple(rows), columns=COLUMNS)


def _blocks(text: str) -> list[tuple[int, list[str]]]:
    lines = text.split("\n")
    has_rules = any(_RULE.fullmatch(one) for one in lines)
    blocks: list[tuple[int, list[str]]] = []
    block: list[str] = []
    for number, one in enumerate((*lines, "---"), 1):
        is_end = _RULE.fullmatch(one) or (not has_rules and not one.strip()) or number > len(lines)
        if not is_end:
            block.append(one)
            continue
        while block and not block[0].strip():
            block.pop(0)
        if block and any(part.strip() for part in block):
            blocks.append((number - len(block), block))
        block = []
    return blocks


def _heading(block: list[str], dates: ColumnDates) -> tuple[tuple[str, str, str], int]:
    """What the first lines say about the review, and how many they are; the lines below a name hold no other words."""
    for lines in range(min(_HEAD_LINES, len(block) - 1), 1, -1):
        below = [_head(one, dates) for one in block[1:lines]]
        if all(head is not None and not head[1] for head in below):
            head = _head(" · ".join(one.strip() for one in block[:lines]), dates)
            if head is not None:
                return head, lines
    head = _head(block[0], dates) if len(block) > 1 or len(block[0]) < _MAX_HEAD else None
    return (("", "", ""), 0) if head is None else (head, 1)


def _head(first: str, dates: ColumnDates) -> tuple[str, str, str] | None:
    """(stars, author, date) where the first line is about the review, None where it is the review."""
    text = first.strip()
    if not text or len(text) > _MAX_HEAD:
        return None
    stars = author = date = ""
    if lead := _STARS_FIRST.fullmatch(text):
        stars, text = lead.group(1), lead.group(2)
    for part in (part.strip() for part in _BETWEEN.split(text)):
        if not part:
            continue
        if not stars and len(part) <= 20 and read_rating(part).value is not None:
            stars = part
        elif not date and _is_date(part, dates):
            date = part
        elif not author and len(part) <= _MAX_NAME and len(part.split()) <= 5 and part[-1] not in "!?":
            author = part
        else:
            return None
    return (stars, author, date) if stars or date else None


def _is_date(part: str, dates: ColumnDates) -> bool:
    if len(part) > 40 or not any(char.isdigit() for char in part):
        return False
    found, fault = dates.read(part)
    return found.at is not None or fault == AMBIGUOUS
