"""Max pooling by a fraction: where the windows lie."""

from __future__ import annotations

from collections import Counter

import pytest
from tests.nn.values import numbers

import minitorch
from minitorch import Tensor
from minitorch.nn import functional as F

CHANNELS = 4000


def drawn() -> Tensor:
    """Return where 4 windows of 2 begin in rows of 10, of many channels."""
    rising = minitorch.arange(20.0).reshape(1, 2, 10).expand(CHANNELS, 2, 10)
    _, places = F.fractional_max_pool2d(rising, (2, 2), (1, 4), return_indices=True)
    return places.reshape(CHANNELS, 4) - 11  # the largest stands in the second row, on the right


def test_windows_lie_at_random() -> None:
    minitorch.manual_seed(0)
    starts = drawn()
    assert starts[:, 0].tolist() == [0] * CHANNELS
    assert starts[:, 3].tolist() == [8] * CHANNELS
    # floor((1 + u) 8/3) - floor(u 8/3) is 3 for five eighths of all u, else 2.
    seconds = Counter(numbers(starts[:, 1]))
    assert set(seconds) == {2, 3}
    assert abs(seconds[3] - CHANNELS * 5 / 8) < 5 * (CHANNELS * 15 / 64) ** 0.5


def test_each_call_draws_anew() -> None:
    minitorch.manual_seed(0)
    first, second = drawn(), drawn()
    assert first.tolist() != second.tolist()
    minitorch.manual_seed(0)
    assert drawn().tolist() == first.tolist()


def test_width_and_height_are_drawn_apart() -> None:
    minitorch.manual_seed(0)
    rising = minitorch.arange(100.0).reshape(1, 10, 10).expand(CHANNELS, 10, 10)
    _, places = F.fractional_max_pool2d(rising, 2, 4, return_indices=True)
    seconds = numbers(places[:, 1, 1])
    pairs = Counter((place // 10 - 1, place % 10 - 1) for place in seconds)
    share = pairs[3, 3] / CHANNELS
    assert abs(share - 25 / 64) < 5 * (25 / 64 * 39 / 64 / CHANNELS) ** 0.5


def test_a_window_has_at_least_one_element() -> None:
    with pytest.raises(RuntimeError, match="kernel_size should be greater than zero, but got"):
        F.fractional_max_pool2d(minitorch.zeros(1, 1, 3, 3), (0, 1), 2)
