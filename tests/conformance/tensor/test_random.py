"""Random numbers: which ones a seed gives, and how they are spread.

They are PyTorch's; docs/random.md tells how they are made. The bounds of the spread are met by any
fair stream but one in millions.
"""

from __future__ import annotations

import math
import zlib
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
    "normal": lambda layer, g: layer.normal((4,), 0.0, 1.0, layer.float32, g).tolist(),
    "normal in float64": lambda layer, g: layer.normal((4,), 0.0, 1.0, layer.float64, g).tolist(),
    "normal in groups": lambda layer, g: layer.normal((20,), 0.0, 1.0, layer.float32, g).tolist(),
    "randint": lambda layer, g: layer.randint((4,), -3, 1000, g, 1).tolist(),
    "randint of two words": lambda layer, g: layer.randint((4,), 0, 2**60, g, 2).tolist(),
    "randperm": lambda layer, g: layer.randperm(50, g).tolist(),
}

# What PyTorch gives for the seed: how it is drawn, the tolerance, the numbers.
RECORDED: dict[str, tuple[Callable[[Layer, Generator], Nested], float, list[float]]] = {
    "rand": (
        lambda layer, g: layer.rand((4,), layer.float32, g).tolist(),
        0,
        [0.6490311622619629, 0.051892995834350586, 0.7320793867111206, 0.07782471179962158],
    ),
    "rand in float64": (
        lambda layer, g: layer.rand((4,), layer.float64, g).tolist(),
        0,
        [0.1922496632708106, 0.856635259609343, 0.3648180796423355, 0.655724717573046],
    ),
    "rand in float16": (
        lambda layer, g: layer.rand((4,), layer.float16, g).tolist(),
        0,
        [0.64892578125, 0.0518798828125, 0.73193359375, 0.07781982421875],
    ),
    "5 normals, float32": (
        lambda layer, g: layer.normal((5,), 0.0, 1.0, layer.float32, g).tolist(),
        4e-07,
        [0.699587822, 1.842634916, -0.9644952416, 1.096529245, -1.551012039],
    ),
    "16 normals, float32": (
        lambda layer, g: layer.normal((16,), 0.0, 1.0, layer.float32, g).tolist(),
        4e-07,
        [
            -0.5912248492,
            -0.3112080991,
            1.583370924,
            -0.2808759809,
            0.5677967072,
            0.5193333626,
            0.5434676409,
            0.1626168936,
            -1.320821285,
            -0.09861720353,
            -0.3564627767,
            0.2883549929,
            0.2274151593,
            0.1125083789,
            1.469548583,
            0.5342490077,
        ],
    ),
    "18 normals, float32": (
        lambda layer, g: layer.normal((18,), 0.0, 1.0, layer.float32, g).tolist(),
        4e-07,
        [
            -0.5912248492,
            -0.3112080991,
            0.3151328862,
            0.1718173027,
            -0.3958014548,
            -1.527284861,
            1.489324093,
            0.8739324808,
            0.7846632004,
            0.3837914467,
            -0.4291267097,
            1.518440485,
            0.03871615231,
            -0.04537426308,
            -0.4421338439,
            -1.924336076,
            1.430440307,
            0.712659657,
        ],
    ),
    "18 normals one by one, float32": (
        lambda layer, g: layer.normal((18,), 0.0, 1.0, layer.float32, g, True).tolist(),
        4e-07,
        [
            0.699587822,
            1.842634916,
            -0.9644952416,
            1.096529245,
            -1.551012039,
            0.3556200862,
            -1.256394982,
            0.1183739752,
            -0.266864866,
            -0.2155941874,
            -1.062129736,
            -0.8593252897,
            1.368094325,
            -1.188765645,
            1.005937219,
            -0.9952456951,
            -0.8034664392,
            0.9566711783,
        ],
    ),
    "5 normals, float64": (
        lambda layer, g: layer.normal((5,), 0.0, 1.0, layer.float64, g).tolist(),
        1e-14,
        [
            0.6995878193094826,
            1.8426349098494899,
            -0.9644952327075812,
            1.0965292290301032,
            -1.5510120165731078,
        ],
    ),
    "16 normals, float64": (
        lambda layer, g: layer.normal((16,), 0.0, 1.0, layer.float64, g).tolist(),
        1e-14,
        [
            -0.5083041145168465,
            1.8452574646338646,
            -0.7406701672772512,
            -1.1440602769957828,
            0.843174478884772,
            0.5530067650934752,
            0.8190085137226527,
            -0.8489264248714733,
            -0.4106475885408541,
            0.6926409005648138,
            -0.5992456658500394,
            -0.907608663815709,
            -0.7326518777271253,
            -1.4920748773594388,
            -0.8103037335611423,
            -0.9337369562087997,
        ],
    ),
    "18 normals, float64": (
        lambda layer, g: layer.normal((18,), 0.0, 1.0, layer.float64, g).tolist(),
        1e-14,
        [
            -0.5083041145168465,
            1.8452574646338646,
            -1.2132394834309908,
            1.5203149599996972,
            -1.120945299264435,
            1.1602291632207558,
            0.8063386083195869,
            1.0261630689524135,
            -0.9434372892516135,
            -0.537407789197549,
            2.5012168909749546,
            -1.3710329854584666,
            -0.916344586401162,
            0.4837166519930456,
            1.288456100624787,
            1.308547219990058,
            -0.07427464383567856,
            0.4776610851909266,
        ],
    ),
    "18 normals one by one, float64": (
        lambda layer, g: layer.normal((18,), 0.0, 1.0, layer.float64, g, True).tolist(),
        1e-14,
        [
            0.6995878193094826,
            1.8426349098494899,
            -0.9644952327075812,
            1.0965292290301032,
            -1.5510120165731078,
            0.35562008707630144,
            -1.2563949937387358,
            0.11837397494118897,
            -0.26686486291986417,
            -0.2155941872091531,
            -1.0621297103427163,
            -0.8593253159272735,
            1.3680943457246078,
            -1.1887656901436836,
            1.005937254296922,
            -0.9952457138450076,
            -0.8034664670284741,
            0.9566711718866879,
        ],
    ),
    "5 normals, float16": (
        lambda layer, g: layer.normal((5,), 0.0, 1.0, layer.float16, g).tolist(),
        0.001,
        [0.6997070312, 1.842773438, -0.9643554688, 1.096679688, -1.55078125],
    ),
    "16 normals, float16": (
        lambda layer, g: layer.normal((16,), 0.0, 1.0, layer.float16, g).tolist(),
        0.001,
        [
            -0.5913085938,
            -0.3112792969,
            1.583007812,
            -0.2807617188,
            0.5678710938,
            0.51953125,
            0.5434570312,
            0.1625976562,
            -1.321289062,
            -0.0986328125,
            -0.3564453125,
            0.2883300781,
            0.2274169922,
            0.112487793,
            1.469726562,
            0.5341796875,
        ],
    ),
    "18 normals, float16": (
        lambda layer, g: layer.normal((18,), 0.0, 1.0, layer.float16, g).tolist(),
        0.001,
        [
            -0.5913085938,
            -0.3112792969,
            -0.03552246094,
            -0.2541503906,
            0.3151855469,
            0.171875,
            -0.3957519531,
            -1.52734375,
            1.489257812,
            0.8740234375,
            -0.3959960938,
            1.36328125,
            -0.4291992188,
            1.518554688,
            0.03872680664,
            -0.04537963867,
            -0.4421386719,
            -1.924804688,
        ],
    ),
    "18 normals one by one, float16": (
        lambda layer, g: layer.normal((18,), 0.0, 1.0, layer.float16, g, True).tolist(),
        0.001,
        [
            0.6997070312,
            1.842773438,
            -0.9643554688,
            1.096679688,
            -1.55078125,
            0.3557128906,
            -1.256835938,
            0.118347168,
            -0.2668457031,
            -0.2155761719,
            -1.0625,
            -0.859375,
            1.368164062,
            -1.188476562,
            1.005859375,
            -0.9951171875,
            -0.8032226562,
            0.9565429688,
        ],
    ),
    "randint": (
        lambda layer, g: layer.randint((4,), -3, 1000, g, 1).tolist(),
        0,
        [355, 855, 204, 882],
    ),
    "randint of two words": (
        lambda layer, g: layer.randint((4,), 0, 2**60, g, 2).tolist(),
        0,
        [1127631537866361052, 701270227086994514, 228465970503595284, 915633367916279379],
    ),
    "randint of all": (
        lambda layer, g: layer.randint((4,), 0, 2**64, g, 2).tolist(),
        0,
        [-8095740498988414756, -451651277519852462, 5993073493537830164, -1390209641297414573],
    ),
    "randperm": (
        lambda layer, g: layer.randperm(10, g).tolist(),
        0,
        [4, 0, 8, 2, 3, 6, 1, 7, 5, 9],
    ),
}
STATE_CRC = 3122445471


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


