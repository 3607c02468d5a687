"""Write the model folder from a checkpoint: `python -m scoring.export --checkpoint DIR --data DIR --out DIR`.

Builds a plain graph of the network, quantises it to int8 (weights per output channel, embeddings
per row, activations per token), then fits
calibration and thresholds on the quantised network's own numbers over the `measure` rows. Offline; needs the `train`
extra. Never trains.
"""

from __future__ import annotations

import argparse
import json
import logging
import math
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch  # noqa: TID253 - offline module
from torch import nn  # noqa: TID253 - offline module
from torch.nn import functional as F  # noqa: N812, TID253 - the customary name; offline module

from .calibrate import fitted_manifest
from .manifest import MANIFEST, NETWORK, TOKENIZER, sha256_of
from .network import Network
from .rowwise import quantise_rowwise
from .windows import PREFIX

log = logging.getLogger(__name__)

MAX_WINDOWS = 16


class ServingNetwork(nn.Module):  # type: ignore[misc]  # torch has no types where only serving is installed
    """The same numbers as `Network` in evaluation, from operations that export and quantise well.

    Query, key and value are one product, so that their input is quantised once; the embedding table stays int8 in the
    file and in memory.
    """

    def __init__(self, network: Network, *, longest: int) -> None:
        super().__init__()
        config = network.encoder.config
        self.heads = config.num_attention_heads
        self.network = network.eval()
        rows = network.encoder.embeddings.word_embeddings.weight.detach()
        scale = rows.abs().amax(dim=1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("rows", torch.round(rows / scale).to(torch.int8))
        self.register_buffer("scale", scale)
        embeddings = network.encoder.embeddings
        places = embeddings.position_embeddings.weight + embeddings.token_type_embeddings.weight[0]
        self.register_buffer("places", places.detach()[:longest])
        self.merged = nn.ModuleList(_merged(layer.attention.self) for layer in network.encoder.encoder.layer)

    def forward(self, input_ids: Any, attention_mask: Any) -> tuple[Any, Any, Any, Any, Any]:
        embeddings = self.network.encoder.embeddings
        words = self.rows[input_ids].float() * self.scale[input_ids]
        hidden = embeddings.LayerNorm(words + self.places[: input_ids.shape[1]])
        bias = (1.0 - attention_mask[:, None, None, :].float()) * -10_000.0
        for layer, merged in zip(self.network.encoder.encoder.layer, self.merged, strict=True):
            hidden = self._layer(layer, merged, hidden, bias)
        judged = self.network.judge(hidden, attention_mask)
        return judged.anger, judged.stars, judged.topics, judged.risks, judged.tokens

    def _layer(self, layer: Any, merged: Any, hidden: Any, bias: Any) -> Any:
        batch, length, size = hidden.shape
        joint = merged(hidden).view(batch, length, 3, self.heads, size // self.heads).permute(2, 0, 3, 1, 4)
        query, key, value = joint[0], joint[1], joint[2]
        weights = torch.softmax(query @ key.transpose(-1, -2) / math.sqrt(size // self.heads) + bias, dim=-1)
        context = (weights @ value).permute(0, 2, 1, 3).reshape(batch, length, size)
        output = layer.attention.output
        hidden = output.LayerNorm(output.dense(context) + hidden)
        inner = F.gelu(layer.intermediate.dense(hidden))
        return layer.output.LayerNorm(layer.output.dense(inner) + hidden)


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m scoring.export", description=__doc__)
    parser.add_argument("--checkpoint", type=Path, required=True, help="folder written by scoring.train")
    parser.add_argument("--data", type=Path, required=True, help="folder with the labelled files, for calibration")
    parser.add_argument("--out", type=Path, required=True, help="model folder to write")
    given = parser.parse_args(argv)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    export(given.checkpoint, given.data, given.out)


def export(checkpoint: Path, data: Path, out: Path) -> None:
    """Write model.onnx, tokenizer.json and model.json; other files of the folder (the card) stay."""
    out.mkdir(parents=True, exist_ok=True)
    settings = json.loads((checkpoint / "settings.json").read_text(encoding="utf-8"))
    serving = ServingNetwork(load_checkpoint(checkpoint), longest=settings["max_tokens"])
    write_onnx(serving, out / NETWORK)
    shutil.copyfile(checkpoint / TOKENIZER, out / TOKENIZER)
    checksums = {name: sha256_of(out / name) for name in (NETWORK, TOKENIZER)}
    told = {
        "base": settings["base"],
        "training": settings,
        "prefix": PREFIX,
        "max_tokens": settings["max_tokens"],
        "max_windows": MAX_WINDOWS,
        "sha256": checksums,
    }
    manifest = fitted_manifest(out, data, told)
    (out / MANIFEST).write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    log.info("%s: %s, %.1f MB", out, manifest["version"], (out / NETWORK).stat().st_size / 1e6)


def load_checkpoint(folder: Path) -> Any:
    """The trained `Network`, ready to evaluate."""
    from transformers import BertConfig, BertModel

    config = BertConfig.from_json_file(str(folder / "encoder.json"))
    network = Network(BertModel(config, add_pooling_layer=False))
    network.load_state_dict(torch.load(folder / "network.pt", weights_only=True))
    return network.eval()


def write_onnx(serving: ServingNetwork, path: Path) -> None:
    """The int8 graph with free batch and length."""
    ids = torch.tensor([[0, 5, 6, 7, 2], [0, 8, 2, 1, 1]])
    names = ["anger", "stars", "topics", "risks", "tokens"]
    inputs = ["input_ids", "attention_mask"]
    free = {name: {0: "batch", 1: "length"} for name in [*inputs, "tokens"]} | {
        name: {0: "batch"} for name in names[:4]
    }
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        torch.onnx.export(
            serving.eval(), (ids, (ids != 1).long()), str(plain), input_names=inputs, output_names=names,
            dynamic_axes=free, opset_version=17, dynamo=False,
        )  # fmt: skip
        products = quantise_rowwise(plain, path)
    log.info("%d products in int8", products)


def _merged(attention: Any) -> Any:
    parts = (attention.query, attention.key, attention.value)
    merged = nn.Linear(parts[0].in_features, 3 * parts[0].out_features)
    merged.weight = nn.Parameter(torch.cat([part.weight.detach() for part in parts]))
    merged.bias = nn.Parameter(torch.cat([part.bias.detach() for part in parts]))
    return merged


if __name__ == "__main__":
    main()
