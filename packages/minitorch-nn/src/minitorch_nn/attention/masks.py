"""Masks of attention: numbers to add to scores, or bools."""

from __future__ import annotations

import warnings
from math import inf

from minitorch_autograd import Tensor, no_grad, zeros

from ..common.extensions import creation, indexing, shaping


def is_truth(mask: Tensor) -> bool:
    """Return whether a mask is one of bools."""
    return mask.dtype is (zeros((1,)) == 0).dtype


def hidden(where: Tensor, like: Tensor) -> Tensor:
    """Return what hides keys if it is added to their scores: -inf where `where`, else 0."""
    with no_grad():
        return indexing.masked_fill(zeros(where.shape, dtype=like.dtype), where, -inf)


def causal_mask(query: Tensor, key: Tensor) -> Tensor:
    """Return the mask by which each query sees no key behind it."""
    return shaping.triu(creation.full((query.shape[-2], key.shape[-2]), -inf, dtype=query.dtype), 1)


def additive_mask(
    mask: Tensor | None, like: Tensor, name: str, other: Tensor | None = None, other_name: str = ""
) -> Tensor | None:
    """Return a mask of modules, whose True ones are not looked at, as numbers to add to scores.

    Warns if `other`, the mask that is used with it, has another type.

    Raises:
        AssertionError: if the mask has neither bools nor floats.
    """
    if mask is None:
        return None
    if not is_truth(mask) and not mask.dtype.is_floating_point:
        raise AssertionError(
            f"only bool and floating types of {name} are supported, got {mask.dtype}"
        )
    if other is not None and mask.dtype is not other.dtype:
        warnings.warn(
            f"Support for mismatched {name} and {other_name} is deprecated. Use same type for both "
            "instead.",
            stacklevel=4,
        )
    return mask if mask.dtype.is_floating_point else hidden(mask, like)