@pytest.mark.parametrize("shape", [(), (3,), (2, 3), (0,), (2, 0), (4, 5)], ids=shown)
@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
def test_shape_and_dtype(layer: Layer, shape: Shape, dtype: str) -> None:
    kind, generator = getattr(layer, dtype), layer.Generator().manual_seed(SEED)
    for name, x in (
        ("rand", layer.rand(shape, kind, generator)),
        ("normal", layer.normal(shape, 0.0, 1.0, kind, generator)),
        ("normal, one by one,", layer.normal(shape, 0.0, 1.0, kind, generator, True)),
    ):
        assert x.shape == shape, f"{name} of the shape {shape} has it, got {x.shape}"
        assert x.dtype is kind, f"{name} of {dtype} is of it, got {x.dtype}"
    x = layer.randint(shape, 0, 9, generator, 1)
    assert x.shape == shape, f"randint of the shape {shape} has it, got {x.shape}"
    assert x.dtype is layer.int64, f"randint gives int64, got {x.dtype}"


@pytest.mark.parametrize("name", RECORDED)
def test_the_numbers_of_pytorch(layer: Layer, name: str) -> None:
    draw, tolerance, expected = RECORDED[name]
    numbers = flat(draw(layer, layer.Generator().manual_seed(SEED)))
    assert len(numbers) == len(expected)
    for i, (mine, its) in enumerate(zip(numbers, expected, strict=True)):
        assert abs(mine - its) <= tolerance * (1 + abs(its)), (
            f"{name} of the seed {SEED}: number {i} is {its!r}, got {mine!r}"
        )


