"""Functions of one element at a time: arithmetic, comparisons, exp, log, ..., where.

Theory of operation. Two arrays of one type meet in a bare NumPy call, which is nearly always;
whatever is unusual (other types, integers to divide, shapes that don't broadcast) goes through
`_careful`, which puts it right or says what is wrong. NumPy's floating-point warnings are ignored
where they come from here (see `__init__`); where somebody has made all warnings errors, the one
raised is caught and the call made again in silence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from . import _tensor
from ._dtypes import CATEGORY, default_float, promote_types

if TYPE_CHECKING:
    from ._tensor import Tensor

    Array = NDArray[np.generic]


# --- How operands meet


def _meeting_type(x: Tensor | float, y: Tensor | float) -> np.dtype[np.generic]:
    """Return the type in which `x` and `y` meet.

    Operands rank as tensors with dimensions, 0-d tensors, Python numbers; the lower rank lifts the
    higher only into another category: int64 and 2.5 make the default float.
    """
    (rank_x, type_x), (rank_y, type_y) = _rank(x), _rank(y)
    if rank_x == rank_y:
        return promote_types(type_x, type_y)
    high, low = (type_x, type_y) if rank_x > rank_y else (type_y, type_x)
    return low if CATEGORY[low.kind] > CATEGORY[high.kind] else high


def _rank(x: Tensor | float) -> tuple[int, np.dtype[np.generic]]:
    if isinstance(x, _tensor.Tensor):
        return (2 if x._array.ndim else 1), x._array.dtype
    # NumPy reads a Python float as float64; here it is the default float.
    return 0, default_float.numpy if isinstance(x, float) else np.asarray(x).dtype


def _array(x: Tensor | float) -> Array:
    return x._array if isinstance(x, _tensor.Tensor) else np.asarray(x)


def _careful(
    ufunc: np.ufunc, x: Tensor | float, y: Tensor | float, out: Array | None = None
) -> Tensor:
    """Call `ufunc` on operands of any types, in silence, with torch's error for shapes."""
    meeting = _meeting_type(x, y)
    if ufunc is np.true_divide and meeting.kind != "f":
        meeting = default_float.numpy
    if meeting.kind == "b" and ufunc is np.subtract:
        raise RuntimeError(f"{ufunc.__name__}: not supported for bool tensors; cast to int64 first")
    a, b = _array(x), _array(y)
    try:
        with np.errstate(all="ignore"):
            # Cast here, not by NumPy, whose meeting types are others.
            a, b = a.astype(meeting, copy=False), b.astype(meeting, copy=False)
            result = ufunc(a, b, out=out) if out is not None else ufunc(a, b)
    except ValueError as error:
        if "negative integer powers" in str(error):
            raise RuntimeError(
                "pow: Integers to negative integer powers are not allowed."
            ) from None
        raise RuntimeError(broadcast_message(ufunc.__name__, a.shape, b.shape)) from None
    return _tensor.Tensor(result)


def broadcast_message(operation: str, a: tuple[int, ...], b: tuple[int, ...]) -> str:
    """Say which dimension keeps shapes `a` and `b` from broadcasting."""
    ndim = max(len(a), len(b))
    padded = zip((1,) * (ndim - len(a)) + a, (1,) * (ndim - len(b)) + b, strict=True)
    for dim, (m, n) in enumerate(padded):
        if m != n and 1 not in (m, n):
            return (
                f"{operation}: The size of tensor a ({m}) must match the size of tensor b ({n}) "
                f"at non-singleton dimension {dim}: shapes {a} and {b}"
            )
    return f"{operation}: shapes {a} and {b} do not fit"


# --- Arithmetic and comparisons


def _binary(ufunc: np.ufunc, x: Tensor, other: Tensor | float, direct: str = "fi") -> Tensor:
    """Call `ufunc`; `direct` are the kinds of element that NumPy itself gets right."""
    a = x._array
    try:
        if isinstance(other, _tensor.Tensor):
            b = other._array
            if (a.dtype == b.dtype or b.dtype.kind == "b") and a.dtype.kind in direct:
                return _tensor.Tensor(ufunc(a, b))
        elif a.dtype.kind == "f":
            return _tensor.Tensor(ufunc(a, other))
    except (ValueError, RuntimeWarning):
        pass
    return _careful(ufunc, x, other)


