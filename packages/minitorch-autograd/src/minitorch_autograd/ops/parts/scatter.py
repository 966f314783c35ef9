"""Writing along a dimension to where an index tensor points: the reverse of `gather`.

``out[index[i][j]][j] = src[i][j]`` for dim 0, into a copy of the input; what goes to one place is
combined by `scatter_add` and `scatter_reduce`, and by `scatter` overwritten in an order that is
left open.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import minitorch_tensor as below

from ...arguments.indices import index_along
from ...arguments.operands import unwrap
from ...arguments.scalars import scalar
from ...arguments.shapes import wrap_dim
from ...engine.graph import record
from ...engine.value import Tensor, wrap
from ..core.indexing import erased, take
from .scatter_reduce import reduced

if TYPE_CHECKING:
    from ...arguments.indices import RawIndex

__all__ = ["scatter", "scatter_add", "scatter_reduce"]

REDUCTIONS: Final = ("sum", "prod", "mean", "amax", "amin")
REDUCE: Final = {"add": "sum", "multiply": "prod"}


def scatter(
    input: Tensor,
    dim: int,
    index: Tensor,
    src: Tensor | float | None = None,
    *,
    value: float | None = None,
    reduce: str | None = None,
) -> Tensor:
    """Write `src`, or one number, along `dim` to where `index` points.

    Args:
        input: the tensor to write into a copy of.
        dim: the dimension along which `index` points.
        index: int64 or int32, of as many dimensions; no larger than `src`, nor than `input` but
            along `dim`.
        src: of the element type of `input`; what is beyond the size of `index` is left out.
        value: a number in place of `src`.
        reduce: "add" or "multiply" to combine with what is there; `scatter_reduce` does more.

    Raises:
        RuntimeError: if shapes or types don't fit, or an index is out of range.

    Gradient: to every element of `src`, also to one that another has overwritten.
    """
    source, name = value if src is None else src, "ScatterBackward0"
    if not isinstance(source, Tensor):
        number = scalar(source, unwrap(input).dtype)  # type: ignore[arg-type]  # refuses None, too
        source = wrap(number.view((1,) * index.ndim).expand(index._raw.shape))
        name = "ScatterBackward1"
    if reduce is not None:
        if reduce not in REDUCE:
            raise RuntimeError(f"reduce argument must be either add or multiply, got {reduce!r}")
        return scatter_reduce(input, dim, index, source, REDUCE[reduce])
    x, where, source = _aligned("scatter", input, dim, index, source)
    written = x._raw.clone()
    written[where] = source._raw
    result = record(
        name,
        wrap(written),
        (x, lambda g: erased(g, where)),
        (source, lambda g: take(g, where)),
    )
    return _like(input, result)


def scatter_add(input: Tensor, dim: int, index: Tensor, src: Tensor) -> Tensor:
    """Add `src` along `dim` to where `index` points; what goes to one place adds up.

    Args and Raises: as of `scatter`.
    """
    x, where, source = _aligned("scatter_add", input, dim, index, src)
    value = wrap(x._raw + below.put(x._raw.shape, where, source._raw))
    result = record(
        "ScatterAddBackward0", value, (x, lambda g: g), (source, lambda g: take(g, where))
    )
    return _like(input, result)


def scatter_reduce(
    input: Tensor,
    dim: int,
    index: Tensor,
    src: Tensor,
    reduce: str,
    *,
    include_self: bool = True,
) -> Tensor:
    """Combine `src` along `dim` into where `index` points.

    Args: as of `scatter`, and
        reduce: "sum", "prod", "mean", "amax" or "amin".
        include_self: whether what is there takes part; otherwise it is overwritten.

    Raises: as `scatter`.

    Gradient: of an extreme, shared equally by those that reach it. Of a product the second one is
    complete as long as at most one of its factors is 0.
    """
    if reduce not in REDUCTIONS:
        raise RuntimeError(
            f"reduce argument must be either sum, prod, mean, amax or amin, got {reduce}"
        )
    x, where, source = _aligned("scatter", input, dim, index, src)
    return _like(input, reduced("ScatterReduceBackward0", x, where, source, reduce, include_self))


def _aligned(
    operation: str, input: Tensor, dim: int, index: Tensor, src: Tensor
) -> tuple[Tensor, RawIndex, Tensor]:
    """Return the input with dimensions, where `index` points in it, and `src` of that shape."""
    shape, given = unwrap(input).shape, unwrap(src).shape or (1,)
    where = index_along(operation, "self", shape, wrap_dim(dim, len(shape)), index)
    sizes = index._raw.shape or (1,)
    if src.dtype is not input.dtype:
        raise RuntimeError(
            f"{operation}(): Expected self.dtype to be equal to src.dtype, got {input.dtype} and "
            f"{src.dtype}"
        )
    if not shape:
        input = input.reshape(1)
    if 0 in sizes:
        return input, where, take(src.reshape(-1), (slice(0, 0),))
    if len(given) != len(sizes):
        raise RuntimeError(
            f"{operation}(): Index tensor must have the same number of dimensions as src tensor: "
            f"{sizes} and {given}"
        )
    if any(n > m for n, m in zip(sizes, given, strict=True)):
        raise RuntimeError(
            f"{operation}(): Expected index {list(sizes)} to be no larger size than src "
            f"{list(given)}"
        )
    if src._raw.shape != sizes:
        src = take(src.reshape(given), tuple(slice(0, n) for n in sizes))
    return input, where, src


def _like(input: Tensor, result: Tensor) -> Tensor:
    return result if input._raw.shape else result.reshape(())
