"""What the network is taught: the loss of a batch from whatever labels its rows have. Offline; imports torch."""

from __future__ import annotations

from typing import Any

import torch  # noqa: TID253 - offline module
from torch.nn import functional as F  # noqa: N812, TID253 - the customary name; offline module

from .corpus import Row
from .examples import Example
from .network import EMOTIONS, Output, sentence_logits
from .types import Risk, Topic

UNKNOWN = -1.0  # target of a label that the row does not tell about


def batch_loss(output: Output, batch: list[Example], owners: Any) -> Any:
    """Sum of the losses of whatever labels the rows of this batch have."""
    losses = [
        1.0 * _where(output.anger, [_ordinal(example.row) for example in batch]),
        0.4 * _where(output.topics, [_topics(example.row) for example in batch]),
        0.5 * _where(output.risks, [_risks(example.row) for example in batch]),
        0.7 * _where(output.emotions, [_emotions(example.row) for example in batch]),
        0.5 * _sentence_loss(output.tokens, batch, owners),
    ]
    rated = [at for at, example in enumerate(batch) if _stars_count(example.row)]
    if rated:
        wanted = torch.tensor([float(batch[at].row.stars or 0) for at in rated])
        losses.append(0.3 * F.smooth_l1_loss(output.stars[rated], wanted))
    return sum(losses)


def _where(logits: Any, targets: list[list[float] | None]) -> Any:
    known = [at for at, target in enumerate(targets) if target is not None]
    if not known:
        return logits.sum() * 0
    wanted = torch.tensor([targets[at] for at in known])
    told = (wanted != UNKNOWN).float()
    losses = F.binary_cross_entropy_with_logits(logits[known], wanted.clamp(min=0), reduction="none")
    return (losses * told).sum() / told.sum().clamp(min=1)


# Soft targets for >= 1, >= 2, >= 3: about one label in ten at a border could go either way.
_STEPS = ((0.05, 0.01, 0.0), (0.93, 0.08, 0.01), (0.98, 0.92, 0.08), (0.99, 0.98, 0.92))


def _ordinal(row: Row) -> list[float] | None:
    return None if row.anger is None else list(_STEPS[row.anger])


def _topics(row: Row) -> list[float] | None:
    if row.topics is None:
        return None
    return [
        UNKNOWN if topic is Topic.INFORMATION and not row.is_fine else float(topic in row.topics) for topic in Topic
    ]


def _risks(row: Row) -> list[float] | None:
    return None if row.risks is None else [float(risk in row.risks) for risk in Risk]


def _emotions(row: Row) -> list[float] | None:
    return None if row.emotions is None else [float(one in row.emotions) for one in range(EMOTIONS)]


def _stars_count(row: Row) -> bool:
    """Written hard cases carry stars that contradict the text; the head is to learn what the text reads like."""
    if row.stars is None:
        return False
    return not (row.anger is not None and ((row.anger >= 2 and row.stars >= 4) or (row.anger == 0 and row.stars <= 1)))


def _sentence_loss(tokens: Any, batch: list[Example], owners: Any) -> Any:
    count = int(owners.max()) + 1
    if count <= 0:
        return tokens.sum() * 0
    logits = sentence_logits(tokens, owners, count)
    losses = []
    for at, example in enumerate(batch):
        here = int(owners[at].max()) + 1
        if example.sentences is not None and here:
            wanted = torch.tensor(example.sentences[:here])
            losses.append(F.binary_cross_entropy_with_logits(logits[at, :here], wanted))
        elif example.row.anger is not None and here:
            # Only the level of the text is known: its angriest sentence should be about that angry.
            wanted = torch.tensor(0.95 if example.row.anger >= 2 else 0.1)
            losses.append(0.5 * F.binary_cross_entropy_with_logits(logits[at, :here].max(), wanted))
    return torch.stack(losses).mean() if losses else tokens.sum() * 0