def _reversed(ufunc: np.ufunc, x: Tensor, other: float) -> Tensor:
    a = x._array
    if a.dtype.kind == "f":
        try:
            return _tensor.Tensor(ufunc(other, a))
        except RuntimeWarning:
            pass
    return _careful(ufunc, other, x)


def add(x: Tensor, other: Tensor | float, /) -> Tensor:
    """Add."""
    return _binary(np.add, x, other)


def sub(x: Tensor, other: Tensor | float, /) -> Tensor:
    """Subtract."""
    return _binary(np.subtract, x, other)


def reversed_sub(x: Tensor, other: float, /) -> Tensor:
    """Subtract from a number."""
    return _reversed(np.subtract, x, other)


def multiply(x: Tensor, other: Tensor | float, /) -> Tensor:
    """Multiply."""
    return _binary(np.multiply, x, other)


def divide(x: Tensor, other: Tensor | float, /) -> Tensor:
    """Divide; integers divide as floats."""
    return _binary(np.true_divide, x, other, "f")


def reversed_div(x: Tensor, other: float, /) -> Tensor:
    """Divide a number."""
    return _reversed(np.true_divide, x, other)


def pow(x: Tensor, other: Tensor | float, /) -> Tensor:
    """Raise to a power."""
    return _binary(np.power, x, other)


def reversed_pow(x: Tensor, other: float, /) -> Tensor:
    """Raise a number to powers."""
    return _reversed(np.power, x, other)


def eq(x: Tensor, other: Tensor | float, /) -> Tensor:
    """Tell where elements are equal."""
    return _binary(np.equal, x, other, "fib")


def ne(x: Tensor, other: Tensor | float, /) -> Tensor:
    """Tell where elements are not equal."""
    return _binary(np.not_equal, x, other, "fib")


def lt(x: Tensor, other: Tensor | float, /) -> Tensor:
    """Tell where elements are less."""
    return _binary(np.less, x, other, "fib")


def le(x: Tensor, other: Tensor | float, /) -> Tensor:
    """Tell where elements are less or equal."""
    return _binary(np.less_equal, x, other, "fib")


def gt(x: Tensor, other: Tensor | float, /) -> Tensor:
    """Tell where elements are greater."""
    return _binary(np.greater, x, other, "fib")


def ge(x: Tensor, other: Tensor | float, /) -> Tensor:
    """Tell where elements are greater or equal."""
    return _binary(np.greater_equal, x, other, "fib")


def maximum(x: Tensor, other: Tensor | float, /) -> Tensor:
    """Take the larger of each two; NaN where either is."""
    return _binary(np.maximum, x, other, "fib")


def minimum(x: Tensor, other: Tensor | float, /) -> Tensor:
    """Take the smaller of each two; NaN where either is."""
    return _binary(np.minimum, x, other, "fib")


def where(condition: Tensor, x: Tensor | float, y: Tensor | float, /) -> Tensor:
    """Return the elements of `x` where `condition` holds, of `y` elsewhere."""
    meeting = _meeting_type(x, y)
    a, b, c = condition._array, _array(x).astype(meeting), _array(y).astype(meeting)
    try:
        return _tensor.Tensor(np.where(a, b, c))
    except ValueError:
        shape = _broadcast_shape("where", b.shape, c.shape)
        raise RuntimeError(broadcast_message("where", a.shape, shape)) from None


# --- In place and into `out`: the shape and the element type stay


def _into(ufunc: np.ufunc, x: Tensor, y: Tensor | float, out: Tensor) -> Tensor:
    a, target = x._array, out._array
    b = y._array if isinstance(y, _tensor.Tensor) else y
    alike = b.__class__ is float or (isinstance(b, np.ndarray) and b.dtype == a.dtype)
    if alike and a.dtype == target.dtype and a.dtype.kind == "f":
        try:
            ufunc(a, b, target)
            return out
        except RuntimeWarning:
            return out  # raised after the work was done
        except ValueError:
            pass
    return _carefully_into(ufunc, x, y, out)


