"""Random numbers: PyTorch's, of the words of Python's own `random`, which are the same MT19937."""

from __future__ import annotations

import random
import struct
from collections.abc import Sequence
from math import cos, log1p, prod, sin, sqrt, tau
from typing import Final

from ._dtypes import DType, float16, float64, int64, uint8
from ._making import tensor
from ._tensor import Tensor, make
from ._window import Ints

STATE: Final = "<QiiQ624Q3di12x"  # what PyTorch keeps of a stream


class Generator:
    """A stream of random numbers."""

    __slots__ = ("_normal", "_seed", "_stream")

    def __init__(self) -> None:
        self._stream = random.Random()
        self.manual_seed(67280421310721)

    def manual_seed(self, seed: int) -> Generator:
        self._seed = seed % 2**64
        words = [seed % 2**32]  # by Knuth's rule; `random.seed` has another
        for i in range(1, 624):
            words.append((1812433253 * (words[-1] ^ words[-1] >> 30) + i) % 2**32)
        self._go_on(words, 624, None)
        return self

    def _go_on(self, words: Sequence[int], used: int, normal: float | None) -> None:
        self._stream.setstate((3, (*words, used), None))
        self._normal = normal

    def initial_seed(self) -> int:
        return self._seed

    def get_state(self) -> Tensor:
        *words, used = self._stream.getstate()[1]
        place = 0 if used == 624 and words[0] == self._seed % 2**32 else used
        normal = 0.0 if self._normal is None else self._normal
        waits = self._normal is not None
        head = (self._seed, 625 - used, 1, place)
        return tensor([*struct.pack(STATE, *head, *words, 0.0, normal, 0.0, waits)], uint8)

    def set_state(self, new_state: Tensor) -> None:
        state = bytes(map(int, new_state._values()))
        if len(state) != struct.calcsize(STATE):
            raise RuntimeError(f"expected a state of 5056 bytes, found {len(state)}")
        seed, left, seeded, place, *words, _, normal, _, waits = struct.unpack(STATE, state)
        if not seeded or not 0 < left <= 624 or place > 624:
            raise RuntimeError("Invalid mt19937 state")
        self._seed = seed
        self._go_on(words, 625 - left, normal if waits else None)

    def _word(self, words: int = 1) -> int:
        """Draw a number of 32 bits, or two of them, the high half first."""
        first = self._stream.getrandbits(32)
        return first if words == 1 else first << 32 | self._stream.getrandbits(32)

    def _uniform(self, dtype: DType) -> float:
        if dtype is float64:
            return self._word(2) % 2**53 / 2**53
        return self._word() % 2**24 / 2**24


default_generator: Final = Generator().manual_seed(random.getrandbits(64))


def rand(shape: Ints, dtype: DType, generator: Generator) -> Tensor:
    drawn = make([generator._uniform(dtype) for _ in range(prod(shape))], shape, dtype)
    return drawn if dtype is not float16 else make([x % 1 for x in drawn._values()], shape, dtype)


def normal(
    shape: Ints,
    mean: float,
    std: float,
    dtype: DType,
    generator: Generator,
    one_by_one: bool = False,
) -> Tensor:
    draw = _pairs if one_by_one or prod(shape) < 16 else _groups
    return make([x * std + mean for x in draw(prod(shape), dtype, generator)], shape, dtype)


def _pair(u: float, v: float) -> tuple[float, float]:
    radius = sqrt(-2 * log1p(-u))
    return radius * cos(tau * v), radius * sin(tau * v)


def _pairs(count: int, dtype: DType, generator: Generator) -> list[float]:
    """One after the other; the second of a pair waits in the generator for the next call."""
    drawn: list[float] = []
    while len(drawn) < count:
        if generator._normal is None:
            v, u = generator._uniform(float64), generator._uniform(float64)
            one, generator._normal = _pair(u, v)
        else:
            one, generator._normal = generator._normal, None
        drawn.append(one)
    return drawn


def _groups(count: int, dtype: DType, generator: Generator) -> list[float]:
    """Groups of eight pairs; the last sixteen are drawn anew if the groups do not fill it."""
    drawn = count // 16 * 16 if dtype is float16 else count
    uniform = [generator._uniform(dtype) for _ in range(drawn)]
    numbers = [one for i in range(0, count - 15, 16) for one in _group(uniform[i : i + 16])]
    if count % 16:
        again = _group([generator._uniform(dtype) for _ in range(16)])
        numbers = numbers[: count - 16] + again
    return numbers


def _group(uniform: list[float]) -> list[float]:
    pairs = [_pair(u, v) for u, v in zip(uniform[:8], uniform[8:], strict=True)]
    return [cosine for cosine, _ in pairs] + [sine for _, sine in pairs]


def randint(shape: Ints, low: int, high: int, generator: Generator, words: int) -> Tensor:
    drawn = (low + generator._word(words) % (high - low) for _ in range(prod(shape)))
    return make([*drawn], shape, int64)


def randperm(n: int, generator: Generator) -> Tensor:
    order = list(range(n))
    for i in range(n - 1):
        j = i + generator._word() % (n - i)
        order[i], order[j] = order[j], order[i]
    return make([*order], (n,), int64)
