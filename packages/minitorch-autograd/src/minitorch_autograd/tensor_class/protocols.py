"""The special methods that Python calls: `len`, `bool`, iteration, `format`, copies, pickles."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from math import prod
from numbers import Number
from typing import TYPE_CHECKING

from ..engine.value import Tensor, alias
from ..ops.core.comparisons import eq
from ..ops.shapes.flip_and_roll import flip

if TYPE_CHECKING:
    from minitorch_tensor import Tensor as Raw


# --- As a sequence


def length(self: Tensor) -> int:
    """Return the size of the first dimension."""
    if not self.shape:
        raise TypeError("len() of a 0-d tensor")
    return self.shape[0]


def iterate(self: Tensor) -> Iterator[Tensor]:
    """Return an iterator over the parts along the first dimension."""
    if not self.shape:
        raise TypeError("iteration over a 0-d tensor")
    return (self[i] for i in range(self.shape[0]))


def reverse(self: Tensor) -> Tensor:
    """Return the tensor with its first dimension reversed."""
    return flip(self, 0) if self.shape else self


def contains(self: Tensor, element: object) -> bool:
    """Return whether any element is equal to `element`, which is broadcast."""
    if not isinstance(element, Tensor | Number):
        raise RuntimeError(
            "Tensor.__contains__ only supports Tensor or scalar, but you passed in a "
            f"{type(element)}."
        )
    equal = eq(self, element)._raw  # type: ignore[arg-type]  # a number is one, to a type checker
    return bool(equal.sum(tuple(range(len(equal.shape)))).item())


# --- As a number


def truth(self: Tensor) -> bool:
    """Return whether the only element is not zero.

    Raises:
        RuntimeError: if there is not exactly one.
    """
    if prod(self.shape) != 1:
        many = "more than one value" if prod(self.shape) else "no values"
        raise RuntimeError(
            f"Boolean value of Tensor with {many} is ambiguous: "
            f"its shape is {self.shape}; use (...).sum(), or compare one element"
        )
    return bool(self._raw.item())


def to_float(self: Tensor) -> float:
    """Return the only element as a Python float."""
    return float(_number(self))


def to_int(self: Tensor) -> int:
    """Return the only element as a Python int."""
    return int(_number(self))


def _number(self: Tensor) -> float:
    """Return the only element."""
    if prod(self.shape) != 1:
        raise ValueError(
            "only one element tensors can be converted to Python scalars: "
            f"this one is of shape {self.shape}"
        )
    return self._raw.item()


def to_index(self: Tensor) -> int:
    """Return the only element of an integer tensor, where Python needs an index."""
    if self.dtype.is_floating_point or prod(self.shape) != 1:
        raise TypeError("only integer tensors of a single element can be converted to an index")
    return int(self._raw.item())


def format_number(self: Tensor, form: str) -> str:
    """Format a 0-d tensor like its Python number: ``f"{loss:.2f}"``."""
    if self.shape:
        return object.__format__(self, form)
    return self._raw.item().__format__(form)


# --- Copies and pickles


def shallow_copy(self: Tensor) -> Tensor:
    """Return another leaf that shares the memory, and tracks gradients if this one does."""
    twin = rebuild(type(self), self._raw, self.requires_grad)
    twin._stamp = alias(self, self._raw)._stamp
    _give_attributes(twin, _attributes(self))
    return twin


def deep_copy(self: Tensor, memo: dict[int, object]) -> Tensor:
    """Return another leaf with a copy of the value, the gradient and the attributes."""
    if not self.is_leaf:
        raise RuntimeError(
            "Only Tensors created explicitly by the user (graph leaves) support the deepcopy "
            "protocol at the moment: use x.detach().clone()"
        )
    memo[id(self)] = twin = rebuild(type(self), self._raw.clone(), self.requires_grad)
    if self._grad is not None:
        twin._grad = copy.deepcopy(self._grad if self._grad.is_leaf else self._grad.detach(), memo)
    _give_attributes(twin, copy.deepcopy(_attributes(self), memo))
    return twin


def reduce(self: Tensor) -> tuple[object, ...]:
    """Return how to make it again: from its value, and whether it tracks gradients."""
    requires_grad = self.requires_grad  # first: it makes an outdated view a `Tensor` again
    return rebuild, (type(self), self._raw, requires_grad), _attributes(self)


def rebuild(kind: type[Tensor], raw: Raw, requires_grad: bool) -> Tensor:
    """Return a leaf of the class `kind` with the value `raw`."""
    leaf = kind.__new__(kind)
    leaf._node = leaf._grad = leaf._stamp = leaf._view = None
    leaf._raw = raw
    return leaf.requires_grad_(requires_grad)


def _attributes(self: Tensor) -> dict[str, object] | None:
    """Return the attributes that a user gave to an object of a subclass, if any."""
    return getattr(self, "__dict__", None) or None


def _give_attributes(self: Tensor, attributes: dict[str, object] | None) -> None:
    for name, value in (attributes or {}).items():
        setattr(self, name, value)
