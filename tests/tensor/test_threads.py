"""What is computed does not depend on the number of threads, to the last bit."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import minitorch_tensor as layer
from minitorch_tensor import Generator, Tensor

KERNEL, ONES = (3, 3), (1, 1)


@pytest.fixture(autouse=True)
def the_number_of_threads() -> Iterator[None]:
    before = layer.get_num_threads()
    yield
    layer.set_num_threads(before)


def products() -> list[Tensor]:
    generator = Generator().manual_seed(0)
    x = layer.rand((70, 4, 20, 20), layer.float32, generator)
    seen = layer.windows(x, KERNEL, ONES, ONES)
    matrix = layer.rand((1, 16, 36), layer.float32, generator)
    product = layer.matmul_windows(matrix, seen)
    room = layer.full(x.shape, 0.0, layer.float32)
    return [
        product,
        layer.outer_windows(product, seen),
        layer.add_matmul_windows(room, matrix, product, KERNEL, ONES, ONES),
    ]


@pytest.mark.parametrize("threads", [2, 3, 8])
def test_products_with_windows(threads: int) -> None:
    layer.set_num_threads(1)
    alone = products()
    layer.set_num_threads(threads)
    for one, other in zip(alone, products(), strict=True):
        assert one.tolist() == other.tolist()
