"""What is particular to modules that are dataclasses: what is in a field is part of the module.

The layer is loaded from its folder under a name of its own, so that it can be tested beside ours.
"""

from __future__ import annotations

import runpy
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import pytest
from tests.layers.loading import loaded

import minitorch_nn
from minitorch_autograd import (
    Generator,
    Tensor,
    float64,
    manual_seed,
    ones,
    rand,
    randn,
    tensor,
    zeros,
)

ROOT: Final = Path(__file__).parents[2]
FOLDER: Final = ROOT / "examples/layers/plain-nn/src/minitorch_nn"
NAME: Final = "plain_nn"


@pytest.fixture(scope="module")
def nn() -> Iterator[Any]:
    with loaded(NAME, FOLDER) as module:
        yield module


def test_names_are_those_of_the_contract(nn: ModuleType) -> None:
    file = ROOT / "packages/minitorch-all/src/minitorch/requires.py"
    contracts = runpy.run_path(str(file))["CONTRACTS"]["minitorch_nn"]
    for module, protocol in ((nn, contracts[""]), (nn.functional, contracts["functional"])):
        assert set(module.__all__) == {name for name in vars(protocol) if name[0] != "_"}
    public = {name for name in dir(nn.Linear) if name[0] != "_"}
    assert public == {name for name in {*vars(contracts["Linear"]), "training"} if name[0] != "_"}


def test_paths_are_torch_s(nn: Any) -> None:
    model = nn.Sequential(nn.Linear(3, 2), nn.Tanh(), nn.Sequential(nn.Linear(2, 1, bias=False)))
    assert list(model.state_dict()) == ["0.weight", "0.bias", "2.0.weight"]
    assert [name for name, _ in model.named_parameters()] == list(model.state_dict())
    assert [p.shape for p in model.parameters()] == [(2, 3), (2,), (1, 2)]


def test_a_parameter_in_two_places_is_trained_once_and_saved_twice(nn: Any) -> None:
    layer = nn.Linear(2, 2, bias=False)
    model = nn.Sequential(layer, nn.ReLU(), layer)
    assert len(list(model.parameters())) == 1
    assert list(model.state_dict()) == ["0.weight", "2.weight"]


def test_a_function_is_a_layer_without_parameters(nn: Any) -> None:
    model = nn.Sequential(nn.Linear(2, 2), nn.functional.tanh)
    x = tensor([[1.0, 2.0]])
    assert model(x).tolist() == nn.functional.tanh(model.layers[0](x)).tolist()
    assert len(list(model.parameters())) == 2


def test_modes_reach_every_module(nn: Any) -> None:
    model = nn.Sequential(nn.Linear(2, 2), nn.Sequential(nn.Dropout(0.5)))
    dropout = model.layers[1].layers[0]
    assert model.eval() is model
    assert not dropout.training
    assert dropout(ones(3)).tolist() == [1.0, 1.0, 1.0]
    model.train()
    assert dropout.training


def test_the_text_shows_settings_and_inner_modules(nn: Any) -> None:
    model = nn.Sequential(nn.Linear(3, 2), nn.LeakyReLU(0.5))
    assert repr(model) == (
        "Sequential(\n"
        "  (0): Linear(in_features=3, out_features=2)\n"
        "  (1): LeakyReLU(negative_slope=0.5)\n"
        ")"
    )


def test_states_are_copied_in(nn: Any) -> None:
    model, other = nn.Linear(2, 1), nn.Linear(2, 1)
    other.load_state_dict(model.state_dict())
    assert other.weight.tolist() == model.weight.tolist()
    assert other.weight is not model.weight
    assert other.weight.requires_grad


def test_states_that_do_not_match(nn: Any) -> None:
    state = {"weight": zeros(3, 1), "offset": zeros(1)}
    with pytest.raises(RuntimeError) as error:
        nn.Linear(2, 1).load_state_dict(state)
    assert str(error.value) == (
        "Error(s) in loading state_dict for Linear:\n"
        "\tsize mismatch for weight: (3, 1) is saved, (1, 2) here\n"
        "\tMissing key in state_dict: bias\n"
        "\tUnexpected key in state_dict: offset"
    )


