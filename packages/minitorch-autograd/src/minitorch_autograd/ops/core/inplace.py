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

from ...arguments.scalars import fitting
from ...arguments.type_errors import refuse_misfits_of_callers
from ...engine.graph import (
    AccumulateGrad,
    let_go,
    nothing,
    raw_of,
    record,
    seen_anew,
    wrap,
    written,
)
from ...engine.modes import switch
from ...engine.piecewise import stepwise
from ...engine.value import Tensor, classes
from ...tensor_class.graph_methods import move
from . import arithmetic

if TYPE_CHECKING:
    from minitorch_tensor import Tensor as Raw
    from minitorch_tensor import dtype

    from ...engine.graph import Node, Way

P = ParamSpec("P")


# --- A write and its history


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
        after = record(name, wrap(self._raw), (as_it_was(self), nothing))
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
    write.__doc__ = f"Do as `{operation.__name__}`, in place; return the tensor."
    return write


# --- Those of arithmetic, which need no memory for their result


def kept(self: Tensor, other: Tensor | float) -> Tensor:
    """Return what the rule of `other` may mention: a copy, since `self` will be overwritten."""
    return as_it_was(self, copy=tracks(other))


def add_(self: Tensor, other: Tensor | float, *, alpha: float = 1) -> Tensor:
    """Add in place: ``x += alpha y``."""
    if switch.recording and tracks(self, other):
        return replace(self, arithmetic.add(self, other, alpha=alpha))
    addend = raw_of(other)
    self._raw += addend if alpha == 1 else addend * raw_of(alpha)
    written(self)
    return self


def sub_(self: Tensor, other: Tensor | float, *, alpha: float = 1) -> Tensor:
    """Subtract in place: ``x -= alpha y``."""
    if switch.recording and tracks(self, other):
        return replace(self, arithmetic.sub(self, other, alpha=alpha))
    subtrahend = raw_of(other)
    self._raw -= subtrahend if alpha == 1 else subtrahend * raw_of(alpha)
    written(self)
    return self


def mul_(self: Tensor, other: Tensor | float) -> Tensor:
    """Multiply in place: ``x *= y``."""
    if switch.recording and tracks(self, other):
        return replace(self, arithmetic.mul(kept(self, other), other))
    self._raw *= raw_of(other)
    written(self)
    return self


def div_(self: Tensor, other: Tensor | float, *, rounding_mode: str | None = None) -> Tensor:
    """Divide in place: ``x /= y``, rounded as `div` does."""
    if rounding_mode is not None:
        return in_place(arithmetic.div)(self, other, rounding_mode=rounding_mode)
    if switch.recording and tracks(self, other):
        return replace(self, arithmetic.div(kept(self, other), other))
    self._raw /= raw_of(other)
    written(self)
    return self


def copy_(self: Tensor, src: Tensor | float, non_blocking: bool = False) -> Tensor:
    """Write `src` over this tensor, broadcast and cast; return it."""
    if not isinstance(src, Tensor):
        if not isinstance(src, (int, float)):
            refuse_misfits_of_callers()
        return fill_(self, src)
    if switch.recording and tracks(self, src):
        refuse_write(self)
        value = wrap(src._raw.expand(self.shape).to(self.dtype).clone())
        before = as_it_was(self)
        return replace(self, record("CopyBackwards", value, (before, nothing), (src, lambda g: g)))
    self._raw[()] = src._raw
    written(self)
    return self


def fill_(self: Tensor, value: Tensor | float) -> Tensor:
    """Write `value`, a number or a 0-d tensor, into every element; return the tensor."""
    if not isinstance(value, Tensor):
        return overwrite(self, "FillBackward0", fitting(value, self._raw.dtype))
    if value.shape:
        raise RuntimeError(
            "fill_ only supports 0-dimension value tensor but got tensor with "
            f"{len(value.shape)} dimensions."
        )
    return copy_(self, value)


def zero_(self: Tensor) -> Tensor:
    """Write 0 into every element; return the tensor."""
    return overwrite(self, "ZeroBackward0", 0)


def write_out(
    out: Tensor, name: str, function: Callable[..., Raw], *operands: Tensor | float
) -> Tensor:
    """Write what the raw `function` makes of `operands` into `out`; return it."""
    if switch.recording and tracks(out, *operands):
        raise RuntimeError(
            f"{name}(): functions with out=... arguments don't support automatic differentiation, "
            "but one of the arguments requires grad."
        )
    function(*[raw_of(one) for one in operands], out=out._raw)
    written(out)
    return out
