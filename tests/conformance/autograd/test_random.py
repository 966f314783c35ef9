"""Random numbers, by a generator of one's own or the default: torch's of the same seed."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from tests.conformance.comparing import FLOAT32, assert_equation, flat

if TYPE_CHECKING:
    from tests.conformance.autograd.contract import Generator, Layer, Nested, Tensor

SEED = 20240229

# Those that take a generator.
DRAWS: dict[str, Callable[[Layer, Generator | None], Nested]] = {
    "randperm": lambda layer, g: layer.randperm(50, generator=g).tolist(),
    "uniform_": lambda layer, g: layer.zeros((5,)).uniform_(-1.0, 1.0, generator=g).tolist(),
    "normal_": lambda layer, g: layer.zeros((5,)).normal_(1.0, 2.0, generator=g).tolist(),
    "bernoulli_": lambda layer, g: layer.zeros((50,)).bernoulli_(0.3, generator=g).tolist(),
}


@pytest.mark.parametrize("draw", DRAWS)
def test_a_generator_of_ones_own(layer: Layer, draw: str) -> None:
    function = DRAWS[draw]
    first, second = (layer.Generator().manual_seed(SEED) for _ in range(2))
    numbers = function(layer, first)
    assert_equation(f"{draw} of the same seed", function(layer, second), numbers)
    assert function(layer, first) != numbers, f"{draw} gives other numbers the second time"


# What PyTorch draws after `manual_seed(0)`.
FROM_TORCH: dict[str, tuple[Callable[[Layer], Nested], list[float]]] = {
    "rand(3)": (lambda t: t.rand((3,)).tolist(), [0.4962566, 0.7682218, 0.0884774]),
    "zeros(3).uniform_(-1, 3)": (
        lambda t: t.zeros((3,)).uniform_(-1.0, 3.0).tolist(),
        [0.9850264, 2.0728872, -0.6460903],
    ),
    "zeros(3).normal_(1, 2)": (
        lambda t: t.zeros((3,)).normal_(1.0, 2.0).tolist(),
        [4.0819921, 0.4131422, -3.3575788],
    ),
    "zeros(18).normal_(), the first and the last": (  # 16 and more are drawn in another way
        lambda t: [*flat(numbers := t.zeros((18,)).normal_().tolist())[:2], *flat(numbers)[-2:]],
        [-1.1258398, -1.1523602, 0.9318266, 1.2590092],
    ),
    "zeros(8).bernoulli_(0.3)": (
        lambda t: t.zeros((8,)).bernoulli_(0.3).tolist(),
        [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0],
    ),
    "randperm(6)": (lambda t: t.randperm(6).tolist(), [2, 5, 3, 0, 1, 4]),
}


@pytest.mark.parametrize("draw", FROM_TORCH)
def test_the_numbers_of_a_seed(layer: Layer, draw: str) -> None:
    function, numbers = FROM_TORCH[draw]
    layer.manual_seed(0)
    assert_equation(f"manual_seed(0); {draw}", function(layer), numbers, FLOAT32)


@pytest.mark.parametrize("draw", DRAWS)
def test_the_default_generator(layer: Layer, draw: str) -> None:
    function = DRAWS[draw]
    layer.manual_seed(SEED)
    numbers = function(layer, None)
    assert function(layer, None) != numbers, f"{draw} gives other numbers the second time"
    layer.manual_seed(SEED)
    assert_equation(f"manual_seed({SEED}); {draw}, again", function(layer, None), numbers)


@pytest.mark.parametrize("draw", DRAWS)
def test_a_generator_of_ones_own_leaves_the_default_alone(layer: Layer, draw: str) -> None:
    function = DRAWS[draw]
    layer.manual_seed(SEED)
    numbers = function(layer, None)
    layer.manual_seed(SEED)
    function(layer, layer.Generator().manual_seed(1))
    assert_equation(f"{draw} after another generator's", function(layer, None), numbers)


def test_manual_seed_returns_a_generator(layer: Layer) -> None:
    generator = layer.manual_seed(SEED)
    assert isinstance(generator, layer.Generator), f"it is a Generator, got {type(generator)}"


@pytest.mark.parametrize("size", [(), (3,), (2, 3), (0,)], ids=str)
def test_rand_has_the_size_asked_for(layer: Layer, size: tuple[int, ...]) -> None:
    x, y = layer.rand(size), layer.rand(size, dtype=layer.float64)
    assert x.shape == size, f"rand({size}).shape = {size}, got {x.shape}"
    assert x.dtype is layer.float32, f"rand({size}).dtype = float32, got {x.dtype}"
    assert y.dtype is layer.float64, f"rand(dtype=float64) is float64, got {y.dtype}"


def test_rand_is_uniform_from_0_to_1(layer: Layer) -> None:
    layer.manual_seed(SEED)
    assert_uniform(flat(layer.rand((10_000,)).tolist()), 0.0, 1.0)


def test_uniform_from_one_bound_to_another(layer: Layer) -> None:
    x = layer.zeros((10_000,))
    x.uniform_(-3.0, 5.0, generator=layer.Generator().manual_seed(SEED))
    assert_uniform(flat(x.tolist()), -3.0, 5.0)


def test_uniform_without_bounds(layer: Layer) -> None:
    x = layer.zeros((10_000,))
    x.uniform_(generator=layer.Generator().manual_seed(SEED))
    assert_uniform(flat(x.tolist()), 0.0, 1.0)


def test_uniform_writes_in_place_and_returns_the_tensor(layer: Layer) -> None:
    x = layer.zeros((3,))
    assert x.uniform_(2.0, 3.0) is x, "x.uniform_() returns x"
    assert all(2.0 <= element <= 3.0 for element in flat(x.tolist())), f"in [2, 3], got {x}"


IN_PLACE: dict[str, Callable[[Tensor], Tensor]] = {
    "uniform_": lambda x: x.uniform_(0.0, 1.0),
    "normal_": lambda x: x.normal_(0.5, 0.0),
    "bernoulli_": lambda x: x.bernoulli_(0.5),
}


@pytest.mark.parametrize("draw", IN_PLACE)
def test_into_a_leaf_under_no_grad(layer: Layer, draw: str) -> None:
    x = layer.tensor([9.0], requires_grad=True)
    with layer.no_grad():
        assert IN_PLACE[draw](x) is x, f"x.{draw}() returns x"
    assert 0.0 <= x.item() <= 1.0, f"what x.{draw}() writes is in [0, 1], got {x.item()}"
    assert_equation(f"x.requires_grad after x.{draw}()", x.requires_grad, True)


@pytest.mark.parametrize("draw", IN_PLACE)
def test_draws_keep_the_type(layer: Layer, draw: str) -> None:
    x = layer.zeros((3,), dtype=layer.float64)
    assert IN_PLACE[draw](x).dtype is layer.float64, f"x.{draw}() is of x's type, got {x.dtype}"


def test_normal_has_the_mean_and_spread_asked_for(layer: Layer) -> None:
    x = layer.zeros((10_000,)).normal_(3.0, 2.0, generator=layer.Generator().manual_seed(SEED))
    numbers = flat(x.tolist())
    mean = math.fsum(numbers) / len(numbers)
    assert abs(mean - 3) < 5.5 * 2 / 100, f"mean 3, got {mean}"
    for sigmas, share in ((-1, 0.1587), (0, 0.5), (2, 0.9772)):
        below = sum(x < 3 + 2 * sigmas for x in numbers) / len(numbers)
        error = math.sqrt(share * (1 - share) / len(numbers))
        assert abs(below - share) < 5.5 * error, f"{share} below {sigmas} sigmas, got {below}"


def test_bernoulli_is_1_as_often_as_asked_for(layer: Layer) -> None:
    x = layer.zeros((10_000,)).bernoulli_(0.3, generator=layer.Generator().manual_seed(SEED))
    numbers = flat(x.tolist())
    assert set(numbers) == {0.0, 1.0}, f"all are 0 or 1, got {set(numbers)}"
    share = sum(numbers) / len(numbers)
    assert abs(share - 0.3) < 5.5 * math.sqrt(0.21 / 10_000), f"0.3 are 1, got {share}"
    assert_equation("zeros(3).bernoulli_(0)", layer.zeros((3,)).bernoulli_(0.0).tolist(), [0.0] * 3)
    assert_equation("zeros(3).bernoulli_(1)", layer.zeros((3,)).bernoulli_(1.0).tolist(), [1.0] * 3)


@pytest.mark.parametrize("n", [0, 1, 100])
def test_randperm_has_each_number_once(layer: Layer, n: int) -> None:
    x = layer.randperm(n)
    assert_equation(f"randperm({n}), sorted", sorted(flat(x.tolist())), list(range(n)))
    assert x.dtype is layer.int64, f"randperm({n}).dtype = int64, got {x.dtype}"


def assert_uniform(numbers: list[float], low: float, high: float) -> None:
    """Assert range, mean and spread: a fair stream fails once in millions."""
    __tracebackhide__ = True
    count, width = len(numbers), high - low
    assert all(low <= x <= high for x in numbers), f"all are in [{low}, {high}]"
    mean = math.fsum(numbers) / count
    error = width / math.sqrt(12 * count)
    assert abs(mean - (low + high) / 2) < 5.5 * error, f"mean {(low + high) / 2}, got {mean}"
    below = sum(x < low + width / 4 for x in numbers) / count
    assert abs(below - 0.25) < 5.5 * math.sqrt(0.1875 / count), f"a quarter below, got {below}"
