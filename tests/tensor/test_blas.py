"""On how many threads a product is computed: those of BLAS, or one of ours."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from math import prod
from threading import Barrier

import pytest

import minitorch_tensor as layer
from minitorch_tensor import Tensor
from minitorch_tensor.matrices import linalg, matmul
from minitorch_tensor.threads.blas import blas, on_one_thread


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


# --- Small products stay on one thread

Section = list[int]


@pytest.fixture
def sections(monkeypatch: pytest.MonkeyPatch) -> Section:
    """Return a list that grows with each section entered by a product or a decomposition."""
    entered: Section = []

    class Watched(on_one_thread):
        def __enter__(self) -> None:
            entered.append(1)
            super().__enter__()

    monkeypatch.setattr(matmul, "on_one_thread", Watched)
    monkeypatch.setattr(linalg, "on_one_thread", Watched)
    return entered


def ones(*shape: int) -> Tensor:
    return layer.full(shape, 1.0, layer.float32)


@pytest.mark.parametrize(
    ("a", "b", "entered"),
    [
        ((64, 64), (64, 97), 0),  # 397,312 multiplications: BLAS itself keeps to one thread
        ((64, 64), (64, 98), 1),
        ((256, 256), (256, 127), 1),
        ((256, 256), (256, 128), 0),  # 2^23
        ((1, 2000), (2000, 200), 1),
        ((2000, 200), (200,), 1),
        ((1999, 200), (200,), 0),
        ((9999,), (9999,), 0),
        ((10_000,), (10_000,), 1),
        ((3, 64, 64), (64, 98), 1),
        ((20, 64, 64), (64, 97), 0),  # each for itself is small
        ((3, 64, 64), (3, 64, 98), 1),
        ((3, 64, 64), (3, 64, 97), 0),
        ((40, 8, 8), (40, 8, 8), 0),
        ((0, 64), (64, 98), 0),
    ],
)
def test_small_products(
    a: tuple[int, ...], b: tuple[int, ...], entered: int, sections: Section
) -> None:
    product = ones(*a) @ ones(*b)
    assert len(sections) == entered
    every = tuple(range(len(product.shape)))
    assert product.sum(every).item() == prod(product.shape) * a[-1]


@pytest.mark.parametrize(("size", "entered"), [(22, 0), (23, 1), (255, 1), (256, 0)])
def test_small_decompositions(size: int, entered: int, sections: Section) -> None:
    assert layer.det(identity(size)).item() == 1.0
    assert len(sections) == entered


def identity(size: int) -> Tensor:
    places = layer.arange(0, size, 1, layer.int64)
    return layer.put((size, size), (places, places), ones(size))


@heard
def test_what_a_small_product_is_made_on(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []

    class Watched(on_one_thread):
        def __exit__(self, *_: object) -> None:
            seen.append(blas.get_num_threads())
            super().__exit__()

    monkeypatch.setattr(matmul, "on_one_thread", Watched)
    ones(64, 128) @ ones(128, 64)
    assert (seen, blas.get_num_threads()) == ([1], 3)
