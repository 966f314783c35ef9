"""What is drawn to go through a data set: orders, and seeds of streams."""

from __future__ import annotations

from minitorch_autograd import Generator, float64, rand, randperm


def draw_order(count: int, generator: Generator | None, length: int | None = None) -> list[int]:
    """Return 0 ... count - 1 in random order, or the first `length` of them."""
    if length == 0:
        rand((max(count - 1, 0),), generator=generator)  # the words that an order is made of
        return []
    order = randperm(count, generator=generator)
    return order[:length].tolist()  # type: ignore[return-value]  # 1-d int64


def draw_seed(generator: Generator | None) -> int:
    """Draw a seed from a stream, or from the default one.

    torch draws 63 bits, of two words of 32. A stream is made of the last 32 bits of its seed, and
    the same two words make the 53 bits of a float64.
    """
    return int(rand((), dtype=float64, generator=generator).item() * 2**53)
