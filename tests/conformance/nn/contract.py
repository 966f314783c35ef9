"""The contract as types. mypy holds the tests to it: they ask for nothing that is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeAlias

if TYPE_CHECKING:
    from tests.conformance.autograd.contract import Layer as Autograd
    from tests.conformance.autograd.contract import Nested, Tensor

    from minitorch.requires import (
        Functional,
        LossModule,
        ModuleOps,
        NnLayer,
        Reduction,
        TensorModule,
    )

    __all__ = [
        "Autograd",
        "F",
        "Layer",
        "Loss",
        "Module",
        "Nested",
        "Parameter",
        "Reduction",
        "Tensor",
        "TensorToTensor",
    ]

    class Parameter(Tensor, Protocol): ...

    Module: TypeAlias = ModuleOps[Tensor, Parameter]
    TensorToTensor: TypeAlias = TensorModule[Tensor, Parameter]
    Loss: TypeAlias = LossModule[Tensor, Parameter]
    F: TypeAlias = Functional[Tensor]
    Layer: TypeAlias = NnLayer[Tensor, Parameter]
