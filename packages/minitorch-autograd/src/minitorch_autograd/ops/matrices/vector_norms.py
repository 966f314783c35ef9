"""`linalg.vector_norm`, and the p-norm and its derivative, which other norms and distances use.

Where a norm has a kink, the gradient is torch's: 0 at the zero vector, and shared equally by the
elements that tie for the largest or the smallest.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import inf, log
from typing import TYPE_CHECKING

import minitorch_tensor as below

from ...arguments.operands import unwrap
from ...arguments.shapes import wrap_dims
from ...engine.graph import record_with_output
from ...engine.value import wrap
from ..core.elementwise import abs, signs, where

if TYPE_CHECKING:
    from minitorch_tensor import Tensor as Raw
    from minitorch_tensor import dtype

    from ...engine.value import Tensor


def vector_norm(
    input: Tensor,
    ord: float = 2,
    dim: int | Sequence[int] | None = None,
    keepdim: bool = False,
    *,
    dtype: dtype | None = None,
) -> Tensor:
    """Compute the norm of vectors, ``(sum |x|^p)^(1/p)`` for p = `ord`.

    Args:
        input: floats, of any shape.
        ord: p; inf and -inf are the largest and the smallest ``|x|``, 0 the number that are not 0.
        dim: the dimensions that make up a vector; None for all of them.
        keepdim: whether these stay, of size 1.
        dtype: the floating type to cast to first.

    Raises:
        RuntimeError: if the elements are not floats, or there is none to be the largest.

    Gradient: ``sign(x) |x|^(p-1) / norm^(p-1)``; 0 at the zero vector, and for `ord` 0; for inf and
    -inf the sign, shared equally among those that tie.
    """
    x = unwrap(input)
    if not x.dtype.is_floating_point:
        raise RuntimeError(
            "linalg.vector_norm: Expected a floating point or complex tensor as input, "
            f"got {x.dtype}; cast it first, as in x.to(torch.float32)"
        )
    if dtype is not None and not dtype.is_floating_point:
        raise RuntimeError(
            f"linalg.vector_norm: dtype should be floating point or complex, but got {dtype}"
        )
    if dtype is not None and dtype is not x.dtype:
        input = input.to(dtype)
    p, shape = ord, x.shape
    dims = wrap_dims(dim, len(shape))
    if (p < 0 or p == inf) and not all(shape[d] for d in dims):
        raise RuntimeError(
            f"linalg.vector_norm cannot compute the {p} norm on an empty tensor because the "
            f"operation does not have an identity: the shape is {shape}"
        )
    kept = tuple(1 if d in dims else n for d, n in enumerate(shape))
    return record_with_output(
        "LinalgVectorNormBackward0",
        wrap(norm_value(input._raw, p, dims, keepdim)),
        (input, lambda g, y: norm_derivative(input, p, dims, y.reshape(kept)) * g.reshape(kept)),
    )


def norm_value(x: Raw, p: float, dims: tuple[int, ...], keepdim: bool = False) -> Raw:
    """Return the norm of order `p` over `dims`."""
    if x.dtype is below.float16:
        # Squares may overflow float16.
        return norm_value(x.to(below.float32), p, dims, keepdim).to(below.float16)
    if not x.shape:
        return (x != 0).to(x.dtype) if p == 0 else below.abs(x)
    if p == 0:
        return (x != 0).to(x.dtype).sum(dims, keepdim)
    if p == 1:
        return below.abs(x).sum(dims, keepdim)
    if p == inf:
        return below.abs(x).amax(dims, keepdim)
    if p == -inf:
        return below.abs(x).amin(dims, keepdim)
    total = _powers(x, p).sum(dims, keepdim)
    if 0 in x.shape or in_range(total):
        return _root(total, p)
    scale = scale_of(x, dims)
    return _root(_powers(x / scale, p).sum(dims, keepdim), p) * scale.view(total.shape)


def _powers(x: Raw, p: float) -> Raw:
    return x * x if p == 2 else below.abs(x) ** p


def _root(total: Raw, p: float) -> Raw:
    return below.sqrt(total) if p == 2 else total ** (1 / p)


def in_range(total: Raw) -> bool:
    """Return whether no sum of powers has overflowed, or is so small that digits were lost."""
    least = 1e-290 if total.dtype is below.float64 else 1e-30
    if not total.shape:
        return least <= total.item() < inf
    every = tuple(range(len(total.shape)))
    return least <= total.amin(every).item() and total.amax(every).item() < inf


def scale_of(x: Raw, dims: tuple[int, ...]) -> Raw:
    """Return a power of two near the largest ``|x|``: dividing by it does not round.

    It is 1 where all are 0, or one is not finite. The reduced dimensions stay, of size 1.
    """
    largest = below.abs(x).amax(dims, True)
    largest = below.where((largest > 0) * (largest < inf), largest, 1.0)
    exponent = (below.log(largest) / log(2)).to(below.int64).to(x.dtype)
    return 2.0**exponent


def norm_derivative(x: Tensor, p: float, dims: tuple[int, ...], norm: Tensor) -> Tensor:
    """Return the derivative of the norm by `x`."""
    if p == 0:
        return wrap(below.full(x.shape, 0.0, x.dtype))
    if p == 1:
        return signs(x)
    if p == 2:
        return where(norm == 0, 0.0, x / norm)
    if p in (inf, -inf):
        ties = abs(x.detach()) == norm.detach()
        # If the norm is NaN nothing ties, and the + makes the divisor 1, not 0.
        return signs(x) * ties / (ties.sum(dims, keepdim=True) + (norm != norm))
    # Where x is 0 a power of 1 is computed and not used: one of 0 would make second derivatives
    # NaN. For p < 1 the derivative there is infinite, and left out.
    share = where(x == 0, 1.0, abs(x)) / where(norm == 0, 1.0, norm)
    return where(x == 0, 0.0, signs(x) * share ** (p - 1))
