"""Copies: of one tensor, of several into one, of each of many into its place."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

import numpy as np

from ..core.promotion import promote_types
from ..core.value import Tensor, wrap

__all__ = ["cat", "copy_each"]


def clone(x: Tensor) -> Tensor:
    """Return a contiguous copy."""
    return wrap(x._array.copy())


def cat(tensors: Sequence[Tensor], dim: int) -> Tensor:
    """Join tensors along `dim`; their other sizes must be equal."""
    if not tensors:
        raise ValueError("cat: expected a non-empty list of Tensors")
    arrays = [x._array for x in tensors]
    common = arrays[0].dtype
    if any(a.dtype != common for a in arrays):
        common = reduce(promote_types, (a.dtype for a in arrays))
        arrays = [a.astype(common, copy=False) for a in arrays]
    try:
        return wrap(np.ascontiguousarray(np.concatenate(arrays, dim)))
    except ValueError:
        raise RuntimeError(
            "cat: Sizes of tensors must match except in dimension "
            f"{dim}: shapes {', '.join(str(a.shape) for a in arrays)}"
        ) from None


def copy_each(targets: Sequence[Tensor], sources: Sequence[Tensor], /) -> None:
    """Copy each of `sources` into the target at the same place: many small copies in one call."""
    for target, source in zip(targets, sources, strict=True):
        target._array[()] = source._array
