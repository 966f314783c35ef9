"""The distinct elements or slices of a tensor: `unique` and `unique_consecutive`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NoReturn, TypeAlias, overload

import minitorch_tensor as below

from ...arguments.extensions import scans, sorting
from ...arguments.operands import unwrap
from ...arguments.shapes import wrap_dim
from ...engine.graph import record
from ...engine.value import wrap
from ..shapes.reshaping import movedim

if TYPE_CHECKING:
    from minitorch_tensor import Tensor as Raw

    from ...engine.value import Tensor

    Two: TypeAlias = tuple[Tensor, Tensor]
    Three: TypeAlias = tuple[Tensor, Tensor, Tensor]

__all__ = ["unique", "unique_consecutive"]


@overload
def unique(
    input: Tensor,
    sorted: bool = ...,
    return_inverse: Literal[False] = ...,
    return_counts: Literal[False] = ...,
    dim: int | None = ...,
) -> Tensor: ...
@overload
def unique(
    input: Tensor,
    sorted: bool = ...,
    *,
    return_inverse: Literal[True],
    return_counts: Literal[True],
    dim: int | None = ...,
) -> Three: ...
@overload
def unique(
    input: Tensor,
    sorted: bool = ...,
    *,
    return_inverse: Literal[True],
    return_counts: Literal[False] = ...,
    dim: int | None = ...,
) -> Two: ...
@overload
def unique(
    input: Tensor,
    sorted: bool = ...,
    return_inverse: Literal[False] = ...,
    *,
    return_counts: Literal[True],
    dim: int | None = ...,
) -> Two: ...
@overload
def unique(
    input: Tensor,
    sorted: bool = ...,
    return_inverse: bool = ...,
    return_counts: bool = ...,
    dim: int | None = ...,
) -> Tensor | Two | Three: ...
def unique(
    input: Tensor,
    sorted: bool = True,
    return_inverse: bool = False,
    return_counts: bool = False,
    dim: int | None = None,
) -> Tensor | Two | Three:
    """Return the distinct elements, sorted, or along `dim` the distinct slices.

    Slices are ordered by the first elements in which they differ. NaN differs from NaN.

    Args:
        input: any tensor.
        sorted: whether to sort them; here they always are.
        return_inverse: whether to return also, for each element of the input, its index among the
            distinct ones: int64, in the shape of the input, or of its size along `dim`.
        return_counts: whether to return also how often each occurs: int64.
        dim: the dimension; None for elements.

    Raises:
        IndexError: if there is no such dimension.
        RuntimeError: if slices have no elements.

    Gradient: none, as in torch; asking for it is an error.
    """
    name = "Unique2Backward0" if dim is None else "UniqueDimBackward0"
    rows = _rows(input, dim)
    return _distinct(name, input, dim, rows, _order(rows), return_inverse, return_counts)


@overload
def unique_consecutive(
    input: Tensor,
    return_inverse: Literal[False] = ...,
    return_counts: Literal[False] = ...,
    dim: int | None = ...,
) -> Tensor: ...
@overload
def unique_consecutive(
    input: Tensor,
    return_inverse: Literal[True],
    return_counts: Literal[True],
    dim: int | None = ...,
) -> Three: ...
@overload
def unique_consecutive(
    input: Tensor,
    return_inverse: Literal[True],
    return_counts: Literal[False] = ...,
    dim: int | None = ...,
) -> Two: ...
@overload
def unique_consecutive(
    input: Tensor,
    return_inverse: Literal[False] = ...,
    *,
    return_counts: Literal[True],
    dim: int | None = ...,
) -> Two: ...
@overload
def unique_consecutive(
    input: Tensor,
    return_inverse: bool = ...,
    return_counts: bool = ...,
    dim: int | None = ...,
) -> Tensor | Two | Three: ...
def unique_consecutive(
    input: Tensor,
    return_inverse: bool = False,
    return_counts: bool = False,
    dim: int | None = None,
) -> Tensor | Two | Three:
    """Return one element, or slice along `dim`, of each run of equal neighbours: see `unique`."""
    rows = _rows(input, dim)
    order = below.arange(0, rows.shape[0], 1, below.int64)
    name = "UniqueConsecutiveBackward0"
    return _distinct(name, input, dim, rows, order, return_inverse, return_counts)


def _rows(input: Tensor, dim: int | None) -> Raw:
    """Return the elements, or slices along `dim`, as the rows of a matrix."""
    shape = unwrap(input).shape
    if dim is None:
        return input.detach().reshape(-1, 1)._raw
    if not shape:
        raise IndexError(f"Dimension specified as {dim} but tensor has no dimensions")
    dim = wrap_dim(dim, len(shape))
    if 0 in shape[:dim] + shape[dim + 1 :]:
        raise RuntimeError(
            "There are 0 sized dimensions, and they aren't selected, so unique cannot be applied: "
            f"shape {shape}, dim {dim}"
        )
    first = movedim(input.detach(), dim, 0)
    return (first.reshape(shape[dim], -1) if shape[dim] else first.reshape(0, 1))._raw


def _order(rows: Raw) -> Raw:
    """Return the indices that sort the rows: by the last column first, by the first column last.

    Each sort is stable, so rows that are equal in a column stay sorted by the columns behind it.
    """
    count, width = rows.shape
    order = below.arange(0, count, 1, below.int64)
    for column in reversed(range(width)):
        _, places = sorting.sort(rows[slice(None), column][order,], 0, False)
        order = order[places,]
    return order


def _distinct(
    name: str,
    input: Tensor,
    dim: int | None,
    rows: Raw,
    order: Raw,
    return_inverse: bool,
    return_counts: bool,
) -> Tensor | Two | Three:
    """Return the rows that differ from the one before in `order`, and what else is wanted."""
    count = rows.shape[0]
    ordered = rows[order, slice(None)]
    differs = ordered[slice(1, count), slice(None)] != ordered[slice(0, count - 1), slice(None)]
    is_first = below.full((count,), 1, below.int64)
    is_first[slice(1, count),] = differs.sum((1,)) != 0

    starts = below.nonzero(is_first)[slice(None), 0]
    chosen = order[starts,]
    if dim is None:
        values = ordered[starts, 0]
    else:
        values = input._raw[(*(slice(None),) * wrap_dim(dim, input.ndim), chosen)]
    result = record(name, wrap(values), (input, _refuse))

    number = below.full((count,), 0, below.int64)
    number[order,] = scans.cumsum(is_first, 0) - 1
    inverse = wrap(number if dim is not None else number.view(input.shape))
    ends = below.cat([starts, below.full((1,), count, below.int64)], 0)
    counts = wrap(ends[slice(1, None),] - starts)
    if return_inverse:
        return (result, inverse, counts) if return_counts else (result, inverse)
    return (result, counts) if return_counts else result


def _refuse(g: Tensor) -> NoReturn:
    raise NotImplementedError(
        "the derivative for 'unique' is not implemented: equal elements have a claim to it alike; "
        "take the elements by their indices instead"
    )
