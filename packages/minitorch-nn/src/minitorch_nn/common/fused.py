"""Running the programs of fused operations: in blocks if the layer below can, else at once."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from math import prod

import minitorch_autograd as below
from minitorch_autograd import Tensor, dtype, empty_like, no_grad, zeros

from .extensions import types


def at_once(program: Callable[..., object], /, *tensors: Tensor) -> None:
    """Call `program` once, unrecorded, with all of the tensors."""
    with no_grad():
        program(*tensors)


# Without the extension "blocks" the programs run all the same: a small autograd is enough.
by_blocks: Callable[..., None] = getattr(below, "by_blocks", at_once)


float16: dtype | None = getattr(below, "float16", None)


def in_float32(function: Callable[..., Tensor], /, *args: object, **options: object) -> Tensor:
    """Call `function` with float16 tensors as float32, whose sums don't overflow; return float16.

    The gradients are summed in float32 as well, and cast once.
    """
    wide = [
        x.to(types.float32) if isinstance(x, Tensor) and x.dtype is float16 else x for x in args
    ]
    return function(*wide, **options).to(types.float16)


def unwritten(x: Tensor) -> Tensor:
    """Make a tensor of the shape and type of `x`, to be written over.

    Its elements lie in memory one after the other, whatever those of `x` do.
    """
    return empty_like(x.reshape((prod(x.shape),))).reshape(x.shape)


def sum_rows(x: Tensor) -> Tensor:
    """Return the sums (R, 1) of the rows of `x` (R, n), as a product with ones.

    BLAS adds in a third of the time that a reduction along rows takes.
    """
    return x @ _ones(x.shape[1], x.dtype)


def dots(x: Tensor, y: Tensor) -> Tensor:
    """Return the sums (R, 1) of the rows of ``x y``, both (R, n), without the products."""
    return (x.unsqueeze(1) @ y.unsqueeze(2)).squeeze(2)


@lru_cache(maxsize=64)
def _ones(n: int, dtype: dtype) -> Tensor:
    with no_grad():
        return zeros((n, 1), dtype=dtype) + 1.0
