"""State dicts in the safetensors format: numbers, shapes and names, no code.

PyTorch reads and writes these files by `safetensors.torch`.

Source: https://huggingface.co/docs/safetensors
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from typing import Final, TypedDict

from safetensors import SafetensorError, TensorSpec, deserialize, serialize

from minitorch_autograd import Tensor

from .elements import FORMATS, format_of, from_bytes, make, to_bytes
from .excerpts import cut


class _Entry(TypedDict):
    """One tensor in a file."""

    dtype: str
    shape: list[int]
    data: bytearray


READ: Final = {one.code: one for one in FORMATS.values()}


def write(obj: object) -> bytes:
    """Return a file of tensors by name."""
    if not isinstance(obj, Mapping):
        raise TypeError(
            f"save: expected a state dict (tensors by name), got {type(obj).__name__}; "
            "a module or an optimizer has one: state_dict(); a path that ends in .pt takes tensors "
            "in dicts and lists, too"
        )
    specifications = {}
    buffers = []  # the specifications point into them
    for name, value in obj.items():
        if not isinstance(name, str) or not isinstance(value, Tensor):
            raise TypeError(
                f"save: expected tensors by name, got {type(value).__name__} under {name!r}; a "
                "path that ends in .pt takes dicts, lists, numbers and texts, too"
            )
        how = format_of(name, value)
        buffer = array("B", to_bytes(value, how))
        buffers.append(buffer)
        address, length = buffer.buffer_info()
        specifications[name] = TensorSpec(
            dtype=how.name, shape=value.shape, data_ptr=address, data_len=length
        )
    return serialize(specifications)


def read(content: bytes, file: str) -> dict[str, Tensor]:
    """Return the tensors by name."""
    entries: list[tuple[str, _Entry]]
    try:
        entries = deserialize(content)  # type: ignore[no-untyped-call]  # it has none
    except SafetensorError as error:
        raise RuntimeError(
            f"load: {file} is neither a whole file in the safetensors format "
            f"({cut(str(error))}) nor an archive of PyTorch's (which begins with PK)"
        ) from None
    entries.sort(key=lambda one: one[0])  # the library gives them in no order
    return {name: _tensor(file, name, entry) for name, entry in entries}


def _tensor(file: str, name: str, entry: _Entry) -> Tensor:
    if entry["dtype"] not in READ:
        raise RuntimeError(
            f"load: {file}: {cut(name)} has elements of type {entry['dtype']}; "
            f"known here: {', '.join(READ)}; cast it before it is saved"
        )
    how = READ[entry["dtype"]]
    return make(file, from_bytes(bytes(entry["data"]), how), tuple(entry["shape"]), how)
