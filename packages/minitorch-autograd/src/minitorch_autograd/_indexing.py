"""Reading and writing parts of a tensor, with derivatives.

`take` and `put` are a pair: the derivative of reading at an index is adding at it, and the reverse.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from types import EllipsisType
from typing import TYPE_CHECKING, TypeAlias

import minitorch_tensor as below

from . import _tensor
from ._graph import alias, record, wrap, written
from ._inplace import refuse_shared, tracks
from ._shapes import wrap_dim

if TYPE_CHECKING:
    from minitorch_tensor import Tensor as Raw

    from ._tensor import Tensor

    Entry: TypeAlias = "int | slice | Tensor | Sequence[int] | EllipsisType | None"
    Index: TypeAlias = "Entry | tuple[Entry, ...]"
    RawIndex: TypeAlias = "tuple[int | slice | Raw | None, ...]"


def get(self: Tensor, index: Index, /) -> Tensor:
    """Return the part that `index` names: a view, or a copy where a tensor or list is in it.

    Args:
        index: ints, slices with positive steps, None, `...`, int64 tensors or lists, bool masks.

    Raises:
        IndexError: if an index is out of range, or there are too many.

    Source: https://docs.pytorch.org/docs/stable/tensor_view.html
    """
    return take(self, normalise(index, self._raw.shape))


def take(x: Tensor, index: RawIndex) -> Tensor:
    """Read `x` at `index`."""
    shape = x._raw.shape
    raw = x._raw[index]
    if any(isinstance(one, below.Tensor) for one in index):
        return record("IndexBackward0", wrap(raw), (x, lambda g: put(g, shape, index)))
    name = "SelectBackward0" if any(isinstance(one, int) for one in index) else "SliceBackward0"
    return record(name, alias(x, raw), (x, lambda g: put(g, shape, index)))


def put(values: Tensor, shape: tuple[int, ...], index: RawIndex) -> Tensor:
    """Make zeros of `shape` with `values` added at `index`."""
    raw = below.put(shape, index, values._raw)
    return record("IndexPutBackward0", wrap(raw), (values, lambda g: take(g, index)))


def set_(self: Tensor, index: Index, value: Tensor | float, /) -> None:
    """Write `value`, broadcast and cast, into the part that `index` names.

    Gradient: none to what is overwritten; to `value` that of the part.

    Raises:
        IndexError: as for reading.
        RuntimeError: if the shapes don't fit, or where a recorded write is refused (see
            `_inplace`).
    """
    where = normalise(index, self._raw.shape)
    recorded = tracks(self, value)
    if recorded:
        refuse_shared(self)
    self._raw[where] = value._raw if isinstance(value, _tensor.Tensor) else value
    if recorded:
        shape, before = self._raw.shape, wrap(self._raw)
        before._node, self._node = self._node, None
        kept = below.full(shape, 1, self._raw.dtype)
        kept[where] = 0
        untouched = wrap(kept)
        edges = [(before, lambda g: g * untouched)]
        if isinstance(value, _tensor.Tensor):
            edges.append((value, lambda g: take(g, where)))
        record("CopySlices", self, *edges)
    written(self)


def gather(input: Tensor, dim: int, index: Tensor) -> Tensor:
    """Take along `dim` the elements at `index`: ``out[i][j] = x[index[i][j]][j]`` for dim 0.

    Args:
        input: the tensor to read.
        dim: the dimension along which `index` points.
        index: int64, of as many dimensions; no larger than `input` but along `dim`.

    Raises:
        RuntimeError: if the dimensions don't fit, or an index is out of range.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.gather.html
    """
    if index.dtype is not below.int64:
        raise RuntimeError(f"gather(): Expected dtype int64 for index, but got {index.dtype}")
    if index.ndim != input.ndim:
        raise RuntimeError(
            "Index tensor must have the same number of dimensions as input tensor: "
            f"{index.shape} and {input.shape}"
        )
    along, ndim, sizes = wrap_dim(dim, input.ndim), input.ndim, index._raw.shape
    entries: list[int | slice | Raw | None] = []
    for d, n in enumerate(sizes):
        if d == along:
            entries.append(index._raw)
            continue
        if n > input.shape[d]:
            raise RuntimeError(
                f"Size does not match at dimension {d} expected index {list(sizes)} to be no "
                f"larger than self {list(input.shape)} apart from dimension {along}"
            )
        counting = below.arange(0, n, 1, below.int64)
        entries.append(counting.view((1,) * d + (n,) + (1,) * (ndim - d - 1)))
    if not ndim:
        return gather(input.reshape(1), 0, index.reshape(1)).reshape(())
    size = input.shape[along]
    if index.numel():
        every = tuple(range(ndim))
        for extreme in (index._raw.amin(every).item(), index._raw.amax(every).item()):
            if not 0 <= extreme < size:
                raise RuntimeError(
                    f"index {extreme} is out of bounds for dimension {along} with size {size}"
                )
    return take(input, tuple(entries))


def normalise(index: Index, shape: tuple[int, ...]) -> RawIndex:
    """Return `index` in the form that the tensor layer takes: see autograd's `requires.py`."""
    entries = [_as_tensor(one) for one in (index if isinstance(index, tuple) else (index,))]
    consumed = sum(_consumes(one) for one in entries)
    if consumed > len(shape):
        raise IndexError(
            f"too many indices for tensor of dimension {len(shape)}: {consumed} for {shape}"
        )
    if sum(one is Ellipsis for one in entries) > 1:
        raise IndexError("an index can only have a single ellipsis ('...')")
    result: list[int | slice | Raw | None] = []
    dim = 0
    for one in entries:
        if one is None:
            result.append(None)
        elif one is Ellipsis:
            skipped = len(shape) - consumed
            result += [slice(None)] * skipped
            dim += skipped
        elif isinstance(one, _tensor.Tensor) and one.dtype is below.bool:
            result += _nonzero(one, shape[dim : dim + one.ndim])
            dim += one.ndim
        else:
            result.append(_entry(one, shape[dim], dim))
            dim += 1
    return tuple(result)


