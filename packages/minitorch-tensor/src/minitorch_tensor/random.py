"""Random tensors, made of the words of a generator in the way of PyTorch.

Source: ATen/core/TransformationHelper.h and ATen/native/cpu/DistributionTemplates.h of PyTorch
"""

from __future__ import annotations

from collections.abc import Iterator
from math import cos, log1p, prod, sin, sqrt, tau
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from .core.dtypes import dtype, float16
from .core.value import Tensor, wrap
from .generator import Generator

__all__ = ["normal", "rand", "randint", "randperm"]

Floats = npt.NDArray[Any]  # of float32 or float64

BLOCK: Final = 2**16  # numbers, which stay in the cache until they are finished
# What is kept of a word, and what it is multiplied by.
OF_FLOATS: Final = np.uint64(2**24 - 1), np.float32(0.5**24)
OF_DOUBLES: Final = np.uint64(2**53 - 1), np.float64(0.5**53)
PAIRS: Final = 8  # in a group of normal numbers
GROUP: Final = 2 * PAIRS
MANY: Final = (2**32 - 1) // 20  # places, whose order one word for each would not draw evenly


def rand(shape: tuple[int, ...], dtype: dtype, generator: Generator) -> Tensor:
    """Draw from the uniform distribution on [0, 1).

    The last 24 bits of a word over 2^24; for float64 the last 53 of a double word over 2^53. A
    float16 is a rounded float32, or 0 where that would be 1.
    """
    _refuse_integers("rand", dtype)
    if dtype is not float16:
        return wrap(_uniform(prod(shape), dtype.numpy, generator).reshape(shape))
    drawn = _uniform(prod(shape), np.float32, generator).astype(np.float16)
    drawn[drawn == 1] = 0
    return wrap(drawn.reshape(shape))


def _refuse_integers(operation: str, dtype: dtype) -> None:
    if not dtype.is_floating_point:
        raise RuntimeError(f"{operation} is not implemented for {dtype}: draw floats, or randint")


def _uniform(count: int, kind: npt.DTypeLike, generator: Generator) -> Floats:
    drawn = np.empty(count, kind)
    is_double = drawn.itemsize == 8
    draw = generator._draw_double if is_double else generator._draw
    mask, scale = OF_DOUBLES if is_double else OF_FLOATS
    for block in _blocks(drawn, BLOCK):
        words = draw(block.size)
        words &= mask
        block[...] = words.view(np.int64)  # which the processor makes floats of faster
        block *= scale
    return drawn


def _blocks(array: Floats, length: int) -> Iterator[Floats]:
    return (array[start : start + length] for start in range(0, len(array), length))


def normal(
    shape: tuple[int, ...],
    mean: float,
    std: float,
    dtype: dtype,
    generator: Generator,
    one_by_one: bool = False,
) -> Tensor:
    """Draw from the normal distribution, by the method of Box and Muller.

    A pair of normal numbers is made of a pair of uniform ones, ``sqrt(-2 log(1 - u))`` times the
    cosine and the sine of ``2 pi v``. Below 16 numbers, or `one_by_one`, they are made one after
    the other of float64, v before u, and the second of a pair waits in the generator for the next
    call. Otherwise in groups of 16: eight u, then eight v, give eight cosines and eight sines.
    Where groups do not fill the tensor, its last 16 numbers are drawn anew, as a group.

    Source: Box and Muller, "A note on the generation of random normal deviates", 1958
    """
    _refuse_integers("normal", dtype)
    count = prod(shape)
    if one_by_one or count < GROUP:
        drawn = _in_pairs(count, generator)
    elif dtype is float16:
        drawn = _in_groups_of_half(count, generator)
    else:
        drawn = _in_groups(count, dtype.numpy, generator)
    if std != 1:
        drawn *= drawn.dtype.type(std)
    if mean != 0:
        drawn += drawn.dtype.type(mean + 0.0)  # what is not a number is refused, as a text "1"
    return wrap(drawn.astype(dtype.numpy, copy=False).reshape(shape))


