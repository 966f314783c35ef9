"""What weights are divided by: the lengths of their parts, and their largest singular value."""

from __future__ import annotations

from math import prod

from minitorch_autograd import Tensor, dtype, zeros

from ..common.extensions import elementwise, reductions, shaping


def norm_except(v: Tensor, dim: int) -> Tensor:
    """Return the Euclidean norms over all dimensions but one, which get size 1; of -1, the norm."""
    squares = elementwise.square(v)
    if dim == -1:
        return elementwise.sqrt(squares.sum())
    dims = tuple(d for d in range(len(v.shape)) if d != dim % len(v.shape))
    return elementwise.sqrt(reductions.sum(squares, dims, keepdim=True))


def directed(g: Tensor, v: Tensor, dim: int) -> Tensor:
    """Return ``g v / |v|``."""
    return v * (g / norm_except(v, dim))


def as_matrix(weight: Tensor, dim: int) -> Tensor:
    """Return a weight as a matrix whose rows are the indices of `dim`."""
    order = (dim, *(d for d in range(len(weight.shape)) if d != dim))
    weight = shaping.permute(weight, order) if dim else weight
    return weight.reshape((weight.shape[0], prod(weight.shape[1:])))


def unit(x: Tensor, eps: float) -> Tensor:
    """Return ``x / max(|x|, eps)``."""
    return x / elementwise.clamp(elementwise.sqrt((x * x).sum()), min=eps)


def drawn_unit(size: int, eps: float, dtype: dtype) -> Tensor:
    """Return a random direction."""
    return unit(zeros((size,), dtype=dtype).normal_(), eps)
