"""What is uploaded waits in `imports` in the data folder, under a name nobody guesses, until its import has ended and
an hour has passed. It holds what guests wrote, so only the user that runs Amends may read it.

Beside the files lies how far their import is. Whoever works on one holds its lock, which the system opens when that
process ends, however it ends. Pages and worker share the data folder; so they also see whether a worker runs at all.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

FOLDER = "imports"
KEPT = timedelta(hours=1)  # after the last thing that happened to it
WAITS = timedelta(hours=24)  # for a worker, where none runs
WORKER_LOCK = "worker.lock"

_ID = re.compile(r"[\w-]{20,40}", re.ASCII)


class Step(StrEnum):
    READ = "read"  # what is in it, which stores nothing
    STORE = "store"


class State(StrEnum):
    WAITING = "waiting"
    WORKING = "working"
    READY = "ready"  # read, and shown to a person
    STORED = "stored"
    CANCELLED = "cancelled"
    FAILED = "failed"  # it cannot be read


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """Some files, where their reviews go (a source that is there, or a place), and how far that is."""

    id: str
    names: tuple[str, ...]
    size: int  # bytes, all together
    kept_at: str  # ISO: when something last happened to it
    person_id: int = 0  # who uploaded it: nobody else sees it
    source_id: int | None = None
    place: str = ""
    step: Step = Step.READ
    state: State = State.WAITING
    said: dict[str, Any] = field(default_factory=dict)  # the columns that a person chose, as `Columns.as_json`
    rules: dict[str, Any] = field(default_factory=dict)  # of the source that is made for it
    phase: str = ""  # read, compare, store
    done: int = 0  # of this phase, in rows or reviews
    left: int = 0  # 0: unknown
    rejected: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    found: dict[str, Any] = field(default_factory=dict)  # see `import_found.Found`
    fault: str = ""  # a sentence for people

    @property
    def filename(self) -> str:
        """What the pages call it."""
        return ", ".join(name for name in self.names if name)

    @property
    def is_under_way(self) -> bool:
        return self.state in (State.WAITING, State.WORKING)


def keep(
    data_dir: Path,
    files: Sequence[tuple[str, bytes]],
    *,
    source_id: int | None,
    place: str,
    now: datetime,
    person_id: int = 0,
) -> Upload:
    """Keep files, given as name and bytes."""
    folder = data_dir / FOLDER
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    sweep(data_dir, now=now)
    upload = Upload(
        id=secrets.token_urlsafe(18),
        names=tuple(name for name, _ in files),
        size=sum(len(data) for _, data in files),
        kept_at=now.isoformat(),
        person_id=person_id,
        source_id=source_id,
        place=place,
    )
    for number, (_, data) in enumerate(files):
        _write(folder / f"{upload.id}.{number}.bin", data)
    save(data_dir, upload)
    return upload


def save(data_dir: Path, upload: Upload) -> None:
    """Keep how far it is. Readers see all of it or what was before."""
    folder = data_dir / FOLDER
    passing = folder / f"{upload.id}.{secrets.token_hex(4)}.tmp"
    _write(passing, json.dumps(asdict(upload)).encode())
    passing.replace(folder / f"{upload.id}.json")


def find(data_dir: Path, upload_id: str, *, now: datetime) -> Upload | None:
    """The upload of this id, None when there is none or its time has passed."""
    if not _ID.fullmatch(upload_id):
        return None
    try:
        values = json.loads((data_dir / FOLDER / f"{upload_id}.json").read_bytes())
        upload = Upload(**values)
        upload = replace(
            upload, names=tuple(upload.names), step=Step(upload.step), state=State(upload.state)
        )  # as JSON has them, they are a list and texts
        age = now - datetime.fromisoformat(upload.kept_at)
    except (OSError, ValueError, TypeError):
        return None
    return upload if age <= (WAITS if upload.is_under_way else KEPT) else None


def files_of(data_dir: Path, upload: Upload) -> list[tuple[str, bytes]]:
    """Name and bytes of each. Raises OSError: they are not in this data folder."""
    folder = data_dir / FOLDER
    return [(name, (folder / f"{upload.id}.{number}.bin").read_bytes()) for number, name in enumerate(upload.names)]


def listed(data_dir: Path, *, now: datetime) -> list[Upload]:
    """All there are, the oldest first."""
    folder = data_dir / FOLDER
    ids = [file.stem for file in folder.glob("*.json")] if folder.is_dir() else []
    found = [upload for upload_id in ids if (upload := find(data_dir, upload_id, now=now)) is not None]
    return sorted(found, key=lambda upload: upload.kept_at)


def rejected_path(data_dir: Path, upload: Upload) -> Path:
    """Where the rejected rows lie as CSV, if there are any."""
    return data_dir / FOLDER / f"{upload.id}.csv"


def write_text(path: Path, text: str) -> None:
    """A file for its owner alone, in the place of an earlier one."""
    path.unlink(missing_ok=True)
    _write(path, text.encode("utf-8", "replace"))


def ask_to_stop(data_dir: Path, upload_id: str) -> None:
    """Whoever works on it ends with the next rows."""
    (data_dir / FOLDER / f"{upload_id}.stop").touch(mode=0o600)


def take_stop(data_dir: Path, upload_id: str) -> None:
    """A wish to stop that has been fulfilled, or has come too late."""
    (data_dir / FOLDER / f"{upload_id}.stop").unlink(missing_ok=True)


def is_to_stop(data_dir: Path, upload_id: str) -> bool:
    return (data_dir / FOLDER / f"{upload_id}.stop").exists()


def forget_files(data_dir: Path, upload: Upload) -> None:
    """Remove what guests wrote; what became of it stays to be seen."""
    for number in range(len(upload.names)):
        (data_dir / FOLDER / f"{upload.id}.{number}.bin").unlink(missing_ok=True)


def forget(data_dir: Path, upload_id: str) -> None:
    """Remove an upload with all that belongs to it."""
    for path in (data_dir / FOLDER).glob(f"{upload_id}.*") if _ID.fullmatch(upload_id) else ():
        with suppress(OSError):
            path.unlink()


def sweep(data_dir: Path, *, now: datetime) -> None:
    """Remove what has had its time."""
    folder = data_dir / FOLDER
    ids = {path.name.partition(".")[0] for path in folder.iterdir()} if folder.is_dir() else set[str]()
    for upload_id in ids:
        if _ID.fullmatch(upload_id) and find(data_dir, upload_id, now=now) is None:
            forget(data_dir, upload_id)


@contextmanager
def held(data_dir: Path, upload_id: str) -> Iterator[bool]:
    """Whether the work on it is ours for so long. False: somebody else is on it."""
    with _locked(data_dir / FOLDER / f"{upload_id}.lock", fcntl.LOCK_EX) as is_ours:
        yield is_ours


@contextmanager
def as_worker(data_dir: Path) -> Iterator[None]:
    """Let the pages see that a worker runs. There may be several."""
    folder = data_dir / FOLDER
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _locked(folder / WORKER_LOCK, fcntl.LOCK_SH):
        yield


def is_worker_there(data_dir: Path) -> bool:
    """Whether a worker runs on this data folder."""
    path = data_dir / FOLDER / WORKER_LOCK
    if not path.exists():
        return False
    with _locked(path, fcntl.LOCK_EX) as is_free:
        return not is_free


@contextmanager
def _locked(path: Path, kind: int) -> Iterator[bool]:
    try:
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except FileNotFoundError:  # the folder has gone meanwhile
        yield False
        return
    try:
        try:
            fcntl.flock(file, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(file)


def _write(path: Path, data: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)
