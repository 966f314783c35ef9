"""`_parameters`, `_buffers` and `_modules`, which other people's code reads and writes."""

from __future__ import annotations

import copy

import pytest

from minitorch_autograd import ones, zeros
from minitorch_nn import BatchNorm1d, Linear, Module, Parameter, ReLU, Sequential


def test_parameters_are_there_by_name_those_that_are_none_too() -> None:
    layer = Linear(2, 3, bias=False)
    assert list(layer._parameters) == ["weight", "bias"]
    assert layer._parameters["weight"] is layer.weight
    assert layer._parameters["bias"] is None
    assert len(layer._parameters) == 2
    with pytest.raises(KeyError, match="training"):
        layer._parameters["training"]


def test_what_is_set_in_them_is_set_in_the_module() -> None:
    layer = Linear(1, 2)
    layer._parameters["weight"] = weight = Parameter(zeros((2, 1)))
    assert layer.weight is weight
    assert [name for name, _ in layer.named_parameters()] == ["weight", "bias"]


def test_what_is_taken_out_of_them_may_be_anything_afterwards() -> None:
    layer = Linear(1, 1)
    weight = layer._parameters.pop("weight")
    assert weight is not None
    layer.weight = weight * 2  # type: ignore[assignment]  # as a reparametrization does
    assert [name for name, _ in layer.named_parameters()] == ["bias"]
    del layer._parameters["bias"]
    assert not hasattr(layer, "bias")
    with pytest.raises(KeyError, match="bias"):
        del layer._parameters["bias"]


def test_buffers_and_which_of_them_are_not_saved() -> None:
    norm = BatchNorm1d(2)
    assert list(norm._buffers) == ["running_mean", "running_var", "num_batches_tracked"]
    norm._buffers["running_mean"] = ones((2,))
    assert norm.running_mean is not None
    assert norm.running_mean.tolist() == [1.0, 1.0]
    module = Module()
    module.register_buffer("kept", ones((1,)))
    module.register_buffer("lost", ones((1,)), persistent=False)
    assert module._non_persistent_buffers_set == {"lost"}
    module._buffers["lost"] = zeros((1,))
    assert list(module.state_dict()) == ["kept"]


def test_submodules_are_in_order_and_can_be_replaced() -> None:
    model = Sequential(Linear(1, 1), ReLU())
    assert list(model._modules) == ["0", "1"]
    model._modules["0"] = ReLU()
    model._modules["last"] = ReLU()
    assert repr(model) == "Sequential(\n  (0): ReLU()\n  (1): ReLU()\n  (last): ReLU()\n)"
    assert repr(model._modules) == "{'0': ReLU(), '1': ReLU(), 'last': ReLU()}"


def test_a_copy_has_dictionaries_of_its_own() -> None:
    layer = Linear(1, 1)
    twin = copy.deepcopy(layer)
    assert twin._parameters["weight"] is twin.weight is not layer.weight
