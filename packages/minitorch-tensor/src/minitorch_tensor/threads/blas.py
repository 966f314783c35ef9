"""On how many threads BLAS computes a product.

Theory of operation. OpenBLAS, which comes with NumPy, divides a large product between threads of
its own. They serve one caller at a time, and when they are done they keep a core busy, waiting, for
some 25 ms. On a machine with other work to do, a product waits for whichever of its threads gets a
core last: 64 by 64 by 128 numbers take 12 us on one thread, and 20 ms on two. So a section
`on_one_thread` tells OpenBLAS to compute each product on the thread that asks for it: while threads
of ours share some work, and where a product is too small to gain from a second thread. `ctypes`
finds the function for that in the library that NumPy has loaded. Other BLAS libraries are not told.

The number of threads is one setting for the process: while any thread is in such a section,
products of other threads are computed on one thread, too.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable
from threading import RLock
from typing import ClassVar, Final

import numpy as np  # noqa: F401  # brings the library


class _Blas:
    """The number of threads of OpenBLAS, where it can be set."""

    def __init__(self) -> None:
        self._set = _function("set_num_threads")
        self._get = _function("get_num_threads")

    def get_num_threads(self) -> int:
        """Return the number of threads that one product may use; 0 if it cannot be found out."""
        return 0 if self._get is None else self._get()

    def set_num_threads(self, number: int) -> None:
        """Set the number of threads that one product may use, where that is possible."""
        if self._set is not None:
            self._set(number)


class on_one_thread:  # noqa: N801  # used like a function
    """A section in which each product is computed on the thread that asks for it.

    If an interrupt skips the end of one, it ends when the object is deleted.
    """

    _lock: Final = RLock()  # reentrant: one may be deleted while this thread enters another
    _inside: Final[set[int]] = set()
    _before: ClassVar[int | None] = None  # the number of threads outside

    def __enter__(self) -> None:
        with self._lock:
            self._inside.add(id(self))
            if self._before is None:
                on_one_thread._before = blas.get_num_threads()
                blas.set_num_threads(1)

    def __exit__(self, *_: object) -> None:
        with self._lock:
            if self._before is not None and not self._inside - {id(self)}:
                blas.set_num_threads(self._before)
                on_one_thread._before = None
            # Last: if an interrupt comes before it, `__del__` does all of this again.
            self._inside.discard(id(self))

    def __del__(self) -> None:
        if id(self) in self._inside:
            self.__exit__()


def _function(name: str) -> Callable[..., int] | None:
    """Return a function of the OpenBLAS that NumPy uses, under any of its names."""
    # `PyDLL` keeps Python's lock: the functions take less time than releasing it.
    library = ctypes.PyDLL(sys.modules["numpy._core._multiarray_umath"].__file__)
    for prefix in ("scipy_openblas", "openblas"):
        for suffix in ("64_", ""):
            found: Callable[..., int] | None = getattr(library, f"{prefix}_{name}{suffix}", None)
            if found is not None:
                return found
    return None


blas: Final = _Blas()
