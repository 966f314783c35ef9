"""Random numbers: what a seed promises, and how they are spread.

Which numbers a seed gives is nobody's promise, so a bound here is met by any fair stream but one
in millions.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from tests.conformance.comparing import assert_equation, flat, shown

if TYPE_CHECKING:
    from tests.conformance.tensor.contract import Generator, Layer, Nested

Shape = tuple[int, ...]

SEED = 20240229
COUNT = 20_000

DRAWS: dict[str, Callable[[Layer, Generator], Nested]] = {
    "rand": lambda layer, g: layer.rand((4,), layer.float32, g).tolist(),
    "rand in float16": lambda layer, g: layer.rand((4,), layer.float16, g).tolist(),
    "rand in float64": lambda layer, g: layer.rand((4,), layer.float64, g).tolist(),
    "randn": lambda layer, g: layer.randn((4,), layer.float32, g).tolist(),
    "randn in float64": lambda layer, g: layer.randn((4,), layer.float64, g).tolist(),
    "randperm": lambda layer, g: layer.randperm(50, g).tolist(),
}


@pytest.mark.parametrize("draw", DRAWS)
@pytest.mark.parametrize("seed", [0, 1, SEED, 2**40, -1])
def test_a_seed_gives_the_same_numbers_again(layer: Layer, draw: str, seed: int) -> None:
    function = DRAWS[draw]
    first, second = (layer.Generator().manual_seed(seed) for _ in range(2))
    numbers = function(layer, first)
    left = f"{draw} from another generator of seed {seed}"
    assert_equation(left, function(layer, second), numbers)
    left = f"{draw} after manual_seed({seed}) again"
    assert_equation(left, function(layer, first.manual_seed(seed)), numbers)


@pytest.mark.parametrize("draw", DRAWS)
def test_the_stream_goes_on(layer: Layer, draw: str) -> None:
    function, generator = DRAWS[draw], layer.Generator().manual_seed(SEED)
    first, second = function(layer, generator), function(layer, generator)
    assert first != second, f"{draw} gives other numbers the second time, got twice {first}"


@pytest.mark.parametrize("draw", DRAWS)
def test_a_state_gives_the_same_numbers_again(layer: Layer, draw: str) -> None:
    function, generator = DRAWS[draw], layer.Generator().manual_seed(SEED)
    function(layer, generator)
    state = generator.get_state()
    numbers = function(layer, generator)
    generator.set_state(state)
    left = f"{draw} after set_state"
    assert_equation(left, function(layer, generator), numbers)
    other = layer.Generator()
    other.set_state(state)
    assert_equation(f"{left} of another generator", function(layer, other), numbers)
    assert_equation("the state's dtype", state.dtype, layer.uint8)


def test_the_seed_is_known(layer: Layer) -> None:
    assert_equation("initial_seed()", layer.Generator().manual_seed(SEED).initial_seed(), SEED)


def test_what_is_no_state_is_refused(layer: Layer) -> None:
    generator = layer.Generator().manual_seed(SEED)
    with pytest.raises(RuntimeError):
        generator.set_state(layer.tensor([1, 2, 3], layer.uint8))
    assert_equation("initial_seed()", generator.initial_seed(), SEED)


@pytest.mark.parametrize("draw", DRAWS)
def test_another_seed_gives_other_numbers(layer: Layer, draw: str) -> None:
    function = DRAWS[draw]
    one, other = (function(layer, layer.Generator().manual_seed(seed)) for seed in (1, 2))
    assert one != other, f"{draw} gives other numbers for seeds 1 and 2, got twice {one}"


def test_manual_seed_returns_the_generator(layer: Layer) -> None:
    generator = layer.Generator()
    assert generator.manual_seed(SEED) is generator, "manual_seed returns the generator itself"


def test_the_default_generator_is_a_generator(layer: Layer) -> None:
    generator = layer.default_generator
    assert isinstance(generator, layer.Generator), f"a Generator, got {type(generator)}"


@pytest.mark.parametrize("function", ["rand", "randn"])
@pytest.mark.parametrize("shape", [(), (3,), (2, 3), (0,), (2, 0)], ids=shown)
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_shape_and_dtype(layer: Layer, function: str, shape: Shape, dtype: str) -> None:
    kind, generator = getattr(layer, dtype), layer.Generator().manual_seed(SEED)
    x = getattr(layer, function)(shape, kind, generator)
    assert x.shape == shape, f"{function}({shape}).shape = {shape}, got {x.shape}"
    assert x.dtype is kind, f"{function}({shape}, {dtype}).dtype = {dtype}, got {x.dtype}"


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_rand_is_uniform(layer: Layer, dtype: str) -> None:
    generator = layer.Generator().manual_seed(SEED)
    numbers = flat(layer.rand((COUNT,), getattr(layer, dtype), generator).tolist())
    assert all(0.0 <= x < 1.0 for x in numbers), "rand is in [0, 1)"
    bins = Counter(int(10 * x) for x in numbers)
    share = COUNT / 10
    chi_square = sum((bins[i] - share) ** 2 / share for i in range(10))
    assert chi_square < 45, (
        f"rand has about {share} numbers in each tenth, got {sorted(bins.items())}"
    )


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_randn_is_standard_normal(layer: Layer, dtype: str) -> None:
    generator = layer.Generator().manual_seed(SEED)
    numbers = flat(layer.randn((COUNT,), getattr(layer, dtype), generator).tolist())
    mean = math.fsum(numbers) / COUNT
    variance = math.fsum(x * x for x in numbers) / COUNT
    assert abs(mean) < 5.5 / math.sqrt(COUNT), f"randn has mean 0, got {mean}"
    assert abs(variance - 1) < 5.5 * math.sqrt(2 / COUNT), f"randn has variance 1, got {variance}"
    for bound in (0.5, 1.0, 2.0):
        share = sum(abs(x) < bound for x in numbers) / COUNT
        expected = math.erf(bound / math.sqrt(2))
        assert abs(share - expected) < 5.5 * math.sqrt(expected * (1 - expected) / COUNT), (
            f"{expected:.3f} of randn are within {bound}, got {share:.3f}"
        )


def test_randn_numbers_do_not_hang_together(layer: Layer) -> None:
    generator = layer.Generator().manual_seed(SEED)
    numbers = flat(layer.randn((COUNT,), layer.float64, generator).tolist())
    correlation = math.fsum(x * y for x, y in pairwise(numbers)) / COUNT
    assert abs(correlation) < 5.5 / math.sqrt(COUNT), (
        f"neighbours of randn are uncorrelated, got a correlation of {correlation}"
    )


@pytest.mark.parametrize("n", [0, 1, 2, 100])
def test_randperm_has_each_number_once(layer: Layer, n: int) -> None:
    x = layer.randperm(n, layer.Generator().manual_seed(SEED))
    assert_equation(f"randperm({n}), sorted", sorted(flat(x.tolist())), list(range(n)))
    assert x.dtype is layer.int64, f"randperm gives int64, got {x.dtype}"


def test_randperm_gives_all_orders_alike(layer: Layer) -> None:
    generator = layer.Generator().manual_seed(SEED)
    orders = Counter(tuple(flat(layer.randperm(3, generator).tolist())) for _ in range(1200))
    assert len(orders) == 6, f"randperm(3) gives 6 orders, got {sorted(orders)}"
    chi_square = sum((count - 200) ** 2 / 200 for count in orders.values())
    assert chi_square < 40, f"each of 6 orders about 200 times, got {sorted(orders.values())}"
