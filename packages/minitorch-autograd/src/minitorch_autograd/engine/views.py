"""Views: tensors that share the memory of another one, and its history.

A view knows the tensor that it is a view of (its *root*, never a view itself) and the way there: a
function that makes the same view of another tensor. A write that is recorded changes the history of
the root and of all its views: see `engine.writes`.
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

    Way: TypeAlias = Callable[[Tensor], Tensor]
    Ways: TypeAlias = tuple[()] | tuple["Ways", Way]  # from the root on; the last one comes first


def record_view(name: str, x: Tensor, raw: Raw, way: Way, rule: Rule) -> Tensor:
    """Make a tensor of `raw`, which is a view of `x`, and return it, recorded.

    Args:
        name: what `grad_fn` shows.
        x: the tensor whose memory it is.
        raw: the value to wrap.
        way: makes the same view of another tensor like `x`.
        rule: from the gradient of the view to that of `x`.
    """
    view = record(name, alias(x, raw), (x, rule))
    become_view(view, x, way)
    return view


def become_view(view: Tensor, x: Tensor, way: Way) -> None:
    """Let `view`, which has the memory of `x`, know so: `way` makes it of `x`."""
    if x._view is not None:
        let_go(x)
    root, before = (x, ()) if x._view is None else x._view
    # What stands in between may be a view that was made in no_grad, and so has no way.
    ways = None if before is None or not switch.recording else (before, way)
    view._view = root, ways
    # Of a leaf that tracks gradients the views are never written while recording.
    if ways is not None and root._node.__class__ is not AccumulateGrad:
        follow_writes(view)


def let_go(x: Tensor) -> None:
    """Make a view that was made in no_grad a tensor like others if nothing else has its root.

    So it is with what is composed of operations: the last one may return a view of what an earlier
    one made, which nobody knows.
    """
    if x._view is not None and x._view[1] is None and _holders(x._view) == ALONE:
        x._view = None


def _holders(view: tuple[object, ...]) -> int:
    return sys.getrefcount(view[0])


ALONE: Final = _holders((object(),))


def follow_writes(view: Tensor) -> None:
    """Have the next recorded write into the memory of `view` change its history."""
    assert view._stamp is not None, "`alias` made one"
    views = view._stamp.views
    views.add(Reference(view, views.discard))


def seen_anew(root: Tensor, ways: Ways) -> Tensor:
    """Return the view of `root` to which `ways` lead."""
    steps = []
    while ways:
        ways, way = ways
        steps.append(way)
    view = root
    for way in reversed(steps):
        view = way(view)
    return view
