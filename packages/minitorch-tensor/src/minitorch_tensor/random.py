"""Random numbers: generators and what is drawn from them."""

from __future__ import annotations

import json
import os
from typing import Final

import numpy as np

from .core.dtypes import dtype
from .core.value import Tensor, wrap

__all__ = ["Generator", "default_generator", "rand", "randn", "randperm"]


class Generator:
    """A stream of random numbers (NumPy's PCG64, so not torch's numbers for the same seed)."""

    def __init__(self) -> None:
        self._stream = np.random.Generator(np.random.PCG64())
        self._seed = 0
        self.seed()

    def manual_seed(self, seed: int) -> Generator:
        """Start the stream again from `seed`; return the generator."""
        # As torch, take a negative seed modulo 2^64.
        self._seed = seed % 2**64
        self._stream = np.random.default_rng(self._seed)
        return self

    def seed(self) -> int:
        """Start the stream again from a seed of the operating system; return that seed."""
        self.manual_seed(int.from_bytes(os.urandom(8), "little"))
        return self._seed

    def initial_seed(self) -> int:
        """Return the seed that the stream was last started from."""
        return self._seed

    def get_state(self) -> Tensor:
        """Return the state of the stream as a uint8 tensor."""
        text = json.dumps([self._seed, self._stream.bit_generator.state])
        return wrap(np.frombuffer(text.encode(), np.uint8).copy())

    def set_state(self, new_state: Tensor) -> None:
        """Continue from a state that `get_state` returned.

        Raises:
            RuntimeError: if `new_state` was not made by `get_state`.
        """
        stream = np.random.Generator(np.random.PCG64())
        try:
            seed, state = json.loads(new_state._array.tobytes())
            stream.bit_generator.state = state
        except (ValueError, TypeError, KeyError):
            raise RuntimeError(
                f"set_state: expected a tensor that get_state made, got {new_state.dtype} of shape "
                f"{new_state.shape}"
            ) from None
        self._seed, self._stream = seed, stream

    def __getstate__(self) -> Tensor:
        return self.get_state()

    def __setstate__(self, state: Tensor) -> None:
        self.set_state(state)


default_generator: Final = Generator()


def rand(shape: tuple[int, ...], dtype: dtype, generator: Generator) -> Tensor:
    """Draw from the uniform distribution on [0, 1)."""
    _refuse_integers("rand", dtype)
    if dtype.itemsize == 2:  # NumPy draws no float16, and a rounded float32 could be 1
        drawn = generator._stream.integers(0, 2**11, shape) / 2**11
        return wrap(np.asarray(drawn).astype(dtype.numpy))
    return wrap(np.asarray(generator._stream.random(shape, dtype.numpy.type)))


def randn(shape: tuple[int, ...], dtype: dtype, generator: Generator) -> Tensor:
    """Draw from the standard normal distribution."""
    _refuse_integers("randn", dtype)
    own = np.float32 if dtype.itemsize == 2 else dtype.numpy.type
    drawn = np.asarray(generator._stream.standard_normal(shape, own))
    return wrap(drawn.astype(dtype.numpy, copy=False))


def _refuse_integers(operation: str, dtype: dtype) -> None:
    if not dtype.is_floating_point:
        raise RuntimeError(f"{operation} is not implemented for {dtype}: draw floats, or randint")


def randperm(n: int, generator: Generator) -> Tensor:
    """Draw a random order of 0 ... n - 1."""
    return wrap(generator._stream.permutation(n).astype(np.int64, copy=False))
