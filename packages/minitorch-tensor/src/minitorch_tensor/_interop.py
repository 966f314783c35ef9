"""Between element types, and out to Python and NumPy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from . import _tensor
from ._dtypes import DTYPES

if TYPE_CHECKING:
    from ._dtypes import dtype
    from ._tensor import Nested, Tensor


def to(x: Tensor, dtype: dtype) -> Tensor:
    """Cast; return `x` itself where it has that type already."""
    if x._array.dtype == dtype.numpy:
        return x
    with np.errstate(all="ignore"):
        return _tensor.Tensor(x._array.astype(dtype.numpy))


def item(x: Tensor) -> float:
    """Return the only element as a Python number."""
    if x._array.size != 1:
        raise RuntimeError(
            f"item: a Tensor with {x._array.size} elements cannot be converted to Scalar"
        )
    value: float = x._array.item()
    return value


def tolist(x: Tensor) -> Nested:
    """Return the elements as nested lists, of a 0-d tensor as a number."""
    values: Nested = x._array.tolist()
    return values


def to_numpy(x: Tensor, /) -> NDArray[np.generic]:
    """Return the array beneath, sharing its memory."""
    return x._array


def from_numpy(array: NDArray[np.generic], /) -> Tensor:
    """Make a tensor that shares the memory of `array`."""
    if not isinstance(array, np.ndarray):
        raise TypeError(f"from_numpy: expected np.ndarray (got {type(array).__name__})")
    if array.dtype not in DTYPES:
        known = ", ".join(one.name for one in DTYPES.values())
        raise TypeError(f"from_numpy: can't convert elements of type {array.dtype}; known: {known}")
    return _tensor.Tensor(array)
