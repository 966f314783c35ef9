"""Writing along a dimension to where an index tensor points: the reverse of `gather`.

``out[index[i][j]][j] = src[i][j]`` for dim 0, in a copy of the input. If several elements go to one
place, any of them may be the one that stays after `scatter`; `scatter_add` adds them up, and
`scatter_reduce` combines them in one of several ways.
"""

from __future__ import annotations

from typing import Final

import minitorch_tensor as below

from ...arguments.operands import unwrap
from ...arguments.scalars import scalar
from ...engine.graph import record
from ...engine.value import Tensor, wrap
from ..core.indexing import read_at, zeroed
from .scatter_reduce import aligned, like_input, scatter_reduce

__all__ = ["scatter", "scatter_add"]


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
        input: the tensor, of which a copy is written.
        dim: the dimension along which `index` points.
        index: int64 or int32, of as many dimensions; no larger than `src`, nor than `input` except
            along `dim`.
        src: of the element type of `input`; elements beyond the size of `index` are not used.
        value: a number in place of `src`.
        reduce: "add" or "multiply" to combine with what is there; see `scatter_reduce`.

    Raises:
        RuntimeError: if shapes or types don't fit, or an index is out of range.

    Gradient: to every element of `src`, even one that another has overwritten.
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
    x, where, source = aligned("scatter", input, dim, index, source)
    written = x._raw.clone()
    written[where] = source._raw
    result = record(
        name,
        wrap(written),
        (x, lambda g: zeroed(g, where)),
        (source, lambda g: read_at(g, where)),
    )
    return like_input(input, result)


def scatter_add(input: Tensor, dim: int, index: Tensor, src: Tensor) -> Tensor:
    """Add `src` along `dim` to where `index` points; what goes to one place adds up.

    Args, Raises: those of `scatter`.
    """
    x, where, source = aligned("scatter_add", input, dim, index, src)
    value = wrap(x._raw + below.put(x._raw.shape, where, source._raw))
    result = record(
        "ScatterAddBackward0", value, (x, lambda g: g), (source, lambda g: read_at(g, where))
    )
    return like_input(input, result)
