"""Score texts with the bundled network: load once, then `predict` in batches.

Serving only: onnxruntime, a tokenizer and numpy, imported when a scorer is loaded and not before. No network, no
writing, no text in logs.

Texts longer than one window (256 tokens) are read in up to 16 windows that end where sentences end; the angriest
window decides about anger, so rage at the end of a long story is found. Of still longer texts the first twelve and the
last four windows are read.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import lexicon, lexicon_rare, lexicon_risks
from .errors import ModelDamaged
from .language import UNDETERMINED, detect_language
from .manifest import NETWORK, TOKENIZER, Line, Manifest, read_manifest
from .reasons import plain_reasons
from .risks import find_risks, merge
from .text import Span
from .types import AngerLevel, RiskOrigin, RiskScore, Score, Sentence, TopicScore
from .windows import Window, budget_batches, cut

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[np.float32]]

BUNDLED = Path(__file__).parent / "model"
# Padded tokens per run: larger batches are not faster on two cores, they only take memory. A text scores the same in
# any batch, see rowwise.py.
BATCH_TOKENS = 512
# Texts cut and tokenised at once, so that a long list does not sit in memory as tokens.
CHUNK = 512
# Raise when windows, sentence ends, rules or the order of steps change what a text scores.
READING = 2
PAD = 1


class OnnxScorer:
    """A `Scorer` over an ONNX network. Safe to share between threads; not between processes after a fork."""

    def __init__(self, manifest: Manifest, *, session: Any, tokenizer: Any) -> None:
        self._manifest = manifest
        self._session = session
        self._tokenizer = tokenizer
        self._version = f"{manifest.version}+rules.{READING}.{rules_digest()}"

    @classmethod
    def load(cls, model_dir: Path = BUNDLED, threads: int | None = None) -> OnnxScorer:
        """Load and check a model folder; `threads` limits the cores one call uses (all by default).

        Raises:
            ModelMissing: the folder or one of its files is not there.
            ModelDamaged: a file differs from its checksum or cannot be opened.
        """
        import onnxruntime
        from tokenizers import Tokenizer

        manifest = read_manifest(model_dir)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads or 0
        options.log_severity_level = 3
        # Waiting threads would burn the cores that web and worker share.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        try:
            tokenizer = Tokenizer.from_file(str(model_dir / TOKENIZER))
            session = onnxruntime.InferenceSession(
                str(model_dir / NETWORK), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:
            # Both libraries raise bare exceptions of their own; the checksums fit, so the files were made wrong.
            raise ModelDamaged(f"The model in {model_dir} cannot be opened: {type(error).__name__}") from error
        return cls(manifest, session=session, tokenizer=tokenizer)

    @property
    def version(self) -> str:
        """Model and rules: changes whenever the same text may score differently."""
        return self._version

    def predict(self, texts: Sequence[str]) -> list[Score]:
        """Score review bodies, one Score per text, in input order. An empty text is calm and "und"."""
        scores: list[Score] = []
        for at in range(0, len(texts), CHUNK):
            scores += self._predict_chunk(texts[at : at + CHUNK])
        return scores

    def _predict_chunk(self, texts: Sequence[str]) -> list[Score]:
        manifest = self._manifest
        found = cut(texts, self._tokenizer, max_tokens=manifest.max_tokens, max_windows=manifest.max_windows)
        readings: list[list[_Reading]] = [[] for _ in texts]
        lengths = [len(window.ids) for window in found.windows]
        for batch in budget_batches(lengths, budget=BATCH_TOKENS):
            windows = [found.windows[index] for index in batch]
            for window, reading in zip(windows, self._read(windows), strict=True):
                readings[window.text_index].append(reading)
        return [
            self._score(text, spans, reading) for text, spans, reading in zip(texts, found.spans, readings, strict=True)
        ]

    def _read(self, windows: Sequence[Window]) -> Iterator[_Reading]:
        import numpy as np

        longest = max(len(window.ids) for window in windows)
        ids = np.full((len(windows), longest), PAD, dtype=np.int64)
        mask = np.zeros((len(windows), longest), dtype=np.int64)
        for at, window in enumerate(windows):
            ids[at, : len(window.ids)] = window.ids
            mask[at, : len(window.ids)] = 1
        names = ["anger", "stars", "topics", "risks", "tokens"]
        anger, stars, topics, risks, tokens = self._session.run(names, {"input_ids": ids, "attention_mask": mask})
        for at, window in enumerate(windows):
            yield _Reading(window, anger[at], float(stars[at]), topics[at], risks[at], tokens[at])

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

    __slots__ = ("anger", "risks", "sentences", "size", "stars", "topics")

    def __init__(self, window: Window, anger: Array, stars: float, topics: Array, risks: Array, tokens: Array) -> None:
        self.anger = [float(logit) for logit in anger]
        self.stars = stars
        self.topics = [float(logit) for logit in topics]
        self.risks = [float(logit) for logit in risks]
        self.size = len(window.ids)
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
    """Anger per sentence: the mean of its tokens' anger, weighted by their attention. Trained in network.py."""
    weighted: dict[int, tuple[float, float]] = {}
    for owner, (attention, anger) in zip(window.sentences, tokens.tolist(), strict=False):
        if owner < 0:
            continue
        weight = math.exp(min(max(attention, -10.0), 10.0))
        total, sum_ = weighted.get(owner, (0.0, 0.0))
        weighted[owner] = (total + weight, sum_ + weight * anger)
    return {owner: sum_ / total for owner, (total, sum_) in weighted.items()}


def _sentences(spans: list[Span], readings: Sequence[_Reading]) -> tuple[Sentence, ...]:
    """Sentences that were read, in text order."""
    highest: dict[int, float] = {}
    for reading in readings:
        for number, logit in reading.sentences.items():
            highest[number] = max(logit, highest.get(number, -math.inf))
    return tuple(
        Sentence(start=spans[number][0], end=spans[number][1], anger=_sigmoid(highest[number]))
        for number in sorted(highest)
    )


def _probability(line: Line, logit: float) -> float:
    return _sigmoid(line.slope * logit + line.offset)


def _sigmoid(value: float) -> float:
    return 1 / (1 + math.exp(-min(max(value, -30.0), 30.0)))


def rules_digest() -> str:
    """Changes with any word of the rules."""
    lists = [vars(module) for module in (lexicon, lexicon_rare, lexicon_risks)]
    words = [entry for named in lists for name in sorted(named) if name.isupper() for entry in named[name]]
    return hashlib.sha256("\n".join(words).encode()).hexdigest()[:6]
