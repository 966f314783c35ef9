"""Attention: means of values, weighed by how well keys answer queries."""

from __future__ import annotations

from math import inf, sqrt

from minitorch_autograd import Tensor, no_grad, rand, record, where, zeros

from .._blocks import by_blocks
from .._extensions import creation, graphs, indexing, shaping
from ._dropout import check_probability


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
        dropout_p: the probability by which weights are dropped, always.
        is_causal: whether a query sees only keys that are not behind it, from the first on.
        scale: ``1 / sqrt(E)`` unless told.
        enable_gqa: whether keys and values have fewer heads (the third last dimension), each of
            which is for several queries.

    Returns:
        (..., L, E_v); zeros for a query that sees nothing.

    Raises:
        RuntimeError: if the shapes don't fit, or both a mask and `is_causal` are given.

    Gradient, with the weights P, ``u = P (g v^T - sum(g v^T P))``: of the query ``u k scale``, of
    the key ``u^T q scale``, of the value ``P^T g``, of the mask u.

    Source: Vaswani et al., "Attention Is All You Need", 2017, equation 1;
    https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.scaled_dot_product_attention.html
    """
    if min(len(query.shape), len(key.shape), len(value.shape)) < 2:
        raise RuntimeError(
            "scaled_dot_product_attention: Expected query, key, and value to all be  at least 2 "
            f"dimensional, but got query.dim: {len(query.shape)} key.dim: {len(key.shape)} and "
            f"value.dim: {len(value.shape)} instead."
        )
    if attn_mask is not None and is_causal:
        raise RuntimeError(
            "scaled_dot_product_attention: Explicit attn_mask should not be set when is_causal=True"
        )
    check_probability(dropout_p)
    if enable_gqa:
        times = query.shape[-3] // max(key.shape[-3], 1)
        if times * key.shape[-3] != query.shape[-3]:
            raise RuntimeError(
                "scaled_dot_product_attention: Number of heads in key and value must divide the "
                f"number of heads in query, got {key.shape[-3]} and {query.shape[-3]}"
            )
        key, value = (_repeated(one, times) for one in (key, value))
    mask = _causal(query, key) if is_causal else attn_mask
    if mask is not None and not mask.dtype.is_floating_point:
        mask = _additive(mask, query)
    q = query * (1 / sqrt(max(query.shape[-1], 1)) if scale is None else scale)
    keep = None
    if dropout_p:
        with no_grad():
            kept = rand(_scores(q, key).shape, dtype=query.dtype) > dropout_p
            keep = kept.to(query.dtype) * (1 / (1 - dropout_p) if dropout_p < 1 else 0.0)
    return _attend(q, key, value, mask, keep)


def _attend(q: Tensor, k: Tensor, v: Tensor, mask: Tensor | None, keep: Tensor | None) -> Tensor:
    """Return ``(softmax(q k^T + mask) keep) v``, fused.

    The scores are laid out by key and query, (..., S, L): sums over keys then run along rows of
    memory, which NumPy does several times faster than sums within rows.
    """
    with no_grad():
        weights = _weights(q, k, mask)
        kept = weights if keep is None else weights * _turned(keep)
        value = _turned(kept) @ v

    def scores_back(g: Tensor) -> Tensor:
        """Return u^T, (..., S, L)."""
        inner = v @ _turned(g)
        inner = inner if keep is None else inner * _turned(keep)
        u = zeros(weights.shape, dtype=g.dtype)
        by_blocks(_softmax_back, _flat(inner), _flat(weights), _flat(u))
        return u

    found: list[tuple[Tensor, Tensor]] = []  # g, and u^T of it, for three rules

    def back(g: Tensor) -> Tensor:
        if not found or found[0][0] is not g:
            found[:] = [(g, scores_back(g))]
        return found[0][1]

    def of_query(g: Tensor) -> Tensor:
        if graphs.is_grad_enabled():
            return _plain_back(g, q, k, v, mask, keep) @ k
        return _turned(back(g)) @ k

    def of_key(g: Tensor) -> Tensor:
        if graphs.is_grad_enabled():
            return _turned(_plain_back(g, q, k, v, mask, keep)) @ q
        return back(g) @ q

    def of_value(g: Tensor) -> Tensor:
        if graphs.is_grad_enabled():
            plain = _plain(q, k, mask)
            return _turned(plain if keep is None else plain * keep) @ g
        return kept @ g

    def of_mask(g: Tensor) -> Tensor:
        if graphs.is_grad_enabled():
            return _plain_back(g, q, k, v, mask, keep)
        return _turned(back(g))

    edges = [(q, of_query), (k, of_key), (v, of_value)]
    if mask is not None:
        edges.append((mask, of_mask))
    return record("ScaledDotProductAttentionBackward0", value, *edges)


def _weights(q: Tensor, k: Tensor, mask: Tensor | None) -> Tensor:
    """Return the weights by key and query, (..., S, L)."""
    scores = k @ _turned(q)
    if mask is not None:
        scores = scores + _turned(mask)
    weights = zeros(scores.shape, dtype=scores.dtype)
    by_blocks(_softmax_by_key, _flat(scores), _flat(weights))
    return weights


def _softmax_by_key(scores: Tensor, weights: Tensor) -> None:
    largest = scores.amax(1, keepdim=True)
    # A query that sees nothing has -inf for its largest score, and a sum of 0.
    largest = where(largest == -inf, 0.0, largest)
    exponentials = (scores - largest).exp()
    sums = exponentials.sum(1, keepdim=True)
    weights.copy_(exponentials / where(sums == 0, 1.0, sums))


def _softmax_back(inner: Tensor, weights: Tensor, u: Tensor) -> None:
    product = inner * weights
    u.copy_(product - weights * product.sum(1, keepdim=True))


def _plain(q: Tensor, k: Tensor, mask: Tensor | None) -> Tensor:
    """Return the weights by query and key, recorded."""
    scores = _scores(q, k)
    scores = scores if mask is None else scores + mask
    largest = scores.detach().amax(-1, keepdim=True)
    exponentials = (scores - where(largest == -inf, 0.0, largest)).exp()
    sums = exponentials.sum(-1, keepdim=True)
    return exponentials / where(sums == 0, 1.0, sums)


def _plain_back(
    g: Tensor, q: Tensor, k: Tensor, v: Tensor, mask: Tensor | None, keep: Tensor | None
) -> Tensor:
    """Return u by query and key, recorded."""
    weights = _plain(q, k, mask)
    inner = g @ _turned(v)
    product = (inner if keep is None else inner * keep) * weights
    return product - weights * product.sum(-1, keepdim=True)


def _scores(q: Tensor, k: Tensor) -> Tensor:
    return q @ _turned(k)


def _turned(x: Tensor) -> Tensor:
    return shaping.transpose(x, -2, -1)


def _flat(x: Tensor) -> Tensor:
    """See (..., S, L) as (heads, S, L)."""
    heads = 1
    for n in x.shape[:-2]:
        heads *= n
    return x.reshape((heads, *x.shape[-2:]))


def _repeated(x: Tensor, times: int) -> Tensor:
    """Repeat each head, (..., H, S, E), so often."""
    shape = x.shape
    wide = shaping.broadcast_to(x.unsqueeze(-3), (*shape[:-2], times, *shape[-2:]))
    return wide.reshape((*shape[:-3], shape[-3] * times, *shape[-2:]))


def _causal(query: Tensor, key: Tensor) -> Tensor:
    """Return which keys each query sees: none behind it."""
    with no_grad():
        seen = creation.ones((query.shape[-2], key.shape[-2]), dtype=query.dtype)
        return shaping.tril(seen) > 0


def _additive(mask: Tensor, like: Tensor) -> Tensor:
    """Return numbers to add to scores, of bools of which the True ones take part."""
    with no_grad():
        nothing = zeros(mask.shape, dtype=like.dtype)
        return indexing.masked_fill(nothing, mask == 0, -inf)
