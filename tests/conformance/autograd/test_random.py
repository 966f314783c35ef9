"""Random numbers: `rand`, `randperm`, `uniform_`, by a generator of one's own or the default."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from tests.conformance.comparing import assert_equation, flat

if TYPE_CHECKING:
    from tests.conformance.autograd.contract import Generator, Layer, Nested

SEED = 20240229

DRAWS: dict[str, Callable[[Layer, Generator | None], Nested]] = {
    "rand": lambda layer, g: layer.rand((5,), generator=g).tolist(),
    "randperm": lambda layer, g: layer.randperm(50, generator=g).tolist(),
    "uniform_": lambda layer, g: layer.zeros((5,)).uniform_(-1.0, 1.0, generator=g).tolist(),
}


@pytest.mark.parametrize("draw", DRAWS)
def test_a_generator_of_ones_own(layer: Layer, draw: str) -> None:
    function = DRAWS[draw]
    first, second = (layer.Generator().manual_seed(SEED) for _ in range(2))
    numbers = function(layer, first)
    assert_equation(f"{draw} of the same seed", function(layer, second), numbers)
    assert function(layer, first) != numbers, f"{draw} gives other numbers the second time"


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
    x = flat(layer.rand((10_000,), generator=layer.Generator().manual_seed(SEED)).tolist())
    assert_uniform(x, 0.0, 1.0)


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


def test_uniform_into_a_leaf_under_no_grad(layer: Layer) -> None:
    x = layer.tensor([9.0], requires_grad=True)
    with layer.no_grad():
        x.uniform_(0.0, 1.0)
    assert 0.0 <= x.item() <= 1.0, f"x.uniform_(0, 1) is in [0, 1], got {x.item()}"
    assert_equation("x.requires_grad after x.uniform_()", x.requires_grad, True)


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
