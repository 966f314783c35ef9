"""`take`, `put`, `index_put` and `take_along_dim`.

`take` and `put` number the elements in row-major order; a number may count from the end.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import minitorch_tensor as below

from ...arguments.indices import entries_of, int64_indices, normalise
from ...arguments.operands import unwrap
from ...arguments.shapes import wrap_dim
from ...engine.graph import record
from ...engine.value import Tensor, wrap
from ..core import indexing
from ..core.creation import zeros_like
from ..core.indexing import gather, refuse_other_dtype, with_ndim, zeroed
from ..core.movement import expand_to
from ..shapes.broadcasting import broadcast_shapes

if TYPE_CHECKING:
    from minitorch_tensor import Tensor as Raw

__all__ = ["index_put", "put", "take", "take_along_dim"]


def take(input: Tensor, index: Tensor) -> Tensor:
    """Return the elements whose numbers are in `index`, in its shape: ``x.reshape(-1)[index]``.

    Raises:
        IndexError: if there is no such element.
        RuntimeError: if `index` is not int64.
    """
    where = _numbers("take", input, index)
    read = indexing.read_at(input.reshape(-1), (where,), "TakeBackward0")
    return read if index._raw.shape else read.reshape(())


def put(input: Tensor, index: Tensor, source: Tensor, accumulate: bool = False) -> Tensor:
    """Write the elements of `source` over those whose numbers are in `index`, or add them there.

    Args:
        input: the tensor, of which a copy is written.
        index: int64, of any shape.
        source: as many elements as `index` has, of the type of `input`.
        accumulate: whether to add; repeated indices add up.

    Raises:
        IndexError: if there is no such element, or `source` has more or fewer.
        RuntimeError: if a type doesn't fit.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.Tensor.put_.html
    """
    where = (_numbers("put", input, index).view((index.numel(),)),)
    if unwrap(source).dtype is not input.dtype:
        raise RuntimeError(
            "put(): self and source expected to have the same dtype, but got self.dtype = "
            f"{input.dtype} and source.dtype = {source.dtype}"
        )
    if source.numel() != index.numel():
        raise IndexError(
            "put(): Expected source and index to have the same number of elements, but got "
            f"source.numel() = {source.numel()}, index.numel() = {index.numel()}"
        )
    shape, x, values = input.shape, input.reshape(-1), source.reshape(-1)
    if accumulate:
        result = x._raw + below.put(x._raw.shape, where, values._raw)
    else:
        result = x._raw.clone()
        result[where] = values._raw
    zeros = zeros_like(source)
    return record(
        "PutBackward0",
        wrap(result.view(shape)),
        (input, lambda g: g if accumulate else put(g, index, zeros)),
        (values, lambda g: indexing.read_at(g.reshape(-1), where)),
    )


def take_along_dim(input: Tensor, indices: Tensor, dim: int | None = None) -> Tensor:
    """Same as `gather`, but the other dimensions broadcast.

    Args:
        input: the tensor to read.
        indices: int64, of as many dimensions.
        dim: the dimension along which they point; None flattens both.

    Raises:
        RuntimeError: if the dimensions don't fit, or `indices` are not int64.
    """
    if unwrap(indices).dtype is not below.int64:
        raise RuntimeError(
            f"take_along_dim(): dtype of indices should be Long but got {indices.dtype}"
        )
    if dim is None:
        return take_along_dim(input.reshape(-1), indices.reshape(-1), 0)
    ndim = len(unwrap(input).shape)
    if indices.ndim != ndim:
        raise RuntimeError(
            "take_along_dim(): input and indices should have the same number of dimensions, but "
            f"got {ndim} dimensions for input, and {indices.ndim} dimensions for indices"
        )
    along = wrap_dim(dim, ndim)
    if not ndim:
        return gather(input, 0, indices)
    size, count = input.shape[along], indices.shape[along]
    before, after = input.shape[:along], input.shape[along + 1 :]
    common = broadcast_shapes(
        (*before, 1, *after), (*indices.shape[:along], 1, *indices.shape[along + 1 :])
    )
    before, after = common[:along], common[along + 1 :]
    from_start = wrap(below.where(indices._raw < 0, indices._raw + size, indices._raw))
    read = expand_to(input, (*before, size, *after))
    return gather(read, dim, expand_to(from_start, (*before, count, *after)))


def _numbers(operation: str, input: Tensor, index: Tensor) -> Raw:
    """Return the numbers in `index`, checked; at least 1-d."""
    places, total = int64_indices(operation, index, "a long tensor"), input.numel()
    every = tuple(range(len(places.shape)))
    for extreme in (places.amin(every).item(), places.amax(every).item()) if index.numel() else ():
        if not -total <= extreme < total:
            raise IndexError(
                f"{operation}(): out of range: tried to access index {extreme} on a tensor of "
                f"{total} elements."
            )
    return places if places.shape else places.view((1,))


def index_put(
    input: Tensor, indices: Sequence[Tensor], values: Tensor, accumulate: bool = False
) -> Tensor:
    """Write `values` over ``input[indices]``, or add them there.

    Args:
        input: the tensor, of which a copy is written.
        indices: tensors of integers, or bool masks.
        values: broadcast to the shape of ``input[indices]``; of the element type of `input`.
        accumulate: whether to add; repeated indices add up.

    Raises:
        IndexError: if an index is out of range.
        RuntimeError: if types or shapes don't fit.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.Tensor.index_put_.html
    """
    for i, one in enumerate(indices):
        if not isinstance(one, Tensor):
            raise TypeError(
                f"index_put(): expected Tensor as element {i} of indices, but got "
                f"{type(one).__name__}"
            )
    where = normalise(entries_of(tuple(indices)), unwrap(input).shape)
    depth = len(unwrap(values).shape)
    refuse_other_dtype(input, where, values)
    if accumulate:
        spread = values._raw.expand(input._raw[where].shape)
        result = input._raw + below.put(input._raw.shape, where, spread)
    else:
        result = input._raw.clone()
        result[where] = values._raw
    return record(
        "IndexPutBackward0",
        wrap(result),
        (input, lambda g: g if accumulate else zeroed(g, where)),
        (values, lambda g: with_ndim(indexing.read_at(g, where), depth)),
    )
