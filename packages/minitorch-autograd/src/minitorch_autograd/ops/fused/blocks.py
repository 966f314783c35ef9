"""Fused operations in blocks that fit the cache, on several threads, and copies of many tensors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from ...arguments.extensions import blocks
from ...arguments.operands import unwrap
from ...engine.modes import switch
from ...engine.value import wrap, written
from ...engine.writes import tracks

if TYPE_CHECKING:
    from minitorch_tensor import Tensor as Raw

    from ...engine.value import Tensor

__all__ = ["by_blocks", "foreach_copy_", "get_num_threads", "set_num_threads"]


def by_blocks(program: Callable[..., object], /, *tensors: Tensor) -> None:
    """Call `program`, unrecorded, with block after block of tensors cut along the first dimension.

    It makes the value of a fused operation, to be handed to `record`: a chain of operations on a
    block finds its data in the cache, where a chain on whole tensors goes through the main memory
    each time. A program returns its results by writing into blocks, and must not depend on their
    order, since several threads take them in turn. Torch has no such function.

    Args:
        program: takes as many tensors as there are here.
        *tensors: of the same first size; fresh ones to write into, others to read. A tensor layer
            without the extension "blocks" has the program called once, with all of them.

    >>> x, y = rand(4096, 64), zeros(4096, 64)
    >>> by_blocks(lambda x, y: y.copy_((x - x.mean(1, True)).exp()), x, y)
    """

    def unrecorded(*raws: Raw) -> None:
        before, switch.recording = switch.recording, False
        try:
            program(*map(wrap, raws))
        finally:
            switch.recording = before

    try:
        run = blocks.by_blocks
    except NotImplementedError:
        unrecorded(*map(unwrap, tensors))
    else:
        run(unrecorded, *map(unwrap, tensors))


def foreach_copy_(targets: Sequence[Tensor], sources: Sequence[Tensor]) -> None:
    """Copy each source into the target at its place, under `no_grad`: many copies in one call.

    Args:
        targets: are written.
        sources: as many, each of the shape of its target.

    Raises:
        RuntimeError: if it would have to be recorded.
        ValueError: if they are not as many.

    Source: `torch._foreach_copy_`
    """
    if tracks(*targets, *sources):
        raise RuntimeError("foreach_copy_ is not recorded: call it under no_grad")
    try:
        copy_each = blocks.copy_each
    except NotImplementedError:
        for target, source in zip(targets, sources, strict=True):
            target._raw[()] = source._raw
    else:
        copy_each([x._raw for x in targets], [x._raw for x in sources])
    for target in targets:
        written(target)


def get_num_threads() -> int:
    """Return how many threads share the work of fused operations and of many products."""
    return blocks.get_num_threads()


def set_num_threads(number: int, /) -> None:
    """Set how many threads share work; those of NumPy's OpenBLAS are set to as many.

    Raises:
        RuntimeError: if it is not positive.
    """
    blocks.set_num_threads(number)
