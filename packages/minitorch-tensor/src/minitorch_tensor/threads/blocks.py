"""Running a program on blocks that fit the cache, on several threads where that pays.

Theory of operation. NumPy runs one operation after the other on whole arrays, so a chain of ten
operations moves its data through main memory ten times. Cut into blocks of `BLOCK` elements, the
chain finds its data in the cache nine times out of ten, and several blocks can be computed at once.
The results do not depend on the number of threads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import prod
from typing import Final

import numpy as np

from ..core.value import Tensor
from .blas import on_one_thread
from .sharing import cuts, share

__all__ = ["by_blocks"]

BLOCK: Final = 2**19  # elements: 2 MB of float32; with smaller ones threads wait for Python's lock
FEW: Final = 4  # blocks at least, if each has `LEAST` elements
LEAST: Final = 2**17
BUFFER: Final = 1024  # elements of NumPy's buffer for broadcasting
WORTH_A_THREAD: Final = 2**19  # elements: with fewer, waking a thread costs more than it gains


def by_blocks(program: Callable[..., object], /, *tensors: Tensor) -> None:
    """Call `program` with one block of the tensors after another, cut along the first dimension.

    The blocks are views: a program returns its results by writing into some of them. It must not
    depend on the order of the blocks, nor write what another block reads. If the first tensor has
    no dimensions, or all fits one block, it is called once, with all.
    """
    count = tensors[0].shape[0] if tensors[0].shape else 1
    size = max(prod(x.shape) for x in tensors)
    block = min(BLOCK, max(LEAST, size // FEW))
    rows = max(1, block * count // size) if size else count
    if rows >= count:
        with on_one_thread():
            program(*tensors)
        return

    def run(ranges: Iterator[slice]) -> None:
        # NumPy broadcasts rows and columns through a buffer; one of this size stays in the L1
        # cache, which makes a column times a matrix nearly twice as fast.
        before = np.setbufsize(BUFFER)
        try:
            for part in ranges:
                program(*[x[part,] for x in tensors])
        finally:
            np.setbufsize(before)

    share(cuts(count, rows), run, size >= WORTH_A_THREAD)
