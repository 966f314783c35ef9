"""Powers, roots and logarithms, `logaddexp` and `xlogy`, each with its derivative.

In a rule `g` is the gradient of the output, and `y` the output. A rule need not undo broadcasting:
the engine sums its gradient to the shape of the input.
"""

from __future__ import annotations

import math

import minitorch_tensor as below

from ...arguments.dtypes import result_type
from ...arguments.extensions import elementary
from ...arguments.operands import unwrap, unwrap_operand
from ...engine.graph import record, record_with_output
from ...engine.value import Tensor, wrap
from ..core.arithmetic import pow
from ..core.elementwise import log, unary, unary_with_output, where

__all__ = [
    "exp2",
    "expm1",
    "float_power",
    "log10",
    "log1p",
    "log2",
    "logaddexp",
    "logaddexp2",
    "reciprocal",
    "rsqrt",
    "square",
    "xlogy",
]

LN_2, LN_10 = math.log(2), math.log(10)


def expm1(input: Tensor) -> Tensor:
    """Compute ``e^x - 1``, exact near 0; the derivative is ``y + 1``."""
    return unary_with_output("Expm1Backward0", elementary.expm1, input, lambda g, y: g * (y + 1))


def exp2(input: Tensor) -> Tensor:
    """Compute ``2^x``; the derivative is ``y log 2``."""
    return unary_with_output("Exp2Backward0", elementary.exp2, input, lambda g, y: g * y * LN_2)


def log1p(input: Tensor) -> Tensor:
    """Compute ``log(1 + x)``, exact near 0; the derivative is ``1 / (1 + x)``."""
    return unary("Log1pBackward0", elementary.log1p, input, lambda g: g / (input + 1))


def log2(input: Tensor) -> Tensor:
    """Compute the logarithm to base 2; the derivative is ``1 / (x log 2)``."""
    return unary("Log2Backward0", elementary.log2, input, lambda g: g / (input * LN_2))


def log10(input: Tensor) -> Tensor:
    """Compute the logarithm to base 10; the derivative is ``1 / (x log 10)``."""
    return unary("Log10Backward0", elementary.log10, input, lambda g: g / (input * LN_10))


def square(input: Tensor) -> Tensor:
    """Compute ``x^2``; the derivative is ``2 x``."""
    return record("PowBackward0", wrap(unwrap(input) ** 2), (input, lambda g: g * (2 * input)))


def reciprocal(input: Tensor) -> Tensor:
    """Compute ``1 / x``; the derivative is ``-y^2``."""
    return record_with_output(
        "ReciprocalBackward0", wrap(1 / unwrap(input)), (input, lambda g, y: -g * (y * y))
    )


def rsqrt(input: Tensor) -> Tensor:
    """Compute ``1 / sqrt(x)``; the derivative is ``-y^3 / 2``."""
    return record_with_output(
        "RsqrtBackward0",
        wrap(1 / below.sqrt(unwrap(input))),
        (input, lambda g, y: g * (y * y * y) * -0.5),
    )


def logaddexp(input: Tensor, other: Tensor) -> Tensor:
    """Compute ``log(e^x + e^y)`` without overflow; broadcasts.

    Gradient: ``1 / (1 + e^(y - x))`` by x, and the same with x and y swapped by y.
    """
    return record(
        "LogaddexpBackward0",
        wrap(elementary.logaddexp(unwrap(input), unwrap_operand(other))),
        (input, lambda g: g / (1 + (other - input).exp())),
        (other, lambda g: g / (1 + (input - other).exp())),
    )


def logaddexp2(input: Tensor, other: Tensor) -> Tensor:
    """Compute ``log2(2^x + 2^y)`` without overflow; broadcasts.

    Gradient: ``1 / (1 + 2^(y - x))`` by x, and the same with x and y swapped by y.
    """
    value = elementary.logaddexp(unwrap(input) * LN_2, unwrap(other) * LN_2) / LN_2
    return record(
        "Logaddexp2Backward0",
        wrap(value),
        (input, lambda g: g / (1 + exp2(other - input))),
        (other, lambda g: g / (1 + exp2(input - other))),
    )


def xlogy(input: Tensor | float, other: Tensor | float) -> Tensor:
    """Compute ``x log y``, 0 if x is 0 (unless y is NaN); broadcasts.

    Gradient: ``log y`` by x, 0 if x is 0 and y at most 0; ``x / y`` by y.
    """
    dtype = result_type(input, other)
    dtype = dtype if dtype.is_floating_point else below.get_default_dtype()
    x, y = (
        one if isinstance(one, Tensor) else wrap(below.full((), one, dtype))
        for one in (input, other)
    )
    product = x._raw.to(dtype) * below.log(y._raw.to(dtype))
    zero = (x._raw == 0) * (y._raw == y._raw)
    return record(
        "XlogyBackward0",
        wrap(below.where(zero, below.full((), 0, product.dtype), product)),
        (x, lambda g: where((x == 0) * (y <= 0), 0.0, g * log(y))),
        (y, lambda g: g * (x / y)),
    )


def float_power(input: Tensor | float, exponent: Tensor | float) -> Tensor:
    """Same as `pow`, but in float64."""
    x = input.to(below.float64) if isinstance(input, Tensor) else input
    n = exponent.to(below.float64) if isinstance(exponent, Tensor) else float(exponent)
    if isinstance(x, Tensor):
        return pow(x, n)
    if isinstance(n, Tensor):
        return x**n
    raise TypeError("float_power(): one of the arguments must be a Tensor")
