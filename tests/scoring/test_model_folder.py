"""What happens when the model folder is not whole: a clear error before any text is scored."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from pathlib import Path

import pytest

from scoring.errors import ModelDamaged, ModelMissing
from scoring.model import BUNDLED, OnnxScorer


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(BUNDLED, tmp_path / "model")
    return tmp_path / "model"


def test_missing_folder_says_what_to_do(tmp_path: Path) -> None:
    """A folder that is not there is named, with the way out."""
    with pytest.raises(ModelMissing, match=r"nowhere.*missing.*Install Amends again"):
        OnnxScorer.load(tmp_path / "nowhere")


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json", "model.json", "config.json", "tokenizer_config.json"])
def test_missing_file_is_named(folder: Path, name: str) -> None:
    """Each of the files is needed."""
    (folder / name).unlink()
    with pytest.raises(ModelMissing, match=name):
        OnnxScorer.load(folder)


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json", "config.json", "tokenizer_config.json"])
def test_changed_byte_is_noticed(folder: Path, name: str) -> None:
    """One flipped byte differs from the checksum and is refused before the file is opened as a model."""
    content = bytearray((folder / name).read_bytes())
    content[len(content) // 2] ^= 1
    (folder / name).write_bytes(content)
    with pytest.raises(ModelDamaged, match=rf"{name} is damaged.*Install Amends again"):
        OnnxScorer.load(folder)


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"version": "x", "anger": 3}'])
def test_unreadable_manifest_is_damage(folder: Path, content: str) -> None:
    """A cut or foreign model.json is reported as such, not as a Python error."""
    (folder / "model.json").write_text(content, encoding="utf-8")
    with pytest.raises(ModelDamaged, match=r"model\.json cannot be read"):
        OnnxScorer.load(folder)


def test_file_that_fits_its_checksum_but_is_no_model(folder: Path) -> None:
    """A wrongly made folder is reported too."""
    (folder / "model.onnx").write_bytes(b"not a network")
    manifest = json.loads((folder / "model.json").read_text(encoding="utf-8"))
    manifest["sha256"]["model.onnx"] = hashlib.sha256(b"not a network").hexdigest()
    (folder / "model.json").write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(ModelDamaged, match="cannot be opened"):
        OnnxScorer.load(folder)


def test_bundled_files_stay_small() -> None:
    """Each file stays below what code hosts take without complaint (50 MiB), the whole below 60 MB."""
    sizes = [path.stat().st_size for path in BUNDLED.iterdir()]
    assert max(sizes) < 50 * 2**20
    assert sum(sizes) < 60_000_000


@pytest.mark.parametrize("is_told", [True, False])
def test_the_cores_asked_for_are_used_on_every_system(monkeypatch: pytest.MonkeyPatch, is_told: bool) -> None:
    """Also where the system, as macOS, does not tell which cores a process may use."""
    if not is_told:
        monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    assert OnnxScorer.load(threads=3)._pool._max_workers == 3
