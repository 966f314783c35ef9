"""A reader of pickles that runs no code: it knows containers, numbers and texts only.

A pickle is a program for a stack machine. Python's own reader imports and calls any name in the
program. This one knows the instructions that make plain containers, and passes each call to a
function that makes a tensor or raises: nothing in it imports or runs a name.

Source: https://docs.python.org/3/library/pickletools.html
"""

from __future__ import annotations

import pickletools
from collections import Counter, OrderedDict
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pickle import UnpicklingError
from typing import TYPE_CHECKING, Any, Final

from .excerpts import cut, shown

if TYPE_CHECKING:
    from typing import TypeAlias

    Saved: TypeAlias = Any  # what a pickle makes: its type is known after reading
    Called: TypeAlias = Any

__all__ = ["Called", "Name", "Part", "Saved", "UnpicklingError", "unpickle"]
if not TYPE_CHECKING:
    Saved = Called = object


class Part:
    """A part of a tensor in a pickle, which must not stand outside of one."""


@dataclass(frozen=True, repr=False)
class Name(Part):
    """A name in a pickle: it is never imported."""

    module: str
    name: str

    def __repr__(self) -> str:
        return cut(f"{self.module}.{self.name}")


def unpickle(
    program: bytes,
    storage: Callable[[Saved], Called],
    call: Callable[[Name, tuple[Saved, ...]], Called],
) -> Saved:
    """Return what a pickle makes.

    Args:
        program: the pickle.
        storage: returns the storage for a persistent id.
        call: returns the result of a call, by the name of the function and the arguments, or raises
            UnpicklingError.

    Raises:
        UnpicklingError: if it is no pickle, is cut short, or has another instruction than those of
            plain containers.
    """
    machine = _Machine(storage, call, len(program))
    try:
        for instruction, argument, _ in pickletools.genops(program):
            machine.step(instruction.name, argument)
        return machine.result()
    except (ValueError, TypeError, AttributeError, OverflowError) as error:
        raise UnpicklingError(f"its data.pkl is no whole pickle: {cut(str(error))}") from None


_ORDERED_DICT: Final = Name("collections", "OrderedDict")
_COUNTER: Final = Name("collections", "Counter")
_SETS: Final = (Name("__builtin__", "set"), Name("builtins", "set"))
_KNOWN: Final = {
    _ORDERED_DICT,
    _COUNTER,
    *_SETS,
    Name("torch._utils", "_rebuild_tensor_v2"),
    Name("torch._utils", "_rebuild_parameter"),
    Name("torch", "Size"),
}
# No key of a state dict or a checkpoint has so many parts.
_PARTS: Final = 100
_NUMBERS: Final = {"BININT", "BININT1", "BININT2", "LONG1", "BINFLOAT", "BINUNICODE"}
_CONSTANTS: Final = {"NONE": None, "NEWTRUE": True, "NEWFALSE": False}
_TUPLES: Final = {"TUPLE1": 1, "TUPLE2": 2, "TUPLE3": 3}
_EMPTY: Final[dict[str, Callable[[], Saved]]] = {
    "EMPTY_DICT": dict,
    "EMPTY_LIST": list,
    "EMPTY_TUPLE": tuple,
}


