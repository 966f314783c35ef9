"""The class: an array, its operators, and the table of its methods."""

from __future__ import annotations

from . import _elementwise, _indexing, _interop, _matmul, _movement, _reductions
from ._dtypes import DTYPES, dtype
from ._formatting import tensor_repr
from ._value import Value, make_results_of


class Tensor(Value):
    """An n-d array of one element type, without gradients.

    Made by `tensor`, `full`, `arange`, `rand`, ...; the constructor wraps a NumPy array and shares
    its memory. The methods are the functions of the families beside this file.
    """

    __slots__ = ()

    @property
    def shape(self) -> tuple[int, ...]:
        """The size of each dimension."""
        return self._array.shape

    @property
    def dtype(self) -> dtype:
        """The element type."""
        return DTYPES[self._array.dtype]

    __add__ = _elementwise.add
    __radd__ = _elementwise.add
    __sub__ = _elementwise.sub
    __rsub__ = _elementwise.reversed_sub
    __mul__ = _elementwise.multiply
    __rmul__ = _elementwise.multiply
    __truediv__ = _elementwise.divide
    __rtruediv__ = _elementwise.reversed_div
    __pow__ = _elementwise.pow
    __rpow__ = _elementwise.reversed_pow
    __neg__ = _elementwise.neg
    __iadd__ = _elementwise.add_
    __isub__ = _elementwise.sub_
    __imul__ = _elementwise.mul_
    __itruediv__ = _elementwise.div_
    __matmul__ = _matmul.matmul

    __lt__ = _elementwise.lt
    __le__ = _elementwise.le
    __gt__ = _elementwise.gt
    __ge__ = _elementwise.ge
    __hash__ = object.__hash__  # by identity, since == is elementwise

    # Written out, since a type checker would take an assigned `__eq__` for that of `object`.
    def __eq__(self, other: Tensor | float, /) -> Tensor:  # type: ignore[override]
        return _elementwise.eq(self, other)

    def __ne__(self, other: Tensor | float, /) -> Tensor:  # type: ignore[override]
        return _elementwise.ne(self, other)

    __getitem__ = _indexing.get
    __setitem__ = _indexing.set_

    sum = _reductions.sum
    amax = _reductions.amax
    amin = _reductions.amin
    argmax = _reductions.argmax
    argmin = _reductions.argmin

    view = _movement.view
    permute = _movement.permute
    expand = _movement.expand
    clone = _movement.clone
    is_contiguous = _movement.is_contiguous

    to = _interop.to
    item = _interop.item
    tolist = _interop.tolist

    def __repr__(self) -> str:
        return tensor_repr(self)

    def __len__(self) -> int:
        if not self._array.shape:
            raise TypeError("len() of a 0-d tensor")
        return len(self._array)

    def __bool__(self) -> bool:
        if self._array.size != 1:
            raise RuntimeError(
                "Boolean value of Tensor with more than one value is ambiguous"
                f": its shape is {self.shape}"
            )
        return bool(self._array.reshape(-1)[0])

    def __index__(self) -> int:
        if self._array.size != 1 or self._array.dtype.kind not in "iu":
            raise TypeError(
                f"only integer tensors of a single element can be converted to an index: {self!r}"
            )
        return int(self._array.item())


make_results_of(Tensor)
