"""Muon, by numbers that a hand can follow, and its laws."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.optim.walking import places

from minitorch_autograd import (
    Generator,
    Tensor,
    eye,
    float64,
    full,
    no_grad,
    norm,
    randn,
    tensor,
    zeros,
)
from minitorch_optim import Muon
from minitorch_optim.rules import MuonOptions, muon, muon_state, orthogonal

# With these, an update is the gradient over its norm: of one element, its sign.
OPTIONS: MuonOptions = {
    "lr": 0.1,
    "weight_decay": 0.0,
    "momentum": 0.5,
    "nesterov": False,
    "ns_coefficients": (1.0, 0.0, 0.0),
    "eps": 1e-7,
    "ns_steps": 0,
    "adjust_lr_fn": None,
}
# Newton's: slower than the usual ones, but it converges.
NEWTON = (1.5, -0.5, 0.0)


def walk(gradients: list[float], options: Mapping[str, object]) -> list[float]:
    """Return where each of `gradients` takes a parameter of one element."""
    return places(lambda p: Muon([{"params": p, **OPTIONS, **options}]), gradients, (1, 1))


@pytest.mark.parametrize(
    ("gradients", "options", "expected"),
    [
        ([3.0], {}, [0.9]),
        ([-0.01], {}, [1.1]),
        # θ shrinks by 1 - 0.1 x 0.5
        ([3.0], {"weight_decay": 0.5}, [0.85]),
        # b = 0.5, then 0.25 - 0.2
        ([1.0, -0.4], {}, [0.9, 0.8]),
        # looking ahead, to 0.025 - 0.2
        ([1.0, -0.4], {"nesterov": True}, [0.9, 1.0]),
        # without momentum b is the gradient
        ([1.0, -0.4], {"momentum": 0.0}, [0.9, 1.0]),
        # 1 becomes 1.5 - 0.25
        ([1.0], {"ns_steps": 1, "ns_coefficients": (1.5, -0.5, 0.25)}, [0.875]),
        # b / ε = 0.5 / 2
        ([1.0], {"eps": 2.0}, [0.975]),
        ([1.0], {"adjust_lr_fn": "original"}, [0.9]),
        ([1.0], {"adjust_lr_fn": "match_rms_adamw"}, [0.98]),
    ],
)
def test_steps(gradients: list[float], options: dict[str, object], expected: list[float]) -> None:
    assert walk(gradients, options) == pytest.approx(expected, rel=1e-14)


@pytest.mark.parametrize(
    ("shape", "adjustment", "factor"),
    [
        ((4, 1), None, 2.0),
        ((1, 4), None, 1.0),
        ((4, 1), "original", 2.0),
        ((1, 4), "match_rms_adamw", 0.4),
        ((4, 1), "match_rms_adamw", 0.4),
    ],
)
def test_the_rate_suits_the_shape(
    shape: tuple[int, int], adjustment: str | None, factor: float
) -> None:
    p = zeros(shape, dtype=float64, requires_grad=True)
    p.grad = full(shape, 3.0, dtype=float64)
    Muon([{"params": p, **OPTIONS, "adjust_lr_fn": adjustment}]).step()
    # four equal elements of norm 1
    assert p.reshape(-1).tolist() == pytest.approx([-0.1 * factor / 2] * 4)


def noise(*shape: int, seed: int = 0) -> Tensor:
    return randn(shape, dtype=float64, generator=Generator().manual_seed(seed))


def flat(x: Tensor) -> Any:
    return pytest.approx(x.reshape(-1).tolist(), rel=1e-9, abs=1e-12)


def test_singular_values_by_hand() -> None:
    # over the norm, 0.6 and 0.8; then 1.5 s - 0.5 s³
    x = orthogonal(tensor([[3.0, 0.0], [0.0, 4.0]], dtype=float64), NEWTON, steps=1)
    assert x.reshape(-1).tolist() == flat(tensor([[0.792, 0.0], [0.0, 0.944]], dtype=float64))


@pytest.mark.parametrize("shape", [(3, 3), (2, 5), (5, 2), (1, 4)])
def test_it_becomes_orthogonal(shape: tuple[int, int]) -> None:
    x = orthogonal(noise(*shape), NEWTON, steps=60)
    product = x @ x.T if shape[0] <= shape[1] else x.T @ x
    assert product.reshape(-1).tolist() == flat(eye(min(shape), dtype=float64))


@given(seed=st.integers(0, 1000), factor=st.floats(0.01, 100))
def test_laws(seed: int, factor: float) -> None:
    x = noise(3, 2, seed=seed)
    expected = flat(orthogonal(x))
    assert orthogonal(x * factor).reshape(-1).tolist() == expected
    assert (-orthogonal(-x)).reshape(-1).tolist() == expected
    assert orthogonal(x.T).T.reshape(-1).tolist() == expected


@given(seed=st.integers(0, 1000))
def test_five_steps_bring_singular_values_near_1(seed: int) -> None:
    # a matrix whose singular values are 1 and 2
    turn = orthogonal(noise(2, 2, seed=seed), NEWTON, steps=99)
    x = orthogonal(turn @ tensor([[1.0, 0.0], [0.0, 2.0]], dtype=float64))
    lengths = [norm(column).item() for column in x.T]
    assert all(0.65 < length < 1.25 for length in lengths)


def test_a_matrix_of_zeros_stays() -> None:
    assert orthogonal(zeros(2, 3)).tolist() == zeros(2, 3).tolist()


def test_the_matrix_is_left_as_it_was() -> None:
    x = noise(2, 3)
    before = x.tolist()
    orthogonal(x)
    assert x.tolist() == before


def test_the_state() -> None:
    p, g = noise(2, 3).requires_grad_(), noise(2, 3, seed=1)
    p.grad = g
    optimizer = Muon([p], momentum=0.75)
    optimizer.step()
    (state,) = optimizer.state_dict()["state"].values()
    assert list(state) == ["momentum_buffer"]
    buffer = state["momentum_buffer"]
    assert isinstance(buffer, Tensor) and buffer.tolist() == (g * 0.25).tolist()


def test_the_rule_without_its_class() -> None:
    p = noise(3, 2)
    q = p.clone().requires_grad_()
    options: MuonOptions = {**OPTIONS, "nesterov": True, "ns_steps": 5, "weight_decay": 0.1}
    optimizer = Muon([{"params": q, **options}])
    state = muon_state(p, options)
    for step in range(3):
        gradient = noise(3, 2, seed=step + 1)
        q.grad = gradient.clone()
        optimizer.step()
        with no_grad():
            muon(p, gradient, state, options)
    assert p.tolist() == q.tolist()


@pytest.mark.parametrize(
    ("option", "value", "text"),
    [
        ("lr", -1.0, "Learning rate should be >= 0 but is: -1.0"),
        ("momentum", -1.0, "momentum should be >= 0 but is: -1.0"),
        ("weight_decay", -1.0, "weight decay should be >= 0 but is: -1.0"),
        (
            "adjust_lr_fn",
            "none",
            "Adjust learning rate function none is not supported; expected None, "
            '"original" or "match_rms_adamw"',
        ),
        (
            "params",
            zeros(3),
            "Muon only supports 2D parameters whereas we found a parameter with size: (3,); "
            "leave it to another optimizer, such as AdamW",
        ),
    ],
)
def test_refused(option: str, value: object, text: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(text)}$"):
        Muon([{"params": zeros(1, 1), option: value}])


def test_refused_in_a_later_group() -> None:
    optimizer = Muon([zeros(1, 1)])
    with pytest.raises(ValueError, match=r"^Muon only supports 2D parameters"):
        optimizer.add_param_group({"params": zeros(1)})


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (
            {"steps": 100},
            "Number of steps must be less than 100 for computational efficiency, but it is 100",
        ),
        (
            {"matrix": zeros(3)},
            "Input tensor gradient must be a 2D matrix, but its shape is (3,)",
        ),
        (
            {"coefficients": (1.0, 2.0)},
            "Coefficients must be a tuple of exactly 3 values, but got (1.0, 2.0)",
        ),
    ],
)
def test_refused_by_orthogonal(arguments: dict[str, Any], text: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(text)}$"):
        orthogonal(**{"matrix": zeros(1, 1), **arguments})
