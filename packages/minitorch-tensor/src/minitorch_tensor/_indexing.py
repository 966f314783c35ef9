"""Reading and writing parts of a tensor."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from . import _tensor
from ._ufuncs import refuse_overlap

if TYPE_CHECKING:
    from typing import TypeAlias

    from ._tensor import Tensor

    Index: TypeAlias = "tuple[int | slice | Tensor | None, ...]"
    Array: TypeAlias = NDArray[np.generic]
    ArrayIndex: TypeAlias = "tuple[slice | NDArray[np.int64], ...]"


def get(x: Tensor, index: Index, /) -> Tensor:
    """Return the part of `x` that `index` names: a view, unless a tensor is in the index."""
    part, advanced = _select(x._array, index)
    return _tensor.Tensor(part[advanced] if advanced else part)


def set_(x: Tensor, index: Index, value: Tensor | float, /) -> None:
    """Write `value`, broadcast and cast, into the part of `x` that `index` names."""
    part, advanced = _select(x._array, index) if index else (x._array, ())
    refuse_overlap(part)
    source = value._array if isinstance(value, _tensor.Tensor) else np.asarray(value)
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


def put(shape: tuple[int, ...], index: Index, values: Tensor) -> Tensor:
    """Make zeros of `shape` with `values` added at `index`; what an index repeats adds up."""
    result = np.zeros(shape, values._array.dtype)
    part, advanced = _select(result, index)
    if advanced:
        # NumPy's stubs know no tuple here, though its documentation does.
        np.add.at(part, advanced, values._array)  # type: ignore[arg-type]
    else:
        np.copyto(part, values._array)
    return _tensor.Tensor(result)


def _select(a: Array, index: Index) -> tuple[Array, ArrayIndex]:
    """Apply the ints and slices of `index`; return that view, and what tensors do to it then.

    In two steps, since beside a tensor NumPy takes an int for a tensor, torch for a selection.
    """
    basic: list[int | slice | None] = []
    advanced: list[slice | NDArray[np.int64]] = []
    tensors = 0
    for one in index:
        if isinstance(one, _tensor.Tensor):
            basic.append(slice(None))
            advanced.append(one._array.astype(np.int64, copy=False))
            tensors += 1
        else:
            basic.append(one)
            if not isinstance(one, int):
                advanced.append(slice(None))
    # With an Ellipsis even a single element is seen as a view.
    return a[(*basic, ...)], tuple(advanced) if tensors else ()
