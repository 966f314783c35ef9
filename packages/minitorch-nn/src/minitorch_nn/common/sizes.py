"""Options that are one number for all spatial dimensions, or one for each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from minitorch_autograd import zeros

Size: TypeAlias = "int | Sequence[int]"


def each(option: str, value: Size, ndim: int, kind: str = "convolution") -> tuple[int, ...]:
    """Return a number for each of `ndim` dimensions.

    Raises:
        RuntimeError: if there are neither one nor `ndim` of them.
    """
    if isinstance(value, int):
        return (value,) * ndim
    numbers = tuple(value)
    if len(numbers) == 1:
        return numbers * ndim
    if len(numbers) != ndim:
        raise RuntimeError(
            f"expected {option} to be a single integer value or a list of {ndim} values to match "
            f"the {kind} dimensions, but got {option}={list(numbers)}"
        )
    return numbers


def ensure_room(shape: Sequence[int]) -> None:
    """Raise RuntimeError or MemoryError where there is no memory for so many numbers.

    For work that would take as long as the result is large to find it out.
    """
    zeros(tuple(n or 1 for n in shape))


def text(sizes: Sequence[int]) -> str:
    """Write sizes as torch does: ``(2 x 3)``."""
    return f"({' x '.join(map(str, sizes))})"
