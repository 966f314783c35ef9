"""Several parametrizations of one tensor are applied in their order."""

from __future__ import annotations

from collections.abc import Callable

from minitorch_autograd import Tensor, no_grad, tensor
from minitorch_nn import Linear, Module
from minitorch_nn.utils import parametrize


class Step(Module):
    """A function, and the one that undoes it."""

    def __init__(self, there: Callable[[Tensor], Tensor], back: Callable[[Tensor], Tensor]) -> None:
        super().__init__()
        self.there, self.back = there, back

    def forward(self, x: Tensor) -> Tensor:
        return self.there(x)

    def right_inverse(self, x: Tensor) -> Tensor:
        return self.back(x)


STEPS = (
    (lambda x: x + 1, lambda y: y - 1),
    (lambda x: x * 2, lambda y: y / 2),
    (lambda x: x**3, lambda y: y ** (1 / 3)),
)


def numbers(x: Tensor) -> list[float]:
    return [round(float(one), 3) for one in x.reshape((-1,))]


def test_three_that_do_not_commute() -> None:
    layer = Linear(2, 1, bias=False)
    with no_grad():
        layer.weight.copy_(tensor([[0.0, 0.5]]))
        for there, back in STEPS:
            # Each is asked to undo itself first, so that what is seen stays.
            parametrize.register_parametrization(layer, "weight", Step(there, back), unsafe=True)
            setattr(layer, "weight", tensor([[64.0, 216.0]]))  # noqa: B010  (it is no Parameter)
            assert numbers(layer.weight) == [64.0, 216.0]
    original = layer.get_parameter("parametrizations.weight.original")
    assert numbers(original) == [1.0, 2.0]
    with no_grad():
        original.copy_(tensor([[0.0, 1.5]]))
    assert numbers(layer.weight) == [8.0, 125.0]
