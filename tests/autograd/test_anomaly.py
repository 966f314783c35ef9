"""Anomaly detection: an error in a derivative names the operation and the line that called it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from minitorch_autograd import (
    Function,
    Tensor,
    detect_anomaly,
    is_anomaly_check_nan_enabled,
    is_anomaly_enabled,
    record,
    set_detect_anomaly,
    tensor,
    zeros,
)

HERE = "in model_with_a_flaw"


class Flawed(Function):
    """What has no derivative at its second input."""

    @staticmethod
    def forward(ctx: Any, x: Tensor, y: Tensor) -> Tensor:
        return x * y

    @staticmethod
    def backward(ctx: Any, g: Tensor) -> Any:
        return g, g * float("nan")


def model_with_a_flaw(kind: str) -> Tensor:
    x = zeros(2, requires_grad=True)
    if kind == "record":
        return record("Flawed", zeros(2), (x, lambda g: g / 0 * 0))
    if kind == "function":
        return Flawed.apply(x.detach(), x)  # type: ignore[no-any-return]  # as it is declared
    return x.sqrt() * 0


@pytest.fixture(autouse=True)
def off_again() -> Iterator[None]:
    yield
    assert not is_anomaly_enabled()


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        ("record", "Function 'Flawed' returned nan values in its 0th output."),
        ("function", "Function 'FlawedBackward' returned nan values in its 1th output."),
        ("operation", "Function 'SqrtBackward0' returned nan values in its 0th output."),
    ],
)
def test_nan_in_a_gradient(kind: str, message: str) -> None:
    model_with_a_flaw(kind).sum().backward()  # says nothing
    with set_detect_anomaly(True):
        y = model_with_a_flaw(kind).sum()
        with pytest.raises(RuntimeError) as caught:
            y.backward()
    assert str(caught.value) == message
    (note,) = caught.value.__notes__
    assert note.startswith(f"Error detected in {message.split(chr(39))[1]}. Traceback of forward")
    assert HERE in note.splitlines()[-2]  # the last line that is not of this layer
    assert __file__ in note


def test_an_error_in_a_rule() -> None:
    nothing: dict[str, Tensor] = {}
    with set_detect_anomaly(True, check_nan=False):
        x = zeros(1, requires_grad=True)
        y = record("Wrong", zeros(1), (x, lambda g: g * nothing["there"]))
        with pytest.raises(KeyError) as caught:
            y.backward()
    assert caught.value.__notes__[0].startswith("Error detected in Wrong. Traceback of forward")


def test_what_was_made_before_has_no_line() -> None:
    y = model_with_a_flaw("operation").sum()
    with set_detect_anomaly(True), pytest.raises(RuntimeError) as caught:
        y.backward()
    assert "No forward pass information available." in caught.value.__notes__[0]


def test_nan_is_no_error_where_it_is_not_asked_for() -> None:
    with set_detect_anomaly(True, check_nan=False):
        assert not is_anomaly_check_nan_enabled()
        model_with_a_flaw("operation").sum().backward()
    assert is_anomaly_check_nan_enabled()


def test_gradients_are_the_same() -> None:
    def gradient() -> object:
        x = tensor([1.0, 2.0], requires_grad=True)
        (x * x.exp() + x.tanh() / x).sum().backward()
        assert x.grad is not None
        return x.grad.tolist()

    expected = gradient()
    with set_detect_anomaly(True):
        assert gradient() == expected


def test_the_switch() -> None:
    with pytest.warns(UserWarning, match="Anomaly Detection has been enabled") as caught:
        mode = detect_anomaly()
    assert caught[0].filename == __file__
    assert not is_anomaly_enabled()
    with mode:
        assert is_anomaly_enabled()
        with set_detect_anomaly(False):
            assert not is_anomaly_enabled()
        assert is_anomaly_enabled()
    set_detect_anomaly(True)
    assert is_anomaly_enabled()
    set_detect_anomaly(False)
