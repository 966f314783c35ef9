"""Calling NumPy's functions as torch would: element types, errors, and no warnings.

Theory of operation. Nearly always the operands have one type, and one NumPy call is all: that is
the fast path. Whatever is unusual (other types, integers to divide, shapes that do not broadcast)
goes through `careful`, which converts the operands or raises torch's error. NumPy's floating-point
warnings are ignored where they come from this package (see `__init__`); where a program turns all
warnings into errors, the error is caught here and the call repeated with warnings off.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from .broadcasting import broadcast_message, broadcast_shape, refuse_overlap
from .dtypes import Default
from .promotion import CATEGORY, TOO_BIG, result_type
from .value import Array, Tensor, wrap

# --- The fast path

# Python's numbers take the type of the array beside them; NumPy's own numbers keep theirs.
NUMBERS: Final = frozenset({int, float})
DIRECT: Final = "fd"  # NumPy's letters for float32 and float64: here a number changes no type


def binary(ufunc: np.ufunc, x: Tensor, other: Tensor | float, direct: str = "fiu") -> Tensor:
    """Call `ufunc`; `direct` are the kinds of elements for which NumPy's own types are torch's."""
    a = x._array
    try:
        if isinstance(other, Tensor):
            b = other._array
            alike = a.dtype == b.dtype or (b.dtype.kind == "b" and ufunc is not np.subtract)
            if alike and a.dtype.kind in direct:
                result = ufunc(a, b)
                return wrap(result if a.ndim < 2 else laid_out_like(a, result))
        elif a.dtype.char in DIRECT and type(other) in NUMBERS:
            return wrap(ufunc(a, other))
    except (ValueError, RuntimeWarning):
        pass
    return careful(ufunc, x, other)


def laid_out_like(first: Array, result: Array) -> Array:
    """Return a result in the order in which the first operand lies in memory, as torch does.

    So does NumPy, unless the operands disagree: then in row-major order.
    """
    if first.flags.c_contiguous or first.shape != result.shape or 0 in first.strides:
        return result
    place = np.empty_like(first, result.dtype)
    if place.strides == result.strides:
        return result
    place[...] = result
    return place


def reversed_binary(ufunc: np.ufunc, x: Tensor, other: float) -> Tensor:
    """Call `ufunc` with a number on the left: ``ufunc(other, x)``."""
    a = x._array
    if a.dtype.char in DIRECT and type(other) in NUMBERS:
        try:
            return wrap(ufunc(other, a))
        except RuntimeWarning:
            pass
    return careful(ufunc, other, x)


def unary(ufunc: np.ufunc, x: Tensor) -> Tensor:
    """Call `ufunc`; integers become floats."""
    a = x._array if x._array.dtype.kind == "f" else x._array.astype(Default.float.numpy)
    try:
        return wrap(ufunc(a))
    except RuntimeWarning:
        with np.errstate(all="ignore"):
            return wrap(ufunc(a))


def into(ufunc: np.ufunc, x: Tensor, y: Tensor | float, out: Tensor) -> Tensor:
    """Call `ufunc` and write the result into `out`, whose shape and type do not change."""
    a, target = x._array, out._array
    b = y._array if isinstance(y, Tensor) else y
    alike = b.__class__ is float or (isinstance(b, np.ndarray) and b.dtype == a.dtype)
    if alike and a.dtype == target.dtype and a.dtype.char in DIRECT:
        try:
            ufunc(a, b, out=target)  # by name, as `maximum` requires
            return out
        except RuntimeWarning:
            return out  # the warning comes after the result
        except ValueError:
            pass
    return _carefully_into(ufunc, x, y, out)


def reduce(
    ufunc: np.ufunc,
    x: Tensor,
    dims: tuple[int, ...],
    keepdim: bool,
    dtype: type[np.generic] | None = None,
) -> Tensor:
    """Combine all elements along `dims` with `ufunc`."""
    # Not by a method of the array (`a.sum()`), which takes a fifth longer where there is little
    # to do.
    a = x._array
    try:
        result = ufunc.reduce(a, dims, dtype, keepdims=keepdim)
    except RuntimeWarning:
        with np.errstate(all="ignore"):
            result = ufunc.reduce(a, dims, dtype, keepdims=keepdim)
    # In row-major order, as torch, where NumPy keeps that of the operand.
    return wrap(result if a.ndim < 3 else np.asarray(result, order="C"))


def in_float64(function: Callable[[NDArray[np.float64]], NDArray[np.float64]], x: Tensor) -> Tensor:
    """Call `function` with the elements as a flat float64 array; round to the type of `x`."""
    a = x._array
    dtype = a.dtype if a.dtype.kind == "f" else Default.float.numpy
    with np.errstate(all="ignore"):
        values = function(a.astype(np.float64).reshape(-1))
        return wrap(values.reshape(a.shape).astype(dtype))


# --- The careful path

# How an error writes the operation.
SIGNS: Final[dict[np.ufunc, str]] = {
    np.add: "+",
    np.subtract: "-",
    np.multiply: "*",
    np.true_divide: "/",
    np.floor_divide: "//",
    np.remainder: "%",
    np.power: "**",
    np.less: "<",
    np.less_equal: "<=",
    np.greater: ">",
    np.greater_equal: ">=",
}
# Those whose result is a float even for integers, and those that fail for an integer 0.
REAL: Final = frozenset({np.true_divide, np.arctan2, np.hypot, np.logaddexp})
DIVISIONS: Final = frozenset({np.floor_divide, np.remainder, np.fmod})
# With float16 these are computed in float32, as in torch: there a number such as 100,000 is
# not yet infinite.
ARITHMETIC: Final = frozenset({np.add, np.subtract, np.multiply, np.true_divide})
NEGATIVE_POWERS: Final = "pow: Integers to negative integer powers are not allowed."


def array_of(x: Tensor | float) -> Array:
    """Return the array of a tensor, or a 0-d array of a number."""
    return x._array if isinstance(x, Tensor) else np.asarray(x)


def careful(ufunc: np.ufunc, x: Tensor | float, y: Tensor | float) -> Tensor:
    """Call `ufunc` on operands of any types, without warnings, and with torch's errors."""
    try:
        common = result_type(x, y)
    except TypeError as error:
        kinds = f"'{type(x).__name__}' and '{type(y).__name__}'"
        sign = SIGNS.get(ufunc, ufunc.__name__)
        raise TypeError(f"unsupported operand type(s) for {sign}: {kinds}: {error}") from None
    if ufunc in REAL and common.kind != "f":
        common = Default.float.numpy
    a, b = array_of(x), array_of(y)
    if ufunc is np.subtract and "b" in (a.dtype.kind, b.dtype.kind):
        which = "two bool tensors" if a.dtype == b.dtype else "a bool tensor"
        raise RuntimeError(
            f"subtract: Subtraction, the `-` operator, with {which} is not supported; "
            "cast to int64 first, or invert a mask with `mask == False`"
        )
    if ufunc is np.power and common.kind != "f":
        if common.kind == "b":
            return wrap(_bool_power(a, y))
        if isinstance(y, int) and y < 0:
            raise RuntimeError(NEGATIVE_POWERS)
        if isinstance(y, int) and y > 127 and np.iinfo(common.name).max < y < 2**64:
            raise RuntimeError(
                f"pow: value cannot be converted to type {common.name} without overflow: {y}"
            )
    if ufunc in DIVISIONS and common.kind != "f":
        if common.kind == "b":
            raise NotImplementedError(f"{ufunc.__name__} not implemented for 'Bool': cast to int64")
        if a.size and np.any(b == 0):
            raise RuntimeError(f"ZeroDivisionError: {ufunc.__name__} of an integer by 0")
    try:
        with np.errstate(all="ignore"):
            # Cast here, since NumPy would promote to other types.
            wide = common == np.float16 and ufunc in ARITHMETIC
            working = np.dtype(np.float32) if wide else common
            a, b = a.astype(working, copy=False), b.astype(working, copy=False)
            result = ufunc(a, b).astype(common) if wide else ufunc(a, b)
    except OverflowError:
        raise OverflowError(f"{ufunc.__name__}: {TOO_BIG}") from None
    except ValueError as error:
        if "negative integer powers" in str(error):
            if isinstance(y, Tensor):
                return wrap(_integer_power(a, b))
            raise RuntimeError(NEGATIVE_POWERS) from None
        raise RuntimeError(broadcast_message(ufunc.__name__, a.shape, b.shape)) from None
    return wrap(laid_out_like(a, result))


