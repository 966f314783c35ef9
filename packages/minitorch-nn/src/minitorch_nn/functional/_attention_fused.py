"""The operation within attention, fused, with its derivatives."""

from __future__ import annotations

from math import inf

from minitorch_autograd import Tensor, no_grad, record, where

from .._blocks import by_blocks
from .._extensions import graphs, shaping


def attend(q: Tensor, k: Tensor, v: Tensor, mask: Tensor | None, keep: Tensor | None) -> Tensor:
    """Return ``(softmax(q k^T + mask) keep) v``.

    Args:
        q: (..., L, E)
        k: (..., S, E)
        v: (..., S, E_v)
        mask: broadcast to (..., L, S)
        keep: (..., L, S), what the weights are multiplied by: dropout.

    With the weights P, the gradient of the scores is ``u = P (w - sum(w P))``, ``w = g v^T keep``.
    From it come those of the query ``u k``, of the key ``u^T q`` and of the mask, u; that of the
    value is ``(P keep)^T g``.

    The scores are laid out by key and query, (..., S, L): sums over keys then run along rows of
    memory, which NumPy does several times faster than sums within rows.
    """
    with no_grad():
        weights = _weights(q, k, mask)
        kept = weights if keep is None else weights * turned(keep)
        value = turned(kept) @ v

    found: list[tuple[Tensor, Tensor]] = []  # g, and u of it, for three rules

    def of_scores(g: Tensor) -> Tensor:
        if graphs.is_grad_enabled():
            return _recorded_gradient(g, q, k, v, mask, keep)
        if not found or found[0][0] is not g:
            found[:] = [(g, _gradient(g, v, weights, keep))]
        return found[0][1]

    def of_value(g: Tensor) -> Tensor:
        if graphs.is_grad_enabled():
            recorded = _recorded_weights(q, k, mask)
            return turned(recorded if keep is None else recorded * keep) @ g
        return kept @ g

    edges = [
        (q, lambda g: of_scores(g) @ k),
        (k, lambda g: turned(of_scores(g)) @ q),
        (v, of_value),
    ]
    if mask is not None:
        edges.append((mask, of_scores))
    return record("ScaledDotProductAttentionBackward0", value, *edges)


def turned(x: Tensor) -> Tensor:
    """Swap the last two dimensions."""
    return shaping.transpose(x, -2, -1)


def _weights(q: Tensor, k: Tensor, mask: Tensor | None) -> Tensor:
    """Return the weights by key and query, (..., S, L)."""
    scores = k @ turned(q)
    if mask is not None:
        scores = scores + turned(mask)
    if 0 not in scores.shape:  # there is no largest of no keys
        by_blocks(_softmax_by_key, _flat(scores))
    return scores


def _softmax_by_key(scores: Tensor) -> None:
    """Write the weights over their scores."""
    largest = scores.amax(1, keepdim=True)
    # A query that sees nothing has -inf for its largest score, and a sum of 0.
    largest = where(largest == -inf, 0.0, largest)
    exponentials = (scores - largest).exp()
    sums = exponentials.sum(1, keepdim=True)
    scores.copy_(exponentials / where(sums == 0, 1.0, sums))


def _gradient(g: Tensor, v: Tensor, weights: Tensor, keep: Tensor | None) -> Tensor:
    """Return u, of weights by key and query."""
    inner = v @ turned(g)
    inner = inner if keep is None else inner * turned(keep)
    by_blocks(_softmax_back, _flat(inner), _flat(weights))
    return turned(inner)


def _softmax_back(inner: Tensor, weights: Tensor) -> None:
    """Write u over what it is made of."""
    product = inner * weights
    inner.copy_(product - weights * product.sum(1, keepdim=True))


def _recorded_weights(q: Tensor, k: Tensor, mask: Tensor | None) -> Tensor:
    """Return the weights by query and key, in operations that have derivatives."""
    scores = q @ turned(k)
    scores = scores if mask is None else scores + mask
    if 0 in scores.shape:
        return scores
    largest = scores.detach().amax(-1, keepdim=True)
    exponentials = (scores - where(largest == -inf, 0.0, largest)).exp()
    sums = exponentials.sum(-1, keepdim=True)
    return exponentials / where(sums == 0, 1.0, sums)


def _recorded_gradient(
    g: Tensor, q: Tensor, k: Tensor, v: Tensor, mask: Tensor | None, keep: Tensor | None
) -> Tensor:
    """Return u, in operations that have derivatives."""
    weights = _recorded_weights(q, k, mask)
    inner = g @ turned(v)
    product = (inner if keep is None else inner * keep) * weights
    return product - weights * product.sum(-1, keepdim=True)


def _flat(x: Tensor) -> Tensor:
    """See (..., S, L) as (heads, S, L)."""
    heads = 1
    for n in x.shape[:-2]:
        heads *= n
    return x.reshape((heads, *x.shape[-2:]))
