"""Functions that `torch` itself had first, with other arguments than those of `torch.linalg`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..core.creation import zeros_like
from . import decompositions, determinants
from .decompositions import QR
from .determinants import Slogdet
from .solving import turned

if TYPE_CHECKING:
    from ...engine.value import Tensor

__all__ = ["cholesky", "det", "qr", "slogdet", "svd"]


class SVD(NamedTuple):
    """Left vectors as columns, singular values in descending order, right vectors as columns."""

    U: Tensor
    S: Tensor
    V: Tensor


def cholesky(input: Tensor, upper: bool = False) -> Tensor:
    """Do as `linalg.cholesky`."""
    return decompositions.cholesky(input, upper=upper)


def qr(input: Tensor, some: bool = True) -> QR:
    """Do as `linalg.qr`, "complete" where `some` is not wanted."""
    return decompositions.qr(input, "reduced" if some else "complete")


def svd(input: Tensor, some: bool = True, compute_uv: bool = True) -> SVD:
    """Do as `linalg.svd`, but with V for its transpose; zeros without `compute_uv`."""
    u, s, vh = decompositions.svd(input, full_matrices=not some or not compute_uv)
    if compute_uv:
        return SVD(u, s, turned(vh))
    return SVD(zeros_like(u), s, zeros_like(turned(vh)))


def det(input: Tensor) -> Tensor:
    """Do as `linalg.det`."""
    return determinants.det(input)


def slogdet(input: Tensor) -> Slogdet:
    """Do as `linalg.slogdet`."""
    return determinants.slogdet(input)
