"""State dicts to files and back, in the safetensors format: numbers, shapes and names, no code.

Elements go through Python's own numbers, so that every tensor layer can be saved, also one that
knows no NumPy. PyTorch reads and writes these files by `safetensors.torch`.

Source: https://huggingface.co/docs/safetensors
"""

from __future__ import annotations

import os
import struct
from array import array
from collections.abc import Mapping
from pathlib import Path
from typing import Final, TypedDict

from safetensors import SafetensorError, TensorSpec, deserialize, serialize

from minitorch_autograd import Tensor, bool, float32, float64, int64, tensor


class _Entry(TypedDict):
    """One tensor in a file."""

    dtype: str
    shape: list[int]
    data: bytearray


# Each element type with its names in a specification, in a file, and in `struct`.
FORMATS: Final = {
    float32: ("float32", "F32", "f"),
    float64: ("float64", "F64", "d"),
    int64: ("int64", "I64", "q"),
    bool: ("bool", "BOOL", "?"),
}
READ: Final = {code: (dtype, letter) for dtype, (_, code, letter) in FORMATS.items()}


def save(obj: Mapping[str, Tensor], f: str | os.PathLike[str]) -> None:
    """Write a state dict to a file, whole or not at all.

    Args:
        obj: tensors by name, such as `model.state_dict()`.
        f: the path of the file, which is replaced if there is one.

    Raises:
        TypeError: if `obj` is not a mapping of names to tensors, or one has elements of a type
            that the table here doesn't know.
        OSError: if the file can't be written.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.save.html. Departure: torch
    pickles any object.
    """
    if not isinstance(obj, Mapping):
        raise TypeError(
            f"save: expected a state dict (tensors by name), got {type(obj).__name__}; "
            "a module or an optimizer has one: state_dict()"
        )
    specifications = {}
    buffers = []  # the specifications point into them
    for name, value in obj.items():
        if not isinstance(name, str) or not isinstance(value, Tensor):
            raise TypeError(
                "save: expected tensors by name, "
                f"got {type(value).__name__} under {name!r}; save what is not a tensor elsewhere"
            )
        if value.dtype not in FORMATS:
            raise TypeError(
                f"save: {name} has elements of type {value.dtype}; "
                f"known here: {', '.join(map(repr, FORMATS))}; cast it first"
            )
        kind, _, letter = FORMATS[value.dtype]
        elements = value.reshape((-1,)).tolist()
        assert isinstance(elements, list)
        buffer = array("B", struct.pack(f"<{len(elements)}{letter}", *elements))
        buffers.append(buffer)
        address, length = buffer.buffer_info()
        specifications[name] = TensorSpec(
            dtype=kind, shape=value.shape, data_ptr=address, data_len=length
        )
    _replace(Path(f), serialize(specifications))


def _replace(path: Path, content: bytes) -> None:
    """Write `content` to `path` so that whoever looks finds the old file or the new one, whole."""
    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        with partial.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise


def load(f: str | os.PathLike[str]) -> dict[str, Tensor]:
    """Read a state dict that `save` wrote, or any other file in the safetensors format.

    Args:
        f: the path of the file.

    Returns:
        The tensors by name, in the order of their names; they track nothing.

    Raises:
        OSError: if the file can't be read.
        RuntimeError: if it is in another format, cut short, or has elements of a type that
            tensors here don't have.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.load.html. Departure: torch
    unpickles.
    """
    entries: list[tuple[str, _Entry]]
    try:
        entries = deserialize(Path(f).read_bytes())  # type: ignore[no-untyped-call]  # it has none
    except SafetensorError as error:
        raise RuntimeError(
            f"load: {os.fspath(f)} is not a whole file in the safetensors format: {error}; "
            "PyTorch writes one by safetensors.torch.save_file"
        ) from None
    entries.sort(key=lambda one: one[0])  # the library gives them in no order
    return {name: _tensor(f, name, entry) for name, entry in entries}


def _tensor(f: str | os.PathLike[str], name: str, entry: _Entry) -> Tensor:
    if entry["dtype"] not in READ:
        raise RuntimeError(
            f"load: {os.fspath(f)}: {name} has elements of type {entry['dtype']}; "
            f"known here: {', '.join(READ)}; cast it before it is saved"
        )
    dtype, letter = READ[entry["dtype"]]
    count = len(entry["data"]) // struct.calcsize(f"<{letter}")
    elements = struct.unpack(f"<{count}{letter}", entry["data"])
    return tensor(list(elements), dtype=dtype).reshape(tuple(entry["shape"]))
