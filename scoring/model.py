"""Score texts with the bundled network: load once, then `predict` in batches.

Serving only: onnxruntime, transformers for the tokenizer and numpy, imported when a scorer is loaded and not before;
never torch. No network, no writing, no text in logs.

Texts longer than one window (256 tokens) are read in up to 16 windows that end where sentences end; the angriest
window decides about anger, so rage at the end of a long story is found. Of still longer texts the first twelve and the
last four windows are read.
"""

from __future__ import annotations

import hashlib
import math
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import lexicon, lexicon_rare, lexicon_risks
from .errors import ModelDamaged
from .language import UNDETERMINED, detect_language
from .logistic import sigmoid
from .manifest import NETWORK, Line, Manifest, read_manifest
from .reasons import plain_reasons
from .risks import find_risks, merge
from .session import open_session
from .text import Span
from .types import AngerLevel, RiskOrigin, RiskScore, Score, Sentence, TopicScore
from .windows import Window, Windows, budget_batches, cut, padded

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[np.float32]]

BUNDLED = Path(__file__).parent / "model"
# Padded tokens per run: larger batches are not faster, they only take memory. A text scores the same in any batch, see
# graph.py.
BATCH_TOKENS = 512
# Texts cut and tokenised at once, so that a long list does not sit in memory as tokens.
CHUNK = 512
# Raise when windows, sentence ends, rules or the order of steps change what a text scores.
READING = 5
# Raise when what a text asks for changes, and neither a word of the rules nor its anger: calibrations stay as good.
ASKING = 2


class OnnxScorer:
    """A `Scorer` over an ONNX network. Safe to share between threads; not between processes after a fork."""

    def __init__(self, manifest: Manifest, *, session: Any, tokenizer: Any, threads: int) -> None:
        self._manifest = manifest
        self._session = session
        self._tokenizer = tokenizer
        # Whole batches side by side, each on one core: cores that share the operations of one batch wait for each
        # other three hundred times per run.
        self._pool = ThreadPoolExecutor(max_workers=threads, thread_name_prefix="scoring")
        self._version = f"{manifest.version}+rules.{READING}.{rules_digest()}"

    @classmethod
    def load(cls, model_dir: Path = BUNDLED, threads: int | None = None) -> OnnxScorer:
        """Load and check a model folder; `threads` limits the cores one call uses (all by default).

        Raises:
            ModelMissing: the folder or one of its files is not there.
            ModelDamaged: a file differs from its checksum or cannot be opened.
        """
        manifest = read_manifest(model_dir)
        try:
            tokenizer = open_tokenizer(model_dir)
            session = open_session(model_dir / NETWORK, threads=1)
        except Exception as error:
            # Both libraries raise bare exceptions of their own; the checksums fit, so the files were made wrong.
            raise ModelDamaged(f"The model in {model_dir} cannot be opened: {type(error).__name__}") from error
        return cls(manifest, session=session, tokenizer=tokenizer, threads=threads or _cores())

    @property
    def version(self) -> str:
        """Model and rules: changes whenever the same text may score differently."""
        return self._version

    def count_tokens(self, texts: Sequence[str]) -> int:
        """Tokens the network reads for these texts, without padding; for benchmarks."""
        return sum(len(window.ids) for window in self._cut(texts).windows)

    def predict(self, texts: Sequence[str]) -> list[Score]:
        """Score review bodies, one Score per text, in input order. An empty text is calm and "und"."""
        scores: list[Score] = []
        for at in range(0, len(texts), CHUNK):
            scores += self._predict_chunk(texts[at : at + CHUNK])
        return scores

    def _predict_chunk(self, texts: Sequence[str]) -> list[Score]:
        found = self._cut(texts)
        readings: list[list[_Reading]] = [[] for _ in texts]
        lengths = [len(window.ids) for window in found.windows]
        batches = [[found.windows[at] for at in batch] for batch in budget_batches(lengths, budget=BATCH_TOKENS)]
        # One batch is read here: handing it over and waiting would only cost.
        for read in self._pool.map(self._read, batches) if len(batches) > 1 else map(self._read, batches):
            for reading in read:
                readings[reading.text_index].append(reading)
        return [
            self._score(text, spans, reading) for text, spans, reading in zip(texts, found.spans, readings, strict=True)
        ]

    def _cut(self, texts: Sequence[str]) -> Windows:
        limits = self._manifest
        return cut(texts, self._tokenizer, max_tokens=limits.max_tokens, max_windows=limits.max_windows)

    def _read(self, windows: Sequence[Window]) -> list[_Reading]:
        ids, mask = padded(windows)
        names = ["anger", "stars", "topics", "risks", "tokens"]
        anger, stars, topics, risks, tokens = self._session.run(names, {"input_ids": ids, "attention_mask": mask})
        return [
            _Reading(window, anger[at], float(stars[at]), topics[at], risks[at], tokens[at])
            for at, window in enumerate(windows)
        ]

    def _score(self, text: str, spans: list[Span], readings: list[_Reading]) -> Score:
        if not readings:
            return Score(
                anger=0.0, anger_level=AngerLevel.CALM, sentiment=3.0, language=UNDETERMINED,
                model_version=self._version,
            )  # fmt: skip
        manifest = self._manifest
        steps = anger_steps(manifest, [reading.anger for reading in readings])
        level = level_of(manifest, steps)
        size = sum(reading.size for reading in readings)
        sentiment = sum(reading.stars * reading.size for reading in readings) / size
        sentiment = min(max(sentiment, 1.0), 5.0)
        risks = merge(find_risks(text), self._model_risks(readings))
        return Score(
            anger=steps[1],
            anger_level=level,
            urgency=manifest.uses.urgency(steps[1], level),
            sentiment=sentiment,
            language=detect_language(text),
            topics=self._topics(readings),
            risks=risks,
            sentences=_sentences(spans, readings),
            reasons=plain_reasons(text, level=level, sentiment=sentiment, risks=risks),
            model_version=self._version,
        )

    def _topics(self, readings: Sequence[_Reading]) -> tuple[TopicScore, ...]:
        manifest = self._manifest
        found = []
        for at, topic in enumerate(manifest.topics):
            probability = max(_probability(manifest.topic_lines[at], reading.topics[at]) for reading in readings)
            if probability >= manifest.topic_thresholds[at]:
                found.append(TopicScore(topic=topic, probability=probability))
        return tuple(sorted(found, key=lambda score: -score.probability))

    def _model_risks(self, readings: Sequence[_Reading]) -> Iterator[RiskScore]:
        manifest = self._manifest
        for at, risk in enumerate(manifest.risks):
            probability = max(_probability(manifest.risk_lines[at], reading.risks[at]) for reading in readings)
            if probability >= manifest.risk_thresholds[at]:
                yield RiskScore(risk=risk, probability=probability, origin=RiskOrigin.MODEL)


