"""The contract as types. mypy holds the tests to it: they ask for nothing that is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from tests.conformance.autograd.contract import Layer as Autograd
    from tests.conformance.autograd.contract import Nested, Tensor

    from minitorch.requires import OptimizerOps, OptimLayer

    __all__ = ["Autograd", "Layer", "Nested", "Optimizer", "Tensor"]

    Optimizer: TypeAlias = OptimizerOps
    Layer: TypeAlias = OptimLayer[Tensor]
