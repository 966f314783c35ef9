"""The graph: what an operation leaves behind so that its derivative can be had.

Theory of operation. An operation computes its value with raw tensors (those of the layer below),
wraps it, and hands it to `record` with one *edge* for each input: the input and its *rule*, a
function from the gradient of the output to the gradient of that input. `record` makes a `Node`
that remembers, for the inputs that track gradients, their nodes and rules. The arrows go from the
output to the inputs, and nothing points back: once the output goes, the graph goes with it.

    z = x * y        z._node = Node("MulBackward0", edges=[(x._node, g -> g * y),
                                                           (y._node, g -> g * x)])

A rule keeps alive what it mentions. It can't mention the operation's own output (the output holds
the node, the node the rule); the operations whose derivative is said by their output use
`record_with_output`, and the engine hands it to the rule.

*Stale values.* Nodes and writes into tensors are numbered by one clock. Memory that is written in
place carries a `Stamp` with the time of the last write, shared by all views of it; a rule that
mentions a tensor written after its node was made would compute nonsense, and is refused. What a
rule mentions is found by looking at it (`_checks.mentioned`), however it holds its tensors.

*Views.* A view knows the tensor that it is a view of (its *root*, never a view itself) and the way
there: a function that makes the same view of another tensor. A write that is recorded changes the
history of the root and of all its views: see `ops.core.inplace`.
"""

from __future__ import annotations

import sys
import weakref
from collections.abc import Callable
from itertools import count
from typing import TYPE_CHECKING, Final, TypeAlias

import minitorch_tensor as below

from ..arguments.type_errors import refuse_misfits_of_callers
from . import staleness
from .hooks import RemovableHandle, add_hook, extras
from .modes import seldom, switch
from .value import Tensor, classes

if TYPE_CHECKING:
    from minitorch_tensor import Tensor as Raw

    from .hooks import Extras, Posthook, Prehook

    Rule: TypeAlias = Callable[[Tensor], Tensor]
    OutputRule: TypeAlias = Callable[[Tensor, Tensor], Tensor]
    # In a node either all rules take the output, or none does.
    Edge: TypeAlias = tuple["Node", Callable[..., Tensor]]
    Way: TypeAlias = Callable[[Tensor], Tensor]
    Ways: TypeAlias = tuple[()] | tuple["Ways", Way]  # from the root on; the last one comes first


class _Clock:
    """Numbers nodes and writes in the order in which they happen."""

    def __init__(self) -> None:
        self.tick = count(1).__next__
        self.last_write = 0


clock = _Clock()
new = object.__new__


class Stamp:
    """The time of the last write into some memory; the tensors that share it share this."""

    __slots__ = ("shared", "time", "views")
    inference = False

    def __init__(self) -> None:
        self.time = 0
        self.shared = False  # whether a user may know the memory by several tensors
        self.views: set[_Reference] = set()  # those whose history a write would change


class _Reference(weakref.ref["Tensor"]):
    """A reference that is equal to itself only: == of tensors is elementwise."""

    __slots__ = ()
    __eq__ = object.__eq__
    __hash__ = weakref.ref.__hash__


class InferenceStamp(Stamp):
    """The stamp of memory that was made in inference mode, and has no part in any graph."""

    __slots__ = ("__weakref__",)
    inference = True

    def __init__(self) -> None:
        super().__init__()
        seldom.add(weakref.ref(self, seldom.discard))


class Node:
    """An operation in the graph: how its output's gradient goes on to its inputs."""

    __slots__ = ("__weakref__", "_name", "dtype", "edges", "extras", "output", "shape", "time")

    def __init__(self, name: str, raw: Raw, edges: list[Edge]) -> None:
        self._name = name
        self.shape = raw.shape
        self.dtype = raw.dtype
        self.edges: list[Edge] | None = edges  # None once freed
        self.output: Tensor | None = None  # for rules that take it: an alias that tracks nothing
        self.extras: Extras | None = None  # hooks, and what else few nodes have
        self.time = clock.tick()

    def name(self) -> str:
        """Return the operation's name, torch's where torch has one."""
        return self._name

    @property
    def next_functions(self) -> tuple[tuple[Node, int], ...]:
        """The nodes of the inputs that track gradients, each with which of its outputs it is.

        Raises:
            RuntimeError: if the graph was freed.
        """
        if self.edges is None:
            raise RuntimeError(
                f"{self._name}: its inputs are not known any more, since a walk freed the graph; "
                "ask before backward(), or specify retain_graph=True"
            )
        return tuple((node.shown, node.index) for node, _ in self.edges)

    @property
    def shown(self) -> Node:
        """The node as a user knows it."""
        return self

    @property
    def index(self) -> int:
        """Which of the outputs of `shown` it is the node of."""
        return 0

    def register_hook(self, fn: Posthook) -> RemovableHandle[Posthook]:
        """Have `fn` called with the gradients of the inputs, and with those of the outputs.

        Args:
            fn: may return a tuple that takes the place of the former.
        """
        return add_hook(extras(self).posthooks, fn)

    def register_prehook(self, fn: Prehook) -> RemovableHandle[Prehook]:
        """Have `fn` called with the gradients of the outputs, before the rules are.

        Args:
            fn: may return a tuple that takes their place.
        """
        return add_hook(extras(self).prehooks, fn)

    def __repr__(self) -> str:
        return f"<{self._name}>"


