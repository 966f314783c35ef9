"""The class: a value, its place in the graph, and the table of its methods."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import prod
from numbers import Number
from typing import TYPE_CHECKING, Any

import minitorch_tensor as below

from . import (
    _arithmetic,
    _backward,
    _comparisons,
    _elementwise,
    _indexing,
    _inplace,
    _interop,
    _matmul,
    _movement,
    _random,
    _reductions,
)
from ._graph import AccumulateGrad, Node, Stamp, alias

if TYPE_CHECKING:
    from typing import TypeAlias

    Nested: TypeAlias = "float | Sequence[Nested]"


class Tensor:
    """An n-d array that can know how it was computed.

    Made by `tensor`, `zeros`, `rand`, ..., and by operations. The constructor is torch's old one:
    `Tensor([1, 2])` makes float32 of nested sequences, `Tensor(2, 3)` zeros of that shape (torch
    leaves any values), and `Tensor(other)` shares the memory of `other`, without its history.

    Source: https://docs.pytorch.org/docs/stable/tensors.html
    """

    __slots__ = ("__weakref__", "_grad", "_node", "_raw", "_stamp")

    _raw: below.Tensor  # the value
    _node: Node | None  # how it was computed; of a leaf, where its gradient gathers
    _grad: Tensor | None
    _stamp: Stamp | None  # when its memory was last written; None if it never was, nor shared

    def __init__(self, *data: Tensor | Nested) -> None:
        first = data[0] if data else ()
        self._node = self._grad = self._stamp = None
        if isinstance(first, Tensor):
            self._raw = first._raw
            self._stamp = alias(first, first._raw)._stamp
        elif isinstance(first, Sequence):
            self._raw = below.tensor(first, below.float32)
        elif isinstance(first, float):
            raise TypeError(f"new(): data must be a sequence (got float): use tensor({first})")
        else:
            self._raw = below.full(tuple(int(n) for n in data), 0, below.float32)

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
        return _movement.permute(self, tuple(reversed(range(self.ndim))))

    def dim(self) -> int:
        """Return the number of dimensions."""
        return len(self._raw.shape)

    def size(self, dim: int | None = None) -> int | tuple[int, ...]:
        """Return the shape, or the size of one dimension."""
        return self.shape if dim is None else self.shape[dim]

    def numel(self) -> int:
        """Return the number of elements."""
        return prod(self._raw.shape)

    def is_contiguous(self) -> bool:
        """Tell whether the elements lie in memory in row-major order."""
        return self._raw.is_contiguous()

    # --- Its place in the graph

    @property
    def requires_grad(self) -> bool:
        """Whether gradients are tracked: asked for on a leaf, inherited by what is computed."""
        return self._node is not None

    @requires_grad.setter
    def requires_grad(self, value: bool) -> None:
        self.requires_grad_(value)

    def requires_grad_(self, requires_grad: bool = True) -> Tensor:
        """Ask a leaf to track gradients, or not to; return it.

        Raises:
            RuntimeError: if the elements are not floats, or the tensor is not a leaf.
        """
        if not self.is_leaf:
            if not requires_grad:
                raise RuntimeError(
                    "you can only change requires_grad flags of leaf variables. If you want to use "
                    "a computed variable in a subgraph that doesn't require differentiation use "
                    "var_no_grad = var.detach()."
                )
        elif not requires_grad:
            self._node = None
        elif not self.dtype.is_floating_point:
            raise RuntimeError(
                "only Tensors of floating point and complex dtype can require gradients: "
                f"this one is {self.dtype}"
            )
        elif self._node is None:
            self._node = AccumulateGrad(self)
        return self

    @property
    def is_leaf(self) -> bool:
        """Whether it was made, not computed from something that tracks gradients."""
        return self._node is None or isinstance(self._node, AccumulateGrad)

    @property
    def grad_fn(self) -> Node | None:
        """The operation that computed it; None of a leaf."""
        return None if self.is_leaf else self._node

    @property
    def grad(self) -> Tensor | None:
        """The gradient that `backward` has gathered; None before there is one."""
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

    def detach(self) -> Tensor:
        """Return a tensor of the same memory, without history."""
        return alias(self, self._raw)

    @property
    def data(self) -> Tensor:
        """The same memory, without history."""
        return alias(self, self._raw)

    @data.setter
    def data(self, value: Tensor) -> None:
        self._raw = value._raw
        self._stamp = alias(value, value._raw)._stamp

    backward = _backward.backward

    # --- Operations

    add = _arithmetic.add
    sub = _arithmetic.sub
    mul = _arithmetic.mul
    div = _arithmetic.div
    pow = _arithmetic.pow
    neg = _arithmetic.neg
    eq = _comparisons.eq
    ne = _comparisons.ne
    lt = _comparisons.lt
    le = _comparisons.le
    gt = _comparisons.gt
    ge = _comparisons.ge
    exp = _elementwise.exp
    log = _elementwise.log
    sqrt = _elementwise.sqrt
    tanh = _elementwise.tanh
    sigmoid = _elementwise.sigmoid
    relu = _elementwise.relu
    abs = _elementwise.abs
    maximum = _elementwise.maximum
    minimum = _elementwise.minimum

    matmul = _matmul.matmul

    sum = _reductions.sum
    mean = _reductions.mean
    var = _reductions.var
    amax = _reductions.amax
    amin = _reductions.amin
    argmax = _reductions.argmax
    argmin = _reductions.argmin
    max = _reductions.max
    min = _reductions.min

    view = _movement.view
    reshape = _movement.reshape
    permute = _movement.permute
    transpose = _movement.transpose
    t = _movement.t
    expand = _movement.expand
    squeeze = _movement.squeeze
    unsqueeze = _movement.unsqueeze
    clone = _movement.clone
    contiguous = _movement.contiguous
    gather = _indexing.gather

    add_ = _inplace.add_
    sub_ = _inplace.sub_
    mul_ = _inplace.mul_
    div_ = _inplace.div_
    copy_ = _inplace.copy_
    fill_ = _inplace.fill_
    zero_ = _inplace.zero_
    uniform_ = _random.uniform_
    normal_ = _random.normal_

    to = _interop.to
    item = _interop.item
    tolist = _interop.tolist
    numpy = _interop.numpy

    __add__ = _arithmetic.add
    __radd__ = _arithmetic.add
    __sub__ = _arithmetic.sub
    __rsub__ = _arithmetic.rsub
    __mul__ = _arithmetic.mul
    __rmul__ = _arithmetic.mul
    __truediv__ = _arithmetic.div
    __rtruediv__ = _arithmetic.rdiv
    __pow__ = _arithmetic.pow
    __rpow__ = _arithmetic.rpow
    __neg__ = _arithmetic.neg
    __abs__ = _elementwise.abs
    __matmul__ = _matmul.matmul
    __iadd__ = _inplace.add_
    __isub__ = _inplace.sub_
    __imul__ = _inplace.mul_
    __itruediv__ = _inplace.div_
    __lt__ = _comparisons.lt
    __le__ = _comparisons.le
    __gt__ = _comparisons.gt
    __ge__ = _comparisons.ge
    __hash__ = object.__hash__  # by identity, since == is elementwise

    # Written out, since a type checker would take an assigned `__eq__` for that of `object`. What
    # is no tensor and no number, such as None, is not equal, as everywhere in Python.
    def __eq__(self, other: Tensor | float, /) -> Tensor:  # type: ignore[override]
        return _comparisons.eq(self, other) if _comparable(other) else NotImplemented

    def __ne__(self, other: Tensor | float, /) -> Tensor:  # type: ignore[override]
        return _comparisons.ne(self, other) if _comparable(other) else NotImplemented

    __getitem__ = _indexing.get
    __setitem__ = _indexing.set_

    # --- As Python sees it

    def __repr__(self) -> str:
        suffixes = []
        if not self.is_leaf:
            suffixes.append(f"grad_fn={self._node!r}")
        elif self._node is not None:
            suffixes.append("requires_grad=True")
        return below.tensor_repr(self._raw, suffixes)

    def __len__(self) -> int:
        if not self.shape:
            raise TypeError("len() of a 0-d tensor")
        return self.shape[0]

    def __iter__(self) -> Iterator[Tensor]:
        if not self.shape:
            raise TypeError("iteration over a 0-d tensor")
        return (self[i] for i in range(self.shape[0]))

    def __bool__(self) -> bool:
        if self.numel() != 1:
            raise RuntimeError(
                "Boolean value of Tensor with more than one value is ambiguous: "
                f"its shape is {self.shape}; use (...).sum(), or compare one element"
            )
        return bool(self._raw.item())

    def __float__(self) -> float:
        return float(self._number())

    def __int__(self) -> int:
        return int(self._number())

    def _number(self) -> float:
        if self.numel() != 1:
            raise ValueError(
                "only one element tensors can be converted to Python scalars: "
                f"this one is of shape {self.shape}"
            )
        return self._raw.item()

    def __index__(self) -> int:
        if self.dtype.is_floating_point:
            raise TypeError("only integer tensors of a single element can be converted to an index")
        return int(self._raw.item())

    # NumPy's own types are known only below.
    def __array__(self, dtype: Any = None, copy: bool | None = None) -> Any:  # noqa: ANN401
        """Give NumPy the array beneath; `np.asarray(tensor)` calls it."""
        array = self.numpy()
        if dtype is not None and array.dtype != dtype:
            if copy is False:
                raise ValueError(f"a cast from {array.dtype} to {dtype} needs a copy")
            return array.astype(dtype)
        return array.copy() if copy else array

    def __deepcopy__(self, memo: dict[int, object]) -> Tensor:
        if not self.is_leaf:
            raise RuntimeError(
                "Only Tensors created explicitly by the user (graph leaves) support the deepcopy "
                "protocol at the moment: use x.detach().clone()"
            )
        copied = type(self).__new__(type(self))
        memo[id(self)] = copied
        Tensor.__init__(copied, _movement.clone(self.detach()))
        copied._stamp = None
        if self._node is not None:
            copied.requires_grad_()
        if self._grad is not None:
            copied._grad = _movement.clone(self._grad.detach())
        return copied


def _comparable(other: object) -> bool:
    return isinstance(other, (Tensor, int, float, Number))
