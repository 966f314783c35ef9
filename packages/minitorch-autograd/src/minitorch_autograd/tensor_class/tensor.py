"""The class `Tensor`: a value, and its place in the graph; the operations are in `.methods`."""

from __future__ import annotations

from math import prod
from numbers import Number
from typing import TYPE_CHECKING, Final

import minitorch_tensor as below

from ..arguments import device as _device
from ..arguments.conversion import read_data
from ..arguments.device import CPU
from ..arguments.shapes import shape_of
from ..arguments.type_errors import refuse_misfits_of_callers
from ..engine import backward as _backward
from ..engine.modes import inference_mode
from ..engine.node import AccumulateGrad, Node
from ..engine.value import Value, alias, set_result_classes
from ..engine.views import register_view, remake_view
from ..engine.writes import move_retained_grad
from ..ops.core import comparisons, movement
from ..ops.shapes import reshaping
from . import graph_methods
from .graph_methods import warn_of_no_leaf
from .methods import Methods

if TYPE_CHECKING:
    from ..arguments.conversion import Data

__all__ = ["Tensor"]


class Tensor(Methods, Value):
    """An n-dimensional array that can track how it was computed.

    Made by `tensor`, `zeros`, `rand`, ..., and by operations. The constructor is torch's old one:
    `Tensor([1, 2])` makes floats of nested sequences, `Tensor(2, 3)` zeros of that shape (torch
    leaves any values), and `Tensor(other)` shares the memory of `other`, without its history.

    Source: https://docs.pytorch.org/docs/stable/tensors.html
    """

    __slots__ = ()

    def __init__(self, *data: Data) -> None:
        first = data[0] if data else ()
        self._node = self._grad = self._stamp = self._view = None
        if isinstance(first, Tensor):
            self._raw = first._raw
            self._stamp = alias(first, first._raw)._stamp
        elif isinstance(first, float):
            raise TypeError(f"new(): data must be a sequence (got float): use tensor({first})")
        elif isinstance(first, int):
            shape = shape_of("new", data)  # type: ignore[arg-type]  # ints, or it says so
            self._raw = below.full(shape, 0, below.get_default_dtype())
        else:
            self._raw = read_data(first, below.get_default_dtype())[0]

    # --- What it is

    @property
    def shape(self) -> tuple[int, ...]:
        """The size of each dimension."""
        return self._raw.shape

    @property
    def dtype(self) -> below.dtype:
        """The element type."""
        return self._raw.dtype

    @property
    def ndim(self) -> int:
        """The number of dimensions."""
        return len(self._raw.shape)

    @property
    def T(self) -> Tensor:
        """The tensor with its dimensions in reverse order; a view."""
        return movement.permute(self, tuple(reversed(range(self.ndim))))

    @property
    def mT(self) -> Tensor:  # noqa: N802  (torch's name)
        """The tensor with its last two dimensions swapped; a view."""
        return reshaping.matrix_transpose(self)

    def dim(self) -> int:
        """Return the number of dimensions."""
        return len(self._raw.shape)

    def size(self, dim: int | None = None) -> int | tuple[int, ...]:
        """Return the shape, or the size of one dimension."""
        try:
            return self.shape if dim is None else self.shape[dim]
        except TypeError:
            refuse_misfits_of_callers()
            raise

    def numel(self) -> int:
        """Return the number of elements."""
        return prod(self._raw.shape)

    nelement = numel

    def element_size(self) -> int:
        """Return the bytes of one element."""
        return self._raw.dtype.itemsize

    @property
    def itemsize(self) -> int:
        """The bytes of one element."""
        return self._raw.dtype.itemsize

    @property
    def nbytes(self) -> int:
        """The bytes of all elements."""
        return self.numel() * self._raw.dtype.itemsize

    @property
    def device(self) -> _device.device:
        """Where the elements are: in the memory of the CPU."""
        return CPU

    def is_contiguous(self) -> bool:
        """Return whether the elements lie in memory in row-major order."""
        return self._raw.is_contiguous()

    # --- Its place in the graph

    @property
    def requires_grad(self) -> bool:
        """Whether gradients are tracked: set on a leaf, and inherited by results."""
        return self._node is not None

    @requires_grad.setter
    def requires_grad(self, value: bool) -> None:
        if not isinstance(value, bool):
            raise RuntimeError(f"requires_grad must be a bool, not {type(value).__name__}")
        self.requires_grad_(value)

    @property
    def is_leaf(self) -> bool:
        """Whether the tensor was not computed from tensors that track gradients."""
        return self._node is None or isinstance(self._node, AccumulateGrad)

    @property
    def grad_fn(self) -> Node | None:
        """The node of the operation that computed the tensor; None of a leaf."""
        return None if self._node is None or self.is_leaf else self._node.shown

    @property
    def output_nr(self) -> int:
        """Which output of `grad_fn` the tensor is."""
        return 0 if self._node is None else self._node.index

    @property
    def grad(self) -> Tensor | None:
        """The gradient that `backward` has added up; None before there is one."""
        if self._grad is None:
            warn_of_no_leaf(self)
        return self._grad

    @grad.setter
    def grad(self, value: Tensor | None) -> None:
        if not (value is None or isinstance(value, Tensor)):
            raise TypeError(
                "assigned grad expected to be a Tensor or None but got grad of type "
                f"{type(value).__name__}"
            )
        if value is not None and (value.shape != self.shape or value.dtype is not self.dtype):
            raise RuntimeError(
                "assigned grad has data of a different size or type: expected "
                f"{list(self.shape)} of {self.dtype}, got {list(value.shape)} of {value.dtype}"
            )
        self._grad = value

    @grad.deleter
    def grad(self) -> None:
        self._grad = None

    def detach(self) -> Tensor:
        """Return a tensor that shares the memory, without history."""
        return alias(self, self._raw)

    @property
    def data(self) -> Tensor:
        """A tensor that shares the memory, without history; writes into it are not detected.

        A rule that needs a value which was overwritten in this way uses the new one, and its
        gradient is wrong; after a write into `detach()` it raises. Assigning a tensor makes its
        memory that of this one.
        """
        return alias(self, self._raw, track_writes=False)

    @data.setter
    def data(self, value: Tensor) -> None:
        last_write = 0 if self._stamp is None else self._stamp.time
        self._raw = value._raw
        self._stamp = stamp = alias(value, value._raw, track_writes=False)._stamp
        if stamp is not None and not stamp.inference:
            stamp.time = last_write
        if self._node is not None:  # which has the shape and type of the gradient
            self._node.shape, self._node.dtype = value._raw.shape, value._raw.dtype

    backward = _backward.backward_of_one
    register_hook = graph_methods.register_hook
    register_post_accumulate_grad_hook = graph_methods.register_post_accumulate_grad_hook
    requires_grad_ = graph_methods.requires_grad_
    retain_grad = graph_methods.retain_grad
    retains_grad = property(graph_methods.retains_grad)
    detach_ = graph_methods.detach_
    is_inference = graph_methods.is_inference

    __hash__ = object.__hash__  # by identity, since == is elementwise

    # Written out, since a type checker would take an assigned `__eq__` for that of `object`. Other
    # things than tensors and numbers, such as None, are not equal, as everywhere in Python.
    def __eq__(self, other: Tensor | float, /) -> Tensor:  # type: ignore[override]
        return comparisons.eq(self, other) if _comparable(other) else NotImplemented

    def __ne__(self, other: Tensor | float, /) -> Tensor:  # type: ignore[override]
        return comparisons.ne(self, other) if _comparable(other) else NotImplemented

    # --- As Python sees it

    def __repr__(self) -> str:
        suffixes = []
        if not self.is_leaf:
            suffixes.append(f"grad_fn={self.grad_fn!r}")
        elif self._node is not None:
            suffixes.append("requires_grad=True")
        return below.tensor_repr(self._raw, suffixes)


def _remake_node(self: Tensor) -> Node | None:
    """Make the history of an outdated view again, which is an ordinary tensor from then on."""
    assert self._view is not None
    root, chain = self._view
    assert chain is not None, "only views with a chain are outdated"
    before = NODE.__get__(self)
    with inference_mode(False):  # which records, whatever the caller's mode
        node = remake_view(root, chain)._node
    NODE.__set__(self, node)
    move_retained_grad(before, node)
    register_view(self)
    self.__class__ = Tensor  # last: other threads may ask for the history meanwhile
    return node


NODE: Final = vars(Value)["_node"]  # the slot


class OutdatedView(Tensor):
    """A view whose memory was written, until its history is asked for: see `engine.writes`."""

    __slots__ = ()
    _node = property(_remake_node)

    def __new__(cls, *data: Data) -> Tensor:  # type: ignore[misc]  # `type(view)` makes tensors
        return Tensor(*data)


OutdatedView.__name__, OutdatedView.__qualname__ = Tensor.__name__, Tensor.__qualname__
set_result_classes(Tensor, OutdatedView)


def _comparable(other: object) -> bool:
    return isinstance(other, (Tensor, int, float, Number))
