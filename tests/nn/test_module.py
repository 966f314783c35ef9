"""Modules: what belongs to them, in which order, and what is refused."""

from __future__ import annotations

import copy
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

import pytest

from minitorch_autograd import Tensor, float64, ones, tensor, zeros
from minitorch_nn import Linear, Module, Parameter, Sequential, Tanh, functional


class Block(Module):
    """Two layers, a scale, and a running number."""

    running: Tensor

    def __init__(self) -> None:
        super().__init__()
        self.first = Linear(2, 3)
        self.scale = Parameter(ones(3))
        self.second = Linear(3, 1, bias=False)
        self.register_buffer("running", zeros(3))
        self.register_buffer("passing", zeros(1), persistent=False)

    def forward(self, input: Tensor) -> Tensor:
        return self.second(self.first(input) * self.scale)


def test_parameters_come_with_their_paths() -> None:
    names = ["scale", "first.weight", "first.bias", "second.weight"]
    assert [name for name, _ in Block().named_parameters()] == names


def test_a_state_dict_has_the_persistent_buffers() -> None:
    names = ["scale", "running", "first.weight", "first.bias", "second.weight"]
    assert list(Block().state_dict()) == names
    assert [name for name, _ in Block().named_buffers()] == ["running", "passing"]


def test_modules_come_with_their_paths() -> None:
    block = Sequential(Block(), Tanh())
    names = ["", "0", "0.first", "0.second", "1"]
    assert [name for name, _ in block.named_modules()] == names
    assert [name for name, _ in block.named_children()] == ["0", "1"]


def test_what_has_two_names_comes_once() -> None:
    layer = Linear(2, 2)
    model = Sequential(layer, layer)
    assert len(list(model.parameters())) == 2
    assert len(list(model.children())) == 1
    assert list(model.state_dict()) == ["0.weight", "0.bias", "1.weight", "1.bias"]


def test_a_shared_parameter_comes_once() -> None:
    model = Sequential(Linear(2, 2), Linear(2, 2))
    first, second = model[0], model[1]
    assert isinstance(first, Linear)
    assert isinstance(second, Linear)
    second.weight = first.weight
    assert [name for name, _ in model.named_parameters()] == ["0.weight", "0.bias", "1.bias"]


def test_paths_lead_to_modules_and_parameters() -> None:
    model = Sequential(Block())
    assert model.get_submodule("0.first") is model[0].first  # type: ignore[attr-defined]
    assert model.get_submodule("") is model
    assert model.get_parameter("0.first.weight").shape == (3, 2)
    with pytest.raises(AttributeError, match=r"^Block has no attribute `third`$"):
        model.get_submodule("0.third")
    with pytest.raises(AttributeError, match=r"^Linear has no attribute `weights`$"):
        model.get_parameter("0.first.weights")


def test_a_typo_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="wieght"):
        _ = Linear(1, 1).wieght  # type: ignore[attr-defined]


def test_modes_reach_all_modules() -> None:
    model = Sequential(Block(), Sequential(Tanh()))
    assert model.eval() is model
    assert not any(module.training for module in model.modules())
    model.train()
    assert all(module.training for module in model.modules())
    with pytest.raises(ValueError, match=r"^training mode is expected to be boolean$"):
        model.train("yes")  # type: ignore[arg-type]


def test_apply_reaches_the_inner_modules_first() -> None:
    seen: list[str] = []
    Sequential(Block()).apply(lambda module: seen.append(type(module).__name__))
    assert seen == ["Linear", "Linear", "Block", "Sequential"]


def test_gradients_are_asked_for_and_dropped() -> None:
    block = Block()
    block(ones(1, 2)).sum().backward()
    assert all(p.grad is not None for p in block.parameters())
    block.zero_grad(set_to_none=False)
    assert all(p.grad is not None and p.grad.sum().item() == 0 for p in block.parameters())
    block.zero_grad()
    assert all(p.grad is None for p in block.parameters())
    block.requires_grad_(False)
    assert not block(ones(1, 2)).requires_grad


def test_to_casts_all_floats() -> None:
    block = Block().to(float64)
    assert {p.dtype for p in block.state_dict().values()} == {float64}
    assert all(isinstance(p, Parameter) and p.requires_grad for p in block.parameters())
    assert block(ones(1, 2, dtype=float64)).dtype is float64


def test_a_copy_is_apart() -> None:
    block = Block()
    other = copy.deepcopy(block)
    other.first.weight.data.zero_()
    assert block.first.weight.abs().sum().item() > 0
    assert isinstance(other.first.weight, Parameter)
    assert list(other.state_dict()) == list(block.state_dict())


# --- Loading


def test_loading_copies() -> None:
    one, other = Block(), Block()
    kept = other.first.weight
    assert repr(other.load_state_dict(one.state_dict())) == "<All keys matched successfully>"
    assert other.first.weight is kept
    assert kept.tolist() == one.first.weight.tolist()


def test_a_state_dict_shares_memory() -> None:
    block = Block()
    block.state_dict()["scale"].zero_()
    assert block.scale.tolist() == [0.0, 0.0, 0.0]


