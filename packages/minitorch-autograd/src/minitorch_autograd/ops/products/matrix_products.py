"""Products of vectors and matrices, other than `matmul`, which is beneath them all."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import TYPE_CHECKING

from ...arguments.operands import unwrap
from ...arguments.shapes import wrap_dim
from ..core.matmul import matmul

if TYPE_CHECKING:
    from minitorch_tensor import Tensor as Raw

    from ...engine.value import Tensor


__all__ = ["bmm", "kron", "mm", "tensordot"]


# --- Products of given dimensions


def mm(input: Tensor, mat2: Tensor) -> Tensor:
    """Multiply matrices (n, k) and (k, m)."""
    for name, one in (("self", input), ("mat2", mat2)):
        if len(unwrap(one).shape) != 2:
            raise RuntimeError(f"mm: {name} must be a matrix, got shape {one.shape}: use matmul")
    return matmul(input, mat2)


def bmm(input: Tensor, mat2: Tensor) -> Tensor:
    """Multiply batches of matrices, (b, n, k) and (b, k, m), one by one."""
    refuse_other_batches("bmm", unwrap(input), unwrap(mat2))
    return matmul(input, mat2)


def refuse_other_dims(operation: str, ndim: int, **operands: Raw) -> None:
    """Raise if an operand has not `ndim` dimensions."""
    for name, one in operands.items():
        if len(one.shape) != ndim:
            wanted = (
                f"Expected 1-D argument {name}, but" if ndim == 1 else f"{name} must be a matrix,"
            )
            raise RuntimeError(
                f"{operation}: {wanted} got {len(one.shape)}-D tensor of shape {one.shape}"
            )


def refuse_other_batches(operation: str, a: Raw, b: Raw) -> None:
    """Raise unless `a` and `b` are batches of matrices that fit."""
    for name, one in (("batch1", a), ("batch2", b)):
        if len(one.shape) != 3:
            raise RuntimeError(
                f"{operation}: {name} must be a 3D tensor, got shape {one.shape}: use matmul"
            )
    wanted = [a.shape[0], a.shape[2]]
    if list(b.shape[:2]) != wanted:
        raise RuntimeError(
            f"{operation}: Expected size for first two dimensions of batch2 tensor to be: {wanted} "
            f"but got: {list(b.shape[:2])}"
        )


# --- Products of any dimensions


def tensordot(a: Tensor, b: Tensor, dims: int | tuple[Sequence[int], Sequence[int]] = 2) -> Tensor:
    """Multiply and sum over pairs of dimensions: one product of matrices.

    Args:
        a: a tensor; its other dimensions come first in the result.
        b: a tensor of the same type.
        dims: how many of the last of `a` and first of `b` are paired, or lists of the pairs.
    """
    x, y = unwrap(a), unwrap(b)
    if x.dtype is not y.dtype:
        raise RuntimeError(
            f"tensordot: both inputs should have same dtype, but got {x.dtype} and {y.dtype}"
        )
    mine, its = _paired(x.shape, y.shape, dims)
    for i, j in zip(mine, its, strict=True):
        m, n = a.shape[i], b.shape[j]
        if m != n and 1 not in (m, n):
            raise RuntimeError(
                "tensordot: contracted dimensions need to match, but first has size "
                f"{m} in dim {i} and second has size {n} in dim {j}"
            )
        if m == 1:
            b = b.sum(j, keepdim=True)  # as the one element of `a` is repeated
        elif n == 1:
            a = a.sum(i, keepdim=True)
    rest_a = [d for d in range(a.ndim) if d not in mine]
    rest_b = [d for d in range(b.ndim) if d not in its]
    sizes_a, sizes_b = [a.shape[d] for d in rest_a], [b.shape[d] for d in rest_b]
    inside = prod(a.shape[d] for d in mine)
    left = a.permute((*rest_a, *mine)).reshape((prod(sizes_a), inside))
    right = b.permute((*its, *rest_b)).reshape((inside, prod(sizes_b)))
    return matmul(left, right).reshape((*sizes_a, *sizes_b))


def _paired(
    x: tuple[int, ...], y: tuple[int, ...], dims: int | tuple[Sequence[int], Sequence[int]]
) -> tuple[list[int], list[int]]:
    if isinstance(dims, int):
        if dims < 0:
            raise RuntimeError(f"tensordot expects dims >= 0, but got dims={dims}")
        if dims > min(len(x), len(y)):
            raise RuntimeError(f"tensordot expects dims < ndim_a or ndim_b, but got dims={dims}")
        return list(range(len(x) - dims, len(x))), list(range(dims))
    mine = [wrap_dim(d, len(x)) for d in dims[0]]
    its = [wrap_dim(d, len(y)) for d in dims[1]]
    if len(mine) != len(its):
        raise RuntimeError(f"tensordot: both dimension lists should have same length: {dims}")
    return mine, its


def kron(input: Tensor, other: Tensor) -> Tensor:
    """Multiply each element of `input` by all of `other`: a matrix of matrices.

    Sizes multiply, dimension by dimension; the shorter shape counts as 1 in front.
    """
    x, y = unwrap(input).shape, unwrap(other).shape
    ndim = max(len(x), len(y))
    x, y = (1,) * (ndim - len(x)) + x, (1,) * (ndim - len(y)) + y
    # (x1, 1, x2, 1) times (1, y1, 1, y2).
    apart = input.reshape(tuple(n for m in x for n in (m, 1)))
    beside = other.reshape(tuple(n for m in y for n in (1, m)))
    return (apart * beside).reshape(tuple(m * n for m, n in zip(x, y, strict=True)))
