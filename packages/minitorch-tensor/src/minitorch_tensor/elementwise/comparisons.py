"""Comparisons, and the larger and the smaller of two."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from ..core.ufuncs import NUMBERS, binary, into
from ..core.value import Array, Tensor, wrap
from ..threads.sharing import cuts, share

__all__ = ["maximum", "minimum"]


def eq(x: Tensor, other: Tensor | float, /) -> Tensor:
    """Return where elements are equal."""
    return binary(np.equal, x, other, "fiub")


def ne(x: Tensor, other: Tensor | float, /) -> Tensor:
    """Return where elements are not equal."""
    return binary(np.not_equal, x, other, "fiub")


def lt(x: Tensor, other: Tensor | float, /) -> Tensor:
    """Return where elements are less."""
    return binary(np.less, x, other, "fiub")


def le(x: Tensor, other: Tensor | float, /) -> Tensor:
    """Return where elements are less than or equal."""
    return binary(np.less_equal, x, other, "fiub")


def gt(x: Tensor, other: Tensor | float, /) -> Tensor:
    """Return where elements are greater."""
    return binary(np.greater, x, other, "fiub")


def ge(x: Tensor, other: Tensor | float, /) -> Tensor:
    """Return where elements are greater than or equal."""
    return binary(np.greater_equal, x, other, "fiub")


# NumPy's `maximum` compares one element at a time with a number, but several with a row of it.
LONG: Final = 1024  # elements of such a row
ROWS: Final = 256  # that a thread takes at a time: 1 MB of float32


def maximum(x: Tensor, other: Tensor | float, /, out: Tensor | None = None) -> Tensor:
    """Return the larger of each two (NaN where either is), into `out` if it is given."""
    if out is not None:
        return into(np.maximum, x, other, out)
    if x._array.size > LONG and type(other) in NUMBERS and x._array.dtype.kind == "f":
        return wrap(_beside_a_row(np.maximum, x._array, other))  # type: ignore[arg-type]
    return binary(np.maximum, x, other, "fiub")


def minimum(x: Tensor, other: Tensor | float, /) -> Tensor:
    """Return the smaller of each two; NaN where either is."""
    if x._array.size > LONG and type(other) in NUMBERS and x._array.dtype.kind == "f":
        return wrap(_beside_a_row(np.minimum, x._array, other))  # type: ignore[arg-type]
    return binary(np.minimum, x, other, "fiub")


def _beside_a_row(ufunc: np.ufunc, a: Array, number: float) -> Array:
    """Compute ``ufunc(a, number)`` with a row of that number, in a quarter of the time."""
    row = np.full(LONG, number, a.dtype)
    flat = a.reshape(-1)
    result = np.empty(flat.shape, a.dtype)
    end = flat.size // LONG * LONG
    rows, results = flat[:end].reshape(-1, LONG), result[:end].reshape(-1, LONG)

    def run(parts: Iterator[slice]) -> None:
        for part in parts:
            ufunc(rows[part], row, out=results[part])

    share(cuts(len(rows), ROWS), run, worth_a_thread=len(rows) > 2 * ROWS)
    ufunc(flat[end:], row[: flat.size - end], out=result[end:])
    return result.reshape(a.shape)
