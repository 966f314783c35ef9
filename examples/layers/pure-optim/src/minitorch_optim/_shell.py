"""The classes: they hold parameters and states, and write what the rules return."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

from minitorch_autograd import Tensor, no_grad

from ._rules import (
    AdamOptions,
    AdamState,
    SGDOptions,
    SGDState,
    adam,
    adam_start,
    adamw,
    sgd,
    sgd_start,
)

Options = TypeVar("Options")
State = TypeVar("State")


class Optimizer(Generic[Options, State]):
    """Applies `rule` to each parameter that has a gradient."""

    def __init__(
        self,
        params: Iterable[Tensor],
        options: Options,
        start: Callable[[Tensor], State],
        rule: Callable[[Options, State, Tensor, Tensor], tuple[Tensor, State]],
    ) -> None:
        self._params = _leaves(params)
        self._options = options
        self._rule = rule
        self._states = [start(parameter) for parameter in self._params]

    def step(self) -> None:
        """Update every parameter that has a gradient."""
        with no_grad():
            for i, parameter in enumerate(self._params):
                if parameter.grad is not None:
                    new, self._states[i] = self._rule(
                        self._options, self._states[i], parameter.grad, parameter
                    )
                    parameter.copy_(new)

    def zero_grad(self) -> None:
        """Forget the gradients."""
        for parameter in self._params:
            parameter.grad = None


def _leaves(params: Iterable[Tensor]) -> list[Tensor]:
    if isinstance(params, Tensor):
        raise TypeError("params argument given to the optimizer should be an iterable of Tensors")
    leaves = list(params)
    if not leaves:
        raise ValueError("optimizer got an empty parameter list")
    for one in leaves:
        if not isinstance(one, Tensor):
            raise TypeError(f"optimizer can only optimize Tensors, got {type(one).__name__}")
        if not one.is_leaf:
            raise ValueError("can't optimize a non-leaf Tensor")
    return leaves


class SGD(Optimizer[SGDOptions, SGDState]):
    """Gradient descent, with momentum where it is asked for."""

    def __init__(
        self,
        params: Iterable[Tensor],
        lr: float = 1e-3,
        momentum: float = 0,
        dampening: float = 0,
        weight_decay: float = 0,
        nesterov: bool = False,
    ) -> None:
        options = SGDOptions(lr, momentum, dampening, weight_decay, nesterov)
        super().__init__(params, options, sgd_start, sgd)


class Adam(Optimizer[AdamOptions, AdamState]):
    """Adam; its weight decay is a part of the gradient."""

    def __init__(
        self,
        params: Iterable[Tensor],
        lr: float = 1e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 0,
    ) -> None:
        super().__init__(params, AdamOptions(lr, betas, eps, weight_decay), adam_start, adam)


class AdamW(Optimizer[AdamOptions, AdamState]):
    """Adam; its weight decay shrinks the parameters by themselves."""

    def __init__(
        self,
        params: Iterable[Tensor],
        lr: float = 1e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 1e-2,
    ) -> None:
        super().__init__(params, AdamOptions(lr, betas, eps, weight_decay), adam_start, adamw)
