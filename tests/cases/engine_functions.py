"""Short programs of operations that are written as a class: one text for torch and MiniTorch."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from tests.cases.engine import Program, Torch, leaf, lists

FUNCTIONS: list[Program] = []


def program(function: Program) -> Program:
    """Put a program into the table."""
    FUNCTIONS.append(function)
    return function


def scaled(t: Torch, returned: Callable[[Any], Any] = lambda g: (g * 7, None)) -> Any:
    class Scaled(t.autograd.Function):  # type: ignore[misc]
        @staticmethod
        def forward(ctx: Any, x: Any, n: float) -> Any:
            return x * n

        @staticmethod
        def backward(ctx: Any, g: Any) -> Any:
            return returned(g)

    return Scaled


@program
def a_function(t: Torch) -> object:
    x = leaf(t, 1.0, 2.0)
    y = scaled(t).apply(x, 3.0)
    y.sum().backward()
    return lists(y, x.grad), y.grad_fn.name(), y.output_nr


@program
def what_a_function_may_return(t: Torch) -> object:
    gradients = []
    for returned in (
        (None, None),
        (t.ones(2), None, None),
        (t.ones(4, 2), None),
        (t.ones(2, dtype=t.float64), None),
    ):
        x = leaf(t, 1.0, 2.0)
        scaled(t, partial(lambda result, g: result, returned)).apply(x, 3.0).sum().backward()
        gradients += lists(x.grad)
    return gradients


@program
def a_function_with_setup_context(t: Torch) -> object:
    class Exp(t.autograd.Function):  # type: ignore[misc]
        @staticmethod
        def forward(x: Any, times: float = 2.0) -> Any:
            return x.exp() * times

        @staticmethod
        def setup_context(ctx: Any, inputs: Any, output: Any) -> None:
            ctx.save_for_backward(output, None)

        @staticmethod
        def backward(ctx: Any, g: Any) -> Any:
            y, _ = ctx.saved_tensors
            return g * y, None

    x = leaf(t, 0.0)
    (dx,) = t.autograd.grad(Exp.apply(x, times=4.0).sum(), x, create_graph=True)
    return lists(dx, *t.autograd.grad(dx.sum(), x), Exp.apply(x))


@program
def a_function_of_several_outputs(t: Torch) -> object:
    got = []

    class Several(t.autograd.Function):  # type: ignore[misc]
        @staticmethod
        def forward(ctx: Any, x: Any, materialize: bool) -> Any:
            outputs = x * 2, x * 3, x * 5, x > 0
            ctx.mark_non_differentiable(outputs[2])
            ctx.set_materialize_grads(materialize)
            return *outputs, "text"

        @staticmethod
        def backward(ctx: Any, *gs: Any) -> Any:
            got.append(lists(*gs))
            return gs[1] * 3, None

    x = leaf(t, 1.0)
    for materialize in (True, False):
        a, b, c, d, text = Several.apply(x, materialize)
        b.sum().backward()
    flags = [one.requires_grad for one in (a, b, c, d)]
    return got, lists(x.grad), flags, text, a.output_nr, b.output_nr, a.grad_fn is b.grad_fn


@program
def a_function_that_writes(t: Torch) -> object:
    class AddOne(t.autograd.Function):  # type: ignore[misc]
        @staticmethod
        def forward(ctx: Any, x: Any) -> Any:
            ctx.mark_dirty(x.add_(1))
            return x

        @staticmethod
        def backward(ctx: Any, g: Any) -> Any:
            return g * 7

    x = leaf(t, 1.0, 2.0)
    whole, part = x * 1, x * 1
    same = AddOne.apply(whole) is whole, AddOne.apply(part[:1]).tolist()
    return same, lists(*t.autograd.grad(whole.sum() + part.sum(), x))


@program
def a_function_once_differentiable(t: Torch) -> object:
    class Once(t.autograd.Function):  # type: ignore[misc]
        @staticmethod
        def forward(ctx: Any, x: Any) -> Any:
            ctx.save_for_backward(x)
            return x * x

        @staticmethod
        @t.autograd.function.once_differentiable  # type: ignore[untyped-decorator]
        def backward(ctx: Any, g: Any) -> Any:
            (x,) = ctx.saved_tensors
            return g * 2 * x

    x = leaf(t, 3.0)
    (dx,) = t.autograd.grad(Once.apply(x).sum(), x, create_graph=True)
    (late,) = t.autograd.grad(Once.apply(x).exp().sum(), x, create_graph=True)
    return lists(dx), dx.requires_grad, late.requires_grad
