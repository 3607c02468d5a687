"""Which column means what: guessed from its header in thirteen languages, corrected by people, remembered as JSON."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from db.phrases import say

from ..errors import ParseError
from ..parsers.ratings import read_rating
from .headers import ALIASES, OTHERS, WEAK

FIELDS = {
    "text": "text",
    "title": "title",
    "stars": "rating",
    "scale": "best rating there is",
    "author": "author",
    "date": "date",
    "visited_at": "date of the visit",
    "external_id": "id",
    "url": "link",
    "language": "language",
    "reply": "your reply",
    "reply_date": "date of your reply",
    "positive": "what was liked",
    "negative": "what was disliked",
}
ORDERS = ("", "dmy", "mdy")


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """`fields` leads from our field to a header of the file. `dates` is the order of day and month where figures do
    not tell it; `best` the highest rating there is, where the file does not say."""

    fields: Mapping[str, str] = field(default_factory=dict)
    dates: str = ""
    best: float | None = None

    def as_json(self) -> dict[str, Any]:
        """As kept in `Source.options["columns"]`."""
        return {"fields": dict(self.fields), "dates": self.dates} | ({} if self.best is None else {"best": self.best})

    @classmethod
    def from_json(cls, value: object) -> Columns:
        """What was kept. Raises ParseError where it is not of that shape."""
        fields = value.get("fields") if isinstance(value, dict) else None
        if not isinstance(value, dict) or not isinstance(fields, dict):
            raise ParseError("The columns must be given as JSON: fields, dates.")
        unknown = sorted(str(name) for name in fields if name not in FIELDS)
        if unknown:
            known = ", ".join(FIELDS)
            raise ParseError(
                say("There is no field %(name)s. Those there are: %(known)s.", name=unknown[0], known=known)
            )
        dates, best = value.get("dates") or "", value.get("best")
        if dates not in ORDERS:
            raise ParseError("The order of dates is dmy (day first) or mdy (month first).")
        if best is not None and (isinstance(best, bool) or not isinstance(best, int | float) or not 0 < best <= 1000):
            raise ParseError("The best rating is a number above 0, such as 5 or 10.")
        kept = {str(name): header for name, header in fields.items() if isinstance(header, str) and header}
        return cls(fields=kept, dates=dates, best=best)

    def missing(self, headers: Sequence[str]) -> list[str]:
        """Headers that this file does not have."""
        return sorted({header for header in self.fields.values() if header not in headers})


def folded(header: str) -> str:
    """Lower case, without accents, words joined by one blank: "Dátum_hodnocení" is "datum hodnoceni"."""
    plain = unicodedata.normalize("NFKD", header[:200].casefold().replace("ł", "l").replace("ø", "o").replace("ı", "i"))
    letters = "".join(
        char if char.isalnum() or char == "#" else " " for char in plain if not unicodedata.combining(char)
    )
    return " ".join(letters.split())


def field_of(header: str) -> tuple[str, int]:
    """(our field, how sure: 3 the very words, 2 with a word around them, 0 not known)."""
    # "reviewText" and "review_text" are one
    name = folded(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", header[:200]))
    if name in ALIASES:
        return ALIASES[name], 3
    words = name.split()
    if not OTHERS.isdisjoint(words):
        return "", 0
    for size in range(min(len(words) - 1, 4), 0, -1):
        for at in range(len(words) - size + 1):
            part = " ".join(words[at : at + size])
            if part in ALIASES and part not in WEAK:
                return ALIASES[part], 2
    return "", 0


def recognised(headers: Sequence[str], *, surely: bool = False) -> int:
    """How many different fields these headers name; surely: in the very words."""
    found = {field_of(header) for header in headers[:200] if header and len(header) < 60}
    return len({name for name, sureness in found if name and (sureness == 3 or not surely)})


def guess(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> Columns:
    """The likeliest meaning of the columns; `rows` are some first rows, which tell a text and a mere row number."""
    taken: dict[str, tuple[int, int, str]] = {}
    for at, header in enumerate(headers):
        cells = [row[at] for row in rows if at < len(row) and row[at].strip()]
        name, sureness = field_of(header)
        name = _by_content(name, cells)
        if not name or (name == "external_id" and _is_row_number(cells)) or (sureness < 3 and not cells):
            continue
        rank = (sureness, len(cells) > 0)
        if name not in taken or rank > taken[name][:2]:
            taken[name] = (*rank, header)
    fields = {name: taken[name][2] for name in FIELDS if name in taken}
    if not {"text", "positive", "negative"} & set(fields):
        longest = _longest_column(headers, rows, used=set(fields.values()))
        fields |= {"text": longest} if longest else {}
    return Columns(fields=fields)


def _by_content(name: str, cells: Sequence[str]) -> str:
    """Many languages have one word for a review and its rating ("Bewertung", "avaliação"): the cells tell which."""
    if name not in {"text", "stars"} or not cells:
        return name
    rated = sum(len(cell) <= 20 and read_rating(cell.strip()).value is not None for cell in cells)
    if rated * 2 > len(cells):
        return "stars"
    return "text" if sum(map(len, cells)) > 20 * len(cells) else name


def _is_row_number(cells: Sequence[str]) -> bool:
    """1, 2, 3: numbers of one file. Taken for ids, the next file's would overwrite these reviews."""
    if not cells or not all(cell.strip().isdecimal() and len(cell) < 12 for cell in cells):
        return False
    numbers = [int(cell) for cell in cells]
    return numbers[0] in {0, 1} and all(after - before == 1 for before, after in itertools.pairwise(numbers))


def _longest_column(headers: Sequence[str], rows: Sequence[Sequence[str]], *, used: set[str]) -> str:
    def length(at: int) -> float:
        cells = [row[at] for row in rows if at < len(row) and row[at].strip()]
        return sum(len(cell) for cell in cells if " " in cell and "://" not in cell) / len(cells) if cells else 0.0

    lengths = {header: length(at) for at, header in enumerate(headers) if header not in used}
    best = max(lengths, key=lambda header: lengths[header], default="")
    return best if best and lengths[best] >= 20 else ""
