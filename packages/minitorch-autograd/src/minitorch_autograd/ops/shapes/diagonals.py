"""Diagonals and triangles of matrices: `diagonal`, `eye`, `tril`, `triu` and their indices."""

from __future__ import annotations

from typing import TYPE_CHECKING

import minitorch_tensor as below

from ...arguments.extensions import strides
from ...arguments.operands import unwrap
from ...arguments.shapes import refuse_too_large, wrap_dim
from ...engine.graph import record
from ...engine.value import Tensor, wrap
from ...engine.views import record_view
from ..core.creation import leaf_of
from ..core.indexing import add_at, read_at

if TYPE_CHECKING:
    from minitorch_tensor import Tensor as Raw
    from minitorch_tensor import dtype

    from ...arguments.device import device

__all__ = [
    "diag",
    "diag_embed",
    "diagonal",
    "eye",
    "trace",
    "tril",
    "tril_indices",
    "triu",
    "triu_indices",
]


def diagonal(input: Tensor, offset: int = 0, dim1: int = 0, dim2: int = 1) -> Tensor:
    """Return the diagonals of the planes of two dimensions, as a last dimension. A view.

    Args:
        input: the tensor.
        offset: how far above the main diagonal; negative below.
        dim1: the dimension of rows.
        dim2: the dimension of columns.

    Raises:
        NotImplementedError: if the tensor layer has no extension "strides".
    """
    shape = unwrap(input).shape
    i, j = _plane("diagonal", dim1, dim2, len(shape))
    rest = [d for d in range(len(shape)) if d not in (i, j)]
    length = max(0, min(shape[i] + min(offset, 0), shape[j] - max(offset, 0)))
    steps = strides.strides(input._raw)
    start = strides.storage_offset(input._raw)
    if length:
        start += max(offset, 0) * steps[j] - min(offset, 0) * steps[i]
    value = strides.as_strided(
        input._raw,
        (*(shape[d] for d in rest), length),
        (*(steps[d] for d in rest), steps[i] + steps[j]),
        start,
    )
    return record_view(
        "DiagonalBackward0",
        input,
        value,
        lambda x: diagonal(x, offset, dim1, dim2),
        lambda g: _embedded(g, shape, offset, i, j),
    )


def diag_embed(input: Tensor, offset: int = 0, dim1: int = -2, dim2: int = -1) -> Tensor:
    """Make matrices of zeros with the last dimension of `input` on their diagonals."""
    shape = unwrap(input).shape
    if not shape:
        raise IndexError("diag_embed: input must be at least 1-dimensional")
    i, j = _plane("diag_embed", dim1, dim2, len(shape) + 1)
    size = shape[-1] + abs(offset)
    rest = iter(shape[:-1])
    whole = tuple(size if d in (i, j) else next(rest) for d in range(len(shape) + 1))
    refuse_too_large("diag_embed", whole)
    return _embedded(input, whole, offset, i, j)


def _embedded(x: Tensor, shape: tuple[int, ...], offset: int, i: int, j: int) -> Tensor:
    """Return zeros of `shape` with the last dimension of `x` on the diagonal of i and j."""
    steps = below.arange(0, x.shape[-1], 1, below.int64)
    rows, columns = steps + max(-offset, 0), steps + max(offset, 0)
    index: list[slice | Raw] = [slice(None)] * len(shape)
    index[i], index[j] = rows, columns
    # Where the index puts the diagonal: in place of i and j if they are neighbours, else in front.
    at = min(i, j) if abs(i - j) == 1 else 0
    return add_at(x.movedim(-1, at), shape, tuple(index))


def _plane(operation: str, dim1: int, dim2: int, ndim: int) -> tuple[int, int]:
    """Return the two dimensions counted from the left, which must differ."""
    i, j = wrap_dim(dim1, ndim), wrap_dim(dim2, ndim)
    if i == j:
        raise RuntimeError(
            f"{operation}: diagonal dimensions cannot be identical {dim1}, {dim2} "
            f"in a tensor of {ndim} dimensions"
        )
    return i, j


def diag(input: Tensor, diagonal: int = 0) -> Tensor:
    """Make a matrix with a vector on its diagonal; of a matrix, copy the diagonal."""
    ndim = len(unwrap(input).shape)
    if ndim not in (1, 2):
        raise RuntimeError(f"diag(): Supports 1D or 2D tensors. Got {ndim}D")
    if ndim == 1:
        return diag_embed(input, diagonal)
    rows, columns = input.shape
    length = max(0, min(rows + min(diagonal, 0), columns - max(diagonal, 0)))
    steps = below.arange(0, length, 1, below.int64)
    return read_at(input, (steps + max(-diagonal, 0), steps + max(diagonal, 0)))