class AccumulateGrad(Node):
    """The end of the graph: a leaf, which gathers its gradient in `.grad`."""

    __slots__ = ("leaf",)

    def __init__(self, leaf: Tensor) -> None:
        super().__init__("AccumulateGrad", leaf._raw, [])
        self.leaf = weakref.ref(leaf)

    @property
    def variable(self) -> Tensor | None:
        """The leaf; None once it is gone."""
        return self.leaf()


def wrap(raw: Raw) -> Tensor:
    """Make a tensor of `raw` that tracks nothing."""
    tensor = new(classes.tensor)
    tensor._raw = raw
    tensor._node = None
    tensor._grad = None
    tensor._stamp = InferenceStamp() if seldom and switch.inference else None
    tensor._view = None
    return tensor


def nothing(g: Tensor) -> Tensor:
    """Return the gradient of what has no part in a result: zeros, where g is infinite as well."""
    return wrap(below.full(g.shape, 0, g._raw.dtype))


def raw(x: Tensor) -> Raw:
    """Return the raw tensor of an argument that has to be a tensor."""
    try:
        return x._raw
    except AttributeError:
        refuse_misfits_of_callers()
        raise TypeError(f"expected a Tensor, got {type(x).__name__}: {x!r:.60}") from None


def raw_of(x: Tensor | float) -> Raw | float:
    """Return the raw tensor of a tensor, and a number as it is."""
    if isinstance(x, Tensor):
        return x._raw
    if not (isinstance(x, (int, float)) or hasattr(x, "__array_interface__")):
        refuse_misfits_of_callers()
    return x


def alias(x: Tensor, raw: Raw, shared: bool = True, noticed: bool = True) -> Tensor:
    """Make a tensor of `raw`, which is memory of `x`, that tracks nothing.

    Args:
        x: the tensor whose memory it is.
        raw: the value to wrap.
        shared: whether a user will know the memory by both.
        noticed: whether rules that mention the one are refused when the other is written.
    """
    tensor = wrap(raw)
    if x._stamp is None:
        x._stamp = Stamp()
    tensor._stamp = x._stamp
    if shared:
        x._stamp.shared = True
    if not (noticed or x._stamp.inference):
        tensor._stamp = Stamp()
        tensor._stamp.shared = shared
    return tensor


def record(name: str, value: Tensor, /, *edges: tuple[Tensor, Rule]) -> Tensor:
    """Make `value` the differentiable output of an operation, and return it.

    Args:
        name: what `grad_fn` shows, for instance `MulBackward0`.
        value: the output, computed with recording off and fresh: neither an input nor tracked.
        *edges: for each input that has a derivative, the input and its rule: the function from
            the gradient of the output (of the output's shape) to the gradient of that input.

    A rule is written in differentiable operations, which gives higher derivatives. It returns `g`
    or a tensor of its own making; that may still be broadcast, or of another floating type: the
    engine sums it to the shape of its input and casts it. The rules of inputs that track nothing
    are never called.

    >>> def double(x):
    ...     return record("Double", x.detach() * 2, (x, lambda g: g * 2))

    Raises:
        RuntimeError: if `value` is tracked already.
    """
    if value._node is not None:
        raise RuntimeError(f"record: the value of {name} is tracked already; compute it in no_grad")
    value._view = None  # fresh: it may be a view of what computed it, which is nobody's now
    if switch.recording:
        live: list[Edge] = []
        for x, rule in edges:
            if x._node is not None:
                live.append((x._node, rule))
        if live:
            value._node = Node(name, value._raw, live)
            if seldom:
                staleness.check_made(value._node, *[x for x, _ in edges])
    return value


def record_with_output(name: str, value: Tensor, /, *edges: tuple[Tensor, OutputRule]) -> Tensor:
    """Do as `record`, for rules of two arguments: the gradient of the output, and the output.

    A rule must not mention the output otherwise, or the output would keep itself alive.

    >>> def exponential(x):
    ...     return record_with_output("Exp", x.detach().exp(), (x, lambda g, y: g * y))
    """
    record(name, value, *edges)  # type: ignore[arg-type]  # the node's `output` says which they are
    if value._node is not None:
        value._node.output = alias(value, value._raw, shared=False)
    return value


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
    views.add(_Reference(view, views.discard))


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


def written(x: Tensor) -> None:
    """Note that the memory of `x` was written."""
    if x._stamp is None:
        x._stamp = Stamp()
    elif x._stamp.inference and not switch.inference:
        raise RuntimeError(
            "Inplace update to inference tensor outside InferenceMode is not allowed: make a clone "
            f"of this one, of shape {x.shape}, and write to that"
        )
    x._stamp.time = clock.last_write = clock.tick()
