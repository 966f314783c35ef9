"""`linalg.matrix_norm`, and `linalg.norm`, which takes vectors or matrices."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from typing import TYPE_CHECKING

from ...arguments.operands import unwrap
from ...arguments.shapes import wrap_dim
from ..core.elementwise import abs
from .svd_and_eigh import svdvals
from .vector_norms import vector_norm

if TYPE_CHECKING:
    from minitorch_tensor import dtype

    from ...engine.value import Tensor

NAME = "linalg.matrix_norm"


def matrix_norm(
    input: Tensor,
    ord: float | str = "fro",
    dim: Sequence[int] = (-2, -1),
    keepdim: bool = False,
    *,
    dtype: dtype | None = None,
) -> Tensor:
    """Compute the norm of matrices.

    Args:
        input: floats, of at least two dimensions.
        ord: "fro", the root of the sum of squares; "nuc", the sum of the singular values; 2 or -2,
            the largest or the smallest of these; 1 or -1, the largest or smallest sum of ``|A|``
            down a column; inf or -inf, along a row.
        dim: the dimensions of the matrices: down a column, and along a row.
        keepdim: whether both stay, of size 1.
        dtype: the floating type to cast to first.
    """
    x = unwrap(input)
    if not x.dtype.is_floating_point:
        raise RuntimeError(
            f"{NAME}: Expected a floating point or complex tensor as input. Got {x.dtype}"
        )
    if dtype is not None and not dtype.is_floating_point:
        raise RuntimeError(f"{NAME}: dtype should be floating point or complex, but got {dtype}")
    if len(x.shape) < 2:
        raise RuntimeError(f"{NAME}: The input tensor A must have at least 2 dimensions: {x.shape}")
    if ord not in ("fro", "nuc", 1, -1, 2, -2, inf, -inf):
        raise RuntimeError(f"{NAME}: Order {ord} not supported.")
    if isinstance(dim, int) or len(dim) != 2:
        raise RuntimeError(f"{NAME}: dim must be a 2-tuple. Got {dim}")
    row, column = (wrap_dim(d, len(x.shape)) for d in dim)
    if row == column:
        raise RuntimeError(f"{NAME}: dims must be different. Got {dim}")
    if dtype is not None and dtype is not x.dtype:
        input = input.to(dtype)
    if ord == "fro":
        return vector_norm(input, 2, (row, column), keepdim)
    kept = tuple(1 if d in (row, column) else n for d, n in enumerate(x.shape))
    front = tuple(d for d in range(len(x.shape)) if d not in (row, column))
    matrices = input.permute((*front, row, column))
    if ord in ("nuc", 2, -2):
        values = svdvals(matrices)
    else:
        values = abs(matrices).sum(-2 if ord in (1, -1) else -1)
    if ord == "nuc" or (not values.shape[-1] and ord in (1, 2, inf)):
        norm = values.sum(-1)  # 0 if there are no elements
    else:
        norm = values.amax(-1) if ord in (1, 2, inf) else values.amin(-1)
    return norm.reshape(kept) if keepdim else norm


def norm(
    input: Tensor,
    ord: float | str | None = None,
    dim: int | Sequence[int] | None = None,
    keepdim: bool = False,
    *,
    dtype: dtype | None = None,
) -> Tensor:
    """Compute the norm of vectors or matrices.

    Args:
        input: floats, of any shape.
        ord: the order of `matrix_norm` if there are two dimensions, else of `vector_norm`; None for
            the root of the sum of squares.
        dim: one dimension or two; None if the input is one vector or matrix. Without `ord`, None is
            for all dimensions.
        keepdim: whether these stay, of size 1.
        dtype: the floating type to cast to first.
    """
    ndim = len(unwrap(input).shape)
    if dim is None:
        if ord is None:
            return vector_norm(input, 2, None, keepdim, dtype=dtype)
        if ndim not in (1, 2):
            raise RuntimeError(
                "linalg.norm: If dim is not specified but ord is, the input must be 1D or 2D. "
                f"Got {ndim}D."
            )
    dims = range(ndim) if dim is None else (dim,) if isinstance(dim, int) else dim
    if len(dims) not in (1, 2):
        raise RuntimeError(
            f"linalg.norm: If dim is specified, it must be of length 1 or 2. Got {list(dims)}"
        )
    if isinstance(ord, str) or (ord is not None and len(dims) == 2):
        return matrix_norm(input, ord, tuple(dims), keepdim, dtype=dtype)
    return vector_norm(input, 2 if ord is None else ord, tuple(dims), keepdim, dtype=dtype)
