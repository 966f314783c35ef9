"""The element types, and the rule by which two of them meet."""

from __future__ import annotations

from typing import Final

import numpy as np


class dtype:  # noqa: N801  (torch's name)
    """An element type: `float32`, `float64`, `int64` or `bool`.

    There is one object of each, so that `is` compares them. Its text is torch's, `torch.float32`.
    """

    __slots__ = ("is_floating_point", "itemsize", "name", "numpy")

    def __init__(self, name: str) -> None:
        self.name: Final = name
        self.numpy: Final = np.dtype(name)
        self.itemsize: Final = self.numpy.itemsize
        self.is_floating_point: Final = self.numpy.kind == "f"

    def __repr__(self) -> str:
        return f"torch.{self.name}"

    def __reduce__(self) -> str:
        # Pickled and copied by name, so that there stays one object of each.
        return "bool_" if self.name == "bool" else self.name


float32: Final = dtype("float32")
float64: Final = dtype("float64")
int64: Final = dtype("int64")
bool_: Final = dtype("bool")

default_float: Final = float32

DTYPES: Final = {one.numpy: one for one in (float32, float64, int64, bool_)}


# A float meets an integer as the float, whatever their sizes: bool < integers < floats.
CATEGORY: Final = {"b": 0, "i": 1, "f": 2}


def promote_types(a: np.dtype[np.generic], b: np.dtype[np.generic]) -> np.dtype[np.generic]:
    """Return the type in which elements of `a` and `b` meet (torch's rule, not NumPy's)."""
    if a.kind == b.kind:
        return np.promote_types(a, b)
    return a if CATEGORY[a.kind] > CATEGORY[b.kind] else b
