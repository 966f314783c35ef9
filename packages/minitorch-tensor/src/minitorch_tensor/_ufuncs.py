"""Calling NumPy's functions as torch would: element types, errors, and silence.

Theory of operation. Two arrays of one type meet in a bare NumPy call, which is nearly always;
whatever is unusual (other types, integers to divide, shapes that don't broadcast) goes through
`careful`, which puts it right or says what is wrong. NumPy's floating-point warnings are ignored
where they come from here (see `__init__`); where somebody has made all warnings errors, the one
raised is caught and the call made again in silence.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from ._dtypes import CATEGORY, DTYPES, Default, promote_types
from ._value import Array, Tensor, wrap

# --- How operands meet

LONG: Final[np.dtype[np.generic]] = np.dtype("int64")
TOO_BIG: Final = "int too big to convert: int64 does not hold it"


def meeting_type(x: Tensor | float, y: Tensor | float) -> np.dtype[np.generic]:
    """Return the type in which `x` and `y` meet.

    Operands rank as tensors with dimensions, 0-d tensors, Python numbers; the lower rank lifts the
    higher only into another category: int64 and 2.5 make the default float.
    """
    (rank_x, type_x), (rank_y, type_y) = _rank(x), _rank(y)
    if rank_x == rank_y:
        meeting = promote_types(type_x, type_y)
    else:
        high, low = (type_x, type_y) if rank_x > rank_y else (type_y, type_x)
        meeting = low if CATEGORY[low.kind] > CATEGORY[high.kind] else high
    if meeting.kind == "u" and meeting.itemsize == 8:  # of 2**63 beside bools, or another number
        raise OverflowError(TOO_BIG)
    return meeting


def _rank(x: Tensor | float) -> tuple[int, np.dtype[np.generic]]:
    if isinstance(x, Tensor):
        return (2 if x._array.ndim else 1), x._array.dtype
    if isinstance(x, np.ndarray) and x.dtype in DTYPES:
        return (2 if x.ndim else 1), x.dtype
    if not isinstance(x, int | float | np.generic):
        raise TypeError(f"expected a Tensor or a number, got {type(x).__name__}: {x!r:.60}")
    # NumPy reads a Python float as float64; here it is the default float.
    kind = Default.float.numpy if isinstance(x, float) else np.asarray(x).dtype
    return 0, kind if kind.kind != "O" else LONG  # an object: an int of over 64 bits


def array_of(x: Tensor | float) -> Array:
    return x._array if isinstance(x, Tensor) else np.asarray(x)


def careful(ufunc: np.ufunc, x: Tensor | float, y: Tensor | float) -> Tensor:
    """Call `ufunc` on operands of any types, in silence, with torch's error for shapes."""
    try:
        meeting = meeting_type(x, y)
    except TypeError as error:
        kinds = f"'{type(x).__name__}' and '{type(y).__name__}'"
        sign = SIGNS.get(ufunc, ufunc.__name__)
        raise TypeError(f"unsupported operand type(s) for {sign}: {kinds}: {error}") from None
    if ufunc in REAL and meeting.kind != "f":
        meeting = Default.float.numpy
    a, b = array_of(x), array_of(y)
    if ufunc is np.subtract and "b" in (a.dtype.kind, b.dtype.kind):
        which = "two bool tensors" if a.dtype == b.dtype else "a bool tensor"
        raise RuntimeError(
            f"subtract: Subtraction, the `-` operator, with {which} is not supported; "
            "cast to int64 first, or invert a mask with `mask == False`"
        )
    if ufunc is np.power and meeting.kind != "f":
        if meeting.kind == "b":
            return wrap(_bool_power(a, y))
        if isinstance(y, int) and y < 0:
            raise RuntimeError(NEGATIVE_POWERS)
        if isinstance(y, int) and y > 127 and np.iinfo(meeting.name).max < y < 2**64:
            raise RuntimeError(
                f"pow: value cannot be converted to type {meeting.name} without overflow: {y}"
            )
    if ufunc in DIVISIONS and meeting.kind != "f":
        if meeting.kind == "b":
            raise NotImplementedError(f"{ufunc.__name__} not implemented for 'Bool': cast to int64")
        if a.size and np.any(b == 0):
            raise RuntimeError(f"ZeroDivisionError: {ufunc.__name__} of an integer by 0")
    try:
        with np.errstate(all="ignore"):
            # Cast here, not by NumPy, whose meeting types are others.
            wide = meeting == np.float16 and ufunc in ARITHMETIC
            working = np.dtype(np.float32) if wide else meeting
            a, b = a.astype(working, copy=False), b.astype(working, copy=False)
            result = ufunc(a, b).astype(meeting) if wide else ufunc(a, b)
    except OverflowError:
        raise OverflowError(f"{ufunc.__name__}: {TOO_BIG}") from None
    except ValueError as error:
        if "negative integer powers" in str(error):
            if isinstance(y, Tensor):
                return wrap(_integer_power(a, b))
            raise RuntimeError(NEGATIVE_POWERS) from None
        raise RuntimeError(broadcast_message(ufunc.__name__, a.shape, b.shape)) from None
    return wrap(result)


