"""Read sentences with the bundled sentence model: how likely each fails a check, or does what a check asks for.

Serving only: onnxruntime and the tokenizer are imported when the model is loaded and not before. No network, no
writing, no text in logs.
"""

from __future__ import annotations

import os
from bisect import bisect_right
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ..errors import ModelDamaged
from ..logistic import sigmoid
from ..manifest import NETWORK
from ..model import open_tokenizer
from ..session import open_session
from ..windows import budget_batches, cut, padded
from .learned import BUNDLED, CHECKS, COUNTS, LANGUAGES, Learned, read_learned

BATCH_TOKENS = 512


class SentenceModel:
    """Judges sentences. Loaded once; safe to share between threads, not between processes after a fork."""

    def __init__(self, learned: Learned, *, session: Any, tokenizer: Any) -> None:
        self._learned = learned
        self._session = session
        self._tokenizer = tokenizer

    @classmethod
    def load(cls, folder: Path = BUNDLED) -> SentenceModel:
        """Load and check the model's folder.

        Raises:
            ModelMissing: the folder or one of its files is not there.
            ModelDamaged: a file differs from its checksum or cannot be opened.
        """
        learned = read_learned(folder)
        threads = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
        try:
            tokenizer = open_tokenizer(folder)
            session = open_session(folder / NETWORK, threads=threads)
        except Exception as error:
            # Both libraries raise bare exceptions of their own; the checksums fit, so the files were made wrong.
            raise ModelDamaged(f"The model in {folder} cannot be opened: {type(error).__name__}") from error
        return cls(learned, session=session, tokenizer=tokenizer)

    @property
    def version(self) -> str:
        return self._learned.version

    @property
    def languages(self) -> frozenset[str]:
        """Those it was taught in."""
        return LANGUAGES

    def thresholds(self, sentences: int) -> dict[str, float]:
        """Per check the probability from which it is taken to be so in a text of so many sentences."""
        at = max(0, bisect_right(COUNTS, sentences) - 1)
        return {check: of[at] for check, of in zip(CHECKS, self._learned.thresholds, strict=True)}

    def read(self, sentences: Sequence[str]) -> list[dict[str, float]]:
        """Per sentence the probability 0..1 of each check that the model knows."""
        return [
            {check: sigmoid(logit) for check, logit in zip(CHECKS, values, strict=True)}
            for values in self.logits(sentences)
        ]

    def logits(self, sentences: Sequence[str]) -> list[list[float]]:
        """What the network says, one row per sentence in input order; very low for one without anything to read."""
        windows = cut(sentences, self._tokenizer, max_tokens=self._learned.max_tokens, max_windows=1).windows
        found = [[-20.0] * len(CHECKS) for _ in sentences]
        for batch in budget_batches([len(window.ids) for window in windows], budget=BATCH_TOKENS):
            ids, mask = padded([windows[at] for at in batch])
            (logits,) = self._session.run(["checks"], {"input_ids": ids, "attention_mask": mask})
            for at, values in zip(batch, logits, strict=True):
                found[windows[at].text_index] = [float(value) for value in values]
        return found
