"""Sorting along a dimension, and the k largest or the k-th smallest.

NaN counts as larger than all numbers. The gradient goes to the elements that are returned.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import minitorch_tensor as below

from ...arguments.extensions import sorting
from ...arguments.indices import index_along
from ...arguments.operands import unwrap
from ...arguments.shapes import wrap_dim
from ...engine.graph import record
from ...engine.value import wrap
from ..core.indexing import add_at

if TYPE_CHECKING:
    from minitorch_tensor import Tensor as Raw

    from ...engine.value import Tensor

__all__ = ["argsort", "kthvalue", "msort", "sort", "topk"]


class Ordered(NamedTuple):
    """Elements chosen by their rank, and their indices."""

    values: Tensor
    indices: Tensor


def sort(
    input: Tensor, dim: int = -1, descending: bool = False, *, stable: bool = False
) -> Ordered:
    """Sort the elements along `dim`.

    Args:
        input: any tensor.
        dim: the dimension.
        descending: whether the largest come first.
        stable: whether equal elements keep their order; here they always do.

    Returns:
        The elements, and their indices (int64).
    """
    x, dim = at_least_1d(input, dim)
    values, indices = sorting.sort(x._raw, dim, descending)
    return taken_along("SortBackward0", x, dim, values, indices, input.shape)


def argsort(
    input: Tensor, dim: int = -1, descending: bool = False, *, stable: bool = False
) -> Tensor:
    """Return the indices (int64) that sort the elements along `dim`: see `sort`."""
    return sort(input.detach(), dim, descending, stable=stable).indices


def msort(input: Tensor) -> Tensor:
    """Sort the elements along the first dimension."""
    return sort(input, 0).values


def topk(
    input: Tensor, k: int, dim: int = -1, largest: bool = True, sorted: bool = True
) -> Ordered:
    """Return the `k` largest elements along `dim`, or the smallest; of equal ones any.

    Args:
        input: any tensor, except of bools.
        k: how many, from 0 to the size of `dim`.
        dim: the dimension.
        largest: whether to return the largest.
        sorted: whether to sort them; here they always are.

    Returns:
        The elements, in order, and their indices (int64).

    Raises:
        RuntimeError: if there are fewer than `k`, or the elements are bools.
    """
    x, dim = at_least_1d(input, dim)
    if x.dtype is below.bool:
        raise RuntimeError("topk does not support bool dtypes on CPU: cast to uint8 first")
    size = x.shape[dim]
    if not 0 <= k <= size:
        raise RuntimeError(
            f"topk: selected index k out of range: {k} of the {size} along dimension {dim}"
        )
    # The only element of a 0-d tensor is returned even for k = 0, as in torch.
    values, indices = sorting.topk(x._raw, k if input.ndim else 1, dim, largest)
    return taken_along("TopkBackward0", x, dim, values, indices, values.shape if input.ndim else ())


def kthvalue(input: Tensor, k: int, dim: int = -1, keepdim: bool = False) -> Ordered:
    """Return the `k`-th smallest element along `dim`, counted from 1; of equal ones any.

    Raises:
        IndexError: if there is no element.
        RuntimeError: if there are fewer than `k`.
        NotImplementedError: if the elements are bools.
    """
    x, dim = at_least_1d(input, dim)
    refuse_bool("kthvalue", x)
    refuse_empty("kthvalue", x, dim)
    if not 1 <= k <= x.shape[dim]:
        raise RuntimeError(
            f"kthvalue(): selected number k out of range for dimension {dim}: {k} of {x.shape[dim]}"
        )
    last = (*(slice(None),) * dim, slice(k - 1, k), *(slice(None),) * (x.ndim - dim - 1))
    values, indices = (one[last].clone() for one in sorting.topk(x._raw, k, dim, False))
    shape = folded_shape(input.shape, dim, keepdim)
    return taken_along("KthvalueBackward0", x, dim, values, indices, shape)


# --- What the functions of this file share with `median` and `mode`


def at_least_1d(input: Tensor, dim: int) -> tuple[Tensor, int]:
    """Return the input with at least one dimension, and `dim` counted from the left."""
    shape = unwrap(input).shape
    return (input if shape else input.reshape(1)), wrap_dim(dim, len(shape))


def folded_shape(shape: tuple[int, ...], dim: int, keepdim: bool) -> tuple[int, ...]:
    """Return the shape after `dim` has been reduced; that of a 0-d tensor stays."""
    if not shape:
        return ()
    return shape[:dim] + ((1,) if keepdim else ()) + shape[dim + 1 :]


def taken_along(
    name: str, x: Tensor, dim: int, values: Raw, indices: Raw, shape: tuple[int, ...]
) -> Ordered:
    """Return elements chosen from `x` along `dim`, recorded, and their indices, both in `shape`.

    Gradient: to the elements at the indices.
    """
    before, whole = indices.shape, x.shape
    places = wrap(indices if before == shape else indices.view(shape))

    def back(g: Tensor) -> Tensor:
        where = index_along(name, "input", whole, dim, places.reshape(before))
        # `index_along` returns flat indices if there is no element.
        return add_at(g.reshape(before if g.numel() else 0), whole, where)

    return Ordered(
        record(name, wrap(values if before == shape else values.view(shape)), (x, back)), places
    )


def refuse_empty(operation: str, x: Tensor, dim: int) -> None:
    """Raise if there is no element along `dim`."""
    if not x.shape[dim]:
        raise IndexError(
            f"{operation}(): Expected reduction dim {dim} to have non-zero size: "
            f"the shape is {x.shape}"
        )


def refuse_bool(operation: str, x: Tensor) -> None:
    """Raise if the elements are bools."""
    if unwrap(x).dtype is below.bool:
        raise NotImplementedError(
            f"\"{operation}\" not implemented for 'Bool': cast to uint8 first"
        )
