"""Every file under tests/pages/file gives exactly the reviews, rejections and columns beside it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ..expected import expected_path
from .expected import cases, outcome


@pytest.mark.parametrize("file", cases(), ids=lambda file: file.name)
def test_file_reads_as_expected(file: Path) -> None:
    """The plan is the stored one, field by field."""
    expected = json.loads(expected_path(file).read_text(encoding="utf-8"))
    assert json.loads(json.dumps(outcome(file))) == expected
