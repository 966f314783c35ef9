"""What is known about the tensors of a run: which value of the graph each is, or why it is none.

A tensor is found by its `id`. It is kept alive, so that no other tensor gets the same `id`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from minitorch_autograd import Tensor

SHARED_WRITE: Final = "a write into memory that several tensors share"


@dataclass
class Known:
    """One tensor.

    A tensor without a name and a maker is a constant: it depends on no input.
    """

    tensor: Tensor
    name: str | None = None  # of its value in the graph
    maker: str | None = None  # the function that made it of an input, and has no translation
    depends: bool = False  # on an input
    constant: str | None = None  # the name under which nodes take a constant

    @property
    def in_graph(self) -> bool:
        """Whether it is a part of the graph, or should be."""
        return self.name is not None or self.maker is not None


class Values:
    """What is known about all tensors of a run."""

    def __init__(self) -> None:
        self._known: dict[int, Known] = {}
        self._state: set[str] = set()

    def put_state(self, name: str, x: Tensor) -> None:
        """Enter a parameter or buffer: the graph has its value."""
        self._state.add(name)
        self._known[id(x)] = Known(x, name)

    def of(self, x: Tensor) -> Known:
        """Return what is known about a tensor; one that was never entered is a constant."""
        return self._known.get(id(x)) or Known(x)

    def met(self, x: Tensor) -> bool:
        """Return whether a tensor was entered."""
        return id(x) in self._known

    def put(
        self, x: Tensor, name: str | None, maker: str | None = None, depends: bool = True
    ) -> None:
        """Enter what is new about a tensor: how it was made, or what was written into it."""
        before = self._known.get(id(x))
        self._known[id(x)] = Known(x, name, maker, depends)
        if before is not None and (before.name, before.maker) != (name, maker):
            self._was_written(before, maker, depends)

    def put_constant(self, x: Tensor, name: str) -> None:
        """Enter the name under which nodes take a constant."""
        self._known[id(x)] = Known(x, constant=name)

    def forget(self, x: Tensor) -> None:
        """Enter a tensor anew: a constant was written into it."""
        before = self.of(x)
        self._known[id(x)] = Known(x)
        self._was_written(before, None, depends=False)

    def _was_written(self, before: Known, maker: str | None, depends: bool) -> None:
        """Mark all tensors that share memory with one as changed by no node of the graph."""
        if before.name in self._state:
            raise NotImplementedError(
                f"export: the model writes into {before.name!r}, a parameter or buffer, and a "
                "graph keeps nothing from run to run: take it as an input, and return its new value"
            )
        what = (maker or SHARED_WRITE) if depends else None
        for one in self._sharing(before.tensor):
            if (known := self._known[id(one)]).name in self._state:
                self._was_written(known, maker, depends)
            self._known[id(one)] = Known(one, None, what, depends)

    def shares_with_others(self, x: Tensor) -> bool:
        """Return whether a tensor shares memory with one that depends on an input."""
        return any(self.of(one).depends for one in self._sharing(x))

    def depends(self, tensors: list[Tensor]) -> bool:
        """Return whether one of them depends on an input."""
        return any(self.of(one).depends for one in tensors)

    def _sharing(self, x: Tensor) -> list[Tensor]:
        start, end = _memory(x)
        others = []
        for known in self._known.values():
            if known.tensor is not x:
                first, last = _memory(known.tensor)
                if first < end and start < last:
                    others.append(known.tensor)
        return others


def _memory(x: Tensor) -> tuple[int, int]:
    """Return the addresses at which the elements of a tensor begin and end."""
    if not x.numel():
        return 0, 0
    start: int = x.detach().numpy().__array_interface__["data"][0]
    last = sum((n - 1) * step for n, step in zip(x.shape, x.stride(), strict=True))
    return start, start + (last + 1) * x.itemsize


def tensors_in(*objects: object) -> Iterator[Tensor]:
    """Yield the tensors in nested tuples, lists and dicts."""
    for one in objects:
        if isinstance(one, Tensor):
            yield one
        elif isinstance(one, tuple | list):
            yield from tensors_in(*one)
        elif isinstance(one, dict):
            yield from tensors_in(*one.values())


def tensors_in_slices(*objects: object) -> Iterator[Tensor]:
    """Yield the tensors that are bounds of slices, in nested tuples and lists."""
    for one in objects:
        if isinstance(one, slice):
            yield from tensors_in(one.start, one.stop, one.step)
        elif isinstance(one, tuple | list):
            yield from tensors_in_slices(*one)
