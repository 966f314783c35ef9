"""Arithmetic, functions of one element, and reductions: each value with the rules beside it.

In a rule, `g` is the gradient of the output. The tape sums what was broadcast and casts, so no
rule mentions it. Rules are differentiable operations, so playing a tape can itself be recorded.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import minitorch_tensor as below

from . import _tensor
from ._movement import axis, expand, reshape, transpose
from ._tape import record, record_with_output

if TYPE_CHECKING:
    from ._tensor import Tensor


def raw(x: Tensor | float) -> below.Tensor | float:
    """Return what the layer below computes with."""
    return x._raw if isinstance(x, _tensor.Tensor) else x


# Arithmetic


def add(x: Tensor, other: Tensor | float, /) -> Tensor:
    value = _tensor.Tensor(x._raw + raw(other))
    return record("AddBackward0", value, (x, lambda g: g), (other, lambda g: g))


def sub(x: Tensor, other: Tensor | float, /) -> Tensor:
    value = _tensor.Tensor(x._raw - raw(other))
    return record("SubBackward0", value, (x, lambda g: g), (other, lambda g: -g))


def mul(x: Tensor, other: Tensor | float, /) -> Tensor:
    value = _tensor.Tensor(x._raw * raw(other))
    return record("MulBackward0", value, (x, lambda g: g * other), (other, lambda g: g * x))


def div(x: Tensor, other: Tensor | float, /) -> Tensor:
    y, value = other, _tensor.Tensor(x._raw / raw(other))
    return record("DivBackward0", value, (x, lambda g: g / y), (y, lambda g: -g * (x / y) / y))


def neg(x: Tensor) -> Tensor:
    return record("NegBackward0", _tensor.Tensor(-x._raw), (x, lambda g: -g))


def matmul(x: Tensor, other: Tensor, /) -> Tensor:
    if len(x.shape) == 1:
        return (x.unsqueeze(0) @ other).squeeze(-1 if len(other.shape) == 1 else -2)
    if len(other.shape) == 1:
        return (x @ other.unsqueeze(1)).squeeze(-1)
    return record(
        "MmBackward0" if len(x.shape) == len(other.shape) == 2 else "BmmBackward0",
        _tensor.Tensor(x._raw @ other._raw),
        (x, lambda g: g @ transpose(other, -2, -1)),
        (other, lambda g: transpose(x, -2, -1) @ g),
    )


# Functions of one element


def exp(x: Tensor) -> Tensor:
    value = _tensor.Tensor(below.exp(x._raw))
    return record_with_output("ExpBackward0", value, (x, lambda g, y: g * y))


def log(x: Tensor) -> Tensor:
    return record("LogBackward0", _tensor.Tensor(below.log(x._raw)), (x, lambda g: g / x))


def sqrt(x: Tensor) -> Tensor:
    value = _tensor.Tensor(below.sqrt(x._raw))
    return record_with_output("SqrtBackward0", value, (x, lambda g, y: g / (y * 2)))


def tanh(x: Tensor) -> Tensor:
    value = _tensor.Tensor(below.tanh(x._raw))
    return record_with_output("TanhBackward0", value, (x, lambda g, y: g * (-(y * y) + 1)))


def sigmoid(x: Tensor) -> Tensor:
    # exp(-|x|) never overflows: 1 / (1 + e^-x) on the right, e^x / (1 + e^x) on the left.
    e = below.exp(-below.abs(x._raw))
    value = _tensor.Tensor(below.where(x._raw < 0, e, 1.0) / (e + 1))
    return record_with_output("SigmoidBackward0", value, (x, lambda g, y: g * y * (-y + 1)))


def relu(x: Tensor) -> Tensor:
    """Take the positive part. Gradient: 0 at 0."""
    value = _tensor.Tensor(below.maximum(x._raw, 0))
    return record("ReluBackward0", value, (x, lambda g: where(x > 0, g, 0.0)))


def maximum(input: Tensor, other: Tensor | float) -> Tensor:
    """Take the larger of each two. Gradient: half to each of a tie."""
    value = _tensor.Tensor(below.maximum(input._raw, raw(other)))

    def rule(g: Tensor, loser: Tensor) -> Tensor:
        return where(loser, 0.0, where(input == other, g / 2, g))

    return record(
        "MaximumBackward0",
        value,
        (input, lambda g: rule(g, input < other)),
        (other, lambda g: rule(g, input > other)),
    )


def where(condition: Tensor, input: Tensor | float, other: Tensor | float) -> Tensor:
    """Return the elements of `input` where `condition` holds, of `other` elsewhere."""
    return record(
        "WhereBackward0",
        _tensor.Tensor(below.where(condition._raw, raw(input), raw(other))),
        (input, lambda g: where(condition, g, 0.0)),
        (other, lambda g: where(condition, 0.0, g)),
    )


# Reductions


def dims_of(x: Tensor, dim: int | None) -> tuple[int, ...]:
    """Return the dimensions to fold: all without `dim`, and none of a 0-d tensor."""
    every = tuple(range(len(x.shape)))
    return every if dim is None else every and (axis(dim, len(every)),)


def unfold(g: Tensor, shape: tuple[int, ...], dims: tuple[int, ...]) -> Tensor:
    """Bring what was folded over `dims` back to `shape`."""
    kept = tuple(1 if dim in dims else size for dim, size in enumerate(shape))
    return expand(g.reshape(kept), shape)


def sum_over(x: Tensor, dims: tuple[int, ...], keepdim: bool, name: str) -> Tensor:
    value = _tensor.Tensor(x._raw.sum(dims, keepdim))
    return record(name, value, (x, lambda g: unfold(g, x.shape, dims)))


def sum(x: Tensor, dim: int | None = None, keepdim: bool = False) -> Tensor:
    return sum_over(x, dims_of(x, dim), keepdim, f"SumBackward{dim is not None:d}")


def mean(x: Tensor, dim: int | None = None, keepdim: bool = False) -> Tensor:
    if not x.dtype.is_floating_point:
        raise RuntimeError(
            "mean(): could not infer output dtype. Input dtype must be either a floating point or "
            f"complex dtype. Got: {x.dtype!r}; cast it first"
        )
    dims = dims_of(x, dim)
    n = math.prod(x.shape[d] for d in dims)
    value = _tensor.Tensor(x._raw.sum(dims, keepdim) / n)
    name = f"MeanBackward{dim is not None:d}"
    return record(name, value, (x, lambda g: unfold(g / n, x.shape, dims)))


def amax(x: Tensor, dim: int, keepdim: bool = False) -> Tensor:
    """Take the largest element along `dim`. Gradient: shared equally among ties."""
    dims = dims_of(x, dim)

    def rule(g: Tensor, y: Tensor) -> Tensor:
        largest = x == unfold(y, x.shape, dims)
        return unfold(g, x.shape, dims) * (largest.to(x.dtype) / largest.sum(dim, keepdim=True))

    value = _tensor.Tensor(x._raw.amax(dims, keepdim))
    return record_with_output("AmaxBackward0", value, (x, rule))


def argmax(x: Tensor, dim: int | None = None, keepdim: bool = False) -> Tensor:
    if dim is not None and x.shape:
        return _tensor.Tensor(x._raw.argmax(axis(dim, len(x.shape)), keepdim))
    first = reshape(x, (-1,))._raw.argmax(0, keepdim)
    return _tensor.Tensor(first.view((1,) * len(x.shape)) if keepdim else first)
