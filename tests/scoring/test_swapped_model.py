"""A model of another house in AMENDS_MODEL_DIR: a tiny one, taught here and saved as transformers saves models.

The refusals need no torch and always run; the rest runs where the `transformers` extra is installed.
"""

from __future__ import annotations

import json
import os
import pickle
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from scoring.calibration import Thresholds, unchanged, write_calibration
from scoring.errors import ExtraMissing, LabelsUnclear, ModelDamaged, ModelMissing, ModelRefused
from scoring.labels import read_labels
from scoring.loading import load_calibrated, load_scorer, own_thresholds
from scoring.manifest import MANIFEST
from scoring.mapping import read_mapping
from scoring.model import BUNDLED, OnnxScorer
from scoring.types import AngerLevel, Risk, Score, Scorer, Urgency

from .taught import CAN_BE_TAUGHT, NOT_INSTALLED, WORDS, save_taught

ROOT = Path(__file__).parents[2]
LEVELS = ["furious", "Calm", "ANGRY", "annoyed"]  # neither in order nor in one case
STARS = ["1 star", "2 stars", "3 stars"]
EMOTIONS = ["joy", "anger", "annoyance", "neutral"]
RAGE = "Liars and thieves."
CALM = "Lovely quiet room and good soup."
TEXTS = [
    CALM,
    "Waited again, late and slow.",
    RAGE,
    "",
    "😡😡😡",
    "ok",
    "Das Zimmer war sauber.",
    f"{CALM} " * 200,
    "\n\t",
]


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


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Teaches a two-layer BERT which of our words stand for which level, and saves it with its tokenizer."""
    if not CAN_BE_TAUGHT:
        pytest.skip(NOT_INSTALLED)

    def built(labels: Sequence[str], meant: dict[str, str], **more: object) -> Path:
        return save_taught(tmp_path_factory.mktemp("foreign"), labels, meant, **more)

    return built


@pytest.fixture(scope="module")
def levels_folder(build: Callable[..., Path]) -> Path:
    names = {name.lower(): name for name in LEVELS}
    return build(LEVELS, {row: names[row] for row in WORDS})


@pytest.fixture(scope="module")
def swapped(levels_folder: Path) -> Scorer:
    return load_scorer(levels_folder, threads=1)


@pytest.fixture
def copied(levels_folder: Path, tmp_path: Path) -> Path:
    return shutil.copytree(levels_folder, tmp_path / "copy")


def resaved(folder: Path, change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """The same folder with other weights."""
    from transformers import BertForSequenceClassification

    network = BertForSequenceClassification.from_pretrained(folder)
    network.save_pretrained(folder, state_dict=change(network.state_dict()))


def assert_same(found: Sequence[Score], wanted: Sequence[Score]) -> None:
    """Equal up to the last digits, which padding moves."""
    assert [score.anger for score in found] == pytest.approx([score.anger for score in wanted], abs=1e-4)
    assert [score.anger_level for score in found] == [score.anger_level for score in wanted]
    assert [[(part.start, part.end) for part in score.sentences] for score in found] == [
        [(part.start, part.end) for part in score.sentences] for score in wanted
    ]


def test_the_words_it_was_taught_give_their_levels(swapped: Scorer) -> None:
    """Anger, level and sentences come from the swapped model; topics stay empty and the sentiment neutral."""
    calm, annoyed, furious = swapped.predict(TEXTS[:3])
    assert (calm.anger_level, annoyed.anger_level) == (AngerLevel.CALM, AngerLevel.ANNOYED)
    assert furious.anger_level is AngerLevel.FURIOUS
    assert calm.anger < 0.5 < furious.anger
    assert (furious.topics, furious.sentiment, furious.model_version) == ((), 3.0, swapped.version)
    assert "accusation_of_bad_faith" in furious.reasons


def test_our_rules_find_the_risks(swapped: Scorer) -> None:
    """What must not be missed does not hang on the model."""
    (score,) = swapped.predict(["Good soup, but I got food poisoning. I want a refund."])
    assert {risk.risk for risk in score.risks} == {Risk.SAFETY, Risk.REFUND}


def test_order_and_batches_change_nothing(swapped: Scorer) -> None:
    """The n-th score belongs to the n-th text, whatever stands beside it."""
    together = swapped.predict(TEXTS)
    assert_same([swapped.predict([text])[0] for text in TEXTS], together)
    assert_same(swapped.predict(TEXTS[::-1])[::-1], together)
    assert swapped.predict([]) == []


@pytest.mark.parametrize("text", ["", "   ", "\n\t\r\n", "\x00\x01"])
def test_blank_text_is_calm(swapped: Scorer, text: str) -> None:
    """A rating without words says nothing."""
    (score,) = swapped.predict([text])
    assert (score.anger, score.anger_level, score.language) == (0.0, AngerLevel.CALM, "und")
    assert (score.sentences, score.reasons, score.risks) == ((), (), ())


@pytest.mark.parametrize(
    "text",
    ["\ud83d", "a\u0300" * 500, "漢" * 5000, "x" * 100_000, "[CLS] [PAD] [SEP]", "\u200b", "!" * 999, "Lies. " * 9999],
)
def test_odd_text_gets_a_score(swapped: Scorer, text: str) -> None:
    """Nothing a guest can write stops the scorer, and the sentences lie within the text."""
    (score,) = swapped.predict([text])
    assert 0 <= score.anger <= 1
    assert all(0 <= part.start < part.end <= len(text) and 0 <= part.anger <= 1 for part in score.sentences)
    assert len(score.sentences) <= 48


def test_rage_at_the_end_of_a_long_story_is_found(swapped: Scorer) -> None:
    """A text of many windows is as angry as its angriest one, and the angriest sentence is the right one."""
    story = f"{CALM} " * 30 + RAGE
    calm, angry = swapped.predict([f"{CALM} " * 30, story])
    assert calm.anger_level is AngerLevel.CALM
    assert angry.anger_level.rank >= AngerLevel.ANGRY.rank
    worst = max(angry.sentences, key=lambda part: part.anger)
    assert story[worst.start : worst.end] == RAGE


def test_threads_share_one_scorer(swapped: Scorer) -> None:
    """The tokenizer's padding is shared state; callers from several threads must not meet in it."""
    wanted = swapped.predict(TEXTS)
    with ThreadPoolExecutor(4) as pool:
        for found in pool.map(lambda _: swapped.predict(TEXTS), range(12)):
            assert_same(found, wanted)


