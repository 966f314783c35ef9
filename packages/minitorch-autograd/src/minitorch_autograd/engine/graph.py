"""The graph: what an operation records, so that its derivative can be computed later.

Theory of operation. An operation computes its value with raw tensors (those of the layer below),
wraps it, and hands it to `record` with one *edge* for each input: the input and its *rule*, a
function from the gradient of the output to the gradient of that input. `record` makes a `Node`
that remembers, for the inputs that track gradients, their nodes and rules. The arrows go from the
output to the inputs, and nothing points back: once the output is deleted, so is its graph.

    z = x * y        z._node = Node("MulBackward0", edges=[(x._node, g -> g * y),
                                                           (y._node, g -> g * x)])

A rule keeps alive what it mentions. It must not mention the operation's own output: the output
holds the node, and the node the rule, so they would keep each other alive. Operations whose
derivative is computed from their output use `record_with_output`, and the engine passes it to the
rule.

*Stale values.* A rule that mentions a tensor which was written after its node was made would
compute a wrong gradient, and is refused. What a rule mentions is found by inspecting it, however it
holds its tensors: see `engine.staleness`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import minitorch_tensor as below

from .modes import rare_modes, switch
from .node import Node
from .staleness import check_made
from .value import alias, wrap

if TYPE_CHECKING:
    from .node import Edge, OutputRule, Rule
    from .value import Tensor

__all__ = ["record", "record_with_output"]


def record(name: str, value: Tensor, /, *edges: tuple[Tensor, Rule]) -> Tensor:
    """Make `value` the differentiable output of an operation, and return it.

    Args:
        name: what `grad_fn` shows, for instance `MulBackward0`.
        value: the output, computed with recording off and fresh: neither an input nor tracked.
        *edges: for each input that has a derivative, the input and its rule: the function from
            the gradient of the output (of the output's shape) to the gradient of that input.

    A rule is written in differentiable operations, which gives higher derivatives. It returns `g`
    or a tensor of its own making; that may still be broadcast, or of another floating type: the
    engine sums it to the shape of its input and casts it. The rules of inputs that track nothing
    are never called.

    >>> def double(x):
    ...     return record("Double", x.detach() * 2, (x, lambda g: g * 2))

    Raises:
        RuntimeError: if `value` is tracked already.
    """
    if value._node is not None:
        raise RuntimeError(f"record: the value of {name} is tracked already; compute it in no_grad")
    value._view = None  # it may be a view of an intermediate value, which nothing else refers to
    if switch.recording:
        live: list[Edge] = []
        for x, rule in edges:
            if x._node is not None:
                live.append((x._node, rule))
        if live:
            value._node = Node(name, value._raw, live)
            if rare_modes:
                check_made(value._node, *[x for x, _ in edges])
    return value


def record_with_output(name: str, value: Tensor, /, *edges: tuple[Tensor, OutputRule]) -> Tensor:
    """Same as `record`, but rules have two arguments: the gradient of the output, and the output.

    A rule must not mention the output otherwise, or the output would keep itself alive.

    >>> def exponential(x):
    ...     return record_with_output("Exp", x.detach().exp(), (x, lambda g, y: g * y))
    """
    record(name, value, *edges)  # type: ignore[arg-type]  # the node's `output` says which they are
    if value._node is not None:
        value._node.output = alias(value, value._raw, shared=False)
    return value


def zero_gradient(g: Tensor) -> Tensor:
    """Return zeros of the shape of `g`: the gradient of an input that the result doesn't depend on.

    It is zero also where `g` is infinite or NaN, unlike ``0 * g``.
    """
    return wrap(below.full(g.shape, 0, g._raw.dtype))
