"""The loop over the parameters of one group: small ones in buckets, large ones in blocks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import prod
from typing import Generic, TypeVar

from minitorch_autograd import Tensor

from .blockwise import LARGE, BlockwiseUpdate
from .buckets import Bucket, alike, may_join
from .groups import ParamGroup
from .rule import Rule, tensors_in, with_tensors

Group = TypeVar("Group", bound=ParamGroup)
State = TypeVar("State", bound=Mapping[str, object])


class GroupLoop(Generic[Group, State]):
    """Updates the parameters of a group, step after step."""

    def __init__(self, group: Group, rule: Rule[Group, State], states: dict[Tensor, State]) -> None:
        params = group["params"]
        self._params, self._length = params, len(params)
        self._rule = rule
        self._states = states
        self._buckets: list[Bucket[Group, State]] = []
        if rule.small and len(set(params)) == len(params):
            candidates = [p for p in params if may_join(p, rule.small)]
            for parameter in candidates:
                states.setdefault(parameter, rule.start(parameter, group))
            for members in alike(candidates, states):
                self._buckets.append(Bucket(members, rule, states))
        in_buckets = {p for bucket in self._buckets for p in bucket.members}
        self._alone = [(p, self._update_of(p)) for p in params if p not in in_buckets]

    def fits(self, params: list[Tensor]) -> bool:
        """Return whether `params` is the list that this was made for, at the length it had."""
        return params is self._params and len(params) == self._length

    def step(self, group: Group) -> None:
        """Update every parameter that has a gradient."""
        for bucket in self._buckets:
            if not bucket.step(group, self._states):
                self._dissolve(bucket)
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
        for bucket in self._buckets:
            self._dissolve(bucket)

    def _update_of(self, parameter: Tensor) -> Callable[[Tensor, Tensor, State, Group], None]:
        """Return the update of a parameter that is in no bucket: the rule's, or blockwise."""
        each_alone = self._rule.small and prod(parameter.shape) >= LARGE
        return BlockwiseUpdate(self._rule) if each_alone else self._rule.update

    def _dissolve(self, bucket: Bucket[Group, State]) -> None:
        """Give each member a state of its own, and update it alone from now on."""
        for member in bucket.members:
            state = self._states[member]
            own = {name: value.clone() for name, value in tensors_in(state).items()}
            self._states[member] = with_tensors(state, own)
        self._buckets = [one for one in self._buckets if one is not bucket]
        self._alone += [(member, self._rule.update) for member in bucket.members]
