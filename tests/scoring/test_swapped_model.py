"""A model of another house in AMENDS_MODEL_DIR: a tiny one, taught here and saved as transformers saves models.

Runs where the `transformers` extra is installed; what needs no torch is in test_foreign_folder.py.
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
from scoring.errors import LabelsUnclear, ModelDamaged
from scoring.language import measured_in
from scoring.loading import load_calibrated, load_scorer, own_thresholds
from scoring.mapping import read_mapping
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


def test_no_language_counts_as_measured(swapped: Scorer) -> None:
    """Nobody has measured a model of another house in any."""
    assert measured_in(swapped.version) == frozenset()


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
    write_calibration(file, replace(unchanged(scorer.version, own), thresholds=replace(own, alert=1.0)))
    (score,) = scorer.predict([RAGE])
    assert (score.anger_level, score.urgency) == (AngerLevel.FURIOUS, Urgency.ALERT)
