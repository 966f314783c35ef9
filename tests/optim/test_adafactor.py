"""Adafactor, by numbers that a hand can follow, and its laws."""

from __future__ import annotations

import re
from collections.abc import Mapping
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.optim.walking import places

from minitorch_autograd import Generator, Tensor, float32, float64, no_grad, randn, tensor, zeros
from minitorch_optim import Adafactor
from minitorch_optim.optimizers.adafactor import factored
from minitorch_optim.rules import AdafactorOptions, adafactor, adafactor_state

# With these, an update is the sign of the gradient at first, and the mean of squares is a mean.
OPTIONS: AdafactorOptions = {
    "lr": 0.5,
    "beta2_decay": -1.0,
    "eps": (0.0, 0.0),
    "d": 1.0,
    "weight_decay": 0.0,
    "maximize": False,
}


def walk(gradients: list[float], options: Mapping[str, object]) -> list[float]:
    """Return where each of `gradients` takes the parameter."""
    return places(lambda p: Adafactor([{"params": p, **OPTIONS, **options}]), gradients)


@pytest.mark.parametrize(
    ("gradients", "options", "expected"),
    [
        # V = g², u = 1; the step is half of the parameter
        ([3.0], {}, [0.5]),
        ([-0.01], {}, [1.5]),
        ([3.0], {"maximize": True}, [1.5]),
        # V = (1 + 7) / 2 = 4, u = √7 / 2, cut down to 1
        ([1.0, sqrt(7)], {}, [0.5, 0.25]),
        ([1.0, sqrt(7)], {"d": 2.0}, [0.5, 0.5 - 0.25 * sqrt(7) / 2]),
        # V = g² at every step
        ([1.0, sqrt(7)], {"d": 2.0, "beta2_decay": 0}, [0.5, 0.25]),
        # a rate of 1/√t
        ([1.0, -1.0], {"lr": 9.0, "eps": (0.0, 1.0)}, [0.0, 1 / sqrt(2)]),
        # |g| / ε₁ = 1/2
        ([3.0], {"eps": (6.0, 0.0)}, [0.75]),
        # a parameter that is small counts as ε₂
        ([3.0], {"eps": (0.0, 4.0)}, [-1.0]),
        # θ shrinks by 1 - 0.5 x 0.2
        ([3.0], {"weight_decay": 0.2}, [0.4]),
    ],
)
def test_steps(gradients: list[float], options: dict[str, object], expected: list[float]) -> None:
    assert walk(gradients, options) == pytest.approx(expected, rel=1e-14, abs=1e-14)


floats = st.floats(-10, 10).filter(lambda x: abs(x) > 1e-3)


@given(st.lists(floats, min_size=1, max_size=5), st.floats(0.01, 100))
def test_the_size_of_gradients_does_not_matter(gradients: list[float], factor: float) -> None:
    scaled = [factor * g for g in gradients]
    assert walk(scaled, {}) == pytest.approx(walk(gradients, {}), rel=1e-9)


@given(st.lists(floats, min_size=1, max_size=5))
def test_to_climb_is_to_descend_the_negative(gradients: list[float]) -> None:
    negative = [-g for g in gradients]
    assert walk(gradients, {"maximize": True}) == walk(negative, {})


def squares(*shape: int) -> Tensor:
    noise = randn(shape, dtype=float64, generator=Generator().manual_seed(0))
    return noise * noise


def test_what_has_factors_is_found_from_its_means() -> None:
    square = tensor([[1.0, 2.0], [3.0, 6.0]])
    rows, columns = zeros((2, 1)), zeros((1, 2))
    assert factored(square, rows, columns, 1.0, 0.0).tolist() == [[1.0, 2.0], [3.0, 6.0]]
    assert rows.tolist() == [[1.5], [4.5]]
    assert columns.tolist() == [[2.0, 4.0]]


