"""Making tensors by a law: evenly spaced numbers, the identity, triangles, grids."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, overload

import minitorch_tensor as below

from ...arguments.dtypes import name_of
from ...arguments.scalars import check_fits, scalar
from ...arguments.shapes import LARGEST, refuse_too_large
from ...engine.value import Tensor
from ..core.creation import made
from ..core.movement import permute

if TYPE_CHECKING:
    from collections.abc import Sequence

    from minitorch_tensor import Tensor as Raw
    from minitorch_tensor import dtype

    from ...arguments.device import device

__all__ = ["arange", "eye", "linspace", "logspace", "meshgrid", "tril_indices", "triu_indices"]


def _number(x: Tensor | float) -> float:
    return x.item() if isinstance(x, Tensor) else x


def _refuse_bool(operation: str, dtype: dtype) -> None:
    if dtype is below.bool:
        raise NotImplementedError(
            f"\"{operation}_cpu\" not implemented for 'Bool': take an integer type, and compare"
        )


@overload
def arange(
    end: Tensor | float,
    *,
    dtype: dtype | None = None,
    device: device | str | None = None,
    requires_grad: bool = False,
) -> Tensor: ...
@overload
def arange(
    start: Tensor | float,
    end: Tensor | float,
    step: Tensor | float = 1,
    *,
    dtype: dtype | None = None,
    device: device | str | None = None,
    requires_grad: bool = False,
) -> Tensor: ...
def arange(
    *args: Tensor | float,
    start: Tensor | float = 0,
    end: Tensor | float | None = None,
    step: Tensor | float = 1,
    dtype: dtype | None = None,
    device: device | str | None = None,
    requires_grad: bool = False,
) -> Tensor:
    """Count from `start` (0 unless told) by `step` as long as it is before `end`.

    The type is int64 if all three are whole, else the default float, unless told.

    Raises:
        RuntimeError: if `step` is 0 or leads away from `end`, or a bound is not finite.

    >>> arange(1, 7, 2)
    tensor([1, 3, 5])
    """
    if len(args) == 1 and end is None:
        end = args[0]
    elif len(args) == 1:
        start = args[0]
    elif args:
        start, end, step = (*args, step)[:3]
    if end is None or len(args) > 3:
        raise TypeError(
            "arange() received an invalid combination of arguments: expected arange(end) or "
            "arange(start, end, step)"
        )
    first, last, by = _number(start), _number(end), _number(step)
    if dtype is below.int64 and isfinite(first) and isfinite(last):
        first, last, by = int(first), int(last), int(by)  # where torch counts in integers
    if by == 0:
        raise RuntimeError("step must be nonzero")
    if not (isfinite(first) and isfinite(last)):
        raise RuntimeError(f"unsupported range: {first} -> {last}")
    if (last - first) * by < 0:
        raise RuntimeError(
            "upper bound and lower bound inconsistent with step sign: "
            f"from {first} to {last} by {by}"
        )
    if not (-LARGEST < first < LARGEST and -LARGEST < last < LARGEST):
        for one in (first, last):
            if isinstance(one, int):
                check_fits(one, below.int64)
    if dtype is None:
        whole = all(isinstance(one, int) for one in (first, last, by))
        dtype = below.int64 if whole else below.get_default_dtype()
    _refuse_bool("arange", dtype)
    return made(below.arange(first, last, by, dtype), requires_grad, device)


def linspace(
    start: Tensor | float,
    end: Tensor | float,
    steps: int,
    *,
    dtype: dtype | None = None,
    device: device | str | None = None,
    requires_grad: bool = False,
) -> Tensor:
    """Space `steps` numbers evenly from `start` to `end`, both included.

    Raises:
        RuntimeError: if `steps` is negative.

    >>> linspace(0, 1, 5)
    tensor([0.0000, 0.2500, 0.5000, 0.7500, 1.0000])
    """
    dtype = below.get_default_dtype() if dtype is None else dtype
    _refuse_bool("linspace", dtype)
    return made(_spaced(start, end, steps, dtype).to(dtype), requires_grad, device)


def logspace(
    start: Tensor | float,
    end: Tensor | float,
    steps: int,
    base: float = 10.0,
    *,
    dtype: dtype | None = None,
    device: device | str | None = None,
    requires_grad: bool = False,
) -> Tensor:
    """Raise `base` to `steps` evenly spaced powers, from `start` to `end`, both included.

    Raises:
        RuntimeError: if `steps` is negative.

    >>> logspace(0, 2, 3)
    tensor([  1.,  10., 100.])
    """
    dtype = below.get_default_dtype() if dtype is None else dtype
    _refuse_bool("logspace", dtype)
    powers = _spaced(start, end, steps, dtype)
    return made((base**powers).to(dtype), requires_grad, device)


def _spaced(start: Tensor | float, end: Tensor | float, steps: int, dtype: dtype) -> Raw:
    """Return evenly spaced float64 numbers, each counted from the nearer end: both are exact.

    Both ends are as `dtype` has them.
    """
    if not isinstance(steps, int):
        raise TypeError(f"argument 'steps' must be int, not {type(steps).__name__}")
    if steps < 0:
        raise RuntimeError(f"number of steps must be non-negative, got {steps}")
    refuse_too_large("linspace", (steps,))
    first, last = (scalar(_number(x), dtype).item() for x in (start, end))
    step = (last - first) / (steps - 1) if steps > 1 else 0.0
    i = below.arange(0, steps, 1, below.float64)
    return below.where(i < max(steps // 2, 1), first + i * step, last - ((steps - 1) - i) * step)


def eye(
    n: int,
    m: int | None = None,
    *,
    dtype: dtype | None = None,
    device: device | str | None = None,
    requires_grad: bool = False,
) -> Tensor:
    """Make a matrix of n rows and m columns (n unless told): 1 on the diagonal, 0 elsewhere."""
    m = n if m is None else m
    for name, size in (("n", n), ("m", m)):
        if size < 0:
            raise RuntimeError(f"{name} must be greater or equal to 0, got {size}")
    refuse_too_large("eye", (n, m))
    matrix = below.full((n, m), 0, below.get_default_dtype() if dtype is None else dtype)
    diagonal = below.arange(0, min(n, m), 1, below.int64)
    matrix[(diagonal, diagonal)] = 1
    return made(matrix, requires_grad, device)


def tril_indices(
    row: int,
    col: int,
    offset: int = 0,
    *,
    dtype: dtype | None = None,
    device: device | str | None = None,
) -> Tensor:
    """List the places of a lower triangle: row numbers above column numbers, (2, count).

    Args:
        row: rows of the matrix.
        col: its columns.
        offset: the diagonal where the triangle ends: 1 is the one above the main one.
        dtype: int32 or int64, which is it unless told.
        device: the CPU.

    >>> tril_indices(2, 3)
    tensor([[0, 1, 1],
            [0, 0, 1]])
    """
    i, j = _places("tril_indices", row, col, dtype)
    return _listed(j - i <= offset, dtype, device)


def triu_indices(
    row: int,
    col: int,
    offset: int = 0,
    *,
    dtype: dtype | None = None,
    device: device | str | None = None,
) -> Tensor:
    """List the places of an upper triangle, as `tril_indices` does of a lower one."""
    i, j = _places("triu_indices", row, col, dtype)
    return _listed(j - i >= offset, dtype, device)


def _places(operation: str, row: int, col: int, dtype: dtype | None) -> tuple[Raw, Raw]:
    """Return the row numbers as a column, and the column numbers as a row."""
    for name, size in (("row", row), ("col", col)):
        if size < 0:
            raise RuntimeError(f"{name} must be non-negative, got{size}")
        refuse_too_large(operation, (size,))
    if dtype not in (None, below.int32, below.int64):
        raise NotImplementedError(
            f'"{operation}" not implemented for {dtype!r}: take int32 or int64'
        )
    i, j = (below.arange(0, size, 1, below.int64) for size in (row, col))
    return i.view((row, 1)), j


def _listed(mask: Raw, dtype: dtype | None, device: device | str | None) -> Tensor:
    places = below.nonzero(mask).permute((1, 0)).clone()
    return made(places if dtype is None else places.to(dtype), device=device)


def meshgrid(
    *tensors: Tensor | Sequence[Tensor], indexing: str | None = None
) -> tuple[Tensor, ...]:
    """Make grids of coordinates: the i-th has the numbers of the i-th tensor along dimension i.

    Args:
        *tensors: 0-d or 1-d, of one type; or one sequence of them.
        indexing: "ij" (unless told), or "xy", which swaps the first two dimensions of each grid.

    Returns:
        A view for each tensor, of shape (size of the first, size of the second, ...).

    Raises:
        RuntimeError: if a tensor has more dimensions, or another type.
    """
    one = tensors[0] if len(tensors) == 1 else tensors
    axes = [one] if isinstance(one, Tensor) else [*one]
    if not axes:
        raise RuntimeError("meshgrid expects a non-empty TensorList")
    if indexing not in (None, "ij", "xy"):
        raise RuntimeError(
            f'torch.meshgrid: indexing must be one of "xy" or "ij", but received: {indexing}'
        )
    for axis in axes:
        if not isinstance(axis, Tensor):
            raise TypeError(f"meshgrid: expected Tensors, got {type(axis).__name__}: {axis!r:.60}")
        if axis.ndim > 1:
            raise RuntimeError(
                "torch.meshgrid: Expected 0D or 1D tensor in the tensor list but got one of shape "
                f"{axis.shape}"
            )
        if axis.dtype is not axes[0].dtype:
            raise RuntimeError(
                "meshgrid expects all tensors to have the same dtype, got "
                f"{name_of(axes[0].dtype)} and {name_of(axis.dtype)}"
            )
    shape = tuple(axis.numel() for axis in axes)
    grids = [
        axis.reshape([-1 if d == i else 1 for d in range(len(axes))]).expand(shape)
        for i, axis in enumerate(axes)
    ]
    if indexing == "xy" and len(axes) > 1:
        # The grid of the swapped tensors, seen with the dimensions in their place.
        return tuple(permute(grid, (1, 0, *range(2, len(axes)))) for grid in grids)
    return tuple(grids)
