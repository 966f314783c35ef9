"""Where elements lie in memory, counted in elements."""

from __future__ import annotations

import numpy as np

from ._value import Array, Tensor, wrap


def strides(x: Tensor, /) -> tuple[int, ...]:
    """Return the steps from one element to the next, in each dimension."""
    a = x._array
    return tuple(step // a.itemsize for step in a.strides)


def storage_offset(x: Tensor, /) -> int:
    """Return how far from the beginning of its memory the first element lies."""
    a = x._array
    return (_address(a) - _address(_owner(a))) // a.itemsize


def as_strided(
    x: Tensor, size: tuple[int, ...], stride: tuple[int, ...], storage_offset: int, /
) -> Tensor:
    """See the memory of `x` from an offset on by other strides.

    Raises:
        RuntimeError: if the view would leave the memory.
    """
    a = x._array
    if 0 in size:
        return wrap(np.empty(size, a.dtype))
    owner = _owner(a)
    if not owner.flags.c_contiguous:
        owner = owner.T  # an owner in Fortran's order lies in memory as its transpose does
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
    """Return the array whose memory `a` sees."""
    while isinstance(a.base, np.ndarray):
        a = a.base
    return a


def _address(a: Array) -> int:
    address: int = a.__array_interface__["data"][0]
    return address
