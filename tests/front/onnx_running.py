"""Exporting to ONNX and running what was written, by ONNX's own reference evaluator."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import onnx
from onnx.reference import ReferenceEvaluator
from tests.parity.compare import TOLERANCES

import minitorch as torch
import minitorch.onnx
from minitorch import Tensor


@dataclass(frozen=True)
class Case:
    """A model or function to export.

    Attributes:
        name: what it shows.
        make: makes the model or function.
        inputs: shapes to be filled with numbers, or tensors.
    """

    name: str
    make: Callable[[], Any]
    inputs: tuple[tuple[int, ...] | Tensor, ...]

    def __str__(self) -> str:
        return self.name


def case(name: str, make: Callable[[], Any], *inputs: tuple[int, ...] | Tensor) -> Case:
    return Case(name, make, inputs)


def of(name: str, function: Callable[..., Any], *inputs: tuple[int, ...] | Tensor) -> Case:
    """A function, which need not be made."""
    return Case(name, lambda: function, inputs)


def export(model: Any, args: Any, **options: Any) -> onnx.ModelProto:
    """Return the model that is written, once ONNX has checked it."""
    file = io.BytesIO()
    minitorch.onnx.export(model, args, file, **options)
    proto = onnx.load_from_string(file.getvalue())
    onnx.checker.check_model(proto, full_check=True)
    return proto


def run(proto: onnx.ModelProto, *inputs: Tensor) -> list[Any]:
    """Return what a model makes of inputs."""
    names = [one.name for one in proto.graph.input]
    arrays = [one.numpy() for one in inputs]
    with np.errstate(all="ignore"):  # as ours, without a word
        return list(ReferenceEvaluator(proto).run(None, dict(zip(names, arrays, strict=True))))


def shapes(values: Any) -> list[list[int | str]]:
    """Return the shapes of a model's inputs or outputs."""
    return [
        [one.dim_param or one.dim_value for one in value.type.tensor_type.shape.dim]
        for value in values
    ]


def flat(result: object) -> Iterator[Tensor]:
    if isinstance(result, Tensor):
        yield result
    elif isinstance(result, tuple | list):
        for one in result:
            yield from flat(one)


def assert_same(proto: onnx.ModelProto, model: Any, *inputs: Tensor) -> None:
    """Compare what the model makes of inputs with what its export makes of them."""
    with torch.no_grad():
        expected = list(flat(model(*(one.clone() for one in inputs))))
    found = run(proto, *inputs)
    assert len(found) == len(expected)
    for array, one in zip(found, expected, strict=True):
        assert array.shape == one.shape
        assert array.dtype == one.numpy().dtype
        tolerance = TOLERANCES.get(str(array.dtype), (0.0, 0.0, 0.0))[1]
        np.testing.assert_allclose(
            array.astype(np.float64), one.numpy().astype(np.float64), tolerance, tolerance
        )


def filled(inputs: tuple[tuple[int, ...] | Tensor, ...]) -> tuple[Tensor, ...]:
    return tuple(torch.randn(one) if isinstance(one, tuple) else one for one in inputs)