def _as_tensor(one: Entry) -> Entry:
    """Return a list as the tensor that it stands for, and any other entry as it is."""
    mask = isinstance(one, _tensor.Tensor) and one.dtype is below.bool and not one.ndim
    if mask or isinstance(one, bool):
        raise TypeError(
            f"an index can't be {one}: use None for a new dimension, or a bool tensor that has one"
        )
    if isinstance(one, Sequence):
        return wrap(below.tensor(one) if one else below.tensor(one, below.int64))
    return one


def _consumes(one: Entry) -> int:
    """Return the number of dimensions that an entry stands for."""
    if one is None or one is Ellipsis:
        return 0
    return one.ndim if isinstance(one, _tensor.Tensor) and one.dtype is below.bool else 1


def _entry(one: Entry, size: int, dim: int) -> int | slice | Raw:
    if isinstance(one, slice):
        start, stop, step = one.indices(size)
        if step < 1:
            raise ValueError(f"slice step must be positive, got {step}: use flip to reverse")
        return slice(start, max(start, stop), step)
    if isinstance(one, _tensor.Tensor):
        if one.dtype is not below.int64:
            raise IndexError(
                "tensors used as indices must be long, byte or bool tensors, "
                f"but one has dtype {one.dtype}"
            )
        if one.ndim:
            return one._raw
        one = int(one._raw.item())
    if isinstance(one, int):
        if not -size <= one < size:
            raise IndexError(f"index {one} is out of bounds for dimension {dim} with size {size}")
        return one % size
    raise IndexError(
        "only integers, slices (`:`), ellipsis (`...`), None and long or byte Variables are valid "
        f"indices (got {type(one).__name__})"
    )


def _nonzero(mask: Tensor, shape: tuple[int, ...]) -> list[Raw]:
    """Return for each dimension of `mask` the indices at which it holds."""
    if mask.shape != shape:
        raise IndexError(
            f"The shape of the mask {list(mask.shape)} does not match the shape of the indexed "
            f"tensor {list(shape)}"
        )
    flat = mask.reshape(-1).tolist()
    assert isinstance(flat, list)
    held = [place for place, on in zip(product(*map(range, shape)), flat, strict=True) if on]
    return [below.tensor([place[d] for place in held], below.int64) for d in range(len(shape))]
