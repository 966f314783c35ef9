"""Random tensors, from the stream of a `Generator`; the default one is that of `manual_seed`.

The numbers are not torch's for the same seed: the streams differ, the distributions don't.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import minitorch_tensor as below
from minitorch_tensor import Generator, default_generator

from ._creation import _made
from ._graph import wrap, written
from ._inplace import refuse_shared, tracks
from ._shapes import one_shape, refuse_negative

if TYPE_CHECKING:
    from minitorch_tensor import dtype

    from ._tensor import Tensor


def _shape(size: tuple[int | Sequence[int], ...]) -> tuple[int, ...]:
    shape = one_shape(size)
    refuse_negative(shape)
    return shape


def manual_seed(seed: int) -> Generator:
    """Start the default stream again from `seed`; return its generator.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.manual_seed.html
    """
    return default_generator.manual_seed(seed)


def rand(
    *size: int | Sequence[int],
    generator: Generator | None = None,
    dtype: dtype | None = None,
    requires_grad: bool = False,
) -> Tensor:
    """Draw from the uniform distribution on [0, 1).

    Source: https://docs.pytorch.org/docs/stable/generated/torch.rand.html
    """
    raw = below.rand(_shape(size), dtype or below.float32, generator or default_generator)
    return _made(raw, requires_grad)


def randn(
    *size: int | Sequence[int],
    generator: Generator | None = None,
    dtype: dtype | None = None,
    requires_grad: bool = False,
) -> Tensor:
    """Draw from the standard normal distribution.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.randn.html
    """
    raw = below.randn(_shape(size), dtype or below.float32, generator or default_generator)
    return _made(raw, requires_grad)


def randperm(n: int, *, generator: Generator | None = None) -> Tensor:
    """Draw an order of 0 ... n - 1, int64.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.randperm.html
    """
    refuse_negative((n,))
    return wrap(below.randperm(n, generator or default_generator))


def uniform_(
    self: Tensor, from_: float = 0.0, to: float = 1.0, *, generator: Generator | None = None
) -> Tensor:
    """Write numbers drawn uniformly from [from_, to) into the tensor; return it.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.Tensor.uniform_.html
    """
    if from_ > to:
        raise RuntimeError(
            f"uniform_ expects to return a [from, to) range, but found from={from_} > to={to}"
        )
    if tracks(self):
        refuse_shared(self)
    drawn = below.rand(self._raw.shape, self._raw.dtype, generator or default_generator)
    self._raw[()] = drawn * (to - from_) + from_
    written(self)
    return self


def normal_(
    self: Tensor, mean: float = 0.0, std: float = 1.0, *, generator: Generator | None = None
) -> Tensor:
    """Write numbers drawn from the normal distribution into the tensor; return it.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.Tensor.normal_.html
    """
    if std < 0:
        raise RuntimeError(f"normal expects std >= 0.0, but found std {std}")
    if tracks(self):
        refuse_shared(self)
    drawn = below.randn(self._raw.shape, self._raw.dtype, generator or default_generator)
    self._raw[()] = drawn * std + mean
    written(self)
    return self
