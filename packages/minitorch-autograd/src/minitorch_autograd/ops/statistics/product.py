"""The product of elements, and its derivative, which is made of running products."""

from __future__ import annotations

from typing import TYPE_CHECKING

import minitorch_tensor as below

from ...arguments.extensions import scans
from ...arguments.operands import unwrap
from ...arguments.shapes import wrap_dims
from ...engine.graph import record_with_output
from ...engine.value import wrap
from ..core.casts import cast_for
from ..core.reductions import spread
from ..shapes.joining import cat
from .cumulative import cumprod

if TYPE_CHECKING:
    from minitorch_tensor import dtype as DType

    from ...engine.value import Tensor

__all__ = ["prod"]


def prod(
    input: Tensor, dim: int | None = None, keepdim: bool = False, *, dtype: DType | None = None
) -> Tensor:
    """Multiply all elements, or those along `dim`; integers give int64. The product of none is 1.

    Gradient: the product of the other elements, also if some are 0.
    """
    if dtype is not None:
        return prod(cast_for("prod", input, dtype), dim, keepdim).to(dtype)
    shape = unwrap(input).shape
    if not (dim is None or isinstance(dim, int)):
        raise TypeError(f"prod(): argument 'dim' must be int, not {type(dim).__name__}")
    dims = wrap_dims(dim, len(shape))
    return record_with_output(
        "ProdBackward0" if dim is None else "ProdBackward1",
        wrap(scans.prod(input._raw, dims, keepdim)),
        (input, lambda g, y: spread(g, shape, dims) * _others(input, dims, y)),
    )


def _others(x: Tensor, dims: tuple[int, ...], y: Tensor) -> Tensor:
    """Return for each element the product of the others that it is multiplied with."""
    zeros = (x._raw == 0).sum(tuple(range(x.ndim)))
    if not zeros.item():
        return spread(y, x.shape, dims) / x
    # The product of those before the element, times the product of those behind it.
    shape = x.shape
    line = x.reshape(-1) if len(dims) > 1 else x.movedim(dims[0], -1) if dims else x.reshape(1)
    ones = wrap(below.full((*line.shape[:-1], 1), 1, x.dtype))
    left = cumprod(cat([ones, line[..., :-1]], -1), -1)
    right = cumprod(cat([ones, line[..., 1:].flip(-1)], -1), -1).flip(-1)
    others = left * right
    return others.movedim(-1, dims[0]) if len(dims) == 1 else others.reshape(shape)
