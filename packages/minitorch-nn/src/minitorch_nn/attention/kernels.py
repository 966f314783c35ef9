"""The operation within attention, fused, with its derivatives.

Theory of operation. The heads of all examples are laid in a row, (heads, L, E), and threads take
some at a time: their scores, their weights, and what these find. So what has a number for each
query and key stays in the cache. Of that only the weights are kept for the way back, which is made
in the same manner, once for the gradients of query, key and value.

Scores and weights are laid out by key and query, (heads, S, L): sums over keys then run along rows
of memory, which NumPy does several times faster than sums within rows.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable, Sequence
from math import inf, prod
from typing import NamedTuple

from minitorch_autograd import Tensor, no_grad, record, where

from ..common.extensions import creation, graphs, shaping
from ..common.fused import by_blocks


class Given(NamedTuple):
    """The inputs of attention: (..., L, E), (..., S, E), (..., S, E_v) and twice (..., L, S)."""

    q: Tensor
    k: Tensor
    v: Tensor
    mask: Tensor | None
    keep: Tensor | None


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
    """
    given = Given(q, k, v, mask, keep)
    with no_grad():
        value, weights = _forward(given)
    walk = _Walk(given, weights)
    edges = [(q, walk.rule(0)), (k, walk.rule(1)), (v, walk.rule(2))]
    if mask is not None:
        edges.append((mask, walk.of_mask))
    return record("ScaledDotProductAttentionBackward0", value, *edges)


def turned(x: Tensor) -> Tensor:
    """Swap the last two dimensions."""
    return shaping.transpose(x, -2, -1)


def _forward(given: Given) -> tuple[Tensor, Tensor]:
    """Return what is found, (..., L, E_v), and the weights by key and query, (heads, S, L)."""
    lead, heads = _in_a_row(given)
    queries, keys, dtype = heads.q.shape[1], heads.k.shape[1], heads.q.dtype
    weights = creation.empty((heads.q.shape[0], keys, queries), dtype=dtype)
    value = creation.empty((*heads.q.shape[:2], heads.v.shape[2]), dtype=dtype)

    def program(value: Tensor, weights: Tensor, heads: Given) -> None:
        scores = heads.k @ turned(heads.q)
        _softmax_by_key(scores if heads.mask is None else scores + turned(heads.mask), weights)
        kept = weights if heads.keep is None else weights * turned(heads.keep)
        value.copy_(turned(kept) @ heads.v)

    _by_heads(program, heads, value, weights)
    return value.reshape((*lead, *value.shape[1:])), weights


def _softmax_by_key(scores: Tensor, weights: Tensor) -> None:
    if 0 in scores.shape:  # there is no largest of no keys
        return
    largest = scores.amax(1, keepdim=True)
    # A query that sees nothing has -inf for its largest score, and a sum of 0.
    exponentials = (scores - where(largest == -inf, 0.0, largest)).exp()
    sums = exponentials.sum(1, keepdim=True)
    weights.copy_(exponentials / where(sums == 0, 1.0, sums))


class _Walk:
    """The way back: once for the gradients of query, key and value."""

    def __init__(self, given: Given, weights: Tensor) -> None:
        self._given = given
        self._weights = weights
        self._gradients: list[Tensor | None] = []  # those that nobody has asked for yet
        # The gradient that they belong to: not to be kept alive, nor unwritten.
        self._of: weakref.ref[Tensor] | None = None

    def rule(self, i: int) -> Callable[[Tensor], Tensor]:
        """Return the rule of the query, the key or the value."""

        def gradient(g: Tensor) -> Tensor:
            if graphs.is_grad_enabled():
                return _recorded(self._given, g, i)
            if self._of is None or self._of() is not g or self._gradients[i] is None:
                self._of = weakref.ref(g)
                self._gradients = [*_back(self._given, self._weights, g)]
            # It is given away, since whoever gets it may write to it.
            found, self._gradients[i] = self._gradients[i], None
            assert found is not None
            return found

        return gradient

    def of_mask(self, g: Tensor) -> Tensor:
        """Return the gradient of the mask: that of the scores."""
        if graphs.is_grad_enabled():
            return _recorded_gradient(self._given, g)
        lead, heads = _in_a_row(self._given)
        found = creation.empty((heads.q.shape[0], *self._weights.shape[1:]), dtype=g.dtype)

        def program(found: Tensor, weights: Tensor, g: Tensor, heads: Given) -> None:
            found.copy_(_of_scores(weights, g, heads))

        _by_heads(program, heads, found, self._weights, _in_heads(g, lead))
        return turned(found).reshape((*lead, *g.shape[-2:-1], found.shape[1]))


