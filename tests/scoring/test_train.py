"""Training goes on where it was stopped and refuses what does not belong together. Needs the `train` extra."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from .small_network import small_network

torch = pytest.importorskip("torch", reason="the train extra is not installed")
pytest.importorskip("transformers", reason="the train extra is not installed")

# torch's and transformers' own deprecations are theirs to mend.
pytestmark = pytest.mark.filterwarnings("ignore::Warning")


def examples(count: int) -> list[Any]:
    from scoring.corpus import Row
    from scoring.examples import Example
    from scoring.windows import Window

    chooser = random.Random(3)
    found = []
    for at in range(count):
        ids = (0, *(chooser.randrange(5, 60) for _ in range(chooser.randrange(3, 12))), 2)
        row = Row(id=f"x-{at}", text="", stars=float(1 + at % 5), anger=at % 4, topics=frozenset(), risks=frozenset())
        window = Window(text_index=at, ids=ids, sentences=(-1, *(0 for _ in ids[2:]), -1))
        found.append(Example(row=row, window=window, sentences=None))
    return found


@pytest.mark.parametrize("embeddings", [False, True])
def test_a_stopped_run_ends_as_one_that_was_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, embeddings: bool
) -> None:
    """Killed after a saved step and started again, the weights are those of a run in one go."""
    from scoring import teaching, train

    monkeypatch.setattr(teaching, "SAVE_EVERY", 3)
    given = examples(40)

    def settings(out: Path) -> Any:
        out.mkdir()
        return train.Settings(data=tmp_path, out=out, batch_tokens=64, threads=1)

    def stage(loss: Any) -> Any:
        return teaching.Stage(name="stage.pt", examples=given, epochs=2, seed=4, loss=loss, embeddings=embeddings)

    whole = teaching.taught(small_network(), stage(train._loss), settings(tmp_path / "whole"))
    halves, calls = settings(tmp_path / "halves"), []

    def stopped_at_the_eighth(network: Any, batch: list[Any]) -> Any:
        calls.append(batch)
        if len(calls) == 8:
            raise KeyboardInterrupt
        return train._loss(network, batch)

    with pytest.raises(KeyboardInterrupt):
        teaching.taught(small_network(), stage(stopped_at_the_eighth), halves)
    again = teaching.taught(small_network(), stage(stopped_at_the_eighth), halves)
    assert len(calls) > 8
    assert all(torch.equal(whole[name], again[name]) for name in whole)
    assert (teaching.EMBEDDINGS in whole) == embeddings
    assert not (tmp_path / "halves" / teaching.RUNNING).exists()


@pytest.mark.parametrize("embeddings", [False, True])
def test_words_move_only_where_they_are_trained(tmp_path: Path, *, embeddings: bool) -> None:
    """The embeddings of the words stay as they came, to the bit, unless the stage trains them."""
    from scoring import teaching, train

    network = small_network()
    before = network.get_parameter(teaching.EMBEDDINGS).detach().clone()
    stage = teaching.Stage(
        name="s.pt", examples=examples(20), epochs=1, seed=4, loss=train._loss, embeddings=embeddings
    )
    teaching.taught(network, stage, train.Settings(data=tmp_path, out=tmp_path, batch_tokens=64, threads=1))
    assert torch.equal(before, network.get_parameter(teaching.EMBEDDINGS)) != embeddings


def test_dropout_from_the_pool_drops_its_share_and_keeps_the_mean() -> None:
    """As nn.Dropout does: a tenth is nothing, the rest larger by it; other places each time; none when serving."""
    from scoring.dropping import drop_from_pool

    layer = torch.nn.Sequential(torch.nn.Dropout(0.1))
    drop_from_pool(layer)
    ones = torch.ones(500, 400)
    layer.train()
    torch.manual_seed(1)
    first, second = layer(ones), layer(ones)
    assert abs(float((first == 0).float().mean()) - 0.1) < 0.01
    assert abs(float(first.mean()) - 1) < 0.01
    assert not torch.equal(first, second)
    torch.manual_seed(1)
    assert torch.equal(first, layer(ones))
    assert torch.equal(ones, layer.eval()(ones))


def test_another_run_is_not_mixed_in(tmp_path: Path) -> None:
    """A folder that holds a run with other settings or other data is refused by name."""
    from scoring import teaching, train

    teaching.claim(train.Settings(data=tmp_path, out=tmp_path / "run"), "one")
    teaching.claim(train.Settings(data=tmp_path, out=tmp_path / "run", threads=1), "one")
    with pytest.raises(SystemExit, match=r"run holds a run with other settings or data.*--out"):
        teaching.claim(train.Settings(data=tmp_path, out=tmp_path / "run"), "two")
    with pytest.raises(SystemExit):
        teaching.claim(train.Settings(data=tmp_path, out=tmp_path / "run", epochs=9), "one")
    assert "run" not in json.dumps(json.loads((tmp_path / "run" / teaching.SETTINGS).read_text()))


def test_missing_data_is_named(tmp_path: Path) -> None:
    """Without the texts of others the command says which files it wants."""
    from scoring import train

    with pytest.raises(SystemExit, match=r"goemotions_train\.tsv.*labelled_real\.jsonl.*model card"):
        train.main(["--data", str(tmp_path), "--out", str(tmp_path / "run")])


def test_what_the_older_guide_cannot_tell_is_not_taught() -> None:
    """An older row says nothing about misleading information; its loss does not move that output."""
    from scoring.corpus import Row
    from scoring.losses import _topics, _where
    from scoring.types import Topic

    logits = torch.zeros(1, len(Topic), requires_grad=True)
    _where(logits, [_topics(Row(id="x-1", text="", topics=frozenset({Topic.STAFF})))]).backward()
    moved = dict(zip(Topic, logits.grad[0].tolist(), strict=True))
    assert moved[Topic.INFORMATION] == 0
    assert moved[Topic.STAFF] < 0 < moved[Topic.PRICE]
