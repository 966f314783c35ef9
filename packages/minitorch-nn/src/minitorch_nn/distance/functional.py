"""Distances and similarities of vectors."""

from __future__ import annotations

from minitorch_autograd import Tensor

from ..common.argument_types import check_calls
from ..common.extensions import creation, elementwise, indexing, reductions, shaping
from ..common.fused import float16, in_float32

__all__ = ["normalize", "cosine_similarity", "pairwise_distance", "pdist"]


def normalize(
    input: Tensor, p: float = 2.0, dim: int | tuple[int, ...] = 1, eps: float = 1e-12
) -> Tensor:
    """Divide vectors by their norms: ``x / max(|x|_p, eps)``.

    Args:
        input: any shape.
        p: of the norm.
        dim: the dimension, or dimensions, along which the vectors lie.
        eps: the least number to divide by.
    """
    return input / elementwise.clamp(reductions.norm(input, p, dim, keepdim=True), min=eps)


def cosine_similarity(x1: Tensor, x2: Tensor, dim: int = 1, eps: float = 1e-8) -> Tensor:
    """Compute the cosine of the angle between vectors: ``x1 . x2 / (max(|x1|, e) max(|x2|, e))``.

    Args:
        x1: (..., D, ...)
        x2: a shape that broadcasts with it.
        dim: the dimension of the vectors, in the common shape.
        eps: e, the least norm to divide by.

    Returns:
        (..., ...), without that dimension.

    Gradient: as if no norm were raised to e, which is torch's; 0 of a norm of 0.

    Raises:
        RuntimeError: if both are of whole numbers.
    """
    if not (x1.dtype.is_floating_point or x2.dtype.is_floating_point):
        raise RuntimeError(
            f"cosine_similarity: expected common dtype to be floating point, got {x1.dtype} and "
            f"{x2.dtype}"
        )
    if eps < 0:
        raise RuntimeError(f"cosine_similarity: eps must be non-negative, got: {eps}")
    if x1.dtype is x2.dtype is float16:
        return in_float32(cosine_similarity, x1, x2, dim, eps)
    u, v = (_unit(x, dim, eps) for x in shaping.broadcast_tensors(x1, x2))
    return (u * v).sum(dim)


def _unit(x: Tensor, dim: int, eps: float) -> Tensor:
    norm = reductions.norm(x, 2.0, dim, keepdim=True)
    # Torch raises the norm to `eps` unseen by the gradient, which is that of the norm itself.
    raised = (elementwise.clamp(norm, min=eps) - norm).detach()
    return x / (norm + raised)


def pairwise_distance(
    x1: Tensor, x2: Tensor, p: float = 2.0, eps: float = 1e-6, keepdim: bool = False
) -> Tensor:
    """Compute the norms of differences: ``|x1 - x2 + eps|_p`` along the last dimension.

    Args:
        x1: (..., D)
        x2: (..., D); shapes broadcast.
        p: of the norm.
        eps: what is added to each difference, so that no norm has its kink there.
        keepdim: whether the last dimension stays, with size 1.

    Returns:
        (...), or (..., 1)
    """
    return reductions.norm(x1 - x2 + eps, p, -1, keepdim)


def pdist(input: Tensor, p: float = 2) -> Tensor:
    """Compute the distances of each two rows: ``|x_i - x_j|_p`` for i < j.

    Args:
        input: (N, D)
        p: of the norm, 0 or more.

    Returns:
        (N (N - 1) / 2,), in the order (0, 1), (0, 2), ..., (1, 2), ...

    Raises:
        RuntimeError: if the input has not 2 dimensions, or `p` is negative.

    Gradient: 0 at distance 0, and for p = 0.
    """
    if len(input.shape) != 2:
        raise RuntimeError(f"pdist only supports 2D tensors, got: {len(input.shape)}D")
    if not p >= 0:
        raise RuntimeError(f"pdist only supports non-negative p values, got {p}")
    rows = input.shape[0]
    all_pairs = reductions.cdist(input, input, p, "donot_use_mm_for_euclid_dist")
    above = shaping.triu(creation.ones((rows, rows)), 1).reshape((-1,))
    chosen = indexing.nonzero(above).reshape((-1,))
    return indexing.index_select(all_pairs.reshape((-1,)), 0, chosen)


check_calls(globals(), __all__)
