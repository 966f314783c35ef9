"""Matrices that are kept orthogonal: what is trained is free, and a map makes it orthogonal.

Theory of operation. Each map takes any matrix X to an orthogonal one, and minus the
identity to the identity. With a *trivialization* what is read is ``base @ map(X)``: the base holds
where training starts, so that X starts where the map is the identity, and any orthogonal matrix
can be assigned.

Source: Lezcano Casado, "Trivializations for Gradient-Based Optimization on Manifolds", 2019
"""

from __future__ import annotations

from typing import Literal, TypeAlias, TypeVar

from minitorch_autograd import Tensor, arange, no_grad, where, zeros

from ..common.extensions import creation, elementwise, matrices, reductions, shaping
from ..core.module import Module
from .parametrize import register_parametrization

__all__ = ["orthogonal"]

M = TypeVar("M", bound=Module)
OrthogonalMap: TypeAlias = Literal["matrix_exp", "cayley", "householder"]


def _transposed(x: Tensor) -> Tensor:
    return shaping.transpose(x, -2, -1)


def _tall(x: Tensor) -> Tensor:
    """Return matrices with at least as many rows as columns: these, or them transposed."""
    return _transposed(x) if x.shape[-2] < x.shape[-1] else x


def _diagonal(x: Tensor) -> Tensor:
    """Return the diagonals of matrices (..., n, k), n >= k, as rows (..., 1, k)."""
    return reductions.sum(x * creation.eye(*x.shape[-2:], dtype=x.dtype), (-2,), keepdim=True)


def _signs(x: Tensor) -> Tensor:
    """Return -1 or 1 for each number; 1 for zero."""
    return where(x < 0, -1.0, creation.ones_like(x))


# --- The maps


def _pade(a: Tensor, order: int) -> Tensor:
    """Return the rational approximation of exp(a) of so many terms, ``N(-a)^-1 N(a)``.

    Of a skew-symmetric matrix it is orthogonal, however few the terms; of one it is Cayley's map,
    ``(I - a/2)^-1 (I + a/2)``.
    """
    power = above = below = creation.eye(a.shape[-1], dtype=a.dtype)
    factor = 1.0
    for k in range(1, order + 1):
        factor *= (order - k + 1) / (k * (2 * order - k + 1))
        power = a @ power
        above = above + power * factor
        below = below + power * (factor * (-1) ** k)
    return matrices.inverse(below) @ above


def _exponential(a: Tensor) -> Tensor:
    """Return exp(a) as ``exp(a / 2^s)`` squared s times, so that few terms are enough."""
    with no_grad():
        size = elementwise.abs(a.detach()).sum(-1).reshape((-1,)).amax(0)
        count = 0
        while bool(size > 0.5) and count < 64:  # infinite numbers have no end
            size, count = size * 0.5, count + 1
    result = _pade(a * 0.5**count, 6)
    for _ in range(count):
        result = result @ result
    return result


def _of_skew(x: Tensor, name: str) -> Tensor:
    """Map the lower triangle of x (n, k), as a skew-symmetric matrix ``L - L^T``, by its name."""
    n, k = x.shape[-2:]
    lower = shaping.tril(x)
    if n != k:
        filling = creation.full((*x.shape[:-1], n - k), 0.0, dtype=x.dtype)
        lower = shaping.cat([lower, filling], -1)
    skew = lower - _transposed(lower)
    q = _pade(skew, 1) if name == "cayley" else _exponential(skew)
    return shaping.narrow(q, -1, 0, k)


def _reflected(x: Tensor, v: Tensor) -> Tensor:
    """Return ``(I - 2 v v^T / |v|^2) x`` for a column v."""
    scale = elementwise.reciprocal((v * v).sum(-2, keepdim=True)) * 2.0
    return x - (v * scale) @ (_transposed(v) @ x)


def _householder(x: Tensor) -> Tensor:
    """Return the first columns of a product of reflections ``I - 2 v v^T / |v|^2``, times signs.

    The vectors v are the columns below the diagonal, with a 1 on it; the signs are on the diagonal.
    """
    n, k = x.shape[-2:]
    one = creation.eye(n, k, dtype=x.dtype)
    vectors = shaping.tril(x, -1) + one
    q = one
    for i in reversed(range(k)):
        q = _reflected(q, shaping.narrow(vectors, -1, i, 1))
    return q * _signs(_diagonal(x.detach()))


# --- Their inverses


