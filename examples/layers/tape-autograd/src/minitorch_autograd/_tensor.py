"""The class: a tensor of the layer below, and its place on a tape."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import minitorch_tensor as below

from . import _movement, _operations, _writing
from ._tape import Entry, Place, play

if TYPE_CHECKING:
    from .requires import Nested


class Tensor:
    """An n-d array that can be differentiated.

    `Tensor([[1., 2.]])` has elements of type float32, whatever the numbers; `Tensor(other)` shares
    the memory of `other`. Neither tracks anything: set `requires_grad` for that.
    """

    _entry: Entry | None = None  # the operation that made it, if that was recorded
    _tracked = False  # whether it is a leaf that wants a gradient
    grad: Tensor | None = None

    def __init__(self, data: Tensor | below.Tensor | Nested) -> None:
        if isinstance(data, below.Tensor):
            self._raw = data
        elif isinstance(data, Tensor):
            self._raw = data._raw
        else:
            self._raw = below.tensor(data, below.float32)

    @property
    def shape(self) -> tuple[int, ...]:
        return self._raw.shape

    @property
    def dtype(self) -> below.dtype:
        return self._raw.dtype

    # Gradients

    @property
    def is_leaf(self) -> bool:
        return self._entry is None

    @property
    def requires_grad(self) -> bool:
        return self._tracked or self._entry is not None

    @requires_grad.setter
    def requires_grad(self, value: bool) -> None:
        if self._entry is not None and not value:
            raise RuntimeError("you can only change requires_grad flags of leaf variables.")
        if value and not self.dtype.is_floating_point:
            raise RuntimeError(
                "only Tensors of floating point and complex dtype can require gradients: "
                f"this one has {self.dtype!r}"
            )
        self._tracked = value and self._entry is None

    def backward(
        self,
        gradient: Tensor | None = None,
        retain_graph: bool | None = None,
        create_graph: bool = False,
    ) -> None:
        """Add to the `grad` of each leaf its gradient of this tensor.

        Args:
            gradient: of what follows, with respect to this tensor; 1 for a single element.
            retain_graph: keep what was played, to play it again; as `create_graph` by default.
            create_graph: record the rules, too, so that the gradients can be differentiated.
        """
        place = self._place()
        if place is None:
            raise RuntimeError(
                "element 0 of tensors does not require grad and does not have a grad_fn"
            )
        if gradient is None:
            if math.prod(self.shape) != 1:
                raise RuntimeError(
                    "grad can be implicitly created only for scalar outputs: pass a gradient of "
                    f"shape {self.shape}"
                )
            gradient = Tensor(below.full(self.shape, 1.0, self.dtype))
        elif gradient.shape != self.shape:
            raise RuntimeError(
                f"Mismatch in shape: grad_output[0] has a shape of {gradient.shape} and output[0] "
                f"has a shape of {self.shape}."
            )
        erase = not (create_graph if retain_graph is None else retain_graph)
        for leaf, g in play(place, gradient, erase, create_graph).items():
            leaf._accumulate(g)

    def _place(self) -> Place | None:
        """Where this tensor's gradient goes, if it needs one."""
        return self._entry or (self if self._tracked else None)

    def _accumulate(self, g: Tensor) -> None:
        if self.grad is None:
            # A copy: a rule may hand on its gradient, so that other tensors have it, too.
            self.grad = g.clone()
        elif g.requires_grad or self.grad.requires_grad:
            self.grad = self.grad + g
        else:
            self.grad.add_(g)

    def _sum_to(self, shape: tuple[int, ...]) -> Tensor:
        """Undo broadcasting: sum over the dimensions that came in front, or had size 1."""
        if self.shape == shape:
            return self
        new = len(self.shape) - len(shape)
        dims = tuple(
            dim
            for dim, n in enumerate(self.shape)
            if dim < new or (n != 1 and shape[dim - new] == 1)
        )
        return _operations.sum_over(self, dims, False, "SumBackward1").reshape(shape)

    def detach(self) -> Tensor:
        """The same memory, without history."""
        return Tensor(self._raw)

    @property
    def data(self) -> Tensor:
        """The same memory, without history."""
        return self.detach()

    @data.setter
    def data(self, value: Tensor) -> None:
        self._raw = value._raw

    # Values

    def item(self) -> float:
        return self._raw.item()

    def tolist(self) -> Nested:
        return self._raw.tolist()

    def __bool__(self) -> bool:
        # Without this Python would call every tensor true, and `x != y` false.
        if math.prod(self.shape) != 1:
            raise RuntimeError(
                "Boolean value of Tensor with more than one value is ambiguous: its shape is "
                f"{self.shape}"
            )
        return bool(self.item())

    def __repr__(self) -> str:
        if self._entry is not None:
            return below.tensor_repr(self._raw, [f"grad_fn=<{self._entry.name}>"])
        return below.tensor_repr(self._raw, ["requires_grad=True"] if self._tracked else [])

    def __eq__(self, other: Tensor | float, /) -> Tensor:  # type: ignore[override]  # elementwise
        return Tensor(self._raw == _operations.raw(other))

    def __lt__(self, other: Tensor | float, /) -> Tensor:
        return Tensor(self._raw < _operations.raw(other))

    def __gt__(self, other: Tensor | float, /) -> Tensor:
        return Tensor(self._raw > _operations.raw(other))

    __hash__ = object.__hash__  # by identity, since == is elementwise

    # Operations

    __add__ = _operations.add
    __sub__ = _operations.sub
    __mul__ = _operations.mul
    __rmul__ = _operations.mul
    __truediv__ = _operations.div
    __neg__ = _operations.neg
    __matmul__ = _operations.matmul
    __getitem__ = _movement.getitem

    exp = _operations.exp
    log = _operations.log
    tanh = _operations.tanh
    sigmoid = _operations.sigmoid
    relu = _operations.relu
    sum = _operations.sum
    mean = _operations.mean
    amax = _operations.amax
    argmax = _operations.argmax
    gather = _movement.gather
    reshape = _movement.reshape
    t = _movement.t
    squeeze = _movement.squeeze
    unsqueeze = _movement.unsqueeze
    clone = _movement.clone
    to = _movement.to

    add_ = _writing.add_
    mul_ = _writing.mul_
    copy_ = _writing.copy_
    zero_ = _writing.zero_
    uniform_ = _writing.uniform_
    normal_ = _writing.normal_
    bernoulli_ = _writing.bernoulli_
