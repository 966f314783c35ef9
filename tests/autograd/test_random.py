"""Random numbers: how they are spread, and what a stream promises.

The seeds are set, so these pass or fail once for all; the bounds are five standard deviations.
"""

from __future__ import annotations

import copy
import math
import pickle
from collections import Counter
from collections.abc import Callable

import pytest

import minitorch_autograd as t
from minitorch_autograd import Generator, Tensor, tensor

# On the extensions "scans" and "sorting", for `multinomial` and `poisson`.
pytestmark = pytest.mark.relies_on("tensor")

COUNT = 20_000


def stream() -> Generator:
    return Generator().manual_seed(20240229)


def empty() -> Tensor:
    return t.zeros(COUNT, dtype=t.float64)


# Each with the mean and the standard deviation of what it draws.
DRAWS: dict[str, tuple[Callable[[Generator], Tensor], float, float]] = {
    "rand": (lambda g: t.rand(COUNT, generator=g), 0.5, math.sqrt(1 / 12)),
    "rand, float16": (
        lambda g: t.rand(COUNT, generator=g, dtype=t.float16),
        0.5,
        math.sqrt(1 / 12),
    ),
    "randn": (lambda g: t.randn(COUNT, generator=g), 0.0, 1.0),
    "randint": (lambda g: t.randint(-2, 4, (COUNT,), generator=g), 0.5, math.sqrt(35 / 12)),
    "normal": (lambda g: t.normal(3.0, 2.0, (COUNT,), generator=g), 3.0, 2.0),
    "normal of tensors": (lambda g: t.normal(t.ones(COUNT), tensor(2.0), generator=g), 1.0, 2.0),
    "bernoulli": (lambda g: t.bernoulli(t.full((COUNT,), 0.3), generator=g), 0.3, math.sqrt(0.21)),
    "poisson": (lambda g: t.poisson(t.full((COUNT,), 3.5), g), 3.5, math.sqrt(3.5)),
    "poisson, often": (lambda g: t.poisson(t.full((COUNT,), 70.0), g), 70.0, math.sqrt(70)),
    "uniform_": (lambda g: empty().uniform_(-1, 3, generator=g), 1.0, math.sqrt(16 / 12)),
    "normal_": (lambda g: empty().normal_(1.0, 0.5, generator=g), 1.0, 0.5),
    "log_normal_": (
        lambda g: empty().log_normal_(0.0, 0.5, generator=g),
        math.exp(0.125),
        math.sqrt((math.exp(0.25) - 1) * math.exp(0.25)),
    ),
    "exponential_": (lambda g: empty().exponential_(4.0, generator=g), 0.25, 0.25),
    "geometric_": (lambda g: empty().geometric_(0.25, generator=g), 4.0, math.sqrt(0.75) / 0.25),
    "bernoulli_": (lambda g: empty().bernoulli_(0.9, generator=g), 0.9, 0.3),
    "random_": (lambda g: empty().random_(10, generator=g), 4.5, math.sqrt(99 / 12)),
}


@pytest.mark.parametrize("name", DRAWS)
def test_mean_and_variance(name: str) -> None:
    draw, mean, deviation = DRAWS[name]
    x = draw(stream()).to(t.float64)
    assert abs(x.mean().item() - mean) < 5 * deviation / math.sqrt(COUNT)
    # The deviation of a sample variance is that of the fourth moment: at most 3 times the second's
    # here but for the two with long tails.
    variance = ((x - mean) ** 2).mean().item()
    assert abs(variance / deviation**2 - 1) < (0.3 if "log" in name or "ge" in name else 0.1)


@pytest.mark.parametrize("name", DRAWS)
def test_a_seed_gives_the_same_numbers_again(name: str) -> None:
    draw = DRAWS[name][0]
    assert draw(stream()).tolist() == draw(stream()).tolist()
    g = stream()
    assert draw(g).tolist() != draw(g).tolist()


def test_the_quartiles_of_cauchy() -> None:
    x = empty().cauchy_(1.0, 2.0, generator=stream())
    for bound, below in ((-1.0, 0.25), (1.0, 0.5), (3.0, 0.75)):
        share = (x < bound).sum().item() / COUNT
        assert abs(share - below) < 5 * math.sqrt(below * (1 - below) / COUNT)