def trace(input: Tensor) -> Tensor:
    """Sum the diagonal of a matrix."""
    if len(unwrap(input).shape) != 2:
        raise RuntimeError(f"trace: expected a matrix, but got tensor with dim {input.ndim}")
    return diag(input).sum()


def tril(input: Tensor, diagonal: int = 0) -> Tensor:
    """Set the elements of each matrix above a diagonal to 0, even NaN: the lower triangle."""
    return _half("tril", input, diagonal)


def triu(input: Tensor, diagonal: int = 0) -> Tensor:
    """Set the elements of each matrix below a diagonal to 0, even NaN: the upper triangle."""
    return _half("triu", input, diagonal)


def _half(name: str, x: Tensor, diagonal: int) -> Tensor:
    shape = unwrap(x).shape
    if len(shape) < 2:
        raise RuntimeError(f"{name}: input tensor must have at least 2 dimensions, got {shape}")
    rows = below.arange(0, shape[-2], 1, below.int64).view((shape[-2], 1))
    columns = below.arange(0, shape[-1], 1, below.int64) - diagonal
    kept = columns <= rows if name == "tril" else columns >= rows
    value = below.where(kept, x._raw, below.full((), 0, x.dtype))
    return record(
        f"{name.capitalize()}Backward0", wrap(value), (x, lambda g: _half(name, g, diagonal))
    )


def eye(
    n: int,
    m: int | None = None,
    *,
    dtype: dtype | None = None,
    device: device | str | None = None,
    requires_grad: bool = False,
) -> Tensor:
    """Make a matrix of n rows and m columns, by default n: 1 on the diagonal, 0 elsewhere."""
    m = n if m is None else m
    for name, size in (("n", n), ("m", m)):
        if size < 0:
            raise RuntimeError(f"{name} must be greater or equal to 0, got {size}")
    refuse_too_large("eye", (n, m))
    matrix = below.full((n, m), 0, below.get_default_dtype() if dtype is None else dtype)
    diagonal = below.arange(0, min(n, m), 1, below.int64)
    matrix[(diagonal, diagonal)] = 1
    return leaf_of(matrix, requires_grad, device)


def tril_indices(
    row: int,
    col: int,
    offset: int = 0,
    *,
    dtype: dtype | None = None,
    device: device | str | None = None,
) -> Tensor:
    """Return the indices of a lower triangle: (2, count), the rows and below them the columns.

    Args:
        row: the number of rows of the matrix.
        col: the number of columns.
        offset: the last diagonal of the triangle: 0 is the main one, 1 the one above it.
        dtype: int32 or, by default, int64.
        device: the CPU.

    >>> tril_indices(2, 3)
    tensor([[0, 1, 1],
            [0, 0, 1]])
    """
    i, j = _places("tril_indices", row, col, dtype)
    return _listed(j - i <= offset, dtype, device)


def triu_indices(
    row: int,
    col: int,
    offset: int = 0,
    *,
    dtype: dtype | None = None,
    device: device | str | None = None,
) -> Tensor:
    """Same as `tril_indices`, but of an upper triangle, of which `offset` is the first diagonal."""
    i, j = _places("triu_indices", row, col, dtype)
    return _listed(j - i >= offset, dtype, device)


def _places(operation: str, row: int, col: int, dtype: dtype | None) -> tuple[Raw, Raw]:
    """Return the row numbers as a column, and the column numbers as a row."""
    for name, size in (("row", row), ("col", col)):
        if size < 0:
            raise RuntimeError(f"{name} must be non-negative, got{size}")
        refuse_too_large(operation, (size,))
    if dtype not in (None, below.int32, below.int64):
        raise NotImplementedError(
            f'"{operation}" not implemented for {dtype!r}: take int32 or int64'
        )
    i, j = (below.arange(0, size, 1, below.int64) for size in (row, col))
    return i.view((row, 1)), j


def _listed(mask: Raw, dtype: dtype | None, device: device | str | None) -> Tensor:
    """Return the indices where `mask` is true: a row for each dimension."""
    places = below.nonzero(mask).permute((1, 0)).clone()
    return leaf_of(places if dtype is None else places.to(dtype), device=device)
