"""Recording a decomposition, the derivatives of whose outputs need all of its outputs.

Theory of operation. The derivative of the eigenvectors needs the eigenvalues, and the reverse. If
the rule of one output held the other output, and the other way round, they would keep each other
alive in a circle. So if gradients are tracked, a copy of all outputs is put end to end into one
vector, the *joint* output, which has a node of its own; the rules of the outputs hold that. Its own
rule, needed for second derivatives, is the sum of theirs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate
from math import prod
from typing import TYPE_CHECKING, TypeAlias

import minitorch_tensor as below

from ...engine.graph import record, record_with_output
from ...engine.modes import is_grad_enabled
from ...engine.value import wrap

if TYPE_CHECKING:
    from minitorch_tensor import Tensor as Raw

    from ...engine.value import Tensor

    # From the gradient of one output, and all outputs, to the gradient of the input.
    PartRule: TypeAlias = Callable[..., Tensor]


def record_jointly(
    name: str, input: Tensor, raws: Sequence[Raw], rules: Sequence[PartRule]
) -> list[Tensor]:
    """Return the outputs of one operation, recorded; each has a rule."""
    if not (input.requires_grad and is_grad_enabled()):
        return [wrap(one) for one in raws]
    shapes = [one.shape for one in raws]
    ends = list(accumulate(prod(shape) for shape in shapes))

    def parts(joint: Tensor) -> list[Tensor]:
        pairs = zip([0, *ends], ends, shapes, strict=False)
        return [joint[start:end].reshape(shape) for start, end, shape in pairs]

    def joint_rule(g: Tensor, y: Tensor) -> Tensor:
        outputs = parts(y)
        first, *others = [rule(one, *outputs) for rule, one in zip(rules, parts(g), strict=True)]
        for one in others:
            first = first + one
        return first

    flat = below.cat([one.clone().view((prod(one.shape),)) for one in raws], 0)
    joint = record_with_output(name, wrap(flat), (input, joint_rule))

    def output(one: Raw, rule: PartRule) -> Tensor:
        return record(name, wrap(one), (input, lambda g: rule(g, *parts(joint))))

    return [output(one, rule) for one, rule in zip(raws, rules, strict=True)]
