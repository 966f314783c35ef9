"""The state of another optimizer is refused when it is loaded, and says what it lacks."""

from __future__ import annotations

import pytest

from minitorch_autograd import Tensor, ones
from minitorch_optim import SGD, Adam, Adamax, Optimizer


def stepped(kind: type[SGD] | type[Adam]) -> Optimizer:
    x: Tensor = ones(2, requires_grad=True)
    x.grad = ones(2)
    optimizer = kind([x], lr=0.1)
    optimizer.step()
    return optimizer


def test_options_that_are_missing() -> None:
    optimizer = SGD([ones(2, requires_grad=True)], lr=0.5)
    with pytest.raises(ValueError, match="another optimizer") as caught:
        optimizer.load_state_dict(stepped(Adam).state_dict())
    assert str(caught.value) == (
        "SGD: loaded state dict is of another optimizer: its group 0 has no "
        "['momentum', 'dampening']"
    )
    assert optimizer.param_groups[0]["lr"] == 0.5


def test_a_state_that_is_missing() -> None:
    optimizer = Adamax([ones(2, requires_grad=True)])
    with pytest.raises(ValueError, match="another optimizer") as caught:
        optimizer.load_state_dict(stepped(Adam).state_dict())
    assert str(caught.value) == (
        "loaded state dict is of another optimizer: the state of a parameter has no ['exp_inf']"
    )


def test_options_that_came_later_may_be_missing() -> None:
    state = stepped(Adam).state_dict()
    del state["param_groups"][0]["maximize"]
    Adam([ones(2, requires_grad=True)]).load_state_dict(state)
