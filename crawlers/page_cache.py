"""Where stored answers lie: one folder a source, so that they can go with it. Standard library only."""

from __future__ import annotations

import shutil
from pathlib import Path

_FOLDER = "crawl-cache"


def folder_of(data_dir: Path, source_id: int) -> Path:
    return data_dir / _FOLDER / str(source_id)


def purge(data_dir: Path, source_id: int) -> None:
    """Remove what is stored of a source's pages: when it is removed, or when its terms no longer allow keeping."""
    shutil.rmtree(folder_of(data_dir, source_id), ignore_errors=True)
