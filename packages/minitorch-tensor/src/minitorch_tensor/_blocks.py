"""Running a small program over blocks that fit the cache, on several threads where that pays.

Theory of operation. NumPy runs one operation after the other over whole arrays, so that a chain of
ten operations moves its data through the main memory ten times. Cut into blocks of `BLOCK`
elements, the chain finds its data in the cache nine times of ten; and since NumPy works without
Python's lock, blocks can go on side by side. Each thread takes the next block when it is through
with one. What the blocks compute does not depend on the number of threads.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from math import prod
from typing import Final, TypeVar

import numpy as np

from ._blas import blas, on_one_thread
from ._value import Tensor

P = TypeVar("P")

BLOCK: Final = 2**19  # elements: 2 MB of float32; smaller ones wait too often for Python's lock
LEAST: Final = 2**17  # elements of a block, where there are few
FEW: Final = 4
BUFFER: Final = 1024  # elements
WORTH_A_THREAD: Final = 2**19  # elements: below, waking a thread costs more than it gives


class _Threads:
    """How many threads there may be, and the pool of them, made when it is first needed."""

    def __init__(self) -> None:
        # Those that this process may run on, where the system tells.
        mine = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
        self.number = mine or 1
        self._pool: ThreadPoolExecutor | None = None
        self._process = 0

    def pool(self) -> ThreadPoolExecutor:
        # Threads do not survive a fork.
        if self._pool is None or self._process != os.getpid():
            self._process = os.getpid()
            self._pool = ThreadPoolExecutor(thread_name_prefix="minitorch")
        return self._pool


class _Here(threading.local):
    """What holds for the thread that asks."""

    sharing = False  # whether it is at work on a part


_threads: Final = _Threads()
_here: Final = _Here()


def get_num_threads() -> int:
    """Return the number of threads that share work: blocks, images, matrices."""
    return _threads.number


def set_num_threads(number: int, /) -> None:
    """Set the number of threads that share work, and of those of BLAS where it listens.

    Raises:
        RuntimeError: if it is not positive.
    """
    if number < 1:
        raise RuntimeError(f"set_num_threads expects a positive integer, got {number}")
    _threads.number = number
    blas.set_num_threads(number)


def copy_each(targets: Sequence[Tensor], sources: Sequence[Tensor], /) -> None:
    """Copy each of `sources` into the target at its place: many small copies in one call."""
    for target, source in zip(targets, sources, strict=True):
        target._array[()] = source._array


def by_blocks(program: Callable[..., object], /, *tensors: Tensor) -> None:
    """Call `program` with block after block of the tensors, cut alike along the first dimension.

    The blocks are views, so that a program returns its results by writing into some of them. It
    must not depend on the order of the blocks, nor write where another reads. One tensor without
    dimensions, or one block, and it is called once with all.
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
        # NumPy broadcasts rows and columns through a buffer; one of this size stays in the first
        # cache, which makes a column times a matrix nearly twice as fast.
        before = np.setbufsize(BUFFER)
        try:
            for part in ranges:
                program(*[x[part,] for x in tensors])
        finally:
            np.setbufsize(before)

    share(cuts(count, rows), run, size >= WORTH_A_THREAD)


def cuts(count: int, size: int) -> list[slice]:
    """Cut `count` things into parts of `size`; the last may be smaller."""
    return [slice(start, min(start + size, count)) for start in range(0, count, size)]


def share(parts: Sequence[P], run: Callable[[Iterator[P]], None], worth_a_thread: bool) -> None:
    """Call `run` with the parts, which it takes one after the other: on several threads at once.

    Each call gets the same iterator, so that a part is taken once. `run` must not depend on which
    these are. Who works on a part already does all of what is shared out within it.
    """
    # One list that all take from: `next` of an iterator over a list is safe between threads.
    shared = iter(list(parts))

    def work() -> None:
        before, _here.sharing = _here.sharing, True
        try:
            run(shared)
        finally:
            _here.sharing = before

    helpers = min(_threads.number, len(parts)) - 1 if worth_a_thread and not _here.sharing else 0
    with on_one_thread():
        waiting = [_threads.pool().submit(work) for _ in range(helpers)]
        try:
            work()
        finally:
            wait(waiting)
        for one in waiting:
            one.result()
