"""How results lie in memory is torch's, since what is drawn for them follows it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import torch
from tests.cases.case import Torch
from tests.parity.draws import steps_of

import minitorch

LAYOUTS: dict[str, Callable[[Torch], Any]] = {
    "whole": lambda t: t.ones(4, 5, 6),
    "turned": lambda t: t.ones(4, 6, 5).transpose(1, 2),
    "permuted": lambda t: t.ones(6, 5, 4).permute(2, 1, 0),
    "of columns": lambda t: t.ones(4, 5, 12)[..., ::2],
    "permuted, of columns": lambda t: t.ones(5, 12, 4).permute(2, 0, 1)[..., ::2],
}
RESULTS: dict[str, Callable[[Torch, Any], Any]] = {
    "clone": lambda t, x: x.clone(),
    "x + 1": lambda t, x: x + 1,
    "x + contiguous": lambda t, x: x + t.ones(4, 5, 6),
    "contiguous + x": lambda t, x: t.ones(4, 5, 6) + x,
    "x * row": lambda t, x: x * t.ones(6),
    "x of float64 + contiguous": lambda t, x: x.double() + t.ones(4, 5, 6),
    "x + x turned": lambda t, x: x[:, :4, :4] + x[:, :4, :4].transpose(1, 2),
    "maximum": lambda t, x: t.maximum(x, t.ones(4, 5, 6)),
    "x < contiguous": lambda t, x: x < t.ones(4, 5, 6),
    "where": lambda t, x: t.where(x > 0, x, t.ones(4, 5, 6)),
    "masked_fill": lambda t, x: x.masked_fill(x > 2, 0.0),
    "tensor of an array": lambda t, x: t.tensor(x.numpy()),
    "zeros_like": lambda t, x: t.zeros_like(x),
    "rand_like": lambda t, x: t.rand_like(x),
    "sum": lambda t, x: x.sum(0),
    "sum of the last": lambda t, x: x.sum(-1),
    "mean, kept": lambda t, x: x.mean(1, keepdim=True),
    "amax": lambda t, x: x.amax(0),
    "prod": lambda t, x: x.prod(0),
    "logsumexp": lambda t, x: x.logsumexp(0),
    "var": lambda t, x: x.var(0),
    "cumsum": lambda t, x: x.cumsum(1),
    "cumprod": lambda t, x: x.cumprod(0),
    "softmax": lambda t, x: x.softmax(-1),
    "log_softmax": lambda t, x: x.log_softmax(0),
    "functional.softmax": lambda t, x: t.nn.functional.softmax(x, -1),
    "gelu": lambda t, x: t.nn.functional.gelu(x),
    "relu": lambda t, x: t.relu(x),
    "layer_norm": lambda t, x: t.nn.functional.layer_norm(x, (6,)),
    "cat": lambda t, x: t.cat([x, x], 1),
    "stack": lambda t, x: t.stack([x, x]),
    "index_select": lambda t, x: x.index_select(0, t.tensor([1, 0])),
    "linear": lambda t, x: t.nn.functional.linear(x, t.ones(3, 6)),
}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", RESULTS)
def test_a_result_lies_in_memory_as_in_torch(name: str, layout: str) -> None:
    ours, theirs = (RESULTS[name](t, LAYOUTS[layout](t)) for t in (minitorch, torch))
    assert tuple(ours.shape) == tuple(theirs.shape)
    assert steps_of(ours) == steps_of(theirs)
