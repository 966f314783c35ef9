"""The contract as types. mypy holds the tests to it: they ask for nothing that is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeAlias

if TYPE_CHECKING:
    from minitorch_autograd.requires import (
        Bits,
        Blocks,
        DTypeOps,
        Elementary,
        GeneratorOps,
        LinearAlgebra,
        Nested,
        NumpyInterop,
        Printing,
        Rounding,
        Scans,
        Scattering,
        Sorting,
        SpecialFunctions,
        Strides,
        TensorLayer,
        TensorOps,
        Windows,
    )

    __all__ = [
        "BitsLayer",
        "BlocksLayer",
        "DType",
        "ElementaryLayer",
        "Generator",
        "Layer",
        "LinalgLayer",
        "Nested",
        "NumpyLayer",
        "PrintingLayer",
        "RoundingLayer",
        "ScatteringLayer",
        "SortingLayer",
        "SpecialLayer",
        "Tensor",
        "ScansLayer",
        "StridesLayer",
        "WindowsLayer",
    ]

    DType: TypeAlias = DTypeOps

    class Generator(GeneratorOps["Tensor", "Generator"], Protocol): ...

    class Tensor(TensorOps["Tensor", DType], Protocol): ...

    class Layer(TensorLayer[Tensor, DType, Generator], Protocol): ...

    class BitsLayer(Layer, Bits[Tensor], Protocol): ...

    class BlocksLayer(Layer, Blocks[Tensor, DType], Protocol): ...

    class ElementaryLayer(Layer, Elementary[Tensor], Protocol): ...

    class LinalgLayer(Layer, LinearAlgebra[Tensor], Protocol): ...

    class NumpyLayer(Layer, NumpyInterop[Tensor], Protocol): ...

    class PrintingLayer(Layer, Printing, Protocol): ...

    class RoundingLayer(Layer, Rounding[Tensor], Protocol): ...

    class ScatteringLayer(Layer, Scattering[Tensor], Protocol): ...

    class SortingLayer(Layer, Sorting[Tensor], Protocol): ...

    class SpecialLayer(Layer, SpecialFunctions[Tensor], Protocol): ...

    class ScansLayer(Layer, Scans[Tensor], Protocol): ...

    class StridesLayer(Layer, Strides[Tensor], Protocol): ...

    class WindowsLayer(Layer, Windows[Tensor], Protocol): ...
