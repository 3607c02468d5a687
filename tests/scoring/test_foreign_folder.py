"""A folder of another house is refused before any library opens it, or its labels are read by name. Needs no torch."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from scoring.errors import ExtraMissing, ModelDamaged, ModelMissing, ModelRefused
from scoring.labels import read_labels
from scoring.loading import load_scorer
from scoring.manifest import MANIFEST
from scoring.model import BUNDLED, OnnxScorer
from scoring.types import AngerLevel

LEVELS = ["furious", "Calm", "ANGRY", "annoyed"]  # neither in order nor in one case
EMOTIONS = ["joy", "anger", "annoyance", "neutral"]
ROOT = Path(__file__).parents[2]


def config(labels: Sequence[str], **more: object) -> dict[str, object]:
    return {"model_type": "bert", "id2label": {str(at): name for at, name in enumerate(labels)}, **more}


def folder_with(folder: Path, told: object, *names: str) -> Path:
    """A folder whose files are only named: enough for everything that is checked before a library opens them."""
    folder.mkdir(exist_ok=True)
    (folder / "config.json").write_text(json.dumps(told), encoding="utf-8")
    for name in names:
        (folder / name).write_bytes(b"{}")
    return folder


@pytest.mark.parametrize(
    "labels",
    [["1 star", "2 stars", "3 stars", "4 stars", "5 stars"], ["LABEL_0", "LABEL_1"], ["not angry", "happy"], []],
)
def test_labels_without_anger_are_refused(tmp_path: Path, labels: list[str]) -> None:
    """Stars and bare labels do not say how angry a text is; the refusal names what it found and what it takes."""
    folder = folder_with(tmp_path, config(labels), "model.safetensors", "tokenizer.json")
    with pytest.raises(ModelRefused, match=r"No label .* says anger.*Accepted are calm, annoyed") as caught:
        load_scorer(folder)
    assert all(repr(label) in str(caught.value) for label in labels)


@pytest.mark.parametrize("id2label", [None, ["anger"], {"1": "anger", "2": "joy"}, {"one": "anger"}])
def test_labels_that_fit_no_output_are_refused(tmp_path: Path, id2label: object) -> None:
    """Labels count only where each output has its own."""
    with pytest.raises(ModelRefused, match="Its labels: none"):
        load_scorer(folder_with(tmp_path, {"id2label": id2label}, "model.safetensors", "tokenizer.json"))


@pytest.mark.parametrize(("labels", "problem"), [(EMOTIONS, "regression"), (["anger"], None), (EMOTIONS, ["odd"])])
def test_numbers_without_a_reading_are_refused(tmp_path: Path, labels: list[str], problem: object) -> None:
    """A number that is no probability of a label is not made one."""
    told = config(labels, problem_type=problem)
    with pytest.raises(ModelRefused, match="problem_type"):
        load_scorer(folder_with(tmp_path, told, "model.safetensors", "tokenizer.json"))


def test_pickled_weights_are_refused(tmp_path: Path) -> None:
    """Opening a pickle runs what is in it; the sentence says how to get rid of it."""
    folder = folder_with(tmp_path, config(LEVELS), "pytorch_model.bin", "tokenizer.json")
    with pytest.raises(ModelRefused, match=r"pytorch_model\.bin.*safetensors"):
        load_scorer(folder)


@pytest.mark.parametrize("more", [{"auto_map": {"AutoConfig": "evil.Config"}}, {"transformers_weights": "x.bin"}])
def test_code_and_weights_from_elsewhere_are_refused(tmp_path: Path, more: dict[str, object]) -> None:
    """The folder alone: no program code of its own, no weights by another name."""
    with pytest.raises(ModelRefused):
        load_scorer(folder_with(tmp_path, config(LEVELS, **more), "model.safetensors", "tokenizer.json"))


def test_adapter_is_refused(tmp_path: Path) -> None:
    """An adapter needs a base that lies elsewhere."""
    with pytest.raises(ModelRefused, match="Merge the adapter"):
        load_scorer(folder_with(tmp_path, config(LEVELS), "adapter_config.json", "model.safetensors"))


@pytest.mark.parametrize("name", ["../model.safetensors", "/etc/x.safetensors", "model.bin"])
def test_index_may_name_only_safetensors_of_the_folder(tmp_path: Path, name: str) -> None:
    """A list of weights that points out of the folder, or at a pickle, is not followed."""
    folder = folder_with(tmp_path, config(LEVELS), "tokenizer.json")
    (folder / "model.safetensors.index.json").write_text(json.dumps({"weight_map": {"a": name}}), encoding="utf-8")
    with pytest.raises(ModelDamaged, match="does not name safetensors files of its folder"):
        load_scorer(folder)


@pytest.mark.parametrize(
    ("there", "missing"), [("tokenizer.json", "model.safetensors"), ("model.safetensors", "token")]
)
def test_missing_file_is_named(tmp_path: Path, there: str, missing: str) -> None:
    """Weights and tokenizer are both needed."""
    with pytest.raises(ModelMissing, match=missing):
        load_scorer(folder_with(tmp_path, config(LEVELS), there))


@pytest.mark.parametrize("content", ["", "{", "[]", "[" * 100_000])
def test_unreadable_config_is_damage(tmp_path: Path, content: str) -> None:
    """A cut or foreign config.json is told as such."""
    (tmp_path / "config.json").write_text(content, encoding="utf-8")
    with pytest.raises(ModelDamaged, match=r"config\.json cannot be read"):
        load_scorer(tmp_path)


@pytest.mark.parametrize("library", ["torch", "transformers"])
def test_missing_extra_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, library: str) -> None:
    """Without one of the two libraries the folder is not opened, and the sentence names the extra."""
    monkeypatch.setitem(sys.modules, library, None)  # what the import system makes of an absent module
    folder = folder_with(tmp_path, config(LEVELS), "model.safetensors", "tokenizer.json")
    with pytest.raises(ExtraMissing, match=r"pip install 'amends\[transformers\]'"):
        load_scorer(folder)


def test_our_own_folder_is_read_as_before(tmp_path: Path) -> None:
    """Where model.json lies, a config.json beside it changes nothing; where nothing lies, the old message comes."""
    assert isinstance(load_scorer(BUNDLED, threads=1), OnnxScorer)
    folder_with(tmp_path, config(LEVELS), MANIFEST)
    with pytest.raises(ModelMissing, match=r"model\.onnx is missing"):
        load_scorer(tmp_path)
    with pytest.raises(ModelMissing, match=r"model\.json is missing.*Install Amends again"):
        load_scorer(tmp_path / "nowhere")


@pytest.mark.parametrize("module", ["scoring.loading", "scoring.swapped"])
def test_import_is_light(module: str) -> None:
    """Neither module brings torch, transformers or numpy before a model is loaded."""
    code = f"import {module}, sys; print([n for n in ('torch', 'transformers', 'numpy') if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"


def test_levels_are_read_by_name() -> None:
    """Four labels in any order: steps add up from the top, and the level is where half is reached."""
    reading = read_labels(config(LEVELS), where="here")
    assert reading.level(reading.steps([9, 0, 0, 0])) is AngerLevel.FURIOUS
    assert reading.level(reading.steps([0, 9, 0, 0])) is AngerLevel.CALM
    assert reading.level(reading.steps([0, 0, 9, 0])) is AngerLevel.ANGRY
    assert reading.level(reading.steps([0, 0, 0, 9])) is AngerLevel.ANNOYED
    annoyed, angry, furious = reading.steps([1, 1, 1, 1])
    assert (annoyed, angry, furious) == pytest.approx((0.75, 0.5, 0.25))


def test_emotions_for_themselves_are_read_by_sigmoid() -> None:
    """Where several emotions may hold at once, anger needs 0.3, and joy beside it does not weaken it."""
    reading = read_labels(config(EMOTIONS, problem_type="multi_label_classification"), where="here")
    assert reading.level(reading.steps([5, -0.8, -5, -5])) is AngerLevel.ANGRY  # sigmoid(-0.8) = 0.31
    assert reading.level(reading.steps([-5, -0.9, -5, 5])) is AngerLevel.CALM  # 0.29
    assert reading.level(reading.steps([-5, -5, 1, -5])) is AngerLevel.ANNOYED
    assert reading.steps([0, float("nan"), float("inf"), 0])[1] == pytest.approx(0, abs=1e-9)


def test_annoyance_alone_stands_for_anger() -> None:
    """A model that knows no stronger word would otherwise never flag anyone."""
    reading = read_labels(config(["neutral", "Annoyance "]), where="here")
    assert reading.level(reading.steps([0, 5])) is AngerLevel.ANGRY
