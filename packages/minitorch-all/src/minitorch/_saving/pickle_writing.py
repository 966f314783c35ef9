"""Writing pickles of tensors and plain containers, as `torch.load` reads them.

Python's own writer would import the functions of `torch` that are named in them. The instructions
needed are few: each is a byte, followed by its argument.

Source: https://docs.python.org/3/library/pickletools.html
"""

from __future__ import annotations

import struct
from collections import Counter, OrderedDict
from collections.abc import Iterable
from math import prod

from minitorch_autograd import Tensor
from minitorch_nn import Parameter

from .elements import format_of

REBUILD_TENSOR = b"ctorch._utils\n_rebuild_tensor_v2\n"
REBUILD_PARAMETER = b"ctorch._utils\n_rebuild_parameter\n"
ORDERED_DICT = b"ccollections\nOrderedDict\n"
COUNTER = b"ccollections\nCounter\n"
SET = b"c__builtin__\nset\n"
CALL_WITHOUT_ARGUMENTS = b")R"


def pickle(obj: object, tensors: list[Tensor]) -> bytes:
    """Return the pickle of `obj`; the storage of a tensor is named by its index in `tensors`.

    Args:
        obj: what to write.
        tensors: the tensors in `obj` are appended, in order.
    """
    return b"\x80\x02" + b"".join(_write(obj, "the object", tensors, ())) + b"."


def _write(
    value: object, path: str, tensors: list[Tensor], outer: tuple[int, ...]
) -> Iterable[bytes]:
    """Yield the instructions that make `value`, which is at `path`, in containers `outer`."""
    if id(value) in outer:
        raise TypeError(f"save: {path} contains itself")
    inside = (*outer, id(value))
    if value is None or isinstance(value, bool):
        yield {None: b"N", True: b"\x88", False: b"\x89"}[value]
    elif type(value) is int:
        yield _integer(value)
    elif type(value) is float:
        yield b"G" + struct.pack(">d", value)
    elif type(value) is str:
        yield _text(value)
    elif isinstance(value, Tensor):
        yield from _tensor(value, path, tensors)
    elif isinstance(value, dict):
        before, after = b"}(", b"u"
        if isinstance(value, OrderedDict):
            before = ORDERED_DICT + CALL_WITHOUT_ARGUMENTS + b"("
        elif isinstance(value, Counter):
            before, after = COUNTER + before, after + b"\x85R"
        yield before
        for key, one in value.items():
            yield from _write(key, f"a key of {path}", tensors, inside)
            yield from _write(one, f"{path}[{key!r}]", tensors, inside)
        yield after
    elif type(value) in (list, tuple, set):
        assert isinstance(value, list | tuple | set)
        before, after = {list: (b"](", b"e"), tuple: (b"(", b"t"), set: (SET + b"](", b"e\x85R")}[
            type(value)
        ]
        yield before
        for i, one in enumerate(value):
            yield from _write(one, f"{path}[{i}]", tensors, inside)
        yield after
    else:
        raise TypeError(
            f"save: {path} is a {type(value).__name__}; tensors, numbers, texts and None in dicts, "
            "lists, tuples and sets can be saved; a module or an optimizer has a state_dict()"
        )


def _tensor(value: Tensor, path: str, tensors: list[Tensor]) -> Iterable[bytes]:
    how = format_of(path, value)
    stride, step = [0] * len(value.shape), 1
    for dim in reversed(range(len(value.shape))):
        stride[dim], step = step, step * max(value.shape[dim], 1)
    storage = (
        b"(" + _text("storage") + f"ctorch\n{how.storage}\n".encode() + _text(str(len(tensors)))
        + _text("cpu") + _integer(prod(value.shape)) + b"tQ"
    )  # fmt: skip
    tracks = isinstance(value, Parameter) and value.requires_grad
    hooks = ORDERED_DICT + CALL_WITHOUT_ARGUMENTS
    if isinstance(value, Parameter):
        yield REBUILD_PARAMETER + b"("
    yield REBUILD_TENSOR + b"(" + storage + _integer(0) + _sizes(value.shape) + _sizes(stride)
    yield (b"\x88" if value.requires_grad and not tracks else b"\x89") + hooks + b"tR"
    if isinstance(value, Parameter):
        yield (b"\x88" if tracks else b"\x89") + hooks + b"tR"
    tensors.append(value)


def _integer(value: int) -> bytes:
    if -(2**31) <= value < 2**31:
        return b"J" + struct.pack("<i", value)
    data = value.to_bytes(value.bit_length() // 8 + 1, "little", signed=True)
    if len(data) > 255:
        raise TypeError(f"save: an integer of {value.bit_length()} bits is too large")
    return b"\x8a" + bytes([len(data)]) + data


def _text(value: str) -> bytes:
    data = value.encode()
    return b"X" + struct.pack("<I", len(data)) + data


def _sizes(values: Iterable[int]) -> bytes:
    return b"(" + b"".join(map(_integer, values)) + b"t"
