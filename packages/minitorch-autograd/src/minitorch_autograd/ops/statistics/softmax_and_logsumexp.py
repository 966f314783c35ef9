"""`logsumexp`, `softmax` and `log_softmax`, each with its derivative."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from typing import TYPE_CHECKING

import minitorch_tensor as below

from ...arguments.operands import unwrap
from ...arguments.shapes import wrap_dims
from ...engine.graph import record_with_output
from ...engine.value import wrap
from ..core.reductions import spread

if TYPE_CHECKING:
    from minitorch_tensor import Tensor as Raw
    from minitorch_tensor import dtype as DType

    from ...engine.value import Tensor

__all__ = ["log_softmax", "logsumexp", "softmax"]


def logsumexp(input: Tensor, dim: int | Sequence[int], keepdim: bool = False) -> Tensor:
    """Compute ``y = log(sum(e^x))`` without overflow; -inf of no elements.

    Gradient: ``e^(x - y)``.
    """
    shape = unwrap(input).shape
    dims = wrap_dims(dim, len(shape))
    if input.dtype is below.float16:
        return logsumexp(input.to(below.float32), dim, keepdim).to(below.float16)
    x = input._raw
    x = x if x.dtype.is_floating_point else x.to(below.get_default_dtype())
    if 0 in (shape[d] for d in dims):
        value = below.log(x.sum(dims, keepdim))
    else:
        largest = x.amax(dims, True)
        shift = below.where(below.abs(largest) == inf, below.full((), 0, x.dtype), largest)
        total = below.exp(x - shift).sum(dims, True)
        value = below.log(total) + shift
        if not keepdim:
            value = value.view(tuple(n for d, n in enumerate(shape) if d not in dims))
    return record_with_output(
        "LogsumexpBackward0",
        wrap(value),
        (input, lambda g, y: spread(g, shape, dims) * (input - spread(y, shape, dims)).exp()),
    )


def softmax(input: Tensor, dim: int, dtype: DType | None = None) -> Tensor:
    """Compute ``y = e^x / sum(e^x)`` along `dim`: positive numbers that sum to 1.

    Gradient: ``y (g - sum(g y))``.

    Raises:
        NotImplementedError: if the elements are not floats; `dtype` casts them first.
    """
    x, dims = _exponents("softmax", input, dim, dtype)
    if x.dtype is below.float16:
        return softmax(x.to(below.float32), dim).to(below.float16)
    value = below.exp(_from_largest(x._raw, dims))
    value /= value.sum(dims, True)

    def rule(g: Tensor, y: Tensor) -> Tensor:
        return y * (g - (g * y).sum(dims, keepdim=True))

    return record_with_output("SoftmaxBackward0", wrap(value), (x, rule))


def log_softmax(input: Tensor, dim: int, dtype: DType | None = None) -> Tensor:
    """Compute ``y = x - log(sum(e^x))``, the logarithm of `softmax`, without its rounding.

    Gradient: ``g - e^y sum(g)``.

    Raises:
        NotImplementedError: if the elements are not floats; `dtype` casts them first.
    """
    x, dims = _exponents("log_softmax", input, dim, dtype)
    if x.dtype is below.float16:
        return log_softmax(x.to(below.float32), dim).to(below.float16)
    shifted = _from_largest(x._raw, dims)
    value = shifted - below.log(below.exp(shifted).sum(dims, True))

    def rule(g: Tensor, y: Tensor) -> Tensor:
        return g - y.exp() * g.sum(dims, keepdim=True)

    return record_with_output("LogSoftmaxBackward0", wrap(value), (x, rule))


def _exponents(
    operation: str, x: Tensor, dim: int, dtype: DType | None
) -> tuple[Tensor, tuple[int, ...]]:
    """Return the input, cast to `dtype` and checked, and the dimension in a tuple."""
    shape = unwrap(x).shape
    if dtype is not None:
        x = x.to(dtype)
    if not x.dtype.is_floating_point:
        raise NotImplementedError(
            f'"{operation}" not implemented for {x.dtype}: cast it, or pass dtype='
        )
    return x, wrap_dims(dim, len(shape))


def _from_largest(x: Raw, dims: tuple[int, ...]) -> Raw:
    """Return `x` minus the largest element along `dims`, so that ``e^x`` does not overflow.

    It is contiguous, as the result of softmax is in torch.
    """
    x = x if x.is_contiguous() else x.clone()
    return x - x.amax(dims, True) if 0 not in x.shape else x
