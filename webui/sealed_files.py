"""Small things of a passing nature that hold secrets: each a file in a folder of the data folder, sealed as keys are.

They are kept for an hour at most, and swept away when the next one is stored. An id is all that a page's address holds.
"""

from __future__ import annotations

import json
import re
import secrets
import threading
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from db.errors import DbError
from db.vault import vault_of

from .pages import Pages

KEPT = timedelta(hours=1)
_ID = re.compile(r"[\w-]{22}", re.ASCII)


def new_id() -> str:
    """Not to be guessed."""
    return secrets.token_urlsafe(16)


@dataclass(frozen=True, slots=True)
class SealedFiles:
    """One kind of them. Values are what JSON can hold."""

    parts: Pages
    name: str  # of the folder

    def put(self, file_id: str, values: dict[str, Any]) -> None:
        """Store it, in the place of one with the same id."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        passing = self._folder / f"{file_id}.{threading.get_ident()}"
        passing.write_text(vault_of(self.parts.database).seal({self.name: json.dumps(values)}), encoding="ascii")
        passing.replace(self._folder / file_id)  # a page reads all of it or none

    def get(self, file_id: str) -> dict[str, Any] | None:
        """What was stored; None where nothing is, or nothing that can be opened any more."""
        path = self._path(file_id)
        try:
            sealed = path.read_text(encoding="ascii") if path else ""
            opened = vault_of(self.parts.database).open(sealed)
        except (OSError, DbError):
            return None
        values: dict[str, Any] | None = json.loads(opened[self.name]) if self.name in opened else None
        return values

    def remove(self, file_id: str) -> bool:
        """Whether it was there: of two who remove the same one, one hears yes."""
        path = self._path(file_id)
        try:
            if path is not None:
                path.unlink()
                return True
        except FileNotFoundError:
            pass
        return False

    def sweep(self) -> None:
        """Remove what nobody has come back to."""
        oldest = (self.parts.clock() - KEPT).timestamp()
        for path in self._folder.iterdir() if self._folder.is_dir() else ():
            try:
                if path.stat().st_mtime < oldest:
                    path.unlink(missing_ok=True)
            except OSError:
                continue

    @property
    def _folder(self) -> Path:
        return self.parts.database.data_dir / self.name

    def _path(self, file_id: str) -> Path | None:
        return self._folder / file_id if _ID.fullmatch(file_id) else None