# How operations are written.
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
# Those that make floats of integers, and those that an integer 0 stops.
REAL: Final = frozenset({np.true_divide, np.arctan2, np.hypot, np.logaddexp})
DIVISIONS: Final = frozenset({np.floor_divide, np.remainder, np.fmod})
# Those in which a number beside float16 stays float32, as in torch: 100,000 is not infinite.
ARITHMETIC: Final = frozenset({np.add, np.subtract, np.multiply, np.true_divide})
NEGATIVE_POWERS: Final = "pow: Integers to negative integer powers are not allowed."


def _integer_power(a: Array, b: Array) -> Array:
    """Return powers of integers, of which the negative ones are 0 unless those of 1 and -1."""
    powers = np.power(a, np.maximum(b, 0))
    signs = np.where(a == 1, 1, np.where(a == -1, 1 - 2 * np.remainder(b, 2), 0))
    return np.where(np.less(b, 0), signs, powers).astype(a.dtype)


def _bool_power(a: Array, exponent: Tensor | float) -> Array:
    """Return `a` to the power True or False, which is all that torch has of powers of bools."""
    if isinstance(exponent, Tensor):
        raise NotImplementedError("\"pow\" not implemented for 'Bool': cast to int64 first")
    return np.logical_or(a, not exponent)


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


# --- Calls

# Those that take the type of an array beside them; NumPy's own numbers insist on theirs.
NUMBERS = frozenset({int, float})
DIRECT = "fd"  # float32 and float64, as NumPy calls them, beside which it gets numbers right


def binary(ufunc: np.ufunc, x: Tensor, other: Tensor | float, direct: str = "fiu") -> Tensor:
    """Call `ufunc`; `direct` are the kinds of element that NumPy itself gets right."""
    a = x._array
    try:
        if isinstance(other, Tensor):
            b = other._array
            alike = a.dtype == b.dtype or (b.dtype.kind == "b" and ufunc is not np.subtract)
            if alike and a.dtype.kind in direct:
                return wrap(ufunc(a, b))
        elif a.dtype.char in DIRECT and type(other) in NUMBERS:
            return wrap(ufunc(a, other))
    except (ValueError, RuntimeWarning):
        pass
    return careful(ufunc, x, other)


def reversed_binary(ufunc: np.ufunc, x: Tensor, other: float) -> Tensor:
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
    a, target = x._array, out._array
    b = y._array if isinstance(y, Tensor) else y
    alike = b.__class__ is float or (isinstance(b, np.ndarray) and b.dtype == a.dtype)
    if alike and a.dtype == target.dtype and a.dtype.char in DIRECT:
        try:
            ufunc(a, b, out=target)  # by name: `maximum` takes it no other way
            return out
        except RuntimeWarning:
            return out  # raised after the work was done
        except ValueError:
            pass
    return _carefully_into(ufunc, x, y, out)


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


def refuse_overlap(a: Array) -> None:
    """Raise where elements of `a` share their place, as they do once expanded."""
    if not a.flags.writeable:
        raise RuntimeError(
            "unsupported operation: more than one element of the written-to tensor refers to a "
            "single memory location. Please clone() the tensor before performing the operation."
        )


def broadcast_shape(operation: str, a: tuple[int, ...], b: tuple[int, ...]) -> tuple[int, ...]:
    try:
        return np.broadcast_shapes(a, b)
    except ValueError:
        raise RuntimeError(broadcast_message(operation, a, b)) from None
