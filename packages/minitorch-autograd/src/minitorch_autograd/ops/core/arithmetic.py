"""Arithmetic, each operation with its derivative.

In a rule `g` is the gradient of the output. Broadcasting is not their business: the engine sums
what comes back to the shape of the input.
"""

from __future__ import annotations

import math

import minitorch_tensor as below

from ...arguments.dtypes import result_type
from ...arguments.operands import unwrap
from ...arguments.scalars import check_fits
from ...engine.graph import record, record_with_output, zero_gradient
from ...engine.value import Tensor, wrap
from ...engine.writes import write_out
from . import rounding
from .elementwise import log, where

__all__ = [
    "add",
    "addcdiv",
    "addcmul",
    "div",
    "divide",
    "mul",
    "multiply",
    "neg",
    "negative",
    "positive",
    "pow",
    "rsub",
    "sub",
    "subtract",
    "true_divide",
]


def add(input: Tensor, other: Tensor | float, *, alpha: float = 1) -> Tensor:
    """Add: ``x + alpha y``; broadcasts."""
    if alpha != 1 or alpha is True:  # which only bools take
        other = _scaled("add", input, other, alpha)
    if not isinstance(other, Tensor):
        return record("AddBackward0", wrap(unwrap(input) + other), (input, lambda g: g))
    return record(
        "AddBackward0",
        wrap(unwrap(input) + other._raw),
        (input, lambda g: g),
        (other, lambda g: g),
    )


def sub(input: Tensor, other: Tensor | float, *, alpha: float = 1) -> Tensor:
    """Subtract: ``x - alpha y``; broadcasts."""
    if alpha != 1 or alpha is True:  # which only bools take
        other = _scaled("sub", input, other, alpha)
    if not isinstance(other, Tensor):
        return record("SubBackward0", wrap(unwrap(input) - other), (input, lambda g: g))
    return record(
        "SubBackward0",
        wrap(unwrap(input) - other._raw),
        (input, lambda g: g),
        (other, lambda g: -g),
    )


def _scaled(operation: str, x: Tensor, other: Tensor | float, alpha: float) -> Tensor | float:
    both = [one for one in (x, other) if isinstance(one, Tensor)]
    if isinstance(alpha, float) and not any(one.dtype.is_floating_point for one in both):
        raise RuntimeError(
            f"{operation}: For integral input tensors, argument alpha must not be a floating point "
            f"number, got {alpha}"
        )
    if isinstance(alpha, bool) and any(one.dtype is not below.bool for one in both):
        raise RuntimeError(f"{operation}: Boolean alpha only supported for Boolean results.")
    if isinstance(other, Tensor):
        # In the type of the sum: bools would become int64.
        met = result_type(x, other)
        if not met.is_floating_point:
            check_fits(alpha, met)
        return (other.to(met) * alpha).to(met)
    return other * alpha


def rsub(input: Tensor, other: Tensor | float, *, alpha: float = 1) -> Tensor:
    """Subtract from another: ``y - alpha x``."""
    if isinstance(other, Tensor):
        return sub(other, input, alpha=alpha)
    if alpha != 1:
        input = input * alpha
    return record("RsubBackward1", wrap(other - unwrap(input)), (input, lambda g: -g))


def mul(input: Tensor, other: Tensor | float, *, out: Tensor | None = None) -> Tensor:
    """Multiply: ``x y``; broadcasts. With `out` the result is written there, undifferentiated."""
    if out is not None:
        return write_out(out, "mul", below.mul, input, other)
    if not isinstance(other, Tensor):
        return record("MulBackward0", wrap(unwrap(input) * other), (input, lambda g: g * other))
    return record(
        "MulBackward0",
        wrap(unwrap(input) * other._raw),
        (input, lambda g: g * other),
        (other, lambda g: g * input),
    )


