"""Reading and writing parts of a tensor."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ._ufuncs import refuse_overlap
from ._value import Array, Tensor, wrap

if TYPE_CHECKING:
    from typing import TypeAlias

    Index: TypeAlias = "tuple[int | slice | Tensor | None, ...]"
    ArrayIndex: TypeAlias = "tuple[slice | NDArray[np.int64], ...]"


def get(x: Tensor, index: Index, /) -> Tensor:
    """Return the part of `x` that `index` names: a view, unless a tensor is in the index."""
    part, advanced = select(x._array, index)
    if not advanced:
        return wrap(part)
    try:
        return wrap(_read(part, advanced))
    except IndexError as error:
        raise refusal(error) from None


def _read(a: Array, index: ArrayIndex) -> Array:
    """Return ``a[index]``, along one dimension by `take`, which is several times faster."""
    *before, last = index
    # What is not contiguous it would copy first; and of nothing its error is another.
    whole = all(isinstance(one, slice) for one in before) and a.size and a.flags.c_contiguous
    if whole and not isinstance(last, slice):
        return a.take(last, len(before))
    return a[index]


def set_(x: Tensor, index: Index, value: Tensor | float, /) -> None:
    """Write `value`, broadcast and cast, into the part of `x` that `index` names."""
    part, advanced = select(x._array, index) if index else (x._array, ())
    refuse_overlap(part)
    source = value._array if isinstance(value, Tensor) else np.asarray(value)
    if source.dtype.kind not in "fiub":
        raise TypeError(f"setitem: expected a Tensor or a number, got {type(value).__name__}")
    try:
        if source.dtype == part.dtype:
            part[advanced or ...] = source
        else:
            with np.errstate(all="ignore"):  # NaN into integers
                part[advanced or ...] = source.astype(part.dtype)
    except ValueError:
        shape = part[advanced].shape if advanced else part.shape
        raise RuntimeError(
            f"setitem: shape mismatch: value tensor of shape {list(source.shape)} cannot be "
            f"broadcast to indexing result of shape {list(shape)}"
        ) from None
    except IndexError as error:
        raise refusal(error) from None


def nonzero(x: Tensor, /) -> Tensor:
    """Return the indices of the elements that are not 0: int64, a row each, in row-major order."""
    a = x._array
    # NumPy counts a 0-d array as one of a single dimension.
    rows = np.argwhere(a) if a.ndim else np.empty((int(a != 0), 0), np.int64)
    return wrap(np.ascontiguousarray(rows))


def refusal(error: IndexError) -> IndexError:
    """Say what NumPy refuses in the words for tensors."""
    text = str(error).replace("axis", "dimension").replace("indexing arrays", "indexing tensors")
    return IndexError(text)


def refuse_shapes(indices: Iterable[NDArray[np.int64]]) -> None:
    """Raise where the tensors of an index do not broadcast."""
    shapes = [one.shape for one in indices]
    try:
        np.broadcast_shapes(*shapes)
    except ValueError:
        raise IndexError(
            "shape mismatch: indexing tensors could not be broadcast together with shapes "
            + ", ".join(str(list(shape)) for shape in shapes)
        ) from None


def checked(index: NDArray[np.int64], size: int, dim: int) -> NDArray[np.int64]:
    """Return `index` counted from the start of a dimension of `size`."""
    if not index.size:
        return index
    least, most = int(index.min()), int(index.max())
    if least < -size or most >= size:
        worst = most if most >= size else least
        raise IndexError(f"index {worst} is out of bounds for dimension {dim} with size {size}")
    return index if least >= 0 else np.where(index < 0, index + size, index)


def select(a: Array, index: Index) -> tuple[Array, ArrayIndex]:
    """Apply the ints and slices of `index`; return that view, and what tensors do to it then.

    In two steps, since beside a tensor NumPy takes an int for a tensor, torch for a selection.
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
    # With an Ellipsis even a single element is seen as a view.
    return a[(*basic, ...)], tuple(advanced) if tensors else ()