def _integer_power(a: Array, b: Array) -> Array:
    """Return ``a ** b`` of integers; with a negative exponent it is 0, except of 1 and -1."""
    powers = np.power(a, np.maximum(b, 0))
    signs = np.where(a == 1, 1, np.where(a == -1, 1 - 2 * np.remainder(b, 2), 0))
    return np.where(np.less(b, 0), signs, powers).astype(a.dtype)


def _bool_power(a: Array, exponent: Tensor | float) -> Array:
    """Return a bool to a bool power; torch has no other powers of bools."""
    if isinstance(exponent, Tensor):
        raise NotImplementedError("\"pow\" not implemented for 'Bool': cast to int64 first")
    return np.logical_or(a, not exponent)


def _carefully_into(ufunc: np.ufunc, x: Tensor, y: Tensor | float, out: Tensor) -> Tensor:
    target = out._array
    shape = broadcast_shape(ufunc.__name__, x.shape, array_of(y).shape)
    if shape != target.shape:
        raise RuntimeError(
            f"{ufunc.__name__}: output with shape {list(target.shape)} doesn't match the broadcast "
            f"shape {list(shape)}"
        )
    result = careful(ufunc, x, y)._array
    if CATEGORY[result.dtype.kind] > CATEGORY[target.dtype.kind]:
        raise RuntimeError(
            f"{ufunc.__name__}: result type {result.dtype.name} can't be cast to the desired "
            f"output type {target.dtype.name}: cast the operand, or make a new tensor"
        )
    refuse_overlap(target)
    with np.errstate(all="ignore"):
        np.copyto(target, result, casting="unsafe")
    return out
