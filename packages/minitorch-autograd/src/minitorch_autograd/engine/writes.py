"""Writing into existing tensors, in place.

Under `no_grad`, where optimizers and initialisers write, the write is only marked, so that a rule
which needs the old value is refused. While recording, a write becomes a part of the history of all
tensors that share the memory:

- The tensor that is written gets the history of what was written.
- If it is a view, its root gets the node `CopySlices`: the elements that the view covers have the
  new history, and the others keep theirs.
- Then all other views of the root are outdated. The history of one is made again from the root, by
  its chain of view functions, when something first asks for it; so the cost of a write does not
  grow with the number of views.

Leaves that track gradients, and views of them, are refused: after a write they would be no leaves.

What writes is in `ops.core.inplace`, and ``x[index] = value`` in `ops.core.indexing`.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Concatenate, ParamSpec

import minitorch_tensor as below

from .graph import record, zero_gradient
from .modes import switch
from .node import AccumulateGrad
from .notes import notes_of
from .piecewise import record_stepwise
from .value import Tensor, classes, mark_written, wrap
from .views import forget_unshared_root, remake_view

if TYPE_CHECKING:
    from minitorch_tensor import Tensor as Raw
    from minitorch_tensor import dtype

    from .node import Node
    from .views import ViewFunction

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
    """Raise if a recorded write into `self` is not allowed."""
    if self._node.__class__ is AccumulateGrad:
        raise RuntimeError(
            "a leaf Variable that requires grad is being used in an in-place operation."
        )
    forget_unshared_root(self)
    if self._view is not None:
        root, chain = self._view
        if root._node.__class__ is AccumulateGrad:
            raise RuntimeError(
                "a view of a leaf Variable that requires grad is being used in an in-place "
                "operation."
            )
        if chain is None:
            raise RuntimeError(
                "A view was created in no_grad mode and is being modified inplace with grad mode "
                "enabled: make the view while recording, or write under no_grad."
            )


def rebase_history(self: Tensor, node: Node | None) -> None:
    """Make `node` the history of `self`, whose memory was written, and outdate all views of it."""
    root = self
    if self._view is not None:
        root, chain = self._view
        assert chain is not None, "refuse_write comes first"
        node = _copy_slices(root, node, self._raw, partial(remake_view, chain=chain))
    set_history(root, node)
    views = set() if self._stamp is None else self._stamp.views
    for reference in list(views):
        view = reference()
        if (
            view is not None
            and view._view is not None
            and view._view[0] is root
            and view._node.__class__ is not AccumulateGrad
        ):
            view.__class__ = classes.outdated_view
            views.discard(reference)
    if not views:
        views.clear()  # frees the slots of removed entries, which the next write would go through
    mark_written(self)


def set_history(self: Tensor, node: Node | None) -> None:
    """Make `node` the history of `self`, which retains its gradient if it did before.

    Its hooks stay at the node that it had before.
    """
    before = self._node
    self._node = node
    move_retained_grad(before, node)


def move_retained_grad(before: Node | None, after: Node | None) -> None:
    """Move the retained gradient of a tensor from its node `before` to the node `after`."""
    notes = None if before is None else before.notes
    if after is not None and notes is not None and notes.retained is not None:
        notes_of(after).retained, notes.retained = notes.retained, None


def _copy_slices(root: Tensor, node: Node | None, raw: Raw, function: ViewFunction) -> Node | None:
    """Return the history of `root` once the view that `function` makes has the history `node`."""
    before, part, after = before_write(root), wrap(raw), wrap(root._raw)
    part._node = node
    return record(
        "CopySlices", after, (before, lambda g: zeros_in_view(g, function)), (part, function)
    )._node


def zeros_in_view(x: Tensor, function: ViewFunction) -> Tensor:
    """Return a copy of `x` with zeros in the view that `function` makes."""
    value = wrap(x._raw.clone())
    function(value)._raw[()] = 0
    return record("CopySlices", wrap(value._raw), (x, lambda g: zeros_in_view(g, function)))


def before_write(self: Tensor, copy: bool = False) -> Tensor:
    """Return a tensor with the history, and if `copy` the value, that `self` has before a write.

    Args:
        self: the tensor that will be written.
        copy: whether the value is needed after the write, and so has to be copied.
    """
    before = wrap(self._raw.clone() if copy else self._raw)
    before._node = self._node
    return before


def write_recorded(self: Tensor, result: Tensor) -> Tensor:
    """Write the recorded `result` into `self`, which gets its history; return `self`."""
    refuse_write(self)
    refuse_result(self, result._raw)
    if result.dtype is not self.dtype:
        result = result.to(self.dtype)
    self._raw[()] = result._raw
    rebase_history(self, result._node)
    return self


def overwrite(self: Tensor, name: str, value: Raw | float) -> Tensor:
    """Write `value`, which has no history, over all of `self`: the old value gets gradient 0."""
    if tracks(self):
        refuse_write(self)
        self._raw[()] = value
        after = record(name, wrap(self._raw), (before_write(self), zero_gradient))
        rebase_history(self, after._node)
    else:
        self._raw[()] = value
        mark_written(self)
    return self


def refuse_result(self: Tensor, result: Raw) -> None:
    """Raise if `result` can't be written into `self`: for its shape, or its type."""
    if result.shape != self.shape:
        raise RuntimeError(
            f"output with shape {list(self.shape)} doesn't match the broadcast shape "
            f"{list(result.shape)}"
        )
    if category(result.dtype) > category(self.dtype):
        raise RuntimeError(
            f"result type {result.dtype} can't be cast to the desired output type {self.dtype}"
        )


def category(dtype: dtype) -> int:
    """Return 0 for bool, 1 for integers, 2 for floats: promotion goes to the higher category."""
    return 2 if dtype.is_floating_point else 0 if dtype is below.bool else 1


def in_place(
    operation: Callable[Concatenate[Tensor, P], Tensor],
) -> Callable[Concatenate[Tensor, P], Tensor]:
    """Return the form of `operation` that writes its result into its first argument."""

    @functools.wraps(operation)
    def write(self: Tensor, /, *args: P.args, **kwargs: P.kwargs) -> Tensor:
        if tracks(self, *args, *kwargs.values()):
            # The rules may need the old value: the operation gets a copy.
            recorded = operation(before_write(self, copy=True), *args, **kwargs)
            if recorded._node is None:  # a comparison
                refuse_result(self, recorded._raw)
                operands = (one for one in args if isinstance(one, Tensor))
                value = wrap(recorded._raw.to(self.dtype))
                name = f"{operation.__name__.title()}Backward0"
                recorded = record_stepwise(name, value, before_write(self), *operands)
            return write_recorded(self, recorded)
        result = operation(self, *args, **kwargs)._raw
        refuse_result(self, result)
        self._raw[()] = result
        mark_written(self)
        return self

    write.__name__ = operation.__name__ + "_"
    write.__doc__ = f"Same as `{operation.__name__}`, but in place; return the tensor."
    return write


def write_out(
    out: Tensor, name: str, function: Callable[..., Raw], *operands: Tensor | float
) -> Tensor:
    """Write what `function` of the tensor layer computes into `out`, and return `out`."""
    if switch.recording and tracks(out, *operands):
        raise RuntimeError(
            f"{name}(): functions with out=... arguments don't support automatic differentiation, "
            "but one of the arguments requires grad."
        )
    function(*[one._raw if isinstance(one, Tensor) else one for one in operands], out=out._raw)
    mark_written(out)
    return out
