"""Score texts with a sequence-classification model of another house, from its folder alone.

Reads what transformers' `save_pretrained` writes: never a hub, never program code or pickles from the folder, on the
CPU. torch and transformers are imported when a scorer is loaded and not before (the `transformers` extra).

Such a model says how angry a text is and nothing else, so topics stay empty and the sentiment stays in the middle;
risks and reasons come from our own rules. It cannot show which words moved it, so each sentence is scored once more on
its own; that doubles the work.
"""

from __future__ import annotations

import inspect
import math
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from . import model
from .errors import ExtraMissing, ModelDamaged
from .foreign import ForeignModel, examine
from .labels import LabelReading, Steps
from .language import FOREIGN, UNDETERMINED, detect_language
from .mapping import Mapped
from .reasons import plain_reasons
from .risks import find_risks, merge
from .text import Span, clean
from .types import AngerLevel, Score, Sentence, Urgency
from .windows import budget_batches, keep_ends, read_spans

# As the bundled model: a stretch of rage must not drown in a long story.
MAX_TOKENS = 256
FEWEST_TOKENS = 16  # a network that takes less cannot read a sentence
MAX_WINDOWS = 16
# Scored on their own, of one text: the first 36 and the last 12 of those that are read.
MAX_SENTENCES = 48
BATCH_TOKENS = 2048  # padded; a batch of short sentences pays off, more only takes memory
CHUNK = 128
# Raise when windows, sentences or the reading of labels change what a text scores.
READING = 1
NEUTRAL = 3.0
INSTALL = "pip install 'amends[transformers]'"
_PROBES = ["Fine.", "You are liars and thieves!!! I am calling my lawyer."]


