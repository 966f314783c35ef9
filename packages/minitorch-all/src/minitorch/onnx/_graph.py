"""The graph that is built while the model runs: its nodes, and the constants that they take."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeAlias

from onnx import NodeProto, helper

from minitorch_autograd import Tensor, dtype, int64, tensor

# What a node takes: a tensor, the name of a value, or nothing in the place of an option.
Operand: TypeAlias = Tensor | str | None
Attribute: TypeAlias = int | float | str | Sequence[int] | Sequence[float] | Sequence[str] | None
Shape: TypeAlias = tuple[int, ...]


class Target(NamedTuple):
    """The shape before and after a Reshape or Expand; what is written depends on all runs."""

    before: Shape
    after: Shape


class Graph:
    """Nodes in the order in which they were computed.

    Args:
        name_of: gives the name of a tensor's value, and raises where it has none.
    """

    def __init__(self, name_of: Callable[[Tensor], str]) -> None:
        self.nodes: list[NodeProto] = []
        self.constants: dict[str, Tensor] = {}
        self.targets: dict[str, Target] = {}
        self._name_of = name_of
        self._taken: set[str] = set()

    def fresh(self, stem: str) -> str:
        """Return `stem` with the first number at its end that makes a new name."""
        number = 0
        while (name := f"{stem}_{number}") in self._taken:
            number += 1
        self._taken.add(name)
        return name

    def reserve(self, name: str) -> None:
        """Take a name, so that no value gets it.

        Raises:
            ValueError: if it was given already.
        """
        if name in self._taken:
            raise ValueError(f"export: two inputs, outputs or parameters have the name {name!r}")
        self._taken.add(name)

    # --- Nodes

    def add_several(
        self, kind: str, count: int, *inputs: Operand, **attributes: Attribute
    ) -> list[str]:
        """Add a node of several outputs, and return their names."""
        names = [self.name(one) for one in inputs]
        while names and not names[-1]:
            names.pop()
        outputs = [self.fresh(kind.lower()) for _ in range(count)]
        node = helper.make_node(kind, names, outputs, outputs[0])
        for key, value in attributes.items():
            if value is not None:
                node.attribute.append(helper.make_attribute(key, value))
        self.nodes.append(node)
        return outputs

    def add(self, kind: str, *inputs: Operand, **attributes: Attribute) -> str:
        """Add a node of one output, and return its name; attributes that are None are left out."""
        return self.add_several(kind, 1, *inputs, **attributes)[0]

    def reshape(self, x: Operand, before: Shape, after: Shape) -> str:
        """Reshape `x`, of the shape `before`, to `after`."""
        if before == after:
            return self.name(x)
        allowed = 1 if 0 in after else None  # so that 0 is a size, not "as in the input"
        return self.add("Reshape", x, self._target(before, after), allowzero=allowed)

    def expand(self, x: Operand, before: Shape, after: Shape) -> str:
        """Broadcast `x`, of the shape `before`, to `after`."""
        if before == after:
            return self.name(x)
        return self.add("Expand", x, self._target(before, after))

    def transpose(self, x: Operand, order: Sequence[int]) -> str:
        """Permute dimensions."""
        if list(order) == sorted(order):
            return self.name(x)
        return self.add("Transpose", x, perm=list(order))

    def squeeze(self, x: Operand, *dims: int) -> str:
        """Remove dimensions of size 1."""
        return self.add("Squeeze", x, self.integers(dims))

    def unsqueeze(self, x: Operand, *dims: int) -> str:
        """Insert dimensions of size 1."""
        return self.add("Unsqueeze", x, self.integers(dims))

    # --- What nodes take

    def name(self, x: Operand) -> str:
        """Return the name of a value; "" for none."""
        if isinstance(x, Tensor):
            return self._name_of(x)
        return x or ""

    def constant(self, value: Tensor) -> str:
        """Add the present value of a tensor as a constant, and return its name."""
        name = self.fresh("constant")
        self.constants[name] = value.detach().clone()
        return name

    def number(self, value: float, dtype: dtype) -> str:
        """Return a constant without dimensions."""
        return self.constant(tensor(value, dtype=dtype))

    def integers(self, values: Sequence[int]) -> str:
        """Return a constant of one dimension, such as sizes or axes."""
        return self.constant(tensor(list(values), dtype=int64))

    def cast(self, x: Tensor, dtype: dtype) -> str:
        """Return a tensor's value in another element type."""
        return self.name(x) if x.dtype is dtype else self.convert(x, dtype)

    def convert(self, x: Operand, dtype: dtype) -> str:
        """Add a Cast."""
        return self.add("Cast", x, to=onnx_type(dtype))

    def operand(self, x: Tensor | float, dtype: dtype) -> str:
        """Return a tensor's value, or a number, in the element type `dtype`."""
        return self.cast(x, dtype) if isinstance(x, Tensor) else self.number(x, dtype)

    def _target(self, before: Shape, after: Shape) -> str:
        name = self.fresh("shape")
        self.targets[name] = Target(before, after)
        return name


def onnx_type(dtype: dtype) -> int:
    """Return ONNX's number of an element type."""
    return helper.np_dtype_to_tensor_dtype(tensor([], dtype=dtype).numpy().dtype)
