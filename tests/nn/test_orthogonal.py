"""A matrix that is kept orthogonal."""

from __future__ import annotations

import pytest

import minitorch as torch
from minitorch.nn.utils.parametrizations import orthogonal


@pytest.mark.parametrize(("inputs", "outputs"), [(3, 3), (2, 5), (5, 2)])
def test_orthogonal(inputs: int, outputs: int) -> None:
    torch.manual_seed(0)
    layer = orthogonal(torch.nn.Linear(inputs, outputs, dtype=torch.float64))
    optimizer = torch.optim.SGD(layer.parameters(), lr=0.1)
    for _ in range(3):
        optimizer.zero_grad()
        layer(torch.ones(1, inputs, dtype=torch.float64)).sum().backward()
        optimizer.step()
        weight = layer.weight
        small = weight @ weight.t() if outputs <= inputs else weight.t() @ weight
        assert torch.allclose(small, torch.eye(small.shape[0], dtype=torch.float64))


def test_only_matrices() -> None:
    with pytest.raises(ValueError, match="Expected a matrix"):
        orthogonal(torch.nn.Linear(2, 2), "bias")
    with pytest.raises(ValueError, match="has no parameter or buffer with name 'w'"):
        orthogonal(torch.nn.Linear(2, 2), "w")
