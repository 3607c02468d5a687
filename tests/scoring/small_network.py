"""A network of the model's shape, small and with random weights. Needs torch and transformers."""

from __future__ import annotations

from typing import Any


def small_network(*, vocabulary: int = 60) -> Any:
    import torch
    from transformers import BertConfig, BertModel

    from scoring.network import Network

    torch.manual_seed(5)
    config = BertConfig(
        vocab_size=vocabulary, hidden_size=32, num_hidden_layers=2, num_attention_heads=4, intermediate_size=64,
        max_position_embeddings=40,
    )  # fmt: skip
    encoder = BertModel(config, add_pooling_layer=False)
    # As in training: the embeddings stay as they came.
    encoder.embeddings.word_embeddings.weight.requires_grad_(requires_grad=False)
    return Network(encoder)
