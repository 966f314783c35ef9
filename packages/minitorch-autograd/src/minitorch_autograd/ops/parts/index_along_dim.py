"""`index_select`, `index_add` and the like: slices along a dimension, by a vector of indices.

Those that write do so in a copy of the input: ``out[index[i]] = source[i]`` for dim 0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import minitorch_tensor as below

from ...arguments.indices import int64_indices, own_int64, refuse_out_of_range
from ...arguments.operands import unwrap
from ...arguments.scalars import scalar
from ...arguments.shapes import wrap_dim
from ...engine.graph import record
from ...engine.value import Tensor, wrap
from ..core.indexing import read_at, zeroed
from .scatter_reduce import like_input, reduce_at

if TYPE_CHECKING:
    from ...arguments.indices import RawIndex

__all__ = ["index_add", "index_copy", "index_fill", "index_reduce", "index_select"]


def index_select(input: Tensor, dim: int, index: Tensor) -> Tensor:
    """Read the slices along `dim` at `index`: ``x[index]`` for dim 0.

    Args:
        input: the tensor to read.
        dim: the dimension along which `index` points.
        index: int64 or int32, of one dimension or none.

    Raises:
        IndexError: if an index is negative or too large, or `index` is not a vector.
    """
    where = _slices("index_select", unwrap(input).shape, dim, index, IndexError)
    if input._raw.shape:
        return read_at(input, where, "IndexSelectBackward0")
    if index.numel() != 1:
        raise RuntimeError(
            f"index_select(): Index to scalar can have only 1 value, got {index.numel()} value(s)"
        )
    return read_at(input.reshape(1), where, "IndexSelectBackward0").reshape(())


def index_add(
    input: Tensor, dim: int, index: Tensor, source: Tensor, *, alpha: float = 1
) -> Tensor:
    """Add ``alpha source`` to the slices along `dim` at `index`; repeated indices add up.

    Args:
        input: the tensor, of which a copy is written.
        dim: the dimension along which `index` points.
        index: int64 or int32, 1-d: for each slice of `source` where it goes.
        source: of the shape of `input` except along `dim`, and of its element type.
        alpha: a factor.

    Raises:
        RuntimeError: if types or shapes don't fit, or an index is out of range.
    """
    shape = unwrap(input).shape
    where = _slices("index_add", shape, dim, index, RuntimeError)
    source = _fitting("index_add", input, dim, index, source)
    factor = scalar(alpha, input.dtype).item()
    scaled = source._raw if factor == 1 else source._raw * factor
    added = below.put(shape or (1,), where, scaled).view(shape)
    return record(
        "IndexAddBackward0",
        wrap(input._raw + added),
        (input, lambda g: g),
        (source, lambda g: read_at(g if shape else g.reshape(1), where) * factor),
    )


def index_copy(input: Tensor, dim: int, index: Tensor, source: Tensor) -> Tensor:
    """Write the slices of `source` over those along `dim` at `index`.

    Args: those of `index_add`; if an index repeats, any of its slices may be the one that stays.

    Raises:
        IndexError: if an index is out of range, or their number is not that of the slices.
        RuntimeError: if types or shapes don't fit.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.Tensor.index_copy_.html
    """
    int64_indices("index_copy", index, "a long tensor")
    where = _slices("index_copy", unwrap(input).shape, dim, index, IndexError)
    source = _fitting("index_copy", input, dim, index, source, IndexError)
    x = input if input._raw.shape else input.reshape(1)
    written = x._raw.clone()
    written[where] = source._raw
    result = record(
        "IndexCopyBackward0",
        wrap(written),
        (x, lambda g: zeroed(g, where)),
        (source, lambda g: read_at(g, where)),
    )
    return like_input(input, result)


def index_fill(input: Tensor, dim: int, index: Tensor, value: Tensor | float) -> Tensor:
    """Write `value`, a number or 0-d tensor, over the slices along `dim` at `index`.

    Args: those of `index_add`; indices may count from the end.

    Raises:
        IndexError: if an index is out of range, or `index` is not int64.
        RuntimeError: if `value` has dimensions.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.Tensor.index_fill_.html
    """
    if unwrap(index).dtype is not below.int64:
        raise IndexError(f"index_fill(): Expected dtype int64 for index, but got {index.dtype}")
    x = input if unwrap(input).shape else input.reshape(1)
    where = (slice(None),) * wrap_dim(dim, x.ndim) + (own_int64(_vector("index_fill", index)._raw),)
    filler = scalar_like("index_fill", value, x)
    written = x._raw.clone()
    written[where] = filler._raw
    result = record(
        "IndexFillBackward1" if isinstance(value, Tensor) else "IndexFillBackward0",
        wrap(written),
        (x, lambda g: zeroed(g, where)),
        # Not the sum of g at the indices: a slice whose index repeats is filled once.
        (filler, lambda g: (g - zeroed(g, where)).sum()),
    )
    return like_input(input, result)


def index_reduce(
    input: Tensor,
    dim: int,
    index: Tensor,
    source: Tensor,
    reduce: str,
    *,
    include_self: bool = True,
) -> Tensor:
    """Combine the slices of `source` with those along `dim` at `index`.

    Args: those of `index_add`, and
        reduce: "prod", "mean", "amax" or "amin".
        include_self: whether the slices of `input` are combined, too; otherwise overwritten.

    Raises: as `index_add`.

    Gradient: as of `scatter_reduce`.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.Tensor.index_reduce_.html
    """
    if reduce not in ("prod", "mean", "amax", "amin"):
        raise RuntimeError(
            "index_reduce(): Expected reduce to be one of prod, mean, amax or amin but got "
            f"{reduce}."
        )
    where = _slices("index_reduce", unwrap(input).shape, dim, index, RuntimeError)
    source = _fitting("index_reduce", input, dim, index, source)
    x = input if input._raw.shape else input.reshape(1)
    result = reduce_at("IndexReduceBackward0", x, where, source, reduce, include_self)
    return like_input(input, result)


def scalar_like(operation: str, value: Tensor | float, x: Tensor) -> Tensor:
    """Return a number or 0-d tensor as a 0-d tensor of the type of `x`."""
    if not isinstance(value, Tensor):
        return wrap(scalar(value, x.dtype))
    if value.ndim:
        raise RuntimeError(
            f"{operation} only supports a 0-dimensional value tensor, but got tensor with "
            f"{value.ndim} dimension(s)."
        )
    return value.to(x.dtype)


def _vector(operation: str, index: Tensor) -> Tensor:
    """Return `index`, of one dimension; a 0-d one gets one."""
    if unwrap(index).shape:
        if index.ndim > 1:
            raise IndexError(
                f"{operation}(): Index is supposed to be a vector, but got shape "
                f"{list(index.shape)}"
            )
        return index
    return index.reshape(1)


def _slices(
    operation: str, shape: tuple[int, ...], dim: int, index: Tensor, error: type[Exception]
) -> RawIndex:
    """Return the index of the tensor layer that has `index`, checked, in dimension `dim`."""
    places = int64_indices(operation, _vector(operation, index))
    along = wrap_dim(dim, len(shape))
    refuse_out_of_range(places, shape[along] if shape else 1, along, error)
    return (slice(None),) * along + (places,)


def _fitting(
    operation: str,
    input: Tensor,
    dim: int,
    index: Tensor,
    source: Tensor,
    error: type[Exception] = RuntimeError,
) -> Tensor:
    """Return `source`, checked: it has a slice for each index. A 0-d one gets a dimension."""
    if unwrap(source).dtype is not input.dtype:
        raise RuntimeError(
            f"{operation}(): self and source must have the same scalar type (the same dtype), got "
            f"{input.dtype} and {source.dtype}"
        )
    shape, given = input.shape or (1,), source.shape or (1,)
    along = wrap_dim(dim, len(shape))
    others = shape[:along] + shape[along + 1 :]
    if len(given) != len(shape) or given[:along] + given[along + 1 :] != others:
        raise RuntimeError(
            f"{operation}(): source tensor shape must match self tensor shape, excluding the "
            f"specified dimension (the same slice shapes). Got self.shape = {list(shape)} "
            f"source.shape = {list(given)}"
        )
    if given[along] != index.numel():
        raise error(
            f"{operation}(): Number of indices ({index.numel()}) should be equal to "
            f"source.size(dim): ({given[along]}), for dim: {along}"
        )
    return source.reshape(given)
