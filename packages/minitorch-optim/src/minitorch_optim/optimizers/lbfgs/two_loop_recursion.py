"""The direction of L-BFGS: the two-loop recursion over the last steps."""

from __future__ import annotations

from math import inf
from typing import Final, NamedTuple

from minitorch_autograd import Tensor, mul

from ...engine.extensions import reductions

LEAST_CURVATURE: Final = 1e-10


class Memory(NamedTuple):
    """The last steps and the changes of the gradient along them, the oldest first."""

    changes: list[Tensor]  # y, of the gradient
    steps: list[Tensor]  # s, of the parameters
    inverses: list[float]  # ρ = 1 / (y · s)
    scale: float  # γ: the first guess of the inverse Hessian is γ I


def remember(memory: Memory, y: Tensor, s: Tensor, size: int) -> Memory:
    """Return the memory with one more step, of which it keeps the last `size`.

        γ = (y · s) / (y · y)

    A step along which the gradient did not grow is left out: with it, the approximation would not
    be positive definite.

    Source: Nocedal, Wright: Numerical Optimization, second edition, 2006, equation 7.20.
    """
    curvature = dot(y, s)
    if not curvature > LEAST_CURVATURE:
        return memory
    first = max(0, len(memory.steps) + 1 - size)
    return Memory(
        [*memory.changes, y][first:],
        [*memory.steps, s][first:],
        [*memory.inverses, 1 / curvature][first:],
        curvature / dot(y, y),
    )


def direction(gradient: Tensor, memory: Memory) -> Tensor:
    """Return −H g, where H approximates the inverse of the Hessian, by two loops over the memory.

        q = −g
        aᵢ = ρᵢ (sᵢ · q),  q = q − aᵢ yᵢ                 from the newest to the oldest
        r = γ q
        r = r + (aᵢ − ρᵢ (yᵢ · r)) sᵢ                    from the oldest to the newest

    H is the matrix that BFGS computes from γ I by these steps; it is never formed.

    Source: Nocedal, Wright, algorithm 7.4.
    """
    r = mul(gradient, -1.0)
    triples = list(zip(memory.changes, memory.steps, memory.inverses, strict=True))
    factors = []
    for y, s, inverse in reversed(triples):
        a = inverse * dot(s, r)
        r.add_(mul(y, -a))
        factors.append(a)
    r.mul_(memory.scale)
    for (y, s, inverse), a in zip(triples, reversed(factors), strict=True):
        r.add_(mul(s, a - inverse * dot(y, r)))
    return r


def dot(x: Tensor, y: Tensor) -> float:
    """Return the dot product of two vectors as a number."""
    return reductions.dot(x, y).item()


def largest(x: Tensor) -> float:
    """Return the largest absolute value of a vector."""
    return reductions.norm(x, inf).item()
