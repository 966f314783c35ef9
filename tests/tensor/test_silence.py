"""1 / 0 is inf and log(-1) is NaN, without a word, whatever is done with warnings."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from math import inf, isnan, nan

import numpy as np
import pytest

import minitorch_tensor as t
from minitorch_tensor import Tensor, tensor


def written(change: Callable[[Tensor], Tensor], value: float) -> Tensor:
    return change(tensor([value]))


CALLS: dict[str, tuple[Callable[[], Tensor], float]] = {
    "1 / 0": (lambda: tensor([1.0]) / tensor([0.0]), inf),
    "1 / 0, a number above": (lambda: 1 / tensor([0.0]), inf),
    "0 / 0": (lambda: tensor([0.0]) / 0.0, nan),
    "inf - inf": (lambda: tensor([inf]) - tensor([inf]), nan),
    "1e38 + 3e38": (lambda: tensor([1e38]) + tensor([3e38]), inf),
    "1e38 * 1e38": (lambda: tensor([1e38]) * 1e38, inf),
    "log 0": (lambda: t.log(tensor([0.0])), -inf),
    "log -1": (lambda: t.log(tensor([-1.0])), nan),
    "sqrt -1": (lambda: t.sqrt(tensor([-1.0])), nan),
    "sqrt -1, into": (lambda: t.sqrt(tensor([-1.0]), out=tensor([0.0])), nan),
    "exp 1000": (lambda: t.exp(tensor([1000.0])), inf),
    "(-1) ** 0.5": (lambda: tensor([-1.0]) ** 0.5, nan),
    "0 ** -1": (lambda: 0.0 ** tensor([-1.0]), inf),
    "in place 1 / 0": (lambda: written(lambda x: x.__itruediv__(0.0), 1.0), inf),
    "in place inf - inf": (lambda: written(lambda x: x.__isub__(x), inf), nan),
    "sum of inf and -inf": (lambda: tensor([[inf, -inf]]).sum((1,)), nan),
    "product of large matrices": (lambda: (tensor([[1e38]]) @ tensor([[1e38]])).view((1,)), inf),
    "a cast that overflows": (lambda: tensor([1e300], t.float64).to(t.float32), inf),
}


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("action", ["error", "default"])
def test_silent(name: str, action: str) -> None:
    call, expected = CALLS[name]
    with warnings.catch_warnings(record=action == "default") as shown:
        warnings.simplefilter("error" if action == "error" else "default")
        if action == "default":
            # What importing the layer puts in front: pytest starts with filters of its own.
            warnings.filterwarnings("ignore", "", RuntimeWarning, r"minitorch_tensor\.")
        value = call().item()
    assert value == expected or (isnan(value) and isnan(expected))
    assert not shown


def test_numpy_itself_still_warns() -> None:
    t.log(tensor([0.0]))
    with pytest.warns(RuntimeWarning, match="divide by zero"):
        np.log(np.zeros(1))
