"""The update rule of an optimizer: how a state starts, and how a parameter is updated."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from minitorch_autograd import Tensor, mul

Options_contra = TypeVar("Options_contra", contravariant=True)
State = TypeVar("State", bound=Mapping[str, object])


@dataclass(frozen=True)
class Rule(Generic[Options_contra, State]):
    """An update rule: all in which one optimizer differs from another.

    `update(parameter, gradient, state, options)` changes `parameter` and `state` in place. The
    state has tensors by name. Those whose name begins with an underscore are scratch memory, kept
    so that no step allocates any; they are left out of the `state_dict`.

    Args:
        start: returns the state of a parameter before its first step.
        update: makes one step; called under `no_grad`.
        check: raises ValueError if an option is out of its range.
        small: the most elements of a parameter that is updated together with others, in a bucket;
            0 for none. The update must treat each element alone. The number is measured: it is
            larger for an update of more operations.
    """

    start: Callable[[Tensor, Options_contra], State]
    update: Callable[[Tensor, Tensor, State, Options_contra], None]
    check: Callable[[Options_contra], None]
    small: int = 0


def tensors_in(state: Mapping[str, object]) -> dict[str, Tensor]:
    """Return the tensors of a state by their names."""
    return {name: value for name, value in state.items() if isinstance(value, Tensor)}


def with_tensors(state: State, tensors: Mapping[str, Tensor]) -> State:
    """Return a copy of `state` with `tensors` added, or in the place of those with their names."""
    # A checker can't follow names that are only known at run time. These come from another state
    # of the same rule.
    return {**state, **tensors}  # type: ignore[return-value]


def decayed_gradient(
    parameter: Tensor, gradient: Tensor, weight_decay: float, maximize: bool, scratch: Tensor
) -> Tensor:
    """Return ``g + λ θ``, or to maximize ``−g + λ θ``: `gradient` itself, or `scratch`."""
    if not weight_decay:
        return mul(gradient, -1.0, out=scratch) if maximize else gradient
    if maximize:
        return mul(parameter, -weight_decay, out=scratch).add_(gradient).mul_(-1.0)
    return mul(parameter, weight_decay, out=scratch).add_(gradient)


def update_mean(mean: Tensor, x: Tensor, beta: float, scratch: Tensor) -> Tensor:
    """Update an exponential moving average in place: ``m = β m + (1 − β) x``; return it."""
    return mean.mul_(beta).add_(mul(x, 1 - beta, out=scratch))


def update_mean_square(mean: Tensor, x: Tensor, beta: float, scratch: Tensor) -> Tensor:
    """Update an exponential moving average of x² in place: ``v = β v + (1 − β) x²``; return it."""
    return mean.mul_(beta).add_(mul(x, x, out=scratch).mul_(1 - beta))
