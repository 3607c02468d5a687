"""The exported graph says what the trained network says. Needs the `train` extra; random weights, no download."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from scoring.session import open_session
from scoring.settings import BUNDLED

from .small_network import small_network

torch = pytest.importorskip("torch", reason="the train extra is not installed")
pytest.importorskip("transformers", reason="the train extra is not installed")
onnx = pytest.importorskip("onnx", reason="the train extra is not installed")

# torch's and transformers' own deprecations are theirs to mend.
pytestmark = pytest.mark.filterwarnings("ignore::Warning")


@pytest.fixture(scope="module")
def network() -> Any:
    return small_network().eval()


@pytest.fixture(scope="module")
def batch() -> tuple[Any, Any]:
    ids = torch.tensor([[0, 5, 6, 7, 8, 9, 2], [0, 11, 12, 2, 1, 1, 1]])
    return ids, (ids != 1).long()


@pytest.fixture(scope="module")
def written(network: Any, batch: tuple[Any, Any], tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A session over the graph of the network."""
    from scoring.graph import listen, write_graph

    path = tmp_path_factory.mktemp("graph") / "model.onnx"
    write_graph(network, listen(network, [batch]), path, longest=40)
    return open_session(path, threads=0)


def test_int8_graph_follows_torch(network: Any, batch: tuple[Any, Any], written: Any) -> None:
    """The file gives the network's numbers within the rounding of int8."""
    ids, mask = batch
    told = written.run(None, {"input_ids": ids.numpy(), "attention_mask": mask.numpy()})
    with torch.no_grad():
        expected = network(ids, mask)
    names = ["anger", "stars", "topics", "risks", "tokens"]
    for name, ours in zip(names, told, strict=True):
        assert torch.allclose(torch.from_numpy(ours), getattr(expected, name), atol=0.08), name


def test_a_text_scores_the_same_in_any_company(batch: tuple[Any, Any], written: Any) -> None:
    """The scales are fixed, so neither a neighbour nor padding changes a text's numbers."""
    ids, mask = batch
    together = written.run(["anger"], {"input_ids": ids.numpy(), "attention_mask": mask.numpy()})[0][1]
    alone = written.run(["anger"], {"input_ids": ids[1:, :4].numpy(), "attention_mask": mask[1:, :4].numpy()})[0][0]
    assert together == pytest.approx(alone, abs=1e-3)


def test_the_loss_by_quantising_is_told(tmp_path: Path) -> None:
    """Both networks read the same texts, a long one in windows, and are set side by side."""
    from tokenizers import Tokenizer

    from scoring.corpus import Row
    from scoring.export import lost
    from scoring.graph import listen, write_graph
    from scoring.manifest import NETWORK, TOKENIZER

    for name in (TOKENIZER, "tokenizer_config.json", "config.json"):
        (tmp_path / name).write_bytes((BUNDLED / name).read_bytes())
    pieces = Tokenizer.from_file(str(tmp_path / TOKENIZER)).get_vocab_size()
    network = small_network(vocabulary=pieces).eval()
    ids = torch.tensor([[0, 5, 6, 7, 8, 9, 2], [0, 11, 12, 2, 1, 1, 1]])
    write_graph(network, listen(network, [(ids, (ids != 1).long())]), tmp_path / NETWORK, longest=40)
    texts = ["You liars! " * 30, "Lovely soup.", "Thieves, all of you.", "A quiet room, and it was clean."]
    rows = [Row(id=str(at), text=text, anger=2 * (at % 2)) for at, text in enumerate(texts)]
    manifest = {"max_tokens": 40, "max_windows": 4, "anger": {"calibration": [[1, 0]] * 3}}
    found = lost(network, tmp_path, rows, manifest)
    assert found.texts == 4
    assert 0 < found.trained <= 1
    assert 0 < found.shipped <= 1
    assert f"fp32 {found.trained:.4f}, int8 {found.shipped:.4f}" in str(found)


def test_loud_channels_do_not_coarsen_the_others() -> None:
    """Dividing a channel and multiplying its weights leaves the product as it was, with more even activations."""
    import numpy as np

    from scoring.graph import Loudness, _factors

    heard = np.array([50.0, 1.0, 1.0, 0.5], np.float32)
    weight = np.random.default_rng(1).normal(size=(4, 3)).astype(np.float32)
    factors = _factors(Loudness(most=heard, usual=heard), weight)
    evened = heard / factors
    assert evened.max() / evened.min() < heard.max() / heard.min() / 4
    assert heard @ weight == pytest.approx(evened @ (weight * factors[:, None]), rel=1e-5)


def test_sentence_anger_is_the_same_in_torch_and_serving() -> None:
    """Training and serving pool tokens into sentences by the same rule."""
    from scoring.model import _sentence_logits
    from scoring.network import sentence_logits
    from scoring.windows import Window

    tokens = torch.randn(1, 6, 2)
    owners = (-1, 0, 0, 1, 1, -1)
    window = Window(text_index=0, ids=(0, 5, 6, 7, 8, 2), sentences=owners)
    trained = sentence_logits(tokens, torch.tensor([owners]), 2)[0].tolist()
    served = _sentence_logits(window, tokens[0].numpy())
    assert [served[0], served[1]] == pytest.approx(trained, abs=1e-5)
