"""Type promotion: in which element type two operands are computed (torch's rules, not NumPy's)."""

from __future__ import annotations

from typing import Final

import numpy as np

from .dtypes import DTYPES, Default
from .value import Tensor

# The kinds of types in order: bool < integers < floats. An integer beside a float becomes that
# float, whatever their sizes.
CATEGORY: Final = {"b": 0, "u": 1, "i": 1, "f": 2}


def promote_types(a: np.dtype[np.generic], b: np.dtype[np.generic]) -> np.dtype[np.generic]:
    """Return the type in which tensors of types `a` and `b` are computed."""
    rank_a, rank_b = CATEGORY[a.kind], CATEGORY[b.kind]
    if rank_a == rank_b:
        return np.promote_types(a, b)
    return a if rank_a > rank_b else b


LONG: Final[np.dtype[np.generic]] = np.dtype("int64")
TOO_BIG: Final = "int too big to convert: int64 does not hold it"


def result_type(x: Tensor | float, y: Tensor | float) -> np.dtype[np.generic]:
    """Return the type in which `x` and `y` are computed.

    Tensors with dimensions come before 0-d tensors, and these before Python numbers: of two that
    differ in this, the later one counts only if its category is higher. An int32 tensor times 2.5
    has the default float type; times a 0-d int64 tensor it stays int32.
    """
    (rank_x, type_x), (rank_y, type_y) = _rank(x), _rank(y)
    if rank_x == rank_y:
        common = promote_types(type_x, type_y)
    else:
        high, low = (type_x, type_y) if rank_x > rank_y else (type_y, type_x)
        common = low if CATEGORY[low.kind] > CATEGORY[high.kind] else high
    if common.kind == "u" and common.itemsize == 8:  # 2**63 beside bools or another number
        raise OverflowError(TOO_BIG)
    return common


def _rank(x: Tensor | float) -> tuple[int, np.dtype[np.generic]]:
    """Return the place of `x` in that order (2, 1 or 0), and its type."""
    if isinstance(x, Tensor):
        return (2 if x._array.ndim else 1), x._array.dtype
    if isinstance(x, np.ndarray) and x.dtype in DTYPES:
        return (2 if x.ndim else 1), x.dtype
    if not isinstance(x, int | float | np.generic):
        raise TypeError(f"expected a Tensor or a number, got {type(x).__name__}: {x!r:.60}")
    # NumPy reads a Python float as float64; here it is the default float.
    kind = Default.float.numpy if isinstance(x, float) else np.asarray(x).dtype
    return 0, kind if kind.kind != "O" else LONG  # an object: an int of over 64 bits