def test_the_second_of_a_pair_waits(layer: Layer) -> None:
    generator = layer.Generator().manual_seed(SEED)
    numbers = flat(layer.normal((3,), 0.0, 1.0, layer.float64, generator).tolist())
    state = generator.get_state()
    other = layer.Generator()
    other.set_state(state)
    numbers += flat(layer.normal((5,), 0.0, 1.0, layer.float64, other).tolist())
    together = layer.normal((8,), 0.0, 1.0, layer.float64, generator.manual_seed(SEED))
    assert_equation("3 normal numbers, and 5 from that state on", numbers, flat(together.tolist()))


def test_mean_and_spread_of_normal(layer: Layer) -> None:
    generator = layer.Generator().manual_seed(SEED)
    for count in (5, 20):
        standard = layer.normal((count,), 0.0, 1.0, layer.float64, generator.manual_seed(SEED))
        drawn = layer.normal((count,), 2.0, 0.5, layer.float64, generator.manual_seed(SEED))
        for x, z in zip(flat(drawn.tolist()), flat(standard.tolist()), strict=True):
            assert abs(x - (z * 0.5 + 2.0)) < 1e-12, f"it is {z} * 0.5 + 2, got {x}"


def test_the_state_is_that_of_pytorch(layer: Layer) -> None:
    """Of a stream after some draws: a checksum of its 5,056 bytes, and numbers after it."""
    generator = layer.Generator().manual_seed(SEED)
    layer.rand((700,), layer.float32, generator)
    layer.randint((1,), 0, 2**60, generator, 2)
    state = bytes(int(n) for n in flat(generator.get_state().tolist()))
    assert_equation("the bytes of a state", len(state), 5056)
    assert_equation("crc32 of the state", zlib.crc32(state), STATE_CRC)


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
def test_normal_is_standard_normal(layer: Layer, dtype: str) -> None:
    generator = layer.Generator().manual_seed(SEED)
    drawn = layer.normal((COUNT,), 0.0, 1.0, getattr(layer, dtype), generator)
    numbers = flat(drawn.tolist())
    mean = math.fsum(numbers) / COUNT
    variance = math.fsum(x * x for x in numbers) / COUNT
    assert abs(mean) < 5.5 / math.sqrt(COUNT), f"normal has mean 0, got {mean}"
    assert abs(variance - 1) < 5.5 * math.sqrt(2 / COUNT), f"normal has variance 1, got {variance}"
    for bound in (0.5, 1.0, 2.0):
        share = sum(abs(x) < bound for x in numbers) / COUNT
        expected = math.erf(bound / math.sqrt(2))
        assert abs(share - expected) < 5.5 * math.sqrt(expected * (1 - expected) / COUNT), (
            f"{expected:.3f} of normal are within {bound}, got {share:.3f}"
        )


def test_normal_numbers_do_not_hang_together(layer: Layer) -> None:
    generator = layer.Generator().manual_seed(SEED)
    numbers = flat(layer.normal((COUNT,), 0.0, 1.0, layer.float64, generator).tolist())
    correlation = math.fsum(x * y for x, y in pairwise(numbers)) / COUNT
    assert abs(correlation) < 5.5 / math.sqrt(COUNT), (
        f"neighbours of normal are uncorrelated, got a correlation of {correlation}"
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
