"""The loop over the parameters of one group, small ones in bundles.

Theory of operation. For a small parameter an operation costs what its call costs, and an update is
a dozen calls. But most rules treat each element alone, so that it makes no difference whether they
are handed one parameter or several laid end to end. A `Bundle` has one flat tensor of the values of
its members, one of their gradients, and one state. A step copies values and gradients in, calls the
rule once, and copies the values out. What is then large, or was from the beginning, is updated in
blocks on several threads: see `Steps`.

What the outside sees stays as it was. `optimizer.state[p]` is a record for each parameter, whose
tensors are views into the bundle's; only the step number is one tensor that all members share.
When a member comes without a gradient, their numbers part: the bundle is dissolved, each member
gets copies of its own, and is updated alone from then on. (Members are taken to be apart in memory:
of two that overlap, only one would be seen to change.)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import prod
from typing import Final, Generic, TypeVar

from minitorch_autograd import Tensor, zeros

from ._blocks import LARGE, Steps, copy_each
from ._groups import ParamGroup
from ._rule import Rule, tensors_in, with_tensors

State = TypeVar("State", bound=Mapping[str, object])
Group = TypeVar("Group", bound=ParamGroup)
Options = TypeVar("Options", bound=Mapping[str, object])

LIMIT: Final = 2**21  # elements: 8 MB of float32, which a bundle holds twice more


class GroupLoop(Generic[Group, State]):
    """Updates the parameters of a group, step after step."""

    def __init__(self, group: Group, rule: Rule[Group, State], states: dict[Tensor, State]) -> None:
        params = group["params"]
        self._params, self._length = params, len(params)
        self._rule = rule
        self._states = states
        self._bundles: list[Bundle[Group, State]] = []
        if rule.small and len(set(params)) == len(params):
            candidates = [p for p in params if _may_join(p, rule.small)]
            for parameter in candidates:
                states.setdefault(parameter, rule.start(parameter, group))
            for members in _alike(candidates, states):
                self._bundles.append(Bundle(members, rule, states))
        bundled = {p for bundle in self._bundles for p in bundle.members}
        self._alone = [(p, self._steps(p)) for p in params if p not in bundled]

    def fits(self, params: list[Tensor]) -> bool:
        """Return whether `params` is the list that this was made for, at the length it had."""
        return params is self._params and len(params) == self._length

    def step(self, group: Group) -> None:
        """Update every parameter that has a gradient."""
        for bundle in self._bundles:
            if not bundle.step(group, self._states):
                self._dissolve(bundle)
        states = self._states
        for parameter, update in self._alone:
            gradient = parameter.grad
            if gradient is not None:
                state = states.get(parameter)
                if state is None:
                    state = states[parameter] = self._rule.start(parameter, group)
                update(parameter, gradient, state, group)

    def end(self) -> None:
        """Give every parameter a state of its own."""
        for bundle in self._bundles:
            self._dissolve(bundle)

    def _steps(self, parameter: Tensor) -> Callable[[Tensor, Tensor, State, Group], None]:
        """Return what makes the steps of a parameter by itself: the rule, or blocks of it."""
        each_alone = self._rule.small and prod(parameter.shape) >= LARGE
        return Steps(self._rule) if each_alone else self._rule.update

    def _dissolve(self, bundle: Bundle[Group, State]) -> None:
        for member in bundle.members:
            state = self._states[member]
            own = {name: value.clone() for name, value in tensors_in(state).items()}
            self._states[member] = with_tensors(state, own)
        self._bundles = [one for one in self._bundles if one is not bundle]
        self._alone += [(member, self._rule.update) for member in bundle.members]


class Bundle(Generic[Options, State]):
    """Parameters of one element type, at the same step, that are updated as one."""

    def __init__(
        self, members: Sequence[Tensor], rule: Rule[Options, State], states: dict[Tensor, State]
    ) -> None:
        self.members = members
        self._update = Steps(rule)
        self._value = zeros((sum(prod(p.shape) for p in members),), dtype=members[0].dtype)
        self._gradient = zeros(self._value.shape, dtype=members[0].dtype)
        self._values, self._gradients = self._parts(self._value), self._parts(self._gradient)
        self._state = self._joined([states[p] for p in members])
        self._publish(states)

    def step(self, options: Options, states: dict[Tensor, State]) -> bool:
        """Update the members; or say that one of them has no gradient, and leave all alone."""
        gradients = [gradient for p in self.members if (gradient := p.grad) is not None]
        if len(gradients) != len(self.members):
            return False
        copy_each(self._values, self.members)
        copy_each(self._gradients, gradients)
        names = len(self._state)
        self._update(self._value, self._gradient, self._state, options)
        copy_each(self.members, self._values)
        if len(self._state) != names:
            self._publish(states)
        return True

    def _parts(self, flat: Tensor) -> list[Tensor]:
        """Return the views of each member into `flat`."""
        parts, end = [], 0
        for member in self.members:
            start, end = end, end + prod(member.shape)
            parts.append(flat[start:end].reshape(member.shape))
        return parts

    def _joined(self, states: Sequence[State]) -> State:
        """Lay the states of the members end to end; what has no dimension they share."""
        joined = {}
        for name, first in tensors_in(states[0]).items():
            if not first.shape:
                joined[name] = first.clone()
                continue
            joined[name] = zeros(self._value.shape, dtype=first.dtype)
            for part, state in zip(self._parts(joined[name]), states, strict=True):
                part.copy_(tensors_in(state)[name])
        return with_tensors(states[0], joined)

    def _publish(self, states: dict[Tensor, State]) -> None:
        """Let each member see its part of the state as a state of its own."""
        tensors = tensors_in(self._state)
        parts = {name: self._parts(flat) for name, flat in tensors.items() if flat.shape}
        for i, member in enumerate(self.members):
            seen = {name: parts[name][i] if name in parts else tensors[name] for name in tensors}
            states[member] = with_tensors(self._state, seen)


def _may_join(parameter: Tensor, small: int) -> bool:
    # In the state of a 0-d parameter nothing tells an element from a number.
    return parameter.grad is not None and parameter.shape != () and prod(parameter.shape) <= small


def _alike(params: Sequence[Tensor], states: Mapping[Tensor, State]) -> list[list[Tensor]]:
    """Sort `params` into bundles: of one element type, at the same step, not too large."""
    bundles: dict[object, list[Tensor]] = {}
    sizes: dict[object, int] = {}
    for parameter in params:
        numbers = [
            (name, None if value.shape else value.item())
            for name, value in tensors_in(states[parameter]).items()
        ]
        kind = (parameter.dtype, *numbers)
        sizes[kind] = sizes.get(kind, 0) + prod(parameter.shape)
        bundles.setdefault((kind, sizes[kind] // LIMIT), []).append(parameter)
    return [members for members in bundles.values() if len(members) > 1]
