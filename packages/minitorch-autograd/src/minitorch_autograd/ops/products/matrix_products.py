"""Products of matrices and of tensors of any dimensions, all by way of `matmul`."""

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
    """Raise if an operand does not have `ndim` dimensions."""
    for name, one in operands.items():
        if len(one.shape) != ndim:
            wanted = (
                f"Expected 1-D argument {name}, but" if ndim == 1 else f"{name} must be a matrix,"
            )
            raise RuntimeError(
                f"{operation}: {wanted} got {len(one.shape)}-D tensor of shape {one.shape}"
            )


def refuse_other_batches(operation: str, a: Raw, b: Raw) -> None:
    """Raise if `a` and `b` are not batches of matrices whose sizes fit."""
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
    """Multiply, and sum over pairs of dimensions; computed as one product of matrices.

    Args:
        a: a tensor; its other dimensions come first in the result.
        b: a tensor of the same type.
        dims: how many of the last dimensions of `a` are paired with the first of `b`; or two
            sequences, of the dimensions of `a` and of those of `b`.
    """
    x, y = unwrap(a), unwrap(b)
    if x.dtype is not y.dtype:
        raise RuntimeError(
            f"tensordot: both inputs should have same dtype, but got {x.dtype} and {y.dtype}"
        )
    dims_a, dims_b = _paired(x.shape, y.shape, dims)
    for i, j in zip(dims_a, dims_b, strict=True):
        m, n = a.shape[i], b.shape[j]
        if m != n and 1 not in (m, n):
            raise RuntimeError(
                "tensordot: contracted dimensions need to match, but first has size "
                f"{m} in dim {i} and second has size {n} in dim {j}"
            )
        if m == 1:
            b = b.sum(j, keepdim=True)  # since the single element of `a` broadcasts
        elif n == 1:
            a = a.sum(i, keepdim=True)
    rest_a = [d for d in range(a.ndim) if d not in dims_a]
    rest_b = [d for d in range(b.ndim) if d not in dims_b]
    sizes_a, sizes_b = [a.shape[d] for d in rest_a], [b.shape[d] for d in rest_b]
    inside = prod(a.shape[d] for d in dims_a)
    left = a.permute((*rest_a, *dims_a)).reshape((prod(sizes_a), inside))
    right = b.permute((*dims_b, *rest_b)).reshape((inside, prod(sizes_b)))
    return matmul(left, right).reshape((*sizes_a, *sizes_b))


def _paired(
    x: tuple[int, ...], y: tuple[int, ...], dims: int | tuple[Sequence[int], Sequence[int]]
) -> tuple[list[int], list[int]]:
    """Return the paired dimensions of both, counted from the left."""
    if isinstance(dims, int):
        if dims < 0:
            raise RuntimeError(f"tensordot expects dims >= 0, but got dims={dims}")
        if dims > min(len(x), len(y)):
            raise RuntimeError(f"tensordot expects dims < ndim_a or ndim_b, but got dims={dims}")
        return list(range(len(x) - dims, len(x))), list(range(dims))
    dims_a = [wrap_dim(d, len(x)) for d in dims[0]]
    dims_b = [wrap_dim(d, len(y)) for d in dims[1]]
    if len(dims_a) != len(dims_b):
        raise RuntimeError(f"tensordot: both dimension lists should have same length: {dims}")
    return dims_a, dims_b


def kron(input: Tensor, other: Tensor) -> Tensor:
    """Compute the Kronecker product: each element of `input` times all of `other`.

    Sizes multiply, dimension by dimension; the shorter shape has 1s in front.
    """
    x, y = unwrap(input).shape, unwrap(other).shape
    ndim = max(len(x), len(y))
    x, y = (1,) * (ndim - len(x)) + x, (1,) * (ndim - len(y)) + y
    # The shapes (x1, 1, x2, 1) and (1, y1, 1, y2) broadcast.
    left = input.reshape(tuple(n for m in x for n in (m, 1)))
    right = other.reshape(tuple(n for m in y for n in (1, m)))
    return (left * right).reshape(tuple(m * n for m, n in zip(x, y, strict=True)))
