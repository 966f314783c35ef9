"""Dropout: how much is dropped, and what is left."""

from __future__ import annotations

from math import sqrt

import pytest

import minitorch
from minitorch import Tensor, nn

N = 20_000


def dropped_share(y: Tensor, dropped: float) -> float:
    """Return the share of elements that are `dropped`."""
    return float(((y - dropped).abs() < 1e-4).to(minitorch.float32).mean())


@pytest.mark.parametrize("p", [0.1, 0.5, 0.8])
def test_elements_are_dropped_by_the_probability(p: float) -> None:
    minitorch.manual_seed(0)
    y = nn.Dropout(p)(minitorch.ones(N))
    assert abs(dropped_share(y, 0.0) - p) < 5 * sqrt(p * (1 - p) / N)
    kept = minitorch.unique(y).tolist()
    assert kept == pytest.approx([0.0, 1 / (1 - p)])


def test_neighbours_are_dropped_independently() -> None:
    minitorch.manual_seed(0)
    y = nn.Dropout(0.5)(minitorch.ones(N // 2, 2))
    both = float((y.sum(1) == 0).to(minitorch.float32).mean())
    assert abs(both - 0.25) < 5 * sqrt(0.25 * 0.75 / (N // 2))


@pytest.mark.parametrize(
    ("layer", "shape"),
    [
        (nn.Dropout1d(0.3), (N // 10, 10, 4)),
        (nn.Dropout1d(0.3), (N, 4)),
        (nn.Dropout2d(0.3), (N // 10, 10, 2, 2)),
        (nn.Dropout3d(0.3), (N // 10, 10, 2, 1, 2)),
        (nn.Dropout3d(0.3), (N, 2, 1, 2)),
    ],
)
def test_channels_are_dropped_whole(layer: nn.Layer, shape: tuple[int, ...]) -> None:
    minitorch.manual_seed(0)
    y = layer(minitorch.ones(shape)).reshape(-1, 4)
    assert bool((y == y[:, :1]).all())
    assert abs(dropped_share(y[:, 0], 0.0) - 0.3) < 5 * sqrt(0.21 / N)


@pytest.mark.parametrize("whole", [False, True])
def test_alpha_dropout_keeps_mean_and_variance(whole: bool) -> None:
    minitorch.manual_seed(0)
    x = minitorch.randn(N, 10)
    y = (nn.FeatureAlphaDropout(0.2) if whole else nn.AlphaDropout(0.2))(x)
    assert abs(float(y.mean())) < 0.02
    assert abs(float(y.var()) - 1) < 0.03
    m = -1.7580993408473766
    a = 1 / sqrt(0.8 * (1 + 0.2 * m * m))
    assert abs(dropped_share(y, a * m - a * 0.2 * m) - 0.2) < 0.01


def test_alpha_dropout_of_channels_drops_them_whole() -> None:
    minitorch.manual_seed(0)
    y = nn.FeatureAlphaDropout(0.5)(minitorch.ones(20, 30, 4)).reshape(-1, 4)
    assert bool((y == y[:, :1]).all())
    assert minitorch.unique(y).numel() == 2


@pytest.mark.parametrize("layer", [nn.Dropout(inplace=True), nn.AlphaDropout(inplace=True)])
def test_in_place(layer: nn.Module) -> None:
    x = minitorch.ones(50)
    assert layer(x) is x
    assert minitorch.unique(x).numel() == 2


def test_the_gradient_goes_where_the_values_went() -> None:
    x = minitorch.ones(50, requires_grad=True)
    y = nn.Dropout(0.5)(x)
    y.sum().backward()
    assert x.grad is not None
    assert x.grad.tolist() == y.tolist()


def test_other_numbers_of_dimensions_are_warned_of() -> None:
    with pytest.warns(UserWarning, match="dropout2d: Received a 3-D input"):
        nn.Dropout2d()(minitorch.ones(2, 3, 4))
    with pytest.warns(UserWarning, match="dropout3d: Received a 3-D input"):
        nn.Dropout3d()(minitorch.ones(2, 3, 4))


def test_evaluation_changes_nothing() -> None:
    x = minitorch.ones(3)
    assert nn.Dropout().eval()(x) is x
