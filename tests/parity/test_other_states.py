"""The state of one optimizer for another: refused where torch fails, taken where torch goes on."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest
import torch
from tests.optim.optimizers import ELEMENTWISE

import minitorch


def goes_on(t: Any, first: str, second: str) -> list[float]:
    """Take a step by `first`, and another by `second` from its state."""
    x, y = (t.nn.Parameter(t.ones(2, dtype=t.float64)) for _ in range(2))
    x.grad, y.grad = t.ones(2, dtype=t.float64), t.ones(2, dtype=t.float64)
    before, after = getattr(t.optim, first)([x], lr=0.1), getattr(t.optim, second)([y], lr=0.1)
    before.step()
    after.load_state_dict(before.state_dict())
    after.step()
    values: list[float] = y.tolist()
    return values


@pytest.mark.parametrize(("first", "second"), list(permutations(ELEMENTWISE, 2)))
def test_as_torch(first: str, second: str) -> None:
    try:
        expected = goes_on(torch, first, second)
    except KeyError:  # at the step; ours says it when the state is loaded
        with pytest.raises(ValueError, match="loaded state dict is of another optimizer"):
            goes_on(minitorch, first, second)
    else:
        assert goes_on(minitorch, first, second) == pytest.approx(expected, rel=1e-12)
