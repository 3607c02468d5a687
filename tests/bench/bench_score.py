"""How fast the bundled model judges, against the `transformers` pipeline and against what the machine can multiply.

The pipeline is PyTorch in float32 with a network of the same shape and the bundled tokenizer, batches of 32, and gives
a label and nothing else; ours gives the whole score: sentences, topics, risks, rules, reasons, language. Speed does not
depend on the numbers in the weights, so the pipeline's are random. Both baselines need PyTorch and onnx, which serving
never has: they run in the environment that `make train` makes, and are left out where that is missing.
"""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from scoring import corpus
from scoring.model import BUNDLED, OnnxScorer

from .harness import Measure, at_least, at_most, median_seconds, noted

TEXTS = 2_000
LONG = 500  # the longest of all are among them
ROUNDS = 3
TRAINING = Path(__file__).parents[2] / ".venv-train" / "bin" / "python"

_LOAD = """
import json, sys, time
started = time.perf_counter()
from scoring.model import OnnxScorer
scorer = OnnxScorer.load()
loaded = time.perf_counter()
scorer.predict(json.load(sys.stdin))
import psutil
print(json.dumps([loaded - started, psutil.Process().memory_info().rss / 2**20]))
"""
_PEAK = """
import json, os, time
import numpy, onnxruntime
from onnx import TensorProto, helper, numpy_helper
size = 2048
chooser = numpy.random.default_rng(1)
weight = numpy_helper.from_array(chooser.integers(-127, 128, (size, size)).astype(numpy.int8), "weight")
zero = numpy_helper.from_array(numpy.array(128, numpy.uint8), "zero")
graph = helper.make_graph(
    [helper.make_node("MatMulInteger", ["input", "weight", "zero"], ["output"])], "product",
    [helper.make_tensor_value_info("input", TensorProto.UINT8, [size, size])],
    [helper.make_tensor_value_info("output", TensorProto.INT32, [size, size])], [weight, zero])
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
given = {"input": chooser.integers(0, 256, (size, size)).astype(numpy.uint8)}
best = 0.0
for _ in range(20):
    started = time.perf_counter()
    session.run(None, given)
    best = max(best, 2 * size**3 / (time.perf_counter() - started))
print(json.dumps(best))
"""
_PIPELINE = """
import json, sys, time, logging, warnings
warnings.simplefilter("ignore")
import torch
from transformers import AutoConfig, AutoTokenizer, BertForSequenceClassification, TextClassificationPipeline, logging
logging.set_verbosity_error()
folder, texts = sys.argv[1], json.load(sys.stdin)
network = BertForSequenceClassification(AutoConfig.from_pretrained(folder)).eval()
tokenizer = AutoTokenizer.from_pretrained(folder)
pipeline = TextClassificationPipeline(model=network, tokenizer=tokenizer, device="cpu")
pipeline(texts[:32], batch_size=32, truncation=True)
started = time.perf_counter()
pipeline(texts, batch_size=32, truncation=True)
print(json.dumps(time.perf_counter() - started))
"""


def run() -> list[Measure]:
    texts = sample()
    scorer = OnnxScorer.load()
    scorer.predict(texts[:100])
    ours = TEXTS / median_seconds(lambda: scorer.predict(texts), rounds=ROUNDS)
    load_s, memory_mb = _child(Path(sys.executable), _LOAD, texts)
    measures = [
        noted("score.million_takes", 1e6 / ours / 3600, "h"),
        at_most("score.load", load_s, "s", wanted=0.3),
        at_most("score.memory", memory_mb, "MB", wanted=250),
    ]
    python = _with_torch()
    if python is None:
        print("score: no pipeline to compare with; `make train` sets up PyTorch", file=sys.stderr)
        return [noted("score.reviews", ours, "1/s"), *measures]
    pipeline = TEXTS / float(_child(python, _PIPELINE, texts, str(BUNDLED)))
    peak = float(_child(python, _PEAK, []))
    used = scorer.count_tokens(texts) * operations_per_token() * ours / TEXTS
    return [
        at_least("score.reviews", ours, "1/s", wanted=12, baseline=pipeline),
        at_least("score.int8_products", used / 1e9, "GOP/s", wanted=0.6, baseline=peak / 1e9),
        *measures,
    ]


def sample() -> list[str]:
    """TEXTS of the written reviews in an order that mixes lengths, the LONG longest of all among them."""
    rows = sorted((row.text for row in corpus.written_rows()), key=len)
    rest = rows[:-LONG]
    step = len(rest) / (TEXTS - LONG)
    chosen = [*rows[-LONG:], *(rest[int(at * step)] for at in range(TEXTS - LONG))]
    return [chosen[at * 7 % TEXTS] for at in range(TEXTS)]  # 7 and 2,000 share no factor: every text once


def operations_per_token() -> int:
    """Multiplications and additions of the products in int8, for one token."""
    shape = json.loads((BUNDLED / "config.json").read_text(encoding="utf-8"))
    size, inner, layers = (int(shape[name]) for name in ("hidden_size", "intermediate_size", "num_hidden_layers"))
    return layers * 2 * (4 * size * size + 2 * size * inner)


def _with_torch() -> Path | None:
    if find_spec("torch") and find_spec("onnx"):
        return Path(sys.executable)
    return TRAINING if TRAINING.exists() else None


def _child(python: Path, program: str, texts: list[str], *arguments: str) -> Any:
    done = subprocess.run(
        [str(python), "-c", program, *arguments], input=json.dumps(texts), capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout.splitlines()[-1])
