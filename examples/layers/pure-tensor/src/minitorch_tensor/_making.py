"""Making tensors of values."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, prod
from typing import Any

from ._dtypes import DType, get_default_dtype
from ._formatting import Nested
from ._tensor import Tensor, make, meeting_type
from ._window import Ints


def tensor(values: Nested, dtype: DType | None = None) -> Tensor:
    shape: Ints = ()
    level: list[Any] = [values]
    # Each turn opens the outermost of the brackets that are left.
    while level and isinstance(level[0], Sequence) and not isinstance(level[0], str):
        shape = (*shape, len(level[0]))
        for one in level:
            if len(one) != shape[-1]:
                expected = f"expected sequence of length {shape[-1]} at dim {len(shape) - 1}"
                raise ValueError(f"{expected} (got {len(one)})")
        level = [inner for one in level for inner in one]
    return make(level, shape, dtype or (meeting_type(*level) if level else get_default_dtype()))


def full(shape: Ints, value: float, dtype: DType) -> Tensor:
    return make([value] * prod(shape), shape, dtype)


def arange(start: float, end: float, step: float, dtype: DType) -> Tensor:
    n = max(0, ceil((end - start) / step))
    return make([start + i * step for i in range(n)], (n,), dtype)
