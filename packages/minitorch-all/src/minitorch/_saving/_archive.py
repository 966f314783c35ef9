"""PyTorch's archives: a zip file of a pickle, `data.pkl`, and of the memory of its tensors.

In the pickle a tensor is a call of `torch._utils._rebuild_tensor_v2` with the name of its memory
(its *storage*), where it begins there, its shape and its strides.

Source: https://docs.pytorch.org/docs/stable/notes/serialization.html
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from itertools import product
from math import prod
from typing import Final, NamedTuple

from minitorch_autograd import Tensor
from minitorch_nn import Parameter

from ._elements import FORMATS, Format, format_of, from_bytes, make, to_bytes
from ._pickle_reading import Called, Name, Saved, UnpicklingError, unpickle
from ._pickle_writing import pickle

# An expanded tensor may have more elements than its memory, but not so many that it fills ours.
REPEATED: Final = 2**20
STORAGES: Final = {one.storage: one for one in FORMATS.values()}


class Storage(NamedTuple):
    """The memory of tensors."""

    how: Format
    elements: list[float]


def write(obj: object) -> bytes:
    """Return an archive that `torch.load` reads."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_STORED) as archive:
        tensors: list[Tensor] = []
        archive.writestr("archive/data.pkl", pickle(obj, tensors))
        archive.writestr("archive/byteorder", "little")
        for i, one in enumerate(tensors):
            archive.writestr(f"archive/data/{i}", to_bytes(one, format_of("a tensor", one)))
        archive.writestr("archive/version", "3\n")
    return content.getvalue()


def read(content: bytes, file: str) -> Saved:
    """Return what an archive holds: tensors, numbers and texts in plain containers."""
    try:
        return _Reader(zipfile.ZipFile(io.BytesIO(content)), file).read()
    except (zipfile.BadZipFile, EOFError) as error:
        raise RuntimeError(
            f"load: {file} is not a whole archive of PyTorch's: {error}; was it cut short?"
        ) from None
    except UnpicklingError as error:
        raise UnpicklingError(f"load: {file}: {error}; nothing of it was run") from None


class _Reader:
    """The reading of one archive."""

    def __init__(self, archive: zipfile.ZipFile, file: str) -> None:
        self._archive = archive
        self._file = file
        self._storages: dict[str, Storage] = {}
        names = [name for name in archive.namelist() if name.endswith("/data.pkl")]
        if len(names) != 1 or names[0].count("/") != 1:
            raise RuntimeError(
                f"load: {file} is a zip file, but no archive of PyTorch's: it has no data.pkl (was "
                "it made by torch.jit, or a PyTorch before 1.6?)"
            )
        self._folder = names[0].removesuffix("data.pkl")
        told = f"{self._folder}byteorder" in archive.namelist()
        self._order = ">" if told and self._bytes("byteorder") == b"big" else "<"

    def read(self) -> Saved:
        return unpickle(self._bytes("data.pkl"), self._storage, self._call)

    def _bytes(self, name: str) -> bytes:
        try:
            entry = self._archive.getinfo(self._folder + name)
        except KeyError:
            raise RuntimeError(
                f"load: {self._file} lacks {name}, which its data.pkl asks for"
            ) from None
        if entry.compress_type != zipfile.ZIP_STORED:
            raise RuntimeError(
                f"load: {self._file}: {name} is compressed, which PyTorch does not do"
            )
        return self._archive.read(entry)

    def _storage(self, key: Saved) -> Storage:
        """Return the memory that a tuple ("storage", type, key, device, number) names."""
        if not (isinstance(key, tuple) and len(key) == 5 and key[0] == "storage"):
            raise UnpicklingError(f"expected the name of a storage, got {key!r:.60}")
        _, kind, name, _, number = key
        how = STORAGES.get(kind.name) if isinstance(kind, Name) and kind.module == "torch" else None
        if how is None:
            raise RuntimeError(
                f"load: {self._file} has a tensor of {kind}; known here: "
                f"{', '.join(one.name for one in FORMATS.values())}; cast it before it is saved"
            )
        # Only such a name stays in the folder.
        if not isinstance(name, str) or not re.fullmatch(r"[0-9]+", name):
            raise UnpicklingError(f"a storage has a number for its name, not {name!r:.60}")
        if name not in self._storages:
            elements = from_bytes(self._whole(name, how, number), how, self._order)
            self._storages[name] = Storage(how, elements)
        if self._storages[name].how != how:
            raise RuntimeError(f"load: {self._file}: storage {name} has two element types")
        return self._storages[name]

    def _whole(self, name: str, how: Format, number: Saved) -> bytes:
        data = self._bytes(f"data/{name}")
        if not isinstance(number, int) or len(data) != number * how.size:
            raise RuntimeError(
                f"load: {self._file}: storage {name} has {len(data)} bytes, and should have "
                f"{number} elements of {how.name}"
            )
        return data

    def _call(self, name: Name, arguments: tuple[Saved, ...]) -> Called:
        """Make what the few functions make that a pickle may call."""
        match name, arguments:
            case Name("torch._utils", "_rebuild_tensor_v2"), (Storage() as storage, *rest):
                return _tensor(storage, *rest[:3])
            case Name("torch._utils", "_rebuild_parameter"), (Tensor() as data, bool(tracks), *_):
                return Parameter(data, tracks)
            case Name("torch", "Size"), (tuple() as sizes,):
                return sizes
        raise UnpicklingError(f"it calls {name} with other arguments than those of a tensor")


def _tensor(
    storage: Storage, offset: Saved = None, size: Saved = None, stride: Saved = None
) -> Tensor:
    if not (isinstance(offset, int) and offset >= 0 and _are_sizes(size) and _are_sizes(stride)):
        raise UnpicklingError(f"no tensor has {offset=}, {size=}, {stride=}")
    if len(size) != len(stride):
        raise UnpicklingError(f"a tensor has {size=} and {stride=}, which differ in length")
    elements, count = storage.elements, prod(size)
    last = offset + sum((n - 1) * step for n, step in zip(size, stride, strict=True))
    if count and last >= len(elements):
        raise RuntimeError(
            f"load: a tensor of {size=} and {stride=} from {offset} on reaches element {last} of a "
            f"storage of {len(elements)}"
        )
    if count > max(len(elements), REPEATED):
        raise RuntimeError(f"load: a tensor of {size=} repeats a storage of {len(elements)}")
    if not count or _in_order(size, stride):
        return make(elements[offset : offset + count], size, storage.how)
    places = product(*([i * step for i in range(n)] for n, step in zip(size, stride, strict=True)))
    return make([elements[offset + sum(place)] for place in places], size, storage.how)


def _are_sizes(value: Saved) -> bool:
    return isinstance(value, tuple) and all(type(n) is int and n >= 0 for n in value)


def _in_order(size: Sequence[int], stride: Sequence[int]) -> bool:
    """Whether the elements lie side by side in row-major order."""
    step = 1
    for n, own in zip(reversed(size), reversed(stride), strict=True):
        if n != 1 and own != step:
            return False
        step *= n
    return True