class _Reading:
    """What the network said about one window: logits as plain numbers, one anger value per sentence."""

    __slots__ = ("anger", "risks", "sentences", "size", "stars", "text_index", "topics")

    def __init__(self, window: Window, anger: Array, stars: float, topics: Array, risks: Array, tokens: Array) -> None:
        self.anger = [float(logit) for logit in anger]
        self.stars = stars
        self.topics = [float(logit) for logit in topics]
        self.risks = [float(logit) for logit in risks]
        self.size = len(window.ids)
        self.text_index = window.text_index
        self.sentences = _sentence_logits(window, tokens)


def anger_steps(manifest: Manifest, logits: Sequence[Sequence[float]]) -> tuple[float, float, float]:
    """Probabilities of at least annoyed, angry, furious over all windows; never rising from one to the next."""
    highest = [max(_probability(line, window[at]) for window in logits) for at, line in enumerate(manifest.anger)]
    annoyed = highest[0]
    angry = min(annoyed, highest[1])
    return annoyed, angry, min(angry, highest[2])


def level_of(manifest: Manifest, steps: tuple[float, float, float]) -> AngerLevel:
    """Angry or furious exactly where the anger of the score (the second step) reaches the flag threshold."""
    annoyed, angry, furious = (
        probability >= threshold for probability, threshold in zip(steps, manifest.thresholds, strict=True)
    )
    if angry:
        return AngerLevel.FURIOUS if furious else AngerLevel.ANGRY
    return AngerLevel.ANNOYED if annoyed else AngerLevel.CALM


def _sentence_logits(window: Window, tokens: Array) -> dict[int, float]:
    """Anger per sentence: the mean of its tokens' anger, weighted by their attention. Trained in network.py.

    `tokens` is (length, 2): attention logit and anger logit.
    """
    import numpy as np

    owners = np.array(window.sentences)
    inside = owners >= 0
    owners, tokens = owners[inside], tokens[: len(window.ids)][inside]
    weights = np.exp(np.clip(tokens[:, 0], -10, 10))
    totals = np.bincount(owners, weights)
    sums = np.bincount(owners, weights * tokens[:, 1])
    return {int(owner): float(sums[owner] / totals[owner]) for owner in np.unique(owners)}


def _sentences(spans: list[Span], readings: Sequence[_Reading]) -> tuple[Sentence, ...]:
    """Sentences that were read, in text order."""
    highest: dict[int, float] = {}
    for reading in readings:
        for number, logit in reading.sentences.items():
            highest[number] = max(logit, highest.get(number, -math.inf))
    return tuple(
        Sentence(start=spans[number][0], end=spans[number][1], anger=sigmoid(highest[number]))
        for number in sorted(highest)
    )


def _probability(line: Line, logit: float) -> float:
    return sigmoid(line.slope * logit + line.offset)


def _cores() -> int:
    """Those this process may use; where the system does not tell, all of them."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def open_tokenizer(model_dir: Path) -> Any:
    """The tokenizer of a model folder, by transformers, as the fast one it wraps; never from a hub.

    Raises whatever transformers raises for a folder it cannot read.
    """
    # Said at import wherever torch is missing, and it is meant to be missing here.
    os.environ.setdefault("TRANSFORMERS_NO_ADVISORY_WARNINGS", "1")
    from transformers import PreTrainedTokenizerFast

    return PreTrainedTokenizerFast.from_pretrained(str(model_dir), local_files_only=True).backend_tokenizer


def rules_digest() -> str:
    """Changes with any word of the rules, and with what a text asks for."""
    lists = [vars(module) for module in (lexicon, lexicon_rare, lexicon_risks)]
    words = [entry for named in lists for name in sorted(named) if name.isupper() for entry in named[name]]
    return hashlib.sha256("\n".join([str(ASKING), *words]).encode()).hexdigest()[:6]
