"""Write the trained network as an int8 ONNX graph of few, fused operations. Offline; needs torch and onnx.

Weights are int8 with one scale per output channel, activations uint8 with one fixed scale per product, taken from
texts that were trained on. Fixed scales make a text score the same in any company and leave one cheap operation per
product (scales found anew per token cost a third of the time). Two things keep their loss small: a few channels of
the activations are far louder than the others, so each channel is divided by a factor that the weights take over
(SmoothQuant, Xiao et al., ICML 2023), and GELU, which never falls below -0.17, gets a zero point of its own.
Figures in the model card.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np  # noqa: TID253 - offline module
import torch  # noqa: TID253 - offline module

Array = Any  # numpy array of float32

_CONTRIB = "com.microsoft"
_MIDDLE = 128  # zero point of activations that are as often negative as positive
_LOWEST_GELU = 0.17
_SMOOTHING = 0.5  # how much of the loudness the weights take over; .5 lost least of .5 and .7
# Of each channel the loudest activation in ten thousand is left out: it would coarsen all others.
_LOUDEST = 0.9999
_PLACES = ("query", "context", "inner", "gelu")  # the four inputs of products in a layer


@dataclass(frozen=True, slots=True, kw_only=True)
class Loudness:
    """Absolute activations per channel before one product, over all tokens that were looked at."""

    most: Array
    usual: Array  # without the loudest few


def listen(network: Any, batches: Iterable[tuple[Any, Any]]) -> list[dict[str, Loudness]]:
    """Per layer how loud the inputs of its products are on padded batches of (ids, mask)."""
    layers = network.encoder.encoder.layer
    heard: list[dict[str, list[Array]]] = [{place: [] for place in _PLACES} for _ in layers]
    mask: dict[str, Any] = {}

    def hook(found: list[Array]) -> Any:
        return lambda _module, given, _result: found.append(given[0][mask["now"]].abs().half().numpy())

    hooks = []
    for layer, found in zip(layers, heard, strict=True):
        modules = (
            layer.attention.self.query,
            layer.attention.output.dense,
            layer.intermediate.dense,
            layer.output.dense,
        )
        hooks += [
            module.register_forward_hook(hook(found[place])) for module, place in zip(modules, _PLACES, strict=True)
        ]
    with torch.inference_mode():
        for ids, attention_mask in batches:
            mask["now"] = attention_mask.bool()
            network(ids, attention_mask)
    for one in hooks:
        one.remove()
    return [{place: _loudness(parts) for place, parts in found.items()} for found in heard]


def _loudness(parts: list[Array]) -> Loudness:
    every = np.concatenate(parts).astype(np.float32)
    return Loudness(most=every.max(axis=0), usual=np.quantile(every, _LOUDEST, axis=0).astype(np.float32))


def write_graph(
    network: Any, loudness: Sequence[dict[str, Loudness]], path: Path, *, longest: int, heads: Heads | None = None
) -> None:
    """The graph with free batch and length; inputs input_ids and attention_mask, outputs those of `heads`.

    Without `heads` they are those of `Network.judge`.
    """
    import onnx

    weights = {name: value.detach().float().numpy() for name, value in network.state_dict().items()}
    graph = Graph()
    config = network.encoder.config
    hidden = _embed(graph, weights, longest=longest, epsilon=config.layer_norm_eps)
    mask = graph.add("Cast", ["attention_mask"], to=onnx.TensorProto.INT32)
    for number, heard in enumerate(loudness):
        layer = _Layer(graph, weights, number, heard, heads=config.num_attention_heads, epsilon=config.layer_norm_eps)
        hidden = layer.write(hidden, mask)
    outputs = (heads or _judge)(graph, weights, hidden)
    onnx.save(graph.model(outputs), str(path))


class Graph:
    """Nodes and constants in the making; every method gives the name of a result."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.constants: list[Any] = []
        self.middle = self.constant(np.array(_MIDDLE, np.uint8))

    def constant(self, values: Array) -> str:
        from onnx import numpy_helper

        name = f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def number(self, value: float) -> str:
        return self.constant(np.array(value, np.float32))

    def axis(self, value: int) -> str:
        return self.constant(np.array([value], np.int64))

    def add(self, operation: str, inputs: Sequence[str], *, name: str = "", domain: str = "", **settings: Any) -> str:
        from onnx import helper

        name = name or f"t{len(self.nodes)}"
        self.nodes.append(helper.make_node(operation, list(inputs), [name], domain=domain, **settings))
        return name

    def quantised(self, source: str, scale: float, zero: str = "") -> str:
        return self.add("QuantizeLinear", [source, self.number(scale), zero or self.middle])

    def product(self, source: str, scale: float, weight: Array, bias: Array, zero: str = "") -> str:
        """`source` (uint8) times `weight` (in, out) plus `bias`, as float."""
        integers, scales = per_channel(weight)
        inputs = [source, self.constant(integers), self.number(scale), self.constant(scales), zero or self.middle, ""]
        return self.add("MatMulIntegerToFloat", [*inputs, self.constant(bias)], domain=_CONTRIB)

    def linear(self, source: str, weights: dict[str, Array], name: str, *, to: str = "") -> str:
        product = self.add("MatMul", [source, self.constant(weights[f"{name}.weight"].T)])
        return self.add("Add", [product, self.constant(weights[f"{name}.bias"])], name=to)

    def gelu(self, source: str) -> str:
        return self.add("Gelu", [source], domain=_CONTRIB)

    def normalised(self, source: str, weights: dict[str, Array], name: str, epsilon: float) -> str:
        inputs = [source, self.constant(weights[f"{name}.weight"]), self.constant(weights[f"{name}.bias"])]
        return self.add("LayerNormalization", inputs, axis=-1, epsilon=epsilon)

    def model(self, outputs: Mapping[str, Sequence[str | int]]) -> Any:
        from onnx import TensorProto, helper

        made = helper.make_graph(
            self.nodes,
            "judgements of texts",
            [
                helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "length"])
                for name in ("input_ids", "attention_mask")
            ],
            [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, shape in outputs.items()],
            self.constants,
        )
        versions = [helper.make_opsetid("", 17), helper.make_opsetid(_CONTRIB, 1)]
        return helper.make_model(made, opset_imports=versions, ir_version=9)


