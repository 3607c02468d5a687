"""The loop that teaches a network: stages that are kept when they are done and go on where they were stopped. Offline.

Both networks of this package are taught by it; each brings its own examples and its own loss. Imports torch.
"""

from __future__ import annotations

import json
import logging
import random
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol

import torch  # noqa: TID253 - offline module

from .dropping import drop_from_pool
from .examples import shuffled_batches

log = logging.getLogger(__name__)

RUNNING = "running.pt"
SETTINGS = "settings.json"
SAVE_EVERY = 100  # steps, about two minutes on two cores
SHOW_EVERY = 25
EMBEDDINGS = "encoder.embeddings.word_embeddings.weight"  # in the states of the stages that train them


class Settings(Protocol):
    """What the loop needs of a run's settings, which are a dataclass."""

    @property
    def out(self) -> Path: ...
    @property
    def batch_tokens(self) -> int: ...
    @property
    def encoder_rate(self) -> float: ...
    @property
    def head_rate(self) -> float: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    name: str  # of its file
    examples: list[Any]  # of one kind, each Windowed
    epochs: int
    seed: int
    loss: Callable[[Any, list[Any]], Any]  # of the network on a batch of examples
    embeddings: bool = False  # whether those of the words are trained too
    pace: float = 1.0  # of the learning rates in the settings


def rounded() -> Any:
    """The context in which a network multiplies in bfloat16 where the processor has it, and in float32 elsewhere.

    Where bfloat16 is emulated a step takes more than ten times as long (seen on a processor with AVX2 alone).
    """
    return torch.autocast("cpu", dtype=torch.bfloat16, enabled=torch.cpu._is_avx512_bf16_supported())  # noqa: SLF001


def claim(settings: Any, data: str) -> None:
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


def taught(network: Any, stage: Stage, settings: Settings) -> dict[str, Any]:
    """The state after a stage: read from its file, or trained now and written there."""
    path = settings.out / stage.name
    if not path.is_file():
        _run(network, stage, settings)
        _write(_state(network, stage), path)
        (settings.out / RUNNING).unlink(missing_ok=True)
    state: dict[str, Any] = torch.load(path, weights_only=True)
    load(network, state)
    return state


def mean_state(states: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The mean of networks that were trained from one beginning."""
    return {name: torch.stack([state[name].float() for state in states]).mean(0) for name in states[0]}


def save(network: Any, tokenizer_json: dict[str, Any], out: Path) -> None:
    torch.save(network.state_dict(), out / "network.pt")
    (out / "tokenizer.json").write_text(json.dumps(tokenizer_json, ensure_ascii=False), encoding="utf-8")
    (out / "encoder.json").write_text(network.encoder.config.to_json_string(), encoding="utf-8")


def _state(network: Any, stage: Stage) -> dict[str, Any]:
    return {name: value for name, value in network.state_dict().items() if stage.embeddings or name != EMBEDDINGS}


def load(network: Any, state: dict[str, Any]) -> None:
    """Give the network this state; where that has no embeddings of the words, the network keeps its own."""
    missing, unexpected = network.load_state_dict(state, strict=False)
    if set(missing) - {EMBEDDINGS} or unexpected:
        msg = f"the state does not fit the network: missing {missing}, unexpected {unexpected}"
        raise ValueError(msg)


def _write(values: Any, path: Path) -> None:
    """Whole or not at all: a run may be killed while it writes."""
    torch.save(values, path.with_suffix(".part"))
    path.with_suffix(".part").replace(path)


def _run(network: Any, stage: Stage, settings: Settings) -> None:
    chooser = random.Random(stage.seed)  # noqa: S311 - order of training rows, no secret
    torch.manual_seed(stage.seed)
    batches = [
        batch
        for _ in range(stage.epochs)
        for batch in shuffled_batches(stage.examples, budget=settings.batch_tokens, chooser=chooser)
    ]
    drop_from_pool(network)
    network.get_parameter(EMBEDDINGS).requires_grad_(stage.embeddings)
    optimiser, schedule = _optimiser(network, settings, pace=stage.pace, steps=len(batches))
    done = _resume(network, stage, settings, optimiser, schedule)
    network.train()
    began, mean, tokens = time.monotonic(), 0.0, 0
    for step, batch in enumerate(batches[done:], done + 1):
        loss = stage.loss(network, batch)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        optimiser.zero_grad(set_to_none=True)
        mean, tokens = 0.98 * mean + 0.02 * loss.item(), tokens + sum(len(example.window.ids) for example in batch)
        if step % SHOW_EVERY == 0:
            seconds = time.monotonic() - began
            left = seconds / (step - done) * (len(batches) - step)
            shown = mean / (1 - 0.98 ** (step - done))
            log.info("%s %d/%d loss %.3f, %.0f tokens/s, %.0f min left",
                     stage.name, step, len(batches), shown, tokens / seconds, left / 60)  # fmt: skip
        if step % SAVE_EVERY == 0:
            _write(
                {"stage": stage.name, "step": step, "network": _state(network, stage),
                 "optimiser": optimiser.state_dict(), "schedule": schedule.state_dict(),
                 "random": torch.get_rng_state()},
                settings.out / RUNNING,
            )  # fmt: skip


def _optimiser(network: Any, settings: Settings, *, pace: float, steps: int) -> tuple[Any, Any]:
    heads = [p for name, p in network.named_parameters() if not name.startswith("encoder.")]
    body = [p for p in network.encoder.parameters() if p.requires_grad]
    groups = [
        {"params": body, "lr": pace * settings.encoder_rate},
        {"params": heads, "lr": pace * settings.head_rate},
    ]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)  # a tenth of the time of the loop's
    warm = max(1, int(0.06 * steps))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / warm, max(0.02, (steps - step) / max(1, steps - warm)))
    )
    return optimiser, schedule


def _resume(network: Any, stage: Stage, settings: Settings, optimiser: Any, schedule: Any) -> int:
    """Put everything back to where a stopped run of this stage stood; the steps it had done."""
    path = settings.out / RUNNING
    kept: dict[str, Any] = torch.load(path, weights_only=True) if path.is_file() else {}
    if kept.get("stage") != stage.name:
        return 0
    load(network, kept["network"])
    optimiser.load_state_dict(kept["optimiser"])
    schedule.load_state_dict(kept["schedule"])
    torch.set_rng_state(kept["random"])
    log.info("%s goes on after step %d", stage.name, kept["step"])
    return int(kept["step"])
