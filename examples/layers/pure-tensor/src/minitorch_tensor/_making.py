"""Making tensors: of values, and of random numbers."""

from __future__ import annotations

import ast
import random
from collections.abc import Sequence
from math import ceil, prod
from typing import Any, Final

from ._dtypes import DType, float16, float32, get_default_dtype, int64, uint8
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


class Generator:
    """A stream of random numbers: Python's, which are others than torch's."""

    __slots__ = ("_seed", "_stream")

    def __init__(self) -> None:
        self._stream = random.Random()
        self.manual_seed(random.getrandbits(64))

    def manual_seed(self, seed: int) -> Generator:
        self._seed = seed % 2**64  # `random` would take -1 for 1
        self._stream.seed(self._seed)
        return self

    def initial_seed(self) -> int:
        return self._seed

    def get_state(self) -> Tensor:
        return tensor([*repr((self._seed, self._stream.getstate())).encode()], uint8)

    def set_state(self, new_state: Tensor) -> None:
        try:
            self._seed, state = ast.literal_eval(bytes(map(int, new_state._values())).decode())
            self._stream.setstate(state)
        except (SyntaxError, TypeError, ValueError):
            raise RuntimeError("set_state: expected a tensor that get_state made") from None


default_generator: Final = Generator()


def rand(shape: Ints, dtype: DType, generator: Generator) -> Tensor:
    bits = {float16: 11, float32: 24}.get(dtype, 53)
    draw = generator._stream.getrandbits
    return make([draw(bits) / 2**bits for _ in range(prod(shape))], shape, dtype)


def randn(shape: Ints, dtype: DType, generator: Generator) -> Tensor:
    return make([generator._stream.gauss() for _ in range(prod(shape))], shape, dtype)


def randperm(n: int, generator: Generator) -> Tensor:
    return make([*generator._stream.sample(range(n), n)], (n,), int64)
