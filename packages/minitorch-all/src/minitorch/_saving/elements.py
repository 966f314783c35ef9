"""Tensors as bytes and back, by Python's own numbers.

So tensors of every tensor layer can be saved, also of one without NumPy.
"""

from __future__ import annotations

import struct
from typing import Final, NamedTuple

import minitorch_autograd
from minitorch_autograd import Tensor, dtype, tensor

from .excerpts import cut, shown


class Format(NamedTuple):
    """How elements of a type are written."""

    name: str  # in a specification of safetensors, and here
    code: str  # in a file of safetensors
    letter: str  # for `struct`
    storage: str  # PyTorch's class

    @property
    def floats(self) -> bool:
        """Whether the elements are floats, which can track gradients."""
        return self.letter in "dfe"

    @property
    def size(self) -> int:
        """The bytes of an element."""
        return struct.calcsize(f"<{self.letter}")


_KNOWN: Final = (
    Format("float64", "F64", "d", "DoubleStorage"),
    Format("float32", "F32", "f", "FloatStorage"),
    Format("float16", "F16", "e", "HalfStorage"),
    Format("int64", "I64", "q", "LongStorage"),
    Format("int32", "I32", "i", "IntStorage"),
    Format("int16", "I16", "h", "ShortStorage"),
    Format("int8", "I8", "b", "CharStorage"),
    Format("uint8", "U8", "B", "ByteStorage"),
    Format("bool", "BOOL", "?", "BoolStorage"),
)
# A small autograd layer may lack some.
FORMATS: Final[dict[dtype, Format]] = {
    getattr(minitorch_autograd, one.name): one
    for one in _KNOWN
    if hasattr(minitorch_autograd, one.name)
}


def format_of(what: str, value: Tensor) -> Format:
    """Return the format of the elements of `value`.

    Raises:
        TypeError: if files cannot have this type.
    """
    if value.dtype not in FORMATS:
        raise TypeError(
            f"save: {what} has elements of type {value.dtype}; "
            f"known here: {', '.join(map(repr, FORMATS))}; cast it first"
        )
    return FORMATS[value.dtype]


def to_bytes(value: Tensor, how: Format) -> bytes:
    """Return the elements in row-major order, little-endian."""
    elements = value.reshape((-1,)).tolist()
    assert isinstance(elements, list)
    return struct.pack(f"<{len(elements)}{how.letter}", *elements)


def from_bytes(data: bytes, how: Format, order: str = "<") -> list[float]:
    """Return the elements in `data`."""
    return list(struct.unpack(f"{order}{len(data) // how.size}{how.letter}", data))


def make(file: str, elements: list[float], shape: tuple[int, ...], how: Format) -> Tensor:
    """Return a tensor of elements that were in a file.

    Raises:
        RuntimeError: if no tensor has such a shape.
    """
    try:
        return tensor(elements, dtype=getattr(minitorch_autograd, how.name)).reshape(shape)
    except (ValueError, OverflowError, RuntimeError) as error:
        raise RuntimeError(
            f"load: {file}: no tensor has the shape {shown(shape)}: {cut(str(error))}"
        ) from None
