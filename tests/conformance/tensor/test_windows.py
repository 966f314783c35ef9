"""The extension "windows": what slides over the last dimensions, and the sums on the way back."""

from __future__ import annotations

from itertools import product
from math import prod
from typing import TYPE_CHECKING

import pytest
from tests.conformance.comparing import assert_equation, counted

if TYPE_CHECKING:
    from tests.conformance.tensor.contract import WindowsLayer

    Sizes = tuple[int, ...]

pytestmark = pytest.mark.extension("windows")

# sizes, kernel, stride, dilation
CASES: list[tuple[Sizes, Sizes, Sizes, Sizes]] = [
    ((5,), (2,), (1,), (1,)),
    ((2, 7), (3,), (2,), (1,)),
    ((7,), (2,), (3,), (2,)),
    ((3, 4), (2, 3), (1, 1), (1, 1)),
    ((2, 4, 5), (2, 2), (2, 1), (1, 3)),
    ((2, 3, 2), (1, 2, 2), (1, 1, 1), (1, 1, 1)),
]
each_case = pytest.mark.parametrize(("sizes", "kernel", "stride", "dilation"), CASES, ids=str)


def positions(sizes: Sizes, kernel: Sizes, stride: Sizes, dilation: Sizes) -> Sizes:
    lengths = sizes[len(sizes) - len(kernel) :]
    return tuple(
        (n - (k - 1) * d - 1) // s + 1
        for n, k, s, d in zip(lengths, kernel, stride, dilation, strict=True)
    )


def seen(sizes: Sizes, kernel: Sizes, stride: Sizes, dilation: Sizes) -> list[int]:
    """Return the flat places that windows see, in the order of the result."""
    lead, lengths = sizes[: len(sizes) - len(kernel)], sizes[len(sizes) - len(kernel) :]
    places = []
    for outer in range(prod(lead)):
        for k in product(*map(range, kernel)):
            for p in product(*map(range, positions(sizes, kernel, stride, dilation))):
                flat = outer
                for n, a, b, s, d in zip(lengths, k, p, stride, dilation, strict=True):
                    flat = flat * n + b * s + a * d
                places.append(flat)
    return places


@each_case
def test_windows(
    layer: WindowsLayer, sizes: Sizes, kernel: Sizes, stride: Sizes, dilation: Sizes
) -> None:
    x = layer.arange(0, prod(sizes), 1, layer.float32).view(sizes)
    windows = layer.windows(x, kernel, stride, dilation)
    lead = sizes[: len(sizes) - len(kernel)]
    assert windows.shape == (*lead, *kernel, *positions(sizes, kernel, stride, dilation))
    flat = windows.clone().view((prod(windows.shape),))
    expected = [float(place) for place in seen(sizes, kernel, stride, dilation)]
    assert_equation(f"windows of counted{sizes}, flat", flat.tolist(), expected)


@each_case
def test_add_windows(
    layer: WindowsLayer, sizes: Sizes, kernel: Sizes, stride: Sizes, dilation: Sizes
) -> None:
    places = seen(sizes, kernel, stride, dilation)
    shape = (
        *sizes[: len(sizes) - len(kernel)],
        *kernel,
        *positions(sizes, kernel, stride, dilation),
    )
    values = layer.arange(0, len(places), 1, layer.float32).view(shape)
    sums = [1.0] * prod(sizes)
    for value, place in enumerate(places):
        sums[place] += value
    x = layer.full(sizes, 1.0, layer.float32)
    layer.add_windows(x, values, stride, dilation)
    assert_equation(
        f"1 + sums of windows over {sizes}, flat", x.view((prod(sizes),)).tolist(), sums
    )


def test_windows_of_a_transposed_tensor(layer: WindowsLayer) -> None:
    x = layer.tensor(counted((2, 3)), layer.float32).permute((1, 0))
    windows = layer.windows(x, (2,), (1,), (1,))
    assert windows.shape == (3, 2, 1)


# images, channels, sizes, kernel, stride, groups
PRODUCTS: list[tuple[int, int, Sizes, Sizes, Sizes, int]] = [
    (2, 2, (5,), (2,), (1,), 1),
    (3, 4, (3, 4), (2, 3), (1, 1), 2),
    (2, 2, (5, 5), (2, 2), (2, 1), 1),
    (300, 4, (20, 20), (3, 3), (1, 1), 1),  # more than one block
    (2, 8, (48, 64), (3, 3), (1, 1), 1),  # products that are made in pieces
    (0, 2, (4,), (2,), (1,), 1),
]


@pytest.mark.parametrize(("images", "channels", "sizes", "kernel", "stride", "groups"), PRODUCTS)
def test_products(
    layer: WindowsLayer,
    images: int,
    channels: int,
    sizes: Sizes,
    kernel: Sizes,
    stride: Sizes,
    groups: int,
) -> None:
    x = layer.arange(0, images * channels * prod(sizes), 1, layer.float64) * 0.001
    seen = layer.windows(
        x.view((images, channels, *sizes)), kernel, stride, tuple(1 for _ in kernel)
    )
    rows, length = channels * prod(kernel) // groups, prod(seen.shape[2 + len(kernel) :])
    columns = seen.clone().view((images, groups, rows, length))
    matrix = (layer.arange(0, groups * 3 * rows, 1, layer.float64) * 0.1).view((groups, 3, rows))

    product = layer.matmul_windows(matrix, seen)
    expected = matrix @ columns
    assert product.shape == expected.shape == (images, groups, 3, length)
    assert_equation("matmul_windows(matrix, seen)", product.tolist(), expected.tolist(), 1e-9)

    room = layer.full((images, channels, *sizes), 1.0, layer.float64)
    dilation = tuple(1 for _ in kernel)
    layer.add_matmul_windows(room, matrix, product, kernel, stride, dilation)
    spread = (matrix.permute((0, 2, 1)) @ product).view(seen.shape)
    summed = layer.full((images, channels, *sizes), 1.0, layer.float64)
    layer.add_windows(summed, spread, stride, dilation)
    assert_equation("add_matmul_windows(x, matrix, g)", room.tolist(), summed.tolist(), 1e-9)

    outer = layer.outer_windows(product, seen)
    expected = (product @ columns.permute((0, 1, 3, 2))).sum((0,))
    assert outer.shape == matrix.shape
    assert_equation("outer_windows(g, seen)", outer.tolist(), expected.tolist(), 1e-9)
