"""What is uploaded waits in `imports` in the data folder, under a name nobody guesses, until it is imported or an hour
has passed. It holds what guests wrote, so only the user that runs Amends may read it."""

from __future__ import annotations

import json
import os
import re
import secrets
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

FOLDER = "imports"
KEPT = timedelta(hours=1)

_ID = re.compile(r"[\w-]{20,40}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """One file, and where its reviews go: a source that is there, or a place."""

    id: str
    filename: str
    kept_at: str  # ISO
    source_id: int | None = None
    place: str = ""


def keep(data_dir: Path, data: bytes, *, filename: str, source_id: int | None, place: str, now: datetime) -> Upload:
    """Keep a file for an hour."""
    folder = data_dir / FOLDER
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    sweep(data_dir, now=now)
    upload = Upload(
        id=secrets.token_urlsafe(18), filename=filename, kept_at=now.isoformat(), source_id=source_id, place=place
    )
    _write(folder / f"{upload.id}.bin", data)
    _write(folder / f"{upload.id}.json", json.dumps(asdict(upload)).encode())
    return upload


def find(data_dir: Path, upload_id: str, *, now: datetime) -> tuple[Upload, bytes] | None:
    """The file of this id, None when there is none or its hour has passed."""
    if not _ID.fullmatch(upload_id):
        return None
    folder = data_dir / FOLDER
    try:
        upload = Upload(**json.loads((folder / f"{upload_id}.json").read_bytes()))
        data = (folder / f"{upload_id}.bin").read_bytes()
    except (OSError, ValueError, TypeError):
        return None
    return (upload, data) if now - datetime.fromisoformat(upload.kept_at) <= KEPT else None


def forget(data_dir: Path, upload_id: str) -> None:
    """Remove a file."""
    for ending in ("json", "bin"):
        with suppress(OSError):
            (data_dir / FOLDER / f"{upload_id}.{ending}").unlink()


def sweep(data_dir: Path, *, now: datetime) -> None:
    """Remove the files whose hour has passed."""
    folder = data_dir / FOLDER
    for file in list(folder.glob("*.json")) if folder.is_dir() else []:
        if find(data_dir, file.stem, now=now) is None:
            forget(data_dir, file.stem)


def _write(path: Path, data: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)
