"""Whole Jacobians: a walk for each element of the outputs, or one for each of the inputs."""

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


def by_rows(level: FreshInputs, outputs: Sequence[Tensor], inputs: Sequence[Tensor]) -> Rows:
    """Return for each output and each input the Jacobian, of shape (*output, *input).

    One walk back is a row.
    """
    jacobians = []
    for y in outputs:
        rows = [
            or_zeros(level.gradients([y], inputs, [start], retain=True), inputs)
            for start in basis(y)
        ]
        jacobians.append(
            [
                _joined([row[i] for row in rows], (*y.shape, *x.shape), x, last=False)
                for i, x in enumerate(inputs)
            ]
        )
    return jacobians


def by_columns(level: FreshInputs, outputs: Sequence[Tensor], inputs: Sequence[Tensor]) -> Rows:
    """Return what `by_rows` does; one derivative along an axis is a column."""
    forward = ForwardDerivative(level, outputs, inputs)
    still = [zeros_like(x.detach()) for x in inputs]
    jacobians: Rows = [[] for _ in outputs]
    for i, x in enumerate(inputs):
        columns = [
            or_zeros(forward.along([*still[:i], axis, *still[i + 1 :]], retain=True), outputs)
            for axis in basis(x)
        ]
        for j, y in enumerate(outputs):
            parts = [column[j] for column in columns]
            jacobians[j].append(_joined(parts, (*y.shape, *x.shape), y, last=True))
    return jacobians


def basis(x: Tensor) -> Iterator[Tensor]:
    """Yield, for each element of `x`, zeros like it with a one there."""
    for place in product(*map(range, x.shape)):
        one = zeros_like(x.detach())
        one[place] = 1.0
        yield one


def _joined(parts: list[Tensor], shape: tuple[int, ...], like: Tensor, last: bool) -> Tensor:
    if not parts:
        return zeros(*shape, dtype=like.dtype)
    return stack(parts, len(parts[0].shape) if last else 0).reshape(shape)
