"""The extension "blocks": programs over parts of tensors, in any order, by several threads."""

from __future__ import annotations

from collections.abc import Iterator
from math import prod
from typing import TYPE_CHECKING

import pytest
from tests.conformance.comparing import assert_equation, assert_raises

if TYPE_CHECKING:
    from tests.conformance.tensor.contract import BlocksLayer, Tensor

pytestmark = pytest.mark.extension("blocks")


@pytest.fixture(autouse=True)
def the_number_of_threads(layer: BlocksLayer) -> Iterator[None]:
    before = layer.get_num_threads()
    yield
    layer.set_num_threads(before)


@pytest.mark.parametrize("threads", [1, 2, 5])
@pytest.mark.parametrize("shape", [(3,), (7, 5), (3000, 100), (1, 300_000), (0, 4), ()])
def test_every_row_is_in_one_block(
    layer: BlocksLayer, shape: tuple[int, ...], threads: int
) -> None:
    layer.set_num_threads(threads)
    x = layer.full(shape, 2.0, layer.float32)
    y = layer.full(shape, 1.0, layer.float32)

    def add(x: Tensor, y: Tensor) -> None:
        y += x

    layer.by_blocks(add, x, y)
    total = y.sum(tuple(range(len(shape))))
    assert_equation(f"sum of 1 + 2 over {shape}", total.tolist(), 3.0 * prod(shape))


def test_tensors_are_cut_alike(layer: BlocksLayer) -> None:
    wide = layer.full((3000, 100), 1.0, layer.float32)
    narrow = layer.full((3000, 1), 1.0, layer.float32)
    sizes: list[tuple[int, int]] = []
    layer.by_blocks(lambda x, y: sizes.append((x.shape[0], y.shape[0])), wide, narrow)
    assert all(a == b for a, b in sizes)
    assert sum(a for a, _ in sizes) == 3000


def test_what_a_program_raises_is_raised(layer: BlocksLayer) -> None:
    layer.set_num_threads(2)

    def fail(x: Tensor) -> None:
        raise ZeroDivisionError("of all")

    with pytest.raises(ZeroDivisionError, match="of all"):
        layer.by_blocks(fail, layer.full((3000, 100), 1.0, layer.float32))


def test_there_is_at_least_one_thread(layer: BlocksLayer) -> None:
    assert layer.get_num_threads() >= 1
    assert_raises(
        "set_num_threads(0)",
        lambda: layer.set_num_threads(0),
        RuntimeError,
        "set_num_threads expects a positive integer",
    )


def test_copy_each(layer: BlocksLayer) -> None:
    x, y = layer.tensor([[0.0, 0.0], [0.0, 0.0]]), layer.tensor([0.0])
    layer.copy_each([x[(1,)], y], [layer.tensor([1.0, 2.0]), layer.tensor([3.0])])
    assert_equation("x; copy_each([x[1], y], ...)", x.tolist(), [[0.0, 0.0], [1.0, 2.0]])
    assert_equation("y; copy_each([x[1], y], ...)", y.tolist(), [3.0])


def test_empty(layer: BlocksLayer) -> None:
    made = layer.empty((2, 0, 3), layer.float64)
    assert_equation("empty((2, 0, 3)).shape", made.shape, (2, 0, 3))
    assert made.dtype is layer.float64, f"empty of float64 is float64, got {made.dtype}"
    written = layer.empty((2,), layer.float64)
    written[()] = 3.0
    assert_equation("empty((2,)), with 3 written into it", written.tolist(), [3.0, 3.0])