def _reflections(q: Tensor) -> Tensor:
    """Return what `_householder` takes to q (n, k), whose columns are orthonormal.

    Each reflection takes a column x, from the diagonal on, to ``(b, 0, ..., 0)`` with
    ``b = -sign(x_i) |x|``: its vector is ``x - (b, 0, ..., 0)``, scaled to begin with 1.
    """
    place = arange(q.shape[-2]).reshape((-1, 1))
    columns = []
    for i in range(q.shape[-1]):
        x = shaping.narrow(q, -1, i, 1)
        first = shaping.narrow(x, -2, i, 1)
        below = where(place > i, x, 0.0)
        square = (below * below).sum(-2, keepdim=True)
        sign = -_signs(first)
        distance = first - sign * elementwise.sqrt(first * first + square)
        tail = below / where(square == 0, 1.0, distance)
        columns.append(where(place == i, sign, tail))
        q = _reflected(q, where(place == i, 1.0, tail))
    # Above the diagonal, where the map does not look, is R of q's QR decomposition, as in torch.
    return shaping.cat(columns, -1) + shaping.triu(q, 1)


def _is_orthogonal(q: Tensor) -> bool:
    limit = 10 * q.shape[-2] * creation.finfo(q.dtype).eps
    error = _transposed(q) @ q - creation.eye(q.shape[-1], dtype=q.dtype)
    return not bool(reductions.any(elementwise.abs(error) > limit))


def _nearest(x: Tensor) -> Tensor:
    """Return Q of x's QR decomposition, with the signs that make R's diagonal positive."""
    q, r = matrices.qr(x)
    return q * _signs(_diagonal(r))


class _Orthogonal(Module):
    base: Tensor | None  # of a trivialization; square

    def __init__(
        self, weight: Tensor, orthogonal_map: OrthogonalMap, use_trivialization: bool
    ) -> None:
        super().__init__()
        self.shape = weight.shape
        self.orthogonal_map = orthogonal_map
        self.use_trivialization = use_trivialization
        if use_trivialization:
            self.register_buffer("base", None)

    def forward(self, x: Tensor) -> Tensor:
        """Return ``base map(x)``, the map being that of the tall matrix."""
        tall = _tall(x)
        if self.orthogonal_map == "householder":
            q = _householder(tall)
        else:
            q = _of_skew(tall, self.orthogonal_map)
        if self.use_trivialization and self.base is not None:
            q = self.base @ q
        return q if tall is x else _transposed(q)

    def right_inverse(self, q: Tensor) -> Tensor:
        """Return what `forward` takes to `q`; a trivialization moves its base there."""
        if q.shape != self.shape:
            raise ValueError(
                f"Expected a matrix or batch of matrices of shape {self.shape}. Got a tensor of "
                f"shape {q.shape}."
            )
        tall = _tall(q)
        if self.use_trivialization:
            self.base = self._new_base(tall)
            return creation.zeros_like(q) - creation.eye(*q.shape[-2:], dtype=q.dtype)
        if self.orthogonal_map != "householder":
            raise NotImplementedError(
                "It is not possible to assign to the matrix exponential or the Cayley "
                "parametrizations when use_trivialization=False."
            )
        reflections = _reflections(tall)
        return reflections if tall is q else _transposed(reflections)

    def _new_base(self, q: Tensor) -> Tensor:
        """Return the square matrix that begins with q's columns, made orthogonal if need be."""
        n, k = q.shape[-2:]
        if n != k:
            drawn = zeros((*q.shape[:-1], n - k), dtype=q.dtype).normal_()
            q = shaping.cat([q, drawn], -1)
        elif _is_orthogonal(q):
            return creation.clone(q)
        return _nearest(q)


def orthogonal(
    module: M,
    name: str = "weight",
    orthogonal_map: OrthogonalMap | None = None,
    *,
    use_trivialization: bool = True,
) -> M:
    """Keep a matrix orthogonal, or batches of matrices: wide ones have orthonormal rows.

    Args:
        module: whose matrix.
        name: its name.
        orthogonal_map: from matrices to orthogonal ones: "matrix_exp", the exponential of the
            skew-symmetric matrix of the lower triangle; "cayley", ``(I - A/2)^-1 (I + A/2)`` of
            it; "householder", a product of reflections. By default the exponential for square
            matrices, reflections for others.
        use_trivialization: whether to multiply by a base, so that a matrix can be assigned.

    Raises:
        ValueError: if there is no such matrix, or no such map.
    """
    weight = getattr(module, name, None)
    if not isinstance(weight, Tensor):
        raise ValueError(f"Module '{module}' has no parameter or buffer with name '{name}'")
    if len(weight.shape) < 2:
        raise ValueError(
            "Expected a matrix or batch of matrices. Got a tensor of "
            f"{len(weight.shape)} dimensions."
        )
    if orthogonal_map is None:
        square = weight.shape[-2] == weight.shape[-1]
        orthogonal_map = "matrix_exp" if square else "householder"
    if orthogonal_map not in ("matrix_exp", "cayley", "householder"):
        raise ValueError(
            'orthogonal_map has to be one of "matrix_exp", "cayley", "householder". Got: '
            f"{orthogonal_map}"
        )
    made = _Orthogonal(weight, orthogonal_map, use_trivialization)
    return register_parametrization(module, name, made, unsafe=True)
