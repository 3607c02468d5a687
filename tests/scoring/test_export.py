"""The exported graph says what the trained network says. Needs the `train` extra; random weights, no download."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

torch = pytest.importorskip("torch", reason="the train extra is not installed")
pytest.importorskip("transformers", reason="the train extra is not installed")
onnx = pytest.importorskip("onnx", reason="the train extra is not installed")

# torch's and transformers' own deprecations are theirs to mend.
pytestmark = pytest.mark.filterwarnings("ignore::Warning")


@pytest.fixture(scope="module")
def network() -> Any:
    from transformers import BertConfig, BertModel

    from scoring.network import Network

    torch.manual_seed(5)
    config = BertConfig(
        vocab_size=50, hidden_size=32, num_hidden_layers=2, num_attention_heads=4, intermediate_size=64,
        max_position_embeddings=40,
    )  # fmt: skip
    return Network(BertModel(config, add_pooling_layer=False)).eval()


@pytest.fixture(scope="module")
def batch() -> tuple[Any, Any]:
    ids = torch.tensor([[0, 5, 6, 7, 8, 9, 2], [0, 11, 12, 2, 1, 1, 1]])
    return ids, (ids != 1).long()


def test_serving_graph_equals_the_network(network: Any, batch: tuple[Any, Any]) -> None:
    """Merging query, key and value and rounding the embeddings to int8 rows changes next to nothing."""
    from scoring.export import ServingNetwork

    with torch.no_grad():
        plain = network(*batch)
        served = ServingNetwork(network, longest=40)(*batch)
    for name, value in zip(["anger", "stars", "topics", "risks"], served, strict=False):
        assert torch.allclose(getattr(plain, name), value, atol=0.01), name


def test_int8_graph_follows_torch(network: Any, batch: tuple[Any, Any], tmp_path: Path) -> None:
    """The file gives the serving network's numbers within the rounding of int8, at other shapes too."""
    import onnxruntime

    from scoring.export import ServingNetwork, write_onnx

    serving = ServingNetwork(network, longest=40)
    write_onnx(serving, tmp_path / "model.onnx")
    session = onnxruntime.InferenceSession(str(tmp_path / "model.onnx"), providers=["CPUExecutionProvider"])
    ids, mask = batch
    told = session.run(None, {"input_ids": ids.numpy(), "attention_mask": mask.numpy()})
    with torch.no_grad():
        expected = serving(ids, mask)
    for ours, theirs in zip(told, expected, strict=True):
        assert torch.allclose(torch.from_numpy(ours), theirs, atol=0.06)


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
