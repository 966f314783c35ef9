"""The errors of operations that are written as a class, with their whole text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.autograd.errors_engine import tracked

import minitorch_autograd as t
from minitorch_autograd import Function, Tensor, once_differentiable


class Doubled(Function):
    """The double of a tensor; `backward` returns what it is told to."""

    @staticmethod
    def forward(ctx: Any, x: Tensor, returned: object) -> Tensor:
        ctx.returned = returned
        return x * 2

    @staticmethod
    def backward(ctx: Any, g: Tensor) -> Any:
        return ctx.returned


class Bare(Function):
    """What has no `backward`."""

    @staticmethod
    def forward(ctx: Any, x: Tensor, action: Callable[[Any, Tensor], object]) -> object:
        result = action(ctx, x)
        return x * 2 if result is None else result


class Once(Function):
    """A square whose derivative is computed by other means."""

    @staticmethod
    def forward(ctx: Any, x: Tensor) -> Tensor:
        ctx.save_for_backward(x)
        return x * x

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, g: Tensor) -> Any:
        return g * 2 * ctx.saved_tensors[0]


def twice_through_once() -> None:
    x = tracked(2)
    (dx,) = t.grad(Once.apply(x).exp().sum(), x, create_graph=True)
    dx.sum().backward()


FUNCTION: list[tuple[Callable[[], object], type[Exception], str]] = [
    (
        lambda: Function.apply(tracked(2)),
        NotImplementedError,
        "You must implement the forward function for custom autograd.Function.",
    ),
    (
        lambda: Bare.apply(tracked(1), lambda ctx, x: None).backward(),
        NotImplementedError,
        "You must implement either the backward or vjp method for your custom autograd.Function to "
        "use it with backward mode AD.",
    ),
    (
        lambda: Bare.apply(tracked(1), lambda ctx, x: ctx.save_for_backward(3)),
        TypeError,
        "save_for_backward can only save variables, but argument 0 is of type int: keep it as an "
        "attribute of ctx",
    ),
    (
        lambda: Bare.apply(tracked(1), lambda ctx, x: ctx.mark_dirty(3)),
        RuntimeError,
        "mark_dirty can only accept variables, but argument 0 is of type int",
    ),
    (
        lambda: Bare.apply(tracked(1), lambda ctx, x: ctx.mark_dirty(x)),
        RuntimeError,
        "Bare: Some elements marked as dirty during the forward method were not returned as "
        "output. The inputs that are modified inplace must all be outputs of the Function.",
    ),
    (
        lambda: Bare.apply(tracked(1), lambda ctx, x: [x]),
        TypeError,
        "Bare: forward returned a list of tensors, which would have no gradients; return a tuple",
    ),
    (
        lambda: Bare.apply(tracked(1), action=print),
        TypeError,
        "Bare.apply() takes no keyword arguments: action; they need a setup_context",
    ),
    (
        lambda: Doubled.apply(tracked(1), t.ones(1)).backward(),
        RuntimeError,
        "function DoubledBackward returned an incorrect number of gradients (expected 2, got 1): "
        "one for each input of forward, None for what has none",
    ),
    (
        lambda: Doubled.apply(tracked(1), (None, t.ones(1))).backward(),
        RuntimeError,
        "function DoubledBackward returned a gradient different than None at position 2, but the "
        "corresponding forward input was not a Variable",
    ),
    (
        lambda: Doubled.apply(tracked(1), (2.0, None)).backward(),
        RuntimeError,
        "function DoubledBackward: expected Variable or None (got float) as the gradient at "
        "position 1",
    ),
    (
        twice_through_once,
        RuntimeError,
        "trying to differentiate twice a function that was marked with @once_differentiable",
    ),
]
