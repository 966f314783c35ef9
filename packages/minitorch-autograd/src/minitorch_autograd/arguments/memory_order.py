"""In which order the elements of a tensor lie in memory, for what is made like it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from .extensions import strides

if TYPE_CHECKING:
    from minitorch_tensor import Tensor as Raw


def laid_out_like(like: Raw, make: Callable[[tuple[int, ...]], Raw]) -> Raw:
    """Return what `make` gives for the shape of `like`, with the dimensions in its memory's order.

    So ``empty_like(x.t())`` is a transposed matrix, too, and what is drawn at random fills it as it
    lies in memory. Nothing is left between the elements, even if `like` is every second of others.
    """
    if like.is_contiguous():
        return make(like.shape)
    order = _outermost_first(like)
    return _turned_back(order, make(tuple(like.shape[dim] for dim in order)))


def copied(x: Raw) -> Raw:
    """Return a copy that lies in memory as `x` does, with nothing between its elements."""
    if x.is_contiguous():
        return x.clone()
    order = _outermost_first(x)
    return _turned_back(order, x.permute(tuple(order)).clone())


def _turned_back(order: list[int], made: Raw) -> Raw:
    """Return what was made with its dimensions in an order, with them as they are counted."""
    return made.permute(tuple(sorted(range(len(order)), key=order.__getitem__)))


def _outermost_first(x: Raw) -> list[int]:
    """Return the dimensions of `x` by their strides, the largest first.

    One that is broadcast (its stride is 0) stays where it is beside the others.

    Source: `infer_dense_strides` in ATen/ExpandUtils.cpp of PyTorch, which is an insertion sort
    """
    try:
        steps = strides.strides(x)
    except NotImplementedError:  # a layer that does not tell them
        return [*range(len(x.shape))]
    order = [*reversed(range(len(steps)))]  # the innermost first
    for i in range(1, len(order)):
        place = i
        for before in reversed(range(i)):
            inner, outer = order[before], order[place]
            if not steps[inner] or not steps[outer]:
                continue
            if (steps[inner], x.shape[inner]) > (steps[outer], x.shape[outer]):
                order[before], order[place] = outer, inner
                place = before
            elif steps[inner] < steps[outer]:
                break
    return order[::-1]
