"""Special functions on a dense grid, through every place where the way of computing changes."""

from __future__ import annotations

import numpy as np
import pytest
import torch

import minitorch

ROWS = [
    ("erf", -7.0, 7.0),
    ("erfc", -7.0, 27.5),
    ("erfinv", -1.0, 1.0),
    ("lgamma", -6.05, 30.0),
    ("digamma", -6.05, 30.0),
    ("expm1", -40.0, 5.0),
    ("log1p", -1.0, 5.0),
    ("nn.functional.softplus", -40.0, 40.0),
    ("nn.functional.gelu", -9.0, 9.0),
    ("nn.functional.mish", -40.0, 40.0),
    ("nn.functional.logsigmoid", -40.0, 40.0),
]
# Of float64, relative and beside zero; Stirling's series and the rest are as exact as torch's.
EXACT = {"float64": (1e-11, 1e-307), "float32": (2e-5, 1e-6)}


def at(module: object, path: str) -> object:
    for name in path.split("."):
        module = getattr(module, name)
    return module


@pytest.mark.parametrize("dtype", EXACT)
@pytest.mark.parametrize(("path", "low", "high"), ROWS)
def test_on_a_grid(path: str, low: float, high: float, dtype: str) -> None:
    ours, theirs = at(minitorch, path), at(torch, path)
    assert callable(ours)
    assert callable(theirs)
    points = np.linspace(low, high, 4001).astype(dtype)
    one = ours(minitorch.from_numpy(points)).numpy()
    other = theirs(torch.from_numpy(points)).numpy()
    relative, absolute = EXACT[dtype]
    np.testing.assert_allclose(one, other, relative, absolute)


@pytest.mark.parametrize("order", range(5))
def test_polygamma_on_a_grid(order: int) -> None:
    points = np.linspace(-3.05, 30.0, 4001)
    one = minitorch.polygamma(order, minitorch.from_numpy(points)).numpy()
    other = torch.polygamma(order, torch.from_numpy(points)).numpy()
    right = (points > 0) | (order < 2)  # torch's higher orders are wrong below 0
    np.testing.assert_allclose(one[right], other[right], 1e-9)
