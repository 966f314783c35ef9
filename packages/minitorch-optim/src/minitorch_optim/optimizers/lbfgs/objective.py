"""The loss as a function of one vector: all parameters, laid end to end."""

from __future__ import annotations

from collections.abc import Callable
from math import prod
from typing import Generic, TypeVar

from minitorch_autograd import Tensor, enable_grad, mul, zeros_like

from ...engine.extensions import shaping
from ...engine.options import number
from .strong_wolfe import Trial
from .two_loop_recursion import dot

Loss = TypeVar("Loss", bound=Tensor | float)


class Objective(Generic[Loss]):
    """A closure and its parameters, as a function of one vector.

    Args:
        params: the parameters; a gradient that is None counts as zeros.
        closure: computes the loss and its gradients again.

    Attributes:
        evaluations: how often the closure was called.
    """

    def __init__(self, params: list[Tensor], closure: Callable[[], Loss]) -> None:
        self._params = params
        self._closure = closure
        self.evaluations = 0

    def evaluate(self) -> tuple[Loss, float, Tensor]:
        """Return what the closure returned, that as a number, and the gradient."""
        with enable_grad():
            returned = self._closure()
        self.evaluations += 1
        if not isinstance(returned, (Tensor, float, int)):
            raise TypeError(
                "LBFGS: the closure must return the loss, a tensor of one element or a number, "
                f"but it returned {type(returned).__name__}"
            )
        parts = [zeros_like(p) if p.grad is None else p.grad for p in self._params]
        gradient = shaping.cat([part.reshape((prod(part.shape),)) for part in parts])
        return returned, number(returned), gradient

    def move(self, d: Tensor, t: float) -> None:
        """Add t d to the parameters."""
        end = 0
        for p in self._params:
            start, end = end, end + prod(p.shape)
            p.add_(mul(d[start:end].reshape(p.shape), t))

    def along(self, d: Tensor) -> Callable[[float], Trial]:
        """Return the loss at θ + t d as a function of t; calling it leaves the parameters at θ."""
        before = [p.clone() for p in self._params]

        def trial_at(t: float) -> Trial:
            self.move(d, t)
            _, loss, gradient = self.evaluate()
            for p, value in zip(self._params, before, strict=True):
                p.copy_(value)
            return Trial(t, loss, dot(gradient, d), gradient)

        return trial_at