# Writes what follows the encoder, given the name of its result; gives the outputs with their shapes.
Heads = Callable[[Graph, "dict[str, Array]", str], Mapping[str, Sequence["str | int"]]]


class _Layer:
    """One layer of the encoder."""

    def __init__(
        self,
        graph: Graph,
        weights: dict[str, Array],
        number: int,
        heard: dict[str, Loudness],
        *,
        heads: int,
        epsilon: float,
    ) -> None:
        self.graph, self.weights, self.heard = graph, weights, heard
        self.heads, self.epsilon = heads, epsilon
        self.name = f"encoder.encoder.layer.{number}."

    def write(self, hidden: str, mask: str) -> str:
        graph = self.graph
        context, dense = self._attend(hidden, mask)
        hidden = self._normalised(
            graph.add("Add", [self._after(context, *dense), hidden]), "attention.output.LayerNorm"
        )
        integers, scale, weight = self._smoothed(hidden, "inner", self._weight("intermediate.dense"))
        inner = graph.gelu(graph.product(integers, scale, weight, self.weights[self.name + "intermediate.dense.bias"]))
        step = (float(self.heard["gelu"].usual.max()) + _LOWEST_GELU) / 255
        zero = graph.constant(np.array(round(_LOWEST_GELU / step), np.uint8))
        bias = self.weights[self.name + "output.dense.bias"]
        outer = graph.product(graph.quantised(inner, step, zero), step, self._weight("output.dense"), bias, zero)
        return self._normalised(graph.add("Add", [outer, hidden]), "output.LayerNorm")

    def _attend(self, hidden: str, mask: str) -> tuple[str, tuple[Array, float]]:
        """The attention's result, already divided per channel, with the weight and the scale of what follows it."""
        parts = [f"attention.self.{part}" for part in ("query", "key", "value")]
        weight = np.concatenate([self._weight(part) for part in parts], axis=1)
        bias = np.concatenate([self.weights[f"{self.name}{part}.bias"] for part in parts])
        following = self._weight("attention.output.dense")
        factors = _factors(self.heard["context"], following)
        # What attention mixes are the values: divided there, its result comes divided.
        size = len(factors)
        weight[:, 2 * size :] /= factors
        bias[2 * size :] /= factors
        integers, scale, weight = self._smoothed(hidden, "query", weight)
        as_int8, scales = per_channel(weight)
        graph = self.graph
        inputs = [integers, graph.constant(as_int8), graph.constant(bias), graph.number(scale), graph.constant(scales)]
        none = graph.constant(np.array(0, np.int8))
        context = graph.add("QAttention", [*inputs, mask, graph.middle, none], domain=_CONTRIB, num_heads=self.heads)
        return context, (following * factors[:, None], float((self.heard["context"].usual / factors).max()) / 127)

    def _after(self, context: str, weight: Array, scale: float) -> str:
        bias = self.weights[self.name + "attention.output.dense.bias"]
        return self.graph.product(self.graph.quantised(context, scale), scale, weight, bias)

    def _smoothed(self, source: str, place: str, weight: Array) -> tuple[str, float, Array]:
        """The input divided per channel and as uint8, its scale, and the weight times the same factors."""
        factors = _factors(self.heard[place], weight)
        scale = float((self.heard[place].usual / factors).max()) / 127
        divided = self.graph.add("Mul", [source, self.graph.constant((1 / factors).astype(np.float32))])
        return self.graph.quantised(divided, scale), scale, weight * factors[:, None]

    def _weight(self, name: str) -> Array:
        return self.weights[f"{self.name}{name}.weight"].T.copy()

    def _normalised(self, source: str, name: str) -> str:
        return self.graph.normalised(source, self.weights, self.name + name, self.epsilon)