def div(
    input: Tensor,
    other: Tensor | float,
    *,
    rounding_mode: str | None = None,
    out: Tensor | None = None,
) -> Tensor:
    """Divide: ``x / y``; broadcasts. With `out` the result is written there, undifferentiated.

    Args:
        input: what is divided.
        other: what it is divided by.
        rounding_mode: "trunc" rounds towards 0, "floor" down, and integers stay integers; the
            derivative is 0 then.
        out: where to write.
    """
    if rounding_mode is not None:
        return rounding.divide(input, other, rounding_mode)
    if out is not None:
        return write_out(out, "div", below.div, input, other)
    if not isinstance(other, Tensor):
        return record("DivBackward0", wrap(unwrap(input) / other), (input, lambda g: g / other))
    return record(
        "DivBackward0",
        wrap(unwrap(input) / other._raw),
        (input, lambda g: g / other),
        (other, lambda g: -g * (input / other / other)),
    )


def rdiv(input: Tensor, other: float) -> Tensor:
    """Divide a number: ``c / x``; the derivative is ``-c / x^2``."""
    if not 0 < abs(other) < math.inf:
        return input.reciprocal() * other
    value = record_with_output(
        "DivBackward0", wrap(other / input._raw), (input, lambda g, y: -g * (y * (y / other)))
    )
    if value._node is not None:  # a copy of the output: both it and the input may be written
        value._node.output = wrap(value._raw.clone())
    return value


def pow(input: Tensor | float, exponent: Tensor | float) -> Tensor:
    """Raise to a power: ``x^n``; broadcasts, and one of the two may be a number.

    Gradient: ``n x^(n-1)``, 0 where n is 0 (also at x = 0); by the exponent ``x^n log x``, 0 where
    x is 0 and n is not negative.

    Raises:
        TypeError: if neither is a tensor.
    """
    if not isinstance(input, Tensor):
        if not isinstance(exponent, Tensor):
            raise TypeError(
                "pow: expected a tensor as the base or as the exponent, but got "
                f"{type(input).__name__} and {type(exponent).__name__}"
            )
        return rpow(exponent, input)
    if not isinstance(exponent, Tensor):
        n = exponent
        return record(
            "PowBackward0",
            wrap(unwrap(input) ** n),
            (input, lambda g: g * (n * input ** (n - 1)) if n else zero_gradient(g)),
        )
    return record_with_output(
        "PowBackward1",
        wrap(unwrap(input) ** exponent._raw),
        (
            input,
            lambda g, y: where(exponent == 0, 0.0, g * (exponent * input ** (exponent - 1))),
        ),
        (
            exponent,
            lambda g, y: where((input == 0) * (exponent >= 0), 0.0, g * (y * log(input))),
        ),
    )


def rpow(input: Tensor, other: float) -> Tensor:
    """Raise a number to powers: ``c^x``; the derivative is ``c^x log c``, 0 for c = 0 <= x."""
    if other == 0:
        return record_with_output(
            "PowBackward1",
            wrap(other ** unwrap(input)),
            (input, lambda g, y: where(input >= 0, 0.0, g * (y * -math.inf))),
        )
    scale = math.log(other) if other > 0 else math.nan
    return record_with_output(
        "PowBackward1", wrap(other ** unwrap(input)), (input, lambda g, y: g * (y * scale))
    )


def neg(input: Tensor) -> Tensor:
    """Change the sign: ``-x``."""
    return record("NegBackward0", wrap(-unwrap(input)), (input, lambda g: -g))


def addcmul(input: Tensor, tensor1: Tensor, tensor2: Tensor, *, value: float = 1) -> Tensor:
    """Add a product: ``x + value a b``; broadcasts."""
    return add(input, mul(tensor1, tensor2), alpha=value)


def addcdiv(input: Tensor, tensor1: Tensor, tensor2: Tensor, *, value: float = 1) -> Tensor:
    """Add a quotient: ``x + value a / b``; broadcasts.

    Raises:
        RuntimeError: if all of them are integers.
    """
    if not (unwrap(tensor1).dtype.is_floating_point or unwrap(tensor2).dtype.is_floating_point):
        raise RuntimeError(
            "Integer division with addcdiv is no longer supported: cast one of them to a float"
        )
    return add(input, div(tensor1, tensor2), alpha=value)


def positive(input: Tensor) -> Tensor:
    """Return the tensor itself: ``+x``."""
    if unwrap(input).dtype is below.bool:
        raise RuntimeError("The `+` operator, on a bool tensor is not supported.")
    return input


# torch has more than one name for these.
divide = true_divide = div
multiply = mul
negative = neg
subtract = sub
