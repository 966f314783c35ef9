"""`save` and `load`: parameters and checkpoints in files that PyTorch reads, too.

Two formats: safetensors for state dicts (numbers, shapes and names), and PyTorch's own archives for
checkpoints (state dicts in dicts and lists, with numbers and texts). Reading either runs no code.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from minitorch_autograd import Tensor

from . import archive, safetensors_files
from .archive import Places
from .atomic_write import File, write

# Names that PyTorch's users give to its own format.
ARCHIVES: Final = {".pt", ".pth", ".ckpt", ".bin"}


def save(obj: object, f: File) -> None:
    """Write tensors to a file, whole or not at all: a process that is killed leaves the old file.

    Args:
        obj: tensors by name, such as `model.state_dict()`; in PyTorch's format also tensors,
            numbers, texts and None in dicts, lists, tuples and sets, such as a checkpoint.
        f: the path of the file, which is replaced if there is one and keeps its mode, owner and
            links, or a binary file to write to. A path that ends in .pt, .pth, .ckpt or .bin is
            written in PyTorch's format, any other in that of safetensors. A binary file gets
            safetensors if that can hold `obj`.

    Raises:
        TypeError: if the format can't hold `obj`, or something in it.
        OSError: if the file can't be written, or is read-only.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.save.html. Departure: torch
    pickles any object.
    """
    if isinstance(f, str | os.PathLike):
        as_archive = Path(f).suffix in ARCHIVES
    elif hasattr(f, "write"):
        as_archive = not _is_state(obj)
    else:
        raise TypeError(f"save: expected a path or a binary file, got {type(f).__name__}")
    write(f, archive.write(obj) if as_archive else safetensors_files.write(obj))


def _is_state(obj: object) -> bool:
    return isinstance(obj, Mapping) and all(isinstance(one, Tensor) for one in obj.values())


# What is in a file is known when it is read.
def load(f: File, map_location: Places = None, *, weights_only: bool = True) -> Any:  # noqa: ANN401
    """Read what `save` wrote, or PyTorch, or anything else in the format of safetensors.

    Args:
        f: the path of the file, or a binary file to read from.
        map_location: where to put tensors that were saved on another device: the CPU, as a name or
            a device, by the other device's name in a mapping, or as what a function would leave.
        weights_only: True, as only tensors and plain containers are read; False raises.

    Returns:
        For safetensors, the tensors by name, in the order of their names; for an archive, what was
        saved, with `requires_grad` as it was. Each tensor has memory of its own.

    Raises:
        OSError: if the file can't be read.
        RuntimeError: if it is in another format, damaged, or has elements of a type that tensors
            here don't have; if it was saved on another device and `map_location` is not the CPU.
        UnpicklingError: if an archive has anything but tensors and plain containers.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.load.html. Departure: torch
    unpickles any object if it is told to.
    """
    told = map_location is None or isinstance(map_location, Mapping) or callable(map_location)
    if not told and str(map_location).partition(":")[0] != "cpu":
        raise RuntimeError(f"load: map_location={map_location!r}: tensors are on the CPU here")
    if not weights_only:
        raise RuntimeError("load: weights_only=False would run code that is in the file; use torch")
    if isinstance(f, str | os.PathLike):
        content, name = Path(f).read_bytes(), os.fspath(f)
    elif hasattr(f, "read"):
        content, name = f.read(), getattr(f, "name", "the file")
    else:
        raise TypeError(f"load: expected a path or a binary file, got {type(f).__name__}")
    if not isinstance(content, bytes):
        raise TypeError(f"load: {name} gives {type(content).__name__}; open it as binary: 'rb'")
    if content.startswith(b"PK"):
        return archive.read(content, name, map_location)
    return safetensors_files.read(content, name)
