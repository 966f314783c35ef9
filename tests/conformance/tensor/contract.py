"""The contract as types. mypy holds the tests to it: they ask for nothing that is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeAlias

if TYPE_CHECKING:
    from minitorch_autograd.requires import (
        DTypeOps,
        GeneratorOps,
        Nested,
        NumpyInterop,
        TensorLayer,
        TensorOps,
    )

    __all__ = ["DType", "Generator", "Layer", "Nested", "NumpyLayer", "Tensor"]

    DType: TypeAlias = DTypeOps

    class Generator(GeneratorOps["Generator"], Protocol): ...

    class Tensor(TensorOps["Tensor", DType], Protocol): ...

    class Layer(TensorLayer[Tensor, DType, Generator], Protocol): ...

    class NumpyLayer(Layer, NumpyInterop[Tensor], Protocol): ...
