"""Elements in order along a dimension, and the first or the k-th of them.

NaN is larger than all, also where the order descends. The gradient goes to the elements that were
taken.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import minitorch_tensor as below

from ...arguments.extensions import sorting
from ...arguments.indices import along
from ...arguments.operands import unwrap
from ...arguments.shapes import wrap_dim
from ...engine.graph import record
from ...engine.value import wrap
from ..core.indexing import put

if TYPE_CHECKING:
    from minitorch_tensor import Tensor as Raw

    from ...engine.value import Tensor

__all__ = ["argsort", "kthvalue", "msort", "sort", "topk"]


class Ordered(NamedTuple):
    """Elements that were taken by their place in an order, and where they stood."""

    values: Tensor
    indices: Tensor


def sort(
    input: Tensor, dim: int = -1, descending: bool = False, *, stable: bool = False
) -> Ordered:
    """Put the elements along `dim` in order.

    Args:
        input: any tensor.
        dim: the dimension.
        descending: whether the largest come first.
        stable: whether equal ones stay in their order; here they always do.

    Returns:
        The elements, and their indices (int64).
    """
    x, dim = at_least_1d(input, dim)
    values, indices = sorting.sort(x._raw, dim, descending)
    return taken_along("SortBackward0", x, dim, values, indices, input.shape)


def argsort(
    input: Tensor, dim: int = -1, descending: bool = False, *, stable: bool = False
) -> Tensor:
    """Return the indices (int64) that put the elements along `dim` in order: see `sort`."""
    return sort(input.detach(), dim, descending, stable=stable).indices


def msort(input: Tensor) -> Tensor:
    """Put the elements along the first dimension in order."""
    return sort(input, 0).values


def topk(
    input: Tensor, k: int, dim: int = -1, largest: bool = True, sorted: bool = True
) -> Ordered:
    """Take the `k` largest elements along `dim`, or the smallest; of equal ones any.

    Args:
        input: any tensor but of bools.
        k: how many, from 0 to the size of `dim`.
        dim: the dimension.
        largest: whether to take the largest.
        sorted: whether they are to be in order; here they always are.

    Returns:
        The elements, in order, and their indices (int64).

    Raises:
        RuntimeError: if there are not `k`, or the elements are bools.
    """
    x, dim = at_least_1d(input, dim)
    if x.dtype is below.bool:
        raise RuntimeError("topk does not support bool dtypes on CPU: cast to uint8 first")
    size = x.shape[dim]
    if not 0 <= k <= size:
        raise RuntimeError(
            f"topk: selected index k out of range: {k} of the {size} along dimension {dim}"
        )
    # The one element of a 0-d tensor is taken in any case.
    values, indices = sorting.topk(x._raw, k if input.ndim else 1, dim, largest)
    return taken_along("TopkBackward0", x, dim, values, indices, values.shape if input.ndim else ())


def kthvalue(input: Tensor, k: int, dim: int = -1, keepdim: bool = False) -> Ordered:
    """Take the `k`-th smallest element along `dim`, counted from 1; of equal ones any.

    Raises:
        IndexError: if there is none.
        RuntimeError: if there are not `k`.
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


# --- What those share that take elements along a dimension


def at_least_1d(input: Tensor, dim: int) -> tuple[Tensor, int]:
    """Return the input, of one dimension at least, and `dim` counted from the left."""
    shape = unwrap(input).shape
    return (input if shape else input.reshape(1)), wrap_dim(dim, len(shape))


def folded_shape(shape: tuple[int, ...], dim: int, keepdim: bool) -> tuple[int, ...]:
    """Return the shape when `dim` is folded away; a 0-d tensor has nothing to fold."""
    if not shape:
        return ()
    return shape[:dim] + ((1,) if keepdim else ()) + shape[dim + 1 :]


def taken_along(
    name: str, x: Tensor, dim: int, values: Raw, indices: Raw, shape: tuple[int, ...]
) -> Ordered:
    """Return what was taken from `x` along `dim`, and its indices, both in `shape`.

    Gradient: to the elements that were taken.
    """
    told, whole = indices.shape, x.shape
    places = wrap(indices if told == shape else indices.view(shape))

    def back(g: Tensor) -> Tensor:
        where = along(name, "input", whole, dim, places.reshape(told))
        # The indices of no element are flat.
        return put(g.reshape(told if g.numel() else 0), whole, where)

    return Ordered(
        record(name, wrap(values if told == shape else values.view(shape)), (x, back)), places
    )


def refuse_empty(operation: str, x: Tensor, dim: int) -> None:
    if not x.shape[dim]:
        raise IndexError(
            f"{operation}(): Expected reduction dim {dim} to have non-zero size: "
            f"the shape is {x.shape}"
        )


def refuse_bool(operation: str, x: Tensor) -> None:
    if unwrap(x).dtype is below.bool:
        raise NotImplementedError(
            f"\"{operation}\" not implemented for 'Bool': cast to uint8 first"
        )
