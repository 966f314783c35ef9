"""The class `Tensor`: its operators and the table of its methods."""

from __future__ import annotations

from . import conversion
from .core.dtypes import DTYPES, dtype
from .core.value import Value, make_results_of
from .elementwise import arithmetic, comparisons
from .formatting import tensor_repr
from .matrices import matmul
from .movement import copies, indexing, views
from .reductions import extremes, sums

__all__ = ["Tensor"]


class Tensor(Value):
    """An n-d array of one element type, without gradients.

    Made by `tensor`, `full`, `arange`, `rand`, ...; the constructor wraps a NumPy array and shares
    its memory. The methods are functions of the families.
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

    __add__ = arithmetic.add
    __radd__ = arithmetic.add
    __sub__ = arithmetic.sub
    __rsub__ = arithmetic.reversed_sub
    __mul__ = arithmetic.multiply
    __rmul__ = arithmetic.multiply
    __truediv__ = arithmetic.divide
    __rtruediv__ = arithmetic.reversed_div
    __pow__ = arithmetic.pow
    __rpow__ = arithmetic.reversed_pow
    __neg__ = arithmetic.neg
    __iadd__ = arithmetic.add_
    __isub__ = arithmetic.sub_
    __imul__ = arithmetic.mul_
    __itruediv__ = arithmetic.div_
    __matmul__ = matmul.matmul

    __lt__ = comparisons.lt
    __le__ = comparisons.le
    __gt__ = comparisons.gt
    __ge__ = comparisons.ge
    __hash__ = object.__hash__  # by identity, since == is elementwise

    # Written out, since a type checker would take an assigned `__eq__` for that of `object`.
    def __eq__(self, other: Tensor | float, /) -> Tensor:  # type: ignore[override]
        return comparisons.eq(self, other)

    def __ne__(self, other: Tensor | float, /) -> Tensor:  # type: ignore[override]
        return comparisons.ne(self, other)

    __getitem__ = indexing.get
    __setitem__ = indexing.set_

    sum = sums.sum
    amax = extremes.amax
    amin = extremes.amin
    argmax = extremes.argmax
    argmin = extremes.argmin

    view = views.view
    permute = views.permute
    expand = views.expand
    clone = copies.clone
    is_contiguous = views.is_contiguous

    to = conversion.to
    item = conversion.item
    tolist = conversion.tolist

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
