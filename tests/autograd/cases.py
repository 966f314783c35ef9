"""The operations, each as a function and the inputs to differentiate it by."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import inf, nan, prod
from random import Random
from typing import Any, TypeAlias

from minitorch_autograd import (
    Tensor,
    amax,
    amin,
    cat,
    float32,
    float64,
    gather,
    int64,
    maximum,
    minimum,
    stack,
    tensor,
    where,
)

Function: TypeAlias = Callable[..., Tensor]
# Values, or a shape whose numbers are drawn.
Input: TypeAlias = tuple[int, ...] | float | list[float] | list[list[float]]


def leaves(inputs: Sequence[Input]) -> list[Tensor]:
    """Make the inputs of a case. Drawn numbers stay away from 0, and from each other."""
    stream = Random(20240229)
    made = []
    for one in inputs:
        if isinstance(one, tuple):
            drawn = [stream.choice([-1, 1]) * stream.uniform(0.3, 2) for _ in range(prod(one))]
            made.append(tensor(drawn, dtype=float64).reshape(one).requires_grad_())
        else:
            made.append(tensor(one, dtype=float64, requires_grad=True))
    return made


def written(x: Tensor, index: Any, value: Tensor | float) -> Tensor:
    """Return a copy of `x` with `value` written into a part."""
    y = x.clone()
    y[index] = value
    return y


INDEX = tensor([[0, 2], [2, 1]])
MASK = tensor([True, False, True])

# A function, and the inputs to differentiate it by.
CASES: dict[str, tuple[Function, *tuple[Input, ...]]] = {
    "x + y": (lambda x, y: x + y, (2, 3), (2, 3)),
    "x + row": (lambda x, y: x + y, (2, 3), (3,)),
    "a row and a column for each": (lambda x, y: x + y, (2, 1, 3), (4, 1)),
    "x + 2": (lambda x: x + 2, (3,)),
    "x.add(y, alpha=2.5)": (lambda x, y: x.add(y, alpha=2.5), (2, 3), (3,)),
    "x - y": (lambda x, y: x - y, (2, 3), (2, 1)),
    "x - 2": (lambda x: x - 2, (3,)),
    "2 - x": (lambda x: 2 - x, (3,)),
    "x.sub(y, alpha=2.5)": (lambda x, y: x.sub(y, alpha=2.5), (2,), (2,)),
    "x * y": (lambda x, y: x * y, (2, 1, 3), (4, 1)),
    "x * 0-d": (lambda x, y: x * y, (2, 3), ()),
    "x * 3": (lambda x: x * 3, (3,)),
    "x * x": (lambda x: x * x, (3,)),
    "x / y": (lambda x, y: x / y, (2, 3), (3,)),
    "x / 4": (lambda x: x / 4, (3,)),
    "4 / x": (lambda x: 4 / x, (3,)),
    "-x": (lambda x: -x, (3,)),
    "x**3": (lambda x: x**3, (2, 3)),
    "x**-2": (lambda x: x**-2, (3,)),
    "x**0, at 0": (lambda x: x**0, [0.0, 2.0]),
    "x**2, at 0": (lambda x: x**2, [0.0, -2.0]),
    "2**x": (lambda x: 2**x, (3,)),
    "x**0.5": (lambda x: x**0.5, [0.5, 1.5, 3.0]),
    "x**y": (lambda x, y: x**y, [[0.5, 1.5, 3.0]], [[2.0], [-0.5]]),
    "x.log()": (lambda x: x.log(), [0.5, 1.5, 3.0]),
    "x.sqrt()": (lambda x: x.sqrt(), [0.5, 1.5, 3.0]),
    "x.exp()": (lambda x: x.exp(), (2, 3)),
    "x.tanh()": (lambda x: x.tanh(), (2, 3)),
    "x.tanh(), far out": (lambda x: x.tanh(), [-40.0, 40.0]),
    "x.sigmoid()": (lambda x: x.sigmoid(), (2, 3)),
    "x.sigmoid(), far out": (lambda x: x.sigmoid(), [-700.0, 700.0]),
    "x.relu()": (lambda x: x.relu(), (2, 3)),
    "x.abs()": (lambda x: x.abs(), (2, 3)),
    "maximum(x, row)": (lambda x, y: maximum(x, y), (2, 3), (3,)),
    "minimum(x, row)": (lambda x, y: minimum(x, y), (2, 3), (3,)),
    "where(mask, x, row)": (lambda x, y: where(MASK, x, y), (2, 3), (3,)),
    "where(mask, x, 1)": (lambda x: where(MASK, x, 1.0), (3,)),
    "where(mask, 1, x)": (lambda x: where(MASK, 1.0, x), (3,)),
    "matrix @ matrix": (lambda x, y: x @ y, (2, 3), (3, 4)),
    "vector @ vector": (lambda x, y: x @ y, (3,), (3,)),
    "vector @ matrix": (lambda x, y: x @ y, (3,), (3, 2)),
    "matrix @ vector": (lambda x, y: x @ y, (2, 3), (3,)),
    "batch @ matrix": (lambda x, y: x @ y, (2, 2, 3), (3, 2)),
    "matrix @ batch": (lambda x, y: x @ y, (2, 3), (2, 3, 2)),
    "batches that broadcast": (lambda x, y: x @ y, (2, 1, 2, 3), (2, 3, 1)),
    "x.t() @ x": (lambda x: x.t() @ x, (2, 3)),
    "x.sum()": (lambda x: x.sum(), (2, 3)),
    "x.sum((0, 2))": (lambda x: x.sum((0, 2)), (2, 3, 2)),
    "x.sum(1, keepdim=True)": (lambda x: x.sum(1, keepdim=True), (2, 3)),
    "x.sum([])": (lambda x: x.sum([]), (2, 3)),
    "the sum of nothing": (lambda x: x.sum(0), (0, 3)),
    "x.mean()": (lambda x: x.mean(), (2, 3)),
    "x.mean(-1)": (lambda x: x.mean(-1), (2, 3)),
    "x.var(1)": (lambda x: x.var(1), (2, 3)),
    "x.amax(1)": (lambda x: x.amax(1), (2, 3)),
    "x.amin((0, 1))": (lambda x: x.amin((0, 1)), (2, 3)),
    "x.max(0).values": (lambda x: x.max(0).values, (3, 2)),
    "x.min(1, keepdim=True).values": (lambda x: x.min(1, keepdim=True).values, (3, 2)),
    "x.reshape(3, 2)": (lambda x: x.reshape(3, 2), (2, 3)),
    "x.t().reshape(6)": (lambda x: x.t().reshape(6), (2, 3)),
    "x.view(-1)": (lambda x: x.view(-1), (2, 3)),
    "x.permute(2, 0, 1)": (lambda x: x.permute(2, 0, 1), (2, 3, 2)),
    "x.transpose(0, 2)": (lambda x: x.transpose(0, 2), (2, 3, 1)),
    "x.T": (lambda x: x.T, (2, 3)),
    "x.expand(2, 3, 2)": (lambda x: x.expand(2, 3, 2), (3, 1)),
    "x.squeeze()": (lambda x: x.squeeze(), (1, 3, 1)),
    "x.squeeze(0)": (lambda x: x.squeeze(0), (1, 3, 1)),
    "x.unsqueeze(1)": (lambda x: x.unsqueeze(1), (2, 3)),
    "x.clone()": (lambda x: x.clone(), (3,)),
    "cat([x, y], 1)": (lambda x, y: cat([x, y], 1), (2, 3), (2, 1)),
    "cat([x, x])": (lambda x: cat([x, x]), (2,)),
    "stack([x, y], 1)": (lambda x, y: stack([x, y], 1), (2, 3), (2, 3)),
    "x[1]": (lambda x: x[1], (2, 3)),
    "x[:, 1:]": (lambda x: x[:, 1:], (2, 3)),
    "x[..., None, ::2]": (lambda x: x[..., None, ::2], (2, 3)),
    "x[[0, 2, 0]]": (lambda x: x[[0, 2, 0]], (3, 2)),
    "x[index, index]": (lambda x: x[INDEX, INDEX], (3, 3)),
    "x[mask]": (lambda x: x[MASK], (3, 2)),
    "gather(x, 0, index)": (lambda x: gather(x, 0, INDEX), (3, 2)),
    "x.add_(y)": (lambda x, y: x.clone().add_(y, alpha=2.0), (2, 3), (3,)),
    "x.sub_(y)": (lambda x, y: x.clone().sub_(y, alpha=2.0), (2, 3), (3,)),
    "x.mul_(y)": (lambda x, y: x.clone().mul_(y), (2, 3), (3,)),
    "x.mul_(2)": (lambda x: x.clone().mul_(2.0), (2, 3)),
    "x.div_(y)": (lambda x, y: x.clone().div_(y), (2, 3), (3,)),
    "x.div_(4)": (lambda x: x.clone().div_(4.0), (2, 3)),
    "x.copy_(y)": (lambda x, y: x.clone().copy_(y), (2, 3), (3,)),
    "x.fill_(2)": (lambda x: x.clone().fill_(2.0), (3,)),
    "x[1:] = y": (lambda x, y: written(x, slice(1, None), y), (3, 2), (2,)),
    "x[[0, 2]] = 5": (lambda x: written(x, [0, 2], 5.0), (3, 2)),
    "a network": (
        lambda x, w, b: ((x @ w + b).tanh() * x.sum(1, keepdim=True)).sigmoid().mean(0),
        (4, 3),
        (3, 2),
        (2,),
    ),
}

# Where the derivative is a convention, which differences don't know: torch's. The gradient of the
# sum of what the function gives, by each input, flat.
CONVENTIONS: dict[str, tuple[Function, list[Input], list[list[float]]]] = {
    "relu, 0 at 0": (lambda x: x.relu(), [[-1.0, 0.0, 1.0]], [[0.0, 0.0, 1.0]]),
    "abs, 0 at 0": (lambda x: x.abs(), [[-1.0, 0.0, 1.0]], [[-1.0, 0.0, 1.0]]),
    "sqrt, inf at 0": (lambda x: x.sqrt(), [[0.0, 4.0]], [[inf, 0.25]]),
    "log, inf at 0": (lambda x: x.log(), [[0.0, 4.0]], [[inf, 0.25]]),
    "x**0, 0 also at 0 and inf": (lambda x: x**0, [[0.0, inf]], [[0.0, 0.0]]),
    "x**y, at 0": (
        lambda x, y: x**y,
        [[0.0, 0.0, 0.0], [0.0, 1.0, 2.0]],
        [[0.0, 1.0, 0.0], [0.0, 0.0, 0.0]],
    ),
    "0**x": (lambda x: 0**x, [[0.0, 2.0]], [[0.0, 0.0]]),
    "maximum, half to each of two": (maximum, [[1.0, 3.0], [1.0, 2.0]], [[0.5, 1.0], [0.5, 0.0]]),
    "minimum, half to each of two": (minimum, [[1.0, 3.0], [1.0, 2.0]], [[0.5, 0.0], [0.5, 1.0]]),
    "maximum, to both beside NaN": (maximum, [[nan, 1.0], [1.0, nan]], [[1.0, 1.0], [1.0, 1.0]]),
    "minimum, to both beside NaN": (minimum, [[nan, 1.0], [1.0, nan]], [[1.0, 1.0], [1.0, 1.0]]),
    "amax, shared by three": (amax, [[3.0, 1.0, 3.0, 3.0]], [[1 / 3, 0.0, 1 / 3, 1 / 3]]),
    "amin, shared by two of a row": (
        lambda x: amin(x, 1),
        [[[1.0, 1.0], [2.0, 3.0]]],
        [[0.5, 0.5, 1.0, 0.0]],
    ),
    "max of all, shared": (lambda x: x.max(), [[2.0, 2.0]], [[0.5, 0.5]]),
    "max along a dimension, to the first": (
        lambda x: x.max(0).values,
        [[1.0, 2.0, 2.0]],
        [[0.0, 1.0, 0.0]],
    ),
    "min along a dimension, to the first": (
        lambda x: x.min(0).values,
        [[1.0, 1.0, 2.0]],
        [[1.0, 0.0, 0.0]],
    ),
    "where, beside what is NaN": (
        lambda x, y: where(x > 0, x, y),
        [[2.0, -1.0], [nan, 3.0]],
        [[1.0, 0.0], [0.0, 1.0]],
    ),
    "a cast, and back": (lambda x: x.to(float32).to(float64) * 3, [[1.0, 2.0]], [[3.0, 3.0]]),
    "a cast to integers, through which none passes": (
        lambda x: x.to(int64) * x,
        [[1.5, 2.5]],
        [[1.0, 2.0]],
    ),
}
