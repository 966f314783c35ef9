"""Random tensors: `rand`, `randn`, `randint`, `randperm`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import minitorch_tensor as below

from ...arguments.dtypes import iinfo
from ...arguments.operands import unwrap
from ...arguments.shapes import refuse_negative, refuse_too_large, shape_of
from ...engine.writes import category
from ..core.creation import leaf_of
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
    drawn = below.randn(shape_of("randn", args, size), dtype, stream_of("randn", generator))
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
    shape, dtype = unwrap(input).shape, dtype or input.dtype
    return rand(shape, generator=generator, dtype=dtype, device=device, requires_grad=requires_grad)


def randn_like(
    input: Tensor,
    *,
    generator: Generator | None = None,
    dtype: dtype | None = None,
    device: device | str | None = None,
    requires_grad: bool = False,
) -> Tensor:
    """Same as `randn`, but of the shape and type of `input`."""
    shape, dtype = unwrap(input).shape, dtype or input.dtype
    return randn(
        shape, generator=generator, dtype=dtype, device=device, requires_grad=requires_grad
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
    return leaf_of(
        whole_numbers(shape, low, high, dtype, stream_of("randint", generator)),
        requires_grad,
        device,
    )


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
    shape, dtype = unwrap(input).shape, dtype or input.dtype
    low, high = (0, low) if high is None else (low, high)
    stream = stream_of("randint_like", generator)
    return leaf_of(whole_numbers(shape, low, high, dtype, stream), requires_grad, device)


def whole_numbers(shape: tuple[int, ...], low: int, high: int, dtype: dtype, stream: Stream) -> Raw:
    """Draw integers from low, ..., high - 1."""
    if low >= high:
        raise RuntimeError(
            f"random_ expects 'from' to be less than 'to', but got from={low} >= to={high}"
        )
    least, most = 0, 1
    if category(dtype) == 1:
        least, most = iinfo(dtype).min, iinfo(dtype).max
    if not dtype.is_floating_point:
        for name, bound in (("from", low), ("to - 1", high - 1)):
            if not least <= bound <= most:
                raise RuntimeError(f"{name} is out of bounds for {dtype}: {bound}")
    count = high - low
    first = below.rand(shape, below.float64, stream)
    if count <= 2**53:  # a float64 in [0, 1) has 53 bits
        return ((first * count).to(below.int64) + low).to(dtype)
    # Draw a block of 2^32 numbers, then a number in it; the last block may be shorter.
    block = (first * (count / 2**32)).to(below.int64)
    last, rest = divmod(count, 2**32)
    size = below.where(block == last, float(rest), float(2**32))
    number = (below.rand(shape, below.float64, stream) * size).to(below.int64)
    return (block * 2**32 + number + low).to(dtype)


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
    if not dtype.is_floating_point and n - 1 > iinfo(dtype).max:
        raise RuntimeError(f"value cannot be converted to type {dtype} without overflow: {n - 1}")
    order = below.randperm(n, stream_of("randperm", generator))
    return leaf_of(order.to(dtype), requires_grad, device)