@pytest.mark.parametrize(
    ("low", "high"), [(-3, 3), (0, 2**53 + 7), (-(2**63), 2**63 - 1), (2**62, 2**62 + 2**54 + 5)]
)
def test_whole_numbers_of_any_range(low: int, high: int) -> None:
    x = [int(n) for n in t.randint(low, high, (COUNT,), generator=stream()).tolist()]  # type: ignore[union-attr, arg-type]
    assert low <= min(x) <= max(x) < high
    middle = sum(n < low + (high - low) // 2 for n in x) / COUNT
    assert abs(middle - 0.5) < 5 * 0.5 / math.sqrt(COUNT)
    if high - low > 2**53:  # the last digits are drawn, too
        assert abs(sum(n % 2 for n in x) / COUNT - 0.5) < 5 * 0.5 / math.sqrt(COUNT)


def test_randperm_is_fair() -> None:
    g = stream()
    seen = Counter(str(t.randperm(3, generator=g).tolist()) for _ in range(6000))
    assert len(seen) == 6
    assert all(abs(count - 1000) < 5 * math.sqrt(1000) for count in seen.values())


def test_multinomial_with_replacement() -> None:
    p = tensor([[1.0, 0.0, 3.0], [2.0, 2.0, 0.0]])
    x = t.multinomial(p, COUNT, replacement=True, generator=stream())
    for row, shares in zip(x, ([0.25, 0.0, 0.75], [0.5, 0.5, 0.0]), strict=True):
        for i, share in enumerate(shares):
            found = (row == i).sum().item() / COUNT
            assert abs(found - share) <= 5 * math.sqrt(share * (1 - share) / COUNT)


def test_multinomial_without_replacement() -> None:
    p = t.ones(COUNT, 1) * tensor([1.0, 2.0, 1.0])
    x = t.multinomial(p, 2, generator=stream())
    assert (x[:, 0] == x[:, 1]).sum().item() == 0
    # First 1, then 0: a half, then one of two alike.
    found = ((x[:, 0] == 1) * (x[:, 1] == 0)).sum().item() / COUNT
    assert abs(found - 0.25) < 5 * math.sqrt(0.1875 / COUNT)
    first = t.multinomial(p, 1, generator=stream())
    assert abs((first == 1).sum().item() / COUNT - 0.5) < 5 * 0.5 / math.sqrt(COUNT)


@pytest.mark.parametrize("rate", [0.5, 9.0, 12.0, 60.0])
def test_each_count_of_poisson(rate: float) -> None:
    counts = Counter(t.poisson(t.full((COUNT,), rate), stream()).tolist())  # type: ignore[arg-type]  # a list
    for k in range(100):
        p = math.exp(k * math.log(rate) - rate - math.lgamma(k + 1))
        assert abs(counts[k] / COUNT - p) < 5 * math.sqrt(p / COUNT) + 1 / COUNT


def test_gradients_of_what_is_drawn_are_zero() -> None:
    mean = tensor([1.0, 2.0], requires_grad=True)
    std = tensor([1.0], requires_grad=True)
    (t.normal(mean, std).sum() + t.bernoulli(mean / 2).sum()).backward()
    assert mean.grad is not None
    assert std.grad is not None
    assert (mean.grad.tolist(), std.grad.tolist()) == ([0.0, 0.0], [0.0])


@pytest.mark.parametrize(
    "fill",
    [
        lambda x, g: x.uniform_(generator=g),
        lambda x, g: x.normal_(generator=g),
        lambda x, g: x.bernoulli_(0.5, generator=g),
        lambda x, g: x.random_(generator=g),
        lambda x, g: x.exponential_(generator=g),
    ],
    ids=["uniform_", "normal_", "bernoulli_", "random_", "exponential_"],
)
def test_a_tensor_is_filled_in_the_order_of_its_memory(
    fill: Callable[[Tensor, Generator], Tensor],
) -> None:
    """Also where that is another one than that of its indices."""
    x, y, z = t.zeros(3, 4), t.zeros(5, 3, 4), t.zeros(3, 8)
    drawn = fill(x, stream()).tolist()
    assert fill(t.zeros(3, 4).t(), stream()).t().tolist() == drawn
    assert fill(y[2], stream()).tolist() == drawn
    assert fill(z[:, ::2].t(), stream()).t().tolist() == drawn
    assert z[:, 1::2].tolist() == t.zeros(3, 4).tolist()


def test_what_is_like_a_tensor_lies_in_memory_as_it_does() -> None:
    x = t.zeros(2, 3, 4).permute(2, 0, 1)
    likes = [t.empty_like, t.zeros_like, t.ones_like, t.rand_like, t.randn_like]
    for like in likes:
        assert like(x).stride() == x.stride() == (1, 12, 4)
        assert like(x[:, :, ::2]).stride() == (1, 8, 4)  # without the gaps
        assert like(x[:1].expand(4, 2, 3)).stride() == (6, 3, 1)
    assert t.randint_like(x, 3).stride() == t.full_like(x, 3.0).stride() == x.stride()


# --- Streams


def test_a_state_goes_on_from_where_it_was() -> None:
    g = stream()
    t.rand(3, generator=g)
    state = g.get_state()
    expected = t.rand(4, generator=g).tolist()
    g.set_state(state)
    twins = [g.clone_state(), copy.copy(g), copy.deepcopy(g), pickle.loads(pickle.dumps(g))]
    for one in (g, *twins):
        assert t.rand(4, generator=one).tolist() == expected
        assert one.initial_seed() == 20240229


def test_the_default_stream() -> None:
    state = t.get_rng_state()
    try:
        assert t.manual_seed(7) is t.default_generator
        first = t.rand(3).tolist()
        t.random.manual_seed(7)
        with t.random.fork_rng():
            assert t.rand(3).tolist() == first
            t.manual_seed(1)
        assert t.initial_seed() == 7
        assert t.rand(3).tolist() == first
        assert t.seed() == t.initial_seed() != t.seed()
    finally:
        t.set_rng_state(state)
