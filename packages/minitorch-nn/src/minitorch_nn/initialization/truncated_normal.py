"""The normal distribution between two bounds."""

from __future__ import annotations

import warnings
from math import erf, sqrt

from minitorch_autograd import Generator, Tensor, empty_like, no_grad, where, zeros

from ..common.extensions import elementwise, reductions
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
    Each time numbers are drawn for all elements, and used where they are still missing.

    Raises:
        RuntimeError: if a is greater than b.
    """
    if mean < a - 2 * std or mean > b + 2 * std:
        warnings.warn(
            "mean is more than 2 std from [a, b] in nn.init.trunc_normal_. The distribution of "
            "values may be incorrect.",
            stacklevel=3,
        )
    if is_skipped():
        return tensor
    share = (erf((b - mean) / (std * sqrt(2))) - erf((a - mean) / (std * sqrt(2)))) / 2
    highest = -0.5 * ((max(a, min(mean, b)) - mean) / std) ** 2  # logarithm of the density

    def draw(place: Tensor) -> tuple[Tensor, Tensor]:
        """Write numbers into a tensor; return it, and which of them are wrong."""
        if share > 0.3:
            drawn = place.normal_(mean, std, generator=generator)
            # The bounds as numbers of the type.
            low, high = (zeros((), dtype=drawn.dtype) + bound for bound in (a, b))
            return drawn, elementwise.logical_or(drawn < low, drawn > high)
        drawn = place.uniform_(a, b, generator=generator)
        density = elementwise.square((drawn - mean) / std) * -0.5 - highest
        chance = empty_like(drawn).uniform_(generator=generator)
        return drawn, chance.log() > density

    with no_grad():
        result, missing = draw(tensor)
        while bool(reductions.any(missing)):
            drawn, wrong = draw(empty_like(tensor))
            result = where(missing, drawn, result)
            missing = elementwise.logical_and(missing, wrong)
        return tensor if result is tensor else tensor.copy_(result)
