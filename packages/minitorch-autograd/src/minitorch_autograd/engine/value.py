"""What a tensor is: a value in memory, and its place in the graph.

What a tensor can do is the class `Tensor`, which stands on top of everything, since its methods are
all the operations. The operations in turn need to know what a tensor is and how one is made. So the
class is cut in two: this base has the slots, and the class on top registers itself once as the
class of results (`set_result_classes`). Where the code says `Tensor`, a type checker sees the full
class, and at run time it is this base: every tensor is an instance of both.

*Time.* Nodes and writes into tensors are numbered by one clock. Memory that is written in place
carries a `Stamp` with the time of the last write, shared by all tensors that share the memory.
"""

from __future__ import annotations

import weakref
from itertools import count
from typing import TYPE_CHECKING

from .modes import rare_modes, switch

if TYPE_CHECKING:
    import minitorch_tensor as below
    from minitorch_tensor import Tensor as Raw

    # The one import of a folder above: for type checkers, who need to know the methods.
    from ..tensor_class.tensor import Tensor as Tensor
    from .node import Node
    from .views import ViewChain


class Value:
    """The slots of a tensor."""

    __slots__ = ("__dict__", "__weakref__", "_grad", "_node", "_raw", "_stamp", "_view")

    _raw: below.Tensor  # the value
    _node: Node | None  # how it was computed; of a leaf, where its gradient is collected
    _grad: Tensor | None
    _stamp: Stamp | None  # when its memory was last written; None if it never was, nor shared
    # Of a view: its root, and the functions that make it of the root; otherwise None.
    _view: tuple[Tensor, ViewChain | None] | None


class _Classes:
    """The class of results, and that of views whose history is out of date."""

    tensor: type[Tensor]
    outdated_view: type[Tensor]


classes = _Classes()


def set_result_classes(tensor: type[Tensor], outdated_view: type[Tensor]) -> None:
    """Make operations return instances of `tensor`.

    Args:
        tensor: the class of all results.
        outdated_view: its subclass for views whose history has to be made again: see
            `engine.writes`.
    """
    classes.tensor, classes.outdated_view = tensor, outdated_view


if not TYPE_CHECKING:
    Tensor = Value


# --- When memory was written


class _Clock:
    """Numbers nodes and writes in the order in which they happen."""

    def __init__(self) -> None:
        self.tick = count(1).__next__
        self.last_write = 0


clock = _Clock()


class Stamp:
    """The time of the last write into some memory; tensors that share memory share its stamp."""

    __slots__ = ("shared", "time", "views")
    inference = False

    def __init__(self) -> None:
        self.time = 0
        self.shared = False  # whether a user may have several tensors of this memory
        self.views: set[Reference] = set()  # whose history a recorded write changes


class Reference(weakref.ref["Tensor"]):
    """A weak reference that is equal to itself only, since == of tensors is elementwise."""

    __slots__ = ()
    __eq__ = object.__eq__
    __hash__ = weakref.ref.__hash__


class InferenceStamp(Stamp):
    """The stamp of memory that was made in inference mode, which no graph may use."""

    __slots__ = ("__weakref__",)
    inference = True

    def __init__(self) -> None:
        super().__init__()
        rare_modes.add(weakref.ref(self, rare_modes.discard))


# --- Tensors of a value

new = object.__new__


def wrap(raw: Raw) -> Tensor:
    """Return a tensor with the value `raw`, which tracks no gradients."""
    tensor = new(classes.tensor)
    tensor._raw = raw
    tensor._node = None
    tensor._grad = None
    tensor._stamp = InferenceStamp() if rare_modes and switch.inference else None
    tensor._view = None
    return tensor


def alias(x: Tensor, raw: Raw, shared: bool = True, track_writes: bool = True) -> Tensor:
    """Return a tensor with the value `raw`, in memory of `x`, which tracks no gradients.

    Args:
        x: the tensor whose memory it is.
        raw: the value to wrap.
        shared: whether a user will have both tensors.
        track_writes: whether writing into one makes rules that need the other raise.
    """
    tensor = wrap(raw)
    if x._stamp is None:
        x._stamp = Stamp()
    tensor._stamp = x._stamp
    if shared:
        x._stamp.shared = True
    if not (track_writes or x._stamp.inference):
        tensor._stamp = Stamp()
        tensor._stamp.shared = shared
    return tensor


def mark_written(x: Tensor) -> None:
    """Record that the memory of `x` was written, and when."""
    if x._stamp is None:
        x._stamp = Stamp()
    elif x._stamp.inference and not switch.inference:
        raise RuntimeError(
            "Inplace update to inference tensor outside InferenceMode is not allowed: make a clone "
            f"of this one, of shape {x.shape}, and write to that"
        )
    x._stamp.time = clock.last_write = clock.tick()
