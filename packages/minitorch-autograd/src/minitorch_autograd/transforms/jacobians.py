"""Whole Jacobians: by a walk for each element of the outputs, or for each element of the inputs."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import TYPE_CHECKING

from ..ops.core.creation import zeros, zeros_like
from ..ops.shapes.joining import stack
from .fresh_inputs import ForwardDerivative, FreshInputs, or_zeros

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..engine.value import Tensor

    Rows = list[list[Tensor]]


def by_rows(fresh: FreshInputs, outputs: Sequence[Tensor], inputs: Sequence[Tensor]) -> Rows:
    """Return for each output and each input the Jacobian, of shape (*output, *input).

    One walk back gives a row: the gradients of one element of an output.
    """
    jacobians = []
    for y in outputs:
        rows = [
            or_zeros(fresh.gradients([y], inputs, [start], retain=True), inputs)
            for start in basis(y)
        ]
        jacobians.append(
            [
                _joined([row[i] for row in rows], (*y.shape, *x.shape), x, last=False)
                for i, x in enumerate(inputs)
            ]
        )
    return jacobians


def by_columns(fresh: FreshInputs, outputs: Sequence[Tensor], inputs: Sequence[Tensor]) -> Rows:
    """Same as `by_rows`, but by columns: the derivatives along one element of an input."""
    forward = ForwardDerivative(fresh, outputs, inputs)
    unmoved = [zeros_like(x.detach()) for x in inputs]
    jacobians: Rows = [[] for _ in outputs]
    for i, x in enumerate(inputs):
        columns = [
            or_zeros(forward.along([*unmoved[:i], axis, *unmoved[i + 1 :]], retain=True), outputs)
            for axis in basis(x)
        ]
        for j, y in enumerate(outputs):
            parts = [column[j] for column in columns]
            jacobians[j].append(_joined(parts, (*y.shape, *x.shape), y, last=True))
    return jacobians


def basis(x: Tensor) -> Iterator[Tensor]:
    """Yield, for each element of `x`, zeros like `x` with a one at that element."""
    for index in product(*map(range, x.shape)):
        one = zeros_like(x.detach())
        one[index] = 1.0
        yield one


def _joined(parts: list[Tensor], shape: tuple[int, ...], like: Tensor, last: bool) -> Tensor:
    """Return the rows, or with `last` the columns, as one Jacobian of that shape."""
    if not parts:
        return zeros(*shape, dtype=like.dtype)
    return stack(parts, len(parts[0].shape) if last else 0).reshape(shape)