@dataclass(frozen=True, slots=True)
class _Piece:
    """What the model reads in one go: a sentence, or a part of one that is too long."""

    sentence: int
    content: str
    tokens: int


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is to be read of one text."""

    windows: list[_Piece]
    sentences: dict[int, list[_Piece]]  # by their number in the text

    @property
    def pieces(self) -> Iterator[_Piece]:
        yield from self.windows
        for parts in self.sentences.values():
            yield from parts


class TransformersScorer:
    """A `Scorer` over a model of another house. Safe to share between threads; not between processes after a fork."""

    def __init__(self, *, network: Any, tokenizer: Any, labels: LabelReading, max_tokens: int, version: str) -> None:
        self._network = network
        self._tokenizer = tokenizer
        self._labels = labels
        self._max_tokens = max_tokens
        self._room = max_tokens - tokenizer.num_special_tokens_to_add()
        self._version = version
        self._inputs = frozenset(inspect.signature(network.forward).parameters)
        # Padding must be what the network takes for padding; where it is not, each text is read alone.
        padding = tokenizer.pad_token_id
        fits = padding is not None and padding == getattr(network.config, "pad_token_id", None)
        self._budget = BATCH_TOKENS if fits else 0
        # transformers sets padding and truncation on the one shared tokenizer at each call.
        self._tokenizing = threading.Lock()

    @classmethod
    def load(cls, model_dir: Path, threads: int | None = None, mapping: Mapped = ()) -> TransformersScorer:
        """Check and open a folder; `threads` limits the cores torch may use in this process (all by default).

        `mapping` is what the owner says of the labels, in place of reading them by their names.

        Raises:
            ModelMissing, ModelDamaged, ModelRefused: see `foreign.examine`; also where the network does not open.
            ExtraMissing: torch or transformers is not installed.
        """
        found = examine(model_dir, mapping)
        _import_libraries(model_dir, threads)
        network, tokenizer = _open(model_dir)
        max_tokens = _most_tokens(found, tokenizer, model_dir)
        version = f"{FOREIGN}{found.digest[:12]}+rules.{model.READING}.{READING}.{model.rules_digest()}"
        scorer = cls(
            network=network, tokenizer=tokenizer, labels=found.labels, max_tokens=max_tokens, version=version
        )  # fmt: skip
        scorer._try_out(model_dir)
        return scorer

    @property
    def version(self) -> str:
        """Model, reading and rules: changes whenever the same text may score differently."""
        return self._version

    def predict(self, texts: Sequence[str]) -> list[Score]:
        """Score review bodies, one Score per text, in input order. An empty text is calm and "und"."""
        scores: list[Score] = []
        for at in range(0, len(texts), CHUNK):
            scores += self._predict_chunk(texts[at : at + CHUNK])
        return scores

    def _predict_chunk(self, texts: Sequence[str]) -> list[Score]:
        spans = [read_spans(text) for text in texts]
        plans = [_plan(pieces, self._room) for pieces in self._pieces(texts, spans)]
        read = self._read({piece.content: piece.tokens for plan in plans for piece in plan.pieces})
        return [self._score(*each, read) for each in zip(texts, spans, plans, strict=True)]

    def _pieces(self, texts: Sequence[str], spans: Sequence[list[Span]]) -> list[list[_Piece]]:
        """Per text what it is read in; a sentence longer than a window in parts of about equal length."""
        owners = [(at, number) for at, found in enumerate(spans) for number in range(len(found))]
        contents = [clean(texts[at][slice(*spans[at][number])]) for at, number in owners]
        pieces: list[list[_Piece]] = [[] for _ in texts]
        for (at, number), content, tokens in zip(owners, contents, self._count(contents), strict=True):
            parts = tokens // self._room + 1 if tokens > self._room else min(tokens, 1)
            size = -(-len(content) // parts) if parts else 0
            pieces[at] += [
                _Piece(number, content[part * size : (part + 1) * size], tokens // parts) for part in range(parts)
            ]
        return pieces

    def _count(self, contents: list[str]) -> list[int]:
        if not contents:
            return []
        with self._tokenizing:
            encoded = self._tokenizer(contents, add_special_tokens=False, padding=False, truncation=False)
        return [len(ids) for ids in encoded["input_ids"]]

    def _read(self, contents: Mapping[str, int]) -> dict[str, Steps]:
        """What the network says about each content, given with its length in tokens; equal ones are read once."""
        wanted = list(contents)
        read: dict[str, Steps] = {}
        for batch in budget_batches(list(contents.values()), budget=self._budget):
            texts = [wanted[at] for at in batch]
            read |= zip(texts, map(self._labels.steps, self._logits(texts)), strict=True)
        return read

    def _logits(self, texts: list[str]) -> list[list[float]]:
        import torch

        with self._tokenizing:
            encoded = self._tokenizer(
                texts, truncation=True, max_length=self._max_tokens, padding=len(texts) > 1, return_tensors="pt"
            )
        inputs = {name: value for name, value in encoded.items() if name in self._inputs}
        with torch.inference_mode():
            logits = self._network(**inputs).logits
        return cast("list[list[float]]", logits.tolist())

    def _score(self, text: str, spans: list[Span], plan: _Plan, read: dict[str, Steps]) -> Score:
        if not plan.windows:
            return Score(
                anger=0.0, anger_level=AngerLevel.CALM, sentiment=NEUTRAL, language=UNDETERMINED,
                model_version=self._version,
            )  # fmt: skip
        # The angriest window decides about each step, so rage at the end of a long story is found.
        annoyed, angry, furious = (max(read[window.content][at] for window in plan.windows) for at in range(3))
        level = self._labels.level((annoyed, angry, furious))
        risks = merge(find_risks(text), ())
        return Score(
            anger=angry,
            anger_level=level,
            # Nobody has measured from where on nine in ten are right, nor whether what it calls furious is; that takes
            # the owner's calibration.
            urgency=Urgency.FLAG if level.rank >= AngerLevel.ANGRY.rank else Urgency.NONE,
            sentiment=NEUTRAL,
            language=detect_language(text),
            risks=risks,
            sentences=tuple(
                Sentence(
                    start=spans[number][0], end=spans[number][1], anger=max(read[part.content][1] for part in parts)
                )
                for number, parts in sorted(plan.sentences.items())
            ),
            reasons=plain_reasons(text, level=level, sentiment=NEUTRAL, risks=risks),
            model_version=self._version,
        )

    def _try_out(self, model_dir: Path) -> None:
        """A model that opens may still not fit its tokenizer or its labels; better now than at the first review."""
        try:
            rows = len(self._tokenizer)
            fits = self._room > 0 and rows <= self._network.get_input_embeddings().weight.shape[0]
            fits = fits and self._network.config.num_labels == self._labels.count
            fits = fits and all(math.isfinite(logit) for row in self._logits(_PROBES[:1]) for logit in row)
            if fits:
                self.predict(_PROBES)
        except Exception as error:
            raise ModelDamaged(f"The model in {model_dir} does not work: {_first_line(error)}") from error
        if not fits:
            raise ModelDamaged(f"The tokenizer, labels and network in {model_dir} do not belong together.")


def _import_libraries(model_dir: Path, threads: int | None) -> None:
    try:
        import torch
        import transformers
    except (ImportError, OSError) as error:
        raise ExtraMissing(
            f"The model in {model_dir} needs torch and transformers, which cannot be loaded here: {INSTALL}"
        ) from error
    if threads is not None:
        torch.set_num_threads(threads)
    transformers.logging.set_verbosity_error()
    transformers.logging.disable_progress_bar()


def _open(model_dir: Path) -> tuple[Any, Any]:
    import torch
    from transformers import AutoModelForSequenceClassification, AutoTokenizer

    alone = {"local_files_only": True, "trust_remote_code": False}
    try:
        tokenizer = AutoTokenizer.from_pretrained(str(model_dir), **alone)
        network, told = AutoModelForSequenceClassification.from_pretrained(
            str(model_dir),
            **alone,
            use_safetensors=True,
            dtype=torch.float32,  # half precision is slow or unknown on a CPU
            attn_implementation="eager",  # a config may name one that is fetched from a hub
            output_loading_info=True,
        )
    except Exception as error:
        raise ModelDamaged(f"The model in {model_dir} cannot be opened: {_first_line(error)}") from error
    if told["missing_keys"]:
        # transformers would fill them with random numbers and go on.
        missing = ", ".join(sorted(map(str, told["missing_keys"]))[:3])
        raise ModelDamaged(
            f"Weights are missing in {model_dir} ({missing}): it is not a finished model for sequence classification."
        )
    return network.eval(), tokenizer


def _most_tokens(found: ForeignModel, tokenizer: Any, model_dir: Path) -> int:
    limits = [MAX_TOKENS, int(tokenizer.model_max_length)]
    if found.positions is not None:
        limits.append(found.positions - 2)  # some families count positions from two
    if min(limits) < FEWEST_TOKENS:
        raise ModelDamaged(f"The model in {model_dir} takes {min(limits)} tokens at once, too few for a sentence.")
    return min(limits)


def _plan(pieces: Sequence[_Piece], room: int) -> _Plan:
    """Windows of whole sentences, and the sentences that get a number of their own."""
    groups: list[list[_Piece]] = []
    used = room
    for piece in pieces:
        if used + piece.tokens > room:
            groups.append([])
            used = 0
        groups[-1].append(piece)
        used += piece.tokens
    kept = keep_ends(groups, MAX_WINDOWS)
    parts: dict[int, list[_Piece]] = {}
    for group in kept:
        for piece in group:
            parts.setdefault(piece.sentence, []).append(piece)
    return _Plan(
        windows=[_joined(group) for group in kept], sentences=dict(keep_ends(list(parts.items()), MAX_SENTENCES))
    )


def _joined(group: Sequence[_Piece]) -> _Piece:
    content = " ".join(piece.content for piece in group)
    return _Piece(group[0].sentence, content, sum(piece.tokens for piece in group))


def _first_line(error: BaseException) -> str:
    return f"{type(error).__name__}: {str(error).strip().partition(chr(10))[0][:200]}".rstrip(": ")
