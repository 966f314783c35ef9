"""The product of several matrices is cut where that takes the fewest multiplications."""

from __future__ import annotations

from functools import lru_cache
from itertools import product

import pytest

from minitorch_autograd.ops.products import chain_products as _chains


def price(sizes: tuple[int, ...], cuts: dict[tuple[int, int], int]) -> int:
    """Return the multiplications of a chain that is cut so."""

    def of(first: int, last: int) -> int:
        if first == last:
            return 0
        k = cuts[first, last]
        own = sizes[first] * sizes[k + 1] * sizes[last + 1]
        return of(first, k) + of(k + 1, last) + own

    return of(0, len(sizes) - 2)


@lru_cache
def least(sizes: tuple[int, ...]) -> int:
    """Return the fewest, of all ways to cut."""
    count = len(sizes) - 1
    ways = range(1, count)
    return min(
        (least(sizes[: k + 1]) + least(sizes[k:]) + sizes[0] * sizes[k] * sizes[-1] for k in ways),
        default=0,
    )


@pytest.mark.parametrize("count", [2, 3, 4])
def test_the_cheapest_cuts(count: int) -> None:
    for sizes in product((1, 2, 5, 7), repeat=count + 1):
        assert price(sizes, _chains._cheapest_cuts(sizes)) == least(sizes)
