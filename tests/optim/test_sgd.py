"""SGD, by numbers that a hand can follow. The gradient is 0.5 throughout, the rate 0.1."""

import pytest

from minitorch_autograd import Tensor, float64, no_grad, tensor
from minitorch_optim import SGD
from minitorch_optim.rules import SGDOptions, sgd, sgd_state


def parameter(value: float, gradient: float) -> Tensor:
    p = tensor([value], dtype=float64, requires_grad=True)
    p.grad = tensor([gradient], dtype=float64)
    return p


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        # θ - 0.1 g, twice
        ({}, [0.95, 0.90]),
        ({"maximize": True}, [1.05, 1.10]),
        # b = 0.5, then 0.9 x 0.5 + 0.5 = 0.95
        ({"momentum": 0.9}, [0.95, 0.855]),
        ({"momentum": 0.9, "maximize": True}, [1.05, 1.145]),
        # b = 0.5, not dampened yet; then 0.9 x 0.5 + 0.5 x 0.5 = 0.7
        ({"momentum": 0.9, "dampening": 0.5}, [0.95, 0.88]),
        # g + 0.9 b = 0.5 + 0.45; then 0.5 + 0.9 x 0.95
        ({"momentum": 0.9, "nesterov": True}, [0.905, 0.7695]),
        # g = 0.5 + 0.2 x 1; then 0.5 + 0.2 x 0.93
        ({"weight_decay": 0.2}, [0.93, 0.8614]),
        # g = -0.5 + 0.2 x 1; then -0.5 + 0.2 x 1.03
        ({"weight_decay": 0.2, "maximize": True}, [1.03, 1.0594]),
        # g = b = 0.7; then g = 0.5 + 0.2 x 0.93 and b = 0.9 x 0.7 + g = 1.316
        ({"weight_decay": 0.2, "momentum": 0.9}, [0.93, 0.7984]),
        # 0.7 + 0.9 x 0.7 = 1.33; then g = 0.5 + 0.2 x 0.867, b = 0.63 + g, and g + 0.9 b
        ({"weight_decay": 0.2, "momentum": 0.9, "nesterov": True}, [0.867, 0.682354]),
    ],
)
def test_two_steps(options: dict[str, object], expected: list[float]) -> None:
    p = parameter(1.0, 0.5)
    optimizer = SGD([{"params": p, **options}], lr=0.1)
    for value in expected:
        optimizer.step()
        assert p.tolist() == pytest.approx([value], rel=1e-14)


def test_the_rule_without_its_class() -> None:
    p = parameter(1.0, 0.5)
    options: SGDOptions = {
        "lr": 0.1,
        "momentum": 0.9,
        "dampening": 0,
        "weight_decay": 0,
        "nesterov": False,
        "maximize": False,
    }
    state = sgd_state(p, options)
    with no_grad():
        sgd(p, tensor([0.5], dtype=float64), state, options)
    assert p.tolist() == [0.95]
    assert state["momentum_buffer"].tolist() == [0.5]


def test_the_gradient_is_left_as_it_was() -> None:
    p = parameter(1.0, 0.5)
    optimizer = SGD([p], lr=0.1, momentum=0.9, nesterov=True, weight_decay=0.2, maximize=True)
    for _ in range(3):
        optimizer.step()
    assert p.grad is not None
    assert p.grad.tolist() == [0.5]


def test_without_momentum_there_is_nothing_to_save() -> None:
    optimizer = SGD([parameter(1.0, 0.5)], lr=0.1)
    optimizer.step()
    assert optimizer.state_dict()["state"] == {}


def test_momentum_may_begin_later() -> None:
    p = parameter(1.0, 0.5)
    optimizer = SGD([p], lr=0.1)
    optimizer.step()
    optimizer.param_groups[0]["momentum"] = 0.9
    optimizer.step()
    optimizer.step()
    assert p.tolist() == pytest.approx([1 - 0.05 - 0.05 - 0.095])
    assert optimizer.state[p]["momentum_buffer"].tolist() == pytest.approx([0.95])


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"lr": -1}, "Invalid learning rate: -1; expected 0 or more"),
        ({"lr": float("nan")}, "Invalid learning rate: nan; expected 0 or more"),
        ({"momentum": -0.1}, "Invalid momentum value: -0.1; expected 0 or more"),
        ({"weight_decay": -0.1}, "Invalid weight_decay value: -0.1; expected 0 or more"),
        (
            {"nesterov": True},
            "Nesterov momentum requires a momentum and zero dampening: momentum is 0, dampening 0",
        ),
        (
            {"nesterov": True, "momentum": 0.9, "dampening": 0.1},
            "Nesterov momentum requires a momentum and zero dampening: "
            "momentum is 0.9, dampening 0.1",
        ),
    ],
)
def test_options_out_of_range(options: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError) as error:  # noqa: PT011  (the whole text is compared)
        SGD([{"params": parameter(1.0, 0.5), **options}])
    assert str(error.value) == message