def test_emotion_model_that_excludes_its_labels(build: Callable[..., Path]) -> None:
    """Labels without a word on how they are read exclude each other, as transformers itself reads them."""
    meant = {"calm": "joy", "annoyed": "annoyance", "angry": "anger", "furious": "anger"}
    levels = [score.anger_level for score in load_scorer(build(EMOTIONS, meant), threads=1).predict(TEXTS[:3])]
    assert levels == [AngerLevel.CALM, AngerLevel.ANNOYED, AngerLevel.ANGRY]


def test_version_changes_with_what_may_change_a_score(copied: Path, swapped: Scorer) -> None:
    """The same files have the same version wherever they lie; another config has another; a README has not."""
    (copied / "README.md").write_text("about", encoding="utf-8")
    assert load_scorer(copied).version == swapped.version
    told = json.loads((copied / "config.json").read_text(encoding="utf-8"))
    (copied / "config.json").write_text(json.dumps({**told, "problem_type": "multi_label_classification"}))
    assert load_scorer(copied).version != swapped.version
    assert len(swapped.version) <= 64  # the column it is stored in


def test_pickle_beside_safetensors_is_never_opened(copied: Path, tmp_path: Path) -> None:
    """Many folders carry both; the pickle is left alone."""

    class Bomb:
        def __reduce__(self) -> tuple[object, ...]:
            return os.mkdir, (str(tmp_path / "exploded"),)

    for name in ("pytorch_model.bin", "training_args.bin"):
        (copied / name).write_bytes(pickle.dumps(Bomb()))
    assert load_scorer(copied).predict([RAGE])
    assert not (tmp_path / "exploded").exists()


