"""Running sums, products and extremes along a dimension, `cumsum` and the like; and `diff`.

A 0-d tensor counts as one element.
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, NamedTuple

import minitorch_tensor as below

from ...arguments.extensions import scans
from ...arguments.operands import unwrap
from ...arguments.shapes import wrap_dim
from ...engine.graph import record, record_with_output
from ...engine.modes import switch
from ...engine.value import wrap
from ..core.casts import cast_for
from ..core.creation import ones_like
from ..core.elementwise import where
from ..core.indexing import gather
from ..shapes.flip_and_roll import flip
from ..shapes.joining import cat
from ..shapes.splitting import narrow

if TYPE_CHECKING:
    from minitorch_tensor import dtype as DType

    from ...engine.value import Tensor

__all__ = ["cummax", "cummin", "cumprod", "cumsum", "diff", "logcumsumexp"]


class Reached(NamedTuple):
    """The largest or smallest elements so far, and their indices."""

    values: Tensor
    indices: Tensor


def cumsum(input: Tensor, dim: int, *, dtype: DType | None = None) -> Tensor:
    """Compute running sums along `dim`; those of integers and bools are int64.

    Gradient: the running sums of g from the end.
    """
    if dtype is not None:
        return cumsum(_cast_for("cumsum", input, dtype), dim).to(dtype)
    unwrap(input)
    along = wrap_dim(dim, input.ndim)
    if not input.ndim:
        return cumsum(input.reshape((1,)), 0).reshape(())
    return record(
        "CumsumBackward0",
        wrap(scans.cumsum(input._raw, along)),
        (input, lambda g: _cumsum_from_end(g, along)),
    )


def cumprod(input: Tensor, dim: int, *, dtype: DType | None = None) -> Tensor:
    """Compute running products along `dim`; those of integers and bools are int64.

    Gradient: the running sums of ``g y`` from the end, divided by x; also right if an x is 0.
    """
    if dtype is not None:
        return cumprod(_cast_for("cumprod", input, dtype), dim).to(dtype)
    unwrap(input)
    along = wrap_dim(dim, input.ndim)
    if not input.ndim:
        return cumprod(input.reshape((1,)), 0).reshape(())
    return record_with_output(
        "CumprodBackward0",
        wrap(scans.cumprod(input._raw, along)),
        (input, lambda g, y: _cumprod_rule(input, along, g, y)),
    )


def _cast_for(operation: str, x: Tensor, dtype: DType) -> Tensor:
    """Same as `cast_for`, but bool is refused."""
    if dtype is below.bool:
        raise NotImplementedError(
            f'"{operation}_out_cpu" not implemented for {dtype}: ask for an integer type'
        )
    return cast_for(operation, x, dtype)


def _cumprod_rule(x: Tensor, dim: int, g: Tensor, y: Tensor) -> Tensor:
    size = x.shape[dim]
    if not size or not (x == 0).sum().item():
        return _cumsum_from_end(g * y, dim) / x
    # Without dividing by x, which has a 0: the gradient of x[i] is the product of the elements
    # before it, times the sum s[i] of the later g, each times the elements between:
    # s[i] = g[i] + x[i + 1] s[i + 1].
    after = [narrow(g, dim, size - 1, 1)]
    for i in range(size - 2, -1, -1):
        after.append(narrow(g, dim, i, 1) + narrow(x, dim, i + 1, 1) * after[-1])
    first = ones_like(narrow(x, dim, 0, 1))
    before = cat([first, narrow(y, dim, 0, size - 1)], dim)
    return before * cat(after[::-1], dim)


def logcumsumexp(input: Tensor, dim: int) -> Tensor:
    """Compute running ``log(sum(e^x))`` along `dim`.

    Gradient: ``e^x`` times the running sum of ``g e^-y`` from the end.

    Raises:
        NotImplementedError: if the elements are not floats.
    """
    unwrap(input)
    if not input.dtype.is_floating_point:
        raise NotImplementedError(
            f'"logcumsumexp" not implemented for {input.dtype}: cast it to a float type first'
        )
    along = wrap_dim(dim, input.ndim)
    if not input.ndim:
        return logcumsumexp(input.reshape((1,)), 0).reshape(())

    def part(g: Tensor, y: Tensor) -> Tensor:
        """Return the running sums of ``g e^(x - y)`` from the end, for the positive g only."""
        logarithm = where(g > 0, where(g > 0, g, 1.0).log(), -inf)
        backwards = logcumsumexp(flip(logarithm - y, along), along)
        return (flip(backwards, along) + input).exp()

    def rule(g: Tensor, y: Tensor) -> Tensor:
        if switch.recording:  # a second derivative needs a form that is smooth where g is 0
            return _cumsum_from_end(g * (-y).exp(), along) * input.exp()
        # In logarithms, since e^x and e^-y may overflow; so separately for positive and negative g.
        return part(g, y) - part(-g, y)

    return record_with_output(
        "LogcumsumexpBackward0",
        wrap(scans.logcumsumexp(input._raw, along)),
        (input, rule),
    )


def cummax(input: Tensor, dim: int) -> Reached:
    """Return running maxima along `dim`, and the index of each, of several the last; NaN stays.

    Gradient: to the element at the index.
    """
    unwrap(input)
    along = wrap_dim(dim, input.ndim)
    if not input.ndim:
        return Reached(input.clone(), wrap(input.reshape((1,))._raw.argmax(0)))
    return _reached(input, along, wrap(scans.cummax(input._raw, along)[1]))


def cummin(input: Tensor, dim: int) -> Reached:
    """Return running minima along `dim`, and the index of each, of several the last; NaN stays.

    Gradient: to the element at the index.
    """
    unwrap(input)
    along = wrap_dim(dim, input.ndim)
    if not input.ndim:
        return Reached(input.clone(), wrap(input.reshape((1,))._raw.argmin(0)))
    return _reached(input, along, wrap(scans.cummin(input._raw, along)[1]))


def _reached(x: Tensor, dim: int, indices: Tensor) -> Reached:
    """Return the elements at `indices`, and these."""
    return Reached(gather(x, dim, indices), indices)


def _cumsum_from_end(g: Tensor, dim: int) -> Tensor:
    """Return the running sums from the end: the derivative of `cumsum`."""
    return flip(cumsum(flip(g, (dim,)), dim), (dim,))


def diff(
    input: Tensor,
    n: int = 1,
    dim: int = -1,
    prepend: Tensor | None = None,
    append: Tensor | None = None,
) -> Tensor:
    """Compute the differences of neighbours along `dim`, n times; the reverse of `cumsum`."""
    if not unwrap(input).shape:
        raise RuntimeError("diff expects input to be at least one-dimensional")
    if n < 0:
        raise RuntimeError(f"order must be non-negative but got {n}")
    along = wrap_dim(dim, input.ndim)
    x = cat([one for one in (prepend, input, append) if one is not None], along)
    for _ in range(min(n, x.shape[along])):
        size = x.shape[along]
        upper, lower = narrow(x, along, 1, size - 1), narrow(x, along, 0, size - 1)
        x = upper != lower if x.dtype is below.bool else upper - lower
    return x
