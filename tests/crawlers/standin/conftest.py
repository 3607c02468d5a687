"""A stand-in with made-up reviews, on a free port, for each test."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawlers.standin import StandIn

from .made_up import usual_later, usual_reviews, write

ANCHOR = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@pytest.fixture
def anchor() -> datetime:
    return ANCHOR


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return write(tmp_path, usual_reviews(), usual_later())


@pytest.fixture
def standin(data_dir: Path, anchor: datetime) -> Iterator[StandIn]:
    with StandIn(anchor=anchor, data_dir=data_dir) as running:
        yield running
