"""Addition, multiplication, division and powers, each with its derivative.

In a rule `g` is the gradient of the output, and `y` the output. A rule need not undo broadcasting:
the engine sums its gradient to the shape of the input.
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
    """Compute ``x + alpha y``; broadcasts."""
    if alpha != 1 or alpha is True:  # True is for bools only
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
    """Compute ``x - alpha y``; broadcasts."""
    if alpha != 1 or alpha is True:  # True is for bools only
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
    """Return ``alpha other``, or raise where `alpha` does not suit the types of the operands."""
    both = [one for one in (x, other) if isinstance(one, Tensor)]
    if isinstance(alpha, float) and not any(one.dtype.is_floating_point for one in both):
        raise RuntimeError(
            f"{operation}: For integral input tensors, argument alpha must not be a floating point "
            f"number, got {alpha}"
        )
    if isinstance(alpha, bool) and any(one.dtype is not below.bool for one in both):
        raise RuntimeError(f"{operation}: Boolean alpha only supported for Boolean results.")
    if isinstance(other, Tensor):
        # In the type of the sum, since bools times a number are int64.
        common = result_type(x, other)
        if not common.is_floating_point:
            check_fits(alpha, common)
        return (other.to(common) * alpha).to(common)
    return other * alpha


def rsub(input: Tensor, other: Tensor | float, *, alpha: float = 1) -> Tensor:
    """Compute ``y - alpha x``: `sub` with the operands swapped."""
    if isinstance(other, Tensor):
        return sub(other, input, alpha=alpha)
    if alpha != 1:
        input = input * alpha
    return record("RsubBackward1", wrap(other - unwrap(input)), (input, lambda g: -g))


def mul(input: Tensor, other: Tensor | float, *, out: Tensor | None = None) -> Tensor:
    """Compute ``x y``; broadcasts. With `out` the result is written there, without gradient."""
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
    """Compute ``x / y``; broadcasts. With `out` the result is written there, without gradient.

    Args:
        input: x.
        other: y.
        rounding_mode: "trunc" rounds towards 0, "floor" down; then integers stay integers, and the
            derivative is 0.
        out: the tensor to write to.
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
    """Compute ``c / x`` for a number c; the derivative is ``-c / x^2``."""
    if not 0 < abs(other) < math.inf:
        return input.reciprocal() * other
    value = record_with_output(
        "DivBackward0", wrap(other / input._raw), (input, lambda g, y: -g * (y * (y / other)))
    )
    if value._node is not None:
        # The rule gets a copy, so that input and output may both be written in place.
        value._node.output = wrap(value._raw.clone())
    return value


def pow(input: Tensor | float, exponent: Tensor | float) -> Tensor:
    """Compute ``x^n``; broadcasts, and one of the two may be a number.

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
    """Compute ``c^x`` for a number c; the derivative is ``c^x log c``, 0 for c = 0 <= x."""
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
    """Compute ``-x``."""
    return record("NegBackward0", wrap(-unwrap(input)), (input, lambda g: -g))


def addcmul(input: Tensor, tensor1: Tensor, tensor2: Tensor, *, value: float = 1) -> Tensor:
    """Compute ``x + value a b``; broadcasts."""
    return add(input, mul(tensor1, tensor2), alpha=value)


def addcdiv(input: Tensor, tensor1: Tensor, tensor2: Tensor, *, value: float = 1) -> Tensor:
    """Compute ``x + value a / b``; broadcasts.

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


# Other names that torch has for them.
divide = true_divide = div
multiply = mul
negative = neg
subtract = sub
