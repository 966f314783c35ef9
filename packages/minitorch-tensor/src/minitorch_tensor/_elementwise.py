"""Functions of one element at a time: arithmetic, comparisons, exp, log, ..., where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from ._blocks import cuts, share
from ._ufuncs import (
    NUMBERS,
    binary,
    into,
    refuse_overlap,
    reversed_binary,
    unary,
)
from ._value import Array, Tensor, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator


# --- Arithmetic and comparisons


def add(x: Tensor, other: Tensor | float, /) -> Tensor:
    """Add."""
    return binary(np.add, x, other)


def sub(x: Tensor, other: Tensor | float, /) -> Tensor:
    """Subtract."""
    return binary(np.subtract, x, other)


def reversed_sub(x: Tensor, other: float, /) -> Tensor:
    """Subtract from a number."""
    return reversed_binary(np.subtract, x, other)


def multiply(x: Tensor, other: Tensor | float, /) -> Tensor:
    """Multiply."""
    return binary(np.multiply, x, other)


def divide(x: Tensor, other: Tensor | float, /) -> Tensor:
    """Divide; integers divide as floats."""
    return binary(np.true_divide, x, other, "f")


def reversed_div(x: Tensor, other: float, /) -> Tensor:
    """Divide a number."""
    return reversed_binary(np.true_divide, x, other)


def pow(x: Tensor, other: Tensor | float, /) -> Tensor:
    """Raise to a power."""
    if other.__class__ is int and other == 2 and x._array.dtype.kind == "f":
        return unary(np.square, x)  # a third of the time of any other power
    return binary(np.power, x, other)


def reversed_pow(x: Tensor, other: float, /) -> Tensor:
    """Raise a number to powers."""
    return reversed_binary(np.power, x, other)


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
    """Return where elements are less or equal."""
    return binary(np.less_equal, x, other, "fiub")


def gt(x: Tensor, other: Tensor | float, /) -> Tensor:
    """Return where elements are greater."""
    return binary(np.greater, x, other, "fiub")


def ge(x: Tensor, other: Tensor | float, /) -> Tensor:
    """Return where elements are greater or equal."""
    return binary(np.greater_equal, x, other, "fiub")


# With a number NumPy's `maximum` looks at one element at a time; with rows of this length, at
# several.
LONG: Final = 1024
ROWS: Final = 256  # of them, a megabyte of float32, that a thread takes at a time


def maximum(x: Tensor, other: Tensor | float, /, out: Tensor | None = None) -> Tensor:
    """Take the larger of each two, into `out` if it is given; NaN where either is."""
    if out is not None:
        return into(np.maximum, x, other, out)
    if x._array.size > LONG and type(other) in NUMBERS and x._array.dtype.kind == "f":
        return wrap(_beside_a_row(np.maximum, x._array, other))  # type: ignore[arg-type]
    return binary(np.maximum, x, other, "fiub")


def minimum(x: Tensor, other: Tensor | float, /) -> Tensor:
    """Take the smaller of each two; NaN where either is."""
    if x._array.size > LONG and type(other) in NUMBERS and x._array.dtype.kind == "f":
        return wrap(_beside_a_row(np.minimum, x._array, other))  # type: ignore[arg-type]
    return binary(np.minimum, x, other, "fiub")


def _beside_a_row(ufunc: np.ufunc, a: Array, number: float) -> Array:
    """Return ``ufunc(a, number)``, in a quarter of the time, by a row of that number."""
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


# --- In place and into `out`: the shape and the element type stay


def add_(x: Tensor, other: Tensor | float, /) -> Tensor:
    """Add in place."""
    return into(np.add, x, other, x)


def sub_(x: Tensor, other: Tensor | float, /) -> Tensor:
    """Subtract in place."""
    return into(np.subtract, x, other, x)


def mul_(x: Tensor, other: Tensor | float, /) -> Tensor:
    """Multiply in place."""
    return into(np.multiply, x, other, x)


def div_(x: Tensor, other: Tensor | float, /) -> Tensor:
    """Divide in place."""
    return into(np.true_divide, x, other, x)


def mul(x: Tensor, y: Tensor | float, /, out: Tensor | None = None) -> Tensor:
    """Multiply, into `out` if it is given."""
    return multiply(x, y) if out is None else into(np.multiply, x, y, out)


def div(x: Tensor, y: Tensor | float, /, out: Tensor | None = None) -> Tensor:
    """Divide (integers as floats), into `out` if it is given."""
    return divide(x, y) if out is None else into(np.true_divide, x, y, out)


# --- Functions of one tensor


def exp(x: Tensor, /) -> Tensor:
    """Raise e to the power of each element."""
    return unary(np.exp, x)


def log(x: Tensor, /) -> Tensor:
    """Take the natural logarithm: -inf of 0, NaN of a negative."""
    return unary(np.log, x)


def tanh(x: Tensor, /) -> Tensor:
    """Take the hyperbolic tangent."""
    return unary(np.tanh, x)


def sqrt(x: Tensor, /, out: Tensor | None = None) -> Tensor:
    """Take the square root (NaN of a negative), into `out` if it is given."""
    if out is None:
        return unary(np.sqrt, x)
    a = out._array
    if x._array.dtype != a.dtype or x._array.shape != a.shape or a.dtype.kind != "f":
        raise RuntimeError(
            f"sqrt: output of {out.dtype} and shape {out.shape} doesn't match the input of "
            f"{x.dtype} and shape {x.shape}"
        )
    refuse_overlap(a)
    try:
        np.sqrt(x._array, a)
    except RuntimeWarning:
        pass  # raised after the work was done
    return out


def neg(x: Tensor, /) -> Tensor:
    """Change the sign."""
    if x._array.dtype.kind == "b":
        raise RuntimeError("neg: Negation, the `-` operator, on a bool tensor is not supported")
    return wrap(np.negative(x._array))


def abs(x: Tensor, /) -> Tensor:
    """Take the absolute value."""
    if x._array.dtype.kind == "b":
        raise RuntimeError("abs: not supported for bool tensors; cast to int64 first")
    return wrap(np.absolute(x._array))
