"""Write the folder of the sentence model: `python -m scoring.rubric.export --checkpoint DIR --out DIR`.

Quantises the network as that of the anger model (scoring/graph.py), then chooses thresholds on the quantised
network's own numbers over the held-out tenth of the sentences. Offline; needs the `train` extra.
"""

from __future__ import annotations

import argparse
import json
import logging
import math
import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import torch  # noqa: TID253 - offline module
from tokenizers import Tokenizer  # noqa: TID253 - offline module

from ..export import write_tokenizer
from ..graph import Graph, listen, masked_mean, silence, write_graph
from ..logistic import sigmoid
from ..manifest import FILES, MANIFEST, NETWORK, TOKENIZER, sha256_of
from ..windows import PREFIX, budget_batches, cut, padded
from . import written
from .heads import SentenceModel
from .learned import BUNDLED, CHECKS, COUNTS
from .network import CheckNetwork

log = logging.getLogger(__name__)

LISTENED = 800  # sentences whose activations say how to quantise
# Of good sentences that one B or W check may mark, for each of COUNTS: of single ones, which are more often written in
# anger, one in fifty, and so few of a whole answer's that one answer in a hundred is marked.
ALARMS_MOST = (0.02, 0.01, 0.0025, 0.00125)
FALLBACK = 0.5  # where the held-out sentences are too few to choose by
FEWEST = 8  # of either label
LEAST = 0.06  # three times what the network says of a sentence that is as far from any fault as can be


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m scoring.rubric.export", description=__doc__)
    parser.add_argument("--checkpoint", type=Path, required=True, help="folder written by scoring.rubric.train")
    parser.add_argument("--out", type=Path, default=BUNDLED, help="model folder to write")
    given = parser.parse_args(argv)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    export(given.checkpoint, given.out)


def export(checkpoint: Path, out: Path) -> None:
    """Write model.onnx, tokenizer.json and model.json; other files of the folder stay."""
    out.mkdir(parents=True, exist_ok=True)
    settings = json.loads((checkpoint / "settings.json").read_text(encoding="utf-8"))
    network, max_tokens = load_checkpoint(checkpoint), settings["max_tokens"]
    tokenizer = Tokenizer.from_file(str(checkpoint / TOKENIZER))
    loudness = listen(network, _sample(tokenizer, max_tokens=max_tokens))
    write_graph(network, loudness, out / NETWORK, longest=max_tokens, heads=judge)
    write_tokenizer(checkpoint / TOKENIZER, out, network.encoder.config)
    checksums = {name: sha256_of(out / name) for name in FILES}
    told: dict[str, Any] = {
        "version": "",
        "base": settings["base"],
        "training": settings,
        "prefix": PREFIX,
        "max_tokens": max_tokens,
        "sha256": checksums,
        "checks": [{"check": check, "thresholds": [FALLBACK] * len(COUNTS)} for check in CHECKS],
    }
    told["version"] = f"rubric-{checksums[NETWORK][:8]}"
    _write(told, out)
    fit(told, out)
    _write(told, out)
    log.info("%s: %s, %.1f MB", out, told["version"], (out / NETWORK).stat().st_size / 1e6)


def judge(graph: Graph, weights: dict[str, Any], hidden: str) -> Mapping[str, Sequence[str | int]]:
    """The heads in float; same sums as `CheckNetwork.forward`."""
    mask, mean = masked_mean(graph, hidden)
    inner = graph.gelu(graph.linear(mean, weights, "inner_head.0"))
    local = graph.add("Add", [graph.linear(hidden, weights, "local_head"), silence(graph, mask)])
    clearest = graph.add("ReduceMax", [local], axes=[1], keepdims=0)
    graph.add("Add", [graph.linear(inner, weights, "checks_head"), clearest], name="checks")
    return {"checks": ["batch", len(CHECKS)]}


