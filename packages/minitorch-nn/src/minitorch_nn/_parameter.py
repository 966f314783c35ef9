"""Parameters: the tensors that a module trains."""

from __future__ import annotations

from minitorch_autograd import Tensor


class Parameter(Tensor):
    """A tensor that a module counts among its parameters when it is one of its attributes.

    Args:
        data: the values, whose memory is shared.
        requires_grad: whether gradients are tracked.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.parameter.Parameter.html
    """

    def __init__(self, data: Tensor, requires_grad: bool = True) -> None:
        super().__init__(data.detach())
        self.requires_grad = requires_grad

    def __repr__(self) -> str:
        return "Parameter containing:\n" + super().__repr__()
