"""Softmax and its variants, along a dimension.

In blocks that fit the cache; the values are those of `Tensor.softmax`, which is not.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from math import prod

from minitorch_autograd import Tensor, dtype, no_grad, rand, record, record_with_output, zeros

from ..common.dtypes import require_floats
from ..common.extensions import creation, elementwise, indexing, reductions, types
from ..common.fused import at_once, by_blocks, float16, in_float32

__all__ = ["log_softmax", "softmax", "softmin", "gumbel_softmax"]


def log_softmax(input: Tensor, dim: int | None = None, *, dtype: dtype | None = None) -> Tensor:
    """Compute the logarithm of softmax along `dim`: ``y = x - log sum e^x``.

    Args:
        input: any shape.
        dim: see `softmax`.
        dtype: what the input is cast to first.

    Gradient: ``g - e^y sum g``.
    """
    input, dim = _prepared("log_softmax", input, dim, dtype)
    if input.dtype is float16:
        return in_float32(log_softmax, input, dim)

    def program(x: Tensor, y: Tensor) -> None:
        # Less the largest, which cancels, so that no exponential overflows.
        shifted = x - x.amax(dim, keepdim=True)
        y.copy_(shifted - shifted.exp().sum(dim, keepdim=True).log())

    return record_with_output(
        "LogSoftmaxBackward0",
        _filled(program, dim, input),
        (input, lambda g, y: _log_softmax_gradient(g, y, dim)),
    )


def _log_softmax_gradient(g: Tensor, y: Tensor, dim: int) -> Tensor:
    def program(g: Tensor, y: Tensor, out: Tensor) -> None:
        out.copy_(g - y.exp() * g.sum(dim, keepdim=True))

    return record(
        "LogSoftmaxBackwardDataBackward0",
        _filled(program, dim, g, y),
        (g, lambda h: h - (h * y.exp()).sum(dim, keepdim=True)),
        (y, lambda h: -(h * y.exp() * g.sum(dim, keepdim=True))),
    )


def softmax(input: Tensor, dim: int | None = None, *, dtype: dtype | None = None) -> Tensor:
    """Compute the exponentials along `dim`, scaled to a sum of 1: ``y = e^x / sum e^x``.

    Args:
        input: any shape.
        dim: where it sums to 1. Left out, it is dimension 0 of 0, 1 or 3 dimensions and 1 of
            others, and a warning is given.
        dtype: what the input is cast to first.

    Gradient: ``y (g - sum g y)``.
    """
    input, dim = _prepared("softmax", input, dim, dtype)
    if input.dtype is float16:
        return in_float32(softmax, input, dim)

    def program(x: Tensor, y: Tensor) -> None:
        # Less the largest, which cancels, so that no exponential overflows.
        exponentials = (x - x.amax(dim, keepdim=True)).exp()
        y.copy_(exponentials / exponentials.sum(dim, keepdim=True))

    return record_with_output(
        "SoftmaxBackward0",
        _filled(program, dim, input),
        (input, lambda g, y: softmax_gradient(g, y, dim)),
    )


def softmax_gradient(g: Tensor, y: Tensor, dim: int) -> Tensor:
    """Return ``y (g - sum g y)``, the gradient of x where ``y = softmax(x)``."""

    def program(g: Tensor, y: Tensor, out: Tensor) -> None:
        out.copy_(y * (g - (g * y).sum(dim, keepdim=True)))

    def of_output(h: Tensor) -> Tensor:
        return h * (g - (g * y).sum(dim, keepdim=True)) - g * (h * y).sum(dim, keepdim=True)

    return record(
        "SoftmaxBackwardDataBackward0",
        _filled(program, dim, g, y),
        (g, lambda h: softmax_gradient(h, y, dim)),
        (y, of_output),
    )


def _filled(program: Callable[..., None], dim: int, *inputs: Tensor) -> Tensor:
    """Return what `program` writes into a tensor like the inputs, in blocks where they are rows."""
    shape = inputs[0].shape
    if not prod(shape):
        return zeros(shape, dtype=inputs[0].dtype)
    whole = len(shape) < 2 or dim not in (-1, len(shape) - 1)
    size = shape if whole else (prod(shape) // shape[-1], shape[-1])
    with no_grad():
        value = zeros(size, dtype=inputs[0].dtype)
        run = at_once if whole else by_blocks
        run(program, *[x.reshape(size) for x in inputs], value)
        return value.reshape(shape)


def softmin(input: Tensor, dim: int | None = None, *, dtype: dtype | None = None) -> Tensor:
    """Compute `softmax` of ``-x``."""
    input, dim = _prepared("softmin", input, dim, dtype)
    return softmax(-input, dim)


def gumbel_softmax(
    logits: Tensor, tau: float = 1, hard: bool = False, eps: float = 1e-10, dim: int = -1
) -> Tensor:
    """Draw from the classes that `logits` give probabilities of, in a way that has a gradient.

    It is ``softmax((x + G) / tau)`` for numbers G drawn from the Gumbel distribution: its largest
    element is at class k with the probability ``softmax(x)[k]``.

    Args:
        logits: (..., C, ...)
        tau: the temperature: the lower, the nearer to one-hot.
        hard: whether to return the one-hot vectors, with the gradient of the soft ones.
        eps: has no effect, as in torch.
        dim: the dimension of the classes.

    Source: Jang et al., "Categorical Reparameterization with Gumbel-Softmax", 2017
    """
    if eps != 1e-10:
        warnings.warn("`eps` parameter is deprecated and has no effect.", stacklevel=3)
    require_floats("gumbel_softmax", logits)
    # With u from U(0, 1), -log(1 - u) is exponentially distributed.
    waited = -elementwise.log1p(-rand(logits.shape, dtype=types.float64))
    gumbel = -waited.to(logits.dtype).log()
    soft = softmax((logits + gumbel) / tau, dim)
    if not hard:
        return soft
    largest = reductions.argmax(soft, dim, keepdim=True)
    one = creation.ones(largest.shape, dtype=soft.dtype)
    chosen = indexing.scatter_add(creation.zeros_like(soft), dim, largest, one)
    return chosen - soft.detach() + soft


def _prepared(name: str, input: Tensor, dim: int | None, dtype: dtype | None) -> tuple[Tensor, int]:
    """Return the input in the type that is asked for, and the dimension."""
    if dim is None:
        dim = 0 if len(input.shape) in (0, 1, 3) else 1
        warnings.warn(
            f"Implicit dimension choice for {name} has been deprecated. Change the call to include "
            "dim=X as an argument.",
            stacklevel=4,
        )
    elif dim == len(input.shape) - 1:
        dim = -1  # which it is of the rows, too
    cast = input if dtype is None else input.to(dtype)
    require_floats(name, cast)
    return cast, dim
