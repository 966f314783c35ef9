"""Reshaping, transposing, expanding: the same elements in another shape or order.

Each derivative is the operation that undoes it: `permute` by the inverse order, `squeeze` by
`reshape`, `expand` by a sum.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ...arguments.memory_order import copied
from ...arguments.shapes import (
    LARGEST,
    infer,
    one_shape,
    refuse_negative,
    refuse_too_large,
    wrap_dim,
)
from ...engine.graph import record
from ...engine.value import wrap
from ...engine.views import record_view

if TYPE_CHECKING:
    from minitorch_tensor import Tensor as Raw

    from ...engine.value import Tensor

__all__ = ["clone", "permute", "reshape", "squeeze", "t", "transpose", "unsqueeze"]


def view(self: Tensor, *shape: int | Sequence[int]) -> Tensor:
    """Return the elements in another shape, in the same memory; one size may be -1.

    Raises:
        RuntimeError: if the number of elements differs, or it would need a copy.
    """
    before, after = self._raw.shape, infer(one_shape(shape), self.numel())
    return _viewed(self, self._raw.view(after), before, after)


def reshape(input: Tensor, *shape: int | Sequence[int]) -> Tensor:
    """Return the elements in another shape: a view if possible, else a copy.

    Args:
        *shape: the sizes, or one sequence of them; one may be -1.

    Raises:
        RuntimeError: if the number of elements differs.
    """
    before = input._raw.shape
    after = infer(one_shape(shape), input.numel())
    try:
        seen = input._raw.view(after)
    except RuntimeError:
        copy = wrap(input._raw.clone().view(after))
        return record("ViewBackward0", copy, (input, lambda g: reshape(g, before)))
    return _viewed(input, seen, before, after)


def _viewed(x: Tensor, raw: Raw, before: tuple[int, ...], after: tuple[int, ...]) -> Tensor:
    """Record `raw`, which is `x` in the shape `after`, as a view."""
    return record_view(
        "ViewBackward0", x, raw, lambda x: view(x, after), lambda g: reshape(g, before)
    )


def permute(input: Tensor, *dims: int | Sequence[int]) -> Tensor:
    """Reorder the dimensions; a view."""
    ndim = input.ndim
    order = tuple(wrap_dim(d, ndim) for d in one_shape(dims))
    if sorted(order) != list(range(ndim)):
        raise RuntimeError(
            f"permute(dims): number of dims don't match or a dim repeats: dims {order} for a "
            f"tensor of {ndim} dimensions"
        )
    back = tuple(order.index(d) for d in range(ndim))
    raw = input._raw.permute(order)
    return record_view(
        "PermuteBackward0", input, raw, lambda x: permute(x, order), lambda g: permute(g, back)
    )


def transpose(input: Tensor, dim0: int, dim1: int) -> Tensor:
    """Swap two dimensions; a view."""
    ndim = len(input._raw.shape)
    i, j = wrap_dim(dim0, ndim), wrap_dim(dim1, ndim)
    order = list(range(ndim))
    if ndim:
        order[i], order[j] = j, i
    raw = input._raw.permute(tuple(order))

    def swap(x: Tensor) -> Tensor:
        return transpose(x, dim0, dim1)

    return record_view("TransposeBackward0", input, raw, swap, swap)


def t(input: Tensor) -> Tensor:
    """Transpose a matrix; a vector stays as it is. A view.

    Raises:
        RuntimeError: if there are more than two dimensions.
    """
    ndim = len(input._raw.shape)
    if ndim > 2:
        raise RuntimeError(f"t() expects a tensor with <= 2 dimensions, but self is {ndim}D")
    return record_view("TBackward0", input, input._raw.permute(((), (0,), (1, 0))[ndim]), t, t)


def expand(self: Tensor, *size: int | Sequence[int]) -> Tensor:
    """Repeat dimensions of size 1, and new ones in front, without a copy; -1 keeps a size."""
    before, after = self._raw.shape, one_shape(size)
    if len(after) < len(before):
        raise RuntimeError(
            f"expand: the number of sizes provided ({len(after)}) must be greater or equal to the "
            f"number of dimensions in the tensor ({len(before)})"
        )
    if -1 in after:
        own = (-1,) * (len(after) - len(before)) + before
        after = tuple(m if n == -1 else n for n, m in zip(after, own, strict=True))
    refuse_negative(after)
    if after and max(after) > LARGEST:
        refuse_too_large("expand", after)
    return expand_to(self, after)


def expand_to(x: Tensor, shape: tuple[int, ...]) -> Tensor:
    """Broadcast `x` to `shape`."""
    # The rule returns g as it is: the engine sums it to the shape of x.
    return record_view(
        "ExpandBackward0", x, x._raw.expand(shape), lambda x: expand_to(x, shape), lambda g: g
    )


def squeeze(input: Tensor, dim: int | Sequence[int] | None = None) -> Tensor:
    """Remove dimensions of size 1: all of them, or those among `dim`. A view."""
    before = input._raw.shape
    if dim is None:
        dropped = set(range(len(before)))
    else:
        dropped = {wrap_dim(d, len(before)) for d in ((dim,) if isinstance(dim, int) else dim)}
    index = tuple(0 if d in dropped and n == 1 else slice(None) for d, n in enumerate(before))
    name = "SqueezeBackward0" if dim is None else "SqueezeBackward1"
    return record_view(
        name, input, input._raw[index], lambda x: squeeze(x, dim), lambda g: reshape(g, before)
    )


def unsqueeze(input: Tensor, dim: int) -> Tensor:
    """Insert a dimension of size 1 at `dim`. A view."""
    at = wrap_dim(dim, input.ndim + 1)
    raw = input._raw[(slice(None),) * at + (None,)]
    return record_view(
        "UnsqueezeBackward0", input, raw, lambda x: unsqueeze(x, at), lambda g: squeeze(g, at)
    )


def clone(input: Tensor) -> Tensor:
    """Return a copy that lies in memory as `input` does, without gaps; differentiable."""
    return record("CloneBackward0", wrap(copied(input._raw)), (input, lambda g: g))


def contiguous(self: Tensor) -> Tensor:
    """Return the tensor itself if its memory is in row-major order, else a copy that is."""
    if self._raw.is_contiguous():
        return self
    return record("CloneBackward0", wrap(self._raw.clone()), (self, lambda g: g))
