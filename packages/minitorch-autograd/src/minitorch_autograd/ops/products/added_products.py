"""`addmm` and its relatives: a product added to a tensor, ``beta input + alpha product``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...arguments.operands import unwrap
from ...engine.graph import record
from ...engine.value import wrap
from ..core.matmul import matmul, mv
from .matrix_products import refuse_other_batches, refuse_other_dims
from .vector_products import outer

if TYPE_CHECKING:
    from minitorch_tensor import Tensor as Raw

    from ...engine.value import Tensor

__all__ = ["addbmm", "addmm", "addmv", "addr", "baddbmm"]


def addmm(
    input: Tensor, mat1: Tensor, mat2: Tensor, *, beta: float = 1, alpha: float = 1
) -> Tensor:
    """Compute ``beta C + alpha A B`` for matrices.

    Args:
        input: C, of a shape that broadcasts to (n, m); not read if `beta` is 0.
        mat1: A, (n, k).
        mat2: B, (k, m).
        beta: the factor of C.
        alpha: the factor of the product.
    """
    a, b = unwrap(mat1), unwrap(mat2)
    refuse_other_dims("addmm", 2, mat1=a, mat2=b)
    return record(
        "AddmmBackward0",
        _blended("addmm", input, a @ b, beta, alpha),
        (input, lambda g: g * beta),
        (mat1, lambda g: matmul(g, mat2.t()) * alpha),
        (mat2, lambda g: matmul(mat1.t(), g) * alpha),
    )


def addmv(input: Tensor, mat: Tensor, vec: Tensor, *, beta: float = 1, alpha: float = 1) -> Tensor:
    """Compute ``beta c + alpha A v`` for a matrix and vectors: see `addmm`."""
    with_vector = mv(mat.detach(), vec.detach())
    return record(
        "AddmvBackward0",
        _blended("addmv", input, with_vector._raw, beta, alpha),
        (input, lambda g: g * beta),
        (mat, lambda g: outer(g, vec) * alpha),
        (vec, lambda g: matmul(mat.t(), g) * alpha),
    )


def addr(input: Tensor, vec1: Tensor, vec2: Tensor, *, beta: float = 1, alpha: float = 1) -> Tensor:
    """Compute ``beta C + alpha v w^T`` for a matrix and vectors: see `addmm`."""
    refuse_other_dims("addr", 1, vec1=unwrap(vec1), vec2=unwrap(vec2))
    product = outer(vec1.detach(), vec2.detach())
    return record(
        "AddrBackward0",
        _blended("addr", input, product._raw, beta, alpha),
        (input, lambda g: g * beta),
        (vec1, lambda g: matmul(g, vec2) * alpha),
        (vec2, lambda g: matmul(g.t(), vec1) * alpha),
    )


def baddbmm(
    input: Tensor, batch1: Tensor, batch2: Tensor, *, beta: float = 1, alpha: float = 1
) -> Tensor:
    """Compute ``beta C_i + alpha A_i B_i`` for batches of matrices: see `addmm`."""
    a, b = unwrap(batch1), unwrap(batch2)
    refuse_other_batches("baddbmm", a, b)
    return record(
        "BaddbmmBackward0",
        _blended("baddbmm", input, a @ b, beta, alpha),
        (input, lambda g: g * beta),
        (batch1, lambda g: matmul(g, batch2.transpose(1, 2)) * alpha),
        (batch2, lambda g: matmul(batch1.transpose(1, 2), g) * alpha),
    )


def addbmm(
    input: Tensor, batch1: Tensor, batch2: Tensor, *, beta: float = 1, alpha: float = 1
) -> Tensor:
    """Compute ``beta C + alpha sum_i A_i B_i`` for batches of matrices: see `addmm`."""
    a, b = unwrap(batch1), unwrap(batch2)
    refuse_other_batches("addbmm", a, b)
    return record(
        "AddbmmBackward0",
        _blended("addbmm", input, (a @ b).sum((0,)).to(a.dtype), beta, alpha),
        (input, lambda g: g * beta),
        (batch1, lambda g: matmul(g, batch2.transpose(1, 2)) * alpha),
        (batch2, lambda g: matmul(batch1.transpose(1, 2), g) * alpha),
    )


def _blended(operation: str, input: Tensor, product: Raw, beta: float, alpha: float) -> Tensor:
    """Return ``beta input + alpha product``, with types checked."""
    added = unwrap(input)
    if added.dtype is not product.dtype:
        raise RuntimeError(
            f"{operation}: self and the product must have the same dtype, but got {added.dtype} "
            f"and {product.dtype}"
        )
    if not added.dtype.is_floating_point:
        for name, factor in (("beta", beta), ("alpha", alpha)):
            if isinstance(factor, float):
                raise RuntimeError(
                    f"{operation}: For integral input tensors, argument {name} must not be a "
                    f"floating point number, got {factor}"
                )
    if beta == 0:
        # The input is not read, but must broadcast all the same.
        added.expand(product.shape)
        return wrap(product * alpha)
    scaled = added if beta == 1 else added * beta
    return wrap(scaled.expand(product.shape) + (product if alpha == 1 else product * alpha))
