"""Steps in fewer calls: of large tensors in blocks, and copies of many tensors at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import prod
from typing import Final, Generic, TypeVar

import minitorch_autograd as below
from minitorch_autograd import Tensor

from ._rule import Rule, tensors_in, with_tensors

Options = TypeVar("Options", bound=Mapping[str, object])
State = TypeVar("State", bound=Mapping[str, object])

LARGE: Final = 2**19  # elements; below, waking a thread costs more than it gives


def _one_by_one(targets: Sequence[Tensor], sources: Sequence[Tensor]) -> None:
    for target, source in zip(targets, sources, strict=True):
        target.copy_(source)


# The extension "blocks" of the autograd layer: without it, steps take longer.
copy_each: Final[Callable[[Sequence[Tensor], Sequence[Tensor]], None]] = getattr(
    below, "foreach_copy_", _one_by_one
)
_by_blocks: Final[Callable[..., None] | None] = getattr(below, "by_blocks", None)


class Steps(Generic[Options, State]):
    """Calls a rule that treats each element alone: on large tensors block by block.

    Several threads take blocks in turn. Each has numbers of its own, such as that of the step,
    which are the same in the end. But a tensor that the rule adds to the state, as some do in
    their first step, would be a block's alone: so a step with options switched on that were off
    before is made at once.
    """

    def __init__(self, rule: Rule[Options, State]) -> None:
        self._rule = rule
        self._complete: list[bool] | None = None  # the options for which the state has all it needs

    def __call__(self, parameter: Tensor, gradient: Tensor, state: State, options: Options) -> None:
        """Make one step."""
        if _by_blocks is None or prod(parameter.shape) < LARGE:
            self._rule.update(parameter, gradient, state, options)
            return
        switched = [bool(x) for name, x in options.items() if name not in ("params", "lr")]
        if switched == self._complete:
            self._in_blocks(_by_blocks, parameter, gradient, state, options)
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
