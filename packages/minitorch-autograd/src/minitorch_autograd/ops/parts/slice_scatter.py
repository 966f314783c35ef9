"""Writing over a slice, a row or a diagonal of a copy.

Each function writes where its name without `_scatter` reads; the gradient of `src` is read there.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ...arguments.operands import unwrap
from ...arguments.shapes import wrap_dim
from ...engine.graph import record
from ...engine.value import wrap
from ...engine.writes import zeros_in_view
from ..core.indexing import read_at
from ..shapes.diagonals import diagonal
from ..shapes.splitting import select

if TYPE_CHECKING:
    from ...engine.value import Tensor

__all__ = ["diagonal_scatter", "select_scatter", "slice_scatter"]


def select_scatter(input: Tensor, src: Tensor, dim: int, index: int) -> Tensor:
    """Write `src` over the slice at `index` along `dim`."""
    return _written("SelectScatterBackward0", input, src, lambda x: select(x, dim, index))


def slice_scatter(
    input: Tensor,
    src: Tensor,
    dim: int = 0,
    start: int | None = None,
    end: int | None = None,
    step: int = 1,
) -> Tensor:
    """Write `src` over ``x[start:end:step]`` along `dim`."""
    shape = unwrap(input).shape
    along = wrap_dim(dim, len(shape))
    first, last, step = slice(start, end, step).indices(shape[along])
    part = (*[slice(None)] * along, slice(first, max(first, last), step))
    return _written("SliceScatterBackward0", input, src, lambda x: read_at(x, part))


def diagonal_scatter(
    input: Tensor, src: Tensor, offset: int = 0, dim1: int = 0, dim2: int = 1
) -> Tensor:
    """Write `src` over the diagonal of `dim1` and `dim2`."""
    name = "DiagonalScatterBackward0"
    return _written(name, input, src, lambda x: diagonal(x, offset, dim1, dim2))


def _written(name: str, input: Tensor, src: Tensor, part_of: Callable[[Tensor], Tensor]) -> Tensor:
    """Write `src` over the view that `part_of` makes of a copy of `input`."""
    result = wrap(unwrap(input).clone())
    part = part_of(result)._raw
    if unwrap(src).shape != part.shape:
        raise RuntimeError(
            "expected src to have a size equal to the slice of self. src size = "
            f"{list(src.shape)}, slice size = {list(part.shape)}"
        )
    part[()] = src._raw
    return record(
        name,
        wrap(result._raw),
        (input, lambda g: zeros_in_view(g, part_of)),
        (src, part_of),
    )
