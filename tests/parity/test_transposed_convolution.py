"""Transposed convolution in every setting of its options, against torch."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
import torch
from tests.parity.compare import difference

import minitorch

SETTINGS = list(product((1, 2), (1, 2, 3), (0, 1), (0, 1, 2, 3), (1, 2, 4), (1, 2)))


@pytest.mark.parametrize("ndim", [1, 2, 3])
def test_sizes_values_gradients_and_errors(ndim: int) -> None:
    for setting in SETTINGS:
        ours, theirs = (_outcome(t, ndim, setting) for t in (minitorch, torch))
        if isinstance(theirs, type):
            assert ours is theirs, setting
            continue
        for order, pair in enumerate(zip(ours, theirs, strict=True)):
            assert not difference(f"{setting}", *pair, order=min(order, 1)).text


def _outcome(t: Any, ndim: int, setting: tuple[int, ...]) -> Any:
    """Return the value and the gradients, or the type of the error."""
    k, s, p, more, d, groups = setting
    x = t.linspace(-1, 1, 4 * 2**ndim, dtype=t.float64).reshape(2, 2, *(2,) * ndim)
    w = t.linspace(2, -1, 4 * k**ndim, dtype=t.float64).reshape(2, 2, *(k,) * ndim)
    x.requires_grad_()
    w.requires_grad_()
    try:
        y = getattr(t.nn.functional, f"conv_transpose{ndim}d")(x, w, None, s, p, more, groups, d)
    except RuntimeError as error:
        return type(error)
    return y, *t.autograd.grad((y * y).sum(), (x, w))
