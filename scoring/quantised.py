"""What quantising costs: the network as it was trained beside the file that is shipped, on the same texts.

Offline; needs the `train` extra. Says it and changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np  # noqa: TID253 - offline module
import torch  # noqa: TID253 - offline module

from .calibrate import angry_shares, highest
from .corpus import Row
from .metrics import average_precision, whole
from .network import Network


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """Average precision of "angry" (anger >= 2), of both networks under the calibration that is shipped."""

    texts: int
    trained: float  # fp32
    shipped: float  # int8

    def __str__(self) -> str:
        return (
            f"average precision on {self.texts} texts to measure with: fp32 {self.trained:.4f}, "
            f"int8 {self.shipped:.4f}, lost by quantising {self.trained - self.shipped:+.4f}"
        )


def loss(rows: Sequence[Row], trained: Any, shipped: Any, lines: Sequence[Sequence[float]]) -> Loss:
    """From the anger logits of both, (texts, 3), and the calibration of each step."""
    truth = np.array([row.anger or 0 for row in rows]) >= 2
    told = [float(average_precision(truth, angry_shares(logits, lines), whole(len(rows)))[0])
            for logits in (trained, shipped)]  # fmt: skip
    return Loss(texts=len(rows), trained=told[0], shipped=told[1])


def trained_anger(network: Network, rows: Sequence[Row], tokenizer: Any, *, max_tokens: int, max_windows: int) -> Any:
    """Anger logits (texts, 3) of the network in torch, read as `scoring.calibrate.read_logits` reads the file."""

    def judged(ids: Any, mask: Any) -> dict[str, Any]:
        return {"anger": network(torch.from_numpy(ids), torch.from_numpy(mask)).anger.float().numpy()}

    with torch.inference_mode():
        return highest(judged, rows, tokenizer, max_tokens=max_tokens, max_windows=max_windows)["anger"]