def test_nobody_is_asked(levels_folder: Path) -> None:
    """Loading and judging ask for no address and open no connection, not even to find out that it is closed."""
    code = (
        "import sys; from pathlib import Path\n"
        "asked = []\n"
        "sys.addaudithook(lambda name, _: asked.append(name) if name in "
        "{'socket.connect', 'socket.getaddrinfo', 'socket.sendto'} else None)\n"
        "from scoring.loading import load_scorer\n"
        "load_scorer(Path(sys.argv[1])).predict(['Fine.']); print(asked)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(levels_folder)], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.strip() == "[]"
    assert done.stderr == ""


def test_weights_that_are_not_all_there_are_damage(copied: Path) -> None:
    """transformers fills gaps with random numbers; here a model without its last layer is refused."""
    resaved(copied, lambda parts: {name: part for name, part in parts.items() if "classifier" not in name})
    with pytest.raises(ModelDamaged, match=r"Weights are missing.*classifier"):
        load_scorer(copied)


def test_weights_that_are_no_numbers_are_damage(copied: Path) -> None:
    """A network that answers with "not a number" is told at the start."""
    resaved(copied, lambda parts: {name: part * float("nan") for name, part in parts.items()})
    with pytest.raises(ModelDamaged, match="do not belong together"):
        load_scorer(copied)


def test_cut_weights_are_damage(copied: Path) -> None:
    """A half copied file is a sentence, not a stack."""
    (copied / "model.safetensors").write_bytes((copied / "model.safetensors").read_bytes()[:5000])
    with pytest.raises(ModelDamaged, match="cannot be opened"):
        load_scorer(copied)


def test_tokenizer_of_another_model_is_damage(copied: Path) -> None:
    """More words than the network knows would end in an error at some review."""
    told = json.loads((copied / "tokenizer.json").read_text(encoding="utf-8"))
    vocab = told["model"]["vocab"]
    vocab |= {f"word{at}": len(vocab) + at for at in range(50)}
    (copied / "tokenizer.json").write_text(json.dumps(told), encoding="utf-8")
    with pytest.raises(ModelDamaged, match="do not belong together"):
        load_scorer(copied)


def test_stars_with_a_mapping_are_read_as_it_says(build: Callable[..., Path]) -> None:
    """A model that nobody trained on anger, used as its owner says; another mapping is another version."""
    folder = build(STARS, {"calm": "3 stars", "annoyed": "2 stars", "angry": "2 stars", "furious": "1 star"})
    with pytest.raises(LabelsUnclear):
        load_scorer(folder)
    scorer = load_scorer(folder, threads=1, mapping=read_mapping("1 star=furious, LABEL_1=annoyed"))
    calm, annoyed, furious = scorer.predict(TEXTS[:3])
    assert [one.anger_level for one in (calm, annoyed, furious)] == [
        AngerLevel.CALM, AngerLevel.ANNOYED, AngerLevel.FURIOUS,
    ]  # fmt: skip
    assert (calm.urgency, annoyed.urgency, furious.urgency) == (Urgency.NONE, Urgency.NONE, Urgency.FLAG)
    assert load_scorer(folder, mapping=read_mapping("1 star=furious")).version != scorer.version


def test_calibration_works_around_a_swapped_model(levels_folder: Path, swapped: Scorer, tmp_path: Path) -> None:
    """The same file, the same line: a threshold above its word for rage makes the text annoyed."""
    file = tmp_path / "calibration.json"
    scorer = load_calibrated(levels_folder, file, threads=1)
    assert scorer.version == swapped.version
    own = own_thresholds(levels_folder)
    assert own == Thresholds(angry=0.5, flag=0.5, alert=None)
    write_calibration(file, replace(unchanged(scorer.version, own), thresholds=replace(own, angry=1.0, alert=0.5)))
    (score,) = scorer.predict([RAGE])
    assert (score.anger_level, score.urgency) == (AngerLevel.ANNOYED, Urgency.ALERT)
    assert score.model_version == scorer.version != swapped.version
