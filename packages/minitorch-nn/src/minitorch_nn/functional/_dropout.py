"""Dropping elements at random."""

from __future__ import annotations

from minitorch_autograd import Tensor, rand


def check_probability(p: float) -> None:
    """Raise ValueError if `p` is not in [0, 1]."""
    if not 0 <= p <= 1:
        raise ValueError(f"dropout probability has to be between 0 and 1, but got {p}")


def dropout(input: Tensor, p: float = 0.5, training: bool = True, inplace: bool = False) -> Tensor:
    """Set elements to 0 with probability `p`, and scale the others by ``1 / (1 - p)``.

    Args:
        input: any shape.
        p: the probability, in [0, 1].
        training: whether to do it at all.
        inplace: accepted for torch's sake; a new tensor is made.

    Raises:
        ValueError: if `p` is outside [0, 1].

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.dropout.html
    """
    check_probability(p)
    if not training or p == 0:
        return input
    if p == 1:
        return input * 0.0
    kept = (rand(input.shape, dtype=input.dtype) < 1 - p).to(input.dtype)
    return input * (kept / (1 - p))
