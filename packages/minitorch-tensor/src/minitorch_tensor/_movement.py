"""Functions that move elements, or only the way they are seen."""

from __future__ import annotations

from functools import reduce
from math import prod
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from ._dtypes import promote_types
from ._value import Tensor, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence


# NumPy 2.1 says at once that it would have to copy; before, the copy was made to be seen.
_NO_COPY: Final[dict[str, Any]] = (
    {"copy": False} if np.lib.NumpyVersion(np.__version__) >= "2.1.0" else {}
)


def view(x: Tensor, shape: tuple[int, ...]) -> Tensor:
    """See the same memory under another shape; RuntimeError where strides can't say it."""
    a = x._array
    if prod(shape) != a.size:
        raise RuntimeError(f"view: shape '{list(shape)}' is invalid for input of size {a.size}")
    if a.flags.c_contiguous:
        return wrap(a.reshape(shape))
    try:
        seen = a.reshape(shape, **_NO_COPY)
    except ValueError:
        seen = a[:0]  # shares nothing
    if a.size and not np.may_share_memory(seen, a):
        raise RuntimeError(
            f"view: view size is not compatible with input tensor's size and stride: {x.shape} as "
            f"{shape}, with strides {a.strides} in bytes; use reshape, which copies where it must"
        )
    return wrap(seen)


def permute(x: Tensor, dims: tuple[int, ...]) -> Tensor:
    """Put the dimensions in the order of `dims`."""
    return wrap(x._array.transpose(dims))


def expand(x: Tensor, shape: tuple[int, ...]) -> Tensor:
    """Repeat dimensions of size 1, and new ones in front, to `shape`, without a copy."""
    a = x._array
    own = (1,) * (len(shape) - a.ndim) + a.shape
    if own == shape:  # which repeats nothing, and so can be written
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
    # What `broadcast_to` does, at a tenth of its price.
    expanded = np.ndarray(shape, a.dtype, a, 0, strides)
    expanded.flags.writeable = False
    return wrap(expanded)


def clone(x: Tensor) -> Tensor:
    """Copy, contiguously."""
    return wrap(x._array.copy())


def is_contiguous(x: Tensor) -> bool:
    """Return whether the elements lie in memory in row-major order."""
    return x._array.flags.c_contiguous


def cat(tensors: Sequence[Tensor], dim: int) -> Tensor:
    """Join tensors along `dim`; their other sizes are the same."""
    if not tensors:
        raise ValueError("cat: expected a non-empty list of Tensors")
    arrays = [x._array for x in tensors]
    meeting = arrays[0].dtype
    if any(a.dtype != meeting for a in arrays):
        meeting = reduce(promote_types, (a.dtype for a in arrays))
        arrays = [a.astype(meeting, copy=False) for a in arrays]
    try:
        return wrap(np.concatenate(arrays, dim))
    except ValueError:
        raise RuntimeError(
            "cat: Sizes of tensors must match except in dimension "
            f"{dim}: shapes {', '.join(str(a.shape) for a in arrays)}"
        ) from None
