"""Tensors and modules whose text is torch's, character for character."""

from __future__ import annotations

from collections.abc import Callable
from math import inf, nan
from typing import Any

TEXTS: dict[str, Callable[[Any], Any]] = {
    "whole floats": lambda t: t.tensor([1.0, -2.0, 300.0]),
    "floats": lambda t: t.tensor([[1.5, -2.25], [3.125, 100.0]]),
    "small": lambda t: t.tensor([1e-5, 1.0]),
    "large": lambda t: t.tensor([1e9, 1.0]),
    "wide": lambda t: t.tensor([0.001, 2000.0]),
    "wide, whole": lambda t: t.tensor([1.0, 2000.0]),
    "nan and inf": lambda t: t.tensor([nan, inf, -inf, 1.5]),
    "nan and whole": lambda t: t.tensor([nan, 1.0]),
    "only nan": lambda t: t.tensor([nan, nan]),
    "zeros": lambda t: t.zeros(2, 2),
    "minus zero": lambda t: t.tensor([-0.0, 1.0]),
    "0-d": lambda t: t.tensor(3.5),
    "0-d, whole": lambda t: t.tensor(3.0),
    "0-d, int": lambda t: t.tensor(7),
    "ints": lambda t: t.tensor([[1, -20], [300, 4]]),
    "bools": lambda t: t.tensor([[True, False], [False, False]]),
    "float64": lambda t: t.tensor([1.5, 2.0], dtype=t.float64),
    "float64, 0-d": lambda t: t.tensor(1.0, dtype=t.float64),
    "empty": lambda t: t.tensor([]),
    "empty, 2-d": lambda t: t.zeros(0, 3),
    "empty, int": lambda t: t.zeros(0, dtype=t.int64),
    "empty, int, 2-d": lambda t: t.zeros(2, 0, dtype=t.int64),
    "3-d": lambda t: t.arange(12).reshape(2, 3, 2),
    "4-d": lambda t: t.arange(8).reshape(2, 1, 2, 2) * 1.5,
    "long line": lambda t: t.arange(30) * 1.0,
    "long lines": lambda t: t.arange(60).reshape(2, 30) * 0.5,
    "1000 elements": lambda t: t.arange(1000),
    "summarised": lambda t: t.arange(1001),
    "summarised, 2-d": lambda t: t.arange(2000).reshape(40, 50) * 1.0,
    "summarised, 3-d": lambda t: t.arange(4000).reshape(10, 20, 20),
    "summarised, wide": lambda t: t.arange(3000).reshape(3, 1000) * 0.5,
    "requires_grad": lambda t: t.tensor([1.0], requires_grad=True),
    "requires_grad, long": lambda t: t.zeros(10, requires_grad=True),
    "requires_grad, float64": lambda t: t.tensor([1.0], dtype=t.float64, requires_grad=True),
    "grad_fn, add": lambda t: t.ones(2, requires_grad=True) + 1,
    "grad_fn, mul": lambda t: t.ones(2, requires_grad=True) * 2,
    "grad_fn, rsub": lambda t: 1 - t.ones(2, requires_grad=True),
    "grad_fn, div": lambda t: t.ones(2, requires_grad=True) / 2,
    "grad_fn, pow": lambda t: t.ones(2, requires_grad=True) ** 2,
    "grad_fn, neg": lambda t: -t.ones(2, requires_grad=True),
    "grad_fn, exp": lambda t: t.zeros(2, requires_grad=True).exp(),
    "grad_fn, tanh": lambda t: t.zeros(2, requires_grad=True).tanh(),
    "grad_fn, sum": lambda t: t.ones(2, requires_grad=True).sum(),
    "grad_fn, sum of a dimension": lambda t: t.ones(2, requires_grad=True).sum(0),
    "grad_fn, mean": lambda t: t.ones(2, requires_grad=True).mean(),
    "grad_fn, amax": lambda t: t.ones(2, requires_grad=True).amax(),
    "grad_fn, mm": lambda t: t.ones(2, 2, requires_grad=True) @ t.ones(2, 2),
    "grad_fn, t": lambda t: t.ones(2, 2, requires_grad=True).t(),
    "grad_fn, view": lambda t: t.ones(2, 2, requires_grad=True).view(4),
    "grad_fn, permute": lambda t: t.ones(2, 2, requires_grad=True).permute(1, 0),
    "grad_fn, transpose": lambda t: t.ones(2, 2, requires_grad=True).transpose(0, 1),
    "grad_fn, expand": lambda t: t.ones(1, requires_grad=True).expand(2),
    "grad_fn, squeeze": lambda t: t.ones(1, requires_grad=True).squeeze(0),
    "grad_fn, unsqueeze": lambda t: t.ones(1, requires_grad=True).unsqueeze(0),
    "grad_fn, select": lambda t: t.ones(2, requires_grad=True)[0],
    "grad_fn, slice": lambda t: t.ones(2, requires_grad=True)[:1],
    "grad_fn, index": lambda t: t.ones(2, requires_grad=True)[[0]],
    "grad_fn, cat": lambda t: t.cat([t.ones(1, requires_grad=True)] * 2),
    "grad_fn, stack": lambda t: t.stack([t.ones(1, requires_grad=True)] * 2),
    "grad_fn, where": lambda t: t.where(t.tensor([True]), t.ones(1, requires_grad=True), 0.0),
    "grad_fn, clone": lambda t: t.ones(1, requires_grad=True).clone(),
    "grad_fn, relu": lambda t: t.ones(1, requires_grad=True).relu(),
    "grad_fn, maximum": lambda t: t.maximum(t.ones(1, requires_grad=True), t.zeros(1)),
    "grad_fn, float64": lambda t: t.ones(2, dtype=t.float64, requires_grad=True) * 2,
    "grad_fn, linear": lambda t: t.nn.functional.linear(
        t.ones(1, 2), t.ones(2, 2, requires_grad=True), t.ones(2)
    ),
    "grad_fn, mse_loss": lambda t: t.nn.functional.mse_loss(
        t.ones(2, requires_grad=True), t.zeros(2)
    ),
    "grad_fn, cross_entropy": lambda t: t.nn.functional.cross_entropy(
        t.zeros(1, 2, requires_grad=True), t.tensor([0])
    ),
    "parameter": lambda t: t.nn.Parameter(t.tensor([1.0, 2.5])),
    "element types": lambda t: (t.float32, t.float64, t.int64, t.bool),
    "float16": lambda t: t.tensor([1.5, 65504.0, float("nan")], dtype=t.float16),
    "float16, wide": lambda t: t.tensor([6e-8, 1.0], dtype=t.float16),
    "small ints": lambda t: (t.tensor([-128], dtype=t.int8), t.tensor(7, dtype=t.uint8)),
    "int32": lambda t: t.tensor([[-(2**31)], [5]], dtype=t.int32),
    "int16, requires nothing": lambda t: t.zeros(2, 0, dtype=t.int16),
    "bool, empty": lambda t: t.zeros(0, 2, dtype=t.bool),
    "float64, default": lambda t: _with_default(t, t.float64),
    "float16, default": lambda t: _with_default(t, t.float16),
    "devices": lambda t: (t.device("cpu"), t.device("cpu", 0)),
    "limits": lambda t: (t.finfo(t.float64), t.finfo(t.float16), t.iinfo(t.int32)),
    "formatted": lambda t: f"{t.tensor(2.5):.3f}|{t.tensor(7):>4}|{t.tensor(True)}|{t.ones(2)}",
    "keys": lambda t: t.nn.Linear(1, 1).load_state_dict(t.nn.Linear(1, 1).state_dict()),
}

# What `set_printoptions` is told.
OPTIONS: list[dict[str, Any]] = [
    {"profile": "short"},
    {"profile": "full"},
    {"profile": "short", "precision": 6},
    {"precision": 0},
    {"sci_mode": True},
    {"sci_mode": False},
    {"linewidth": 40},
    {"threshold": 5, "edgeitems": 1},
]


def _with_default(t: Any, dtype: Any) -> str:
    t.set_default_dtype(dtype)
    try:
        return repr((t.tensor([1.5]), t.tensor([1.5], dtype=t.float32), t.zeros(0)))
    finally:
        t.set_default_dtype(t.float32)
