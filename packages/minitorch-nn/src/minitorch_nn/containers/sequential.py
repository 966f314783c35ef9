"""Modules that hold modules, which are their attributes: `0`, `1`, ... or names."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from typing import Any, Protocol, Self, SupportsIndex, overload

from minitorch_autograd import Tensor

from ..core.module import Module

__all__ = ["Layer", "Identity", "Sequential"]


class Layer(Protocol):
    """A module from one tensor to one: what `Sequential` can chain."""

    def __call__(self, input: Tensor, /) -> Tensor: ...


class Identity(Module):
    """Return the input as it is; whatever it is made with."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__()

    def forward(self, input: Tensor) -> Tensor:
        """Return `input`."""
        return input


# What a module holds has the type that its container was given: as a `Module` it could take
# anything. So it is read from the attributes, whose type is not known here.
def held(module: Module) -> list[tuple[str, Any]]:
    """Return the modules that are attributes of `module`, by name."""
    return [(name, value) for name, value in vars(module).items() if isinstance(value, Module)]


def number_anew(module: Module, values: Iterable[object]) -> None:
    """Make `values` the only modules that `module` holds, under the names `0`, `1`, ..."""
    values = list(values)
    for value in values:
        refuse_others(value)
    for name, _ in held(module):
        delattr(module, name)
    for i, value in enumerate(values):
        setattr(module, str(i), value)


def refuse_others(value: object) -> None:
    """Raise TypeError if `value` is no module."""
    if not isinstance(value, Module):
        raise TypeError(f"{type(value).__name__} is not a Module subclass")


def place(count: int, index: SupportsIndex) -> int:
    """Return the place among `count` that an index means, which may count from the end.

    Raises:
        IndexError: if it is out of range.
    """
    i = index.__index__()
    if not -count <= i < count:
        raise IndexError(f"index {i} is out of range")
    return i % count


class Sequential(Module):
    """Call modules one after the other, each with the output of the one before.

    Args:
        *args: the modules, or one ordered dictionary of them by name.

    A slice is a container of the same modules. `append`, `extend`, `insert`, `pop`, `+`, `*` and
    assignments to places and slices work as on lists; they number the modules anew.
    """

    @overload
    def __init__(self, *args: Layer) -> None: ...
    @overload
    def __init__(self, arg: OrderedDict[str, Layer], /) -> None: ...
    def __init__(self, *args: Layer | OrderedDict[str, Layer]) -> None:
        super().__init__()
        for i, arg in enumerate(args):
            if isinstance(arg, OrderedDict):
                for name, layer in arg.items():
                    self._add(name, layer)
            else:
                self._add(str(i), arg)

    def _add(self, name: str, layer: object) -> None:
        refuse_others(layer)
        self.add_module(name, layer)  # type: ignore[arg-type]  # it is a module

    def forward(self, input: Tensor) -> Tensor:
        """Return what the last module makes of what the others make of `input`."""
        for _, layer in held(self):
            input = layer(input)
        return input

    def __len__(self) -> int:
        return len(held(self))

    def __iter__(self) -> Iterator[Layer]:
        return iter([layer for _, layer in held(self)])

    @overload
    def __getitem__(self, index: int) -> Layer: ...
    @overload
    def __getitem__(self, index: slice) -> Sequential: ...
    def __getitem__(self, index: int | slice) -> Layer | Sequential:
        if isinstance(index, slice):
            return type(self)(OrderedDict(held(self)[index]))
        layer: Layer = held(self)[place(len(self), index)][1]
        return layer

    def __setitem__(self, index: int, module: Layer) -> None:
        refuse_others(module)
        setattr(self, held(self)[place(len(self), index)][0], module)

    def __delitem__(self, index: int | slice) -> None:
        names = [name for name, _ in held(self)]
        gone = names[index] if isinstance(index, slice) else [names[place(len(names), index)]]
        for name in gone:
            delattr(self, name)
        number_anew(self, list(self))

    def append(self, module: Layer) -> Self:
        """Add a module at the end; return this container."""
        self._add(str(len(self)), module)
        return self

    def extend(self, sequential: Iterable[Layer]) -> Self:
        """Add modules at the end; return this container."""
        for layer in list(sequential):
            self.append(layer)
        return self

    def insert(self, index: int, module: Layer) -> Self:
        """Put a module before the one at `index`; return this container.

        Raises:
            AssertionError: if it is no module, as in torch.
            IndexError: if the index is out of range.
        """
        if not isinstance(module, Module):
            raise AssertionError(f"module should be of type: {Module}, got {type(module)}")
        count = len(self)
        if not -count <= index <= count:
            raise IndexError(f"Index out of range: {index}")
        layers = list(self)
        layers.insert(index, module)
        number_anew(self, layers)
        return self

    def pop(self, key: int | slice) -> Layer | Sequential:
        """Remove the module at a place, or those of a slice; return it."""
        taken = self[key]
        del self[key]
        return taken

    def __add__(self, other: Sequential) -> Sequential:
        if not isinstance(other, Sequential):
            raise ValueError(
                "add operator supports only objects of Sequential class, but "
                f"{type(other)} is given."
            )
        return Sequential(*self, *other)

    def __iadd__(self, other: Sequential) -> Self:
        if not isinstance(other, Sequential):
            raise ValueError(
                "add operator supports only objects of Sequential class, but "
                f"{type(other)} is given."
            )
        return self.extend(other)

    def __mul__(self, other: int) -> Sequential:
        return Sequential(*self)._repeat(other)

    def __rmul__(self, other: int) -> Sequential:
        return self * other

    def __imul__(self, other: int) -> Self:
        return self._repeat(other)

    def _repeat(self, times: int) -> Self:
        if not isinstance(times, int):
            raise TypeError(f"unsupported operand type(s) for *: {type(self)} and {type(times)}")
        if times <= 0:
            raise ValueError(f"Non-positive multiplication factor {times} for {type(self)}")
        number_anew(self, list(self) * times)
        return self
