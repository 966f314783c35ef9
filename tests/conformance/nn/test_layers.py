"""What layers compute, in training and after."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest
from tests.conformance.autograd.leaves import gradient
from tests.conformance.comparing import FLOAT32, assert_equation, assert_raises, flat, shown

if TYPE_CHECKING:
    from tests.conformance.nn.contract import Autograd, Layer, Nested, TensorToTensor

SEED = 20240229


def linear(nn: Layer, below: Autograd, weight: Nested, bias: Nested | None) -> TensorToTensor:
    """Return a linear layer with given parameters."""
    shape = below.tensor(weight).shape
    module = nn.Linear(shape[1], shape[0], bias=bias is not None)
    with below.no_grad():
        for name, parameter in module.named_parameters():
            value = weight if name == "weight" else bias
            parameter.copy_(below.tensor(0.0 if value is None else value))
    return module


WEIGHT: Nested = [[1.0, 2.0, 3.0], [-1.0, 0.5, 0.0]]
BIAS: Nested = [10.0, 20.0]


@pytest.mark.parametrize(
    ("input", "expected"),
    [
        ([1.0, 1.0, 1.0], [16.0, 19.5]),
        ([[1.0, 0.0, 0.0], [0.0, 2.0, 1.0]], [[11.0, 19.0], [17.0, 21.0]]),
        ([[[1.0, 1.0, 1.0]], [[0.0, 0.0, 0.0]]], [[[16.0, 19.5]], [[10.0, 20.0]]]),
    ],
    ids=shown,
)
def test_linear(nn: Layer, below: Autograd, input: Nested, expected: Nested) -> None:
    y = linear(nn, below, WEIGHT, BIAS)(below.tensor(input))
    assert_equation(f"{input} @ {WEIGHT}.T + {BIAS}", y.tolist(), expected)


def test_linear_without_bias(nn: Layer, below: Autograd) -> None:
    module = linear(nn, below, WEIGHT, None)
    names = [name for name, _ in module.named_parameters()]
    assert_equation("Linear(bias=False): the parameters", names, ["weight"])
    y = module(below.tensor([1.0, 1.0, 1.0]))
    assert_equation(f"[1, 1, 1] @ {WEIGHT}.T", y.tolist(), [6.0, -0.5])


def test_linear_gradients(nn: Layer, below: Autograd) -> None:
    module = linear(nn, below, WEIGHT, BIAS)
    x = below.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], requires_grad=True)
    module(x).backward(below.tensor([[1.0, 0.0], [0.0, 10.0]]))
    weight, bias = module.parameters()
    expected: Nested = [[1.0, 2.0, 3.0], [40.0, 50.0, 60.0]]
    assert_equation("the gradient of the weight", gradient(weight).tolist(), expected)
    assert_equation("the gradient of the bias", gradient(bias).tolist(), [1.0, 10.0])
    expected = [[1.0, 2.0, 3.0], [-10.0, 5.0, 0.0]]
    assert_equation("the gradient of the input", gradient(x).tolist(), expected)


def test_linear_starts_uniform_within_its_bound(nn: Layer, below: Autograd) -> None:
    below.manual_seed(SEED)
    module, bound = nn.Linear(100, 200), 1 / math.sqrt(100)
    for name, parameter in module.named_parameters():
        numbers = flat(parameter.tolist())
        assert parameter.dtype is below.float32, f"{name} is float32, got {parameter.dtype}"
        assert all(abs(x) <= bound + 1e-7 for x in numbers), f"{name} is within ± {bound}"
        variance = sum(x * x for x in numbers) / len(numbers)
        # The variance of the uniform distribution is bound² / 3, that of its squares 4 bound⁴ / 45.
        error = bound**2 * math.sqrt(4 / 45 / len(numbers))
        left = f"{name} has variance {bound**2 / 3}"
        assert abs(variance - bound**2 / 3) < 5.5 * error, f"{left}, got {variance}"


def test_linear_starts_as_the_seed_says(nn: Layer, below: Autograd) -> None:
    weights = []
    for seed in (SEED, SEED, SEED + 1):
        below.manual_seed(seed)
        weights.append([one.tolist() for one in nn.Linear(4, 3).parameters()])
    assert_equation("Linear(4, 3) of the same seed, again", weights[1], weights[0])
    assert weights[2] != weights[0], "Linear(4, 3) of another seed has other weights"


def test_linear_of_sizes_that_do_not_fit(nn: Layer, below: Autograd) -> None:
    module, x = nn.Linear(3, 2), below.tensor([[1.0, 2.0]])
    phrase = "cannot be multiplied"
    assert_raises("Linear(3, 2) of shape (1, 2)", lambda: module(x), RuntimeError, phrase)


def test_activations(nn: Layer, below: Autograd) -> None:
    x = [-2.0, 0.0, 0.5]
    for name, module, expected in (
        ("Tanh()", nn.Tanh(), [math.tanh(one) for one in x]),
        ("ReLU()", nn.ReLU(), [0.0, 0.0, 0.5]),
        ("Sigmoid()", nn.Sigmoid(), [1 / (1 + math.exp(-one)) for one in x]),
        ("LeakyReLU()", nn.LeakyReLU(), [-0.02, 0.0, 0.5]),
        ("LeakyReLU(0.25)", nn.LeakyReLU(0.25), [-0.5, 0.0, 0.5]),
    ):
        y = module(below.tensor(x))
        assert_equation(f"{name}({x})", y.tolist(), expected, FLOAT32)


def test_sequential(nn: Layer, below: Autograd) -> None:
    module = nn.Sequential(linear(nn, below, [[2.0], [-3.0]], [1.0, 0.0]), nn.ReLU())
    y = module(below.tensor([[1.0], [-1.0]]))
    left = "relu(x @ [[2], [-3]].T + [1, 0]) at [[1], [-1]]"
    assert_equation(left, y.tolist(), [[3.0, 0.0], [0.0, 3.0]])


def test_sequential_of_nothing(nn: Layer, below: Autograd) -> None:
    y = nn.Sequential()(below.tensor([1.0, 2.0]))
    assert_equation("Sequential()([1, 2])", y.tolist(), [1.0, 2.0])


# --- Dropout


def test_dropout_after_training(nn: Layer, below: Autograd) -> None:
    module = nn.Dropout(0.9)
    module.eval()
    y = module(below.tensor([1.0, 2.0, 3.0]))
    assert_equation("Dropout(0.9)([1, 2, 3]) after eval()", y.tolist(), [1.0, 2.0, 3.0])


@pytest.mark.parametrize("p", [0.25, 0.5, 0.8])
def test_dropout_in_training(nn: Layer, below: Autograd, p: float) -> None:
    below.manual_seed(SEED)
    count = 10_000
    x = below.zeros((count,)) + 3.0
    numbers = flat(nn.Dropout(p)(x).tolist())
    scaled = 3.0 / (1 - p)
    kept = [one for one in numbers if one != 0.0]
    assert_equation(f"Dropout({p}): what is kept of 3", kept[:1], [scaled], FLOAT32)
    assert all(math.isclose(one, scaled, rel_tol=FLOAT32) for one in kept), f"all kept are {scaled}"
    share = 1 - len(kept) / count
    error = math.sqrt(p * (1 - p) / count)
    assert abs(share - p) < 5.5 * error, f"Dropout({p}) drops {p} of the elements, got {share}"


def test_dropout_drops_other_elements_each_time(nn: Layer, below: Autograd) -> None:
    module, x = nn.Dropout(), below.zeros((100,)) + 1.0
    below.manual_seed(SEED)
    first, second = module(x).tolist(), module(x).tolist()
    assert first != second, "Dropout drops other elements the second time"
    below.manual_seed(SEED)
    assert_equation("Dropout of the same seed, again", module(x).tolist(), first)


def test_dropout_gives_gradients_to_what_it_keeps(nn: Layer, below: Autograd) -> None:
    below.manual_seed(SEED)
    x = below.tensor([1.0] * 50, requires_grad=True)
    y = nn.Dropout(0.5)(x)
    y.sum().backward()
    assert_equation("Dropout(0.5) of ones: the gradient", gradient(x).tolist(), y.tolist())


@pytest.mark.parametrize(("p", "expected"), [(0.0, [1.0, -2.0]), (1.0, [0.0, 0.0])], ids=shown)
def test_dropout_of_all_or_nothing(
    nn: Layer, below: Autograd, p: float, expected: list[float]
) -> None:
    y = nn.Dropout(p)(below.tensor([1.0, -2.0]))
    assert_equation(f"Dropout({p})([1, -2])", y.tolist(), expected)


@pytest.mark.parametrize("p", [-0.1, 1.5])
def test_dropout_of_what_is_no_probability(nn: Layer, p: float) -> None:
    phrase = "dropout probability has to be between 0 and 1"
    assert_raises(f"Dropout({p})", lambda: nn.Dropout(p), ValueError, phrase)


# --- Training


def test_a_network_learns(nn: Layer, below: Autograd) -> None:
    # The exclusive or, by gradient descent written out.
    below.manual_seed(SEED)
    x = below.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    target = below.tensor([[0.0], [1.0], [1.0], [0.0]])
    module = nn.Sequential(nn.Linear(2, 8), nn.Tanh(), nn.Linear(8, 1))
    loss_of = nn.MSELoss()
    for _ in range(1500):
        module.zero_grad()
        loss_of(module(x), target).backward()
        with below.no_grad():
            for parameter in module.parameters():
                parameter.add_(gradient(parameter) * -0.2)
    loss = loss_of(module(x), target).item()
    assert loss < 0.01, f"the loss after 1,500 steps is below 0.01, got {loss}"
