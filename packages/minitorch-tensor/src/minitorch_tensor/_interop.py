"""Between element types, and out to Python and NumPy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from ._dtypes import DTYPES
from ._value import Array, Tensor, wrap

if TYPE_CHECKING:
    from ._dtypes import dtype
    from ._value import Nested

    class SupportsDLPack(Protocol):
        """NumPy's arrays, and those of the other libraries that know DLPack."""

        def __dlpack__(self, *, stream: None = ...) -> Any: ...  # noqa: ANN401  (a capsule)
        def __dlpack_device__(self) -> tuple[Any, Any]: ...


def to(x: Tensor, dtype: dtype) -> Tensor:
    """Cast; return `x` itself where it has that type already."""
    if x._array.dtype == dtype.numpy:
        return x
    try:
        return wrap(x._array.astype(dtype.numpy))
    except RuntimeWarning:  # of NaN into integers, where all warnings are errors
        with np.errstate(all="ignore"):
            return wrap(x._array.astype(dtype.numpy))


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


def to_numpy(x: Tensor, /) -> Array:
    """Return the array beneath, sharing its memory."""
    return x._array


def from_numpy(array: Array, /) -> Tensor:
    """Make a tensor that shares the memory of `array`."""
    if not isinstance(array, np.ndarray):
        raise TypeError(f"from_numpy: expected np.ndarray (got {type(array).__name__})")
    if min(array.strides, default=0) < 0:
        raise ValueError(
            "from_numpy: At least one stride in the given numpy array is negative, and tensors "
            "with negative strides are not supported: use array.copy()"
        )
    if array.dtype not in DTYPES:
        known = ", ".join(one.name for one in DTYPES.values())
        raise TypeError(f"from_numpy: can't convert elements of type {array.dtype}; known: {known}")
    return wrap(array)


def from_dlpack(x: SupportsDLPack, /) -> Tensor:
    """Make a tensor that shares the memory of an array of another library."""
    return from_numpy(np.from_dlpack(x))
