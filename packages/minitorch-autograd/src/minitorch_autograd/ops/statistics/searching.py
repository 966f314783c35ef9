"""Searching: `searchsorted` and `bucketize` among sorted boundaries, `isin` among any elements.

They have no derivatives: their results are integers and bools.
"""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING

import minitorch_tensor as below

from ...arguments.dtypes import promote_types
from ...arguments.extensions import sorting
from ...arguments.operands import unwrap
from ...engine.value import Tensor, wrap
from ..core.from_data import tensor
from ..core.indexing import gather

if TYPE_CHECKING:
    from minitorch_tensor import Tensor as Raw

__all__ = ["bucketize", "isin", "searchsorted"]


def searchsorted(
    sorted_sequence: Tensor,
    input: Tensor | float,
    *,
    out_int32: bool = False,
    right: bool = False,
    side: str | None = None,
    sorter: Tensor | None = None,
) -> Tensor:
    """Return the index at which to insert each value, so that the boundaries stay ascending.

    Args:
        sorted_sequence: the boundaries: (N,), or (..., N) for several rows of them.
        input: the values: of any shape for one row of boundaries, else (..., M); or a number.
        out_int32: whether to return int32, not int64.
        right: whether a value goes behind the boundaries that equal it.
        side: "right" or "left", another way to say `right`.
        sorter: the indices that sort each row, if the boundaries are not sorted.

    Returns:
        For each value the number of boundaries before it.

    Raises:
        RuntimeError: if shapes, `side` or `sorter` don't fit.
        NotImplementedError: if all are bools.
    """
    bounds = sorted_sequence
    if not unwrap(bounds).shape:
        raise RuntimeError(
            "torch.searchsorted(): boundaries tensor should have positive dimension, but got 0 "
            "dimension"
        )
    if side not in (None, "left", "right"):
        raise RuntimeError(
            f"torch.searchsorted(): side can only be 'left' or 'right' but got {side}"
        )
    if side == "left" and right:
        raise RuntimeError(
            "torch.searchsorted(): side and right can't be set to opposites, got side of left "
            "while right was True"
        )
    if sorter is not None:
        bounds = _sorted_by(bounds, sorter)
    values = input if isinstance(input, Tensor) else tensor(input)
    if bounds.ndim > 1 and not values.ndim:
        raise RuntimeError(
            "torch.searchsorted(): input value can be a scalar only when boundaries tensor "
            f"dimension is 1, but we got boundaries tensor dim({bounds.ndim})"
        )
    if bounds.ndim > 1 and bounds.shape[:-1] != values.shape[:-1]:
        raise RuntimeError(
            "torch.searchsorted(): boundaries tensor should be 1 dimension or the first N-1 "
            "dimensions of boundaries tensor and input value tensor must match, but we got "
            f"boundaries tensor {list(bounds.shape)} and input value tensor {list(values.shape)}"
        )
    dtype = promote_types(bounds.dtype, values.dtype)
    if dtype is below.bool:
        raise NotImplementedError(
            "\"searchsorted\" not implemented for 'Bool': cast to uint8 first"
        )
    places = _search(bounds._raw.to(dtype), values._raw.to(dtype), right or side == "right")
    return wrap(places.to(below.int32 if out_int32 else below.int64))


def _sorted_by(bounds: Tensor, sorter: Tensor) -> Tensor:
    """Return the boundaries in the order of `sorter`."""
    if unwrap(sorter).shape != bounds.shape:
        raise RuntimeError(
            "torch.searchsorted(): boundary and sorter must have the same size, but got boundary "
            f"tensor {list(bounds.shape)} and got sorter tensor {list(sorter.shape)}"
        )
    if sorter.dtype is not below.int64:
        raise RuntimeError(
            "torch.searchsorted(): sorter must be a tensor of long dtype but got dtype "
            f"{sorter.dtype}"
        )
    try:
        return gather(bounds.detach(), -1, sorter)
    except RuntimeError as error:
        raise RuntimeError(f"torch.searchsorted(): sorter index out of range: {error}") from None


def _search(bounds: Raw, values: Raw, right: bool) -> Raw:
    """Return the index of each value in the boundaries, or in its row of them."""
    if len(bounds.shape) == 1:
        return sorting.searchsorted(bounds, values, right)
    if 0 in values.shape:
        return below.full(values.shape, 0, below.int64)
    count = prod(bounds.shape[:-1])
    each = bounds.clone().view((count, bounds.shape[-1]))
    wanted = values.clone().view((count, values.shape[-1]))
    found = [
        sorting.searchsorted(each[i, slice(None)], wanted[i, slice(None)], right)
        for i in range(count)
    ]
    return below.cat(found, 0).view(values.shape)


def bucketize(
    input: Tensor | float, boundaries: Tensor, *, out_int32: bool = False, right: bool = False
) -> Tensor:
    """Return for each value the index of its interval between `boundaries`.

    Args:
        input: the values, of any shape; or a number.
        boundaries: (N,), ascending.
        out_int32: whether to return int32, not int64.
        right: whether an interval includes its lower bound, and not its upper one.
    """
    if len(unwrap(boundaries).shape) != 1:
        raise RuntimeError(f"boundaries tensor must be 1 dimension, but got dim({boundaries.ndim})")
    return searchsorted(boundaries, input, out_int32=out_int32, right=right)


def isin(
    elements: Tensor | float,
    test_elements: Tensor | float,
    *,
    assume_unique: bool = False,
    invert: bool = False,
) -> Tensor:
    """Return for each of `elements` whether it is among `test_elements`; NaN never is.

    Args:
        elements: a tensor of any shape, or a number.
        test_elements: a tensor of any shape, or a number; at least one of the two is a tensor.
        assume_unique: whether neither has repetitions; has no effect here.
        invert: whether to return the opposite.

    Raises:
        RuntimeError: if there are bools.
    """
    for one in (elements, test_elements):
        if isinstance(one, Tensor) and one.dtype is below.bool:
            raise RuntimeError("Unsupported input type encountered for isin(): Bool")
    if not isinstance(test_elements, Tensor):
        if not isinstance(elements, Tensor):
            raise TypeError(f"isin() expects a Tensor, got only {elements!r} and {test_elements!r}")
        found = elements._raw == test_elements
    elif isinstance(elements, Tensor):
        found = _among(elements, test_elements)
    else:
        equal = test_elements._raw == elements
        found = equal.sum(tuple(range(len(equal.shape)))) != 0
    return wrap(found != invert)


def _among(elements: Tensor, tests: Tensor) -> Raw:
    """Return for each element whether it is among `tests`, by a search in these, sorted."""
    if not tests.numel():
        return below.full(elements.shape, False, below.bool)
    dtype = promote_types(elements.dtype, tests.dtype)
    x = elements._raw.to(dtype)
    ordered, _ = sorting.sort(tests.detach().reshape(-1)._raw.to(dtype), 0, False)
    place = below.minimum(sorting.searchsorted(ordered, x, False), tests.numel() - 1)
    return ordered[place,] == x