def test_factors_keep_the_means_of_rows_and_columns() -> None:
    given_squares = squares(3, 4, 5)
    v = factored(
        given_squares.clone(),
        zeros((3, 4, 1), dtype=float64),
        zeros((3, 1, 5), dtype=float64),
        1,
        0,
    )
    for dim in (-1, -2):
        found, expected = v.mean(dim).reshape(-1), given_squares.mean(dim).reshape(-1)
        assert found.tolist() == pytest.approx(expected.tolist(), rel=1e-12)


def test_the_means_follow() -> None:
    rows, columns = tensor([[2.0]]), tensor([[4.0]])
    # R = 2 + (6 - 2) / 4, C = 4 + (6 - 4) / 4
    v = factored(tensor([[6.0]]), rows, columns, 0.25, 0.0)
    assert (rows.item(), columns.item(), v.item()) == (3.0, 4.5, 4.5)


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        ((), {"variance": ()}),
        ((3,), {"variance": (3,)}),
        ((3, 2), {"row_var": (3, 1), "col_var": (1, 2)}),
        ((4, 3, 2), {"row_var": (4, 3, 1), "col_var": (4, 1, 2)}),
    ],
    ids=str,
)
def test_the_state(shape: tuple[int, ...], expected: dict[str, tuple[int, ...]]) -> None:
    p = zeros(shape, requires_grad=True)
    p.grad = zeros(shape)
    optimizer = Adafactor([p])
    optimizer.step()
    state = optimizer.state_dict()["state"][0]
    assert list(state) == ["step", *expected]
    for name, size in expected.items():
        kept = state[name]
        assert isinstance(kept, Tensor) and kept.shape == size


def test_no_elements() -> None:
    p = zeros((0, 3), requires_grad=True)
    p.grad = zeros((0, 3))
    Adafactor([p]).step()
    assert p.shape == (0, 3)


def test_nothing_moves_without_a_gradient() -> None:
    p = tensor([1.0, 2.0], requires_grad=True)
    p.grad = zeros((2,))
    Adafactor([p]).step()
    assert p.tolist() == [1.0, 2.0]


def test_the_precision_of_each_type() -> None:
    params = [tensor([1.0], dtype=dtype, requires_grad=True) for dtype in (float32, float64)]
    for p in params:
        p.grad = tensor([1e-12], dtype=p.dtype)
    Adafactor(params, lr=1.0).step()
    # 1e-12 over the precision, and the sign of the gradient
    assert params[0].detach().sum().item() == pytest.approx(1 - 1e-12 / 2**-23)
    assert params[1].detach().sum().item() == pytest.approx(0.0, abs=1e-12)


def test_the_rule_without_its_class() -> None:
    p = squares(3, 2)
    q = p.clone().requires_grad_()
    options: AdafactorOptions = {**OPTIONS, "weight_decay": 0.1}
    optimizer = Adafactor([{"params": q, **options}])
    state = adafactor_state(p, options)
    for step in range(3):
        gradient = squares(3, 2) - step / 2
        q.grad = gradient.clone()
        optimizer.step()
        with no_grad():
            adafactor(p, gradient, state, options)
    assert p.tolist() == q.tolist()


@pytest.mark.parametrize(
    ("option", "value", "text"),
    [
        ("lr", -1.0, "Learning rate should be >= 0 but is: -1.0"),
        ("lr", zeros(2), "Tensor lr must be 1-element, but its shape is (2,)"),
        ("beta2_decay", 0.5, "beta2_decay should be <= 0 but is: 0.5"),
        ("eps", (-1.0, 0.0), "epsilon1 should be >= 0 but is: -1.0"),
        ("eps", (None, -1.0), "epsilon2 should be >= 0 but is: -1.0"),
        ("d", 0.5, "Clipping threshold d should be >= 1 but is: 0.5"),
        ("weight_decay", -1.0, "weight_decay should be >= 0 but is: -1.0"),
    ],
)
def test_refused(option: str, value: object, text: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(text)}$"):
        Adafactor([{"params": zeros(1), option: value}])