def _in_pairs(count: int, generator: Generator) -> Floats:
    if not count:
        return np.empty(0)
    waiting = [] if generator._normal is None else [generator._normal]
    missing = count - len(waiting)
    uniform = _uniform(missing + missing % 2, np.float64, generator)
    v, u = uniform[::2], uniform[1::2]
    if count < GROUP:  # by the mathematical library of the system, as torch, to the last bit
        pairs = [one for pair in map(_pair, v.tolist(), u.tolist()) for one in pair]
    else:
        radius, angle = np.sqrt(-2 * np.log1p(-u)), tau * v
        pairs = np.stack([radius * np.cos(angle), radius * np.sin(angle)], 1).reshape(-1).tolist()
    generator._normal = pairs.pop() if missing % 2 else None
    return np.array(waiting + pairs)


def _pair(v: float, u: float) -> tuple[float, float]:
    radius, angle = sqrt(-2 * log1p(-u)), tau * v
    return radius * cos(angle), radius * sin(angle)


def _in_groups(count: int, kind: npt.DTypeLike, generator: Generator) -> Floats:
    drawn = _uniform(count, kind, generator)
    groups = drawn[: count - count % GROUP].reshape(-1, 2, PAIRS)
    for block in _blocks(groups, max(1, BLOCK // GROUP)):
        _turn_normal(block)
    if count % GROUP:
        drawn[-GROUP:] = _uniform(GROUP, kind, generator)
        _turn_normal(drawn[-GROUP:].reshape(1, 2, PAIRS))
    return drawn


def _in_groups_of_half(count: int, generator: Generator) -> Floats:
    """Draw as torch does for float16: the last group is not drawn twice, where it is not full."""
    drawn = _in_groups(-(-count // GROUP) * GROUP, np.float32, generator)
    drawn[count - GROUP : count] = drawn[-GROUP:].copy()
    return drawn[:count]


def _turn_normal(groups: Floats) -> None:
    """Make normal numbers of uniform ones, in place."""
    kind = groups.dtype.type
    u, v = groups.swapaxes(0, 1)
    radius, angle = np.sqrt(kind(-2) * np.log(1 - u)), kind(tau) * v
    np.multiply(radius, np.cos(angle), u)
    np.multiply(radius, np.sin(angle), v)


def randint(
    shape: tuple[int, ...], low: int, high: int, generator: Generator, words: int
) -> Tensor:
    """Draw int64 from low, ..., high - 1: ``low + word % (high - low)``, of 1 or 2 `words`."""
    drawn = (generator._draw_double if words == 2 else generator._draw)(prod(shape))
    if high - low < 2**64:
        drawn %= np.uint64(high - low)
    result = drawn.view(np.int64)
    result += low  # modulo 2^64
    return wrap(result.reshape(shape))


def randperm(n: int, generator: Generator) -> Tensor:
    """Draw an order of 0 ... n - 1: each place i in turn is swapped with ``i + word % (n - i)``.

    Source: Durstenfeld, "Algorithm 235: random permutation", 1964
    """
    places = np.arange(n)
    draw = generator._draw if n < MANY else generator._draw_double
    words = draw(max(n - 1, 0))  # the last place has no choice
    words %= (n - places[:-1]).view(np.uint64)
    partners = places.copy()
    partners[:-1] += words.view(np.int64)
    return wrap(_swapped(partners))


def _swapped(partners: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Swap the numbers at i and at ``partners[i] >= i``, for i = 0, 1, ... in turn; all at once.

    Step i is the last that reads place i, so what it finds there tells the result. At place p it
    finds what the last step with the partner p has put there, which is what that step had found at
    its own place; and p, if there was no such step.
    """
    places = np.arange(len(partners))
    steps = np.flatnonzero(partners != places)
    # By partner, those of one partner in their order. NumPy sorts 16 bits by counting.
    for shift in range(0, len(partners).bit_length(), 16):
        digits = (partners[steps] >> shift).astype(np.uint16)
        steps = steps[digits.argsort(kind="stable")]
    sorted_partners = partners[steps]
    found = places.copy()  # at place i by step i: first by which step it was put there ...
    found[sorted_partners] = steps
    while True:  # ... and by which step that had found it, back to the first
        further = found[found]
        if np.array_equal(further, found):
            break
        found = further
    result = np.where(partners == places, found, partners)
    again = sorted_partners[1:] == sorted_partners[:-1]  # the partner of a step before it, too
    result[steps[1:][again]] = found[steps[:-1][again]]
    return result
