"""Elements of vectors, put together in all ways."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import minitorch_tensor as below

from ...arguments.operands import unwrap
from ...arguments.shapes import refuse_too_large
from ..core.indexing import take
from .joining import stack
from .ranges import meshgrid

if TYPE_CHECKING:
    from ...engine.value import Tensor

__all__ = ["cartesian_prod", "combinations"]


def cartesian_prod(*tensors: Tensor) -> Tensor:
    """Put each element of a vector together with each of the others.

    Args:
        *tensors: n vectors of one type.

    Returns:
        The combinations as rows (product of the sizes, n), the last element changing fastest; of
        one vector itself.

    Raises:
        RuntimeError: if one is no vector, or of another type.
    """
    for one in tensors:
        _refuse_other_than_vector(one)
    if len(tensors) == 1:
        return tensors[0]
    return stack([grid.reshape(-1) for grid in meshgrid(*tensors, indexing="ij")], 1)


def combinations(input: Tensor, r: int = 2, with_replacement: bool = False) -> Tensor:
    """Take `r` elements of a vector in all ways that keep their order.

    Args:
        input: (N,).
        r: how many to take.
        with_replacement: whether an element may be taken several times.

    Returns:
        The combinations as rows: (their number, r).

    Raises:
        RuntimeError: if the input is no vector, or `r` is negative.
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
    return take(input, (places,))


def _refuse_other_than_vector(x: Tensor) -> None:
    if len(unwrap(x).shape) != 1:
        raise RuntimeError(f"Expect a 1D vector, but got shape {list(x.shape)}")
