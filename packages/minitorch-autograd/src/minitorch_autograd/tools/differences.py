"""The two Jacobians that `gradcheck` compares.

A Jacobian is a list of rows, one for each element of an input, of columns, one for each element of
an output. The analytical one comes from `grad`, one walk for each column; the numerical one
from central differences, two calls for each row. They are small, and lists of Python floats.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import product
from typing import TYPE_CHECKING, TypeAlias

from ..engine.backward import grad
from ..engine.modes import no_grad
from ..engine.value import Tensor
from ..ops.core.creation import zeros_like
from ..ops.shapes.ranges import arange

if TYPE_CHECKING:
    from ..requires import Nested
    from .diagnosis import Jacobian

    Function: TypeAlias = Callable[..., Tensor | Sequence[Tensor]]


def tracked_outputs(func: Function, inputs: Sequence[object]) -> list[Tensor]:
    """Return the outputs that track gradients; if none does, all, which then should be constant."""
    result = func(*inputs)
    outputs = [result] if isinstance(result, Tensor) else list(result)
    return [y for y in outputs if y.requires_grad] or outputs


def distinct_gradient(y: Tensor) -> Tensor:
    """Return a gradient for `y` whose elements are all different."""
    # With ones, errors may cancel: for softmax they give zeros, whatever its derivative.
    return (arange(1, y.numel() + 1, dtype=y.dtype) / y.numel()).reshape(y.shape)


def analytical_jacobian(y: Tensor, x: Tensor) -> Jacobian:
    """Return the Jacobian of `y` by `x` from `grad`, with one walk for each element of `y`."""
    columns = []
    for index in product(*map(range, y.shape)):
        if y.requires_grad:
            start = zeros_like(y)
            start[index] = 2.0  # 1 would hide that a rule forgets its `g`
            (dx,) = grad(y, x, start, retain_graph=True, materialize_grads=True)
            columns.append(flatten((dx / 2.0).tolist()))
        else:
            columns.append([0.0] * x.numel())
    return [[column[i] for column in columns] for i in range(x.numel())]


def numerical_jacobians(
    func: Function, inputs: Sequence[object], x: Tensor, eps: float
) -> list[list[list[float]]]:
    """Return, for each element of `x` and each output, the derivatives of the output's elements.

    `x` itself is changed and put back, since `func` may use it without having it as an argument, as
    a module uses its parameters.
    """

    def write(index: tuple[int, ...], value: float) -> None:
        with no_grad():
            x[index] = value

    rows = []
    last_write = x._stamp.time if x._stamp else 0
    for index in product(*map(range, x.shape)):
        value = x[index].item()
        ends = []
        moved = []
        try:
            for end in (value + eps, value - eps):
                write(index, end)
                moved.append(x[index].item())  # rounded to its type
                ends.append([flatten(y.tolist()) for y in tracked_outputs(func, inputs)])
        finally:
            write(index, value)
        step = moved[0] - moved[1]
        if not step > 0:  # `x` is infinite, or the step was lost in rounding
            step = 2 * eps
        rows.append(
            [
                [(a - b) / step for a, b in zip(up, down, strict=True)]
                for up, down in zip(*ends, strict=True)
            ]
        )
    if x._stamp:
        x._stamp.time = last_write  # its value is restored: rules that need it may be used
    return rows


def agree_in_one_direction(
    func: Function,
    inputs: Sequence[object],
    outputs: Sequence[Tensor],
    x: Tensor,
    eps: float,
    atol: float,
    rtol: float,
) -> bool:
    """Return whether ``v @ jacobian @ u`` agrees with a difference, for one `u` and `v`."""
    u = distinct_gradient(x)
    value = x.detach().clone()
    last_write = x._stamp.time if x._stamp else 0
    ends = []
    try:
        for step in (eps, -eps):
            with no_grad():
                x.copy_(value + u * step)
            ends.append(
                [(y * distinct_gradient(y)).sum().item() for y in tracked_outputs(func, inputs)]
            )
    finally:
        with no_grad():
            x.copy_(value)
    if x._stamp:
        x._stamp.time = last_write
    for y, up, down in zip(outputs, *ends, strict=True):
        along = 0.0
        if y.requires_grad:
            (dx,) = grad(y, x, distinct_gradient(y), retain_graph=True, materialize_grads=True)
            along = (dx * u).sum().item()
        expected = (up - down) / (2 * eps)
        if not abs(along - expected) <= atol + rtol * abs(expected):
            return False
    return True


def flatten(nested: Nested) -> list[float]:
    """Return the numbers of nested lists as one list."""
    if isinstance(nested, Sequence):
        return [one for inner in nested for one in flatten(inner)]
    return [nested]
