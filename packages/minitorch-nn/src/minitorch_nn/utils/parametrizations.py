"""Weights by direction and length, of limited norm, or orthogonal.

Source: https://docs.pytorch.org/docs/stable/nn.html#parametrizations
"""

from __future__ import annotations

from math import prod
from typing import TypeVar

from minitorch_autograd import Tensor, dtype, no_grad

from .._extensions import elementwise, matrices, random, reductions, shaping
from .._module import Module
from .parametrize import register_parametrization

__all__ = ["orthogonal", "spectral_norm", "weight_norm"]

M = TypeVar("M", bound=Module)


def _norm_except(v: Tensor, dim: int) -> Tensor:
    """Return the Euclidean norms over all dimensions but one, as sizes of 1; of -1, over all."""
    dims = tuple(d for d in range(len(v.shape)) if d != dim % len(v.shape) or dim == -1)
    return elementwise.sqrt(reductions.sum(elementwise.square(v), dims, keepdim=True))


class _WeightNorm(Module):
    def __init__(self, dim: int | None = 0) -> None:
        super().__init__()
        self.dim = -1 if dim is None else dim

    def forward(self, weight_g: Tensor, weight_v: Tensor) -> Tensor:
        """Return ``g v / |v|``."""
        return weight_v * (weight_g / _norm_except(weight_v, self.dim))

    def right_inverse(self, weight: Tensor) -> tuple[Tensor, Tensor]:
        """Return the length and the direction of `weight`."""
        return _norm_except(weight, self.dim), weight


def weight_norm(module: M, name: str = "weight", dim: int | None = 0) -> M:
    """Write a weight as ``g v / |v|``: its length and its direction are learnt apart.

    Args:
        module: whose weight.
        name: its name.
        dim: the dimension of which each index has a length of its own; None for one in all.

    Source: Salimans and Kingma, "Weight Normalization", 2016;
    https://docs.pytorch.org/docs/stable/generated/torch.nn.utils.parametrizations.weight_norm.html
    """
    return register_parametrization(module, name, _WeightNorm(dim), unsafe=True)


class _SpectralNorm(Module):
    """Divide by the largest singular value, which a power iteration follows while training."""

    _u: Tensor
    _v: Tensor

    def __init__(
        self, weight: Tensor, n_power_iterations: int = 1, dim: int = 0, eps: float = 1e-12
    ) -> None:
        super().__init__()
        if n_power_iterations <= 0:
            raise ValueError(
                "Expected n_power_iterations to be positive, but got "
                f"n_power_iterations={n_power_iterations}"
            )
        self.dim = dim
        self.eps = eps
        self.n_power_iterations = n_power_iterations
        if len(weight.shape) > 1:
            matrix = self._matrix(weight.detach())
            self.register_buffer("_u", self._normal(_drawn(matrix.shape[0], weight.dtype)))
            self.register_buffer("_v", self._normal(_drawn(matrix.shape[1], weight.dtype)))
            self._iterate(matrix, 15)

    def _matrix(self, weight: Tensor) -> Tensor:
        if self.dim:
            weight = shaping.transpose(weight, self.dim, 0)
        return weight.reshape((weight.shape[0], prod(weight.shape[1:])))

    def _normal(self, x: Tensor) -> Tensor:
        norm = elementwise.sqrt((x * x).sum())
        return x / elementwise.clamp(norm, min=self.eps)

    def _iterate(self, matrix: Tensor, times: int) -> None:
        with no_grad():
            for _ in range(times):
                self._u.copy_(self._normal(matrix @ self._v))
                self._v.copy_(self._normal(matrix.t() @ self._u))

    def forward(self, weight: Tensor) -> Tensor:
        """Return ``W / sigma``, sigma being about ``u^T W v``; of a vector, ``w / |w|``."""
        if len(weight.shape) == 1:
            return self._normal(weight)
        matrix = self._matrix(weight)
        if self.training:
            self._iterate(matrix.detach(), self.n_power_iterations)
        # Copies, since the next call writes into these.
        u, v = self._u * 1, self._v * 1
        return weight / (u * (matrix @ v)).sum()

    def right_inverse(self, value: Tensor) -> Tensor:
        """Return `value`: it is normalised already, or will be."""
        return value


def _drawn(size: int, dtype: dtype) -> Tensor:
    return random.randn((size,), dtype=dtype)


def spectral_norm(
    module: M,
    name: str = "weight",
    n_power_iterations: int = 1,
    eps: float = 1e-12,
    dim: int | None = None,
) -> M:
    """Divide a weight by its largest singular value.

    Args:
        module: whose weight.
        name: its name.
        n_power_iterations: steps of the power iteration at each reading in training.
        eps: the least norm that is divided by.
        dim: the dimension of outputs: 1 for transposed convolutions, otherwise 0, unless told.

    Raises:
        ValueError: if there is no such weight, or no iteration.

    Source: Miyato et al., "Spectral Normalization for Generative Adversarial Networks", 2018;
    https://docs.pytorch.org/docs/stable/generated/torch.nn.utils.parametrizations.spectral_norm.html
    """
    weight = getattr(module, name, None)
    if not isinstance(weight, Tensor):
        raise ValueError(f"Module '{module}' has no parameter or buffer with name '{name}'")
    if dim is None:
        dim = 1 if getattr(module, "transposed", False) else 0
    return register_parametrization(
        module, name, _SpectralNorm(weight, n_power_iterations, dim, eps)
    )


class _Orthogonal(Module):
    """Make a matrix orthogonal by the QR decomposition."""

    def forward(self, x: Tensor) -> Tensor:
        """Return Q of x, with the signs that make R's diagonal positive."""
        wide = x.shape[-2] < x.shape[-1]
        q, r = matrices.qr(shaping.transpose(x, -2, -1) if wide else x)
        q = q * elementwise.sign(shaping.diagonal(r))
        return shaping.transpose(q, -2, -1) if wide else q

    def right_inverse(self, q: Tensor) -> Tensor:
        """Return `q`: an orthogonal matrix is its own Q."""
        return q


def orthogonal(module: M, name: str = "weight") -> M:
    """Keep a matrix orthogonal: ``Q`` of its QR decomposition is what is read.

    Args:
        module: whose matrix.
        name: its name.

    Raises:
        ValueError: if it is no matrix.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.utils.parametrizations.orthogonal.html.
    Departure: torch offers matrix exponentials and Cayley's map, too, and keeps a base.
    """
    weight = getattr(module, name, None)
    if not isinstance(weight, Tensor):
        raise ValueError(f"Module '{module}' has no parameter or buffer with name '{name}'")
    if len(weight.shape) != 2:
        raise ValueError(f"Expected a matrix. Got a tensor of shape {weight.shape}.")
    return register_parametrization(module, name, _Orthogonal())
