"""The dictionaries `_parameters`, `_buffers` and `_modules`, which programs for PyTorch read.

They are views of the module's attributes: what is set or deleted in them, is so in the module.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, MutableMapping
from typing import TypeVar

V = TypeVar("V")


class AttributeDict(MutableMapping[str, V]):
    """The attributes of a module that are of one kind, by name.

    Args:
        attributes: all of the module's.
        is_one: whether the attribute of a name is of the kind.
        register: adds one to the module.
        remove: takes one away.
    """

    def __init__(
        self,
        attributes: dict[str, V],
        is_one: Callable[[str], bool],
        register: Callable[[str, V], None],
        remove: Callable[[str], None],
    ) -> None:
        self._attributes = attributes
        self._is_one = is_one
        self._register = register
        self._remove = remove

    def __getitem__(self, name: str) -> V:
        if not self._is_one(name):
            raise KeyError(name)
        return self._attributes[name]

    def __setitem__(self, name: str, value: V) -> None:
        self._register(name, value)

    def __delitem__(self, name: str) -> None:
        if not self._is_one(name):
            raise KeyError(name)
        self._remove(name)

    def __iter__(self) -> Iterator[str]:
        return iter([name for name in self._attributes if self._is_one(name)])

    def __len__(self) -> int:
        return sum(map(self._is_one, self._attributes))

    def __repr__(self) -> str:
        return repr(dict(self))
