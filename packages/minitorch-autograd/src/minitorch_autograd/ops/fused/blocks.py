"""Running fused operations on blocks that fit the cache, by several threads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from ...arguments.extensions import blocks
from ...arguments.operands import unwrap
from ...engine.modes import switch
from ...engine.value import mark_written, wrap
from ...engine.writes import tracks

if TYPE_CHECKING:
    from minitorch_tensor import Tensor as Raw

    from ...engine.value import Tensor

__all__ = ["by_blocks", "foreach_copy_", "get_num_threads", "set_num_threads"]


def by_blocks(program: Callable[..., object], /, *tensors: Tensor) -> None:
    """Call `program`, unrecorded, on one block after the other, cut along the first dimension.

    It computes the value of a fused operation, which is then passed to `record`. A chain of
    operations on a small block finds its data in the cache; on whole tensors, each operation of the
    chain reads and writes main memory. A program returns its results by writing into blocks. It
    must not depend on the order of blocks, since several threads share them.

    Args:
        program: takes that many tensors; what it returns is ignored.
        *tensors: of the same first size; fresh ones to write into, others to read. If the tensor
            layer has no extension "blocks", the program is called once, on the whole tensors.

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
    """Copy each source to its target, under `no_grad`: many copies in one call.

    Args:
        targets: the tensors to write.
        sources: one for each target, of the same shape.

    Raises:
        RuntimeError: if a tensor tracks gradients, and recording is on.
        ValueError: if there are not as many sources as targets.

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
        mark_written(target)


def get_num_threads() -> int:
    """Return how many threads share the work of fused operations and of batches of products."""
    return blocks.get_num_threads()


def set_num_threads(number: int, /) -> None:
    """Set how many threads share the work, those of NumPy's OpenBLAS included.

    Raises:
        RuntimeError: if it is not positive.
    """
    blocks.set_num_threads(number)