def fit(told: dict[str, Any], folder: Path) -> None:
    """The thresholds of each check, from the held-out sentences as the written graph reads them.

    Where F1 over the sentences that were written for the check is best; of a B or W check never so low that of good
    sentences more than ALARMS_MOST would be marked: one mark on a clean draft is one too many. Of W06, what is marked
    is looked up in the records, so that a claim in a good answer is no alarm; in a longer one it has to be likelier
    than not that something is said to be done.
    """
    model, rows = SentenceModel.load(folder), written.held_out()
    logits = model.logits([row.text for row in rows])
    good = model.logits([row.text for row in written.held_out_good()])
    for at, one in enumerate(told["checks"]):
        check = one["check"]
        own = [(values[at], row.targets[at]) for values, row in zip(logits, rows, strict=True) if row.check == check]
        yes = sum(target for _, target in own)
        if min(yes, len(own) - yes) < FEWEST:
            log.info("%s: too few held out (%d of %d), threshold %.2f", check, yes, len(own), FALLBACK)
            continue
        chosen = _thresholds(check, choose(own), sorted(values[at] for values in good))
        one["thresholds"] = [round(sigmoid(logit), 4) for logit in chosen]
        log.info("%s: %d of %d, %s", check, yes, len(own), " ".join(f"{value:.3f}" for value in one["thresholds"]))


def _thresholds(check: str, best: float, alarms: Sequence[float]) -> list[float]:
    """Logits for COUNTS, from that of the best F1 and from what is said of good sentences, sorted."""
    best = max(best, math.log(LEAST / (1 - LEAST)))
    if check == "W06":
        few = len(COUNTS) // 2
        return [best] * few + [max(best, 0.0)] * (len(COUNTS) - few)
    if check[0] not in "BW" or not alarms:
        return [best] * len(COUNTS)
    return [max(best, _limit(alarms, share)) for share in ALARMS_MOST]


def _limit(alarms: Sequence[float], share: float) -> float:
    """The least logit that no more than this share of the sorted ones lie above."""
    return alarms[-1 - int(share * len(alarms))] + 1e-3


def choose(pairs: Sequence[tuple[float, float]]) -> float:
    """The logit from which F1 over (logit, target) is best, as if both labels were as many; of a stretch the middle."""
    order = sorted(pairs, reverse=True)
    positives = sum(target for _, target in order)
    weight = positives / (len(order) - positives) if positives < len(order) else 1.0  # of a wrong mark
    best, found, hits = -1.0, (0.0, 0.0), 0.0
    for count, (logit, target) in enumerate(order, 1):
        hits += target
        following = order[count][0] if count < len(order) else logit - 2.0
        marked = hits + weight * (count - hits)
        f1 = 2 * hits / (marked + positives) if marked + positives else 0.0
        if f1 > best:
            best, found = f1, (logit, following)
    return sum(found) / 2


def load_checkpoint(folder: Path) -> Any:
    """The trained `CheckNetwork`, ready to evaluate."""
    from transformers import BertConfig, BertModel

    config = BertConfig.from_json_file(str(folder / "encoder.json"))
    network = CheckNetwork(BertModel(config, add_pooling_layer=False))
    network.load_state_dict(torch.load(folder / "network.pt", weights_only=True))
    return network.eval()


def _sample(tokenizer: Any, *, max_tokens: int) -> Iterator[tuple[Any, Any]]:
    """Padded batches of sentences that were trained on, always the same."""
    rows = written.taught()
    chooser = random.Random(1)  # noqa: S311 - which sentences are listened to, no secret
    rows = chooser.sample(rows, min(LISTENED, len(rows)))
    windows = cut([row.text for row in rows], tokenizer, max_tokens=max_tokens, max_windows=1).windows
    for batch in budget_batches([len(window.ids) for window in windows], budget=2048):
        ids, mask = padded([windows[at] for at in batch])
        yield torch.from_numpy(ids), torch.from_numpy(mask)


def _write(told: dict[str, Any], out: Path) -> None:
    (out / MANIFEST).write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
