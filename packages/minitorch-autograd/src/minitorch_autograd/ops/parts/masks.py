"""Reading and writing where a mask is true; `where`, and `nonzero`.

A mask is a bool tensor that broadcasts with the tensor it is used on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, overload

import minitorch_tensor as below

from ...arguments.indices import mask_indices
from ...arguments.operands import unwrap
from ...arguments.scalars import check_fits_beside
from ...engine.graph import record
from ...engine.value import Tensor, wrap
from ..core import elementwise
from ..core.indexing import read_at
from ..core.movement import expand_to
from ..shapes.broadcasting import broadcast_shapes
from .index_along_dim import scalar_like

if TYPE_CHECKING:
    from ...arguments.indices import RawIndex

__all__ = ["argwhere", "masked_fill", "masked_scatter", "masked_select", "nonzero", "where"]


def masked_fill(input: Tensor, mask: Tensor, value: Tensor | float) -> Tensor:
    """Write `value`, a number or 0-d tensor, where `mask` is true.

    Raises:
        RuntimeError: if `mask` is not bool, `value` has dimensions, or the shapes don't broadcast.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.Tensor.masked_fill_.html
    """
    _refuse_no_mask("masked_fill", mask)
    filler = scalar_like("masked_fill", value, input)
    filled = below.where(mask._raw, filler._raw, unwrap(input))
    return record(
        "MaskedFillBackward1" if isinstance(value, Tensor) else "MaskedFillBackward0",
        wrap(filled if filled.is_contiguous() else filled.clone()),
        (input, lambda g: masked_fill(g, mask, 0)),
        (filler, lambda g: elementwise.where(mask, g, 0.0).sum()),
    )


def masked_select(input: Tensor, mask: Tensor) -> Tensor:
    """Return the elements where `mask` is true, in row-major order: 1-d.

    Raises:
        RuntimeError: if `mask` is not bool, or the shapes don't broadcast.
    """
    _refuse_no_mask("masked_select", mask)
    x, index = _broadcast(input, mask)
    return read_at(x, index, "MaskedSelectBackward0")


def masked_scatter(input: Tensor, mask: Tensor, source: Tensor) -> Tensor:
    """Write the first elements of `source`, in row-major order, where `mask` is true.

    Raises:
        RuntimeError: if `mask` is not bool, types or shapes don't fit, or `source` has too few.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.Tensor.masked_scatter_.html
    """
    _refuse_no_mask("masked_scatter", mask)
    if unwrap(source).dtype is not unwrap(input).dtype:
        raise RuntimeError(
            "masked_scatter: expected self and source to have same dtypes but got "
            f"{input.dtype} and {source.dtype}"
        )
    x, index = _broadcast(input, mask)
    count = x._raw[index].shape[0]
    if source.numel() < count:
        raise RuntimeError(
            "masked_scatter: Number of elements of source < number of ones in mask: "
            f"{source.numel()} < {count}"
        )
    first = read_at(source.reshape(-1), (slice(0, count),))
    written = x._raw.clone()
    written[index] = first._raw
    result = record(
        "MaskedScatterBackward0",
        wrap(written),
        (x, lambda g: masked_fill(g, mask, 0)),
        (first, lambda g: read_at(g, index)),
    )
    return result if input.shape or mask.shape else result.reshape(())


@overload
def nonzero(input: Tensor, *, as_tuple: Literal[False] = False) -> Tensor: ...
@overload
def nonzero(input: Tensor, *, as_tuple: Literal[True]) -> tuple[Tensor, ...]: ...
def nonzero(input: Tensor, *, as_tuple: bool = False) -> Tensor | tuple[Tensor, ...]:
    """Return the indices of the elements that are not 0, in row-major order: int64; no gradient.

    Args:
        input: any tensor.
        as_tuple: whether to return a tuple of vectors, one for each dimension, which can be used as
            an index (a 0-d tensor counts as 1-d). Otherwise a matrix, with a row for each index.
    """
    if not as_tuple:
        return wrap(below.nonzero(unwrap(input)))
    x = input if unwrap(input).shape else input.reshape(1)
    return tuple(wrap(one) for one in mask_indices(x))


def argwhere(input: Tensor) -> Tensor:
    """Return the indices of the elements that are not 0, one in each row: int64; no gradient."""
    return nonzero(input)


@overload
def where(condition: Tensor) -> tuple[Tensor, ...]: ...
@overload
def where(condition: Tensor, input: Tensor | float, other: Tensor | float) -> Tensor: ...
def where(
    condition: Tensor, input: Tensor | float | None = None, other: Tensor | float | None = None
) -> Tensor | tuple[Tensor, ...]:
    """Return `input` where `condition` is true, and `other` elsewhere; broadcasts.

    With `condition` only, same as ``nonzero(condition, as_tuple=True)``.

    Gradient: to the one that was chosen, and 0 to the other, even where that is NaN.
    """
    if input is None and other is None:
        return nonzero(condition, as_tuple=True)
    if input is None or other is None:
        raise TypeError("where(): expected the condition alone, or both `input` and `other`")
    return elementwise.where(
        condition, check_fits_beside(input, other), check_fits_beside(other, input)
    )


def _refuse_no_mask(operation: str, mask: Tensor) -> None:
    """Raise if `mask` is not bool."""
    if unwrap(mask).dtype is not below.bool:
        raise RuntimeError(
            f"{operation}: only supports boolean masks, but got mask with dtype {mask.dtype}: "
            "expected BoolTensor for mask"
        )


def _broadcast(input: Tensor, mask: Tensor) -> tuple[Tensor, RawIndex]:
    """Return the input, broadcast with `mask`, and the index of where the mask is true."""
    shape = broadcast_shapes(unwrap(input).shape, mask.shape) or (1,)
    x = input if input.shape == shape else expand_to(input, shape)
    return x, tuple(mask_indices(expand_to(mask, shape)))
