"""Modules that hold modules."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from typing import Protocol, overload

from minitorch_autograd import Tensor

from ._module import Module


class Layer(Protocol):
    """A module from one tensor to one: what `Sequential` can chain."""

    def __call__(self, input: Tensor, /) -> Tensor: ...


class Sequential(Module):
    """Call modules one after the other, each with the output of the one before.

    Args:
        *args: the modules, or one ordered dictionary of them by name.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.Sequential.html
    """

    @overload
    def __init__(self, *args: Layer) -> None: ...
    @overload
    def __init__(self, arg: OrderedDict[str, Layer], /) -> None: ...
    def __init__(self, *args: Layer | OrderedDict[str, Layer]) -> None:
        super().__init__()
        self._layers: dict[str, Layer] = {}
        for i, arg in enumerate(args):
            for name, layer in arg.items() if isinstance(arg, OrderedDict) else [(str(i), arg)]:
                self._append(name, layer)

    def _append(self, name: str, layer: Layer) -> None:
        if not isinstance(layer, Module):
            raise TypeError(f"{type(layer).__name__} is not a Module subclass")
        self.add_module(name, layer)
        # Once more under its own type: as a `Module` it could take anything.
        self._layers[name] = layer

    def forward(self, input: Tensor) -> Tensor:
        """Return what the last module makes of what the others make of `input`."""
        for layer in self._layers.values():
            input = layer(input)
        return input

    def append(self, module: Layer) -> Sequential:
        """Add a module at the end; return this container."""
        self._append(str(len(self)), module)
        return self

    def __len__(self) -> int:
        return len(self._layers)

    def __iter__(self) -> Iterator[Layer]:
        return iter(self._layers.values())

    @overload
    def __getitem__(self, index: int) -> Layer: ...
    @overload
    def __getitem__(self, index: slice) -> Sequential: ...
    def __getitem__(self, index: int | slice) -> Layer | Sequential:
        if isinstance(index, slice):
            return Sequential(OrderedDict(list(self._layers.items())[index]))
        if not -len(self) <= index < len(self):
            raise IndexError(f"index {index} is out of range")
        return list(self._layers.values())[index]
