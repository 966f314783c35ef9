"""`torch.svd`, `torch.norm` and others that are older than `torch.linalg`, and differ from it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from ..core.creation import zeros_like
from . import cholesky_and_qr, determinants, svd_and_eigh
from .cholesky_and_qr import QR
from .determinants import Slogdet
from .matrix_norms import matrix_norm
from .operands import transposed
from .vector_norms import vector_norm

if TYPE_CHECKING:
    from minitorch_tensor import dtype as DType

    from ...engine.value import Tensor

__all__ = ["cholesky", "det", "norm", "qr", "slogdet", "svd"]


class SVD(NamedTuple):
    """Left singular vectors as columns, singular values descending, right vectors as columns."""

    U: Tensor
    S: Tensor
    V: Tensor


def cholesky(input: Tensor, upper: bool = False) -> Tensor:
    """Same as `linalg.cholesky`."""
    return cholesky_and_qr.cholesky(input, upper=upper)


def qr(input: Tensor, some: bool = True) -> QR:
    """Same as `linalg.qr`, but `some` says whether "reduced" or "complete"."""
    return cholesky_and_qr.qr(input, "reduced" if some else "complete")


def svd(input: Tensor, some: bool = True, compute_uv: bool = True) -> SVD:
    """Same as `linalg.svd`, but return V, not its transpose; U and V are 0 without `compute_uv`."""
    u, s, vh = svd_and_eigh.svd(input, full_matrices=not some or not compute_uv)
    if compute_uv:
        return SVD(u, s, transposed(vh))
    return SVD(zeros_like(u), s, zeros_like(transposed(vh)))


def det(input: Tensor) -> Tensor:
    """Same as `linalg.det`."""
    return determinants.det(input)


def slogdet(input: Tensor) -> Slogdet:
    """Same as `linalg.slogdet`."""
    return determinants.slogdet(input)


def norm(
    input: Tensor,
    p: float | str | None = "fro",
    dim: int | Sequence[int] | None = None,
    keepdim: bool = False,
    dtype: DType | None = None,
) -> Tensor:
    """Compute the p-norm ``sum(|x|^p)^(1/p)``, of all elements or over dimensions.

    Args:
        input: the elements, floats.
        p: the order, also 0 and infinities; "fro" or None is 2, "nuc" the sum of the singular
            values of matrices.
        dim: the dimensions to reduce; None for all.
        keepdim: whether reduced dimensions stay, of size 1.
        dtype: the type to cast to first.
    """
    if p == "nuc":
        pair = (-2, -1) if dim is None or isinstance(dim, int) else (dim[0], dim[1])
        return matrix_norm(input, "nuc", pair, keepdim, dtype=dtype)
    if p is None or isinstance(p, str):
        if p not in ("fro", None):
            raise RuntimeError(f"norm: expected a number, 'fro' or 'nuc' for p, got {p!r}")
        p = 2
    return vector_norm(input, p, dim, keepdim, dtype=dtype)
