"""The trained network: the base encoder with one pooled reading of a text and several judgements on it.

Every token gives an attention weight and an anger value. Their weighted mean over a sentence is the sentence's anger,
and the same weights pool the whole text, so the angriest words carry the text and the marked sentence agrees with it.
Topics and risks are told in a few calm words as often as not: to what the whole text says of them each adds what its
clearest token says.
Imports torch; serving never imports this module.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import torch  # noqa: TID253 - offline module
from torch import nn  # noqa: TID253 - offline module

from .types import Risk, Topic

ORDINAL = 3  # P(anger >= 1), P(>= 2), P(>= 3)
EMOTIONS = 11
TOPICS = len(Topic)
RISKS = len(Risk)


class Output(NamedTuple):
    anger: Any  # (batch, 3) logits
    stars: Any  # (batch,) 1..5, not clipped
    topics: Any  # (batch, 10) logits
    risks: Any  # (batch, 9) logits
    emotions: Any  # (batch, 11) logits, only used in training
    tokens: Any  # (batch, length, 2): attention logit and anger logit per token


class Network(nn.Module):  # type: ignore[misc]  # torch has no types where only serving is installed
    def __init__(self, encoder: Any, *, dropout: float = 0.1) -> None:
        super().__init__()
        size = encoder.config.hidden_size
        self.encoder = encoder
        self.dropout = nn.Dropout(dropout)
        self.token_head = nn.Sequential(nn.Linear(size, 128), nn.GELU(), nn.Linear(128, 2))
        self.anger_head = nn.Sequential(nn.Linear(2 * size, size), nn.GELU(), nn.Linear(size, ORDINAL))
        self.stars_head = nn.Linear(2 * size, 1)
        self.local_head = nn.Linear(size, TOPICS + RISKS)
        self.topics_head = nn.Linear(2 * size, TOPICS)
        self.risks_head = nn.Linear(2 * size, RISKS)
        self.emotions_head = nn.Linear(2 * size, EMOTIONS)

    def forward(self, input_ids: Any, attention_mask: Any) -> Output:
        """Judge padded token ids (batch, length); the mask is 1 on tokens and 0 on padding."""
        hidden = self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        return self.judge(hidden, attention_mask)

    def judge(self, hidden: Any, attention_mask: Any) -> Output:
        tokens = self.token_head(self.dropout(hidden))
        mask = attention_mask.to(hidden.dtype).unsqueeze(-1)
        mean = (hidden * mask).sum(1) / mask.sum(1)
        weights = torch.softmax(tokens[..., :1].float() + (mask.float() - 1) * 1e4, dim=1).to(hidden.dtype)
        pooled = self.dropout(torch.cat([mean, (hidden * weights).sum(1)], dim=-1))
        local = self.local_head(self.dropout(hidden)).float() + (mask.float() - 1) * 1e4
        loudest = local.amax(dim=1).to(hidden.dtype)
        return Output(
            anger=self.anger_head(pooled),
            stars=3 + self.stars_head(pooled).squeeze(-1),
            topics=self.topics_head(pooled) + loudest[:, :TOPICS],
            risks=self.risks_head(pooled) + loudest[:, TOPICS:],
            emotions=self.emotions_head(pooled),
            tokens=tokens,
        )


def sentence_logits(tokens: Any, owners: Any, count: int) -> Any:
    """Anger logits (batch, count) per sentence; `owners` (batch, length) is -1 where a token belongs to none.

    A sentence without tokens gets 0. Same sum as `scoring.model` does in numpy.
    """
    member = torch.nn.functional.one_hot(owners.clamp(min=0), count).to(tokens.dtype)
    member = member * (owners >= 0).unsqueeze(-1)
    weights = torch.exp(tokens[..., 0].clamp(-10, 10)).unsqueeze(-1) * member
    return (weights * tokens[..., 1:]).sum(1) / weights.sum(1).clamp(min=1e-6)
