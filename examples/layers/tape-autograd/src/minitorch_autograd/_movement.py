"""Operations that move elements, or only the way they are seen, each with its rule."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeAlias

import minitorch_tensor as below

from . import _tensor
from ._tape import record

if TYPE_CHECKING:
    from ._tape import Rule
    from ._tensor import Tensor

    Index: TypeAlias = "tuple[int | slice | below.Tensor | None, ...]"


def axis(dim: int, ndim: int) -> int:
    """Return `dim` counted from the left; a 0-d tensor counts as 1-d."""
    n = max(ndim, 1)
    if not -n <= dim < n:
        raise IndexError(
            f"Dimension out of range (expected to be in range of [{-n}, {n - 1}], but got {dim})"
        )
    return dim % n


def seen_as(x: Tensor, shape: tuple[int, ...], name: str) -> Tensor:
    """Look at `x` under another shape; where its strides can't say it, at a copy."""
    try:
        value = x._raw.view(shape)
    except RuntimeError:
        value = x._raw.clone().view(shape)
    return record(name, _tensor.Tensor(value), (x, lambda g: reshape(g, x.shape)))


def reshape(x: Tensor, shape: tuple[int, ...]) -> Tensor:
    size, known = math.prod(x.shape), math.prod(n for n in shape if n != -1)
    full = tuple(size // max(known, 1) if n == -1 else n for n in shape)
    if shape.count(-1) > 1 or math.prod(full) != size:
        raise RuntimeError(f"shape '{list(shape)}' is invalid for input of size {size}")
    return seen_as(x, full, "ViewBackward0")


def squeeze(x: Tensor, dim: int) -> Tensor:
    dim = axis(dim, len(x.shape))
    shape = x.shape[:dim] + x.shape[dim + 1 :] if x.shape[dim : dim + 1] == (1,) else x.shape
    return seen_as(x, shape, "SqueezeBackward1")


def unsqueeze(x: Tensor, dim: int) -> Tensor:
    dim = axis(dim, len(x.shape) + 1)
    return seen_as(x, (*x.shape[:dim], 1, *x.shape[dim:]), "UnsqueezeBackward0")


def transpose(x: Tensor, dim0: int, dim1: int, name: str = "TransposeBackward0") -> Tensor:
    order = list(range(len(x.shape)))
    a, b = axis(dim0, len(order)), axis(dim1, len(order))
    if order:
        order[a], order[b] = b, a
    value = _tensor.Tensor(x._raw.permute(tuple(order)))
    return record(name, value, (x, lambda g: transpose(g, a, b)))


def t(x: Tensor) -> Tensor:
    """Transpose a matrix; a tensor of fewer dimensions stays as it is."""
    if len(x.shape) > 2:
        raise RuntimeError(
            f"t() expects a tensor with <= 2 dimensions, but self is {len(x.shape)}D: its shape is "
            f"{x.shape}"
        )
    return transpose(x, 0, -1, "TBackward0")


def expand(x: Tensor, shape: tuple[int, ...]) -> Tensor:
    return record("ExpandBackward0", _tensor.Tensor(x._raw.expand(shape)), (x, lambda g: g))


def select(x: Tensor, index: Index, name: str) -> Tensor:
    """Return the part of `x` that `index` names; `put` is its rule, and it is that of `put`."""
    value = _tensor.Tensor(x._raw[index])
    return record(name, value, (x, lambda g: put(g, x.shape, index)))


def put(x: Tensor, shape: tuple[int, ...], index: Index) -> Tensor:
    value = _tensor.Tensor(below.put(shape, index, x._raw))
    return record("PutBackward0", value, (x, lambda g: select(g, index, "IndexBackward0")))


def getitem(x: Tensor, index: int | slice | Tensor, /) -> Tensor:
    if not x.shape:
        raise IndexError("invalid index of a 0-dim tensor: use item() for its number")
    n = x.shape[0]
    if isinstance(index, _tensor.Tensor):
        if index.dtype is not below.int64:
            raise IndexError(f"tensors used as indices must be int64 tensors, got {index.dtype!r}")
        return select(x, (index._raw,), "IndexBackward0")
    if isinstance(index, slice):
        start, stop, step = index.indices(n)
        if step < 0:
            raise ValueError("step must be greater than zero")
        return select(x, (slice(start, max(start, stop), step),), "SliceBackward0")
    if not -n <= index < n:
        raise IndexError(f"index {index} is out of bounds for dimension 0 with size {n}")
    return select(x, (index % n,), "SelectBackward0")


def gather(x: Tensor, dim: int, index: Tensor) -> Tensor:
    """Return `x[i, index[i, j]]` for each i, j (with `dim` 1, of two dimensions)."""
    if len(index.shape) != len(x.shape):
        raise RuntimeError(
            "gather: Index tensor must have the same number of dimensions as input tensor: "
            f"shapes {index.shape} and {x.shape}"
        )
    dim, ndim = axis(dim, len(x.shape)), len(x.shape)
    grid: list[int | slice | below.Tensor | None] = [
        below.arange(0, n, 1, below.int64).view((n,) + (1,) * (ndim - d - 1))
        for d, n in enumerate(index.shape)
    ]
    grid[dim : dim + 1] = [index._raw] if ndim else []
    return select(x, tuple(grid), "GatherBackward0")


def stack(tensors: Sequence[Tensor], dim: int = 0) -> Tensor:
    """Join tensors of one shape along a new dimension."""
    if not tensors:
        raise RuntimeError("stack expects a non-empty TensorList")
    first = tensors[0].shape
    for i, x in enumerate(tensors):
        if x.shape != first:
            raise RuntimeError(
                f"stack expects each tensor to be equal size, but got {list(first)} at entry 0 and "
                f"{list(x.shape)} at entry {i}"
            )
    at = axis(dim, len(first) + 1)
    before = (slice(None),) * at

    def edge(i: int) -> tuple[Tensor, Rule]:
        return tensors[i], lambda g: select(g, (*before, i), "SelectBackward0")

    value = below.cat([unsqueeze(x, at)._raw for x in tensors], at)
    return record("StackBackward0", _tensor.Tensor(value), *map(edge, range(len(tensors))))


def clone(x: Tensor) -> Tensor:
    return record("CloneBackward0", _tensor.Tensor(x._raw.clone()), (x, lambda g: g))


def to(x: Tensor, dtype: below.dtype) -> Tensor:
    if x.dtype is dtype:
        return x
    value = _tensor.Tensor(x._raw.to(dtype))
    return record("ToCopyBackward0", value, (x, lambda g: g)) if dtype.is_floating_point else value
