"""A tiny BERT that learns in a second or two which of our words stand for which level, saved as transformers saves."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

CAN_BE_TAUGHT = find_spec("torch") is not None and find_spec("transformers") is not None
NOT_INSTALLED = "torch and transformers are not installed (the extra `transformers`)"
WORDS = {
    "calm": ["lovely", "quiet", "room", "friendly", "people", "good", "soup", "nice", "view"],
    "annoyed": ["slow", "late", "waited", "cold", "again"],
    "angry": ["rude", "shouted", "refused", "ignored"],
    "furious": ["liars", "thieves", "scum"],
}


def save_taught(folder: Path, labels: Sequence[str], meant: dict[str, str], **more: object) -> Path:
    """The model and its tokenizer in `folder`; `meant` names the label of each group of words."""
    tokenizer = _tokenizer()
    network = _taught(tokenizer, labels, meant, more)
    network.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def _tokenizer() -> Any:
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
    from transformers import PreTrainedTokenizerFast

    letters = [chr(code) for code in range(33, 127)]
    words = [word for group in WORDS.values() for word in group]
    names = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *letters, *(f"##{letter}" for letter in letters), "and", *words]
    fast = Tokenizer(models.WordPiece({name: at for at, name in enumerate(dict.fromkeys(names))}, unk_token="[UNK]"))
    fast.normalizer = normalizers.BertNormalizer(lowercase=True)
    fast.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    fast.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    return PreTrainedTokenizerFast(
        tokenizer_object=fast, pad_token="[PAD]", unk_token="[UNK]", cls_token="[CLS]", sep_token="[SEP]",
        model_max_length=64,
    )  # fmt: skip


def _taught(tokenizer: Any, labels: Sequence[str], meant: dict[str, str], more: dict[str, object]) -> Any:
    import random

    import torch
    from transformers import BertConfig, BertForSequenceClassification

    torch.manual_seed(1)
    random.seed(1)
    network = BertForSequenceClassification(
        BertConfig(
            vocab_size=len(tokenizer), hidden_size=32, num_hidden_layers=2, num_attention_heads=2,
            intermediate_size=64, max_position_embeddings=64, id2label=dict(enumerate(labels)),
            label2id={name: at for at, name in enumerate(labels)}, **more,
        )
    )  # fmt: skip
    optimizer = torch.optim.Adam(network.parameters(), lr=3e-3)
    levels = list(WORDS)
    for _ in range(150):
        rows = [random.choice(levels) for _ in range(32)]
        texts = [
            " ".join(
                random.choices([*WORDS[row], *WORDS["calm"], "and", "."], k=random.randint(1, 40)) + WORDS[row][:1]
            )
            for row in rows
        ]
        batch = tokenizer(texts, padding=True, truncation=True, max_length=62, return_tensors="pt")
        wanted = torch.tensor([labels.index(meant[row]) for row in rows])
        optimizer.zero_grad()
        torch.nn.functional.cross_entropy(
            network(input_ids=batch["input_ids"], attention_mask=batch["attention_mask"]).logits, wanted
        ).backward()
        optimizer.step()
    return network.eval()
