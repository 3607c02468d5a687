"""All that is held of a customer, as one file to hand over: a page to read and print, JSON for programs, attachments.

Written piece by piece while it is sent: neither memory nor disk ever holds all of it.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from flask import render_template
from sqlalchemy import Engine

from db.access import Record, Told, files, told
from db.session import read_scope

from .direct_words import source_words
from .i18n import gettext, speaking
from .privacy_words import COLUMNS, KINDS
from .shown import shown

PAGE, DATA, FOLDER = "read-me.html", "data.json", "attachments"


class _Pipe(io.RawIOBase):
    """What a ZIP is written into: it cannot go back, and whatever was written is taken out at once."""

    def __init__(self) -> None:
        super().__init__()
        self._written: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, piece: Any) -> int:
        self._written.append(bytes(piece))
        return len(piece)

    def taken(self) -> bytes:
        piece, self._written = b"".join(self._written), []
        return piece


def export(
    engine: Engine, review_ids: Collection[int], *, number: int, language: str, made_at: datetime
) -> Iterator[bytes]:
    """The ZIP in pieces. Reads in one transaction, so that the three parts of it agree."""
    pipe = _Pipe()
    with read_scope(engine) as session, zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        with speaking(language):
            head = {"number": number, "made_at": made_at, "language": language}
            sections = [_section(one) for one in told(session, review_ids)]
            page = render_template("access_export.html", sections=sections, **head)
        archive.writestr(PAGE, page)
        yield pipe.taken()
        with archive.open(DATA, "w") as data:
            data.write(f'{{"made_at":{json.dumps(made_at.isoformat())},"reviews":['.encode())
            for at, one in enumerate(told(session, review_ids)):
                data.write(("," if at else "").encode() + json.dumps(_as_json(one), ensure_ascii=False).encode())
            data.write(b"]}")
        yield pipe.taken()
        for file in files(session, review_ids):
            archive.writestr(f"{FOLDER}/{file.id}-{_safe(file.name)}", file.data)
            yield pipe.taken()
    yield pipe.taken()


def _as_json(one: Told) -> dict[str, Any]:
    records = [{"kind": record.kind, **_apart(record.values)} for record in one.records]
    return {"place": one.location_name, "source": one.source_name, "platform": one.platform,
            "legal_basis": one.basis, "records": records}  # fmt: skip


def _apart(values: Any) -> dict[str, Any]:
    """Some tables have a column `kind` themselves."""
    return {("of_kind" if name == "kind" else name): value for name, value in values.items()}


def _section(one: Told) -> dict[str, Any]:
    """What the page shows of one review: headings with the records under each, in the order of `db.personal`."""
    groups: dict[str, list[list[tuple[str, str]]]] = {}
    for record in one.records:
        groups.setdefault(record.kind, []).append(_lines(record))
    return {
        "place": one.location_name,
        "source": source_words(one.source_name),
        "basis": one.basis,
        "groups": [(gettext(KINDS.get(kind, kind)), records) for kind, records in groups.items()],
    }


def _lines(record: Record) -> list[tuple[str, str]]:
    return [(gettext(COLUMNS.get(name, name)), _words(value)) for name, value in record.values.items()]


def _words(value: Any) -> str:
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    return shown(str(value))


def _safe(name: str) -> str:
    """A file name that no system takes for a path."""
    return re.sub(r"[^\w-]+(?=.*\.)|[^\w.-]+", "_", name).strip("._")[-80:] or "file"
