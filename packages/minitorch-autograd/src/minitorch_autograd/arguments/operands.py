"""The operands of an operation: tensors, or numbers in the place of tensors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..engine.value import Tensor
from .type_errors import refuse_misfits_of_callers

if TYPE_CHECKING:
    from minitorch_tensor import Tensor as Raw


def unwrap(x: Tensor) -> Raw:
    """Return the value, a tensor of the layer below, of an argument that has to be a tensor."""
    try:
        return x._raw
    except AttributeError:
        refuse_misfits_of_callers()
        raise TypeError(f"expected a Tensor, got {type(x).__name__}: {x!r:.60}") from None


def unwrap_operand(x: Tensor | float) -> Raw | float:
    """Same as `unwrap`, but a number is returned as it is."""
    if isinstance(x, Tensor):
        return x._raw
    if not (isinstance(x, (int, float)) or hasattr(x, "__array_interface__")):
        refuse_misfits_of_callers()
    return x
