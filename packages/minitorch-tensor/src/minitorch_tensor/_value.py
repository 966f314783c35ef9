"""What a tensor is: a NumPy array in a slot. What it can do is the class on top, `_tensor`.

Every function of this package asks whether something is a tensor, and makes tensors of its
results. Neither needs the methods, which are these functions: so `Value` stands here, below them
all, and `wrap` makes results of the class that `make_results_of` was told once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy import ndarray
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.generic]


class Value:
    """What every tensor has: an array."""

    __slots__ = ("__weakref__", "_array")

    _array: Array

    def __init__(self, array: Array) -> None:
        # NumPy answers 0-d results as scalars, which have no memory to share or write to; `[...]`
        # makes arrays of them.
        self._array = array if isinstance(array, ndarray) else array[...]


if TYPE_CHECKING:
    from collections.abc import Sequence

    # The one import that points upward, for type checkers: to them a tensor has all its methods.
    from ._tensor import Tensor as Tensor

    Nested: TypeAlias = "float | Sequence[Nested]"
else:
    Tensor = Value

_class: type[Tensor] = Tensor
_new = object.__new__


def wrap(array: Array) -> Tensor:
    """Return a tensor of `array`, sharing its memory."""
    x = _new(_class)  # calling the class takes longer
    x._array = array if isinstance(array, ndarray) else array[...]
    return x


def make_results_of(cls: type[Tensor]) -> None:
    """Let `wrap` make tensors of this class."""
    global _class
    _class = cls
