"""Functions of one element at a time, each with its derivative.

In a rule `g` is the gradient of the output. Broadcasting is not their business: the engine sums
what comes back to the shape of the input.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import minitorch_tensor as below

from . import _tensor
from ._graph import record, record_with_output, wrap
from ._inplace import write_out

if TYPE_CHECKING:
    from minitorch_tensor import Tensor as Raw

    from ._tensor import Tensor


# --- Arithmetic


def add(input: Tensor, other: Tensor | float, *, alpha: float = 1) -> Tensor:
    """Add: ``x + alpha y``; broadcasts.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.add.html
    """
    if alpha != 1:
        other = other * alpha
    if not isinstance(other, _tensor.Tensor):
        return record("AddBackward0", wrap(input._raw + other), (input, lambda g: g))
    return record(
        "AddBackward0",
        wrap(input._raw + other._raw),
        (input, lambda g: g),
        (other, lambda g: g),
    )


def sub(input: Tensor, other: Tensor | float, *, alpha: float = 1) -> Tensor:
    """Subtract: ``x - alpha y``; broadcasts.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.sub.html
    """
    if alpha != 1:
        other = other * alpha
    if not isinstance(other, _tensor.Tensor):
        return record("SubBackward0", wrap(input._raw - other), (input, lambda g: g))
    return record(
        "SubBackward0",
        wrap(input._raw - other._raw),
        (input, lambda g: g),
        (other, lambda g: -g),
    )


def rsub(input: Tensor, other: float) -> Tensor:
    """Subtract from a number: ``c - x``.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.rsub.html
    """
    return record("RsubBackward1", wrap(other - input._raw), (input, lambda g: -g))


def mul(input: Tensor, other: Tensor | float, *, out: Tensor | None = None) -> Tensor:
    """Multiply: ``x y``; broadcasts. With `out` the result is written there, undifferentiated.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.mul.html
    """
    if out is not None:
        return write_out(out, "mul", below.mul, input, other)
    if not isinstance(other, _tensor.Tensor):
        return record("MulBackward0", wrap(input._raw * other), (input, lambda g: g * other))
    return record(
        "MulBackward0",
        wrap(input._raw * other._raw),
        (input, lambda g: g * other),
        (other, lambda g: g * input),
    )


def div(input: Tensor, other: Tensor | float, *, out: Tensor | None = None) -> Tensor:
    """Divide: ``x / y``; broadcasts. With `out` the result is written there, undifferentiated.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.div.html
    """
    if out is not None:
        return write_out(out, "div", below.div, input, other)
    if not isinstance(other, _tensor.Tensor):
        return record("DivBackward0", wrap(input._raw / other), (input, lambda g: g / other))
    return record(
        "DivBackward0",
        wrap(input._raw / other._raw),
        (input, lambda g: g / other),
        (other, lambda g: -g * (input / other / other)),
    )


def rdiv(input: Tensor, other: float) -> Tensor:
    """Divide a number: ``c / x``; the derivative is ``-c / x^2``."""
    return record_with_output(
        "DivBackward0", wrap(other / input._raw), (input, lambda g, y: -g * (y / input))
    )


def pow(input: Tensor, exponent: Tensor | float) -> Tensor:
    """Raise to a power: ``x^n``; broadcasts.

    Gradient: ``n x^(n-1)``, 0 where n is 0 (also at x = 0); by the exponent ``x^n log x``, 0 where
    x is 0 and n is not negative.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.pow.html
    """
    if not isinstance(exponent, _tensor.Tensor):
        n = exponent
        return record(
            "PowBackward0",
            wrap(input._raw**n),
            (input, lambda g: g * (n * input ** (n - 1)) if n else g * 0.0),
        )
    return record_with_output(
        "PowBackward1",
        wrap(input._raw**exponent._raw),
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
    """Raise a number to powers: ``c^x``; the derivative is ``c^x log c``, 0 for c = 0."""
    scale = math.log(other) if other > 0 else 0.0 if other == 0 else math.nan
    return record_with_output(
        "PowBackward1", wrap(other**input._raw), (input, lambda g, y: g * (y * scale))
    )


def neg(input: Tensor) -> Tensor:
    """Change the sign: ``-x``.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.neg.html
    """
    return record("NegBackward0", wrap(-input._raw), (input, lambda g: -g))


# --- Comparisons: no gradient


def _raw(other: Tensor | float) -> Raw | float:
    return other._raw if isinstance(other, _tensor.Tensor) else other


def eq(input: Tensor, other: Tensor | float) -> Tensor:
    """Tell where elements are equal: bool; no gradient.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.eq.html
    """
    return wrap(input._raw == _raw(other))


def ne(input: Tensor, other: Tensor | float) -> Tensor:
    """Tell where elements differ: bool; no gradient.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.ne.html
    """
    return wrap(input._raw != _raw(other))


def lt(input: Tensor, other: Tensor | float) -> Tensor:
    """Tell where elements are less: bool; no gradient.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.lt.html
    """
    return wrap(input._raw < _raw(other))


def le(input: Tensor, other: Tensor | float) -> Tensor:
    """Tell where elements are less or equal: bool; no gradient.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.le.html
    """
    return wrap(input._raw <= _raw(other))


def gt(input: Tensor, other: Tensor | float) -> Tensor:
    """Tell where elements are greater: bool; no gradient.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.gt.html
    """
    return wrap(input._raw > _raw(other))


def ge(input: Tensor, other: Tensor | float) -> Tensor:
    """Tell where elements are greater or equal: bool; no gradient.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.ge.html
    """
    return wrap(input._raw >= _raw(other))


# --- Functions of one tensor


def exp(input: Tensor) -> Tensor:
    """Raise e to each element: ``e^x``.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.exp.html
    """
    return record_with_output(
        "ExpBackward0", wrap(below.exp(input._raw)), (input, lambda g, y: g * y)
    )


def log(input: Tensor) -> Tensor:
    """Take the natural logarithm: -inf of 0, NaN of a negative.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.log.html
    """
    return record("LogBackward0", wrap(below.log(input._raw)), (input, lambda g: g / input))


def sqrt(input: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Take the square root: NaN of a negative. With `out` it is written there, undifferentiated.

    Gradient: ``1 / (2 sqrt(x))``, inf at 0.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.sqrt.html
    """
    if out is not None:
        return write_out(out, "sqrt", below.sqrt, input)
    return record_with_output(
        "SqrtBackward0", wrap(below.sqrt(input._raw)), (input, lambda g, y: g / (2 * y))
    )


