"""`gradcheck`: derivatives compared with differences; `gradgradcheck` for second derivatives."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from math import isfinite
from typing import TYPE_CHECKING

import minitorch_tensor as below

from ..engine.backward import grad
from ..engine.value import Tensor
from ..ops.core.creation import zeros_like
from .diagnosis import Comparison
from .differences import (
    agree_in_one_direction,
    analytical_jacobian,
    distinct_gradient,
    flatten,
    numerical_jacobians,
    tracked_outputs,
)

if TYPE_CHECKING:
    from .diagnosis import Jacobian
    from .differences import Function

__all__ = ["gradcheck", "gradgradcheck"]


class GradcheckError(RuntimeError):
    """Gradients do not agree with differences."""


def gradcheck(
    func: Function,
    inputs: Tensor | Sequence[object],
    *,
    eps: float = 1e-6,
    atol: float = 1e-5,
    rtol: float = 1e-3,
    raise_exception: bool = True,
    nondet_tol: float = 0.0,
    fast_mode: bool = False,
) -> bool:
    """Compare the gradients of `func` with differences: ``(f(x + eps) - f(x - eps)) / 2 eps``.

    Args:
        func: a function of the inputs to one tensor, or a tuple of them.
        inputs: what to call it with. The tensors that require gradients are checked: each
            element is moved, in place, and put back.
        eps: the step of the differences.
        atol: the absolute tolerance.
        rtol: the tolerance relative to the numerical gradient.
        raise_exception: whether a mismatch raises an error, or returns False.
        nondet_tol: how much the gradients of two walks through one graph may differ.
        fast_mode: whether only one product with each Jacobian is compared, by one walk and two
            calls; if these differ, every entry is compared.

    Returns:
        Whether all agree.

    Raises:
        ValueError: if no input requires gradients.
        GradcheckError: with the entry that disagrees, and a possible cause. It is a RuntimeError.

    It warns of inputs that are not float64: their differences are inexact, and need larger `eps`
    and tolerances.

    >>> x = tensor([0.5, 2.0], dtype=float64, requires_grad=True)
    >>> gradcheck(tanh, x)
    True
    """
    given = _listed(inputs)
    tracked = _tracked(given)
    outputs = tracked_outputs(func, given)
    for i, x in tracked:
        if fast_mode and agree_in_one_direction(func, given, outputs, x, eps, atol, rtol):
            continue
        numerical = numerical_jacobians(func, given, x, eps)
        for j, y in enumerate(outputs):
            names = f"for output {j} with respect to input {i}"
            found = analytical_jacobian(y, x)
            both = Comparison(found, [row[j] for row in numerical], x.shape, y.shape, atol, rtol)
            problem = both.mismatch()
            if problem:
                cause = _cause(func, given, y, x) or both.cause()
                problem = f"Jacobian mismatch {names}: {problem}{cause and '; ' + cause}"
            else:
                problem = _nondeterministic(found, analytical_jacobian(y, x), nondet_tol, names)
            if problem and raise_exception:
                raise GradcheckError(problem)
            if problem:
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
    nondet_tol: float = 0.0,
    fast_mode: bool = False,
) -> bool:
    """Compare the second derivatives of `func` with differences of its gradients.

    Args:
        func: as `gradcheck`.
        inputs: as `gradcheck`.
        grad_outputs: the gradients of the outputs to start from; by default all different.
        eps: the step of the differences.
        atol: the absolute tolerance.
        rtol: the tolerance relative to the numerical gradient.
        raise_exception: whether a mismatch raises an error, or returns False.
        nondet_tol: how much the gradients of two walks through one graph may differ.
        fast_mode: as `gradcheck`.

    Returns:
        Whether all agree.

    Raises:
        ValueError, GradcheckError: as `gradcheck`.
    """
    given = _listed(inputs)
    tracked = [x for _, x in _tracked(given)]
    if grad_outputs is None:
        starts = [distinct_gradient(y) for y in tracked_outputs(func, given)]
    else:
        starts = [grad_outputs] if isinstance(grad_outputs, Tensor) else list(grad_outputs)
    starts = [start.detach().clone().requires_grad_() for start in starts]

    def first(*values: object) -> tuple[Tensor, ...]:
        outputs = tracked_outputs(func, values[: len(given)])
        return grad(outputs, tracked, starts, create_graph=True, materialize_grads=True)

    return gradcheck(
        first,
        [*given, *starts],
        eps=eps,
        atol=atol,
        rtol=rtol,
        raise_exception=raise_exception,
        nondet_tol=nondet_tol,
        fast_mode=fast_mode,
    )


def _listed(inputs: Tensor | Sequence[object]) -> list[object]:
    """Return one or several inputs as a list."""
    return [inputs] if isinstance(inputs, Tensor) else list(inputs)


def _tracked(inputs: Sequence[object]) -> list[tuple[int, Tensor]]:
    """Return the inputs that require gradients, each with its index."""
    tracked = [(i, x) for i, x in enumerate(inputs) if isinstance(x, Tensor) and x.requires_grad]
    if not tracked:
        raise ValueError(
            "gradcheck expects at least one input tensor to require gradient, "
            "but none of them have requires_grad=True."
        )
    for i, x in tracked:
        if x.dtype is not below.float64:
            warnings.warn(
                f"Input #{i} requires gradient and is not a double precision floating point: it "
                f"is {x.dtype}, in which differences are coarse. This check will likely fail; make "
                "it with dtype=float64, or give a larger eps, atol and rtol",
                stacklevel=4,
            )
    return tracked


def _cause(func: Function, inputs: Sequence[object], y: Tensor, x: Tensor) -> str:
    """Return a possible cause that shows in another call or walk; an empty text if none does."""
    first, second = ([one.tolist() for one in tracked_outputs(func, inputs)] for _ in range(2))
    if repr(first) != repr(second):  # in which NaN is NaN
        return "the function is not deterministic: a second call returned other values"
    if y.requires_grad:
        (dx,) = grad(y, x, zeros_like(y), retain_graph=True, materialize_grads=True)
        entries = flatten(dx.tolist())  # zero, if the rule multiplies by g
        if any(entries) and all(map(isfinite, entries)):
            return "backward not multiplied by grad_output: does a rule forget its g?"
    return ""


def _nondeterministic(one: Jacobian, other: Jacobian, tolerance: float, names: str) -> str:
    """Return what is wrong if two walks through one graph gave different Jacobians."""
    furthest = max(
        (abs(a - b) for p, q in zip(one, other, strict=True) for a, b in zip(p, q, strict=True)),
        default=0.0,
    )
    if furthest <= tolerance:
        return ""
    return (
        "Backward is not reentrant, i.e., running backward with same input and grad_output "
        f"multiple times gives different values: they differ by {furthest:.6g} {names}, "
        f"nondet_tol is {tolerance:.6g}"
    )
