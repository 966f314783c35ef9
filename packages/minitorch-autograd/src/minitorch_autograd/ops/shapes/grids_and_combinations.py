"""Grids of coordinates, products and combinations of the elements of vectors."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import minitorch_tensor as below

from ...arguments.dtypes import name_of
from ...arguments.operands import unwrap
from ...arguments.shapes import refuse_too_large
from ...engine.value import Tensor
from ..core.indexing import read_at
from ..core.movement import permute
from .joining import stack

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["cartesian_prod", "combinations", "meshgrid"]


def cartesian_prod(*tensors: Tensor) -> Tensor:
    """Return all combinations of one element from each vector.

    Args:
        *tensors: n vectors of one type.

    Returns:
        The combinations as rows, (product of the sizes, n), the last element changing fastest; of
        one vector, the vector itself.

    Raises:
        RuntimeError: if one is not a vector, or of another type.
    """
    for one in tensors:
        _refuse_other_than_vector(one)
    if len(tensors) == 1:
        return tensors[0]
    return stack([grid.reshape(-1) for grid in meshgrid(*tensors, indexing="ij")], 1)


def combinations(input: Tensor, r: int = 2, with_replacement: bool = False) -> Tensor:
    """Return all ways to take `r` elements of a vector, in their order.

    Args:
        input: (N,).
        r: how many to take.
        with_replacement: whether an element may be taken several times.

    Returns:
        The combinations as rows: (their number, r).

    Raises:
        RuntimeError: if the input is not a vector, or `r` is negative.
    """
    _refuse_other_than_vector(input)
    if r < 0:
        raise RuntimeError(f"combinations: Expect a non-negative number, but got {r}")
    if not r:
        return input[:0]
    refuse_too_large("combinations", (r,))
    choose = itertools.combinations_with_replacement if with_replacement else itertools.combinations
    enough = r <= input.numel() or (with_replacement and input.numel())
    rows = choose(range(input.numel()), r) if enough else ()
    chosen = list(itertools.chain.from_iterable(rows))
    places = below.tensor(chosen, below.int64).view((len(chosen) // r, r))
    return read_at(input, (places,))


def _refuse_other_than_vector(x: Tensor) -> None:
    """Raise if `x` is not 1-d."""
    if len(unwrap(x).shape) != 1:
        raise RuntimeError(f"Expect a 1D vector, but got shape {list(x.shape)}")


def meshgrid(
    *tensors: Tensor | Sequence[Tensor], indexing: str | None = None
) -> tuple[Tensor, ...]:
    """Make grids of coordinates: the i-th has the elements of the i-th tensor along dimension i.

    Args:
        *tensors: 0-d or 1-d, of one type; or one sequence of them.
        indexing: "ij", the default, or "xy", which swaps the first two dimensions of each grid.

    Returns:
        A view for each tensor, of shape (size of the first, size of the second, ...).

    Raises:
        RuntimeError: if a tensor has more dimensions, or another type.
    """
    one = tensors[0] if len(tensors) == 1 else tensors
    axes = [one] if isinstance(one, Tensor) else [*one]
    if not axes:
        raise RuntimeError("meshgrid expects a non-empty TensorList")
    if indexing not in (None, "ij", "xy"):
        raise RuntimeError(
            f'torch.meshgrid: indexing must be one of "xy" or "ij", but received: {indexing}'
        )
    for axis in axes:
        if not isinstance(axis, Tensor):
            raise TypeError(f"meshgrid: expected Tensors, got {type(axis).__name__}: {axis!r:.60}")
        if axis.ndim > 1:
            raise RuntimeError(
                "torch.meshgrid: Expected 0D or 1D tensor in the tensor list but got one of shape "
                f"{axis.shape}"
            )
        if axis.dtype is not axes[0].dtype:
            raise RuntimeError(
                "meshgrid expects all tensors to have the same dtype, got "
                f"{name_of(axes[0].dtype)} and {name_of(axis.dtype)}"
            )
    shape = tuple(axis.numel() for axis in axes)
    grids = [
        axis.reshape([-1 if d == i else 1 for d in range(len(axes))]).expand(shape)
        for i, axis in enumerate(axes)
    ]
    if indexing == "xy" and len(axes) > 1:
        # Views with the first two dimensions swapped.
        return tuple(permute(grid, (1, 0, *range(2, len(axes)))) for grid in grids)
    return tuple(grids)