def tanh(input: Tensor) -> Tensor:
    """Take the hyperbolic tangent; the derivative is ``1 - y^2``.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.tanh.html
    """
    return record_with_output(
        "TanhBackward0", wrap(below.tanh(input._raw)), (input, lambda g, y: g - g * y * y)
    )


def sigmoid(input: Tensor) -> Tensor:
    """Take the logistic function: ``1 / (1 + e^-x)``; the derivative is ``y (1 - y)``.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.sigmoid.html
    """
    value = 1 / (1 + below.exp(-(input._raw * 1.0)))
    return record_with_output(
        "SigmoidBackward0", wrap(value), (input, lambda g, y: g * y * (1 - y))
    )


def relu(input: Tensor) -> Tensor:
    """Take the positive part: ``max(x, 0)``.

    Gradient: 0 at 0.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.relu.html
    """
    return record_with_output(
        "ReluBackward0", wrap(below.maximum(input._raw, 0)), (input, lambda g, y: g * (y > 0))
    )


def leaky_relu(input: Tensor, negative_slope: float = 0.01) -> Tensor:
    """Take x where it is positive, ``negative_slope * x`` elsewhere.

    Gradient: `negative_slope` at 0.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.leaky_relu.html
    """
    value = below.where(input._raw > 0, input._raw, input._raw * negative_slope)
    return record(
        "LeakyReluBackward0",
        wrap(value),
        (input, lambda g: where(input > 0, g, g * negative_slope)),
    )


def abs(input: Tensor) -> Tensor:
    """Take the absolute value.

    Gradient: the sign, 0 at 0.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.abs.html
    """
    return record(
        "AbsBackward0",
        wrap(below.abs(input._raw)),
        (input, lambda g: where(input > 0, g, where(input < 0, -g, g * input))),
    )


# --- Functions of several tensors


def maximum(input: Tensor, other: Tensor) -> Tensor:
    """Take the larger of each two elements; NaN where either is.

    Gradient: to the larger; half to each where they are equal.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.maximum.html
    """
    return record(
        "MaximumBackward0",
        wrap(below.maximum(input._raw, other._raw)),
        (input, lambda g: where(input > other, g, where(input == other, g / 2, 0.0))),
        (other, lambda g: where(other > input, g, where(input == other, g / 2, 0.0))),
    )


def minimum(input: Tensor, other: Tensor) -> Tensor:
    """Take the smaller of each two elements; NaN where either is.

    Gradient: to the smaller; half to each where they are equal.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.minimum.html
    """
    return record(
        "MinimumBackward0",
        wrap(below.minimum(input._raw, other._raw)),
        (input, lambda g: where(input < other, g, where(input == other, g / 2, 0.0))),
        (other, lambda g: where(other < input, g, where(input == other, g / 2, 0.0))),
    )


def where(condition: Tensor, input: Tensor | float, other: Tensor | float) -> Tensor:
    """Take elements of `input` where `condition` holds, of `other` elsewhere; broadcasts.

    Gradient: to the one that was taken; 0 to the other, whatever is there, NaN too.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.where.html
    """
    if condition.dtype is not below.bool:
        raise RuntimeError(
            "where expected condition to be a boolean tensor, "
            f"but got a tensor with dtype {condition.dtype}"
        )
    edges = []
    if isinstance(input, _tensor.Tensor):
        edges.append((input, lambda g: where(condition, g, 0.0)))
    if isinstance(other, _tensor.Tensor):
        edges.append((other, lambda g: where(condition, 0.0, g)))
    return record(
        "WhereBackward0", wrap(below.where(condition._raw, _raw(input), _raw(other))), *edges
    )
