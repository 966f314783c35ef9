"""The `ctx` of an operation that is written as a class: see `.function`."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import ref

from ..engine.staleness import refuse_written
from ..engine.value import Tensor, alias

if TYPE_CHECKING:
    from ..engine.node import Node
    from ..engine.outputs import Part

__all__ = ["FunctionCtx"]


class FunctionCtx:
    """What `forward` passes to `backward`: saved tensors, and any attribute that it sets."""

    def __init__(self, name: str) -> None:
        self.needs_input_grad: tuple[bool, ...] = ()
        self._name = name
        self._saved: tuple[Tensor | None, ...] = ()
        self._dirty: tuple[Tensor, ...] = ()
        self._non_differentiable: tuple[Tensor, ...] = ()
        self._materialize = True
        self._node: ref[Node] | None = None
        self._time = 0  # when the tensors were saved
        self._parts: dict[int, ref[Part]] = {}  # of saved tensors that are outputs

    def save_for_backward(self, *tensors: Tensor | None) -> None:
        """Keep inputs and outputs for `backward`, which finds them in `saved_tensors`.

        Numbers may be attributes of `ctx`. A tensor should not be: it would not be checked for
        writes in place, and an output would keep itself alive.

        Raises:
            TypeError: if one is neither a tensor nor None.
        """
        for i, one in enumerate(tensors):
            if one is not None and not isinstance(one, Tensor):
                raise TypeError(
                    f"save_for_backward can only save variables, but argument {i} is of type "
                    f"{type(one).__name__}: keep it as an attribute of ctx"
                )
        self._saved = tensors

    @property
    def saved_tensors(self) -> tuple[Tensor | None, ...]:
        """The tensors that `save_for_backward` kept, with their history.

        Raises:
            RuntimeError: if one was written in place since then.
        """
        tensors = list(self._saved)
        for i, one in enumerate(self._saved):
            if one is None:
                continue
            if self._node is not None:
                refuse_written(self._name, one, self._time)
            if i in self._parts:
                tensors[i] = output = alias(one, one._raw)
                output._node = self._parts[i]()
        return tuple(tensors)

    def _keep_output(self, output: Tensor, part: Part) -> None:
        """Keep a saved output without its history, which refers to this `ctx`."""
        for i, one in enumerate(self._saved):
            if one is output:
                kept = alias(output, output._raw, shared=False)
                self._saved = (*self._saved[:i], kept, *self._saved[i + 1 :])
                self._parts[i] = ref(part)

    def mark_dirty(self, *tensors: Tensor) -> None:
        """Declare which inputs `forward` writes in place; it has to return them."""
        _refuse_others("mark_dirty can only accept variables", tensors)
        self._dirty = tensors

    def mark_non_differentiable(self, *tensors: Tensor) -> None:
        """Declare which outputs have no gradient; outputs of integers never have one."""
        _refuse_others("mark_non_differentiable only accepts variable arguments", tensors)
        self._non_differentiable = tensors

    def set_materialize_grads(self, value: bool) -> None:
        """Set whether `backward` gets zeros or None for an output without a gradient."""
        self._materialize = value


def _refuse_others(message: str, tensors: tuple[object, ...]) -> None:
    """Raise if one of the arguments of a method of `ctx` is no tensor."""
    for i, one in enumerate(tensors):
        if not isinstance(one, Tensor):
            raise RuntimeError(f"{message}, but argument {i} is of type {type(one).__name__}")
