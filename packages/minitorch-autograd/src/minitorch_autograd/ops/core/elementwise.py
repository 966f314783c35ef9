"""Functions of one element at a time, `exp` to `where`, each with its derivative.

In a rule `g` is the gradient of the output, and `y` the output. A rule need not undo broadcasting:
the engine sums its gradient to the shape of the input.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import minitorch_tensor as below

from ...arguments.operands import unwrap, unwrap_operand
from ...engine.graph import record, record_with_output
from ...engine.value import Tensor, wrap
from ...engine.writes import write_out

if TYPE_CHECKING:
    from minitorch_tensor import Tensor as Raw

    from ...engine.node import OutputRule, Rule

__all__ = ["abs", "absolute", "exp", "log", "relu", "sigmoid", "sqrt", "tanh"]


def unary(name: str, function: Callable[[Raw], Raw], x: Tensor, rule: Rule) -> Tensor:
    """Return `function` of each element of `x`, recorded with its rule.

    Args:
        name: what `grad_fn` shows.
        function: from the tensor layer.
        x: the input.
        rule: from the gradient of the output, g, to that of the input.
    """
    try:
        raw = x._raw
    except AttributeError:
        raw = unwrap(x)  # raises; called only here, since each call costs time
    return record(name, wrap(function(raw)), (x, rule))


def unary_with_output(
    name: str, function: Callable[[Raw], Raw], x: Tensor, rule: OutputRule
) -> Tensor:
    """Same as `unary`, but the rule takes the gradient of the output, and the output: g and y."""
    try:
        raw = x._raw
    except AttributeError:
        raw = unwrap(x)  # raises
    return record_with_output(name, wrap(function(raw)), (x, rule))


# --- Functions of one tensor


def exp(input: Tensor) -> Tensor:
    """Compute ``e^x``; the derivative is ``y``."""
    return unary_with_output("ExpBackward0", below.exp, input, lambda g, y: g * y)


def log(input: Tensor) -> Tensor:
    """Compute the natural logarithm: -inf of 0, NaN of a negative; the derivative is ``1 / x``."""
    return unary("LogBackward0", below.log, input, lambda g: g / input)


def sqrt(input: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Compute the square root, NaN of a negative; with `out` it is written there, without gradient.

    Gradient: ``1 / (2 sqrt(x))``, inf at 0.
    """
    if out is not None:
        return write_out(out, "sqrt", below.sqrt, input)
    return unary_with_output("SqrtBackward0", below.sqrt, input, lambda g, y: g / (2 * y))


def tanh(input: Tensor) -> Tensor:
    """Compute the hyperbolic tangent; the derivative is ``1 - y^2``."""
    return unary_with_output("TanhBackward0", below.tanh, input, lambda g, y: g - g * y * y)


def sigmoid(input: Tensor) -> Tensor:
    """Compute the logistic function ``1 / (1 + e^-x)``; the derivative is ``y (1 - y)``."""
    x = unwrap(input)
    value = below.exp(-(x if x.dtype.is_floating_point else x.to(below.get_default_dtype())))
    value += 1.0
    value = 1.0 / value
    return record_with_output(
        "SigmoidBackward0", wrap(value), (input, lambda g, y: g * y * (1 - y))
    )


def relu(input: Tensor) -> Tensor:
    """Compute ``max(x, 0)``.

    Gradient: 0 at 0.
    """
    x = unwrap(input)
    if x.dtype is below.bool:
        raise RuntimeError("Boolean inputs not supported for relu: cast to int64 first")
    # Not `g * (y > 0)`: an infinite gradient would give NaN.
    return record_with_output(
        "ReluBackward0", wrap(below.maximum(x, 0)), (input, lambda g, y: where(y <= 0, 0.0, g))
    )


def abs(input: Tensor) -> Tensor:
    """Compute the absolute value.

    Gradient: the sign, 0 at 0.
    """
    return unary("AbsBackward0", below.abs, input, lambda g: g * signs(input))


def signs(x: Tensor) -> Tensor:
    """Return the sign of each element, as a constant without gradient; 0 of 0 and of NaN."""
    values = x._raw
    return wrap((values > 0).to(values.dtype) - (values < 0).to(values.dtype))


def where(condition: Tensor, input: Tensor | float, other: Tensor | float) -> Tensor:
    """Return `input` where `condition` is true, and `other` elsewhere; broadcasts.

    Gradient: to the one that was chosen, and 0 to the other, even where that is NaN.
    """
    if unwrap(condition).dtype is not below.bool:
        raise RuntimeError(
            "where expected condition to be a boolean tensor, "
            f"but got a tensor with dtype {condition.dtype}"
        )
    edges = []
    if isinstance(input, Tensor):
        edges.append((input, lambda g: where(condition, g, 0.0)))
    if isinstance(other, Tensor):
        edges.append((other, lambda g: where(condition, 0.0, g)))
    return record(
        "WhereBackward0",
        wrap(below.where(condition._raw, unwrap_operand(input), unwrap_operand(other))),
        *edges,
    )


# Other names that torch has for them.
absolute = abs
