"""Fetch a model of another house from the Hugging Face hub, when its owner asks for it and at no other time.

Only what is read here later is fetched: configuration, tokenizer, safetensors weights. Pickles and program code stay
where they are. A model is complete under its name or not there at all; what was broken off is taken up again.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

from .errors import ExtraMissing, LabelsUnclear, ModelMissing, ModelNotFetched, ModelRefused, ScoringError
from .foreign import CONFIG, PICKLES, TOKENIZERS, examine

if TYPE_CHECKING:
    from huggingface_hub.hf_api import ModelInfo

FOLDER = "models"  # in the data folder
# As the hub allows names: letters, digits, "-", "_" and "." inside; neither "--" nor ".."; 96 characters a part.
_ID = re.compile(r"(?!.*(--|\.\.))[A-Za-z0-9][\w.-]{0,95}/[A-Za-z0-9_][\w.-]{0,95}(?<![-.])", re.ASCII)
_FILES = frozenset({
    CONFIG, "model.safetensors", "model.safetensors.index.json", "tokenizer_config.json", "special_tokens_map.json",
    "added_tokens.json", "merges.txt", *TOKENIZERS,
})  # fmt: skip
_SHARD = re.compile(r"model-\d{5}-of-\d{5}\.safetensors")
TIMEOUT_S = 20.0  # for one answer of the hub
SPARE_BYTES = 200_000_000  # left free on the disk
TOLD_EVERY_S = 0.5
_INSTALL = "pip install 'amends[transformers]'"

Progress = Callable[[int, int], None]  # bytes so far, bytes to come


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    folder: Path
    revision: str  # the commit
    files: int
    size: int  # bytes
    labels_note: str  # why its labels need a mapping; empty where they speak for themselves


def is_id(name: str) -> bool:
    """Whether it may be the name of a model on the hub, ORG/NAME."""
    return _ID.fullmatch(name) is not None


def folder_of(name: str, models: Path) -> Path:
    """Where a model of the hub lies once it is fetched."""
    return models / name.replace("/", "--")


def resolve(model_dir: Path, models: Path) -> Path:
    """The folder that a setting means: one that is there, or the fetched model of that name.

    Raises:
        ModelMissing: it can only be the name of a model on the hub, which was not fetched.
    """
    name = model_dir.as_posix()
    if model_dir.is_dir() or not is_id(name):
        return model_dir
    folder = folder_of(name, models)
    if not folder.is_dir():
        raise ModelMissing(
            f"There is no folder {name}, and no model of this name was fetched. Fetch it: amends model fetch {name}"
        )
    return folder


def fetch(name: str, models: Path, *, revision: str | None = None, progress: Progress) -> Fetched:
    """Fetch a model into its folder under `models`, in place of one fetched before, and look at it.

    Raises:
        ModelNotFetched: no such name, model or revision, or the hub is out of reach.
        ModelRefused: it brings pickled weights only, or program code; nothing of it is kept.
        ExtraMissing: the hub's library is not installed.
    """
    if not is_id(name):
        raise ModelNotFetched(f"{name[:100]!r} is no name of a model on the hub. Write ORG/NAME, as on its page there.")
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    try:
        import huggingface_hub
        from huggingface_hub.utils.tqdm import disable_progress_bars
    except ImportError as error:
        raise ExtraMissing(f"Fetching from the hub needs its library: {_INSTALL}") from error
    folder = folder_of(name, models)
    part = folder.with_name(f".{folder.name}.part")
    with _told(name, revision):
        found = huggingface_hub.HfApi().model_info(name, revision=revision, files_metadata=True, timeout=TIMEOUT_S)
    sizes = _wanted(found, name)
    part.mkdir(parents=True, exist_ok=True)
    _check_room(part, sum(sizes.values()))
    commit = str(found.sha)
    disable_progress_bars()

    def take(files: list[str]) -> None:
        with _told(name, revision):
            huggingface_hub.snapshot_download(
                name, revision=commit, local_dir=part, cache_dir=part / ".cache" / "hub", allow_patterns=files
            )

    _drop_others(part, sizes)
    take([CONFIG])  # small, and says whether the rest is worth the while
    _look(part)
    with _watched(part, sum(sizes.values()), progress):
        take(list(sizes))
    if any(_length(part / file) != size for file, size in sizes.items()):  # a broken line passes for an end there
        raise ModelNotFetched(f"Not all of {name} has come. Try again: what has come is kept.")
    note = _look(part, whole=True)
    shutil.rmtree(part / ".cache", ignore_errors=True)
    _put_in_place(part, folder)
    return Fetched(folder=folder, revision=commit, files=len(sizes), size=sum(sizes.values()), labels_note=note)


def _wanted(found: ModelInfo, name: str) -> dict[str, int]:
    """The files to fetch with their sizes.

    Raises:
        ModelRefused: what is needed is not among them.
    """
    listed = {one.rfilename: one.size or 0 for one in found.siblings or ()}
    sizes = {file: size for file, size in listed.items() if file in _FILES or _SHARD.fullmatch(file)}
    if "model.safetensors" in sizes:
        sizes = {
            file: size for file, size in sizes.items() if not (_SHARD.fullmatch(file) or file.endswith(".index.json"))
        }
    if CONFIG not in sizes:
        raise ModelRefused(f"{name} has no {CONFIG}, so transformers cannot read it. Choose another model.")
    if not any(file.endswith(".safetensors") for file in sizes):
        pickled = any(Path(file).suffix in PICKLES for file in listed)
        why = "Its weights are pickled, and opening such a file can run any program" if pickled else "It has no weights"
        raise ModelRefused(
            f"{name} has no safetensors weights. {why}. Look for a revision with safetensors on its page "
            "(--revision refs/pr/N), or choose another model."
        )
    return sizes


def _look(part: Path, *, whole: bool = False) -> str:
    """Examine the folder as its use will; what is refused is removed. Returns what a mapping must mend, if anything."""
    try:
        examine(part)
    except LabelsUnclear as error:
        return str(error)
    except ModelMissing:
        if whole:
            shutil.rmtree(part, ignore_errors=True)
            raise
    except ScoringError:
        shutil.rmtree(part, ignore_errors=True)
        raise
    return ""


@contextmanager
def _told(name: str, revision: str | None) -> Iterator[None]:
    """The hub's many faults in a sentence each."""
    from huggingface_hub import constants, errors

    # Of whichever library it speaks HTTP with: that has changed twice.
    of_transport = cast("tuple[type[Exception], ...]", errors.HfHubHTTPError.__bases__)
    try:
        yield
    except errors.GatedRepoError as error:
        raise ModelNotFetched(
            f"{name} is given only to people who accept its terms: do so on {constants.ENDPOINT}/{name}, then set "
            "HF_TOKEN to a token of yours."
        ) from error
    except errors.RevisionNotFoundError as error:
        raise ModelNotFetched(f"{name} has no revision {revision!r}. Its page on the hub lists them.") from error
    except errors.RepositoryNotFoundError as error:
        raise ModelNotFetched(
            f"The hub has no model {name} that everybody may fetch. Check the spelling; for a private one set HF_TOKEN."
        ) from error
    except errors.HfHubHTTPError as error:
        raise ModelNotFetched(
            f"The hub {constants.ENDPOINT} answered {error.response.status_code} for {name}. Try again later."
        ) from error
    except errors.OfflineModeIsEnabled as error:
        raise ModelNotFetched(
            "HF_HUB_OFFLINE is set, so the hub may not be asked. Unset it to fetch a model."
        ) from error
    except of_transport as error:
        if isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EACCES, errno.EROFS, errno.EDQUOT}:
            raise
        raise ModelNotFetched(
            f"The hub {constants.ENDPOINT} cannot be reached ({type(error).__name__}). Check the connection and try "
            "again: what has come is kept. Or copy the model's folder here by hand and name it in AMENDS_MODEL_DIR."
        ) from error