def test_not_strict_loads_what_there_is(nn: Any) -> None:
    layer = nn.Linear(2, 1)
    layer.load_state_dict({"bias": ones(1), "offset": ones(1)}, strict=False)
    assert layer.bias.tolist() == [1.0]


X: Final = [[0.5, -1.0, 2.0], [1.5, 0.0, -0.5]]


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("linear", (tensor([[1.0, 2.0, 3.0]], dtype=float64), tensor([4.0], dtype=float64))),
        ("tanh", ()),
        ("sigmoid", ()),
        ("relu", ()),
        ("leaky_relu", (0.2,)),
        ("log_softmax", (1,)),
        ("softmax", (0,)),
        ("mse_loss", (tensor([[1.0, 1.0, 1.0], [0.0, 2.0, 0.0]], dtype=float64),)),
        ("cross_entropy", (tensor([2, 0]),)),
    ],
)
def test_values_and_gradients_are_those_of_our_layer(
    nn: Any, name: str, arguments: tuple[Tensor, ...]
) -> None:
    seen = []
    for functional in (nn.functional, minitorch_nn.functional):
        x = tensor(X, dtype=float64, requires_grad=True)
        y = getattr(functional, name)(x, *arguments)
        weights = randn(y.shape, dtype=float64, generator=Generator().manual_seed(0))
        (y * weights).sum().backward()
        assert x.grad is not None
        seen.append((y.reshape(-1).tolist(), x.grad.reshape(-1).tolist()))
    assert seen[0][0] == pytest.approx(seen[1][0], rel=1e-12)
    assert seen[0][1] == pytest.approx(seen[1][1], rel=1e-12)


@pytest.mark.parametrize("reduction", ["mean", "sum", "none"])
def test_losses_reduce(nn: Any, reduction: str) -> None:
    loss = nn.MSELoss(reduction=reduction)(tensor([1.0, 3.0]), tensor([0.0, 0.0]))
    assert loss.tolist() == {"mean": 5.0, "sum": 10.0, "none": [1.0, 9.0]}[reduction]


def test_dropout_keeps_the_mean(nn: Any) -> None:
    manual_seed(0)
    dropped = nn.functional.dropout(ones(10_000), 0.25)
    assert sorted(set(dropped.tolist())) == pytest.approx([0.0, 4 / 3])
    assert dropped.mean().item() == pytest.approx(1, abs=0.02)
    assert nn.functional.dropout(ones(3), 1.0).tolist() == [0.0, 0.0, 0.0]


def test_draws_are_those_of_our_layer(nn: Any) -> None:
    seen = []
    for module in (nn, minitorch_nn):
        manual_seed(3)
        model = module.Sequential(module.Linear(5, 7), module.Dropout(0.3), module.Linear(7, 4))
        y = model(ones((6, 5)))
        seen.append([*(p.tolist() for p in model.parameters()), y.tolist(), rand(4).tolist()])
    assert seen[0] == seen[1]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda nn: nn.Dropout(1.5),
            "dropout probability has to be between 0 and 1, but got 1.5",
        ),
        (
            lambda nn: nn.MSELoss(reduction="avg")(ones(1), ones(1)),
            "avg is not a valid value for reduction",
        ),
        (
            lambda nn: nn.functional.mse_loss(ones(2), ones(2, 1)),
            "mse_loss: sizes differ: (2,) and (2, 1)",
        ),
        (
            lambda nn: nn.functional.cross_entropy(ones(2, 3), zeros(3)),
            "Expected input batch_size (2,) to match target batch_size (3,)",
        ),
    ],
)
def test_errors_are_torch_s(nn: Any, call: Any, message: str) -> None:
    with pytest.raises(ValueError) as error:  # noqa: PT011  (the whole text is compared)
        call(nn)
    assert str(error.value) == message
