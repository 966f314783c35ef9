"""Conversion: to other element types, to Python's numbers, and to and from NumPy."""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np

from .core.dtypes import DTYPES, dtype
from .core.value import Array, Nested, Tensor, wrap

__all__ = ["from_dlpack", "from_numpy", "to_numpy"]


class SupportsDLPack(Protocol):
    """An array of NumPy or of another library that knows DLPack."""

    def __dlpack__(self, *, stream: None = ...) -> Any: ...  # noqa: ANN401  (a capsule)
    def __dlpack_device__(self) -> tuple[Any, Any]: ...


def to(x: Tensor, dtype: dtype) -> Tensor:
    """Cast to `dtype`; return `x` itself if it has that type."""
    if x._array.dtype == dtype.numpy:
        return x
    try:
        return wrap(x._array.astype(dtype.numpy))
    except RuntimeWarning:  # NaN to an integer, in a program that turns warnings into errors
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
    """Return the elements as nested lists; of a 0-d tensor, the number."""
    values: Nested = x._array.tolist()
    return values


def to_numpy(x: Tensor, /) -> Array:
    """Return the array of `x`, which shares its memory."""
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
