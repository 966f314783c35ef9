"""What an optimizer is told of its mathematics: how a state starts, and how an update is made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from minitorch_autograd import Tensor, mul

Options_contra = TypeVar("Options_contra", contravariant=True)
State = TypeVar("State", bound=Mapping[str, object])


@dataclass(frozen=True)
class Rule(Generic[Options_contra, State]):
    """An update rule: all that tells one optimizer from another.

    `update(parameter, gradient, state, options)` changes `parameter` and `state` in place. The
    state is a record of tensors, by name; a name that begins with an underscore is scratch, kept
    so that no step allocates, and stays out of the `state_dict`.

    Args:
        start: makes the state of a parameter before its first update, by its options.
        update: makes one step; called under `no_grad`.
        check: raises where an option is out of its range.
        small: the most elements of a parameter that is updated together with others, laid end to
            end; 0 for none. It needs an update that treats each element alone, and is measured:
            the more operations that makes, the larger.
    """

    start: Callable[[Tensor, Options_contra], State]
    update: Callable[[Tensor, Tensor, State, Options_contra], None]
    check: Callable[[Options_contra], None]
    small: int = 0


def tensors_in(state: Mapping[str, object]) -> dict[str, Tensor]:
    """Return the tensors of a state by their names."""
    return {name: value for name, value in state.items() if isinstance(value, Tensor)}


def with_tensors(state: State, tensors: Mapping[str, Tensor]) -> State:
    """Return a copy of `state` that has `tensors` for its own, or beside them."""
    # A checker can't follow names that are only known at run time. These come from another state
    # of the same rule.
    return {**state, **tensors}  # type: ignore[return-value]


def descent(
    parameter: Tensor, gradient: Tensor, weight_decay: float, maximize: bool, scratch: Tensor
) -> Tensor:
    """Return ``g + λ θ``, or to maximize ``−g + λ θ``: `gradient` itself, or in `scratch`."""
    if not weight_decay:
        return mul(gradient, -1.0, out=scratch) if maximize else gradient
    if maximize:
        return mul(parameter, -weight_decay, out=scratch).add_(gradient).mul_(-1.0)
    return mul(parameter, weight_decay, out=scratch).add_(gradient)


def follow(mean: Tensor, x: Tensor, keep: float, scratch: Tensor) -> Tensor:
    """Let a mean follow x: ``m = β m + (1 − β) x`` in place, where `keep` is β; return it."""
    return mean.mul_(keep).add_(mul(x, 1 - keep, out=scratch))


def follow_square(mean: Tensor, x: Tensor, keep: float, scratch: Tensor) -> Tensor:
    """Let a mean follow x²: ``v = β v + (1 − β) x²`` in place; return it."""
    return mean.mul_(keep).add_(mul(x, x, out=scratch).mul_(1 - keep))
