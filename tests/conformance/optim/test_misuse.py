"""What an optimizer refuses, and how it says so."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from tests.conformance.comparing import assert_raises, shown

if TYPE_CHECKING:
    from tests.conformance.optim.contract import Autograd, Layer, Optimizer

OPTIONS: list[tuple[str, dict[str, Any], str]] = [
    ("SGD", {"lr": -1.0}, "Invalid learning rate: -1.0"),
    ("SGD", {"momentum": -0.5}, "Invalid momentum value: -0.5"),
    ("SGD", {"weight_decay": -0.5}, "Invalid weight_decay value: -0.5"),
    ("SGD", {"nesterov": True}, "Nesterov momentum requires a momentum and zero dampening"),
    (
        "SGD",
        {"nesterov": True, "momentum": 0.9, "dampening": 0.1},
        "Nesterov momentum requires a momentum and zero dampening",
    ),
    *[
        (name, options, phrase)
        for name in ("Adam", "AdamW")
        for options, phrase in (
            ({"lr": -1.0}, "Invalid learning rate: -1.0"),
            ({"eps": -1.0}, "Invalid epsilon value: -1.0"),
            ({"betas": (1.0, 0.999)}, "Invalid beta parameter at index 0: 1.0"),
            ({"betas": (0.9, -0.1)}, "Invalid beta parameter at index 1: -0.1"),
            ({"weight_decay": -0.5}, "Invalid weight_decay value: -0.5"),
        )
    ],
]

NAMES = ["SGD", "Adam", "AdamW"]


def constructor(optim: Layer, name: str) -> Callable[..., Optimizer]:
    optimizer: Callable[..., Optimizer] = getattr(optim, name)
    return optimizer


@pytest.mark.parametrize(("name", "options", "phrase"), OPTIONS, ids=shown)
def test_options(
    optim: Layer, below: Autograd, name: str, options: dict[str, Any], phrase: str
) -> None:
    make, p = constructor(optim, name), below.tensor([1.0], requires_grad=True)
    assert_raises(f"{name}(..., {options})", lambda: make([p], **options), ValueError, phrase)


@pytest.mark.parametrize("name", NAMES)
def test_no_parameters(optim: Layer, name: str) -> None:
    make, phrase = constructor(optim, name), "optimizer got an empty parameter list"
    assert_raises(f"{name}([])", lambda: make([]), ValueError, phrase)


@pytest.mark.parametrize("name", NAMES)
def test_one_tensor_in_place_of_several(optim: Layer, below: Autograd, name: str) -> None:
    make, p = constructor(optim, name), below.tensor([1.0], requires_grad=True)
    phrase = "should be an iterable of Tensors"
    assert_raises(f"{name}(tensor)", lambda: make(p), TypeError, phrase)


@pytest.mark.parametrize("name", NAMES)
def test_what_is_no_tensor(optim: Layer, name: str) -> None:
    make, phrase = constructor(optim, name), "optimizer can only optimize Tensors"
    assert_raises(f"{name}([1.0])", lambda: make([1.0]), TypeError, phrase)


@pytest.mark.parametrize("name", NAMES)
def test_what_is_no_leaf(optim: Layer, below: Autograd, name: str) -> None:
    make, p = constructor(optim, name), below.tensor([1.0], requires_grad=True)
    phrase = "can't optimize a non-leaf Tensor"
    assert_raises(f"{name}([p * 2])", lambda: make([p * 2.0]), ValueError, phrase)
