"""Telling BLAS on how many threads to make a product.

Theory of operation. OpenBLAS, which NumPy's wheels bring, cuts a large product between threads of
its own. They serve one caller at a time, and when they are done they go on spinning for some 25 ms,
each on a core that others could use. So while threads of ours share some work, OpenBLAS is told to
make each product on the thread that asks for it. `ctypes` finds the function for that in what NumPy
has loaded. Other libraries for products are left to do as they like.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable
from threading import RLock
from typing import ClassVar, Final

import numpy as np  # noqa: F401  # brings the library


class _Blas:
    """The number of threads of OpenBLAS, as far as it can be told."""

    def __init__(self) -> None:
        self._set = _function("set_num_threads")
        self._get = _function("get_num_threads")

    def get_num_threads(self) -> int:
        """Return the number of threads that one product may use; 0 if it is not known."""
        return 0 if self._get is None else self._get()

    def set_num_threads(self, number: int) -> None:
        """Set the number of threads that one product may use, where that can be."""
        if self._set is not None:
            self._set(number)


class on_one_thread:  # noqa: N801  # it is used like a function
    """While some thread is in one of these, each product is made on the thread that asks for it.

    One that an interrupt kept from being left is left when it is deleted.
    """

    _lock: Final = RLock()  # one may be deleted while this thread enters or leaves another
    _inside: Final[set[int]] = set()
    _before: ClassVar[int | None] = None  # the number of threads to go back to

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
            # At last, so that what an interrupt leaves undone is done when this is deleted.
            self._inside.discard(id(self))

    def __del__(self) -> None:
        if id(self) in self._inside:
            self.__exit__()


def _function(name: str) -> Callable[..., int] | None:
    """Find a function of the OpenBLAS that NumPy uses, whatever it is called there."""
    # With Python's lock kept: they take less time than giving it away.
    library = ctypes.PyDLL(sys.modules["numpy._core._multiarray_umath"].__file__)
    for prefix in ("scipy_openblas", "openblas"):
        for suffix in ("64_", ""):
            found: Callable[..., int] | None = getattr(library, f"{prefix}_{name}{suffix}", None)
            if found is not None:
                return found
    return None


blas: Final = _Blas()
