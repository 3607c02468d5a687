"""The sentence model of the rubric: the base encoder of the anger model with one output per check.

What a sentence says as a whole and what its clearest token says are added up, as for the topics of a review.
Imports torch; serving never imports this module.
"""

from __future__ import annotations

from typing import Any

import torch  # noqa: TID253 - offline module
from torch import nn  # noqa: TID253 - offline module

from .learned import CHECKS


class CheckNetwork(nn.Module):  # type: ignore[misc]  # torch has no types where only serving is installed
    def __init__(self, encoder: Any, *, dropout: float = 0.1) -> None:
        super().__init__()
        size = encoder.config.hidden_size
        self.encoder = encoder
        self.dropout = nn.Dropout(dropout)
        self.inner_head = nn.Sequential(nn.Linear(size, size), nn.GELU())
        self.checks_head = nn.Linear(size, len(CHECKS))
        self.local_head = nn.Linear(size, len(CHECKS))

    def forward(self, input_ids: Any, attention_mask: Any) -> Any:
        """Logits (batch, checks) of padded token ids (batch, length); the mask is 1 on tokens, 0 on padding."""
        return self.judge(self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state,
                          attention_mask)  # fmt: skip

    def lower(self, input_ids: Any, attention_mask: Any, layers: int) -> Any:
        """What the first so many layers make of the ids. They are not trained, so this is done once."""
        hidden = self.encoder.embeddings(input_ids=input_ids)
        return self._through(self.encoder.encoder.layer[:layers], hidden, attention_mask)

    def upper(self, hidden: Any, attention_mask: Any, layers: int) -> Any:
        """The logits, from what `lower` made."""
        hidden = self._through(self.encoder.encoder.layer[layers:], hidden, attention_mask)
        return self.judge(hidden, attention_mask)

    def _through(self, layers: Any, hidden: Any, attention_mask: Any) -> Any:
        masked = (1 - attention_mask[:, None, None, :].to(hidden.dtype)) * -1e4
        for layer in layers:
            hidden = layer(hidden, masked)
        return hidden

    def judge(self, hidden: Any, attention_mask: Any) -> Any:
        mask = attention_mask.to(hidden.dtype).unsqueeze(-1)
        mean = (hidden * mask).sum(1) / mask.sum(1)
        local = self.local_head(self.dropout(hidden)).float() + (mask.float() - 1) * 1e4
        return self.checks_head(self.dropout(self.inner_head(mean))).float() + torch.amax(local, dim=1)
