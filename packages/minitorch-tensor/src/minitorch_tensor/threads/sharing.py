"""Sharing work between threads.

NumPy gives up Python's lock while it computes, so that several threads of Python can compute at
once. The work is cut into parts, and each thread takes the next part when it is done with one.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from typing import Final, TypeVar

from .blas import blas, on_one_thread

__all__ = ["get_num_threads", "set_num_threads"]

P = TypeVar("P")


class _Threads:
    """The number of threads, and the pool of them, made when it is first needed."""

    def __init__(self) -> None:
        # The cores that this process may use, where the system tells.
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
        self.number = cores or 1
        self._pool: ThreadPoolExecutor | None = None
        self._process = 0

    def pool(self) -> ThreadPoolExecutor:
        # Threads do not survive a fork.
        if self._pool is None or self._process != os.getpid():
            self._process = os.getpid()
            self._pool = ThreadPoolExecutor(thread_name_prefix="minitorch")
        return self._pool


class _Here(threading.local):
    """What is known about the current thread."""

    sharing = False  # whether it is working on a part


_threads: Final = _Threads()
_here: Final = _Here()


def get_num_threads() -> int:
    """Return the number of threads that share work: blocks, images, matrices."""
    return _threads.number


def set_num_threads(number: int, /) -> None:
    """Set the number of threads that share work, and of those of BLAS where that is possible.

    Raises:
        RuntimeError: if it is not positive.
    """
    if number < 1:
        raise RuntimeError(f"set_num_threads expects a positive integer, got {number}")
    _threads.number = number
    blas.set_num_threads(number)


def cuts(count: int, size: int) -> list[slice]:
    """Return slices that cut `count` items into parts of `size`; the last may be smaller."""
    return [slice(start, min(start + size, count)) for start in range(0, count, size)]


def share(parts: Sequence[P], run: Callable[[Iterator[P]], None], worth_a_thread: bool) -> None:
    """Call `run` on several threads at once, each with the same iterator over `parts`.

    So each part is taken by one thread. The result must not depend on which. A thread that is
    already working on a part does all of what is shared within it itself.
    """
    # `next` of an iterator over a list is safe between threads.
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
