"""How many threads make a product: those of BLAS, or one for each of ours."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

import minitorch_tensor as layer
from minitorch_tensor import Tensor
from minitorch_tensor._blas import blas, on_one_thread


@pytest.fixture(autouse=True)
def threads() -> Iterator[None]:
    before = layer.get_num_threads(), blas.get_num_threads()
    layer.set_num_threads(3)
    yield
    layer.set_num_threads(before[0])
    blas.set_num_threads(before[1])


heard = pytest.mark.skipif(blas.get_num_threads() == 0, reason="NumPy has no OpenBLAS here")


@heard
def test_blas_has_as_many_as_there_are() -> None:
    assert blas.get_num_threads() == 3


@heard
def test_sections() -> None:
    with on_one_thread():
        with on_one_thread():
            assert blas.get_num_threads() == 1
        assert blas.get_num_threads() == 1
    assert blas.get_num_threads() == 3


@heard
def test_sections_that_overlap() -> None:
    first_is_in, second_is_in, first_is_out = Barrier(2), Barrier(2), Barrier(2)

    def first() -> None:
        with on_one_thread():
            first_is_in.wait()
            second_is_in.wait()
        first_is_out.wait()

    with ThreadPoolExecutor() as pool:
        running = pool.submit(first)
        first_is_in.wait()
        with on_one_thread():
            second_is_in.wait()
            first_is_out.wait()
            assert blas.get_num_threads() == 1
        running.result()
    assert blas.get_num_threads() == 3


@heard
def test_a_section_that_fails() -> None:
    with pytest.raises(ZeroDivisionError), on_one_thread():
        raise ZeroDivisionError
    assert blas.get_num_threads() == 3


def test_products_within_blocks() -> None:
    many = layer.full((16, 128, 128), 1.0, layer.float32)
    seen: list[tuple[int, float]] = []

    def program(_: Tensor) -> None:
        # It would be shared between threads, were not all of them at work here.
        product = many @ many
        seen.append((blas.get_num_threads(), product.sum((0, 1, 2)).item()))

    layer.by_blocks(program, layer.full((2**12, 2**10), 0.0, layer.float32))
    assert len(seen) > 3
    assert set(seen) == {(min(1, blas.get_num_threads()), 16.0 * 128**3)}
