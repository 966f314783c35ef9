"""Weights by direction and length, of limited norm, or orthogonal.

Source: https://docs.pytorch.org/docs/stable/nn.html#parametrizations
"""

from __future__ import annotations

from typing import TypeVar

from minitorch_autograd import Tensor, no_grad

from ..core.module import Module
from .norms import as_matrix, directed, drawn_unit, norm_except, unit
from .orthogonal_maps import orthogonal
from .parametrize import register_parametrization

__all__ = ["orthogonal", "spectral_norm", "weight_norm"]

M = TypeVar("M", bound=Module)


class _WeightNorm(Module):
    def __init__(self, dim: int | None = 0) -> None:
        super().__init__()
        self.dim = -1 if dim is None else dim

    def forward(self, weight_g: Tensor, weight_v: Tensor) -> Tensor:
        """Return ``g v / |v|``."""
        return directed(weight_g, weight_v, self.dim)

    def right_inverse(self, weight: Tensor) -> tuple[Tensor, Tensor]:
        """Return the length and the direction of `weight`."""
        return norm_except(weight, self.dim), weight


def weight_norm(module: M, name: str = "weight", dim: int | None = 0) -> M:
    """Write a weight as ``g v / |v|``: its length and its direction are learnt apart.

    Args:
        module: whose weight.
        name: its name.
        dim: the dimension of which each index has a length of its own; None for one in all.

    Source: Salimans and Kingma, "Weight Normalization", 2016
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
            matrix = as_matrix(weight.detach(), dim)
            for name, size in zip(("_u", "_v"), matrix.shape, strict=True):
                self.register_buffer(name, drawn_unit(size, eps, weight.dtype))
            self._iterate(matrix, 15)

    def _iterate(self, matrix: Tensor, times: int) -> None:
        with no_grad():
            for _ in range(times):
                self._u.copy_(unit(matrix @ self._v, self.eps))
                self._v.copy_(unit(matrix.t() @ self._u, self.eps))

    def forward(self, weight: Tensor) -> Tensor:
        """Return ``W / sigma``, sigma being about ``u^T W v``; of a vector, ``w / |w|``."""
        if len(weight.shape) == 1:
            return unit(weight, self.eps)
        matrix = as_matrix(weight, self.dim)
        if self.training:
            self._iterate(matrix.detach(), self.n_power_iterations)
        # Copies, since the next call writes into these.
        u, v = self._u * 1, self._v * 1
        return weight / (u * (matrix @ v)).sum()

    def right_inverse(self, value: Tensor) -> Tensor:
        """Return `value`: it is normalised already, or will be."""
        return value


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
        dim: the dimension of outputs; by default 1 for transposed convolutions and 0 for others.

    Raises:
        ValueError: if there is no such weight, or no iteration.

    Source: Miyato et al., "Spectral Normalization for Generative Adversarial Networks", 2018
    """
    weight = getattr(module, name, None)
    if not isinstance(weight, Tensor):
        raise ValueError(f"Module '{module}' has no parameter or buffer with name '{name}'")
    if dim is None:
        dim = 1 if getattr(module, "transposed", False) else 0
    return register_parametrization(
        module, name, _SpectralNorm(weight, n_power_iterations, dim, eps)
    )
