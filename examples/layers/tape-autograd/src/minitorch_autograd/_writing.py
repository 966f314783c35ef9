"""Operations that write into a tensor that is already there. No tape has entries for them.

A rule reads its operands when the tape is played, so writing to one would change history. Where
a gradient is wanted, these functions refuse to run while recording is on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import minitorch_tensor as below

from . import _operations
from ._tape import mode

if TYPE_CHECKING:
    from ._tensor import Tensor


def _differentiates(*operands: Tensor | float) -> bool:
    return mode.recording and any(
        not isinstance(x, (int, float)) and x.requires_grad for x in operands
    )


def _target(name: str, x: Tensor, *operands: Tensor | float) -> below.Tensor:
    """Return the memory of `x`, to be written to."""
    if _differentiates(x, *operands):
        if x.requires_grad and x.is_leaf:
            raise RuntimeError(
                f"{name}: a leaf Variable that requires grad is being used in an in-place "
                "operation. Write to it under no_grad()"
            )
        raise RuntimeError(
            f"{name}: a tape has no entries for in-place operations: write under no_grad(), or "
            "make a new tensor"
        )
    return x._raw


def add_(x: Tensor, other: Tensor | float) -> Tensor:
    """Add in place."""
    target = _target("add_", x, other)
    target += _operations.raw(other)
    return x


def mul_(x: Tensor, other: Tensor | float) -> Tensor:
    """Multiply in place."""
    target = _target("mul_", x, other)
    target *= _operations.raw(other)
    return x


def copy_(x: Tensor, src: Tensor) -> Tensor:
    """Write `src`, broadcast and cast."""
    _target("copy_", x, src)[()] = src._raw
    return x


def zero_(x: Tensor) -> Tensor:
    """Write zeros."""
    _target("zero_", x)[()] = 0.0
    return x


def uniform_(
    x: Tensor, from_: float = 0.0, to: float = 1.0, *, generator: below.Generator | None = None
) -> Tensor:
    """Write numbers drawn from the uniform distribution on [from_, to)."""
    drawn = below.rand(x.shape, x.dtype, generator or below.default_generator)
    _target("uniform_", x)[()] = drawn * (to - from_) + from_
    return x


def normal_(
    x: Tensor, mean: float = 0.0, std: float = 1.0, *, generator: below.Generator | None = None
) -> Tensor:
    """Write numbers drawn from the normal distribution."""
    stream = generator or below.default_generator
    _target("normal_", x)[()] = below.normal(x.shape, mean, std, x.dtype, stream)
    return x


def bernoulli_(x: Tensor, p: float = 0.5, *, generator: below.Generator | None = None) -> Tensor:
    """Write 1 with probability `p`, else 0."""
    drawn = below.rand(x.shape, below.float64, generator or below.default_generator)
    _target("bernoulli_", x)[()] = (drawn < p).to(x.dtype)
    return x


# With `out` the result is written there; without, these are the operations of their names.


def _out(name: str, out: Tensor, *operands: Tensor | float) -> below.Tensor:
    if _differentiates(out, *operands):
        raise RuntimeError(
            f"{name}(): functions with out=... arguments don't support automatic differentiation, "
            "but one of the arguments requires grad."
        )
    return out._raw


def mul(input: Tensor, other: Tensor | float, *, out: Tensor | None = None) -> Tensor:
    """Multiply, into `out` if it is given."""
    if out is None:
        return _operations.mul(input, other)
    below.mul(input._raw, _operations.raw(other), out=_out("mul", out, input, other))
    return out


def div(input: Tensor, other: Tensor | float, *, out: Tensor | None = None) -> Tensor:
    """Divide, into `out` if it is given."""
    if out is None:
        return _operations.div(input, other)
    below.div(input._raw, _operations.raw(other), out=_out("div", out, input, other))
    return out


def maximum(input: Tensor, other: Tensor | float, *, out: Tensor | None = None) -> Tensor:
    """Take the larger of each two, into `out` if it is given."""
    if out is None:
        return _operations.maximum(input, other)
    below.maximum(input._raw, _operations.raw(other), out=_out("maximum", out, input, other))
    return out


def sqrt(input: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Take the square root, into `out` if it is given."""
    if out is None:
        return _operations.sqrt(input)
    below.sqrt(input._raw, out=_out("sqrt", out, input))
    return out