def test_all_mismatches_are_said_at_once_and_nothing_is_copied() -> None:
    layer = Linear(2, 1)
    before = layer.bias.tolist() if layer.bias is not None else None
    with pytest.raises(RuntimeError) as caught:
        layer.load_state_dict({"weight": zeros(3), "bias": zeros(1), "wieght": zeros(1)})
    assert str(caught.value) == (
        "Error(s) in loading state_dict for Linear:\n"
        '\tUnexpected key(s) in state_dict: "wieght". \n'
        "\tsize mismatch for weight: copying a param with shape torch.Size([3]) from checkpoint, "
        "the shape in current model is torch.Size([1, 2])."
    )
    assert layer.bias is not None
    assert layer.bias.tolist() == before


def test_not_strict_answers_what_does_not_match() -> None:
    found = Linear(2, 1).load_state_dict({"bias": zeros(1), "extra": zeros(1)}, strict=False)
    assert found.missing_keys == ["weight"]
    assert found.unexpected_keys == ["extra"]
    assert repr(found) == "_IncompatibleKeys(missing_keys=['weight'], unexpected_keys=['extra'])"


# --- Registration


class Early(Module):
    def __init__(self, value: Any) -> None:
        self.part = value


@pytest.mark.parametrize(
    ("value", "kind"), [(Parameter(zeros(1)), "Parameter"), (Tanh(), "Tanh")], ids=str
)
def test_parts_need_the_base(value: object, kind: str) -> None:
    with pytest.raises(AttributeError) as caught:
        Early(value)
    assert str(caught.value) == (
        f"cannot assign {kind} before Module.__init__() call: "
        "Early.__init__ must begin with super().__init__()"
    )


def test_a_parameter_stays_one() -> None:
    layer: Any = Linear(1, 1)
    with pytest.raises(TypeError) as caught:
        layer.weight = zeros(1, 1)
    assert str(caught.value) == (
        "cannot assign 'Tensor' as parameter 'weight' (torch.nn.Parameter or None expected)"
    )
    layer.bias = None
    assert list(layer.state_dict()) == ["weight"]
    assert layer(ones(1, 1)).shape == (1, 1)


def test_a_buffer_stays_a_tensor() -> None:
    block: Any = Block()
    with pytest.raises(TypeError) as caught:
        block.running = 3.0
    assert str(caught.value) == (
        "cannot assign 'float' as buffer 'running' (torch.nn.Buffer, torch.Tensor or None expected)"
    )
    block.running = ones(3)
    assert block.state_dict()["running"].tolist() == [1.0, 1.0, 1.0]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.b", "'name can\\'t contain \".\", got: a.b'"),
        ("", "'name can\\'t be empty string \"\"'"),
        ("training", "\"attribute 'training' already exists\""),
    ],
)
def test_names_are_refused(name: str, text: str) -> None:
    block = Block()
    with pytest.raises(KeyError) as parameter:
        block.register_parameter(name, Parameter(zeros(1)))
    with pytest.raises(KeyError) as buffer:
        block.register_buffer(name, zeros(1))
    with pytest.raises(KeyError) as module:
        block.add_module(name, Tanh())
    assert [str(one.value) for one in (parameter, buffer, module)] == [text] * 3


# --- Sequential


@pytest.mark.parametrize(
    ("register", "text"),
    [
        (
            lambda block: block.register_parameter("other", zeros(1)),
            "cannot assign 'Tensor' object to parameter 'other' "
            "(torch.nn.Parameter or None required)",
        ),
        (
            lambda block: block.register_buffer("other", 1.0),
            "cannot assign 'float' object to buffer 'other' (torch Tensor or None required)",
        ),
        (
            lambda block: block.add_module("other", zeros(1)),
            "Tensor is not a Module subclass",
        ),
    ],
    ids=["parameter", "buffer", "module"],
)
def test_what_is_of_another_kind_is_refused(register: Callable[[Any], None], text: str) -> None:
    block = Block()
    with pytest.raises(TypeError) as caught:
        register(block)
    assert str(caught.value) == text
    assert not hasattr(block, "other")


def test_a_sequence_is_a_list_of_modules() -> None:
    model = Sequential(Linear(2, 3), Tanh(), Linear(3, 1))
    assert len(model) == 3
    assert isinstance(model[-1], Linear)
    assert [type(layer).__name__ for layer in model] == ["Linear", "Tanh", "Linear"]
    assert repr(model[:2]) == repr(Sequential(Linear(2, 3), Tanh()))
    assert model.append(Tanh()) is model
    assert list(dict(model.named_children())) == ["0", "1", "2", "3"]
    with pytest.raises(IndexError, match=r"^index 4 is out of range$"):
        model[4]


def test_a_sequence_takes_names() -> None:
    model = Sequential(OrderedDict(hidden=Linear(2, 3), out=Linear(3, 1)))
    assert next(iter(model.state_dict())) == "hidden.weight"
    assert model(ones(4, 2)).shape == (4, 1)


def test_a_sequence_takes_modules_alone() -> None:
    with pytest.raises(TypeError, match=r"^function is not a Module subclass$"):
        Sequential(functional.tanh)


def test_a_module_without_forward() -> None:
    module: Any = Module()
    with pytest.raises(NotImplementedError) as caught:
        module(tensor([1.0]))
    assert str(caught.value) == 'Module [Module] is missing the required "forward" function'
