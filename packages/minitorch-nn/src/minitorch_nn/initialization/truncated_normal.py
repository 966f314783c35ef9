"""The normal distribution between two bounds."""

from __future__ import annotations

import warnings
from math import erf, sqrt

from minitorch_autograd import Generator, Tensor, no_grad, rand, where

from ..common.extensions import elementwise, random, reductions
from .constants import is_skipped


def trunc_normal_(
    tensor: Tensor,
    mean: float = 0.0,
    std: float = 1.0,
    a: float = -2.0,
    b: float = 2.0,
    generator: Generator | None = None,
) -> Tensor:
    """Draw from the normal distribution between a and b; return `tensor`.

    By rejection: where that is likely to succeed, normal numbers until they are between a and b;
    else numbers that are uniform between them, kept with a probability as the normal density is.

    Raises:
        RuntimeError: if a is greater than b.
    """
    if mean < a - 2 * std or mean > b + 2 * std:
        warnings.warn(
            "mean is more than 2 std from [a, b] in nn.init.trunc_normal_. The distribution of "
            "values may be incorrect.",
            stacklevel=3,
        )
    if a > b:
        raise RuntimeError(
            f"uniform_ expects to return a [from, to) range, but found from={a:g} > to={b:g}"
        )
    if is_skipped():
        return tensor
    share = (erf((b - mean) / (std * sqrt(2))) - erf((a - mean) / (std * sqrt(2)))) / 2
    highest = ((max(a, min(mean, b)) - mean) / std) ** 2  # where the density is

    def propose() -> tuple[Tensor, Tensor]:
        """Return numbers, and which of them are right."""
        if share > 0.3:
            drawn = random.randn(tensor.shape, generator=generator, dtype=tensor.dtype)
            drawn = drawn * std + mean
            return drawn, elementwise.logical_and(
                elementwise.ge(drawn, a), elementwise.le(drawn, b)
            )
        drawn = rand(tensor.shape, generator=generator, dtype=tensor.dtype) * (b - a) + a
        square = elementwise.square((drawn - mean) / std)
        chance = rand(tensor.shape, generator=generator, dtype=tensor.dtype)
        return drawn, elementwise.le(chance, ((-square + highest) * 0.5).exp())

    with no_grad():
        result, right = propose()
        while not bool(reductions.all(right)):
            again, right_now = propose()
            result = where(right, result, again)
            right = elementwise.logical_or(right, right_now)
        return tensor.copy_(elementwise.clamp(result, min=a, max=b))
