"""Arithmetic: sums, products, powers and roots, and the same in place."""

from __future__ import annotations

import numpy as np

from ..core.broadcasting import refuse_overlap
from ..core.ufuncs import binary, into, reversed_binary, unary
from ..core.value import Tensor, wrap

__all__ = ["abs", "div", "mul", "sqrt"]


def add(x: Tensor, other: Tensor | float, /) -> Tensor:
    """Add."""
    return binary(np.add, x, other)


def sub(x: Tensor, other: Tensor | float, /) -> Tensor:
    """Subtract."""
    return binary(np.subtract, x, other)


def reversed_sub(x: Tensor, other: float, /) -> Tensor:
    """Subtract from a number: ``other - x``."""
    return reversed_binary(np.subtract, x, other)


def multiply(x: Tensor, other: Tensor | float, /) -> Tensor:
    """Multiply."""
    return binary(np.multiply, x, other)


def divide(x: Tensor, other: Tensor | float, /) -> Tensor:
    """Divide; integers become floats."""
    return binary(np.true_divide, x, other, "f")


def reversed_div(x: Tensor, other: float, /) -> Tensor:
    """Divide a number: ``other / x``."""
    return reversed_binary(np.true_divide, x, other)


def pow(x: Tensor, other: Tensor | float, /) -> Tensor:
    """Raise to a power."""
    if other.__class__ is int and other == 2 and x._array.dtype.kind == "f":
        return unary(np.square, x)  # in a third of the time of other powers
    return binary(np.power, x, other)


def reversed_pow(x: Tensor, other: float, /) -> Tensor:
    """Raise a number to a power: ``other ** x``."""
    return reversed_binary(np.power, x, other)


def sqrt(x: Tensor, /, out: Tensor | None = None) -> Tensor:
    """Compute the square root (NaN of a negative), into `out` if it is given."""
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
        pass  # the warning comes after the result
    return out


def neg(x: Tensor, /) -> Tensor:
    """Change the sign."""
    if x._array.dtype.kind == "b":
        raise RuntimeError("neg: Negation, the `-` operator, on a bool tensor is not supported")
    return wrap(np.negative(x._array))


def abs(x: Tensor, /) -> Tensor:
    """Compute the absolute value."""
    if x._array.dtype.kind == "b":
        raise RuntimeError("abs: not supported for bool tensors; cast to int64 first")
    return wrap(np.absolute(x._array))


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
    """Divide (integers become floats), into `out` if it is given."""
    return divide(x, y) if out is None else into(np.true_divide, x, y, out)
