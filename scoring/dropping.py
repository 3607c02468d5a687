"""Dropout that does not wait for random numbers. Offline; imports torch.

On two cores torch draws the numbers of a dropout layer one after another: on an (2048, 1536) array that took 40 ms,
twenty times its GELU, and attention with dropout 56 ms where attention without takes 7 (torch 2.13, AVX2). A pool of
kept and dropped places is drawn once; each layer takes a stretch of it from a random place.
"""

from __future__ import annotations

from typing import Any

import torch  # noqa: TID253 - offline module
from torch import nn  # noqa: TID253 - offline module

POOL = 1 << 24  # places; an array of a batch has up to 2048 * 384


class PooledDropout(nn.Module):  # type: ignore[misc]  # torch has no types where only serving is installed
    """As `nn.Dropout(share)`, for arrays of at most POOL places. Seeded: torch's generator chooses the places."""

    def __init__(self, pool: Any, share: float) -> None:
        super().__init__()
        self.p = share
        self._pool = pool

    def forward(self, values: Any) -> Any:
        if not self.training or self.p == 0:
            return values
        at = int(torch.randint(0, len(self._pool) - values.numel() + 1, ()))
        return values * self._pool[at : at + values.numel()].view(values.shape)


def drop_from_pool(network: nn.Module) -> None:
    """Give every dropout layer of the network, changed in place, the pool; attention keeps all of its weights."""
    pools: dict[float, Any] = {}
    for owner in list(network.modules()):
        for name, layer in list(owner.named_children()):
            if not isinstance(layer, nn.Dropout):
                continue
            share = 0.0 if hasattr(owner, "query") else layer.p  # the dropout of attention sits beside its query
            if share not in pools:
                draws = torch.rand(POOL if share else 0, generator=torch.Generator().manual_seed(1))
                pools[share] = (draws >= share).float() / (1 - share)
            setattr(owner, name, PooledDropout(pools[share], share))
