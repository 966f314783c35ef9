"""The contract as types: all that the layers above need, together. mypy holds the tests to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeAlias

if TYPE_CHECKING:
    import minitorch.requires as front
    import minitorch_data.requires as data
    import minitorch_nn.requires as nn
    import minitorch_optim.requires as optim

    Nested: TypeAlias = data.Nested
    DType: TypeAlias = nn.DTypeOps

    class Generator(Protocol):
        def manual_seed(self, seed: int) -> Generator: ...

    # Where two say the same name, the first says the more of it.
    class Tensor(
        data.TensorOps["Tensor"],
        front.TensorOps["Tensor", DType],
        nn.TensorOps["Tensor", DType, Generator],
        optim.TensorOps["Tensor", DType],
        Protocol,
    ): ...

    class Layer(
        data.AutogradLayer["Tensor", DType, Generator],
        front.AutogradLayer["Tensor", DType, Generator],
        nn.AutogradLayer["Tensor", DType, Generator],
        optim.AutogradLayer["Tensor", DType],
        Protocol,
    ): ...
