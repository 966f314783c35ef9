"""Functions that fold dimensions away, each with its derivative.

`dim` is one dimension, several, or None for all of them; with `keepdim` a folded dimension stays,
of size 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, overload

from ._graph import record, record_with_output, wrap
from ._indexing import gather
from ._movement import expand_to
from ._shapes import wrap_dim, wrap_dims

if TYPE_CHECKING:
    from ._tensor import Tensor


class Extreme(NamedTuple):
    """The extreme elements along a dimension, and where they stand."""

    values: Tensor
    indices: Tensor


def _kept(shape: tuple[int, ...], dims: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(1 if d in dims else n for d, n in enumerate(shape))


def _spread(g: Tensor, shape: tuple[int, ...], dims: tuple[int, ...]) -> Tensor:
    """Repeat `g` along the dimensions that were folded away."""
    return expand_to(g.reshape(_kept(shape, dims)) if g._raw.shape else g, shape)


def sum(input: Tensor, dim: int | Sequence[int] | None = None, keepdim: bool = False) -> Tensor:
    """Sum elements; bools count as int64. The sum of nothing is 0.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.sum.html
    """
    shape = input._raw.shape
    dims = wrap_dims(dim, len(shape))
    return record(
        "SumBackward0" if dim is None else "SumBackward1",
        wrap(input._raw.sum(dims, keepdim)),
        (input, lambda g: _spread(g, shape, dims)),
    )


def mean(input: Tensor, dim: int | Sequence[int] | None = None, keepdim: bool = False) -> Tensor:
    """Average elements; NaN of none.

    Raises:
        RuntimeError: if the elements are not floats.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.mean.html
    """
    if not input.dtype.is_floating_point:
        raise RuntimeError(
            "mean(): could not infer output dtype. Input dtype must be either a floating point or "
            f"complex dtype. Got: {input.dtype}; cast it first, as in x.to(torch.float32)"
        )
    shape = input._raw.shape
    dims = wrap_dims(dim, len(shape))
    count = 1
    for d in dims:
        count *= shape[d]
    return record(
        "MeanBackward0" if dim is None else "MeanBackward1",
        wrap(input._raw.sum(dims, keepdim) / count),
        (input, lambda g: _spread(g / count, shape, dims)),
    )


def var(
    input: Tensor,
    dim: int | Sequence[int] | None = None,
    *,
    correction: float = 1,
    keepdim: bool = False,
) -> Tensor:
    """Take the variance: ``sum((x - mean)^2) / max(0, count - correction)``.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.var.html
    """
    count = 1
    for d in wrap_dims(dim, input.ndim):
        count *= input.shape[d]
    deviation = input - mean(input, dim, keepdim=True)
    squares = (deviation * deviation).sum(dim, keepdim)
    return squares / (count - correction if count > correction else 0.0)


def amax(input: Tensor, dim: int | Sequence[int] = (), keepdim: bool = False) -> Tensor:
    """Take the largest elements; NaN where there is one.

    Gradient: shared equally among those that tie.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.amax.html
    """
    dims = wrap_dims(dim, input.ndim)
    return record_with_output(
        "AmaxBackward0",
        wrap(input._raw.amax(dims, keepdim)),
        (input, lambda g, y: _share(input, dims, g, y)),
    )


def amin(input: Tensor, dim: int | Sequence[int] = (), keepdim: bool = False) -> Tensor:
    """Take the smallest elements; NaN where there is one.

    Gradient: shared equally among those that tie.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.amin.html
    """
    dims = wrap_dims(dim, input.ndim)
    return record_with_output(
        "AminBackward0",
        wrap(input._raw.amin(dims, keepdim)),
        (input, lambda g, y: _share(input, dims, g, y)),
    )


def _share(x: Tensor, dims: tuple[int, ...], g: Tensor, y: Tensor) -> Tensor:
    """Give `g` in equal parts to the elements of `x` that equal their extreme `y`."""
    kept = _kept(x.shape, dims)
    ties = x == y.reshape(kept)
    return g.reshape(kept) * ties / ties.sum(dims, keepdim=True)


def argmax(input: Tensor, dim: int | None = None, keepdim: bool = False) -> Tensor:
    """Return the index (int64) of the largest element along `dim`, or of all, counted flat.

    The first of several. No gradient.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.argmax.html
    """
    x, along = _along(input, dim)
    index = wrap(x._raw.argmax(along, keepdim))
    return index.reshape((1,) * input.ndim) if dim is None and keepdim else index


def argmin(input: Tensor, dim: int | None = None, keepdim: bool = False) -> Tensor:
    """Return the index (int64) of the smallest element along `dim`, or of all, counted flat.

    The first of several. No gradient.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.argmin.html
    """
    x, along = _along(input, dim)
    index = wrap(x._raw.argmin(along, keepdim))
    return index.reshape((1,) * input.ndim) if dim is None and keepdim else index


def _along(x: Tensor, dim: int | None) -> tuple[Tensor, int]:
    """Return `x` and the dimension to search; flat for None, and of one dimension at least."""
    x = x.detach()
    if dim is None or not x.ndim:
        wrap_dim(dim or 0, x.ndim)
        return x.reshape((-1,)), 0
    return x, wrap_dim(dim, x.ndim)


@overload
def max(input: Tensor) -> Tensor: ...
@overload
def max(input: Tensor, dim: int, keepdim: bool = False) -> Extreme: ...
def max(input: Tensor, dim: int | None = None, keepdim: bool = False) -> Tensor | Extreme:
    """Take the largest of all elements, or along `dim` the largest and their indices.

    Gradient: of all, shared equally among those that tie; along `dim`, to the index.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.max.html
    """
    return amax(input) if dim is None else _at(input, argmax(input, dim, True), dim, keepdim)


@overload
def min(input: Tensor) -> Tensor: ...
@overload
def min(input: Tensor, dim: int, keepdim: bool = False) -> Extreme: ...
def min(input: Tensor, dim: int | None = None, keepdim: bool = False) -> Tensor | Extreme:
    """Take the smallest of all elements, or along `dim` the smallest and their indices.

    Gradient: of all, shared equally among those that tie; along `dim`, to the index.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.min.html
    """
    return amin(input) if dim is None else _at(input, argmin(input, dim, True), dim, keepdim)


def _at(x: Tensor, indices: Tensor, dim: int, keepdim: bool) -> Extreme:
    if not x.ndim:
        return Extreme(x.clone(), indices.reshape(()))
    values = gather(x, dim, indices)
    if keepdim:
        return Extreme(values, indices)
    return Extreme(values.squeeze(dim), indices.squeeze(dim))
