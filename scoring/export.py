"""Write the model folder from a checkpoint: `python -m scoring.export --checkpoint DIR --data DIR --out DIR`.

Quantises the network to int8 (see graph.py), then fits calibration and thresholds on the quantised network's own
numbers over the `measure` rows, and says what quantising cost there. Offline; needs the `train` extra. Never trains.
"""

from __future__ import annotations

import argparse
import json
import logging
import random
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import torch  # noqa: TID253 - offline module
from tokenizers import Tokenizer  # noqa: TID253 - offline module

from . import corpus
from .calibrate import fitted_manifest, read_logits
from .graph import listen, write_graph
from .manifest import FILES, MANIFEST, NETWORK, TOKENIZER, sha256_of
from .network import Network
from .quantised import Loss, loss, trained_anger
from .types import AngerLevel
from .windows import PAD, PREFIX, budget_batches, cut, padded

log = logging.getLogger(__name__)

MAX_WINDOWS = 16
_SHAPE = ("vocab_size", "hidden_size", "num_hidden_layers", "num_attention_heads", "intermediate_size", "hidden_act",
          "max_position_embeddings", "type_vocab_size", "layer_norm_eps")  # fmt: skip
LISTENED = 300  # written texts, and as many real ones, whose activations say how to quantise


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
    network, max_tokens = load_checkpoint(checkpoint), settings["max_tokens"]
    tokenizer = Tokenizer.from_file(str(checkpoint / TOKENIZER))
    rows = [row for row in corpus.train_rows(data) if row.source not in settings.get("without", ())]
    loudness = listen(network, _sample(rows, tokenizer, max_tokens=max_tokens))
    write_graph(network, loudness, out / NETWORK, longest=max_tokens)
    write_tokenizer(checkpoint / TOKENIZER, out, network.encoder.config)
    checksums = {name: sha256_of(out / name) for name in FILES}
    told = {
        "base": settings["base"],
        "training": settings,
        "prefix": PREFIX,
        "max_tokens": max_tokens,
        "max_windows": MAX_WINDOWS,
        "sha256": checksums,
    }
    manifest = fitted_manifest(out, data, told)
    (out / MANIFEST).write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    log.info("%s: %s, %.1f MB", out, manifest["version"], (out / NETWORK).stat().st_size / 1e6)
    log.info("%s", lost(network, out, corpus.measure_rows(data), manifest))


def lost(network: Network, out: Path, rows: Sequence[corpus.Row], manifest: dict[str, Any]) -> Loss:
    """What the network in the folder is worse at than the one it was made from."""
    cuts = {name: manifest[name] for name in ("max_tokens", "max_windows")}
    trained = trained_anger(network, rows, Tokenizer.from_file(str(out / TOKENIZER)), **cuts)
    shipped = read_logits(out, rows, **cuts)["anger"]
    return loss(rows, trained, shipped, manifest["anger"]["calibration"])


def write_tokenizer(tokenizer: Path, out: Path, config: Any) -> None:
    """tokenizer.json with the two small files from which transformers knows how to open it and what it belongs to."""
    shutil.copyfile(tokenizer, out / TOKENIZER)
    special = {"bos_token": "<s>", "cls_token": "<s>", "eos_token": "</s>", "sep_token": "</s>", "pad_token": "<pad>",
               "unk_token": "<unk>"}  # fmt: skip
    opened_by = {"tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": config.max_position_embeddings}
    (out / "tokenizer_config.json").write_text(json.dumps(opened_by | special, indent=1) + "\n", encoding="utf-8")
    labels = {level.rank: level.value for level in AngerLevel}
    shape = {name: getattr(config, name) for name in _SHAPE}
    told = {
        "model_type": "bert",
        **shape,
        "pad_token_id": PAD,
        "bos_token_id": 0,
        "eos_token_id": 2,
        "id2label": labels,
    }
    (out / "config.json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


def load_checkpoint(folder: Path) -> Any:
    """The trained `Network`, ready to evaluate."""
    from transformers import BertConfig, BertModel

    config = BertConfig.from_json_file(str(folder / "encoder.json"))
    network = Network(BertModel(config, add_pooling_layer=False))
    network.load_state_dict(torch.load(folder / "network.pt", weights_only=True))
    return network.eval()


def _sample(real: Sequence[corpus.Row], tokenizer: Any, *, max_tokens: int) -> Iterator[tuple[Any, Any]]:
    """Padded batches of texts that were trained on, written and real ones alike, always the same."""
    written = [row for row in corpus.written_rows() if not corpus.is_held_out(row)]
    chooser = random.Random(1)  # noqa: S311 - which texts are listened to, no secret
    rows = chooser.sample(written, LISTENED) + chooser.sample(real, min(len(real), LISTENED))
    windows = cut([row.text for row in rows], tokenizer, max_tokens=max_tokens, max_windows=1).windows
    for batch in budget_batches([len(window.ids) for window in windows], budget=2048):
        ids, mask = padded([windows[at] for at in batch])
        yield torch.from_numpy(ids), torch.from_numpy(mask)


if __name__ == "__main__":
    main()
