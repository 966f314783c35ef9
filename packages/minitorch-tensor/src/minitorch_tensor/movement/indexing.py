"""Indexing: reading and writing parts of a tensor."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from ..core.broadcasting import refuse_overlap
from ..core.value import Array, Tensor, wrap

__all__ = ["nonzero"]

Index: TypeAlias = tuple[int | slice | Tensor | None, ...]
ArrayIndex: TypeAlias = tuple[slice | NDArray[np.int64], ...]


def get(x: Tensor, index: Index, /) -> Tensor:
    """Return ``x[index]``: a view, unless there is a tensor in the index."""
    part, advanced = select(x._array, index)
    if not advanced:
        return wrap(part)
    try:
        return wrap(_read(part, advanced))
    except IndexError as error:
        raise index_error(error) from None


def _read(a: Array, index: ArrayIndex) -> Array:
    """Return ``a[index]``; along one dimension by `take`, which is several times faster."""
    *before, last = index
    # `take` copies what is not contiguous first; and for empty arrays it has another error.
    whole = all(isinstance(one, slice) for one in before) and a.size and a.flags.c_contiguous
    if whole and not isinstance(last, slice):
        return a.take(last, len(before))
    return np.asarray(a[index], order="C")


def set_(x: Tensor, index: Index, value: Tensor | float, /) -> None:
    """Write `value`, broadcast and cast, to ``x[index]``."""
    part, advanced = select(x._array, index) if index else (x._array, ())
    refuse_overlap(part)
    source = value._array if isinstance(value, Tensor) else np.asarray(value)
    if source.dtype.kind not in "fiub":
        raise TypeError(f"setitem: expected a Tensor or a number, got {type(value).__name__}")
    try:
        if source.dtype == part.dtype:
            part[advanced or ...] = source
        else:
            with np.errstate(all="ignore"):  # NaN to an integer
                part[advanced or ...] = source.astype(part.dtype)
    except ValueError:
        shape = part[advanced].shape if advanced else part.shape
        raise RuntimeError(
            f"setitem: shape mismatch: value tensor of shape {list(source.shape)} cannot be "
            f"broadcast to indexing result of shape {list(shape)}"
        ) from None
    except IndexError as error:
        raise index_error(error) from None


def nonzero(x: Tensor, /) -> Tensor:
    """Return the indices of the elements that are not 0: int64, a row each, in row-major order."""
    a = x._array
    # NumPy treats a 0-d array as 1-d.
    rows = np.argwhere(a) if a.ndim else np.empty((int(a != 0), 0), np.int64)
    return wrap(np.ascontiguousarray(rows))


def index_error(error: IndexError) -> IndexError:
    """Return NumPy's error in the words for tensors."""
    text = str(error).replace("axis", "dimension").replace("indexing arrays", "indexing tensors")
    return IndexError(text)


def check_shapes(indices: Iterable[NDArray[np.int64]]) -> None:
    """Raise if the tensors of an index do not broadcast."""
    shapes = [one.shape for one in indices]
    try:
        np.broadcast_shapes(*shapes)
    except ValueError:
        raise IndexError(
            "shape mismatch: indexing tensors could not be broadcast together with shapes "
            + ", ".join(str(list(shape)) for shape in shapes)
        ) from None


def non_negative(index: NDArray[np.int64], size: int, dim: int) -> NDArray[np.int64]:
    """Return `index` with negative elements counted from the end; raise if one is out of range."""
    if not index.size:
        return index
    least, most = int(index.min()), int(index.max())
    if least < -size or most >= size:
        worst = most if most >= size else least
        raise IndexError(f"index {worst} is out of bounds for dimension {dim} with size {size}")
    return index if least >= 0 else np.where(index < 0, index + size, index)


def select(a: Array, index: Index) -> tuple[Array, ArrayIndex]:
    """Apply the ints and slices of `index`; return that view, and the rest of the index.

    Two steps, since NumPy treats an int beside a tensor as a tensor, and torch as a selection.
    """
    basic: list[int | slice | None] = []
    advanced: list[slice | NDArray[np.int64]] = []
    tensors = 0
    for one in index:
        if isinstance(one, Tensor):
            basic.append(slice(None))
            advanced.append(one._array.astype(np.int64, copy=False))
            tensors += 1
        else:
            basic.append(one)
            if not isinstance(one, int):
                advanced.append(slice(None))
    # With an Ellipsis even a single element is a view, not a scalar.
    return a[(*basic, ...)], tuple(advanced) if tensors else ()
