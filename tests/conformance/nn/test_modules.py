"""What every module can do: parameters, state, modes, and its text."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from tests.conformance.autograd.leaves import gradient
from tests.conformance.comparing import assert_equation, assert_raises

if TYPE_CHECKING:
    from tests.conformance.nn.contract import Autograd, Layer, Module, Parameter, TensorToTensor


def network(nn: Layer) -> TensorToTensor:
    """Return a network in a network, with parameters at two depths."""
    inner = nn.Sequential(nn.Linear(3, 2, bias=False), nn.ReLU())
    return nn.Sequential(nn.Linear(2, 3), nn.Dropout(0.5), inner)


NAMES = ["0.weight", "0.bias", "2.0.weight"]
SHAPES = [(3, 2), (3,), (2, 3)]


# --- Parameters


def parameter(nn: Layer, below: Autograd, *values: float) -> Parameter:
    make: Any = nn.Parameter  # the constructor's arguments are not in the contract
    made: Parameter = make(below.tensor(list(values)))
    return made


def test_parameter(nn: Layer, below: Autograd) -> None:
    p = parameter(nn, below, 1.0, 2.0)
    assert isinstance(p, below.Tensor), f"a Parameter is a Tensor, got {type(p)}"
    assert isinstance(p, nn.Parameter), f"Parameter(...) is a Parameter, got {type(p)}"
    assert_equation("Parameter(tensor([1, 2])).tolist()", p.tolist(), [1.0, 2.0])
    assert_equation("Parameter(...).requires_grad", p.requires_grad, True)
    assert_equation("Parameter(...).is_leaf", p.is_leaf, True)
    assert_equation("Parameter(...).grad", p.grad, None)


def test_parameter_in_a_computation(nn: Layer, below: Autograd) -> None:
    p = parameter(nn, below, 1.0, 2.0)
    y = p * p
    assert not isinstance(y, nn.Parameter), "what is computed of a Parameter is a plain Tensor"
    y.backward(below.tensor([1.0, 10.0]))
    assert_equation("(p * p).backward([1, 10]) at [1, 2]", gradient(p).tolist(), [2.0, 40.0])


def test_named_parameters(nn: Layer) -> None:
    named = list(network(nn).named_parameters())
    assert_equation("the names of the parameters", [name for name, _ in named], NAMES)
    shapes = [tuple(one.shape) for _, one in named]
    assert_equation("the shapes of the parameters", shapes, SHAPES)
    assert all(isinstance(one, nn.Parameter) for _, one in named), "each is a Parameter"


def test_parameters_are_those_that_have_names(nn: Layer) -> None:
    module = network(nn)
    found, named = list(module.parameters()), [one for _, one in module.named_parameters()]
    assert_equation("the number of parameters", len(found), len(named))
    assert all(a is b for a, b in zip(found, named, strict=True)), "they are the same, in order"


def test_a_shared_module_has_its_parameters_once(nn: Layer) -> None:
    linear = nn.Linear(2, 2)
    names = [name for name, _ in nn.Sequential(linear, nn.Tanh(), linear).named_parameters()]
    assert_equation("Sequential(linear, Tanh(), linear): names", names, ["0.weight", "0.bias"])


@pytest.mark.parametrize(
    "make",
    [
        lambda nn: nn.Tanh(),
        lambda nn: nn.ReLU(),
        lambda nn: nn.Sigmoid(),
        lambda nn: nn.LeakyReLU(),
        lambda nn: nn.Dropout(),
        lambda nn: nn.Sequential(),
        lambda nn: nn.MSELoss(),
        lambda nn: nn.CrossEntropyLoss(),
    ],
    ids=[
        "Tanh",
        "ReLU",
        "Sigmoid",
        "LeakyReLU",
        "Dropout",
        "Sequential",
        "MSELoss",
        "CrossEntropyLoss",
    ],
)
def test_modules_without_parameters(nn: Layer, make: Callable[[Layer], Module]) -> None:
    module = make(nn)
    assert_equation("its parameters", list(module.parameters()), [])
    assert_equation("its state dict", dict(module.state_dict()), {})
    assert_equation("training, of a new module", module.training, True)
    module.eval()
    assert_equation("training, after eval()", module.training, False)


def test_zero_grad(nn: Layer, below: Autograd) -> None:
    module = nn.Linear(2, 1)
    module(below.tensor([1.0, 2.0])).backward()
    before = [one.grad is None for one in module.parameters()]
    module.zero_grad()
    after = [one.grad is None for one in module.parameters()]
    assert_equation("grad is None, after backward()", before, [False, False])
    assert_equation("grad is None, after zero_grad()", after, [True, True])


# --- State


def test_state_dict(nn: Layer) -> None:
    module = network(nn)
    state, named = module.state_dict(), dict(module.named_parameters())
    assert_equation("the keys of the state dict", list(state), NAMES)
    for name in NAMES:
        assert_equation(f"state_dict()[{name!r}]", state[name].tolist(), named[name].tolist())
        assert_equation(f"state_dict()[{name!r}].requires_grad", state[name].requires_grad, False)


def test_state_dict_shares_memory(nn: Layer, below: Autograd) -> None:
    module = nn.Linear(2, 1, bias=False)
    state = module.state_dict()
    with below.no_grad():
        next(module.parameters()).copy_(below.tensor([[7.0, 8.0]]))
    left = "state = linear.state_dict(); weight.copy_([[7, 8]]); state['weight']"
    assert_equation(left, state["weight"].tolist(), [[7.0, 8.0]])


def test_load_state_dict(nn: Layer) -> None:
    source, target = network(nn), network(nn)
    target.load_state_dict(source.state_dict())
    for name, one in target.named_parameters():
        expected = source.state_dict()[name].tolist()
        assert_equation(f"{name} after load_state_dict", one.tolist(), expected)
        assert_equation(f"{name}.requires_grad after load_state_dict", one.requires_grad, True)


def test_load_state_dict_keeps_the_parameters(nn: Layer) -> None:
    source, target = network(nn), network(nn)
    before = list(target.parameters())
    target.load_state_dict(source.state_dict())
    same = [a is b for a, b in zip(before, target.parameters(), strict=True)]
    assert_equation("the parameters are those of before", same, [True, True, True])


def test_load_state_dict_copies(nn: Layer, below: Autograd) -> None:
    module, state = nn.Linear(1, 1, bias=False), {"weight": below.tensor([[5.0]])}
    module.load_state_dict(state)
    with below.no_grad():
        next(module.parameters()).mul_(3.0)
    left = "linear.load_state_dict(state); weight.mul_(3); state['weight']"
    assert_equation(left, state["weight"].tolist(), [[5.0]])


def test_load_state_dict_with_a_missing_key(nn: Layer, below: Autograd) -> None:
    module, state = nn.Linear(1, 1), {"weight": below.tensor([[5.0]])}
    phrase = "Missing key"
    what = "loading a state dict without the bias"
    assert_raises(what, lambda: module.load_state_dict(state), RuntimeError, phrase)
    module.load_state_dict(state, strict=False)
    weight = dict(module.named_parameters())["weight"]
    assert_equation("the weight, loaded with strict=False", weight.tolist(), [[5.0]])


def test_load_state_dict_with_an_unexpected_key(nn: Layer, below: Autograd) -> None:
    module = nn.Linear(1, 1, bias=False)
    state = {"weight": below.tensor([[5.0]]), "other": below.tensor([1.0])}
    phrase = "Unexpected key"
    what = "loading a state dict with an unexpected key"
    assert_raises(what, lambda: module.load_state_dict(state), RuntimeError, phrase)
    module.load_state_dict(state, strict=False)
    weight = next(module.parameters())
    assert_equation("the weight, loaded with strict=False", weight.tolist(), [[5.0]])


@pytest.mark.parametrize("strict", [True, False])
def test_load_state_dict_with_another_shape(nn: Layer, below: Autograd, strict: bool) -> None:
    module, state = nn.Linear(2, 1, bias=False), {"weight": below.tensor([[5.0]])}
    what = f"loading a weight of another shape, strict={strict}"
    phrase = "size mismatch for weight"
    assert_raises(what, lambda: module.load_state_dict(state, strict), RuntimeError, phrase)


# --- Modes


def test_modes_reach_all_modules(nn: Layer) -> None:
    innermost = nn.Dropout()
    module = nn.Sequential(nn.Tanh(), nn.Sequential(innermost))
    assert_equation(
        "training, of a new module", (module.training, innermost.training), (True, True)
    )
    module.eval()
    modes = (module.training, innermost.training)
    assert_equation("training, outside and inside, after eval()", modes, (False, False))
    module.train()
    modes = (module.training, innermost.training)
    assert_equation("training, outside and inside, after train()", modes, (True, True))
    module.train(False)
    modes = (module.training, innermost.training)
    assert_equation("training, outside and inside, after train(False)", modes, (False, False))


def test_modes_return_the_module(nn: Layer) -> None:
    module = nn.Tanh()
    assert module.train() is module, "module.train() returns the module"
    assert module.eval() is module, "module.eval() returns the module"


# --- Text: a module says what it is. How, is its own affair.


def test_text(nn: Layer) -> None:
    text = repr(nn.Sequential(nn.Linear(2, 3), nn.Sequential(nn.Tanh()), nn.Dropout()))
    order = [text.find(name) for name in ("Sequential", "Linear", "Tanh", "Dropout")]
    assert -1 not in order, f"the text of a network names its modules, got {text}"
    assert order == sorted(order), f"from the outside in, in their order, got {text}"
