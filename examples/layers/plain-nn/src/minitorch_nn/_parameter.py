"""The tensors that are trained."""

from __future__ import annotations

from minitorch_autograd import Tensor


class Parameter(Tensor):
    """A tensor whose gradients are tracked; a module that has it in a field has it to train."""

    def __init__(self, data: Tensor, requires_grad: bool = True) -> None:
        super().__init__(data)
        self.requires_grad = requires_grad
