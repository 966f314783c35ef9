"""Attention: means of values, weighed by how well keys answer queries."""

from __future__ import annotations

from math import sqrt

from minitorch_autograd import Tensor, zeros

from ..common.extensions import shaping, types
from ..common.fused import float16, in_float32
from ..dropout.functional import noise
from .kernels import attend, common_lead
from .masks import causal_mask, hidden, is_truth

__all__ = ["scaled_dot_product_attention"]


def scaled_dot_product_attention(
    query: Tensor,
    key: Tensor,
    value: Tensor,
    attn_mask: Tensor | None = None,
    dropout_p: float = 0.0,
    is_causal: bool = False,
    scale: float | None = None,
    enable_gqa: bool = False,
) -> Tensor:
    """Return ``softmax(q k^T scale + mask) v``.

    Args:
        query: (..., L, E)
        key: (..., S, E)
        value: (..., S, E_v)
        attn_mask: broadcast to (..., L, S): numbers that are added to the scores, or bools of
            which the True ones take part.
        dropout_p: the probability by which weights are dropped, always; none below 0.
        is_causal: whether a query sees only keys that are not behind it, from the first on.
        scale: ``1 / sqrt(E)`` by default.
        enable_gqa: whether keys and values may have fewer heads (the third last dimension), each
            of which is for several queries.

    Returns:
        (..., L, E_v); zeros for a query that sees nothing.

    Raises:
        RuntimeError: if the shapes or types don't fit, if both a mask and `is_causal` are given, or
            if `dropout_p` is outside [0, 1].
        IndexError: if there is no dimension of heads to group.

    Gradient, with the weights P, ``u = P (g v^T - sum(g v^T P))``: of the query ``u k scale``, of
    the key ``u^T q scale``, of the value ``P^T g``, of the mask u.

    Source: Vaswani et al., "Attention Is All You Need", 2017, equation 1
    """
    _check(query, key, value)
    if attn_mask is not None:
        _check_mask(attn_mask, query, is_causal)
    if dropout_p > 1:
        raise RuntimeError(f"dropout probability has to be between 0 and 1, but got {dropout_p}")
    if enable_gqa:
        key, value = _for_each_query(query, key, value)
    if query.dtype is float16:
        options = (dropout_p, is_causal, scale)
        return in_float32(scaled_dot_product_attention, query, key, value, attn_mask, *options)
    q = query * (1 / sqrt(max(query.shape[-1], 1)) if scale is None else scale)
    mask = causal_mask(query, key) if is_causal else _added(attn_mask, query)
    return attend(q, key, value, mask, _kept(q, key, dropout_p) if dropout_p > 0 else None)


def _check(query: Tensor, key: Tensor, value: Tensor) -> None:
    if min(len(query.shape), len(key.shape), len(value.shape)) < 2:
        raise RuntimeError(
            "scaled_dot_product_attention: Expected query, key, and value to all be  at least 2 "
            f"dimensional, but got query.dim: {len(query.shape)} key.dim: {len(key.shape)} and "
            f"value.dim: {len(value.shape)} instead."
        )
    if not query.dtype is key.dtype is value.dtype:
        raise RuntimeError(
            "scaled_dot_product_attention: Expected query, key, and value to have the same dtype, "
            f"but got query.dtype: {query.dtype} key.dtype: {key.dtype} and "
            f"value.dtype: {value.dtype} instead."
        )
    (queries, features), (keys, others), (values, found) = (
        one.shape[-2:] for one in (query, key, value)
    )
    if features != others:
        sizes, wanted = (
            f"{queries}x{features} and {others}x{keys}",
            "as many features of query and key",
        )
    elif keys != values:
        sizes, wanted = f"{queries}x{keys} and {values}x{found}", "as many values as keys"
    else:
        return
    raise RuntimeError(
        "scaled_dot_product_attention: mat1 and mat2 shapes cannot be multiplied "
        f"({sizes}): expected {wanted}"
    )


def _check_mask(mask: Tensor, query: Tensor, is_causal: bool) -> None:
    if not is_truth(mask) and mask.dtype not in (types.float32, query.dtype):
        raise RuntimeError(
            "scaled_dot_product_attention: Expected attn_mask dtype to be bool or float or to "
            f"match query dtype, but got attn_mask.dtype: {mask.dtype} and "
            f"query.dtype: {query.dtype} instead."
        )
    if is_causal:
        raise RuntimeError(
            "scaled_dot_product_attention: Explicit attn_mask should not be set when is_causal=True"
        )


def _for_each_query(query: Tensor, *grouped: Tensor) -> list[Tensor]:
    """Repeat the heads of tensors (..., H, S, E) until each head of the query has its own."""
    for one in (query, *grouped):
        if len(one.shape) < 3:
            raise IndexError(
                "scaled_dot_product_attention: Dimension out of range (expected to be in range of "
                f"[-2, 1], but got -3): there are no heads to group in the shape {one.shape}"
            )
    heads = query.shape[-3]
    for one in grouped:
        if one.shape[-3] == 0 or heads % one.shape[-3]:
            raise RuntimeError(
                "scaled_dot_product_attention: Number of heads in key and value must divide the "
                f"number of heads in query, got {one.shape[-3]} and {heads}"
            )
    return [_repeated(one, heads // one.shape[-3]) for one in grouped]


def _repeated(x: Tensor, times: int) -> Tensor:
    """Repeat each head, (..., H, S, E), so often."""
    shape = x.shape
    wide = shaping.broadcast_to(x.unsqueeze(-3), (*shape[:-2], times, *shape[-2:]))
    return wide.reshape((*shape[:-3], shape[-3] * times, *shape[-2:]))


def _added(mask: Tensor | None, query: Tensor) -> Tensor | None:
    """Return a mask, of which the True ones take part, as numbers to add to scores."""
    if mask is None:
        return None
    mask = hidden(mask == 0, query) if is_truth(mask) else mask.to(query.dtype)
    while len(mask.shape) < 2:
        mask = mask.unsqueeze(0)
    return mask


def _kept(q: Tensor, key: Tensor, p: float) -> Tensor:
    """Draw what weights are multiplied by: 0 with probability `p`, else ``1 / (1 - p)``."""
    weights = zeros((*common_lead([q, key]), q.shape[-2], key.shape[-2]), dtype=q.dtype)
    return noise(weights, p) if p < 1 else weights
