"""Checking the operands of linear algebra, and `LinAlgError`.

Matrices are the last two dimensions, batches are in front. Wrong shapes and types are a
RuntimeError; values for which there is no result are a `LinAlgError`, which is one, too.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

import minitorch_tensor as below

from ...arguments.operands import unwrap

if TYPE_CHECKING:
    from minitorch_tensor import Tensor as Raw

    from ...engine.value import Tensor

R = TypeVar("R")


class LinAlgError(RuntimeError):
    """A matrix is singular, not positive-definite, or does not converge."""


def run_linalg(primitive: Callable[..., R], *arguments: Raw | bool) -> R:
    """Call a function of the tensor layer with checked operands: its errors are `LinAlgError`s."""
    try:
        return primitive(*arguments)
    except RuntimeError as error:
        raise LinAlgError(str(error)) from None


def float_matrix(operation: str, x: Tensor, square: bool = True) -> Raw:
    """Return the raw tensor of `x`, which must be float matrices, square ones if `square`."""
    raw = unwrap(x)
    refuse_other_than_floats(operation, raw)
    if len(raw.shape) < 2:
        raise RuntimeError(
            f"{operation}: The input tensor A must have at least 2 dimensions, got {raw.shape}"
        )
    if square:
        refuse_not_square(operation, raw)
    return raw


def refuse_other_than_floats(operation: str, x: Raw) -> None:
    """Raise if `x` is not of float32 or float64."""
    if not x.dtype.is_floating_point:
        raise RuntimeError(
            f"{operation}: Expected a floating point or complex tensor as input. Got {x.dtype}: "
            "cast it first, as in x.to(torch.float32)"
        )
    if x.dtype is below.float16:
        raise RuntimeError(
            f"{operation}: Low precision dtypes not supported. Got {x.dtype}: cast it first, as in "
            "x.to(torch.float32)"
        )


def refuse_not_square(operation: str, x: Raw) -> None:
    """Raise if the matrices are not square."""
    if len(x.shape) < 2 or x.shape[-2] != x.shape[-1]:
        sizes = " by ".join(map(str, x.shape[-2:]))
        raise RuntimeError(
            f"{operation}: A must be batches of square matrices, but they are {sizes} matrices"
        )


def transposed(x: Tensor) -> Tensor:
    """Transpose each matrix."""
    return x.transpose(-2, -1)


def identity(like: Raw) -> Raw:
    """Return the identity matrix of the last size and the type of `like`."""
    counting = below.arange(0, like.shape[-1], 1, below.int64)
    return (counting[(slice(None), None)] == counting).to(like.dtype)
