"""Checking derivatives against differences: `gradcheck`, and for second ones `gradgradcheck`.

A Jacobian is a list of rows, one for each element of an input, of columns, one for each element of
an output. The analytical one comes from `grad`, a column a walk; the numerical one from central
differences, a row two calls. They are small, and lists of Python floats.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import product
from math import isclose, prod
from typing import TYPE_CHECKING, TypeAlias

import minitorch_tensor as below

from . import _tensor
from ._backward import grad
from ._creation import arange, zeros_like
from ._modes import no_grad

if TYPE_CHECKING:
    from ._tensor import Nested, Tensor

    Function: TypeAlias = Callable[..., Tensor | Sequence[Tensor]]
    Jacobian: TypeAlias = list[list[float]]


def gradcheck(
    func: Function,
    inputs: Tensor | Sequence[object],
    *,
    eps: float = 1e-6,
    atol: float = 1e-5,
    rtol: float = 1e-3,
    raise_exception: bool = True,
) -> bool:
    """Compare the gradients of `func` with differences: ``(f(x + eps) - f(x - eps)) / 2 eps``.

    Args:
        func: a function of the inputs to one tensor, or a tuple of them.
        inputs: what to call it with. The tensors that require gradients are checked: each
            element is moved, in place, and put back.
        eps: the step of the differences.
        atol: the absolute tolerance.
        rtol: the tolerance relative to the numerical gradient.
        raise_exception: whether a mismatch is raised, or only answered.

    Returns:
        Whether all agree.

    Raises:
        ValueError: if no input requires gradients, or one that does is not float64, in which
            differences are too coarse.
        RuntimeError: naming the entry that disagrees, and what the cause may be.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.autograd.gradcheck.gradcheck.html

    >>> x = tensor([0.5, 2.0], dtype=float64, requires_grad=True)
    >>> gradcheck(tanh, x)
    True
    """
    given = _listed(inputs)
    tracked = _tracked(given)
    outputs = _outputs(func, given)
    for i, x in tracked:
        numerical = _numerical(func, given, x, eps)
        for j, y in enumerate(outputs):
            expected = [row[j] for row in numerical]
            text = _mismatch(_analytical(y, x), expected, x.shape, y.shape, atol, rtol)
            if text and raise_exception:
                raise RuntimeError(
                    f"Jacobian mismatch for output {j} with respect to input {i}: {text}"
                )
            if text:
                return False
    return True


def gradgradcheck(
    func: Function,
    inputs: Tensor | Sequence[object],
    grad_outputs: Tensor | Sequence[Tensor] | None = None,
    *,
    eps: float = 1e-6,
    atol: float = 1e-5,
    rtol: float = 1e-3,
    raise_exception: bool = True,
) -> bool:
    """Compare the second derivatives of `func` with differences of its gradients.

    Args:
        func: as `gradcheck`.
        inputs: as `gradcheck`.
        grad_outputs: the gradients of the outputs to start from; all different, unless told.
        eps: as `gradcheck`, as are `atol`, `rtol` and `raise_exception`.
        atol: the absolute tolerance.
        rtol: the tolerance relative to the numerical gradient.
        raise_exception: whether a mismatch is raised, or only answered.

    Returns:
        Whether all agree.

    Raises:
        ValueError, RuntimeError: as `gradcheck`.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.autograd.gradcheck.gradgradcheck.html
    """
    given = _listed(inputs)
    tracked = [x for _, x in _tracked(given)]
    if grad_outputs is None:
        starts = [_varied(y) for y in _outputs(func, given)]
    else:
        starts = [grad_outputs] if isinstance(grad_outputs, _tensor.Tensor) else list(grad_outputs)
    starts = [start.detach().clone().requires_grad_() for start in starts]

    def first(*values: object) -> tuple[Tensor, ...]:
        outputs = _outputs(func, values[: len(given)])
        return grad(outputs, tracked, starts, create_graph=True, materialize_grads=True)

    return gradcheck(
        first,
        [*given, *starts],
        eps=eps,
        atol=atol,
        rtol=rtol,
        raise_exception=raise_exception,
    )


def _listed(inputs: Tensor | Sequence[object]) -> list[object]:
    return [inputs] if isinstance(inputs, _tensor.Tensor) else list(inputs)


def _tracked(inputs: Sequence[object]) -> list[tuple[int, Tensor]]:
    """Return the inputs that require gradients, each with its place."""
    tracked = [
        (i, x) for i, x in enumerate(inputs) if isinstance(x, _tensor.Tensor) and x.requires_grad
    ]
    if not tracked:
        raise ValueError(
            "gradcheck expects at least one input tensor to require gradient, "
            "but none of them have requires_grad=True."
        )
    for i, x in tracked:
        if x.dtype is not below.float64:
            raise ValueError(
                f"gradcheck: input {i} is {x.dtype}, in which differences are too coarse: "
                "make it with dtype=float64"
            )
    return tracked


def _outputs(func: Function, inputs: Sequence[object]) -> list[Tensor]:
    """Return the outputs that track gradients; if none does, all: then none should move."""
    result = func(*inputs)
    outputs = [result] if isinstance(result, _tensor.Tensor) else list(result)
    return [y for y in outputs if y.requires_grad] or outputs


def _varied(y: Tensor) -> Tensor:
    """Make a gradient for `y` from which no two elements get the same."""
    # Ones would hide what cancels: those that softmax gets give zeros, whatever its derivative.
    return (arange(1, y.numel() + 1, dtype=y.dtype) / y.numel()).reshape(y.shape)


def _analytical(y: Tensor, x: Tensor) -> Jacobian:
    """Walk back from each element of `y` in turn."""
    columns = []
    for place in product(*map(range, y.shape)):
        if y.requires_grad:
            start = zeros_like(y)
            start[place] = 2.0  # with 1 a rule that forgets its `g` would go unseen
            (dx,) = grad(y, x, start, retain_graph=True, materialize_grads=True)
            columns.append(_flat((dx / 2.0).tolist()))
        else:
            columns.append([0.0] * x.numel())
    return [[column[i] for column in columns] for i in range(x.numel())]


def _numerical(
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
        try:
            for moved in (value + eps, value - eps):
                write(place, moved)
                ends.append([_flat(y.tolist()) for y in _outputs(func, inputs)])
        finally:
            write(place, value)
        rows.append(
            [
                [(a - b) / (2 * eps) for a, b in zip(up, down, strict=True)]
                for up, down in zip(*ends, strict=True)
            ]
        )
    if x._stamp:
        x._stamp.time = last_write  # it is as it was: graphs that were made of it are not stale
    return rows


def _flat(nested: Nested) -> list[float]:
    if isinstance(nested, Sequence):
        return [one for inner in nested for one in _flat(inner)]
    return [nested]


def _mismatch(
    found: Jacobian,
    expected: Jacobian,
    x: tuple[int, ...],
    y: tuple[int, ...],
    atol: float,
    rtol: float,
) -> str:
    """Say which entry differs first, and what the cause may be; nothing where none does."""

    def close(a: float, b: float) -> bool:
        return a == b or abs(a - b) <= atol + rtol * abs(b)

    def agree(one: Jacobian, other: Jacobian) -> bool:
        return all(
            close(a, b) for p, q in zip(one, other, strict=True) for a, b in zip(p, q, strict=True)
        )

    for i, j in product(range(prod(x)), range(prod(y))):
        if not close(found[i][j], expected[i][j]):
            break
    else:
        return ""
    cause = ""
    ratio = found[i][j] / expected[i][j] if expected[i][j] else 0.0
    if ratio and agree(found, [[ratio * one for one in row] for row in expected]):
        cause = f"; all are {ratio:.4g} times what they should be: a wrong factor?"
    elif len(x) == 2 and x[0] == x[1] and agree(_transposed(found, x[0]), expected):
        cause = "; it is the transpose of what it should be"
    elif all(
        isclose(a, b, rel_tol=rtol, abs_tol=atol) or abs(a) < abs(b)
        for p, q in zip(found, expected, strict=True)
        for a, b in zip(p, q, strict=True)
    ):
        cause = "; entries are too small: is a part overwritten where it should add up?"
    return (
        f"for element {_place(j, y)} of the output by element {_place(i, x)} of the input, "
        f"numerical {expected[i][j]:.6g}, analytical {found[i][j]:.6g}{cause}"
    )


def _transposed(found: Jacobian, n: int) -> Jacobian:
    """Return the Jacobian by the transpose of an (n, n) input."""
    return [found[column * n + row] for row, column in product(range(n), repeat=2)]


def _place(i: int, shape: tuple[int, ...]) -> tuple[int, ...]:
    place: list[int] = []
    for n in reversed(shape):
        i, rest = divmod(i, n)
        place.insert(0, rest)
    return tuple(place)
