"""The largest and the smallest elements and their indices: `max`, `amax`, `argmax` and the like.

`dim` is one dimension, several, or None for all of them; with `keepdim` a reduced dimension stays,
of size 1.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple, overload

import minitorch_tensor as below

from ...arguments.operands import unwrap
from ...arguments.shapes import wrap_dim, wrap_dims
from ...engine.graph import record_with_output
from ...engine.value import Tensor, wrap
from ..core.elementwise import where
from ..core.indexing import gather
from ..core.reductions import kept_shape
from ..elementwise.maximum_and_clamp import maximum, minimum

if TYPE_CHECKING:
    from minitorch_tensor import Tensor as Raw

__all__ = ["amax", "amin", "aminmax", "argmax", "argmin", "max", "min"]


class Extreme(NamedTuple):
    """The largest or smallest elements along a dimension, and their indices."""

    values: Tensor
    indices: Tensor


class Extremes(NamedTuple):
    """The smallest elements and the largest."""

    min: Tensor
    max: Tensor


def amax(input: Tensor, dim: int | Sequence[int] = (), keepdim: bool = False) -> Tensor:
    """Return the largest elements; NaN if there is one.

    Gradient: shared equally by those that tie; NaN if the result is.
    """
    dims = wrap_dims(dim, len(unwrap(input).shape))
    _refuse_empty("amax", input, dims, dim == ())
    return record_with_output(
        "AmaxBackward0",
        wrap(input._raw.amax(dims, keepdim)),
        (input, lambda g, y: _share(input, dims, g, y)),
    )


def amin(input: Tensor, dim: int | Sequence[int] = (), keepdim: bool = False) -> Tensor:
    """Return the smallest elements; NaN if there is one.

    Gradient: shared equally by those that tie; NaN if the result is.
    """
    dims = wrap_dims(dim, len(unwrap(input).shape))
    _refuse_empty("amin", input, dims, dim == ())
    return record_with_output(
        "AminBackward0",
        wrap(input._raw.amin(dims, keepdim)),
        (input, lambda g, y: _share(input, dims, g, y)),
    )


def _refuse_empty(operation: str, x: Tensor, dims: tuple[int, ...], of_all: bool) -> None:
    """Raise if there are no elements along `dims`: there is no largest then."""
    if 0 not in x._raw.shape:
        return
    if of_all:
        raise RuntimeError(
            f"{operation}(): Expected reduction dim to be specified for input.numel() == 0. "
            f"Specify the reduction dim with the 'dim' argument: the shape is {x.shape}"
        )
    for d in dims:
        if not x._raw.shape[d]:
            raise IndexError(
                f"{operation}(): Expected reduction dim {d} to have non-zero size: "
                f"the shape is {x.shape}"
            )


def _share(x: Tensor, dims: tuple[int, ...], g: Tensor, y: Tensor) -> Tensor:
    """Return the gradient of `x`: `g` in equal parts to the elements that equal the extreme `y`."""
    kept = kept_shape(x.shape, dims)
    ties = x == y.reshape(kept)
    return g.reshape(kept) * ties / ties.sum(dims, keepdim=True)


def argmax(input: Tensor, dim: int | None = None, keepdim: bool = False) -> Tensor:
    """Return the index (int64) of the largest element along `dim`, or of all, flattened.

    Of several, the first. No gradient.
    """
    return _place("argmax", below.Tensor.argmax, input, dim, keepdim)


def argmin(input: Tensor, dim: int | None = None, keepdim: bool = False) -> Tensor:
    """Return the index (int64) of the smallest element along `dim`, or of all, flattened.

    Of several, the first. No gradient.
    """
    return _place("argmin", below.Tensor.argmin, input, dim, keepdim)


def _place(
    operation: str,
    search: Callable[[Raw, int, bool], Raw],
    x: Tensor,
    dim: int | None,
    keepdim: bool,
    of_bools: bool = False,
) -> Tensor:
    """Return the index of an extreme, as `search` finds it."""
    shape = unwrap(x).shape
    if x.dtype is below.bool and not of_bools:
        raise RuntimeError(f"{operation}(): does not support bool input; cast to int64 first")
    if dim is None or not shape:
        wrap_dim(dim or 0, len(shape))
        if 0 in shape:
            raise IndexError(
                f"{operation}(): Expected reduction dim to be specified for input.numel() == 0: "
                f"the shape is {shape}"
            )
        index = search(x.detach().reshape(-1)._raw, 0, False)
        return wrap(index.view((1,) * len(shape)) if keepdim else index)
    along = wrap_dim(dim, len(shape))
    _refuse_empty(operation, x, (along,), False)
    return wrap(search(x._raw, along, keepdim))


@overload
def max(input: Tensor) -> Tensor: ...
@overload
def max(input: Tensor, dim: int, keepdim: bool = False) -> Extreme: ...
@overload
def max(input: Tensor, other: Tensor, /) -> Tensor: ...
def max(input: Tensor, dim: int | Tensor | None = None, keepdim: bool = False) -> Tensor | Extreme:
    """Return the largest of all elements, or along `dim` the largest and their indices.

    Of two tensors, same as `maximum`.

    Gradient: of all, shared equally by those that tie (or that are NaN); along `dim`, to the
    element at the index.
    """
    if isinstance(dim, Tensor):
        return maximum(input, dim)
    if dim is None:
        return _of_all("max", below.Tensor.amax, input)
    return _along("max", below.Tensor.argmax, input, dim, keepdim)


@overload
def min(input: Tensor) -> Tensor: ...
@overload
def min(input: Tensor, dim: int, keepdim: bool = False) -> Extreme: ...
@overload
def min(input: Tensor, other: Tensor, /) -> Tensor: ...
def min(input: Tensor, dim: int | Tensor | None = None, keepdim: bool = False) -> Tensor | Extreme:
    """Return the smallest of all elements, or along `dim` the smallest and their indices.

    Of two tensors, same as `minimum`.

    Gradient: of all, shared equally by those that tie (or that are NaN); along `dim`, to the
    element at the index.
    """
    if isinstance(dim, Tensor):
        return minimum(input, dim)
    if dim is None:
        return _of_all("min", below.Tensor.amin, input)
    return _along("min", below.Tensor.argmin, input, dim, keepdim)


def _of_all(operation: str, reduce: Callable[[Raw, tuple[int, ...]], Raw], x: Tensor) -> Tensor:
    """Return the extreme of all elements."""
    dims = tuple(range(len(unwrap(x).shape)))
    _refuse_empty(operation, x, dims, True)

    def rule(g: Tensor, y: Tensor) -> Tensor:
        ties = x == y if y == y else x != x
        return where(ties, g / ties.sum(), 0.0)

    name = f"{operation.capitalize()}Backward1"
    return record_with_output(name, wrap(reduce(x._raw, dims)), (x, rule))


def _along(
    operation: str, search: Callable[[Raw, int, bool], Raw], x: Tensor, dim: int, keepdim: bool
) -> Extreme:
    """Return the extremes along `dim`, and their indices."""
    if not isinstance(dim, int):
        raise TypeError(
            f"{operation}(): expected a dimension (int) or another Tensor, got "
            f"{type(dim).__name__}: {dim!r:.60}"
        )
    indices = _place(operation, search, x, dim, True, of_bools=True)
    if not x.ndim:
        return Extreme(x.clone(), indices)
    values = gather(x, dim, indices)
    if keepdim:
        return Extreme(values, indices)
    return Extreme(values.squeeze(dim), indices.squeeze(dim))


def aminmax(input: Tensor, *, dim: int | None = None, keepdim: bool = False) -> Extremes:
    """Return the smallest and the largest of all elements, or along `dim`.

    Gradient: shared equally by those that tie.
    """
    if dim is None and 0 in unwrap(input).shape:
        raise RuntimeError(
            "aminmax(): cannot compute aminmax over an empty dimension as the operation has no "
            f"identity: the shape is {input.shape}"
        )
    along = () if dim is None else dim
    return Extremes(amin(input, along, keepdim), amax(input, along, keepdim))
