"""Reading and writing parts of a tensor: ``x[index]``, ``x[index] = y`` and `gather`.

`read_at` and `add_at` are a pair: the derivative of reading at an index is adding there, and the
reverse.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import minitorch_tensor as below

from ...arguments.indices import dims_consumed, entries_of, has_tensor, index_along, normalise
from ...arguments.operands import unwrap
from ...arguments.scalars import scalar
from ...arguments.shapes import wrap_dim
from ...engine.graph import record
from ...engine.value import Tensor, mark_written, wrap
from ...engine.views import record_view
from ...engine.writes import before_write, rebase_history, refuse_write, tracks

if TYPE_CHECKING:
    from ...arguments.indices import Index, Plain, RawIndex

__all__ = ["gather"]


def get(self: Tensor, index: Index, /) -> Tensor:
    """Return ``x[index]``: a view, or a copy if a tensor or list is in the index.

    Args:
        index: ints, slices with positive steps, None, `...`, True and False; tensors, arrays or
            lists of integers; and bool masks, each for as many dimensions as it has.

    Raises:
        IndexError: if an index is out of range, or there are too many.

    Source: https://docs.pytorch.org/docs/stable/tensor_view.html
    """
    if index.__class__ is int:  # by far the most frequent, so it has a short path
        shape = self._raw.shape
        if shape and -shape[0] <= index < shape[0]:
            return read_at(self, (index % shape[0],))
    return read_at(*_resolve(self, index))


def _resolve(self: Tensor, index: Index) -> tuple[Tensor, RawIndex]:
    """Return the tensor to index, and the index in the form that the tensor layer takes."""
    entries = entries_of(index)
    for one in entries:
        if isinstance(one, bool):
            return _with_truths(self, entries)
    return self, normalise(entries, self._raw.shape)


def _with_truths(self: Tensor, entries: list[Plain]) -> tuple[Tensor, RawIndex]:
    """Same as `_resolve`, but for an index that has True or False in it.

    Each adds a dimension, of which True keeps all and False nothing: the tensor gets a dimension of
    size 1, and the index has the tensor [0] or [] there.
    """
    grown: list[Plain] = []
    for one in entries:
        if isinstance(one, bool) or one is None or one is Ellipsis:
            grown.append(Ellipsis if one is Ellipsis else None)
        else:
            grown += [slice(None)] * dims_consumed(one)
    seen = read_at(self, normalise(grown, self._raw.shape))
    entries = [
        _truth(one) if isinstance(one, bool) else slice(None) if one is None else one
        for one in entries
    ]
    return seen, normalise(entries, seen._raw.shape)


def _truth(one: bool) -> Tensor:
    """Return the index of all or nothing of a dimension of size 1."""
    return wrap(below.tensor([0] if one else [], below.int64))


def read_at(x: Tensor, index: RawIndex, name: str = "IndexBackward0") -> Tensor:
    """Return ``x[index]``; `name` is for the node, if it is a copy."""
    shape = x._raw.shape
    raw = x._raw[index]
    view = "SliceBackward0"
    for one in index:
        if isinstance(one, below.Tensor):
            return record(name, wrap(raw), (x, lambda g: add_at(g, shape, index)))
        if isinstance(one, int):
            view = "SelectBackward0"
    return record_view(view, x, raw, lambda x: read_at(x, index), lambda g: add_at(g, shape, index))


def add_at(values: Tensor, shape: tuple[int, ...], index: RawIndex) -> Tensor:
    """Return zeros of `shape` with `values` added at `index`; the derivative of `read_at`."""
    raw = below.put(shape, index, values._raw)
    return record("IndexPutBackward0", wrap(raw), (values, lambda g: read_at(g, index)))


def set_(self: Tensor, index: Index, value: Tensor | float, /) -> None:
    """Do ``x[index] = value``; the value is broadcast and cast.

    Gradient: 0 to what is overwritten; to `value` that of the part.

    Raises:
        IndexError: as for reading.
        RuntimeError: if the shapes don't fit, or the write can't be recorded (see
            `engine.writes`).
    """
    self, where = _resolve(self, index)
    if isinstance(value, Tensor):
        refuse_other_dtype(self, where, value)
    else:
        value = wrap(scalar(value, self._raw.dtype))
    recorded = self._raw.dtype.is_floating_point and tracks(self, value)
    if recorded:
        refuse_write(self)
    self._raw[where] = value._raw
    if not recorded:
        mark_written(self)
        return

    depth = value.ndim
    node = record(
        "CopySlices",
        wrap(self._raw),
        (before_write(self), lambda g: zeroed(g, where)),
        (value, lambda g: with_ndim(read_at(g, where), depth)),
    )._node
    rebase_history(self, node)


def with_ndim(g: Tensor, ndim: int) -> Tensor:
    """Return `g` with dimensions of size 1 in front, up to `ndim`: those of the value written."""
    return g if g.ndim >= ndim else g.reshape((1,) * (ndim - g.ndim) + g.shape)


def refuse_other_dtype(self: Tensor, where: RawIndex, value: Tensor) -> None:
    """Raise if `value` has another type, and the index has a tensor: torch does not cast then."""
    if value._raw.dtype is not self._raw.dtype and has_tensor(where):
        raise RuntimeError(
            "Index put requires the source and destination dtypes match, got "
            f"{self.dtype} for the destination and {value.dtype} for the source: cast the source"
        )


def zeroed(x: Tensor, index: RawIndex) -> Tensor:
    """Return `x` with zeros at `index`."""
    raw = x._raw.clone()
    raw[index] = 0
    return record("IndexPutBackward0", wrap(raw), (x, lambda g: zeroed(g, index)))


def gather(input: Tensor, dim: int, index: Tensor) -> Tensor:
    """Read along `dim` the elements at `index`: ``out[i][j] = x[index[i][j]][j]`` for dim 0.

    Args:
        input: the tensor to read.
        dim: the dimension along which `index` points.
        index: int64 or int32, of as many dimensions; no larger than `input` except along `dim`.

    Raises:
        RuntimeError: if the dimensions don't fit, or an index is out of range.
    """
    shape = unwrap(input).shape
    where = index_along("gather", "input", shape, wrap_dim(dim, len(shape)), index)
    read = read_at(input if shape else input.reshape(1), where, "GatherBackward0")
    return read if read._raw.shape == index._raw.shape else read.reshape(index._raw.shape)
