"""A reader of pickles that runs nothing: it knows containers, numbers, texts, and no more.

A pickle is a program for a small machine with a stack. Python's own reader calls whatever the
program names. This one knows the instructions that make plain containers, and hands each call to
a function that makes tensors or refuses: there is nothing in it that could import or run a name.

Source: https://docs.python.org/3/library/pickletools.html
"""

from __future__ import annotations

import pickletools
from collections import Counter, OrderedDict
from collections.abc import Callable
from pickle import UnpicklingError
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from typing import TypeAlias

    Saved: TypeAlias = Any  # what a program in a file makes: known when it has run
    Called: TypeAlias = Any

__all__ = ["Called", "Name", "Saved", "UnpicklingError", "unpickle"]
if not TYPE_CHECKING:
    Saved = Called = object


class Name(NamedTuple):
    """A name that a pickle mentions: never looked up."""

    module: str
    name: str

    def __repr__(self) -> str:
        return f"{self.module}.{self.name}"


def unpickle(
    program: bytes,
    storage: Callable[[Saved], Called],
    call: Callable[[Name, tuple[Saved, ...]], Called],
) -> Saved:
    """Return what a pickle describes.

    Args:
        program: the pickle.
        storage: returns the memory that a persistent name stands for.
        call: returns what a call of a name with arguments makes, or raises UnpicklingError.

    Raises:
        UnpicklingError: if it is no pickle, is cut short, or has another instruction than those of
            plain containers.
    """
    machine = _Machine(storage, call)
    try:
        for instruction, argument, _ in pickletools.genops(program):
            machine.step(instruction.name, argument)
        (result,) = machine.stack
    except (ValueError, IndexError, KeyError, TypeError, AttributeError) as error:
        raise UnpicklingError(f"its data.pkl is no whole pickle: {error}") from None
    return result


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
_MARK: Final = object()
_NUMBERS: Final = {"BININT", "BININT1", "BININT2", "LONG1", "BINFLOAT", "BINUNICODE"}
_CONSTANTS: Final = {"NONE": None, "NEWTRUE": True, "NEWFALSE": False}
_TUPLES: Final = {"TUPLE1": 1, "TUPLE2": 2, "TUPLE3": 3}
_EMPTY: Final[dict[str, Callable[[], Saved]]] = {
    "EMPTY_DICT": dict,
    "EMPTY_LIST": list,
    "EMPTY_TUPLE": tuple,
}


class _Machine:
    """The stack, and what was put aside for later."""

    def __init__(
        self,
        storage: Callable[[Saved], Called],
        call: Callable[[Name, tuple[Saved, ...]], Called],
    ) -> None:
        self.stack: list[Saved] = []
        self._memo: dict[int, Saved] = {}
        self._storage = storage
        self._call = call

    def step(self, name: str, argument: Saved) -> None:
        """Do what one instruction says."""
        stack = self.stack
        if name in _NUMBERS:
            stack.append(argument)
        elif name in _CONSTANTS:
            stack.append(_CONSTANTS[name])
        elif name in _EMPTY:
            stack.append(_EMPTY[name]())
        elif name in _TUPLES:
            stack[-_TUPLES[name] :] = [tuple(stack[-_TUPLES[name] :])]
        elif name in ("BINPUT", "LONG_BINPUT"):
            self._memo[argument] = stack[-1]
        elif name in ("BINGET", "LONG_BINGET"):
            stack.append(self._memo[argument])
        elif name == "GLOBAL":
            stack.append(_known(Name(*argument.split(" ", 1))))
        elif name == "MARK":
            stack.append(_MARK)
        elif name == "TUPLE":
            stack.append(tuple(self._since_mark()))
        elif name == "BINPERSID":
            stack.append(self._storage(stack.pop()))
        elif name not in ("PROTO", "STOP"):
            self._change(name)

    def _change(self, name: str) -> None:
        """Do an instruction that puts something into what is below it on the stack."""
        stack = self.stack
        if name in ("SETITEM", "SETITEMS"):
            items = self._since_mark() if name == "SETITEMS" else self._pop(2)
            _of_kind(stack[-1], dict).update(zip(items[::2], items[1::2], strict=True))
        elif name in ("APPEND", "APPENDS"):
            items = self._since_mark() if name == "APPENDS" else self._pop(1)
            _of_kind(stack[-1], list).extend(items)
        elif name == "REDUCE":
            function, arguments = self._pop(2)
            stack.append(self._reduce(_of_kind(function, Name), _of_kind(arguments, tuple)))
        elif name == "BUILD":
            # Attributes of a state dict, such as the versions of modules, which loading can miss.
            _, owner = stack.pop(), stack[-1]
            _of_kind(owner, OrderedDict)
        else:
            raise UnpicklingError(
                f"its data.pkl has the instruction {name}, which tensors and plain containers do "
                "not need"
            )

    def _reduce(self, function: Name, arguments: tuple[Saved, ...]) -> Saved:
        if function == _ORDERED_DICT:
            return OrderedDict(*arguments)
        if function == _COUNTER:
            return Counter(*arguments)
        if function in _SETS:
            return set(*arguments)
        return self._call(function, arguments)

    def _pop(self, count: int) -> list[Saved]:
        items = self.stack[-count:]
        del self.stack[-count:]
        return items

    def _since_mark(self) -> list[Saved]:
        place = len(self.stack) - 1 - self.stack[::-1].index(_MARK)
        items = self.stack[place + 1 :]
        del self.stack[place:]
        return items


def _known(name: Name) -> Name:
    storage = name.module == "torch" and name.name.endswith("Storage")
    if not storage and name not in _KNOWN:
        raise UnpicklingError(f"it names {name}, and only tensors and plain containers are read")
    return name


def _of_kind(value: Saved, kind: type) -> Saved:
    # Of this type itself: the containers that were made here, and none with methods of its own.
    if not isinstance(value, kind):
        raise UnpicklingError(f"expected a {kind.__name__}, got {value!r:.60}")
    return value
