"""What a tensor is: a NumPy array in a slot. What it can do is in `tensor_class`, on top.

The functions of this package ask whether something is a tensor, and make tensors of their results.
Neither needs the methods, which are these functions themselves. So `Value`, the base class,
stands here, below them all; and `wrap` makes tensors of the class that `make_results_of` sets once.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy import ndarray
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.generic]
Nested: TypeAlias = "float | Sequence[Nested]"  # lists of lists of numbers


class Value:
    """What every tensor has: an array."""

    __slots__ = ("__weakref__", "_array")

    _array: Array

    def __init__(self, array: Array) -> None:
        # NumPy returns 0-d results as scalars, which have no memory to share or to write to;
        # `[...]` makes an array of one.
        self._array = array if isinstance(array, ndarray) else array[...]


if TYPE_CHECKING:
    # The one import that points upward, for type checkers only: to them `Tensor` is the full class.
    from ..tensor_class import Tensor as Tensor
else:
    Tensor = Value

_class: type[Tensor] = Tensor
_new = object.__new__


def wrap(array: Array) -> Tensor:
    """Return a tensor that shares the memory of `array`."""
    x = _new(_class)  # faster than calling the class
    x._array = array if isinstance(array, ndarray) else array[...]
    return x


def make_results_of(cls: type[Tensor]) -> None:
    """Let `wrap` make tensors of this class."""
    global _class
    _class = cls
