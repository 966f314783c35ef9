"""Streams of random numbers: PyTorch's, bit by bit.

Theory of operation. Every draw is made of the 32-bit words of one generator, MT19937. NumPy has it
under the same seeding, so its words are torch's; `random.py` makes numbers of them. The state of a
stream is 624 words, how many of them are used up, and at times a normal number, which waits since
they come in pairs.

Source: Matsumoto and Nishimura, "Mersenne Twister", 1998; the seeding is Knuth's, from their
program of 2002
"""

from __future__ import annotations

import os
from typing import Final

import numpy as np
import numpy.typing as npt

from .core.value import Tensor, wrap

__all__ = ["Generator", "default_generator"]

FIRST_SEED: Final = 67280421310721  # of a stream that nobody seeded
WORDS: Final = 624  # of the state
FEW: Final = 1000  # words
# What torch's generator is in memory; the fields without use here are of its older versions.
STATE: Final = np.dtype(
    [
        ("seed", "<u8"),
        ("left", "<i4"),  # words until the next turn of the state, and one
        ("seeded", "<i4"),
        ("next", "<u8"),  # which word is drawn next
        ("words", "<u8", WORDS),
        ("unused", "<f8"),
        ("normal", "<f8"),
        ("unused_too", "<f8"),
        ("has_normal", "<i4"),
        ("padding", "V12"),
    ]
)


class Generator:
    """A stream of random numbers; the same seed gives the same numbers as in PyTorch."""

    def __init__(self) -> None:
        self._words = np.random.MT19937(0)
        self._normal: float | None = None
        self.manual_seed(FIRST_SEED)

    def manual_seed(self, seed: int) -> Generator:
        """Start the stream again from `seed`, of which the last 32 bits count; return it."""
        self._seed = seed % 2**64
        np.random.RandomState(self._words).seed(seed % 2**32)
        self._normal = None
        return self

    def seed(self) -> int:
        """Start the stream again from a seed of the operating system; return that seed."""
        self.manual_seed(int.from_bytes(os.urandom(8), "little"))
        return self._seed

    def initial_seed(self) -> int:
        """Return the seed that the stream was last started from."""
        return self._seed

    def get_state(self) -> Tensor:
        """Return the state of the stream as a uint8 tensor: the 5,056 bytes of torch's."""
        mt19937 = self._words.state["state"]
        words, used = mt19937["key"], mt19937["pos"]
        state = np.zeros((), STATE)
        state["seed"], state["seeded"], state["words"] = self._seed, True, words
        # A seed makes a state that is used up. Torch says so with a 0, and 624 after a turn.
        is_fresh = used == WORDS and words[0] == self._seed % 2**32
        state["left"], state["next"] = WORDS + 1 - used, 0 if is_fresh else used
        if self._normal is not None:
            state["normal"], state["has_normal"] = self._normal, True
        return wrap(np.frombuffer(state.tobytes(), np.uint8).copy())

    def set_state(self, new_state: Tensor) -> None:
        """Continue from a state that `get_state` returned, here or in PyTorch.

        Raises:
            RuntimeError: if `new_state` is none.
        """
        array = new_state._array
        if array.nbytes != STATE.itemsize:
            raise RuntimeError(
                f"set_state: Expected a CPUGeneratorImplState of size {STATE.itemsize} but found "
                f"the input RNG state size to be {array.nbytes}: it comes from get_state"
            )
        state = np.frombuffer(array.tobytes(), STATE)[0]
        if not (state["seeded"] and 0 < state["left"] <= WORDS and state["next"] <= WORDS):
            raise RuntimeError("set_state: Invalid mt19937 state: it comes from get_state")
        stream = self._words.state
        stream["state"]["key"] = state["words"].astype(np.uint32)
        stream["state"]["pos"] = WORDS + 1 - int(state["left"])
        self._words.state = stream
        self._seed = int(state["seed"])
        self._normal = float(state["normal"]) if state["has_normal"] else None

    def __getstate__(self) -> Tensor:
        return self.get_state()

    def __setstate__(self, state: Tensor) -> None:
        self.__init__()  # type: ignore[misc]  # so that there is a stream to set
        self.set_state(state)

    def _draw(self, count: int) -> npt.NDArray[np.uint64]:
        """Draw words of 32 bits."""
        return self._words.random_raw(count)

    def _draw_double(self, count: int) -> npt.NDArray[np.uint64]:
        """Draw words of 64 bits, each of two of 32, of which the first is the high half."""
        if count > FEW:  # it takes longer to begin, and half as long for each
            return np.random.Generator(self._words).integers(0, 2**64, count, np.uint64)
        halves = self._draw(2 * count)
        return halves[::2] << np.uint64(32) | halves[1::2]


default_generator: Final = Generator()
default_generator.seed()
