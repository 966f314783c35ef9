"""Writing into tensors that exist.

Under `no_grad`, which is where optimizers and initialisers write, a write is only noted, so that
a rule which needs the old value is refused. While recording, a write into a tensor that has no
other name for its memory becomes a part of its history; a leaf that tracks gradients, and memory
that views share, are refused.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import minitorch_tensor as below

from . import _arithmetic, _movement, _tensor
from ._graph import raw_of, record, wrap, written
from ._modes import switch

if TYPE_CHECKING:
    from minitorch_tensor import Tensor as Raw

    from ._tensor import Tensor


def tracks(*operands: Tensor | float) -> bool:
    """Tell whether an operation on `operands` is recorded."""
    return switch.recording and any(
        isinstance(one, _tensor.Tensor) and one._node is not None for one in operands
    )


def refuse_shared(self: Tensor) -> None:
    """Raise where a recorded write into `self` could not become a part of all histories."""
    if self._node is not None and self.is_leaf:
        raise RuntimeError(
            "a leaf Variable that requires grad is being used in an in-place operation."
        )
    if self._stamp is not None and self._stamp.shared:
        raise RuntimeError(
            f"a tensor of shape {self.shape} that shares its memory with another (a view, or "
            "detach) can't be written in place while that is recorded; write under no_grad, or "
            "use the operation that makes a new tensor"
        )


def replace(self: Tensor, result: Tensor) -> Tensor:
    """Write the recorded `result` into `self`, with its history."""
    refuse_shared(self)
    if result.shape != self.shape or result.dtype is not self.dtype:
        raise RuntimeError(
            f"output with shape {list(self.shape)} and {self.dtype} doesn't match the broadcast "
            f"shape {list(result.shape)} and {result.dtype}"
        )
    self._raw[()] = result._raw
    self._node = result._node
    written(self)
    return self


def kept(self: Tensor, other: Tensor | float) -> Tensor:
    """Return what the rule of `other` may mention: a copy, since `self` will be overwritten."""
    return _movement.clone(self) if tracks(other) else self


def add_(self: Tensor, other: Tensor | float, *, alpha: float = 1) -> Tensor:
    """Add in place: ``x += alpha y``.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.Tensor.add_.html
    """
    if switch.recording and tracks(self, other):
        return replace(self, _arithmetic.add(self, other, alpha=alpha))
    addend = raw_of(other)
    self._raw += addend if alpha == 1 else addend * alpha
    written(self)
    return self


def sub_(self: Tensor, other: Tensor | float, *, alpha: float = 1) -> Tensor:
    """Subtract in place: ``x -= alpha y``.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.Tensor.sub_.html
    """
    if switch.recording and tracks(self, other):
        return replace(self, _arithmetic.sub(self, other, alpha=alpha))
    subtrahend = raw_of(other)
    self._raw -= subtrahend if alpha == 1 else subtrahend * alpha
    written(self)
    return self


def mul_(self: Tensor, other: Tensor | float) -> Tensor:
    """Multiply in place: ``x *= y``.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.Tensor.mul_.html
    """
    if switch.recording and tracks(self, other):
        return replace(self, _arithmetic.mul(kept(self, other), other))
    self._raw *= raw_of(other)
    written(self)
    return self


def div_(self: Tensor, other: Tensor | float) -> Tensor:
    """Divide in place: ``x /= y``.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.Tensor.div_.html
    """
    if switch.recording and tracks(self, other):
        return replace(self, _arithmetic.div(kept(self, other), other))
    self._raw /= raw_of(other)
    written(self)
    return self


def copy_(self: Tensor, src: Tensor) -> Tensor:
    """Write `src` over this tensor, broadcast and cast; return it.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.Tensor.copy_.html
    """
    if switch.recording and tracks(self, src):
        value = wrap(src._raw.expand(self.shape).to(self.dtype).clone())
        return replace(
            self, record("CopyBackwards", value, (self, lambda g: g * 0.0), (src, lambda g: g))
        )
    self._raw[()] = src._raw
    written(self)
    return self


def fill_(self: Tensor, value: float) -> Tensor:
    """Write `value` into every element; return the tensor.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.Tensor.fill_.html
    """
    if switch.recording and tracks(self):
        filled = wrap(below.full(self.shape, value, self.dtype))
        return replace(self, record("FillBackward0", filled, (self, lambda g: g * 0.0)))
    self._raw[()] = value
    written(self)
    return self


def zero_(self: Tensor) -> Tensor:
    """Write 0 into every element; return the tensor.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.Tensor.zero_.html
    """
    return fill_(self, 0)


def write_out(
    out: Tensor, name: str, function: Callable[..., Raw], *operands: Tensor | float
) -> Tensor:
    """Write what the raw `function` makes of `operands` into `out`; return it."""
    if switch.recording and tracks(out, *operands):
        raise RuntimeError(
            f"{name}(): functions with out=... arguments don't support automatic differentiation, "
            "but one of the arguments requires grad."
        )
    function(*[raw_of(one) for one in operands], out=out._raw)
    written(out)
    return out
