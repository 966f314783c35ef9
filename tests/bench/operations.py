"""Twenty operations, forward and with backward, at three sizes."""

from __future__ import annotations

from collections.abc import Callable
from math import exp, log
from typing import Any

from tests.bench.cases import Call, Case, Torch
from tests.bench.timing import Times

SIZES = (10, 10**4, 10**6)
REACH = {10: 0.7, 10**4: 1.2, 10**6: 1.5}  # of the geometric mean of a size

# An operation of x and y, both of one size and positive, and of the same as matrices u and v.
OPERATIONS: dict[str, Callable[[Torch, Any, Any, Any, Any], Any]] = {
    "add": lambda t, x, y, u, v: x + y,
    "mul": lambda t, x, y, u, v: x * y,
    "div": lambda t, x, y, u, v: x / y,
    "broadcast": lambda t, x, y, u, v: u * v[0],
    "pow": lambda t, x, y, u, v: x**2,
    "exp": lambda t, x, y, u, v: x.exp(),
    "log": lambda t, x, y, u, v: x.log(),
    "sqrt": lambda t, x, y, u, v: x.sqrt(),
    "tanh": lambda t, x, y, u, v: x.tanh(),
    "sigmoid": lambda t, x, y, u, v: x.sigmoid(),
    "relu": lambda t, x, y, u, v: x.relu(),
    "where": lambda t, x, y, u, v: t.where(x > y, x, y),
    "clamp": lambda t, x, y, u, v: x.clamp(0.5, 1.0),
    "sum": lambda t, x, y, u, v: x.sum(),
    "mean": lambda t, x, y, u, v: u.mean(1),
    "var": lambda t, x, y, u, v: u.var(1),
    "amax": lambda t, x, y, u, v: u.amax(1),
    "cumsum": lambda t, x, y, u, v: u.cumsum(1),
    "cat": lambda t, x, y, u, v: t.cat([u, v], 1),
    "transpose": lambda t, x, y, u, v: u.t().contiguous(),
}


def operation(name: str, size: int, backward: bool) -> Case:
    """Make the case of an operation at a size."""

    def make(t: Torch) -> Call:
        rows = {10: 2, 10**4: 100, 10**6: 1000}[size]
        x, y = ((t.rand(size) + 0.1).requires_grad_() for _ in range(2))
        u, v = ((t.rand(rows, size // rows) + 0.1).requires_grad_() for _ in range(2))
        call = OPERATIONS[name]
        if not backward:
            return lambda: call(t, x, y, u, v)
        gradient = t.rand(tuple(call(t, x, y, u, v).shape))

        def both() -> None:
            x.grad = y.grad = u.grad = v.grad = None
            call(t, x, y, u, v).backward(gradient)

        return both

    return Case(f"{name}, {size:,} elements{', and backward' if backward else ''}", make)


OPERATION_CASES = {
    operation(name, size, backward): size
    for size in SIZES
    for name in OPERATIONS
    for backward in (False, True)
}


def summary(measured: dict[Case, Times]) -> list[str]:
    """Return a line for each size: the geometric mean of its ratios, and the largest."""
    lines = []
    for size in SIZES:
        rows = {
            case: times.ratio
            for case, times in measured.items()
            if OPERATION_CASES.get(case) == size
        }
        if rows:
            mean = exp(sum(map(log, rows.values())) / len(rows))
            worst = max(rows, key=lambda case: rows[case])
            lines.append(
                f"{size:,} elements: geometric mean {mean:.2f} (wanted {REACH[size]}), "
                f"worst {rows[worst]:.2f}: {worst.name}"
            )
    return lines
