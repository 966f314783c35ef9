"""Updates of large parameters, block by block on several threads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import prod
from typing import Final, Generic, TypeVar

from minitorch_autograd import Tensor

from .extensions import by_blocks
from .rule import Rule, tensors_in, with_tensors

Options = TypeVar("Options", bound=Mapping[str, object])
State = TypeVar("State", bound=Mapping[str, object])

LARGE: Final = 2**19  # elements; below, waking a thread costs more than it gives


class BlockwiseUpdate(Generic[Options, State]):
    """The update of a rule that treats each element alone: on large tensors block by block.

    Several threads take blocks in turn. Each has its own copies of the numbers in the state, such
    as that of the step, and all end with the same ones. But a tensor that the rule adds to the
    state, as some do in their first step, would belong to one block only. So the first step, and a
    step after an option was switched, updates all elements at once.
    """

    def __init__(self, rule: Rule[Options, State]) -> None:
        self._rule = rule
        # The options with which a step has added nothing to the state, as truth values.
        self._complete: list[bool] | None = None

    def __call__(self, parameter: Tensor, gradient: Tensor, state: State, options: Options) -> None:
        """Make one step."""
        if by_blocks is None or prod(parameter.shape) < LARGE:
            self._rule.update(parameter, gradient, state, options)
            return
        switched = [bool(x) for name, x in options.items() if name not in ("params", "lr")]
        if switched == self._complete:
            self._in_blocks(by_blocks, parameter, gradient, state, options)
            return
        names = len(state)
        self._rule.update(parameter, gradient, state, options)
        self._complete = switched if len(state) == names else None

    def _in_blocks(
        self,
        by_blocks: Callable[..., None],
        parameter: Tensor,
        gradient: Tensor,
        state: State,
        options: Options,
    ) -> None:
        tensors = tensors_in(state)
        names = [name for name, value in tensors.items() if value.shape]
        numbers = {name: value for name, value in tensors.items() if not value.shape}
        after = numbers

        def program(parameter: Tensor, gradient: Tensor, *parts: Tensor) -> None:
            nonlocal after
            own = {name: value.clone() for name, value in numbers.items()}
            block = with_tensors(state, {**dict(zip(names, parts, strict=True)), **own})
            self._rule.update(parameter, gradient, block, options)
            if len(block) != len(state):
                raise RuntimeError(
                    f"{self._rule.update.__name__}: a rule may add to its state in a step with "
                    f"new options only, but added {sorted(set(block) - set(state))} later"
                )
            after = own

        by_blocks(program, parameter, gradient, *(tensors[name] for name in names))
        for name, number in numbers.items():
            number.copy_(after[name])
