"""Random tensors: `rand`, `randn`, `randint`, `randperm`."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from math import log2
from typing import TYPE_CHECKING

import minitorch_tensor as below

from ...arguments.dtypes import finfo, iinfo
from ...arguments.memory_order import laid_out_like
from ...arguments.operands import unwrap
from ...arguments.shapes import refuse_negative, refuse_too_large, shape_of
from ..core.creation import empty_like, leaf_of
from .generator import stream_of

if TYPE_CHECKING:
    from minitorch_tensor import Generator as Stream
    from minitorch_tensor import Tensor as Raw
    from minitorch_tensor import dtype

    from ...arguments.device import device
    from ...engine.value import Tensor
    from .generator import Generator

__all__ = ["rand", "rand_like", "randint", "randint_like", "randn", "randn_like", "randperm"]


def refuse_integers(operation: str, dtype: dtype) -> None:
    """Raise if `dtype` is not floating: a continuous distribution has no integers."""
    if not dtype.is_floating_point:
        raise NotImplementedError(
            f"\"{operation}\" not implemented for '{dtype}': draw floats, or use randint"
        )


def rand(
    *args: int | Sequence[int],
    size: Sequence[int] | None = None,
    generator: Generator | None = None,
    dtype: dtype | None = None,
    device: device | str | None = None,
    requires_grad: bool = False,
) -> Tensor:
    """Draw from the uniform distribution on [0, 1)."""
    dtype = below.get_default_dtype() if dtype is None else dtype
    refuse_integers("rand", dtype)
    drawn = below.rand(shape_of("rand", args, size), dtype, stream_of("rand", generator))
    return leaf_of(drawn, requires_grad, device)


def randn(
    *args: int | Sequence[int],
    size: Sequence[int] | None = None,
    generator: Generator | None = None,
    dtype: dtype | None = None,
    device: device | str | None = None,
    requires_grad: bool = False,
) -> Tensor:
    """Draw from the standard normal distribution."""
    dtype = below.get_default_dtype() if dtype is None else dtype
    refuse_integers("randn", dtype)
    stream = stream_of("randn", generator)
    drawn = below.normal(shape_of("randn", args, size), 0.0, 1.0, dtype, stream)
    return leaf_of(drawn, requires_grad, device)


def rand_like(
    input: Tensor,
    *,
    generator: Generator | None = None,
    dtype: dtype | None = None,
    device: device | str | None = None,
    requires_grad: bool = False,
) -> Tensor:
    """Same as `rand`, but of the shape and type of `input`."""
    dtype = dtype or unwrap(input).dtype
    refuse_integers("rand_like", dtype)
    stream = stream_of("rand_like", generator)
    drawn = laid_out_like(input._raw, lambda shape: below.rand(shape, dtype, stream))
    return leaf_of(drawn, requires_grad, device)


def randn_like(
    input: Tensor,
    *,
    generator: Generator | None = None,
    dtype: dtype | None = None,
    device: device | str | None = None,
    requires_grad: bool = False,
) -> Tensor:
    """Same as `randn`, but of the shape and type of `input`."""
    dtype = dtype or unwrap(input).dtype
    refuse_integers("randn_like", dtype)
    made = empty_like(input, dtype=dtype)._raw
    drawn = normal_numbers(made, 0.0, 1.0, stream_of("randn_like", generator))
    return leaf_of(drawn, requires_grad, device)


def normal_numbers(place: Raw, mean: float, std: float, stream: Stream) -> Raw:
    """Draw from the normal distribution, to be written into a tensor; in its order in memory."""
    one_by_one = not place.is_contiguous()
    return laid_out_like(
        place, lambda shape: below.normal(shape, mean, std, place.dtype, stream, one_by_one)
    )


# --- Integers


def randint(
    *args: int | Sequence[int],
    low: int = 0,
    high: int | None = None,
    size: Sequence[int] | None = None,
    generator: Generator | None = None,
    dtype: dtype | None = None,
    device: device | str | None = None,
    requires_grad: bool = False,
) -> Tensor:
    """Draw integers from low, ..., high - 1, by default int64.

    Either ``randint(high, size)`` or ``randint(low, high, size)``.

    Raises:
        RuntimeError: if `low` is not less than `high`, or the type can't hold both.
    """
    given = [*args]
    if size is None and given:
        last = given.pop()
        if isinstance(last, int) or not isinstance(last, Sequence):
            raise TypeError(
                f"randint(): argument 'size' must be tuple of ints, not {type(last).__name__}"
            )
        size = last
    if high is None and given:
        high = given.pop()  # type: ignore[assignment]  # checked below
    if given:
        low = given.pop()  # type: ignore[assignment]
    if size is None or high is None or given:
        raise TypeError(
            "randint() received an invalid combination of arguments: expected randint(high, size) "
            "or randint(low, high, size)"
        )
    for name, bound in (("low", low), ("high", high)):
        if not isinstance(bound, int):
            raise TypeError(f"randint(): argument '{name}' must be int, not {type(bound).__name__}")
    dtype = below.int64 if dtype is None else dtype
    shape = shape_of("randint", (size,))
    bounds = bounds_of_integers(low, high, dtype)
    drawn = below.randint(shape, *bounds, stream_of("randint", generator), words_for(*bounds))
    return leaf_of(drawn.to(dtype), requires_grad, device)


def randint_like(
    input: Tensor,
    low: int,
    high: int | None = None,
    *,
    generator: Generator | None = None,
    dtype: dtype | None = None,
    device: device | str | None = None,
    requires_grad: bool = False,
) -> Tensor:
    """Same as `randint`, but of the shape and type of `input`: ``randint_like(input, high)``."""
    dtype = dtype or unwrap(input).dtype
    bounds = bounds_of_integers(*((0, low) if high is None else (low, high)), dtype)
    drawn = integers(input._raw, *bounds, stream_of("randint_like", generator), words_for(*bounds))
    return leaf_of(drawn.to(dtype), requires_grad, device)


def integers(like: Raw, low: int, high: int, stream: Stream, words: int) -> Raw:
    """Draw int64 for a tensor that is laid out in memory like another."""
    return laid_out_like(like, lambda shape: below.randint(shape, low, high, stream, words))


def words_for(low: int, high: int) -> int:
    """Return of how many words a number from `low` to `high` is made, where both are given."""
    return 1 if high - low < 2**28 else 2


def bounds_of_integers(low: int, high: int, dtype: dtype) -> tuple[int, int]:
    """Return between which integers is drawn for a type: of floats those that it can tell apart.

    Raises:
        RuntimeError: if `low` is not less than `high`, or the type can't hold what is between them.
    """
    if low >= high:
        raise RuntimeError(
            f"random_ expects 'from' to be less than 'to', but got from={low} >= to={high}"
        )
    if dtype.is_floating_point:
        return _bounds_of_floats(low, high, dtype)
    least, most = (0, 1) if dtype is below.bool else (iinfo(dtype).min, iinfo(dtype).max)
    for name, bound in (("from", low), ("to - 1", high - 1)):
        if not least <= bound <= most:
            raise RuntimeError(f"{name} is out of bounds for {dtype}: {bound}")
    return low, high


def _bounds_of_floats(low: int, high: int, dtype: dtype) -> tuple[int, int]:
    """Move the bounds inwards to the next numbers of a floating type.

    Source: `update_from` and `update_to` in ATen/native/DistributionTemplates.h of PyTorch
    """
    digits = digits_of(dtype)
    for name, bound in (("from", low), ("to - 1", high - 1)):
        if abs(bound) > finfo(dtype).max:
            raise RuntimeError(f"{name} is out of bounds for {dtype}: {bound}")
        if abs(bound) > 2**digits:
            warnings.warn(
                f"{name} is out of bounds [-(2^{digits}), 2^{digits}]. Due to precision "
                f"limitations {dtype} can support discrete uniform distribution only within this "
                "range.",
                stacklevel=4,
            )
    after, before = (int(below.full((), n, dtype).item()) for n in (low + 1, high - 1))
    if after < low:
        low = after + 2 ** (abs(low + 1).bit_length() - digits)
    if before >= high:
        high = before - 2 ** (abs(high - 1).bit_length() - digits)
    return low, high


def digits_of(dtype: dtype) -> int:
    """Return the binary digits of a floating type: it has all integers up to 2 to that power."""
    return 1 - round(log2(finfo(dtype).eps))


def randperm(
    n: int,
    *,
    generator: Generator | None = None,
    dtype: dtype | None = None,
    device: device | str | None = None,
    requires_grad: bool = False,
) -> Tensor:
    """Draw a random order of 0, ..., n - 1; by default int64."""
    refuse_negative((n,))
    refuse_too_large("randperm", (n,))
    dtype = below.int64 if dtype is None else dtype
    if dtype is below.bool:
        raise NotImplementedError("\"randperm\" not implemented for 'Bool': it has two numbers")
    if dtype.is_floating_point:
        if n > 2 ** digits_of(dtype) + 1:
            raise RuntimeError(
                f"n cannot be greater than 2^{digits_of(dtype)}+1 for {dtype} type, got {n}"
            )
    elif n - 1 > iinfo(dtype).max:
        raise RuntimeError(f"value cannot be converted to type {dtype} without overflow: {n - 1}")
    order = below.randperm(n, stream_of("randperm", generator))
    return leaf_of(order.to(dtype), requires_grad, device)
