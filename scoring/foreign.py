"""Look at a folder that Hugging Face's transformers wrote, before any library opens it.

Says what the model's labels mean and which version it is, and refuses what is not safe or not of any use here:
pickled weights, program code of its own, parts that lie elsewhere, labels without anger. Standard library only, so
a refusal comes at once and without the `transformers` extra.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .errors import ModelDamaged, ModelMissing, ModelRefused
from .labels import LabelReading, read_labels
from .mapping import Mapped, canonical

CONFIG = "config.json"
WEIGHTS = "model.safetensors"
INDEX = "model.safetensors.index.json"
TOKENIZERS = (
    "tokenizer.json", "vocab.txt", "vocab.json", "spiece.model", "sentencepiece.bpe.model", "spm.model",
    "tokenizer.model",
)  # fmt: skip
PICKLES = frozenset({".bin", ".pt", ".pth", ".ckpt", ".pkl", ".pickle"})
# What may change a score. Not among them: descriptions, and the pickles that are never opened.
_READ = frozenset({".json", ".txt", ".model", ".safetensors"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignModel:
    labels: LabelReading
    digest: str  # of every file that is read, and of the owner's mapping
    positions: int | None  # the most tokens its network takes, where the config says so


def examine(folder: Path, mapping: Mapped = ()) -> ForeignModel:
    """What may be known without opening the network; `mapping` is what the owner says of its labels.

    Raises:
        ModelMissing: weights or tokenizer are not there.
        ModelDamaged: config.json or the list of weights cannot be read.
        ModelRefused: the model is of no use here, or not safe to open.
    """
    config = _read_json(folder / CONFIG)
    _refuse_what_lies_elsewhere(folder, config)
    labels = read_labels(config, where=str(folder), mapping=mapping)
    for path in _weights(folder):
        if not path.is_file():
            raise ModelMissing(f"The model file {path} is missing. Copy the whole folder again.")
    if not any((folder / name).is_file() for name in TOKENIZERS):
        raise ModelMissing(f"No tokenizer lies in {folder} (tokenizer.json). Save it with tokenizer.save_pretrained.")
    return ForeignModel(labels=labels, digest=_digest(folder, mapping), positions=_positions(config))


def _refuse_what_lies_elsewhere(folder: Path, config: dict[str, Any]) -> None:
    if "auto_map" in config:
        raise ModelRefused(
            f"The model in {folder} brings program code of its own (auto_map in {CONFIG}), which Amends never runs. "
            "Choose a model that transformers knows by itself."
        )
    if (folder / "adapter_config.json").exists() or "transformers_weights" in config:
        raise ModelRefused(
            f"The model in {folder} is not whole: it names other weights to load. "
            "Merge the adapter into its base model and save the whole."
        )


def _weights(folder: Path) -> list[Path]:
    """The files of the weights, in the order in which transformers looks for them."""
    if (folder / WEIGHTS).is_file():
        return [folder / WEIGHTS]
    if (folder / INDEX).is_file():
        named = _read_json(folder / INDEX).get("weight_map")
        names = {str(name) for name in named.values()} if isinstance(named, dict) else set()
        if not names or any(Path(name).name != name or not name.endswith(".safetensors") for name in names):
            raise ModelDamaged(
                f"{folder / INDEX} does not name safetensors files of its folder. Copy the folder again."
            )
        return [folder / name for name in sorted(names)]
    pickled = sorted(path.name for path in folder.iterdir() if path.suffix in PICKLES)
    if pickled:
        raise ModelRefused(
            f"The weights in {folder} are pickled ({', '.join(pickled[:3])}): opening such a file can run any program. "
            "Save the model as safetensors: model.save_pretrained(folder) of a current transformers does."
        )
    raise ModelMissing(f"The model file {folder / WEIGHTS} is missing. Copy the whole folder again.")


def _positions(config: dict[str, Any]) -> int | None:
    for name in ("max_position_embeddings", "n_positions"):
        value = config.get(name)
        if isinstance(value, int) and value > 0:
            return value
    return None


def _read_json(path: Path) -> dict[str, Any]:
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        raise ModelDamaged(f"{path} cannot be read ({type(error).__name__}). Copy the folder again.") from error
    if not isinstance(raw, dict):
        raise ModelDamaged(f"{path} cannot be read (no JSON object). Copy the folder again.")
    return raw


def _digest(folder: Path, mapping: Mapped) -> str:
    whole = hashlib.sha256(canonical(mapping).encode())
    for path in sorted(folder.iterdir()):
        if path.is_file() and path.suffix in _READ:
            with path.open("rb") as file:
                whole.update(f"{path.name}\n{hashlib.file_digest(file, 'sha256').hexdigest()}\n".encode())
    return whole.hexdigest()
