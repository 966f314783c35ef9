"""Lists and dictionaries of modules, which see each of them as a part of the model."""

from __future__ import annotations

from collections.abc import ItemsView, Iterable, Iterator, KeysView, Mapping, ValuesView
from itertools import groupby
from typing import Generic, Self, TypeVar, overload

from ..core.module import Module
from .sequential import held, number_anew, place, refuse_others

__all__ = ["ModuleList", "ModuleDict"]

M = TypeVar("M")


class ModuleList(Module, Generic[M]):
    """Hold modules in a list; of one type, if they are, so that `for layer in layers` is typed.

    Args:
        modules: the first ones.
    """

    def __init__(self, modules: Iterable[M] | None = None) -> None:
        super().__init__()
        if modules is not None:
            self.extend(modules)

    def __len__(self) -> int:
        return len(held(self))

    def __iter__(self) -> Iterator[M]:
        return iter([module for _, module in held(self)])

    @overload
    def __getitem__(self, index: int) -> M: ...
    @overload
    def __getitem__(self, index: slice) -> ModuleList[M]: ...
    def __getitem__(self, index: int | slice) -> M | ModuleList[M]:
        if isinstance(index, slice):
            return ModuleList(list(self)[index])
        return list(self)[place(len(self), index)]

    def __setitem__(self, index: int, module: M) -> None:
        refuse_others(module)
        setattr(self, str(place(len(self), index)), module)

    def __delitem__(self, index: int | slice) -> None:
        modules = list(self)
        if isinstance(index, slice):
            del modules[index]
        else:
            del modules[place(len(modules), index)]
        number_anew(self, modules)

    def append(self, module: M) -> Self:
        """Add a module at the end; return this list."""
        refuse_others(module)
        setattr(self, str(len(self)), module)
        return self

    def extend(self, modules: Iterable[M]) -> Self:
        """Add modules at the end; return this list.

        Raises:
            TypeError: if `modules` is no iterable of modules.
        """
        if not isinstance(modules, Iterable):
            raise TypeError(
                "ModuleList.extend should be called with an iterable, but got "
                f"{type(modules).__name__}"
            )
        for module in list(modules):
            self.append(module)
        return self

    def insert(self, index: int, module: M) -> None:
        """Put a module before the one at `index`."""
        modules = list(self)
        modules.insert(index, module)
        number_anew(self, modules)

    def pop(self, key: int) -> M:
        """Remove the module at a place; return it."""
        taken = self[key]
        del self[key]
        return taken

    def __add__(self, other: Iterable[M]) -> ModuleList[M]:
        return ModuleList([*self, *other])

    def __iadd__(self, other: Iterable[M]) -> Self:
        return self.extend(other)

    def __repr__(self) -> str:
        """Write equal neighbours once: ``(0-2): 3 x Linear(...)``."""
        if not len(self):
            return f"{type(self).__name__}()"
        lines = []
        for text, group in groupby(enumerate(map(repr, self)), key=lambda one: one[1]):
            places = [i for i, _ in group]
            inner = text.replace("\n", "\n  ")
            if len(places) == 1:
                lines.append(f"({places[0]}): {inner}")
            else:
                lines.append(f"({places[0]}-{places[-1]}): {len(places)} x {inner}")
        return f"{type(self).__name__}(\n  " + "\n  ".join(lines) + "\n)"


class ModuleDict(Module, Generic[M]):
    """Hold modules by name, in the order in which they were added.

    Args:
        modules: the first ones: a mapping, or pairs of a name and a module.
    """

    def __init__(self, modules: Mapping[str, M] | Iterable[tuple[str, M]] | None = None) -> None:
        super().__init__()
        if modules is not None:
            self.update(modules)

    def __getitem__(self, key: str) -> M:
        modules: dict[str, M] = dict(held(self))
        return modules[key]

    def __setitem__(self, key: str, module: M) -> None:
        if not isinstance(key, str):
            raise TypeError(f"module name should be a string. Got {type(key).__name__}")
        refuse_others(module)
        if key in self:
            setattr(self, key, module)
        else:
            self.add_module(key, module)  # type: ignore[arg-type]  # it is a module

    def __delitem__(self, key: str) -> None:
        if key not in self:
            raise KeyError(key)
        delattr(self, key)

    def __len__(self) -> int:
        return len(held(self))

    def __iter__(self) -> Iterator[str]:
        return iter([name for name, _ in held(self)])

    def __contains__(self, key: object) -> bool:
        return key in dict(held(self))

    def keys(self) -> KeysView[str]:
        """Return the names."""
        return dict(held(self)).keys()

    def values(self) -> ValuesView[M]:
        """Return the modules."""
        return dict(held(self)).values()

    def items(self) -> ItemsView[str, M]:
        """Return the modules by name."""
        return dict(held(self)).items()

    def clear(self) -> None:
        """Remove all modules."""
        for key in list(self):
            del self[key]

    def pop(self, key: str) -> M:
        """Remove the module under a name; return it."""
        taken = self[key]
        del self[key]
        return taken

    def update(self, modules: Mapping[str, M] | Iterable[tuple[str, M]]) -> None:
        """Add modules: a mapping, or pairs of a name and a module.

        Raises:
            TypeError, ValueError: if `modules` is nothing of the kind.
        """
        if not isinstance(modules, Iterable):
            raise TypeError(
                "ModuleDict.update should be called with an iterable of key/value pairs, but got "
                f"{type(modules).__name__}"
            )
        if isinstance(modules, Mapping | ModuleDict):
            modules = list(modules.items())
        for i, pair in enumerate(modules):
            if not isinstance(pair, Iterable):
                raise TypeError(
                    f"ModuleDict update sequence element #{i} should be Iterable; is "
                    f"{type(pair).__name__}"
                )
            if len(pair) != 2:
                raise ValueError(
                    f"ModuleDict update sequence element #{i} has length {len(pair)}; 2 is required"
                )
            self[pair[0]] = pair[1]
