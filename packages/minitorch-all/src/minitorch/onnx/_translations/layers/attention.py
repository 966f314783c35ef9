"""Attention, step by step: only the newest version of ONNX has an operator for it."""

from __future__ import annotations

from math import inf, sqrt

import minitorch_autograd as ops
from minitorch_autograd import Tensor
from minitorch_nn import functional as F

from ..._graph import Graph
from ..._registry import translates


@translates(F.scaled_dot_product_attention)
def scaled_dot_product_attention(
    graph: Graph,
    query: Tensor,
    key: Tensor,
    value: Tensor,
    attn_mask: Tensor | None,
    dropout_p: float,
    is_causal: bool,
    scale: float | None,
    enable_gqa: bool,
) -> str:
    if dropout_p > 0:
        raise NotImplementedError(
            "export: scaled_dot_product_attention with dropout_p > 0, which drops in evaluation, "
            "too, has no ONNX translation"
        )
    heads = query.shape[-3] if enable_gqa else 0
    keys, values = (_repeated_heads(graph, one, heads) for one in (key, value))
    factor = 1 / sqrt(max(query.shape[-1], 1)) if scale is None else scale
    scaled = graph.add("Mul", query, graph.number(factor, query.dtype))
    order = [*range(key.ndim - 2), key.ndim - 1, key.ndim - 2]
    scores = graph.add("MatMul", scaled, graph.transpose(keys, order))
    if is_causal:
        scores = graph.add(
            "Where", _causal(graph, query, key), scores, _minus_infinity(graph, query)
        )
    elif attn_mask is not None:
        scores = _masked(graph, scores, attn_mask, query)
    weights = graph.add("Softmax", scores, axis=-1)
    if attn_mask is not None:
        # A query that may see no key gets zeros, not the NaN of 0 / 0.
        nothing = graph.number(0, query.dtype)
        weights = graph.add("Where", graph.add("IsNaN", weights), nothing, weights)
    return graph.add("MatMul", weights, values)


def _minus_infinity(graph: Graph, like: Tensor) -> str:
    return graph.number(-inf, like.dtype)


def _masked(graph: Graph, scores: str, mask: Tensor, like: Tensor) -> str:
    """Add a mask of numbers, or keep the scores where a mask of bools is True."""
    if mask.dtype is ops.bool:
        return graph.add("Where", mask, scores, _minus_infinity(graph, like))
    return graph.add("Add", scores, graph.cast(mask, like.dtype))


def _causal(graph: Graph, query: Tensor, key: Tensor) -> str:
    """Return the mask with which a query sees no later key: True in the lower triangle."""
    sizes = query.shape[-2], key.shape[-2]
    ones = graph.expand(graph.number(1, ops.float32), (), sizes)
    return graph.convert(graph.add("Trilu", ones, upper=0), ops.bool)


def _repeated_heads(graph: Graph, x: Tensor, heads: int) -> str:
    """Repeat the heads of keys or values, the third last dimension, to `heads`."""
    if not heads or x.shape[-3] == heads:
        return graph.name(x)
    shape, times = x.shape, heads // x.shape[-3]
    apart = (*shape[:-2], 1, *shape[-2:])
    wide = (*shape[:-2], times, *shape[-2:])
    name = graph.expand(graph.unsqueeze(x, x.ndim - 2), apart, wide)
    return graph.reshape(name, wide, (*shape[:-3], heads, *shape[-2:]))