@contextmanager
def _watched(part: Path, size: int, progress: Progress) -> Iterator[None]:
    """Tell how much lies in the folder while the body runs: the hub's own bars are for terminals only."""
    done = threading.Event()

    def watch() -> None:
        while not done.wait(TOLD_EVERY_S):
            there = min(_size(part), size)
            progress(there, size - there)

    watcher = threading.Thread(target=watch, daemon=True, name="progress")
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()


def _size(folder: Path) -> int:
    total = 0
    for path in folder.rglob("*"):
        try:
            total += path.stat().st_size if path.is_file() else 0
        except OSError:
            continue  # just renamed
    return total


def _length(path: Path) -> int:
    return path.stat().st_size if path.is_file() else -1


def _check_room(part: Path, size: int) -> None:
    free = shutil.disk_usage(part).free
    if free < size + SPARE_BYTES:
        raise ModelNotFetched(
            f"The model takes {size / 1e6:.0f} MB and only {free / 1e6:.0f} MB are free in {part.parent}. Make room, "
            "or choose another data folder with AMENDS_DATA_DIR."
        )


def _drop_others(part: Path, sizes: dict[str, int]) -> None:
    """An attempt at another revision may have left files that this one does not have."""
    for path in part.iterdir():
        if path.name not in sizes and path.name != ".cache":
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def _put_in_place(part: Path, folder: Path) -> None:
    old = folder.with_name(f".{folder.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    part.rename(folder)
    shutil.rmtree(old, ignore_errors=True)