def _carefully_into(ufunc: np.ufunc, x: Tensor, y: Tensor | float, out: Tensor) -> Tensor:
    target = out._array
    shape = _broadcast_shape(ufunc.__name__, x.shape, _array(y).shape)
    if shape != target.shape:
        raise RuntimeError(
            f"{ufunc.__name__}: output with shape {list(target.shape)} doesn't match the broadcast "
            f"shape {list(shape)}"
        )
    result = _careful(ufunc, x, y)._array
    if CATEGORY[result.dtype.kind] > CATEGORY[target.dtype.kind]:
        raise RuntimeError(
            f"{ufunc.__name__}: result type {result.dtype.name} can't be cast to the desired "
            f"output type {target.dtype.name}: cast the operand, or make a new tensor"
        )
    with np.errstate(all="ignore"):
        np.copyto(target, result, casting="unsafe")
    return out


def _broadcast_shape(operation: str, a: tuple[int, ...], b: tuple[int, ...]) -> tuple[int, ...]:
    try:
        return np.broadcast_shapes(a, b)
    except ValueError:
        raise RuntimeError(broadcast_message(operation, a, b)) from None


def add_(x: Tensor, other: Tensor | float, /) -> Tensor:
    """Add in place."""
    return _into(np.add, x, other, x)


def sub_(x: Tensor, other: Tensor | float, /) -> Tensor:
    """Subtract in place."""
    return _into(np.subtract, x, other, x)


def mul_(x: Tensor, other: Tensor | float, /) -> Tensor:
    """Multiply in place."""
    return _into(np.multiply, x, other, x)


def div_(x: Tensor, other: Tensor | float, /) -> Tensor:
    """Divide in place."""
    return _into(np.true_divide, x, other, x)


def mul(x: Tensor, y: Tensor | float, /, out: Tensor | None = None) -> Tensor:
    """Multiply, into `out` if it is given."""
    return multiply(x, y) if out is None else _into(np.multiply, x, y, out)


def div(x: Tensor, y: Tensor | float, /, out: Tensor | None = None) -> Tensor:
    """Divide (integers as floats), into `out` if it is given."""
    return divide(x, y) if out is None else _into(np.true_divide, x, y, out)


# --- Functions of one tensor


def _unary(ufunc: np.ufunc, x: Tensor) -> Tensor:
    """Call `ufunc`; integers become floats."""
    a = x._array if x._array.dtype.kind == "f" else x._array.astype(default_float.numpy)
    try:
        return _tensor.Tensor(ufunc(a))
    except RuntimeWarning:
        with np.errstate(all="ignore"):
            return _tensor.Tensor(ufunc(a))


def exp(x: Tensor, /) -> Tensor:
    """Raise e to the power of each element."""
    return _unary(np.exp, x)


def log(x: Tensor, /) -> Tensor:
    """Take the natural logarithm: -inf of 0, NaN of a negative."""
    return _unary(np.log, x)


def tanh(x: Tensor, /) -> Tensor:
    """Take the hyperbolic tangent."""
    return _unary(np.tanh, x)


def sqrt(x: Tensor, /, out: Tensor | None = None) -> Tensor:
    """Take the square root (NaN of a negative), into `out` if it is given."""
    if out is None:
        return _unary(np.sqrt, x)
    a = out._array
    if x._array.dtype != a.dtype or x._array.shape != a.shape or a.dtype.kind != "f":
        raise RuntimeError(
            f"sqrt: output of {out.dtype} and shape {out.shape} doesn't match the input of "
            f"{x.dtype} and shape {x.shape}"
        )
    try:
        np.sqrt(x._array, a)
    except RuntimeWarning:
        pass  # raised after the work was done
    return out


def neg(x: Tensor, /) -> Tensor:
    """Change the sign."""
    if x._array.dtype.kind == "b":
        raise RuntimeError("neg: Negation, the `-` operator, on a bool tensor is not supported")
    return _tensor.Tensor(np.negative(x._array))


def abs(x: Tensor, /) -> Tensor:
    """Take the absolute value."""
    if x._array.dtype.kind == "b":
        raise RuntimeError("abs: not supported for bool tensors; cast to int64 first")
    return _tensor.Tensor(np.absolute(x._array))
