"""Flattening, swapping and moving dimensions; `core.movement` has `view`, `reshape`, `permute`."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import TYPE_CHECKING

from ...arguments.operands import unwrap
from ...arguments.shapes import infer, wrap_dim
from ..core.movement import permute, reshape, transpose, view

if TYPE_CHECKING:
    from ...engine.value import Tensor

__all__ = ["flatten", "moveaxis", "movedim", "numel", "ravel", "swapaxes", "swapdims", "unflatten"]


def view_as(self: Tensor, other: Tensor) -> Tensor:
    """Same as `view`, but to the shape of `other`."""
    return view(self, unwrap(other).shape)


def reshape_as(self: Tensor, other: Tensor) -> Tensor:
    """Same as `reshape`, but to the shape of `other`."""
    return reshape(self, unwrap(other).shape)


def flatten(input: Tensor, start_dim: int = 0, end_dim: int = -1) -> Tensor:
    """Merge the dimensions from `start_dim` to `end_dim` into one; a view if possible."""
    shape = unwrap(input).shape
    first, last = wrap_dim(start_dim, len(shape)), wrap_dim(end_dim, len(shape))
    if first > last:
        raise RuntimeError(
            f"flatten() has invalid args: start_dim ({start_dim}) cannot come after end_dim "
            f"({end_dim})"
        )
    if not shape:
        return reshape(input, 1)
    if first == last:
        return input
    return reshape(input, (*shape[:first], prod(shape[first : last + 1]), *shape[last + 1 :]))


def unflatten(input: Tensor, dim: int, sizes: Sequence[int]) -> Tensor:
    """Split a dimension into several; one size may be -1. A view."""
    shape = unwrap(input).shape
    at = wrap_dim(dim, len(shape))
    if not sizes:
        raise RuntimeError("unflatten: sizes must be non-empty")
    known = prod(n for n in sizes if n != -1)
    if (-1 not in sizes and known != shape[at]) or (-1 in sizes and known and shape[at] % known):
        raise RuntimeError(
            f"unflatten: Provided sizes {list(sizes)} don't multiply up to the size of dim {at} "
            f"({shape[at]}) in the input tensor"
        )
    return view(input, (*shape[:at], *infer(tuple(sizes), shape[at]), *shape[at + 1 :]))


def ravel(input: Tensor) -> Tensor:
    """Flatten: ``reshape(-1)``."""
    return reshape(input, -1)


def swapaxes(input: Tensor, axis0: int, axis1: int) -> Tensor:
    """Same as `transpose`, but by NumPy's name."""
    return transpose(input, axis0, axis1)


def swapdims(input: Tensor, dim0: int, dim1: int) -> Tensor:
    """Same as `transpose`."""
    return transpose(input, dim0, dim1)


def movedim(input: Tensor, source: int | Sequence[int], destination: int | Sequence[int]) -> Tensor:
    """Move dimensions to other places; the others keep their order. A view."""
    ndim = len(unwrap(input).shape)
    origins = [wrap_dim(d, ndim) for d in ((source,) if isinstance(source, int) else source)]
    targets = [
        wrap_dim(d, ndim) for d in ((destination,) if isinstance(destination, int) else destination)
    ]
    if len(origins) != len(targets):
        raise RuntimeError(
            "movedim: Invalid source or destination dims: source "
            f"({list(origins)} dims) should contain the same number of dims as destination "
            f"({list(targets)} dims)"
        )
    for name, dims in (("source", origins), ("destination", targets)):
        if len(set(dims)) != len(dims):
            raise RuntimeError(f"movedim: repeated dim in `{name}` ({dims})")
    if not ndim:
        return permute(input, ())
    places = dict(zip(targets, origins, strict=True))
    rest = iter([d for d in range(ndim) if d not in origins])
    return permute(input, tuple(places[d] if d in places else next(rest) for d in range(ndim)))


def moveaxis(
    input: Tensor, source: int | Sequence[int], destination: int | Sequence[int]
) -> Tensor:
    """Same as `movedim`, but by NumPy's name."""
    return movedim(input, source, destination)


def matrix_transpose(self: Tensor) -> Tensor:
    """Swap the last two dimensions: `Tensor.mT`.

    Source: https://docs.pytorch.org/docs/stable/tensors.html#torch.Tensor.mT
    """
    if self.ndim < 2:
        raise RuntimeError(
            "tensor.mT is only supported on matrices or batches of matrices. Got "
            f"{self.ndim}-D tensor."
        )
    return transpose(self, -2, -1)


def numel(input: Tensor) -> int:
    """Return the number of elements."""
    return prod(unwrap(input).shape)
