"""Small parameters in buckets: laid end to end, and updated together.

Theory of operation. An operation on a small tensor takes as long as its call, and an update is a
dozen calls. But most rules treat each element alone, so they may be given one parameter, or several
laid end to end. A `Bucket` has one flat tensor of the values of its members, one of their
gradients, and one state. A step copies values and gradients in, calls the rule once, and copies the
values out.

From outside nothing changes. `optimizer.state[p]` is a record for each parameter, whose tensors are
views into the bucket's; only the step number is one tensor that all members share. When a member
has no gradient, the members are no longer at the same step: the bucket is dissolved, each member
gets copies of its own, and is updated alone from then on. (Members must not overlap in memory: only
one of two that do would be seen to change.)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import prod
from typing import Final, Generic, TypeVar

from minitorch_autograd import Tensor, zeros

from .blockwise import BlockwiseUpdate
from .extensions import copy_each
from .rule import Rule, tensors_in, with_tensors

State = TypeVar("State", bound=Mapping[str, object])
Options = TypeVar("Options", bound=Mapping[str, object])

LIMIT: Final = 2**21  # elements: 8 MB of float32, which a bucket holds twice more


class Bucket(Generic[Options, State]):
    """Parameters of one element type, at the same step, that are updated as one."""

    def __init__(
        self, members: Sequence[Tensor], rule: Rule[Options, State], states: dict[Tensor, State]
    ) -> None:
        self.members = members
        self._update = BlockwiseUpdate(rule)
        self._value = zeros((sum(prod(p.shape) for p in members),), dtype=members[0].dtype)
        self._gradient = zeros(self._value.shape, dtype=members[0].dtype)
        self._values, self._gradients = self._parts(self._value), self._parts(self._gradient)
        self._state = self._joined([states[p] for p in members])
        self._publish(states)

    def step(self, options: Options, states: dict[Tensor, State]) -> bool:
        """Update the members and return True; if one has no gradient, change nothing: False."""
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
        """Lay the states of the members end to end; a tensor without dimensions they share."""
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
        """Put each member's part of the state, as views, into `states`."""
        tensors = tensors_in(self._state)
        parts = {name: self._parts(flat) for name, flat in tensors.items() if flat.shape}
        for i, member in enumerate(self.members):
            seen = {name: parts[name][i] if name in parts else tensors[name] for name in tensors}
            states[member] = with_tensors(self._state, seen)


def may_join(parameter: Tensor, small: int) -> bool:
    """Return whether a parameter has a gradient, and is small enough for a bucket."""
    # In the state of a 0-d parameter, an element and a number such as the step look the same.
    return parameter.grad is not None and parameter.shape != () and prod(parameter.shape) <= small


def alike(params: Sequence[Tensor], states: Mapping[Tensor, State]) -> list[list[Tensor]]:
    """Return the members of each bucket: of one element type, at the same step, not too large."""
    buckets: dict[object, list[Tensor]] = {}
    sizes: dict[object, int] = {}
    for parameter in params:
        numbers = [
            (name, None if value.shape else value.item())
            for name, value in tensors_in(states[parameter]).items()
        ]
        kind = (parameter.dtype, *numbers)
        sizes[kind] = sizes.get(kind, 0) + prod(parameter.shape)
        buckets.setdefault((kind, sizes[kind] // LIMIT), []).append(parameter)
    return [members for members in buckets.values() if len(members) > 1]
