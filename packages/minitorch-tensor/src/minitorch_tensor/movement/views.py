"""Views: the same memory seen with another shape, and where its elements are."""

from __future__ import annotations

from math import prod
from typing import Any, Final

import numpy as np

from ..core.value import Array, Tensor, wrap

__all__ = ["as_strided", "storage_offset", "strides"]

# From 2.1 on NumPy can refuse to copy; before, it can only be seen afterwards whether it did.
_NO_COPY: Final[dict[str, Any]] = (
    {"copy": False} if np.lib.NumpyVersion(np.__version__) >= "2.1.0" else {}
)


def view(x: Tensor, shape: tuple[int, ...]) -> Tensor:
    """Return a view with another shape, or raise if no strides can express it."""
    a = x._array
    if prod(shape) != a.size:
        raise RuntimeError(f"view: shape '{list(shape)}' is invalid for input of size {a.size}")
    if a.flags.c_contiguous:
        return wrap(a.reshape(shape))
    try:
        seen = a.reshape(shape, **_NO_COPY)
    except ValueError:
        seen = a[:0]  # shares no memory
    if a.size and not np.may_share_memory(seen, a):
        raise RuntimeError(
            f"view: view size is not compatible with input tensor's size and stride: {x.shape} as "
            f"{shape}, with strides {a.strides} in bytes; use reshape, which copies where it must"
        )
    return wrap(seen)


def permute(x: Tensor, dims: tuple[int, ...]) -> Tensor:
    """Return a view with the dimensions in the order of `dims`."""
    return wrap(x._array.transpose(dims))


def expand(x: Tensor, shape: tuple[int, ...]) -> Tensor:
    """Return a view that repeats dimensions of size 1, and new ones in front, to `shape`."""
    a = x._array
    own = (1,) * (len(shape) - a.ndim) + a.shape
    if own == shape:  # nothing is repeated, so it stays writable
        return wrap(a.reshape(shape))
    if not a.ndim:
        strides: tuple[int, ...] = (0,) * len(shape)
    else:
        if len(own) != len(shape) or any(m not in (n, 1) for m, n in zip(own, shape, strict=True)):
            raise RuntimeError(
                f"expand: The expanded size of the tensor {shape} must match the existing size "
                f"{a.shape} at every dimension that isn't 1"
            )
        if not a.flags.c_contiguous:
            return wrap(np.broadcast_to(a, shape))
        steps = (0,) * (len(shape) - a.ndim) + a.strides
        strides = tuple(0 if m == 1 else step for m, step in zip(own, steps, strict=True))
    # Same as `broadcast_to`, in a tenth of the time.
    expanded = np.ndarray(shape, a.dtype, a, 0, strides)
    expanded.flags.writeable = False
    return wrap(expanded)


def is_contiguous(x: Tensor) -> bool:
    """Return whether the elements are in memory in row-major order."""
    return x._array.flags.c_contiguous


def strides(x: Tensor, /) -> tuple[int, ...]:
    """Return the step from one element to the next in each dimension, in elements."""
    a = x._array
    return tuple(step // a.itemsize for step in a.strides)


def storage_offset(x: Tensor, /) -> int:
    """Return the distance of the first element from the start of its memory, in elements."""
    a = x._array
    return (address(a) - address(_owner(a))) // a.itemsize


def as_strided(
    x: Tensor, size: tuple[int, ...], stride: tuple[int, ...], storage_offset: int, /
) -> Tensor:
    """Return a view of the memory of `x` with other strides, from an offset on.

    Raises:
        RuntimeError: if the view would leave the memory.
    """
    a = x._array
    if 0 in size:
        return wrap(np.empty(size, a.dtype))
    owner = _owner(a)
    if not owner.flags.c_contiguous:
        owner = owner.T  # an owner in Fortran order is contiguous when transposed
    reach = sum((n - 1) * step for n, step in zip(size, stride, strict=True)) + 1
    if not 0 <= storage_offset <= owner.size - reach:
        raise RuntimeError(
            f"as_strided: sizes {list(size)}, strides {list(stride)}, storage offset "
            f"{storage_offset} need {storage_offset + reach} elements: out of bounds for storage "
            f"of {owner.size}"
        )
    steps = tuple(step * a.itemsize for step in stride)
    seen = np.ndarray(size, a.dtype, owner, storage_offset * a.itemsize, steps)
    if any(n > 1 and not step for n, step in zip(size, stride, strict=True)):
        seen.flags.writeable = False
    return wrap(seen)


def _owner(a: Array) -> Array:
    """Return the array that owns the memory of `a`."""
    while isinstance(a.base, np.ndarray):
        a = a.base
    return a


def address(a: Array) -> int:
    """Return the address of the first element in memory, in bytes."""
    first: int = a.__array_interface__["data"][0]
    return first
