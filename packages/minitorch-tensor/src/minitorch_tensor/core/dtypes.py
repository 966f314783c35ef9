"""The element types, and the default one."""

from __future__ import annotations

from typing import Final

import numpy as np

__all__ = [
    "bool",
    "dtype",
    "float16",
    "float32",
    "float64",
    "get_default_dtype",
    "int8",
    "int16",
    "int32",
    "int64",
    "set_default_dtype",
    "uint8",
]


class dtype:  # noqa: N801  (torch's name)
    """An element type: bool, an integer, or a float.

    There is one object of each, so they are compared by `is`. The text is torch's: `torch.float32`.
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
        # Pickled and copied by name, so there is still only one object of each.
        return self.name


float16: Final = dtype("float16")
float32: Final = dtype("float32")
float64: Final = dtype("float64")
uint8: Final = dtype("uint8")
int8: Final = dtype("int8")
int16: Final = dtype("int16")
int32: Final = dtype("int32")
int64: Final = dtype("int64")
bool: Final = dtype("bool")

DTYPES: Final = {
    one.numpy: one for one in (float16, float32, float64, uint8, int8, int16, int32, int64, bool)
}


class Default:
    """The type that Python floats become."""

    float = float32


def get_default_dtype() -> dtype:
    """Return the type that Python floats become: float32 until another one is set."""
    return Default.float


def set_default_dtype(d: dtype, /) -> None:
    """Set the type that Python floats become."""
    if not (isinstance(d, dtype) and d.is_floating_point):
        raise TypeError(f"only floating-point types are supported as the default type, got {d!r}")
    Default.float = d
