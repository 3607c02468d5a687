"""The house itself: whose packages these are, and what importing them costs."""

from __future__ import annotations

import importlib
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
HEAVY = (
    *("scrapy", "twisted", "torch", "transformers", "onnxruntime", "tokenizers", "numpy", "matplotlib"),
    *("sqlalchemy", "flask"),
)


@pytest.mark.parametrize("name", ["crawlers", "scoring", "webui", "db"])
def test_packages_come_from_this_project(name: str) -> None:
    """PyPI has distributions with our import names; a foreign one must not shadow ours."""
    module = importlib.import_module(name)
    assert module.__file__ is not None
    assert Path(module.__file__).resolve().is_relative_to(ROOT)


def loaded_after(statement: str) -> set[str]:
    """The heavy modules that a fresh interpreter holds after `statement`."""
    code = f"{statement}\nimport sys\nprint(*[name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    return set(done.stdout.split())


def test_command_line_starts_without_anything_heavy() -> None:
    """`amends --help` must answer at once."""
    assert loaded_after("import webui.cli") == set()


def test_pages_start_without_crawler_and_model() -> None:
    """The web process carries neither Scrapy nor the model."""
    assert loaded_after("from webui import create_app") <= {"sqlalchemy", "flask"}


def test_types_that_others_share_are_light() -> None:
    """Items and scores are plain values."""
    assert loaded_after("import scoring.types, crawlers.items") == set()


def test_serving_never_needs_torch() -> None:
    """The installed requirements of the product name no PyTorch."""
    lock = (ROOT / "requirements" / "run.txt").read_text(encoding="utf-8")
    assert "\ntorch==" not in lock