class _Machine:
    """The stack, the stacks below each mark, and the memo."""

    def __init__(
        self,
        storage: Callable[[Saved], Called],
        call: Callable[[Name, tuple[Saved, ...]], Called],
        size: int,
    ) -> None:
        self.stack: list[Saved] = []
        self._below: list[list[Saved]] = []
        self._memo: dict[int, Saved] = {}
        self._left = size  # how many items calls may copy: a pickle of `save` copies each once
        self._storage = storage
        self._call = call

    def step(self, name: str, argument: Saved) -> None:
        """Run one instruction."""
        stack = self.stack
        if name in _NUMBERS:
            stack.append(argument)
        elif name in _CONSTANTS:
            stack.append(_CONSTANTS[name])
        elif name in _EMPTY:
            stack.append(_EMPTY[name]())
        elif name in _TUPLES:
            stack.append(tuple(self._pop(_TUPLES[name])))
        elif name in ("BINPUT", "LONG_BINPUT"):
            self._memo[argument] = self._top()
        elif name in ("BINGET", "LONG_BINGET"):
            if argument not in self._memo:
                raise ValueError(f"it gets {argument} back, which it has not put aside")
            stack.append(self._memo[argument])
        elif name == "GLOBAL":
            stack.append(_known(Name(*argument.split(" ", 1))))
        elif name == "MARK":
            self._below.append(stack)
            self.stack = []
        elif name == "TUPLE":
            items = self._since_mark()
            self.stack.append(tuple(items))
        elif name == "BINPERSID":
            stack.append(self._storage(*self._pop(1)))
        elif name not in ("PROTO", "STOP"):
            self._change(name)

    def result(self) -> Saved:
        """Return the one object that must be left on the stack, without parts of tensors."""
        if self._below or len(self.stack) != 1:
            raise ValueError("it does not end with one object")
        (result,) = self.stack
        _refuse_parts(result)
        return result

    def _change(self, name: str) -> None:
        """Run an instruction that adds items to the object below them on the stack, or calls."""
        if name in ("SETITEM", "SETITEMS"):
            items = self._since_mark() if name == "SETITEMS" else self._pop(2)
            owner = _of_kind(self._top(), dict)
            _refuse_large_keys(items[::2])
            for key, value in zip(items[::2], items[1::2], strict=True):
                owner[key] = value
        elif name in ("APPEND", "APPENDS"):
            items = self._since_mark() if name == "APPENDS" else self._pop(1)
            _of_kind(self._top(), list).extend(items)
        elif name == "REDUCE":
            function, arguments = self._pop(2)
            self.stack.append(self._reduce(_of_kind(function, Name), _of_kind(arguments, tuple)))
        elif name == "BUILD":
            # Attributes of a state dict, such as the versions of modules: loading ignores them.
            owner, _ = self._pop(2)
            self.stack.append(_of_kind(owner, OrderedDict))
        else:
            raise UnpicklingError(
                f"its data.pkl has the instruction {name}, which tensors and plain containers do "
                "not need"
            )

    def _reduce(self, function: Name, arguments: tuple[Saved, ...]) -> Saved:
        match function, arguments:
            case Name("collections", "OrderedDict"), ():
                return OrderedDict()
            case Name("collections", "Counter"), (dict() as counts,):
                self._copy(counts)
                return Counter(counts)
            case Name("__builtin__" | "builtins", "set"), (list() as items,):
                self._copy(items)
                _refuse_large_keys(items)
                return set(items)
        return self._call(function, arguments)

    def _copy(self, items: Collection[Saved]) -> None:
        self._left -= len(items)
        if self._left < 0:
            raise UnpicklingError("it makes more sets and counters than it has items for")

    def _top(self) -> Saved:
        if not self.stack:
            raise ValueError("it takes more from the stack than is there")
        return self.stack[-1]

    def _pop(self, count: int) -> list[Saved]:
        if len(self.stack) < count:
            raise ValueError("it takes more from the stack than is there")
        items = self.stack[-count:]
        del self.stack[-count:]
        return items

    def _since_mark(self) -> list[Saved]:
        if not self._below:
            raise ValueError("it goes back to a mark that was not set")
        items, self.stack = self.stack, self._below.pop()
        return items


def _known(name: Name) -> Name:
    storage = name.module == "torch" and name.name.endswith("Storage")
    if not storage and name not in _KNOWN:
        raise UnpicklingError(f"it names {name}, and only tensors and plain containers are read")
    return name


def _of_kind(value: Saved, kind: type) -> Saved:
    # Of this type itself: the containers that were made here, and none with methods of its own.
    if not isinstance(value, kind):
        raise UnpicklingError(f"expected a {kind.__name__}, got {shown(value)}")
    return value


def _refuse_large_keys(keys: list[Saved]) -> None:
    """Raise if a key has so many nested parts that hashing it would take too long."""
    for key in keys:
        if isinstance(key, tuple):
            parts = [*key]
            for one in parts:  # a list that grows in the loop
                if isinstance(one, tuple):
                    parts += one
                if len(parts) > _PARTS:
                    raise UnpicklingError(f"it has a key of more than {_PARTS} parts: {shown(key)}")


def _refuse_parts(result: Saved) -> None:
    """Raise if a part of a tensor, a name or a storage, stands outside of one."""
    seen = set()
    todo = [result]
    while todo:
        one = todo.pop()
        if isinstance(one, Part):
            raise UnpicklingError(f"it has {shown(one)} outside of a tensor")
        if isinstance(one, dict | list | tuple | set) and id(one) not in seen:
            seen.add(id(one))
            todo += one
            if isinstance(one, dict):
                todo += one.values()
