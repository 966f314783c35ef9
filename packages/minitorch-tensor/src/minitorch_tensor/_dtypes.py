"""The element types, and the rule by which two of them meet."""

from __future__ import annotations

from typing import Final

import numpy as np


class dtype:  # noqa: N801  (torch's name)
    """An element type: bool, an integer, or a float.

    There is one object of each, so that `is` compares them. Its text is torch's, `torch.float32`.
    """

    __slots__ = ("is_complex", "is_floating_point", "is_signed", "itemsize", "name", "numpy")

    def __init__(self, name: str) -> None:
        self.name: Final = name
        self.numpy: Final = np.dtype(name)
        self.itemsize: Final = self.numpy.itemsize
        self.is_floating_point: Final = self.numpy.kind == "f"
        self.is_signed: Final = self.numpy.kind in "if"
        self.is_complex: Final = False

    def __repr__(self) -> str:
        return f"torch.{self.name}"

    def __reduce__(self) -> str:
        # Pickled and copied by name, so that there stays one object of each.
        return "bool_" if self.name == "bool" else self.name


float16: Final = dtype("float16")
float32: Final = dtype("float32")
float64: Final = dtype("float64")
uint8: Final = dtype("uint8")
int8: Final = dtype("int8")
int16: Final = dtype("int16")
int32: Final = dtype("int32")
int64: Final = dtype("int64")
bool_: Final = dtype("bool")

DTYPES: Final = {
    one.numpy: one for one in (float16, float32, float64, uint8, int8, int16, int32, int64, bool_)
}


class Default:
    """The floating type that Python floats stand for."""

    float = float32


def get_default_dtype() -> dtype:
    """Return the floating type that Python floats stand for: float32 until it is set."""
    return Default.float


def set_default_dtype(d: dtype, /) -> None:
    """Set the floating type that Python floats stand for."""
    if not (isinstance(d, dtype) and d.is_floating_point):
        raise TypeError(f"only floating-point types are supported as the default type, got {d!r}")
    Default.float = d


# A float meets an integer as the float, whatever their sizes: bool < integers < floats.
CATEGORY: Final = {"b": 0, "u": 1, "i": 1, "f": 2}


def promote_types(a: np.dtype[np.generic], b: np.dtype[np.generic]) -> np.dtype[np.generic]:
    """Return the type in which elements of `a` and `b` meet (torch's rule, not NumPy's)."""
    rank_a, rank_b = CATEGORY[a.kind], CATEGORY[b.kind]
    if rank_a == rank_b:
        return np.promote_types(a, b)
    return a if rank_a > rank_b else b
