"""Views: tensors that share the memory of another one, and its history.

A view knows its *root*, the tensor whose memory it shares and which is no view itself, and a chain
of *view functions*, which make the same view of any tensor like the root. A write that is recorded
changes the history of the root and of all its views: see `engine.writes`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, TypeAlias

from .graph import record
from .modes import switch
from .node import AccumulateGrad
from .value import Reference, alias

if TYPE_CHECKING:
    from minitorch_tensor import Tensor as Raw

    from .node import Rule
    from .value import Tensor

    ViewFunction: TypeAlias = Callable[[Tensor], Tensor]
    # The functions from the root to a view, as pairs: all but the last function, and the last.
    ViewChain: TypeAlias = tuple[()] | tuple["ViewChain", ViewFunction]


def record_view(name: str, x: Tensor, raw: Raw, function: ViewFunction, rule: Rule) -> Tensor:
    """Return the view of `x` with the value `raw`, recorded as an operation on `x`.

    Args:
        name: what `grad_fn` shows.
        x: the tensor whose memory it is.
        raw: the value to wrap.
        function: makes the same view of another tensor like `x`.
        rule: from the gradient of the view to that of `x`.
    """
    view = record(name, alias(x, raw), (x, rule))
    become_view(view, x, function)
    return view


def become_view(view: Tensor, x: Tensor, function: ViewFunction) -> None:
    """Make `view`, which has the memory of `x`, a view of it: the one that `function` makes."""
    if x._view is not None:
        forget_unshared_root(x)
    root, before = (x, ()) if x._view is None else x._view
    # A view that was made in no_grad has no chain, and neither has a view of it.
    chain = None if before is None or not switch.recording else (before, function)
    view._view = root, chain
    # Views of a leaf that tracks gradients need not be registered: recorded writes refuse them.
    if chain is not None and root._node.__class__ is not AccumulateGrad:
        register_view(view)


def forget_unshared_root(x: Tensor) -> None:
    """Make `x` no view any more if it was made in no_grad, and nothing else refers to its root.

    This is so with the result of a function composed of operations, if the last one returns a view
    of an intermediate value.
    """
    if x._view is not None and x._view[1] is None and _root_references(x._view) == UNSHARED:
        x._view = None


def _root_references(view: tuple[object, ...]) -> int:
    return sys.getrefcount(view[0])


UNSHARED: Final = _root_references((object(),))  # the count where only `view` refers to the root


def register_view(view: Tensor) -> None:
    """Register `view` with its memory, so that the next recorded write changes its history."""
    assert view._stamp is not None, "`alias` made one"
    views = view._stamp.views
    views.add(Reference(view, views.discard))


def remake_view(root: Tensor, chain: ViewChain) -> Tensor:
    """Return the view of `root` that the functions of `chain` make."""
    functions = []
    while chain:
        chain, function = chain
        functions.append(function)
    view = root
    for function in reversed(functions):
        view = function(view)
    return view
