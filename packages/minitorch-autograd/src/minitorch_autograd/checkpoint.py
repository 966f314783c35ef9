"""Checkpoints: a part of a network is computed twice, so that less is kept in memory.

How the graph of the first run is replaced is explained in `transforms.recomputation`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from itertools import pairwise
from typing import TypeVar

from minitorch_tensor import default_generator

from .engine.value import Tensor, clock
from .transforms.recomputation import (
    CheckpointError,
    Recomputation,
    nodes_and_borders,
    recorded_since,
    with_recomputation,
)
from .transforms.trees import Tree, leaves, refill

R = TypeVar("R")

__all__ = ["CheckpointError", "checkpoint", "checkpoint_sequential"]


def noop_context_fn() -> tuple[AbstractContextManager[object], AbstractContextManager[object]]:
    """Return two context managers that do nothing, for the two runs."""
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
    """Call `function`, and keep only its arguments; it is called again in the backward pass.

    All tensors get the gradients that they would get without the checkpoint, also those that the
    function uses without having them as arguments; and these are differentiable.

    Args:
        function: returns tensors, or nests of them; it has to do the same when called again.
        *args: its arguments.
        use_reentrant: chooses between two implementations in torch; here only that of False exists.
        context_fn: returns two context managers, for the first run and for the second.
        determinism_check: "default" compares the shapes and types of the outputs of both runs,
            "none" does not.
        preserve_rng_state: whether the second run draws the same random numbers.
        **kwargs: its keyword arguments.

    Raises:
        ValueError: if `determinism_check` is unknown.
        CheckpointError: in the backward pass, if the second run differs.
        RuntimeError: in the backward pass, if an argument or a leaf that the function uses was
            written in place.
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
    places = [i for i, y in enumerate(values) if recorded_since(y, start)]
    outputs: list[Tensor] = [values[i] for i in places]
    _, borders = nodes_and_borders(outputs, start)
    if not borders:
        return result
    recomputation = Recomputation(
        run=lambda: function(*args, **kwargs),
        context=second,
        state=state,
        arguments=[x for x in leaves((args, kwargs)) if isinstance(x, Tensor)],
        places=places,
        kinds=[(y.shape, y.dtype) for y in outputs] if determinism_check == "default" else None,
        borders=borders,
        time=clock.tick(),
    )
    for place, y in zip(places, with_recomputation(outputs, recomputation), strict=True):
        values[place] = y
    return refill(result, values)  # type: ignore[no-any-return]  # a nest of the same form


def checkpoint_sequential(
    functions: Iterable[Callable[[Tree], Tree]],
    segments: int,
    input: Tree,
    use_reentrant: bool | None = None,
    preserve_rng_state: bool = True,
) -> Tree:
    """Call `functions` in turn, in segments of which all but the last are checkpoints.

    Args:
        functions: a `Sequential`, or functions of one argument.
        segments: how many segments of equal length; the rest of the functions goes to the last.
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
    """Return the result of `steps`, called one after the other."""
    for step in steps:
        value = step(value)
    return value
