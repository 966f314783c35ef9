"""What a function transform differentiates by: fresh inputs, which leave outer tracking as it is.

Theory of operation. A transform calls the function with *fresh* inputs and asks for gradients with
respect to these. One whose original is tracked is an alias of it, whose node leads on to the
original's: so a transform around this one differentiates through it. One whose original isn't is a
leaf of its own. Afterwards what is handed out is tracked only if its graph leads *outside*, to
something other than these leaves: an outer transform's input, or a tracked tensor that the function
knows by itself. Gradients are recorded themselves in this case alone, and cost nothing otherwise.
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
        keep: whether outer tracking goes on; by default as recording is when this is made.
    """

    def __init__(self, keep: bool | None = None) -> None:
        self.keep = switch.recording if keep is None else keep
        self._own: set[Node] = set()
        self._doors: set[Node] = set()

    def fresh(self, x: Tensor) -> Tensor:
        """Return a tensor with the memory of `x` to differentiate by."""
        if self.keep and x._node is not None:
            with enable_grad():
                entry = record("AliasBackward0", alias(x, x._raw), (x, _same))
            assert entry._node is not None, "it was recorded"
            self._doors.add(entry._node)
            return entry
        return self.leaf(x)

    def leaf(self, x: Tensor) -> Tensor:
        """Return a leaf of this level with the memory of `x`."""
        leaf = x.detach().requires_grad_()
        assert leaf._node is not None, "it is a leaf"
        self._own.add(leaf._node)
        return leaf

    def leads_outside(self, tensors: Sequence[Tensor]) -> bool:
        """Return whether outer tracking has to go on in what is computed from `tensors`."""
        stack = [x._node for x in tensors if self.keep and x._node is not None]
        seen: set[Node] = set()
        while stack:
            node = stack.pop()
            if node in seen or node in self._own:
                continue
            if node in self._doors or node.__class__ is AccumulateGrad or node.edges is None:
                return True
            seen.add(node)
            stack += [target for target, _ in node.edges]
        return False

    def released(self, x: Tensor) -> Tensor:
        """Return what the caller gets of `x`: tracked by what is outside, or by nothing."""
        return x if x._node is None or self.leads_outside([x]) else x.detach()

    def gradients(
        self,
        outputs: Sequence[Tensor],
        inputs: Sequence[Tensor],
        starts: Sequence[Tensor],
        retain: bool = False,
        record_them: bool | None = None,
    ) -> list[Tensor | None]:
        """Return the gradients of `inputs`; None for those that have no part.

        Args:
            outputs: what the function returned of its fresh inputs.
            inputs: fresh inputs, or what else is differentiated by.
            starts: the gradients of the outputs.
            retain: whether the graph is walked again.
            record_them: whether they are differentiable; by default if outer tracking asks for it.
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
    """The derivative along a direction, by walking twice: as long as there is no forward mode.

    The gradient is linear in the vectors that the walk begins with, so that its derivative with
    respect to these is the Jacobian, transposed twice.
    """

    def __init__(
        self, level: FreshInputs, outputs: Sequence[Tensor], inputs: Sequence[Tensor]
    ) -> None:
        self._level = level
        self._outputs = outputs
        self._starts = [level.leaf(zeros_like(y)) for y in outputs]
        self.gradients = level.gradients(outputs, inputs, self._starts, record_them=True)

    def along(self, directions: Sequence[Tensor], retain: bool = False) -> list[Tensor | None]:
        """Return the derivative of each output; None for one that is independent of the inputs."""
        pairs = [(g, v) for g, v in zip(self.gradients, directions, strict=True) if g is not None]
        outside = self._level.leads_outside([*self._outputs, *[v for _, v in pairs]])
        return self._level.gradients(
            [g for g, _ in pairs],
            self._starts,
            [v for _, v in pairs],
            retain=retain,
            record_them=outside,
        )


def or_zeros(found: Sequence[Tensor | None], like: Sequence[Tensor]) -> list[Tensor]:
    """Return the gradients, zeros where there is none."""
    return [zeros_like(x.detach()) if g is None else g for g, x in zip(found, like, strict=True)]


def _same(g: Tensor) -> Tensor:
    return g
