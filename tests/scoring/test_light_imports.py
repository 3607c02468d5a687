"""Importing the interface must cost nothing: pages and commands import it at start."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

HEAVY = ["numpy", "onnxruntime", "tokenizers", "torch", "transformers", "py3langid"]


@pytest.mark.parametrize("module", ["scoring", "scoring.types", "scoring.errors", "scoring.priority", "scoring.model"])
def test_import_loads_no_heavy_library(module: str) -> None:
    """A fresh interpreter that imports the module has none of the model's libraries loaded."""
    code = f"import {module}, sys, json; print(json.dumps([name for name in {HEAVY!r} if name in sys.modules]))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == []
