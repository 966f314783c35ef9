"""Arithmetic, each operation with its derivative.

In a rule `g` is the gradient of the output. Broadcasting is not their business: the engine sums
what comes back to the shape of the input.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import minitorch_tensor as below

from . import _tensor
from ._elementwise import log, where
from ._graph import record, record_with_output, wrap
from ._inplace import write_out

if TYPE_CHECKING:
    from ._tensor import Tensor


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