def _back(given: Given, weights: Tensor, g: Tensor) -> list[Tensor]:
    """Return the gradients of query, key and value."""
    lead, heads = _in_a_row(given)
    found = [creation.empty(one.shape, dtype=g.dtype) for one in heads[:3]]

    def program(q: Tensor, k: Tensor, v: Tensor, weights: Tensor, g: Tensor, heads: Given) -> None:
        v.copy_((weights if heads.keep is None else weights * turned(heads.keep)) @ g)
        u = _of_scores(weights, g, heads)
        q.copy_(turned(u) @ heads.k)
        k.copy_(u @ heads.q)

    _by_heads(program, heads, *found, weights, _in_heads(g, lead))
    return [one.reshape((*lead, *one.shape[1:])) for one in found]


def _of_scores(weights: Tensor, g: Tensor, heads: Given) -> Tensor:
    """Return u by key and query."""
    u = heads.v @ turned(g)
    if heads.keep is not None:
        u.mul_(turned(heads.keep))
    u.mul_(weights)
    return u.add_(weights * -u.sum(1, keepdim=True))


# --- Heads in a row


def _in_a_row(given: Given) -> tuple[tuple[int, ...], Given]:
    """Reshape inputs (..., m, n) to (heads, m, n); return their common leading dimensions, too."""
    lead = common_lead([one for one in given if one is not None])
    q, k, v = (_in_heads(one, lead) for one in given[:3])
    mask, keep = (None if one is None else _in_heads(one, lead) for one in given[3:])
    return lead, Given(q, k, v, mask, keep)


def common_lead(tensors: Sequence[Tensor]) -> tuple[int, ...]:
    """Return what the leading dimensions of tensors (..., m, n) broadcast to."""
    shapes = [one.shape[:-2] for one in tensors]
    length = max(map(len, shapes))
    sizes = zip(*[(1,) * (length - len(shape)) + shape for shape in shapes], strict=True)
    return tuple(0 if 0 in some else max(some) for some in sizes)


def _in_heads(x: Tensor, lead: tuple[int, ...]) -> Tensor:
    wide = x if x.shape[:-2] == lead else shaping.broadcast_to(x, (*lead, *x.shape[-2:]))
    return wide.reshape((prod(lead), *x.shape[-2:]))


def _by_heads(program: Callable[..., None], heads: Given, *tensors: Tensor) -> None:
    """Call `program` with some heads of `tensors` and of the inputs at a time."""
    names = [name for name, one in heads._asdict().items() if one is not None]

    def run(*parts: Tensor) -> None:
        own = dict(zip(names, parts[len(tensors) :], strict=True))
        program(*parts[: len(tensors)], heads._replace(**own))

    by_blocks(run, *tensors, *[one for one in heads if one is not None])


# --- In operations that have derivatives


def _recorded(given: Given, g: Tensor, i: int) -> Tensor:
    """Return the gradient of the query, the key or the value."""
    if i == 2:
        weights = _recorded_weights(given)
        return turned(weights if given.keep is None else weights * given.keep) @ g
    u = _recorded_gradient(given, g)
    return u @ given.k if i == 0 else turned(u) @ given.q


def _recorded_weights(given: Given) -> Tensor:
    """Return the weights by query and key."""
    scores = given.q @ turned(given.k)
    scores = scores if given.mask is None else scores + given.mask
    if 0 in scores.shape:
        return scores
    largest = scores.detach().amax(-1, keepdim=True)
    exponentials = (scores - where(largest == -inf, 0.0, largest)).exp()
    sums = exponentials.sum(-1, keepdim=True)
    return exponentials / where(sums == 0, 1.0, sums)


def _recorded_gradient(given: Given, g: Tensor) -> Tensor:
    """Return u, by query and key."""
    weights = _recorded_weights(given)
    inner = g @ turned(given.v)
    product = (inner if given.keep is None else inner * given.keep) * weights
    return product - weights * product.sum(-1, keepdim=True)
