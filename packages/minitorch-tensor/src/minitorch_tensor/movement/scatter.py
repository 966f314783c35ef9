"""Scattering: writing where several values may go to one place.

NumPy's `ufunc.at` does it. It is up to five times faster on a flat array with flat positions, so
for more than a few values the positions are computed first.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from ..core.dtypes import float16, float32
from ..core.value import Array, Tensor, wrap
from ..reductions.sums import ROWS
from .indexing import ArrayIndex, Index, check_shapes, index_error, non_negative, select
from .views import address

__all__ = ["combine_at", "put"]

COMBINING: Final[dict[str, np.ufunc]] = {
    "prod": np.multiply,
    "amax": np.maximum,
    "amin": np.minimum,
}
FEW: Final = 1000  # values: with fewer, computing positions takes longer than it saves


def put(shape: tuple[int, ...], index: Index, values: Tensor) -> Tensor:
    """Return zeros of `shape` with `values` added at `index`; values at the same place add up."""
    if values._array.dtype == np.float16:
        return put(shape, index, values.to(float32)).to(float16)
    result = np.zeros(shape, values._array.dtype)
    part, advanced = select(result, index)
    if advanced:
        _combine(np.add, result, part, advanced, values._array)
    else:
        np.copyto(part, values._array)
    return wrap(result)


def combine_at(x: Tensor, index: Index, values: Tensor, how: str, /) -> Tensor:
    """Return a copy of `x` with `values` combined into it by "prod", "amax" or "amin"."""
    if how == "prod" and x._array.dtype == np.float16:
        return combine_at(x.to(float32), index, values.to(float32), how).to(float16)
    result = np.array(x._array, order="C")
    part, advanced = select(result, index)
    if advanced:
        _combine(COMBINING[how], result, part, advanced, values._array)
    else:
        with np.errstate(all="ignore"):
            COMBINING[how](part, values._array, out=part)
    return wrap(result)


def _combine(
    ufunc: np.ufunc, result: Array, part: Array, advanced: ArrayIndex, values: Array
) -> None:
    """Combine `values` into ``part[advanced]``; `part` is a view of the contiguous `result`."""
    try:
        with np.errstate(all="ignore"):
            if values.size < FEW:
                # NumPy's documentation allows a tuple here, its stubs do not.
                ufunc.at(part, advanced, values)  # type: ignore[arg-type]
            else:
                places = _places(result, part, advanced)
                spread = np.broadcast_to(values, places.shape).reshape(-1)
                places = places.reshape(-1)
                crowded = spread.size > ROWS * result.size
                if crowded and ufunc is np.add and result.dtype == np.float32:  # in float64
                    summed = np.bincount(places, spread.astype(np.float64), result.size)
                    np.copyto(result.reshape(-1), summed, casting="same_kind")
                else:
                    ufunc.at(result.reshape(-1), places, spread)
    except IndexError as error:
        raise index_error(error) from None


def _places(result: Array, part: Array, advanced: ArrayIndex) -> NDArray[np.int64]:
    """Return the position in the memory of `result` of each element of ``part[advanced]``.

    That is the start of `part`, plus the index times the stride in each dimension.
    """
    tensors = {d: one for d, one in enumerate(advanced) if not isinstance(one, slice)}
    positions = list(tensors)
    strides = [step // part.itemsize for step in part.strides]
    start = (address(part) - address(result)) // part.itemsize
    check_shapes(tensors.values())
    named = np.asarray(start)
    for d, one in tensors.items():
        named = named + non_negative(one, part.shape[d], d) * strides[d]
    # The dimensions of the tensors come where the first of them was; if they were apart, in front.
    first, last = positions[0], positions[-1]
    before = first if last - first + 1 == len(positions) else 0
    whole = [d for d in range(part.ndim) if d not in positions]
    after = len(whole) - before
    places = named.reshape(named.shape + (1,) * after)
    for i, d in enumerate(whole):
        ndim = len(whole) - i + (named.ndim if i < before else 0)
        steps = np.arange(part.shape[d]) * strides[d]
        places = places + steps.reshape((-1,) + (1,) * (ndim - 1))
    return places
