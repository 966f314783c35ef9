"""Broadcasting: the common shape of two operands, and what is wrong where there is none."""

from __future__ import annotations

import numpy as np

from .value import Array


def broadcast_shape(operation: str, a: tuple[int, ...], b: tuple[int, ...]) -> tuple[int, ...]:
    """Return the shape that `a` and `b` broadcast to, or raise naming `operation`."""
    try:
        return np.broadcast_shapes(a, b)
    except ValueError:
        raise RuntimeError(broadcast_message(operation, a, b)) from None


def broadcast_message(operation: str, a: tuple[int, ...], b: tuple[int, ...]) -> str:
    """Return a message that names the dimension in which shapes `a` and `b` differ."""
    ndim = max(len(a), len(b))
    padded = zip((1,) * (ndim - len(a)) + a, (1,) * (ndim - len(b)) + b, strict=True)
    for dim, (m, n) in enumerate(padded):
        if m != n and 1 not in (m, n):
            return (
                f"{operation}: The size of tensor a ({m}) must match the size of tensor b ({n}) "
                f"at non-singleton dimension {dim}: shapes {a} and {b}"
            )
    return f"{operation}: shapes {a} and {b} do not fit"


def refuse_overlap(a: Array) -> None:
    """Raise if elements of `a` share memory, as those of an expanded tensor do."""
    if not a.flags.writeable:
        raise RuntimeError(
            "unsupported operation: more than one element of the written-to tensor refers to a "
            "single memory location. Please clone() the tensor before performing the operation."
        )
