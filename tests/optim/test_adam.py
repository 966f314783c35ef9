"""Adam, by numbers that a hand can follow, and its laws."""

from collections.abc import Mapping
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.optim.walking import places

from minitorch_autograd import Tensor, float64, no_grad, tensor
from minitorch_optim import Adam
from minitorch_optim.rules import AdamOptions, adam, adam_state

# With these, powers stay short: 1 - β₁² = 0.75 and 1 - β₂² = 0.4375.
OPTIONS: AdamOptions = {
    "lr": 0.1,
    "betas": (0.5, 0.75),
    "eps": 0.0,
    "weight_decay": 0,
    "amsgrad": False,
    "maximize": False,
    "decoupled_weight_decay": False,
}


def walk(gradients: list[float], options: Mapping[str, object]) -> list[float]:
    """Return where each of `gradients` takes the parameter."""
    return places(lambda p: Adam([{"params": p, **OPTIONS, **options}]), gradients)


@pytest.mark.parametrize(
    ("gradients", "options", "expected"),
    [
        # m̂ = g and v̂ = g²: the first step is the rate
        ([3.0], {}, [0.9]),
        ([-0.01], {}, [1.1]),
        ([3.0], {"maximize": True}, [1.1]),
        # m = 0.5 x 0.5 + 0.5 x 3, v = 0.75 x 0.25 + 0.25 x 9
        ([1.0, 3.0], {}, [0.9, 0.9 - 0.1 * (1.75 / 0.75) / sqrt(2.4375 / 0.4375)]),
        # |g| + eps = 2
        ([1.0], {"eps": 1.0}, [0.95]),
        # m = 2, 1 and v = 4, 3; the largest v stays 4
        ([4.0, 0.0], {}, [0.9, 0.9 - 0.1 * (1 / 0.75) / sqrt(3 / 0.4375)]),
        ([4.0, 0.0], {"amsgrad": True}, [0.9, 0.9 - 0.1 * (1 / 0.75) / sqrt(4 / 0.4375)]),
        # g = 1 + 0.2 x 1; -1 + 0.2 x 1
        ([1.0], {"weight_decay": 0.2, "eps": 1.0}, [1 - 0.1 * 1.2 / 2.2]),
        ([1.0], {"weight_decay": 0.2, "eps": 1.0, "maximize": True}, [1 + 0.1 * 0.8 / 1.8]),
        # θ shrinks by 1 - 0.1 x 0.2, then moves by half the rate
        ([1.0], {"weight_decay": 0.2, "eps": 1.0, "decoupled_weight_decay": True}, [0.93]),
    ],
)
def test_steps(gradients: list[float], options: dict[str, object], expected: list[float]) -> None:
    assert walk(gradients, options) == pytest.approx(expected, rel=1e-14)


floats = st.floats(-10, 10).filter(lambda x: abs(x) > 1e-3)


@given(st.lists(floats, min_size=1, max_size=5), st.floats(0.01, 100))
def test_the_size_of_gradients_does_not_matter(gradients: list[float], factor: float) -> None:
    scaled = [factor * g for g in gradients]
    assert walk(scaled, {}) == pytest.approx(walk(gradients, {}), rel=1e-9)


@given(st.lists(floats, min_size=1, max_size=5))
def test_to_climb_is_to_descend_the_negative(gradients: list[float]) -> None:
    negative = [-g for g in gradients]
    assert walk(gradients, {"maximize": True}) == walk(negative, {})


@given(st.lists(floats, min_size=1, max_size=5))
def test_largest_means_are_no_smaller(gradients: list[float]) -> None:
    p = tensor([1.0], dtype=float64, requires_grad=True)
    optimizer = Adam([p], amsgrad=True)
    for gradient in gradients:
        p.grad = tensor([gradient], dtype=float64)
        optimizer.step()
        state = optimizer.state[p]
        assert state["max_exp_avg_sq"].item() >= state["exp_avg_sq"].item()


def test_the_rule_without_its_class() -> None:
    p = tensor([1.0], dtype=float64, requires_grad=True)
    state = adam_state(p, OPTIONS)
    with no_grad():
        adam(p, tensor([3.0], dtype=float64), state, OPTIONS)
    assert p.tolist() == pytest.approx([0.9])
    assert (state["step"].item(), state["exp_avg"].item()) == (1, 1.5)
    assert state["exp_avg_sq"].item() == 2.25


@pytest.mark.parametrize("options", [{}, {"weight_decay": 0.1}, {"maximize": True}])
def test_the_gradient_is_left_as_it_was(options: dict[str, object]) -> None:
    p = tensor([1.0], requires_grad=True)
    p.grad = tensor([0.5])
    Adam([{"params": p, **options}]).step()
    assert p.grad.tolist() == [0.5]


def test_options_and_state_are_typed() -> None:
    p = tensor([1.0], requires_grad=True)
    p.grad = tensor([0.5])
    optimizer = Adam([p])
    optimizer.step()
    betas: tuple[float, float] = optimizer.param_groups[0]["betas"]
    mean: Tensor = optimizer.state[p]["exp_avg"]
    assert betas == (0.9, 0.999)
    assert mean.tolist() == pytest.approx([0.05])


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"lr": -1}, "Invalid learning rate: -1; expected 0 or more"),
        ({"eps": -1e-8}, "Invalid epsilon value: -1e-08; expected 0 or more"),
        (
            {"betas": (1.0, 0.9)},
            "Invalid beta parameter at index 0: 1.0; expected 0 or more, below 1",
        ),
        (
            {"betas": (0.9, -0.5)},
            "Invalid beta parameter at index 1: -0.5; expected 0 or more, below 1",
        ),
        ({"weight_decay": -1}, "Invalid weight_decay value: -1; expected 0 or more"),
    ],
)
def test_options_out_of_range(options: dict[str, object], message: str) -> None:
    p = tensor([1.0], requires_grad=True)
    with pytest.raises(ValueError) as error:  # noqa: PT011  (the whole text is compared)
        Adam([{"params": p, **options}])
    assert str(error.value) == message
