"""Guesses at the cause, where the gradients of a rule do not agree with differences.

Each guess is a function that tests the two Jacobians for the pattern of one common mistake; its
docstring describes the pattern. It returns a text, empty if the pattern does not match. A Jacobian
is a list of rows, one for each element of the input, with a column for each element of the output.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from math import isfinite, prod
from typing import TypeAlias

Jacobian: TypeAlias = list[list[float]]
Shape: TypeAlias = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two Jacobians of an output of shape `y` by an input of shape `x`."""

    found: Jacobian
    expected: Jacobian
    x: Shape
    y: Shape
    atol: float
    rtol: float

    def close(self, a: float, b: float) -> bool:
        """Return whether `a` is the number `b`, within the tolerances."""
        return a == b or abs(a - b) <= self.atol + self.rtol * abs(b)

    def agree(self, found: Jacobian, expected: Jacobian) -> bool:
        """Return whether all entries are close."""
        return all(
            self.close(a, b)
            for p, q in zip(found, expected, strict=True)
            for a, b in zip(p, q, strict=True)
        )

    def pairs(self) -> Iterator[tuple[float, float]]:
        """Yield each entry as it was found, with what it should be."""
        for p, q in zip(self.found, self.expected, strict=True):
            yield from zip(p, q, strict=True)

    def mismatch(self) -> str:
        """Return a text about the first entry that differs; an empty one if none does."""
        for i, j in product(range(prod(self.x)), range(prod(self.y))):
            a, b = self.found[i][j], self.expected[i][j]
            if not self.close(a, b):
                output, input = index_of(j, self.y), index_of(i, self.x)
                return (
                    f"for element {output} of the output by element {input} of the input, "
                    f"numerical {b:.6g}, analytical {a:.6g}"
                )
        return ""

    def cause(self) -> str:
        """Return a possible cause; an empty text if none is known."""
        for guess in GUESSES:
            text = guess(self)
            if text:
                return text
        return ""


def undefined(both: Comparison) -> str:
    """Some entries are infinite or NaN: no other guess makes sense."""
    if not all(isfinite(a) and isfinite(b) for a, b in both.pairs()):
        return "there are entries that are not finite: is the input at the edge of the domain?"
    return ""


def zero(both: Comparison) -> str:
    """All entries are zero."""
    if all(a == 0 for a, _ in both.pairs()):
        return "all are zero: is the input detached on the way, or its rule missing?"
    return ""


def factor(both: Comparison) -> str:
    """All entries have the same ratio."""
    a, b = max(both.pairs(), key=lambda pair: abs(pair[1]))
    ratio = a / b if b else 0.0
    if not ratio or not both.agree(
        both.found, [[ratio * one for one in row] for row in both.expected]
    ):
        return ""
    if both.close(ratio, -1.0):
        return "all have the wrong sign"
    uses = round(1 / ratio)
    if uses > 1 and both.close(ratio * uses, 1.0):
        return (
            f"all are {ratio:.4g} times what they should be: a wrong factor, a mean for a sum, or "
            f"the gradient of one of {uses} uses, overwritten where it should add up?"
        )
    return f"all are {ratio:.4g} times what they should be: a wrong factor?"


def transposed(both: Comparison) -> str:
    """The gradient is transposed, of shape (n, m), and was reshaped to (m, n)."""
    if len(both.x) != 2:
        return ""
    m, n = both.x
    if both.agree(both.found, [both.expected[b * n + a] for a, b in product(range(n), range(m))]):
        return "it is the transpose of what it should be"
    return ""


def summed(both: Comparison) -> str:
    """A sum over a dimension in which the input was not broadcast."""
    for dim, n in enumerate(both.x):
        if n > 1 and both.agree(both.found, _summed(both.expected, both.x, dim)):
            return f"it is summed over dimension {dim} of the input, which was not broadcast there"
    return ""


def missing(both: Comparison) -> str:
    """Some entries are zero, and the others are right."""
    if not all(a == 0 or both.close(a, b) for a, b in both.pairs()):
        return ""
    if both.x != both.y and _broadcasts(both.x, both.y):
        return (
            "some are zero, the others right: the input was broadcast, is its gradient summed "
            "over all that it was repeated for?"
        )
    return (
        "some are zero, the others right: is a part overwritten where it should add up, or one of "
        "the uses forgotten?"
    )


def elsewhere(both: Comparison) -> str:
    """The entries of each output are the right ones in another order."""
    columns = zip(zip(*both.found, strict=True), zip(*both.expected, strict=True), strict=True)
    for found, expected in columns:
        pairs = zip(sorted(found), sorted(expected), strict=True)
        if not all(both.close(a, b) for a, b in pairs):
            return ""
    return (
        "the numbers are right, but at other elements of the input: is the gradient permuted, or "
        "summed over another dimension than the input was broadcast in?"
    )


def small(both: Comparison) -> str:
    """Entries that are wrong are too small."""
    if all(both.close(a, b) or abs(a) < abs(b) for a, b in both.pairs()):
        return "entries are too small: is a part overwritten where it should add up?"
    return ""


# From the most certain to the least.
GUESSES: tuple[Callable[[Comparison], str], ...] = (
    undefined,
    zero,
    factor,
    transposed,
    summed,
    missing,
    elsewhere,
    small,
)


def _summed(jacobian: Jacobian, shape: Shape, dim: int) -> Jacobian:
    """Return the rows, each the sum of those that differ from it in `dim` alone."""
    inner = prod(shape[dim + 1 :])
    size = shape[dim] * inner
    rows = []
    for i in range(len(jacobian)):
        first = i // size * size + i % inner
        several = [jacobian[first + k * inner] for k in range(shape[dim])]
        rows.append([sum(column) for column in zip(*several, strict=True)])
    return rows


def _broadcasts(x: Shape, y: Shape) -> bool:
    """Return whether a tensor of shape `x` can be broadcast to `y`."""
    return len(x) <= len(y) and all(
        n in (m, 1) for n, m in zip(reversed(x), reversed(y), strict=False)
    )


def index_of(i: int, shape: Shape) -> Shape:
    """Return the index of element `i` of a tensor of that shape."""
    index: list[int] = []
    for n in reversed(shape):
        i, rest = divmod(i, n)
        index.insert(0, rest)
    return tuple(index)
