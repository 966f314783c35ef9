"""Writing into tensors that exist.

Under `no_grad`, which is where optimizers and initialisers write, a write is only noted, so that
a rule which needs the old value is refused. While recording, a write becomes a part of the
history of all tensors that see the memory:

- The tensor written gets the history of what was written.
- If it is a view, so does its root: the elements that the view shows have the new history, the
  others keep theirs. That is the node `CopySlices`.
- Then each view of the root is unseen: its history is made anew, by its way from there, when it is
  asked for. So a write does not cost more where there are many views.

Leaves that track gradients are refused, and views of them: their value would be no leaf any more.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Concatenate, ParamSpec

import minitorch_tensor as below

from .graph import record, zero_gradient
from .hooks import notes_of
from .modes import switch
from .node import AccumulateGrad
from .piecewise import stepwise
from .value import Tensor, classes, wrap, written
from .views import let_go, seen_anew

if TYPE_CHECKING:
    from minitorch_tensor import Tensor as Raw
    from minitorch_tensor import dtype

    from .node import Node
    from .views import Way

P = ParamSpec("P")


def tracks(*operands: object) -> bool:
    """Return whether an operation on `operands` is recorded."""
    return switch.recording and any(
        isinstance(one, Tensor)
        # A view that was made in no_grad tracks nothing, though its root does.
        and (one._node is not None or (one._view is not None and one._view[0]._node is not None))
        for one in operands
    )


def refuse_write(self: Tensor) -> None:
    """Raise where a recorded write into `self` could not become a part of its history."""
    if self._node.__class__ is AccumulateGrad:
        raise RuntimeError(
            "a leaf Variable that requires grad is being used in an in-place operation."
        )
    let_go(self)
    if self._view is not None:
        root, ways = self._view
        if root._node.__class__ is AccumulateGrad:
            raise RuntimeError(
                "a view of a leaf Variable that requires grad is being used in an in-place "
                "operation."
            )
        if ways is None:
            raise RuntimeError(
                "A view was created in no_grad mode and is being modified inplace with grad mode "
                "enabled: make the view while recording, or write under no_grad."
            )


def adopt(self: Tensor, node: Node | None) -> None:
    """Make `node` the history of `self`, whose memory was written, and unsee all views of it."""
    root = self
    if self._view is not None:
        root, ways = self._view
        assert ways is not None, "refuse_write comes first"
        node = _copy_slices(root, node, self._raw, partial(seen_anew, ways=ways))
    move(root, node)
    views = set() if self._stamp is None else self._stamp.views
    for reference in list(views):
        view = reference()
        if (
            view is not None
            and view._view is not None
            and view._view[0] is root
            and view._node.__class__ is not AccumulateGrad
        ):
            view.__class__ = classes.unseen
            views.discard(reference)
    if not views:
        views.clear()  # of the room of what was in it, which the next write would look through
    written(self)


def move(self: Tensor, node: Node | None) -> None:
    """Make `node` the history of a tensor that was written; it keeps its gradient if it did.

    Its hooks stay with what it was before.
    """
    before = self._node
    self._node = node
    keep_gradient(before, node)


def keep_gradient(before: Node | None, after: Node | None) -> None:
    """Have the tensor whose history was `before`, and is `after` now, keep its gradient on."""
    notes = None if before is None else before.notes
    if after is not None and notes is not None and notes.retained is not None:
        notes_of(after).retained, notes.retained = notes.retained, None


def _copy_slices(root: Tensor, node: Node | None, written: Raw, way: Way) -> Node | None:
    """Return the history of `root` once what `way` shows of it has the history `node`."""
    before, part, after = as_it_was(root), wrap(written), wrap(root._raw)
    part._node = node
    return record("CopySlices", after, (before, lambda g: without(g, way)), (part, way))._node


def without(x: Tensor, way: Way) -> Tensor:
    """Return `x` with zeros in the place of what `way` shows of it."""
    value = wrap(x._raw.clone())
    way(value)._raw[()] = 0
    return record("CopySlices", wrap(value._raw), (x, lambda g: without(g, way)))


def as_it_was(self: Tensor, copy: bool = False) -> Tensor:
    """Return a tensor of the value and history that `self` has now, before it is written.

    Args:
        self: the tensor that will be written.
        copy: whether the value is needed, and so has to be copied.
    """
    before = wrap(self._raw.clone() if copy else self._raw)
    before._node = self._node
    return before


def replace(self: Tensor, result: Tensor) -> Tensor:
    """Write the recorded `result` into `self`, with its history."""
    refuse_write(self)
    refuse_result(self, result._raw)
    if result.dtype is not self.dtype:
        result = result.to(self.dtype)
    self._raw[()] = result._raw
    adopt(self, result._node)
    return self


def overwrite(self: Tensor, name: str, value: Raw | float) -> Tensor:
    """Write `value`, which has no history; what was there has no part in the result any more."""
    if tracks(self):
        refuse_write(self)
        self._raw[()] = value
        after = record(name, wrap(self._raw), (as_it_was(self), zero_gradient))
        adopt(self, after._node)
    else:
        self._raw[()] = value
        written(self)
    return self


def refuse_result(self: Tensor, result: Raw) -> None:
    """Raise where `result` has no place in `self`."""
    if result.shape != self.shape:
        raise RuntimeError(
            f"output with shape {list(self.shape)} doesn't match the broadcast shape "
            f"{list(result.shape)}"
        )
    if _category(result.dtype) > _category(self.dtype):
        raise RuntimeError(
            f"result type {result.dtype} can't be cast to the desired output type {self.dtype}"
        )


def _category(dtype: dtype) -> int:
    return 2 if dtype.is_floating_point else 0 if dtype is below.bool else 1


def in_place(
    operation: Callable[Concatenate[Tensor, P], Tensor],
) -> Callable[Concatenate[Tensor, P], Tensor]:
    """Return the form of `operation` that writes its result into its first argument."""

    @functools.wraps(operation)
    def write(self: Tensor, /, *args: P.args, **kwargs: P.kwargs) -> Tensor:
        if tracks(self, *args, *kwargs.values()):
            # The rules may need the old value: the operation gets a copy.
            recorded = operation(as_it_was(self, copy=True), *args, **kwargs)
            if recorded._node is None:  # a comparison
                refuse_result(self, recorded._raw)
                operands = (one for one in args if isinstance(one, Tensor))
                value = wrap(recorded._raw.to(self.dtype))
                name = f"{operation.__name__.title()}Backward0"
                recorded = stepwise(name, value, as_it_was(self), *operands)
            return replace(self, recorded)
        result = operation(self, *args, **kwargs)._raw
        refuse_result(self, result)
        self._raw[()] = result
        written(self)
        return self

    write.__name__ = operation.__name__ + "_"
    write.__doc__ = f"Same as `{operation.__name__}`, but in place; return the tensor."
    return write


def write_out(
    out: Tensor, name: str, function: Callable[..., Raw], *operands: Tensor | float
) -> Tensor:
    """Write what the raw `function` makes of `operands` into `out`; return it."""
    if switch.recording and tracks(out, *operands):
        raise RuntimeError(
            f"{name}(): functions with out=... arguments don't support automatic differentiation, "
            "but one of the arguments requires grad."
        )
    function(*[one._raw if isinstance(one, Tensor) else one for one in operands], out=out._raw)
    written(out)
    return out
