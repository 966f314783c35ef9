"""Checkpoints: a part of a network that is computed twice, so as to remember less.

Theory of operation. The function runs as usual once, and the graph that it makes is looked at for
its *borders*: the older nodes that it leads to, those of its arguments and of all else that it
knows, such as a module's parameters. Then the graph is dropped, with all that its rules remember,
and one node that leads to the borders takes its place. When a walk comes to that node the function
runs again, and a walk through the new graph gives the gradients of the borders. That walk must end
there, as the outer one goes on: for its time, stand-ins take the place of the borders.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from itertools import pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, TypeVar

from minitorch_tensor import default_generator

from .engine.hooks import notes_of
from .engine.modes import enable_grad, switch
from .engine.node import AccumulateGrad, Node
from .engine.outputs import Part
from .engine.staleness import refuse_written
from .engine.value import Tensor, alias, clock
from .engine.walk import walk
from .transforms.trees import Tree, leaves, refill

if TYPE_CHECKING:
    from minitorch_tensor import Tensor as Raw
    from minitorch_tensor import dtype

    from .engine.hooks import Gradients
    from .engine.node import Edge

R = TypeVar("R")

__all__ = ["CheckpointError", "checkpoint", "checkpoint_sequential"]


class CheckpointError(RuntimeError):
    """The second run of a function did something else than the first."""


def noop_context_fn() -> tuple[AbstractContextManager[object], AbstractContextManager[object]]:
    """Return contexts for both runs that do nothing."""
    return nullcontext(), nullcontext()


def checkpoint(
    function: Callable[..., R],
    *args: object,
    use_reentrant: bool | None = None,
    context_fn: Callable[
        [], tuple[AbstractContextManager[object], AbstractContextManager[object]]
    ] = noop_context_fn,
    determinism_check: str = "default",
    preserve_rng_state: bool = True,
    **kwargs: object,
) -> R:
    """Call `function`, remembering its arguments alone; it is called again on the way back.

    Gradients arrive wherever they would without the checkpoint, also in what the function knows by
    itself, and are differentiable.

    Args:
        function: computes tensors, or nests of them; it does the same when called again.
        *args: what it is called with, as are the other keyword arguments.
        use_reentrant: chooses between two ways in torch; here there is one, that of False.
        context_fn: returns two context managers, for the first run and for the second.
        determinism_check: "default" compares shapes and types of both runs' outputs, "none"
            doesn't.
        preserve_rng_state: whether the second run draws the same random numbers.

    Raises:
        ValueError: if `determinism_check` is unknown.
        CheckpointError: on the way back, if the second run differs.
        RuntimeError: on the way back, if an argument or a leaf that it uses was written in place.
    """
    if determinism_check not in ("default", "none"):
        raise ValueError(
            f"determinism_check should be one of ('default', 'none') but got {determinism_check}"
        )
    first, second = context_fn()
    state = default_generator.get_state() if preserve_rng_state else None
    start = clock.tick()
    with first:
        result = function(*args, **kwargs)
    values = leaves(result)
    places = [i for i, y in enumerate(values) if _is_newer(y, start)]
    outputs: list[Tensor] = [values[i] for i in places]
    _, borders = _explored(outputs, start)
    if not borders:
        return result
    again = _Again(
        run=lambda: function(*args, **kwargs),
        context=second,
        state=state,
        arguments=[x for x in leaves((args, kwargs)) if isinstance(x, Tensor)],
        places=places,
        kinds=[(y.shape, y.dtype) for y in outputs] if determinism_check == "default" else None,
        borders=borders,
        time=clock.tick(),
    )
    for place, y in zip(places, _joined(outputs, again), strict=True):
        values[place] = y
    return refill(result, values)  # type: ignore[no-any-return]  # a nest of the same form


def checkpoint_sequential(
    functions: Iterable[Callable[[Tree], Tree]],
    segments: int,
    input: Tree,
    use_reentrant: bool | None = None,
    preserve_rng_state: bool = True,
) -> Tree:
    """Call `functions` one after the other, in segments of which all but the last are checkpoints.

    Args:
        functions: a `Sequential`, or functions of one argument.
        segments: how many there are, of equal length; what remains goes to the last.
        input: what the first function is called with.
        use_reentrant: as `checkpoint`.
        preserve_rng_state: as `checkpoint`.

    Raises:
        ValueError: if there are fewer functions than segments, or no segments.

    Source: https://docs.pytorch.org/docs/stable/checkpoint.html
    """
    steps = list(functions)
    if not 1 <= segments <= len(steps):
        raise ValueError(
            f"checkpoint_sequential: {len(steps)} functions can't make {segments} segments"
        )
    size = len(steps) // segments
    for begin, end in pairwise(range(0, size * segments, size)):
        input = checkpoint(
            _chain,
            steps[begin:end],
            input,
            use_reentrant=use_reentrant,
            preserve_rng_state=preserve_rng_state,
        )
    return _chain(steps[size * (segments - 1) :], input)


def _chain(steps: list[Callable[[Tree], Tree]], value: Tree) -> Tree:
    for step in steps:
        value = step(value)
    return value


def _joined(outputs: list[Tensor], again: _Again) -> Iterator[Tensor]:
    """Yield the outputs with one node in place of the graph that they were computed by."""
    edges: list[Edge] = [(node, itemgetter(i)) for i, node in enumerate(again.borders)]
    whole = Node("CheckpointBackward", outputs[0]._raw, edges)
    notes = notes_of(whole)
    notes.outputs = [(y.shape, y.dtype) for y in outputs]
    notes.input_positions = range(len(edges))
    notes.joint_backward = again
    for i, y in enumerate(outputs):
        output = alias(y, y._raw, shared=False)
        output._node = Part(whole, i, y._raw)
        yield output


@dataclass(frozen=True, slots=True, kw_only=True)
class _Again:
    """The second run, and the walk through its graph."""

    run: Callable[[], Tree]
    context: AbstractContextManager[object]
    state: Raw | None  # of the random generator
    arguments: list[Tensor]
    places: list[int]  # of the tracked outputs, among all
    kinds: list[tuple[tuple[int, ...], dtype]] | None  # what these have to be
    borders: list[Node]
    time: int  # of the first run

    def __call__(self, gradients: Gradients) -> Gradients:
        """Return the gradients of the borders, from those of the outputs."""
        parameters = [one.leaf() for one in self.borders if isinstance(one, AccumulateGrad)]
        for x in [*self.arguments, *parameters]:
            if x is not None:
                refuse_written("CheckpointBackward", x, self.time)
        start = clock.tick()
        with self.context, enable_grad(), _random_state(self.state):
            values = leaves(self.run())
        outputs = self._same_as_before(values, start)
        nodes, found = _explored(outputs, start)
        if not set(found) <= set(self.borders):
            raise CheckpointError(
                "checkpoint: A different number of tensors was saved during the original forward "
                f"and recomputation: the function used {len(self.borders)} tracked tensors first, "
                f"and then {len(found)}, others among them"
            )
        roots = [
            (y._node, g)
            for y, g in zip(outputs, gradients, strict=True)
            if g is not None and y._node is not None
        ]
        with _ends_at(self.borders, nodes) as ends:
            totals = walk(roots, switch.recording, ends)
            return tuple(totals.get(end) for end in ends)

    def _same_as_before(self, values: list[Tree], start: int) -> list[Tensor]:
        """Return the outputs that were tracked in the first run."""
        if self.places != [i for i, y in enumerate(values) if _is_newer(y, start)]:
            raise CheckpointError(
                "checkpoint: A different number of tensors was saved during the original forward "
                "and recomputation: the outputs that are tracked are others"
            )
        outputs = [values[i] for i in self.places]
        kinds = [(y.shape, y.dtype) for y in outputs]
        if self.kinds is not None and kinds != self.kinds:
            raise CheckpointError(
                "checkpoint: Recomputed values for the following tensors have different metadata "
                f"than during the forward pass: {kinds}, where they were {self.kinds}"
            )
        return outputs


class _End(Node):
    """Stands in for a border."""

    __slots__ = ()

    def __init__(self, border: Node) -> None:
        # A node has a shape and a dtype, which is all that is asked of a raw tensor here.
        super().__init__(border.name(), border, [])  # type: ignore[arg-type]
        self.time = border.time  # a walk comes to it after all that leads to it


@contextmanager
def _ends_at(borders: list[Node], nodes: list[Node]) -> Iterator[list[Node]]:
    """Have `nodes` lead to stand-ins, where they lead to `borders`; give back these stand-ins."""
    ends: dict[Node, Node] = {border: _End(border) for border in borders}
    edges_before = [node.edges or [] for node in nodes]
    for node, edges in zip(nodes, edges_before, strict=True):
        node.edges = [(ends.get(target, target), rule) for target, rule in edges]
    try:
        yield list(ends.values())
    finally:
        # Gradients that are differentiable lead on through these nodes.
        for node, edges in zip(nodes, edges_before, strict=True):
            if node.edges is not None:
                node.edges = edges


@contextmanager
def _random_state(state: Raw | None) -> Iterator[None]:
    """Have the default generator begin at `state`, and go on afterwards as if it hadn't."""
    if state is None:
        yield
        return
    before = default_generator.get_state()
    default_generator.set_state(state)
    try:
        yield
    finally:
        default_generator.set_state(before)


def _is_newer(value: object, start: int) -> bool:
    """Return whether it is a tensor that was recorded since `start`."""
    return isinstance(value, Tensor) and value._node is not None and value._node.time > start


def _explored(outputs: list[Tensor], start: int) -> tuple[list[Node], list[Node]]:
    """Return the nodes made since `start` that `outputs` come from, and the older ones next to."""
    stack = [y._node for y in outputs if y._node is not None]
    newer: dict[Node, None] = {}
    older: dict[Node, None] = {}
    while stack:
        node = stack.pop()
        if node.time < start:
            older[node] = None
        elif node not in newer:
            newer[node] = None
            stack += [target for target, _ in node.edges or ()]
    return list(newer), list(older)
