"""PyTorch's archives: a zip file of a pickle, `data.pkl`, and of the memory of its tensors.

In the pickle a tensor is a call of `torch._utils._rebuild_tensor_v2` with the name of its memory
(its *storage*), where it begins there, its shape and its strides.

Source: https://docs.pytorch.org/docs/stable/notes/serialization.html
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from math import prod
from typing import Final, Protocol, TypeAlias

from minitorch_autograd import Tensor
from minitorch_nn import Parameter

from .elements import FORMATS, Format, format_of, from_bytes, make, to_bytes
from .excerpts import cut, shown
from .pickle_reading import Called, Name, Part, Saved, UnpicklingError, unpickle
from .pickle_writing import pickle


class Device(Protocol):
    """A place, as `device` makes them where the layer below knows of any."""

    @property
    def type(self) -> str:
        """Its kind, as "cpu"."""


# `map_location`: a device, a mapping from device to device, or a function.
Places: TypeAlias = "str | Device | Mapping[str, str] | Callable[..., object] | None"

# Tensors may share and repeat memory, but a small file must not fill ours: all of them together
# have at most REPEATED elements for each byte of the file, and MORE.
REPEATED: Final = 8
MORE: Final = 2**17
MOST_DIMENSIONS: Final = 64
# What `zipfile` raises for what it can't read, such as a damaged, encrypted or too new file.
ZIP_ERRORS: Final = (
    zipfile.BadZipFile, EOFError, LookupError, NotImplementedError, OSError, OverflowError,
    RuntimeError, ValueError, struct.error,
)  # fmt: skip
ORDERS: Final = {b"little": "<", b"big": ">"}
STORAGES: Final = {one.storage: one for one in FORMATS.values()}


@dataclass(frozen=True, eq=False)
class Storage(Part):
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


def read(content: bytes, file: str, places: Places = None) -> Saved:
    """Return what is in an archive: tensors, numbers and texts in plain containers.

    Args:
        content: of the file.
        file: its name, for errors.
        places: `map_location` of `load`.
    """
    try:
        return _Reader(content, file, places).read()
    except UnpicklingError as error:
        raise UnpicklingError(f"load: {file}: {error}; nothing of it was run") from None


class _Reader:
    """The reading of one archive."""

    def __init__(self, content: bytes, file: str, places: Places) -> None:
        self._file = file
        self._places = places
        self._storages: dict[str, Storage] = {}
        self._bytes_left = len(content)
        self._most = REPEATED * len(content) + MORE
        self._elements_left = self._most
        with self._whole():
            self._archive = zipfile.ZipFile(io.BytesIO(content))
        entries = self._archive.namelist()
        names = [name for name in entries if name.endswith("/data.pkl")]
        if len(names) != 1 or names[0].count("/") != 1:
            raise RuntimeError(
                f"load: {file} is a zip file, but no archive of PyTorch's: it has no data.pkl (was "
                "it made by torch.jit, or a PyTorch before 1.6?)"
            )
        self._folder = names[0].removesuffix("data.pkl")
        told = f"{self._folder}byteorder" in entries
        order = self._bytes("byteorder") if told else b"little"
        if order not in ORDERS:
            raise RuntimeError(
                f"load: {file} has bytes in the order {shown(order)}; expected little or big"
            )
        self._order = ORDERS[order]

    def read(self) -> Saved:
        return unpickle(self._bytes("data.pkl"), self._storage, self._call)

    @contextmanager
    def _whole(self) -> Iterator[None]:
        """Raise RuntimeError with the name of the file where `zipfile` raises its errors."""
        try:
            yield
        except ZIP_ERRORS as error:
            raise RuntimeError(
                f"load: {self._file} is not a whole archive of PyTorch's: "
                f"{cut(str(error) or type(error).__name__)}; was it cut short?"
            ) from None

    def _bytes(self, name: str) -> bytes:
        try:
            entry = self._archive.getinfo(self._folder + name)
        except KeyError:
            raise RuntimeError(
                f"load: {self._file} lacks {cut(name)}, which its data.pkl asks for"
            ) from None
        encrypted = entry.flag_bits & 1
        if encrypted or entry.compress_type != zipfile.ZIP_STORED:
            raise RuntimeError(
                f"load: {self._file}: {cut(name)} is {'encrypted' if encrypted else 'compressed'}, "
                "which PyTorch does not do"
            )
        with self._whole():
            data = self._archive.read(entry)
        self._bytes_left -= len(data)
        if self._bytes_left < 0:
            raise RuntimeError(f"load: {self._file} has the same bytes in several places")
        return data

    def _storage(self, key: Saved) -> Storage:
        """Return the storage for a tuple ("storage", type, key, device, number)."""
        if not (isinstance(key, tuple) and len(key) == 5 and key[0] == "storage"):
            raise UnpicklingError(f"expected the name of a storage, got {shown(key)}")
        _, kind, name, device, number = key
        how = STORAGES.get(kind.name) if isinstance(kind, Name) and kind.module == "torch" else None
        if how is None:
            raise RuntimeError(
                f"load: {self._file} has a tensor of {shown(kind)}; known here: "
                f"{', '.join(one.name for one in FORMATS.values())}; cast it before it is saved"
            )
        # A name with other characters could lead out of the folder.
        if not isinstance(name, str) or not re.fullmatch(r"[0-9]+", name):
            raise UnpicklingError(f"a storage has a number for its name, not {shown(name)}")
        self._refuse_elsewhere(device)
        if name not in self._storages:
            elements = from_bytes(self._memory(name, how, number), how, self._order)
            self._storages[name] = Storage(how, elements)
        if self._storages[name].how != how:
            raise RuntimeError(f"load: {self._file}: storage {cut(name)} has two element types")
        return self._storages[name]

    def _memory(self, name: str, how: Format, number: Saved) -> bytes:
        data = self._bytes(f"data/{name}")
        if type(number) is not int or len(data) != number * how.size:
            raise RuntimeError(
                f"load: {self._file}: storage {cut(name)} has {len(data)} bytes, and should have "
                f"{shown(number)} elements of {how.name}"
            )
        return data

    def _refuse_elsewhere(self, device: Saved) -> None:
        place = device
        if isinstance(self._places, Mapping):
            place = self._places.get(device, device) if isinstance(device, str) else device
        elif self._places is not None:
            place = "cpu"
        if place != "cpu":
            raise RuntimeError(
                f"load: {self._file}: Attempting to deserialize object on a device "
                f"{shown(device)}: tensors are on the CPU here; give map_location='cpu'"
            )

    def _call(self, name: Name, arguments: tuple[Saved, ...]) -> Called:
        """Return the result of a call in a pickle: only few functions are known."""
        match name, arguments:
            case (
                Name("torch._utils", "_rebuild_tensor_v2"),
                (Storage() as storage, offset, size, stride, bool(tracks), *_),
            ) if storage.how.floats or not tracks:
                return self._tensor(storage, offset, size, stride, tracks)
            case (
                Name("torch._utils", "_rebuild_parameter"),
                (Tensor() as data, bool(tracks), *_),
            ) if FORMATS[data.dtype].floats or not tracks:
                return Parameter(data, tracks)
            case Name("torch", "Size"), (sizes,) if _are_sizes(sizes):
                return sizes
        raise UnpicklingError(f"it calls {name} with other arguments than those of a tensor")

    def _tensor(
        self, storage: Storage, offset: Saved, size: Saved, stride: Saved, tracks: bool
    ) -> Tensor:
        if not (_are_sizes((offset,)) and _are_sizes(size) and _are_sizes(stride)):
            raise UnpicklingError(
                f"no tensor has offset={shown(offset)}, size={shown(size)}, stride={shown(stride)}"
            )
        if len(size) != len(stride):
            raise UnpicklingError(
                f"a tensor has size={shown(size)} and stride={shown(stride)}, "
                "which differ in length"
            )
        elements, count = storage.elements, prod(size)
        last = offset + sum((n - 1) * step for n, step in zip(size, stride, strict=True))
        if count and last >= len(elements):
            raise RuntimeError(
                f"load: {self._file}: a tensor of size={shown(size)} and stride={shown(stride)} "
                f"from {offset} on reaches element {last} of a storage of {len(elements)}"
            )
        self._elements_left -= count
        if self._elements_left < 0:
            raise RuntimeError(
                f"load: {self._file}: its tensors have more than {self._most} elements: one of "
                f"size={shown(size)} repeats a storage of {len(elements)}"
            )
        if count and not _in_order(size, stride):
            elements, offset = _gather(elements, offset, size, stride), 0
        made = make(self._file, elements[offset : offset + count], size, storage.how)
        if tracks:
            made.requires_grad = True
        return made


def _are_sizes(value: Saved) -> bool:
    return (
        isinstance(value, tuple)
        and len(value) <= MOST_DIMENSIONS
        and all(type(n) is int and 0 <= n < 2**63 for n in value)
    )


def _in_order(size: Sequence[int], stride: Sequence[int]) -> bool:
    """Return whether the elements are contiguous, in row-major order."""
    step = 1
    for n, own in zip(reversed(size), reversed(stride), strict=True):
        if n != 1 and own != step:
            return False
        step *= n
    return True


def _gather(
    elements: Sequence[float], offset: int, size: Sequence[int], stride: Sequence[int]
) -> list[float]:
    """Return the elements of a tensor in row-major order."""
    places = array("q", [offset])
    for n, step in zip(size, stride, strict=True):
        if n != 1:
            places = array("q", (place + i * step for place in places for i in range(n)))
    return [elements[place] for place in places]
