"""`dist`, the distance of two tensors, and `cdist`, those between two sets of points."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

import minitorch_tensor as below

from ...arguments.operands import unwrap
from ...engine.graph import record_with_output
from ...engine.value import wrap
from ..core.elementwise import signs, where
from ..core.matmul import matmul
from .vector_norms import norm_derivative, norm_value, vector_norm

if TYPE_CHECKING:
    from minitorch_tensor import Tensor as Raw

    from ...engine.value import Tensor

__all__ = ["cdist", "dist"]


MANY = 25  # as in torch: for more points in a set, a product of matrices is faster


MODES = (
    "use_mm_for_euclid_dist_if_necessary",
    "use_mm_for_euclid_dist",
    "donot_use_mm_for_euclid_dist",
)


def cdist(
    x1: Tensor,
    x2: Tensor,
    p: float = 2.0,
    compute_mode: str = "use_mm_for_euclid_dist_if_necessary",
) -> Tensor:
    """Compute the distances between points, ``d_ij = |x_i - y_j|``, in the p-norm.

    Args:
        x1: points as rows, (..., n, k).
        x2: points as rows, (..., m, k); leading dimensions broadcast.
        p: 0 or more; for inf the largest difference, for 0 the number of differences.
        compute_mode: for p = 2, when to compute ``|x|^2 + |y|^2 - 2 x y``, which is fast and loses
            digits of small distances: for sets of more than 25 points, always, or never.

    Returns:
        (..., n, m).

    Gradient: 0 at distance 0, and for p = 0; for inf the sign, to every difference that ties for
    the largest.
    """
    x, y = unwrap(x1), unwrap(x2)
    _refuse_misfits(x, y, p, compute_mode)
    if x.dtype is below.float16:
        wide = x1.to(below.float32), x2.to(below.float32)
        return cdist(*wide, p, compute_mode).to(below.float16)
    last = max(len(x.shape), len(y.shape))  # of the differences, which are (..., n, m, k)
    if p == 2:
        many = max(x.shape[-2], y.shape[-2]) > MANY
        by_product = compute_mode == MODES[1] or (many and compute_mode == MODES[0])
        return record_with_output(
            "CdistBackward0",
            wrap(_by_product(x, y) if by_product else norm_value(_differences(x, y), 2, (last,))),
            (x1, lambda g, d: _weighted_differences(x1, x2, _weights(g, d))),
            (x2, lambda g, d: _weighted_differences(x2, x1, _weights(g, d).transpose(-2, -1))),
        )
    # Without columns every distance is 0; but for p = inf there would be no largest difference.
    order = p if x.shape[-1] else 1.0
    value = norm_value(_differences(x, y), order, (last,))
    return record_with_output(
        "CdistBackward0",
        wrap(value),
        (x1, lambda g, d: _slopes(x1, x2, order, g, d).sum(-2)),
        (x2, lambda g, d: -_slopes(x1, x2, order, g, d).sum(-3)),
    )


def _refuse_misfits(x: Raw, y: Raw, p: float, compute_mode: str) -> None:
    """Raise if shapes, types or options are wrong."""
    for name, one in (("X1", x), ("X2", y)):
        if len(one.shape) < 2:
            raise RuntimeError(
                f"cdist only supports at least 2D tensors, {name} got: {len(one.shape)}D"
            )
        if not one.dtype.is_floating_point:
            raise RuntimeError(
                f"cdist only supports floating-point dtypes, {name} got: {one.dtype}"
            )
    if x.dtype is not y.dtype:
        raise RuntimeError(f"cdist: expected scalar type {x.dtype} but found {y.dtype} for X2")
    if x.shape[-1] != y.shape[-1]:
        raise RuntimeError(
            "cdist: X1 and X2 must have the same number of columns. "
            f"X1: {x.shape[-1]} X2: {y.shape[-1]}"
        )
    if p < 0:
        raise RuntimeError(f"cdist only supports non-negative p values, got {p}")
    if compute_mode not in MODES:
        raise ValueError(
            f"cdist: {compute_mode} is not a valid value for compute_mode: one of {MODES}"
        )


def _differences(x: Raw, y: Raw) -> Raw:
    """Return the differences of each two points, (..., n, m, k)."""
    rows, columns = (slice(None),) * (len(x.shape) - 1), (slice(None),) * (len(y.shape) - 2)
    return x[(*rows, None)] - y[(*columns, None)]


def _by_product(x: Raw, y: Raw) -> Raw:
    """Return the distances for p = 2 as the root of ``|x|^2 + |y|^2 - 2 x y``."""
    across = (*range(len(y.shape) - 2), len(y.shape) - 1, len(y.shape) - 2)
    squares = _squares(x) + _squares(y).permute(across) - 2 * (x @ y.permute(across))
    return below.sqrt(below.maximum(squares, 0))


def _squares(x: Raw) -> Raw:
    """Return ``|x|^2`` of each point, (..., n, 1)."""
    return (x * x).sum((len(x.shape) - 1,), True)


def _weights(g: Tensor, d: Tensor) -> Tensor:
    """Return ``g / d``, 0 at distance 0."""
    return where(d == 0, 0.0, g / d)


def _weighted_differences(x: Tensor, y: Tensor, weights: Tensor) -> Tensor:
    """Return ``sum_j w_ij (x_i - y_j)``."""
    return x * weights.sum(-1, keepdim=True) - matmul(weights, y)


def _slopes(x: Tensor, y: Tensor, p: float, g: Tensor, d: Tensor) -> Tensor:
    """Return the gradient of each difference ``x_i - y_j``, (..., n, m, k)."""
    differences, norm = x.unsqueeze(-2) - y.unsqueeze(-3), d.unsqueeze(-1)
    if p == inf:
        slope = signs(differences) * (differences.abs() == norm)
    else:
        slope = norm_derivative(differences, p, (-1,), norm)
    return slope * g.unsqueeze(-1)


def dist(input: Tensor, other: Tensor, p: float = 2) -> Tensor:
    """Return the p-norm of the difference; broadcasts."""
    return vector_norm(input - other, p)
