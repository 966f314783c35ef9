"""`scatter_reduce`, and the combining of values at an index that it shares with `index_reduce`.

In the rules ``v`` are the values, ``y`` is the result, and ``y[i]`` is the result read at the
index: for each value the result that it went into.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import minitorch_tensor as below

from ...arguments.extensions import rounding, scattering
from ...arguments.indices import index_along
from ...arguments.operands import unwrap
from ...arguments.shapes import wrap_dim
from ...engine.graph import record, record_with_output
from ...engine.value import Tensor, wrap
from ..core.elementwise import where
from ..core.indexing import add_at, read_at, zeroed

if TYPE_CHECKING:
    from ...arguments.indices import RawIndex

__all__ = ["scatter_reduce"]


def reduce_at(
    name: str, x: Tensor, index: RawIndex, values: Tensor, how: str, include_self: bool
) -> Tensor:
    """Combine `values` with `x` at `index`.

    Args:
        name: what `grad_fn` shows.
        x: the tensor, of which a copy is written.
        index: as returned by `arguments.indices.normalise`.
        values: of the shape of ``x[index]``, and the element type of `x`.
        how: "sum", "mean", "prod", "amax" or "amin".
        include_self: whether the elements of `x` are combined, too; otherwise overwritten.
    """
    if how == "sum":
        return _sum(name, x, index, values, include_self)
    if how == "mean":
        return _mean(name, x, index, values, include_self)
    if how == "prod":
        return _product(name, x, index, values, include_self)
    return _extreme(name, x, index, values, how, include_self)


def _self_rule(g: Tensor, index: RawIndex, include_self: bool) -> Tensor:
    """Return the gradient of `x` as a summand: 0 where it was overwritten."""
    return g if include_self else zeroed(g, index)


def _sum(name: str, x: Tensor, index: RawIndex, values: Tensor, include_self: bool) -> Tensor:
    kept = x if include_self else zeroed(x.detach(), index)
    return record(
        name,
        wrap(kept._raw + below.put(x._raw.shape, index, values._raw)),
        (x, lambda g: _self_rule(g, index, include_self)),
        (values, lambda g: read_at(g, index)),
    )


def _mean(name: str, x: Tensor, index: RawIndex, values: Tensor, include_self: bool) -> Tensor:
    dtype, shape = x._raw.dtype, x._raw.shape
    ones = below.full(values._raw.shape, 1, dtype)
    counted = below.put(shape, index, ones) + (1 if include_self else 0)
    count = wrap(below.maximum(counted, below.full((), 1, dtype)))
    total = _sum(name, x.detach(), index, values.detach(), include_self)
    if dtype.is_floating_point:
        value = total._raw / count._raw
    else:
        value = rounding.floor_divide(total._raw, count._raw)
    return record(
        name,
        wrap(value),
        (x, lambda g: _self_rule(g / count, index, include_self)),
        (values, lambda g: read_at(g / count, index)),
    )


def _product(name: str, x: Tensor, index: RawIndex, values: Tensor, include_self: bool) -> Tensor:
    start = x._raw
    if not include_self:
        start = start.clone()
        start[index] = 1

    # dy/dv is the product of the other factors: y / v, or for v = 0 that product itself.
    def x_rule(g: Tensor, y: Tensor) -> Tensor:
        if not include_self:
            return zeroed(g, index)
        zero = x == 0
        filled = where(zero, 1.0, x)
        others = _product(name, filled, index, values, True)
        return g * where(zero, others, y / filled)

    def values_rule(g: Tensor, y: Tensor) -> Tensor:
        zero = values == 0
        zeros = add_at(zero.to(g.dtype), x.shape, index)
        single = zero * (read_at(zeros, index) == 1)
        others = _product(name, x, index, where(single, 1.0, values), include_self)
        rest = read_at(g * y, index) / where(zero, 1.0, values)
        return where(single, read_at(g * others, index), rest)

    return record_with_output(
        name,
        wrap(scattering.combine_at(start, index, values._raw, "prod")),
        (x, x_rule),
        (values, values_rule),
    )


def _extreme(
    name: str, x: Tensor, index: RawIndex, values: Tensor, how: str, include_self: bool
) -> Tensor:
    start = x._raw
    if not include_self:
        start = start.clone()
        start[index] = values._raw  # any of those that go there

    def share(g: Tensor, y: Tensor) -> Tensor:
        """Return the share of each of those that equal the extreme."""
        reach = add_at((values == read_at(y, index)).to(g.dtype), x.shape, index)
        own = (x == y).to(g.dtype)
        reach = reach + _self_rule(own, index, include_self)
        return g / reach

    return record_with_output(
        name,
        wrap(scattering.combine_at(start, index, values._raw, how)),
        (x, lambda g, y: _self_rule(share(g, y) * (x == y), index, include_self)),
        (values, lambda g, y: read_at(share(g, y), index) * (values == read_at(y, index))),
    )


REDUCTIONS: Final = ("sum", "prod", "mean", "amax", "amin")


def scatter_reduce(
    input: Tensor,
    dim: int,
    index: Tensor,
    src: Tensor,
    reduce: str,
    *,
    include_self: bool = True,
) -> Tensor:
    """Combine `src` along `dim` with the elements that `index` points to.

    Args: those of `scatter`, and
        reduce: "sum", "prod", "mean", "amax" or "amin".
        include_self: whether the elements of `input` are combined, too; otherwise overwritten.

    Raises: as `scatter`.

    Gradient: of "amax" and "amin", shared equally by those that tie. The second derivative of
    "prod" is complete if at most one of the factors is 0.
    """
    if reduce not in REDUCTIONS:
        raise RuntimeError(
            f"reduce argument must be either sum, prod, mean, amax or amin, got {reduce}"
        )
    x, where, source = aligned("scatter", input, dim, index, src)
    return like_input(
        input, reduce_at("ScatterReduceBackward0", x, where, source, reduce, include_self)
    )


def aligned(
    operation: str, input: Tensor, dim: int, index: Tensor, src: Tensor
) -> tuple[Tensor, RawIndex, Tensor]:
    """Return the input, where `index` points in it, and `src` cut to the shape of `index`.

    A 0-d input gets a dimension: see `like_input`.
    """
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
        return input, where, read_at(src.reshape(-1), (slice(0, 0),))
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
        src = read_at(src.reshape(given), tuple(slice(0, n) for n in sizes))
    return input, where, src


def like_input(input: Tensor, result: Tensor) -> Tensor:
    """Return `result`, 0-d if `input` is."""
    return result if input._raw.shape else result.reshape(())
