"""Dimensions and shapes, brought into one form: dimensions from the left, shapes as tuples."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import prod
from operator import index
from types import NoneType
from typing import Final

from .type_errors import refuse_misfits_of_callers

LARGEST: Final = 2**60  # elements


def wrap_dim(dim: int, ndim: int) -> int:
    """Return `dim` counted from the left: -1 is the last of `ndim`. A 0-d tensor has one, 0."""
    bound = max(ndim, 1)
    try:
        inside = -bound <= dim < bound
    except TypeError:
        refuse_misfits_of_callers()
        raise
    if not inside:
        raise IndexError(
            f"Dimension out of range (expected to be in range of [{-bound}, {bound - 1}], "
            f"but got {dim})"
        )
    return dim % bound


def wrap_dims(dim: int | Sequence[int] | None, ndim: int) -> tuple[int, ...]:
    """Return the dimensions that `dim` names as a sorted tuple; None and () mean all of them."""
    if isinstance(dim, int):
        dim = wrap_dim(dim, ndim)
        return (dim,) if ndim else ()
    if not isinstance(dim, (tuple, list, NoneType)):
        refuse_misfits_of_callers()
    if not dim:  # None, and as in torch also an empty list
        return tuple(range(ndim))
    try:
        dims = sorted([wrap_dim(one, ndim) for one in dim])
    except TypeError:
        refuse_misfits_of_callers()
        raise
    for one, following in pairwise(dims):
        if one == following:
            raise RuntimeError(f"dim {one} appears multiple times in the list of dims")
    return tuple(dims) if ndim else ()


def one_shape(size: tuple[int | Sequence[int], ...]) -> tuple[int, ...]:
    """Return the shape given as `f(2, 3)` or `f((2, 3))`."""
    if len(size) == 1 and not isinstance(size[0], int):
        return tuple(size[0])
    return size  # type: ignore[return-value]  # all ints, or what uses them raises


def shape_of(
    operation: str, size: tuple[int | Sequence[int], ...], named: Sequence[int] | None = None
) -> tuple[int, ...]:
    """Return the shape of a new tensor, given as `f(2, 3)`, `f((2, 3))` or `f(size=...)`."""
    if named is not None:
        size = (named,)
    if not size:
        raise TypeError(f'{operation}() missing 1 required positional arguments: "size"')
    listed = len(size) == 1 and isinstance(size[0], Sequence) and not isinstance(size[0], str)
    shape = []
    for place, n in enumerate(size[0] if listed else size, 1):  # type: ignore[arg-type]  # as listed
        try:
            shape.append(index(n))  # type: ignore[arg-type]  # a sequence is refused
        except TypeError:
            if listed or place > 1:
                problem = (
                    f"argument 'size' failed to unpack the object at pos {place} with error "
                    f'"type must be tuple of ints,but got {type(n).__name__}"'
                )
            else:
                problem = (
                    "argument 'size' (position 1) must be tuple of ints, not " + type(n).__name__
                )
            raise TypeError(f"{operation}(): {problem}") from None
        if shape[-1] < 0:
            raise RuntimeError(
                f"{operation}: Dimension size must be non-negative. Trying to create tensor with "
                f"negative dimension {n}: {list(size[0] if listed else size)}"  # type: ignore[arg-type]
            )
    if prod(shape) > LARGEST:
        refuse_too_large(operation, shape)
    return tuple(shape)


def refuse_too_large(operation: str, shape: Sequence[int]) -> None:
    """Raise RuntimeError if elements of 8 bytes would be more than can be addressed."""
    if prod(shape) > LARGEST or (shape and max(shape) > LARGEST):
        raise RuntimeError(
            f"{operation}: Storage size calculation overflowed with sizes={list(shape)}"
        )


def refuse_negative(shape: Sequence[int]) -> None:
    """Raise RuntimeError if a size is below 0."""
    for n in shape:
        if n < 0:
            raise RuntimeError(
                f"Trying to create tensor with negative dimension {n}: {list(shape)}"
            )


def infer(shape: tuple[int, ...], numel: int) -> tuple[int, ...]:
    """Return `shape` with its -1 replaced by the size that makes `numel` elements."""
    if -1 not in shape:
        if prod(shape) != numel:
            refuse_misfits_of_callers()
            raise RuntimeError(f"shape '{list(shape)}' is invalid for input of size {numel}")
        if not numel:
            refuse_too_large("view", shape)
        return shape
    known = prod(n for n in shape if n != -1)
    if shape.count(-1) > 1:
        raise RuntimeError(f"only one dimension can be inferred: shape '{list(shape)}'")
    if not known or numel % known:
        raise RuntimeError(f"shape '{list(shape)}' is invalid for input of size {numel}")
    return tuple(numel // known if n == -1 else n for n in shape)
