"""Operations in place: they write their result into the tensor itself."""

from __future__ import annotations

from ...arguments.operands import unwrap_operand
from ...arguments.scalars import check_fits
from ...arguments.type_errors import refuse_misfits_of_callers
from ...engine.graph import record, zero_gradient
from ...engine.modes import switch
from ...engine.value import Tensor, mark_written, wrap
from ...engine.writes import before_write, in_place, overwrite, refuse_write, tracks, write_recorded
from . import arithmetic


def saved_for_rule(self: Tensor, other: Tensor | float) -> Tensor:
    """Return the value of `self` for the rule of `other`: a copy if that tracks gradients."""
    return before_write(self, copy=tracks(other))


def add_(self: Tensor, other: Tensor | float, *, alpha: float = 1) -> Tensor:
    """Do ``x += alpha y``; return the tensor."""
    if switch.recording and tracks(self, other):
        return write_recorded(self, arithmetic.add(self, other, alpha=alpha))
    addend = unwrap_operand(other)
    self._raw += addend if alpha == 1 else addend * unwrap_operand(alpha)
    mark_written(self)
    return self


def sub_(self: Tensor, other: Tensor | float, *, alpha: float = 1) -> Tensor:
    """Do ``x -= alpha y``; return the tensor."""
    if switch.recording and tracks(self, other):
        return write_recorded(self, arithmetic.sub(self, other, alpha=alpha))
    subtrahend = unwrap_operand(other)
    self._raw -= subtrahend if alpha == 1 else subtrahend * unwrap_operand(alpha)
    mark_written(self)
    return self


def mul_(self: Tensor, other: Tensor | float) -> Tensor:
    """Do ``x *= y``; return the tensor."""
    if switch.recording and tracks(self, other):
        return write_recorded(self, arithmetic.mul(saved_for_rule(self, other), other))
    self._raw *= unwrap_operand(other)
    mark_written(self)
    return self


def div_(self: Tensor, other: Tensor | float, *, rounding_mode: str | None = None) -> Tensor:
    """Do ``x /= y``, rounded as by `div`; return the tensor."""
    if rounding_mode is not None:
        return in_place(arithmetic.div)(self, other, rounding_mode=rounding_mode)
    if switch.recording and tracks(self, other):
        return write_recorded(self, arithmetic.div(saved_for_rule(self, other), other))
    self._raw /= unwrap_operand(other)
    mark_written(self)
    return self


def copy_(self: Tensor, src: Tensor | float, non_blocking: bool = False) -> Tensor:
    """Write `src`, broadcast and cast, over the tensor; return the tensor."""
    if not isinstance(src, Tensor):
        if not isinstance(src, (int, float)):
            refuse_misfits_of_callers()
        return fill_(self, src)
    if switch.recording and tracks(self, src):
        refuse_write(self)
        value = wrap(src._raw.expand(self.shape).to(self.dtype).clone())
        before = before_write(self)
        return write_recorded(
            self, record("CopyBackwards", value, (before, zero_gradient), (src, lambda g: g))
        )
    self._raw[()] = src._raw
    mark_written(self)
    return self


def fill_(self: Tensor, value: Tensor | float) -> Tensor:
    """Write `value`, a number or a 0-d tensor, into every element; return the tensor."""
    if not isinstance(value, Tensor):
        return overwrite(self, "FillBackward0", check_fits(value, self._raw.dtype))
    if value.shape:
        raise RuntimeError(
            "fill_ only supports 0-dimension value tensor but got tensor with "
            f"{len(value.shape)} dimensions."
        )
    return copy_(self, value)


def zero_(self: Tensor) -> Tensor:
    """Write 0 into every element; return the tensor."""
    return overwrite(self, "ZeroBackward0", 0)
