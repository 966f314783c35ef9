"""What a tensor is: a value, and its place in the graph.

What it can do is the class `Tensor`, which stands on top of everything, since its methods are all
the operations. The operations need to know what a tensor is and how one is made, so that the class
is cut in two: this base with the slots is at the bottom, and the class on top says once that
results are of it (`results_are`). Where the code says `Tensor`, a type checker sees the class, and
the running program this base: what is an instance of the one is one of the other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import minitorch_tensor as below

    from ..tensor_class.tensor import Tensor as Tensor
    from .graph import Node, Stamp, Ways


class Value:
    """The slots of a tensor."""

    __slots__ = ("__dict__", "__weakref__", "_grad", "_node", "_raw", "_stamp", "_view")

    _raw: below.Tensor  # the value
    _node: Node | None  # how it was computed; of a leaf, where its gradient gathers
    _grad: Tensor | None
    _stamp: Stamp | None  # when its memory was last written; None if it never was, nor shared
    _view: tuple[Tensor, Ways | None] | None  # its root and the way from there; None if it is none


class _Classes:
    """The class of results, and that of views whose history has to be made anew."""

    tensor: type[Tensor]
    unseen: type[Tensor]


classes = _Classes()


def results_are(tensor: type[Tensor], unseen: type[Tensor]) -> None:
    """Let operations return instances of `tensor`; `unseen` is the class of stale views of it."""
    classes.tensor, classes.unseen = tensor, unseen


if not TYPE_CHECKING:
    Tensor = Value
