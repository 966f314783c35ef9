"""`chain_matmul` and `multi_dot`: products of many matrices, in the cheapest order."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from ...arguments.operands import unwrap
from ..core.matmul import matmul
from ..core.movement import clone

if TYPE_CHECKING:
    from ...engine.value import Tensor

__all__ = ["chain_matmul"]


def chain_matmul(*matrices: Tensor) -> Tensor:
    """Same as `linalg.multi_dot`, but an older form, which also takes a single matrix."""
    if not matrices:
        raise RuntimeError("chain_matmul(): Expected one or more matrices")
    for one in matrices:
        if len(unwrap(one).shape) != 2:
            raise RuntimeError(
                f"chain_matmul: Tensor dimension is {one.ndim}, expected 2 instead: {one.shape}"
            )
    return clone(matrices[0]) if len(matrices) == 1 else multi_dot(matrices)


def multi_dot(tensors: Sequence[Tensor]) -> Tensor:
    """Multiply matrices in the order that takes the fewest multiplications.

    Args:
        tensors: two or more; the first and the last may be vectors, a row and a column.
    """
    shapes = [unwrap(one).shape for one in tensors]
    if len(tensors) < 2:
        raise RuntimeError(f"multi_dot(): expected at least 2 tensors but got {len(tensors)}")
    for i, shape in enumerate(shapes):
        if len(shape) != 2 and (len(shape) != 1 or 0 < i < len(shapes) - 1):
            allowed = "2D" if 0 < i < len(shapes) - 1 else "1D or 2D"
            raise RuntimeError(
                f"multi_dot(): tensor {i} must be {allowed} but got {len(shape)}D: {shape}"
            )
    for i, (one, following) in enumerate(pairwise(shapes)):
        if one[-1] != following[0]:
            raise RuntimeError(
                f"multi_dot(): tensors {i} and {i + 1} with shapes {list(one)} and "
                f"{list(following)} cannot be multiplied"
            )
    sizes = [shapes[0][0] if len(shapes[0]) == 2 else 1]
    sizes += [shape[0] for shape in shapes[1:]]
    sizes.append(shapes[-1][1] if len(shapes[-1]) == 2 else 1)
    cut = _cheapest_cuts(sizes)

    def product(first: int, last: int) -> Tensor:
        if first == last:
            return tensors[first]
        middle = cut[first, last]
        return matmul(product(first, middle), product(middle + 1, last))

    return product(0, len(tensors) - 1)


def _cheapest_cuts(sizes: Sequence[int]) -> dict[tuple[int, int], int]:
    """Return where to cut each run of matrices in two; the i-th is (sizes[i], sizes[i + 1]).

    Source: Cormen et al., Introduction to Algorithms, section 15.2.
    """
    count = len(sizes) - 1
    cost = {(i, i): 0 for i in range(count)}
    cut = {}
    for length in range(1, count):
        for first in range(count - length):
            last = first + length
            price = {
                k: cost[first, k]
                + cost[k + 1, last]
                + sizes[first] * sizes[k + 1] * sizes[last + 1]
                for k in range(first, last)
            }
            cut[first, last] = k = min(price, key=price.__getitem__)
            cost[first, last] = price[k]
    return cut