def per_channel(weight: Array) -> tuple[Array, Array]:
    """Symmetric int8 (in, out) with one scale per output channel (out,)."""
    scales = np.maximum(np.abs(weight).max(axis=0), 1e-8).astype(np.float32) / 127
    return np.clip(np.round(weight / scales), -127, 127).astype(np.int8), scales


def _factors(heard: Loudness, weight: Array) -> Array:
    """What each channel of an activation is divided by and its row of the weight multiplied; 1 in the mean."""
    loud = np.maximum(heard.most, 1e-5) ** _SMOOTHING
    factors = loud / np.maximum(np.abs(weight).max(axis=1), 1e-5) ** (1 - _SMOOTHING)
    return (factors / np.exp(np.log(factors).mean())).astype(np.float32)


def _embed(graph: Graph, weights: dict[str, Array], *, longest: int, epsilon: float) -> str:
    """Words plus places, normalised. The table stays int8 in the file and in memory, one scale per row."""
    from onnx import TensorProto

    name = "encoder.embeddings."
    rows = weights[name + "word_embeddings.weight"]
    scale = np.maximum(np.abs(rows).max(axis=1, keepdims=True), 1e-8) / 127
    table = graph.constant(np.round(rows / scale).astype(np.int8))
    words = graph.add("Cast", [graph.add("Gather", [table, "input_ids"])], to=TensorProto.FLOAT)
    words = graph.add("Mul", [words, graph.add("Gather", [graph.constant(scale.astype(np.float32)), "input_ids"])])
    places = weights[name + "position_embeddings.weight"] + weights[name + "token_type_embeddings.weight"][0]
    length = graph.add("Slice", [graph.add("Shape", ["input_ids"]), graph.axis(1), graph.axis(2)])
    here = graph.add("Slice", [graph.constant(places[:longest]), graph.axis(0), length, graph.axis(0)])
    return graph.normalised(graph.add("Add", [words, here]), weights, name + "LayerNorm", epsilon)


def _judge(graph: Graph, weights: dict[str, Array], hidden: str) -> dict[str, list[str | int]]:
    """The heads in float: they are small, and what they say is not rounded again. Same sums as `Network.judge`."""
    inner = graph.gelu(graph.linear(hidden, weights, "token_head.0"))
    tokens = graph.linear(inner, weights, "token_head.2", to="tokens")
    mask, mean = masked_mean(graph, hidden)
    attention = graph.add("Slice", [tokens, graph.axis(0), graph.axis(1), graph.axis(2)])
    padding = silence(graph, mask)
    shares = graph.add("Softmax", [graph.add("Add", [attention, padding])], axis=1)
    weighted = graph.add("ReduceSum", [graph.add("Mul", [hidden, shares]), graph.axis(1)], keepdims=0)
    pooled = graph.add("Concat", [mean, weighted], axis=-1)
    graph.linear(graph.gelu(graph.linear(pooled, weights, "anger_head.0")), weights, "anger_head.2", to="anger")
    stars = graph.add("Add", [graph.linear(pooled, weights, "stars_head"), graph.number(3)])
    graph.add("Squeeze", [stars, graph.axis(1)], name="stars")
    # The clearest token of each topic and risk, in one product for both.
    local = graph.add("Add", [graph.linear(hidden, weights, "local_head"), padding])
    clearest = graph.add("ReduceMax", [local], axes=[1], keepdims=0)
    start = 0
    for name in ("topics", "risks"):
        end = start + len(weights[f"{name}_head.bias"])
        part = graph.add("Slice", [clearest, graph.axis(start), graph.axis(end), graph.axis(1)])
        graph.add("Add", [graph.linear(pooled, weights, f"{name}_head"), part], name=name)
        start = end
    topics, risks = (len(weights[f"{name}_head.bias"]) for name in ("topics", "risks"))
    return {"anger": ["batch", 3], "stars": ["batch"], "topics": ["batch", topics], "risks": ["batch", risks],
            "tokens": ["batch", "length", 2]}  # fmt: skip


def masked_mean(graph: Graph, hidden: str) -> tuple[str, str]:
    """The mask as (batch, length, 1) and the mean over the tokens it is 1 on."""
    from onnx import TensorProto

    mask = graph.add("Unsqueeze", [graph.add("Cast", ["attention_mask"], to=TensorProto.FLOAT), graph.axis(-1)])
    lengths = graph.add("ReduceSum", [mask, graph.axis(1)], keepdims=0)
    total = graph.add("ReduceSum", [graph.add("Mul", [hidden, mask]), graph.axis(1)], keepdims=0)
    return mask, graph.add("Div", [total, lengths])


def silence(graph: Graph, mask: str) -> str:
    """What is added to the logits of padding, so that it never is the clearest token."""
    return graph.add("Mul", [graph.add("Sub", [mask, graph.number(1)]), graph.number(1e4)])
