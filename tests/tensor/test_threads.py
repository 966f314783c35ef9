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
    queries, keys = (layer.rand((5, 300, 64), layer.float32, generator) for _ in range(2))
    room = layer.full(x.shape, 0.0, layer.float32)
    return [
        product,
        layer.outer_windows(product, seen),
        queries @ keys.permute((0, 2, 1)),
        layer.add_matmul_windows(room, matrix, product, KERNEL, ONES, ONES),
    ]


@pytest.mark.parametrize("threads", [2, 3, 8])
def test_products(threads: int) -> None:
    layer.set_num_threads(1)
    alone = products()
    layer.set_num_threads(threads)
    for one, other in zip(alone, products(), strict=True):
        assert one.tolist() == other.tolist()


def test_many_products_are_those_of_each() -> None:
    generator = Generator().manual_seed(0)
    a = layer.rand((3, 2, 300, 64), layer.float64, generator)
    b = layer.rand((3, 2, 64, 256), layer.float64, generator)
    together = a @ b
    for i in range(3):
        for j in range(2):
            apart = layer.abs(together[(i, j)] - a[(i, j)] @ b[(i, j)])
            assert apart.amax((0, 1)).item() < 1e-12


def test_many_products_that_do_not_fit() -> None:
    a, b = (layer.full((4, 200, 200), 1.0, layer.float32) for _ in range(2))
    with pytest.raises(RuntimeError, match="inner sizes differ"):
        a @ b[(slice(0, 4), slice(0, 150))]
