"""Streams of random numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from . import _tensor

if TYPE_CHECKING:
    from ._dtypes import dtype
    from ._tensor import Tensor


class Generator:
    """A stream of random numbers (NumPy's PCG64: other numbers than torch's from one seed)."""

    def __init__(self) -> None:
        self._stream = np.random.default_rng()

    def manual_seed(self, seed: int) -> Generator:
        """Start the stream again from `seed`; return the generator."""
        # Torch takes a negative seed for its 64-bit pattern.
        self._stream = np.random.default_rng(seed % 2**64)
        return self


default_generator: Final = Generator()


def rand(shape: tuple[int, ...], dtype: dtype, generator: Generator) -> Tensor:
    """Draw from the uniform distribution on [0, 1)."""
    return _tensor.Tensor(np.asarray(generator._stream.random(shape, dtype.numpy.type)))


def randn(shape: tuple[int, ...], dtype: dtype, generator: Generator) -> Tensor:
    """Draw from the standard normal distribution."""
    return _tensor.Tensor(np.asarray(generator._stream.standard_normal(shape, dtype.numpy.type)))


def randperm(n: int, generator: Generator) -> Tensor:
    """Draw an order of 0 ... n - 1."""
    return _tensor.Tensor(generator._stream.permutation(n).astype(np.int64, copy=False))
