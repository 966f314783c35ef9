"""The two Jacobians that `gradcheck` compares.

A Jacobian is a list of rows, one for each element of an input, of columns, one for each element of
an output. The analytical one comes from `grad`, a column a walk; the numerical one from central
differences, a row two calls. They are small, and lists of Python floats.
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
    """Return the outputs that track gradients; if none does, all: then none should move."""
    result = func(*inputs)
    outputs = [result] if isinstance(result, Tensor) else list(result)
    return [y for y in outputs if y.requires_grad] or outputs


def varied(y: Tensor) -> Tensor:
    """Make a gradient for `y` from which no two elements get the same."""
    # Ones would hide what cancels: those that softmax gets give zeros, whatever its derivative.
    return (arange(1, y.numel() + 1, dtype=y.dtype) / y.numel()).reshape(y.shape)


def analytical(y: Tensor, x: Tensor) -> Jacobian:
    """Walk back from each element of `y` in turn."""
    columns = []
    for place in product(*map(range, y.shape)):
        if y.requires_grad:
            start = zeros_like(y)
            start[place] = 2.0  # with 1 a rule that forgets its `g` would go unseen
            (dx,) = grad(y, x, start, retain_graph=True, materialize_grads=True)
            columns.append(flat((dx / 2.0).tolist()))
        else:
            columns.append([0.0] * x.numel())
    return [[column[i] for column in columns] for i in range(x.numel())]


def numerical_jacobians(
    func: Function, inputs: Sequence[object], x: Tensor, eps: float
) -> list[list[list[float]]]:
    """Return, for each element of `x` and each output, the differences of its elements.

    It is `x` itself that is moved, since `func` may know it otherwise, as a module its parameters.
    """

    def write(place: tuple[int, ...], value: float) -> None:
        with no_grad():
            x[place] = value

    rows = []
    last_write = x._stamp.time if x._stamp else 0
    for place in product(*map(range, x.shape)):
        value = x[place].item()
        ends = []
        moved = []
        try:
            for end in (value + eps, value - eps):
                write(place, end)
                moved.append(x[place].item())  # as its type has rounded it
                ends.append([flat(y.tolist()) for y in tracked_outputs(func, inputs)])
        finally:
            write(place, value)
        step = moved[0] - moved[1]
        if not step > 0:  # of an infinity, or lost in rounding
            step = 2 * eps
        rows.append(
            [
                [(a - b) / step for a, b in zip(up, down, strict=True)]
                for up, down in zip(*ends, strict=True)
            ]
        )
    if x._stamp:
        x._stamp.time = last_write  # it is as it was: graphs that were made of it are not stale
    return rows


def agree_along(
    func: Function,
    inputs: Sequence[object],
    outputs: Sequence[Tensor],
    x: Tensor,
    eps: float,
    atol: float,
    rtol: float,
) -> bool:
    """Return whether ``v @ jacobian @ u`` is what differences say, for one `u` and `v`."""
    u = varied(x)
    value = x.detach().clone()
    last_write = x._stamp.time if x._stamp else 0
    ends = []
    try:
        for step in (eps, -eps):
            with no_grad():
                x.copy_(value + u * step)
            ends.append([(y * varied(y)).sum().item() for y in tracked_outputs(func, inputs)])
    finally:
        with no_grad():
            x.copy_(value)
    if x._stamp:
        x._stamp.time = last_write
    for y, up, down in zip(outputs, *ends, strict=True):
        along = 0.0
        if y.requires_grad:
            (dx,) = grad(y, x, varied(y), retain_graph=True, materialize_grads=True)
            along = (dx * u).sum().item()
        expected = (up - down) / (2 * eps)
        if not abs(along - expected) <= atol + rtol * abs(expected):
            return False
    return True


def flat(nested: Nested) -> list[float]:
    """Return the numbers of nested lists as one list."""
    if isinstance(nested, Sequence):
        return [one for inner in nested for one in flat(inner)]
    return [nested]
