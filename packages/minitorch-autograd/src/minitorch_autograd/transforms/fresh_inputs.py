"""Fresh inputs: the tensors with respect to which a transform differentiates a function.

Theory of operation. A transform calls the function with *fresh* inputs, and computes gradients with
respect to these. If the original of a fresh input is tracked, the fresh one is an alias, whose node
leads to the node of the original, so that a transform around this one differentiates through it.
Otherwise the fresh one is a new leaf. The results are tracked only if their graph leads *outside*,
to something other than these leaves: to an outer transform's input, or to a tracked tensor that the
function uses without having it as an argument. Only then are the gradients themselves recorded.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..engine.backward import grad
from ..engine.graph import record
from ..engine.modes import enable_grad, switch
from ..engine.node import AccumulateGrad, Node
from ..engine.value import alias
from ..ops.core.creation import zeros_like

if TYPE_CHECKING:
    from ..engine.value import Tensor


class FreshInputs:
    """The fresh inputs of one call of a transform.

    Args:
        keep: whether results may be tracked outside; by default whether recording is on now.
    """

    def __init__(self, keep: bool | None = None) -> None:
        self.keep = switch.recording if keep is None else keep
        self._leaves: set[Node] = set()
        self._aliases: set[Node] = set()

    def add(self, x: Tensor) -> Tensor:
        """Return a fresh input with the memory of `x`: an alias if `x` is tracked, or a leaf."""
        if self.keep and x._node is not None:
            with enable_grad():
                entry = record("AliasBackward0", alias(x, x._raw), (x, _same))
            assert entry._node is not None, "it was recorded"
            self._aliases.add(entry._node)
            return entry
        return self.add_leaf(x)

    def add_leaf(self, x: Tensor) -> Tensor:
        """Return a new leaf with the memory of `x`, which does not count as outside."""
        leaf = x.detach().requires_grad_()
        assert leaf._node is not None, "it is a leaf"
        self._leaves.add(leaf._node)
        return leaf

    def leads_outside(self, tensors: Sequence[Tensor]) -> bool:
        """Return whether the graph of `tensors` leads outside, so that results are tracked."""
        stack = [x._node for x in tensors if self.keep and x._node is not None]
        seen: set[Node] = set()
        while stack:
            node = stack.pop()
            if node in seen or node in self._leaves:
                continue
            if node in self._aliases or node.__class__ is AccumulateGrad or node.edges is None:
                return True
            seen.add(node)
            stack += [target for target, _ in node.edges]
        return False

    def released(self, x: Tensor) -> Tensor:
        """Return `x` as the caller gets it: with its history only if that leads outside."""
        return x if x._node is None or self.leads_outside([x]) else x.detach()

    def gradients(
        self,
        outputs: Sequence[Tensor],
        inputs: Sequence[Tensor],
        starts: Sequence[Tensor],
        retain: bool = False,
        record_them: bool | None = None,
    ) -> list[Tensor | None]:
        """Return the gradients of `inputs`, None for those that the outputs don't depend on.

        Args:
            outputs: what the function returned for the fresh inputs.
            inputs: the fresh inputs, or other tensors to differentiate by.
            starts: the gradients of the outputs.
            retain: whether the graph is kept for another walk.
            record_them: whether they are differentiable; by default if the graph leads outside.
        """
        record_them = (
            self.leads_outside([*outputs, *starts]) if record_them is None else record_them
        )
        tracked = [(y, g) for y, g in zip(outputs, starts, strict=True) if y._node is not None]
        if not tracked or not inputs:
            return [None] * len(inputs)
        found = grad(
            [y for y, _ in tracked],
            inputs,
            [g for _, g in tracked],
            retain_graph=retain or record_them,
            create_graph=record_them,
            allow_unused=True,
        )
        return list(found)


class ForwardDerivative:
    """The derivative along a direction, by walking back twice: there is no forward mode here.

    With Jacobian J, the gradient g(v) = v J is linear in the v that the first walk starts with. So
    the gradient of g(v) u with respect to v is J u, the derivative along u; v may be anything.

    Source: J. Townsend, "A new trick for calculating Jacobian vector products", 2017.
    """

    def __init__(
        self, fresh: FreshInputs, outputs: Sequence[Tensor], inputs: Sequence[Tensor]
    ) -> None:
        self._fresh = fresh
        self._outputs = outputs
        self._starts = [fresh.add_leaf(zeros_like(y)) for y in outputs]
        self.gradients = fresh.gradients(outputs, inputs, self._starts, record_them=True)

    def along(self, directions: Sequence[Tensor], retain: bool = False) -> list[Tensor | None]:
        """Return the derivative of each output, None for one that is independent of the inputs."""
        pairs = [(g, v) for g, v in zip(self.gradients, directions, strict=True) if g is not None]
        outside = self._fresh.leads_outside([*self._outputs, *[v for _, v in pairs]])
        return self._fresh.gradients(
            [g for g, _ in pairs],
            self._starts,
            [v for _, v in pairs],
            retain=retain,
            record_them=outside,
        )


def or_zeros(found: Sequence[Tensor | None], like: Sequence[Tensor]) -> list[Tensor]:
    """Return the gradients `found`, with zeros in place of None."""
    return [zeros_like(x.detach()) if g is None else g for g, x in zip(found, like, strict=True)]


def _same(g: Tensor) -> Tensor:
    return g
